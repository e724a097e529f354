"""Laundering: an outlet says in its own voice what earlier reports attribute to somebody."""

from collections.abc import Iterable, Sequence

from allegata.incidents.likeness import likeness
from allegata.incidents.stances import own_stance
from allegata.types import Modality, Polarity
from allegata.types.incident import CopyLink, Laundering, PositionKind
from allegata.types.statement import HolderKind, Statement
from allegata.types.telling import GENERAL, RESULTS

__all__ = ["find_laundering"]

_LEAST = 0.4
_LEAST_OF_A_COPY = 0.25
_MOST_EARLIER = 80


def find_laundering(
    statements: Sequence[Statement], copies: Iterable[CopyLink] = ()
) -> tuple[Laundering, ...]:
    """Find where an attribution was dropped on the way.

    A statement counts that an outlet makes in its own voice, as done, while a report published
    before tells the same in similar words and says who says so. It does not count where the same
    report names a source for it elsewhere, nor where the source is the outlet itself.

    Args:
        statements: Of one incident.
        copies: Among its reports: between them fewer words in common are enough.

    Returns:
        By statement, each with the likest earlier one.
    """
    linked = {frozenset((link.earlier, link.later)) for link in copies}
    attributing = {one.by.report for one in statements if not one.is_own_voice}
    earlier = sorted(
        (one for one in statements if not one.is_own_voice and _affirms(one)),
        key=lambda one: (str(one.by.published or "~"), one.id),
    )[:_MOST_EARLIER]
    found = []
    for one in sorted(statements, key=lambda s: s.id):
        if not one.is_own_voice or not _affirms(one):
            continue
        if one.by.report in attributing and _names_a_source(one, statements):
            continue
        best = max(
            ((_likeness(one, other, linked), other) for other in earlier if _is_before(other, one)),
            key=lambda pair: (pair[0], pair[1].id),
            default=(0.0, None),
        )
        if best[1] is not None and best[0] > 0.0:
            found.append(_tell(one, best[1], best[0]))
    return tuple(found)


def _affirms(statement: Statement) -> bool:
    return (
        statement.modality is Modality.ACTUAL
        and statement.polarity is Polarity.POSITIVE
        and own_stance(statement) is PositionKind.AFFIRMS
    )


def _names_a_source(one: Statement, statements: Sequence[Statement]) -> bool:
    """Whether the report attributes the same kind of event elsewhere."""
    return any(
        other.by.report == one.by.report and not other.is_own_voice and _are_alike(one, other)
        for other in statements
    )


def _are_alike(one: Statement, other: Statement) -> bool:
    """Whether two statements can tell of one event: the same kind, or one kind of the other."""
    if one.kind is other.kind:
        return True
    return bool({one.kind, other.kind} & (GENERAL | RESULTS))


def _is_before(earlier: Statement, later: Statement) -> bool:
    here, there = earlier.by, later.by
    if here.report == there.report or here.document == there.document:
        return False
    if here.outlet and there.outlet and here.outlet.key == there.outlet.key:
        return False
    if there.outlet and earlier.holder.key == there.outlet.key:
        return False
    if here.published_at and there.published_at and _comparable(earlier, later):
        return here.published_at < there.published_at
    return bool(here.published and there.published and here.published < there.published)


def _comparable(one: Statement, other: Statement) -> bool:
    here, there = one.by.published_at, other.by.published_at
    return bool(here and there) and (here.tzinfo is None) == (there.tzinfo is None)  # type: ignore[union-attr]


def _likeness(one: Statement, other: Statement, linked: set[frozenset[str]]) -> float:
    """How alike, or 0 where it is not enough."""
    if not _are_alike(one, other):
        return 0.0
    alike = likeness(one.words, other.words)
    if frozenset((one.by.report, other.by.report)) in linked:
        return alike if alike >= _LEAST_OF_A_COPY else 0.0
    return alike if alike >= _LEAST else 0.0


def _tell(one: Statement, earlier: Statement, alike: float) -> Laundering:
    outlet, before = _outlet(one), _outlet(earlier)
    day = f" on {earlier.by.published:%-d %b %Y}" if earlier.by.published else ""
    if earlier.holder.kind is HolderKind.NOBODY:
        whose = f"{before}{day} told it as alleged"
    else:
        whose = f"{before}{day} attributed it to {earlier.holder.name}"
    words = f"{outlet} says it in its own voice; {whose}"
    return Laundering(one.id, earlier.id, earlier.holder, round(alike, 4), words)


def _outlet(statement: Statement) -> str:
    return statement.by.outlet.name if statement.by.outlet else "an outlet not named"
