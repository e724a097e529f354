"""Counts: how many are said to have been killed, hurt, taken, driven out, seized or handed over."""

from collections.abc import Iterator

from allegata.encoder import Analysis, Part, Trigger
from allegata.events.beside import read_beside
from allegata.events.counted import read_counted
from allegata.events.phrase import Counted, Phrase
from allegata.knowledge.kinds import load_kinds
from allegata.types import Count, CountKind, EventKind

__all__ = ["find_counts"]

_KINDS = {kind.value: kind for kind in CountKind}
_GOODS = {
    EventKind.ARMS_TRANSFER: ("instrument", "target"),
    EventKind.SEIZURE: ("target", "instrument"),
}
_WITH_MUNITIONS = frozenset(
    {
        EventKind.AIR_STRIKE,
        EventKind.SHELLING,
        EventKind.BOMBING,
        EventKind.CHEMICAL_ATTACK,
        EventKind.ATTACK,
    }
)


def find_counts(analysis: Analysis, trigger: Trigger) -> tuple[Count, ...]:
    """Read the numbers of an event.

    The words that the model gives a count are read first. Where it gives none, a number of the
    target counts by the event's kind (of the killed for a killing), for goods also one of the
    instrument; so does a number before the trigger itself ("three deaths", "no casualties", "12
    arrested") or behind a toll ("the toll rose from 19 to 23"). A number that another one replaces
    is no count.

    Args:
        analysis: Supplies the words and their syntax.
        trigger: With its parts.

    Returns:
        In order of the text, none told twice. Empty where nobody is counted.
    """
    kind = EventKind(trigger.kind)
    found = list(_told(analysis, trigger))
    usual = load_kinds()[kind].counts
    if usual is not None and not any(one is usual for one, _ in found):
        found += [(usual, one) for one in _of_kind(analysis, trigger, kind, usual)]
    if kind in _WITH_MUNITIONS and not any(one is CountKind.ITEMS for one, _ in found):
        parts = _parts(trigger, "instrument")
        found += [(CountKind.ITEMS, one) for one in _numbers(analysis, parts, CountKind.ITEMS)]
    return _without_repeats(found)


def _told(analysis: Analysis, trigger: Trigger) -> Iterator[tuple[CountKind, Counted]]:
    """What the model marks as counts."""
    for part in trigger.parts:
        kind = _KINDS.get(part.role)
        if kind is None:
            continue
        people = kind is not CountKind.ITEMS
        phrase = Phrase.of(
            analysis, part.first, part.end, people=people, bare=True, trigger=trigger.first
        )
        if not phrase.is_replaced():
            yield from ((kind, one) for one in read_counted(phrase))


def _of_kind(
    analysis: Analysis, trigger: Trigger, kind: EventKind, usual: CountKind
) -> list[Counted]:
    """What other words say of those whom such an event counts: the first place that does."""
    for role in _GOODS.get(kind, ("target",)):
        found = _numbers(analysis, _parts(trigger, role), usual)
        if found:
            return found
    if usual is CountKind.ITEMS:
        return []
    return read_beside(analysis, trigger)


def _parts(trigger: Trigger, role: str) -> list[Part]:
    return [part for part in trigger.parts if part.role == role]


def _numbers(analysis: Analysis, parts: list[Part], kind: CountKind) -> list[Counted]:
    """Numbers in arguments. Of things only numbers count, not "a vessel"; of people one does."""
    people = kind is not CountKind.ITEMS
    found = []
    for part in parts:
        phrase = Phrase.of(analysis, part.first, part.end, people=people)
        if not phrase.is_replaced():
            single = people and kind is not CountKind.DISPLACED
            found += [one for one in read_counted(phrase) if single or not one.single]
    return found


def _without_repeats(found: list[tuple[CountKind, Counted]]) -> tuple[Count, ...]:
    """Each once: the same number of the same, or of somebody left out, is told once."""
    kept: list[Count] = []
    ordered = sorted(found, key=lambda pair: (pair[1].span, pair[0].value))
    for kind, one in sorted(ordered, key=lambda pair: pair[1].of is None):
        count = Count(kind, one.low, one.high, one.of, one.span)
        if not any(_is_same(count, other) for other in kept):
            kept.append(count)
    return tuple(sorted(kept, key=lambda count: (count.evidence, count.kind.value)))


def _is_same(one: Count, other: Count) -> bool:
    if (one.kind, one.low, one.high) != (other.kind, other.low, other.high):
        return False
    same = one.of is None or _fold(one.of) == _fold(other.of)
    return same or one.evidence.overlaps(other.evidence)


def _fold(words: str | None) -> str:
    return " ".join((words or "").casefold().split())
