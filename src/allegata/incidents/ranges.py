"""Numbers by source: what each holder gives, when, and the range that they span."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allegata.incidents.positions import said_on
from allegata.incidents.stances import own_stance
from allegata.types import Count, CountKind
from allegata.types.incident import CountReport, PositionKind
from allegata.types.statement import Statement

__all__ = ["Range", "gather_counts", "latest_counts", "range_of"]

_PART = re.compile(r"(?i)\b(?:including|among them|among whom|of whom|of them|mostly|them being)\b")
_HELD = (PositionKind.AFFIRMS, PositionKind.DENIES)


@dataclass(frozen=True, slots=True)
class Range:
    """From the lowest to the highest of what the holders last gave. Neither an average nor a fact.

    Attributes:
        kind: Of what.
        low, high: The ends. `high` is None where the one who gives most gives no upper limit.
        lowest, highest: Names of the holders who give the ends.
        n_holders: How many give a number.
    """

    kind: CountKind
    low: int | None
    high: int | None
    lowest: str
    highest: str
    n_holders: int


def gather_counts(statements: Iterable[Statement]) -> tuple[CountReport, ...]:
    """Gather every number that is given for one incident, with who gives it.

    Args:
        statements: Of one incident, in any order.

    Returns:
        By kind of count, then by day, then by holder. The same number by the same holder of the
        same day is given once.
    """
    found: dict[tuple[object, ...], CountReport] = {}
    for one in sorted(statements, key=lambda s: (str(s.by.published or "~"), s.id)):
        if own_stance(one) not in _HELD:
            continue
        voice = one.speaker
        when = said_on(one, voice)
        for count, words in zip(one.counts, one.count_words, strict=True):
            part = _is_part(count, one)
            key = (voice.holder.key, count.kind, count.low, count.high, part and count.of, when)
            report = CountReport(
                voice.holder, count.kind, count.low, count.high, count.of, part, when, one.id, words
            )
            found.setdefault(key, report)
    return tuple(sorted(found.values(), key=_rank))


def latest_counts(counts: Iterable[CountReport], kind: CountKind) -> tuple[CountReport, ...]:
    """The last whole number of each holder, by holder."""
    last: dict[str, CountReport] = {}
    for count in sorted(counts, key=_rank):
        if count.kind is kind and not count.is_part:
            last[count.holder.key] = count
    return tuple(last[key] for key in sorted(last))


def range_of(counts: Sequence[CountReport], kind: CountKind) -> Range | None:
    """The range that the holders' last whole numbers span, or None where nobody gives one."""
    last = latest_counts(counts, kind)
    if not last:
        return None
    lowest = min(last, key=lambda one: (_low(one), one.holder.key))
    highest = max(last, key=lambda one: (_high(one), one.high is None, one.holder.key))
    return Range(
        kind,
        lowest.low if lowest.low is not None else (0 if lowest.high is None else None),
        highest.high,
        lowest.holder.name,
        highest.holder.name,
        len(last),
    )


def _low(count: CountReport) -> int:
    return count.low if count.low is not None else (count.high or 0)


def _high(count: CountReport) -> int:
    return count.high if count.high is not None else (count.low or 0)


def _is_part(count: Count, statement: Statement) -> bool:
    """Whether another count of the passage is the whole of which this one is a part."""
    for other in statement.counts:
        if other is count or other.kind is not count.kind:
            continue
        if other.evidence.end > count.evidence.start:
            continue
        offset = statement.passage.start
        between = statement.words[other.evidence.end - offset : count.evidence.start - offset]
        least = count.low or count.high or 0
        if _PART.search(between) and (other.high is None or least <= other.high):
            return True
    return False


def _rank(count: CountReport) -> tuple[str, str, str, int, int, str]:
    return (
        count.kind.value,
        count.when.isoformat() if count.when else "~",
        count.holder.key,
        _low(count),
        _high(count),
        count.statement,
    )
