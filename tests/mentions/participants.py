"""Events from marked texts: `[a1 The rebels] shelled [t2 the camp]`.

The letter is the part: `a` actor, `t` target, `v` target of a killing, `i` instrument, `p` place.
The number is the entity: arguments with one number are the same thing, all others are not. The
parts of a sentence belong to one event, its victims to a killing beside it.
"""

import re

from allegata.types import (
    Act,
    Argument,
    Claim,
    Event,
    EventKind,
    Modality,
    Polarity,
    Quotation,
    Role,
    Span,
)

OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "marked")
_MARK = re.compile(r"\[([atvip])(\d*) ([^\]]*)\]")
_ROLES = {
    "a": Role.ACTOR, "t": Role.TARGET, "v": Role.TARGET, "i": Role.INSTRUMENT, "p": Role.PLACE,
}  # fmt: skip


def read_events(marked: str) -> tuple[str, tuple[Event, ...], dict[Span, str]]:
    """The text, its events, and the number of the entity by the span of its argument."""
    text, at, numbers = "", 0, {}
    rows: list[list[tuple[str, Span]]] = [[]]
    for found in _MARK.finditer(marked):
        between = marked[at : found.start()]
        if ". " in between:
            rows.append([])
        text += between
        span = Span(len(text), len(text) + len(found[3]))
        text, at = text + found[3], found.end()
        rows[-1].append((found[1], span))
        if found[2]:
            numbers[span] = found[2]
    text += marked[at:]
    return text, tuple(build(rows)), numbers


def build(rows: list[list[tuple[str, Span]]]) -> list[Event]:
    events = []
    for row in rows:
        others = [Argument(_ROLES[part], span) for part, span in row if part != "v"]
        victims = [Argument(_ROLES[part], span) for part, span in row if part in "vp"]
        for kind, arguments in ((EventKind.ATTACK, others), (EventKind.KILLING, victims)):
            if any(one.role is not Role.PLACE for one in arguments):
                events.append(build_event(f"e{len(events) + 1}", kind, arguments))
    return events


def build_event(id_: str, kind: EventKind, arguments: list[Argument]) -> Event:
    """An event of which nothing but its arguments matters; its trigger is the last letter."""
    end = max(one.span.end for one in arguments)
    return Event(
        id_, "c0", kind, Span(end - 1, end), Polarity.POSITIVE, Modality.ACTUAL, tuple(arguments),
        None, None, (), "p1", 1.0, "marked",
    )  # fmt: skip
