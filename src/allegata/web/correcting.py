"""What a form shows of a claim or an event that a person sets right."""

from collections.abc import Mapping
from dataclasses import dataclass

from allegata.errors import InputError
from allegata.ledger.correcting import WORDS
from allegata.ledger.ordering import EDITS
from allegata.types import Claim, Event, Reading, Role, Span
from allegata.types.utf16 import Utf16

__all__ = ["Choice", "Form", "Row", "chosen_edits", "make_form"]

_LABELS = {
    "source": "who says it",
    "cue": "the words that say so",
    "content": "what is said",
    "trigger": "the event is named by",
    "actor": "who is said to do it",
    "target": "to whom, or what",
    "instrument": "with what",
}
_MOST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Row:
    """Words that can be set to others.

    Attributes:
        name: As a decision knows them.
        label: As a person reads it.
        words: As they are now; empty where there are none.
        at: Where they stand, in UTF-16 units: `12-45`; empty where there are none.
    """

    name: str
    label: str
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A field with a few values.

    Attributes:
        name: As a decision knows it.
        values: All of them.
        now: The one it has.
    """

    name: str
    values: tuple[str, ...]
    now: str


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that can be set of one claim or event.

    Attributes:
        part: Its id: `c2`, `e3`.
        about: `claim` or `event`.
        rows: Words.
        choices: Fields with a few values.
        claim: Id of the claim at which the form belongs.
        others: Events that the same claim tells, with the words that name them, itself among them.
    """

    part: str
    about: str
    rows: tuple[Row, ...]
    choices: tuple[Choice, ...]
    claim: str
    others: tuple[tuple[str, str], ...]


def make_form(reading: Reading, part: str) -> Form:
    """Fill a form.

    Args:
        reading: As people left it.
        part: Id of the claim or event.

    Raises:
        InputError: The reading has no such claim or event.
    """
    units = Utf16(reading.document.text)
    text = reading.document.text

    def row(name: str, spans: tuple[Span, ...]) -> Row:
        span = Span(spans[0].start, spans[-1].end) if spans else None
        return Row(name, _LABELS[name], span.words(text) if span else "", units.span(span))

    def choices(about: str, one: Claim | Event) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                name,
                tuple(value.value for value in sort),  # type: ignore[attr-defined]
                str(getattr(one, name).value),
            )
            for name, sort in EDITS[about].items()
        )

    claim = next((one for one in reading.claims if one.id == part and one.content), None)
    if claim is not None:
        spans = {
            "source": (claim.source,) if claim.source else (),
            "cue": (claim.cue,) if claim.cue else (),
            "content": claim.content,
        }
        rows = tuple(row(name, spans[name]) for name in WORDS["claim"])
        return Form(part, "claim", rows, choices("claim", claim), part, ())
    event = next((one for one in reading.events if one.id == part), None)
    if event is None:
        raise InputError(part, "is no claim or event of this report.")
    spans = {
        role.value: tuple(one.span for one in event.arguments if one.role is role)[:1]
        for role in (Role.ACTOR, Role.TARGET, Role.INSTRUMENT)
    }
    spans["trigger"] = (event.trigger,)
    others = tuple(
        (one.id, one.trigger.words(text)[:_MOST_LABEL])
        for one in reading.events
        if one.claim == event.claim
    )
    rows = tuple(row(name, spans[name]) for name in WORDS["event"])
    return Form(part, "event", rows, choices("event", event), event.claim, others)


def chosen_edits(given: Mapping[str, str], about: str) -> dict[str, str]:
    """What a form sets: only what differs from what it showed.

    Args:
        given: Its fields. `words_source` are words, `was_source` those that it showed, `at_source`
            offsets in code points where a passage of the text was taken; `kind` is a choice,
            `was_kind` the one that it showed.
        about: `claim` or `event`.
    """
    found = {}
    for name in WORDS[about]:
        words, at = given.get(f"words_{name}", "").strip(), given.get(f"at_{name}", "").strip()
        if at:
            found[name] = at
        elif words and words != given.get(f"was_{name}", "").strip():
            found[name] = words
    for name in EDITS[about]:
        value = given.get(name, "")
        if value and value != given.get(f"was_{name}"):
            found[name] = value
    return found
