"""Contradictions: what holders say of one incident that does not go together."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any, TypeVar

from allegata.incidents.distance import distance_km
from allegata.incidents.features import content_words
from allegata.incidents.ranges import latest_counts
from allegata.incidents.stances import own_stance
from allegata.types import CountKind, EventKind, PlacePrecision, Role
from allegata.types.incident import (
    Contradiction,
    ContradictionKind,
    CountReport,
    Position,
    PositionKind,
    Responsibility,
)
from allegata.types.statement import HolderKind, Statement

__all__ = ["find_contradictions"]

_MOST_DAYS = 2
"""Numbers given further apart have moved: that is no contradiction."""

_SURE = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT})
_FROM_THE_AIR = frozenset({EventKind.AIR_STRIKE})
_FROM_THE_GROUND = frozenset({EventKind.SHELLING, EventKind.BOMBING, EventKind.SHOOTING})
"""Shells, bombs and shots are told apart by few reports, the air and the ground by most."""

_FAR_KM = 15.0
_MOST_OF_A_KIND = 20
_FEW = 60
"""So many are compared one by one with all others; of more, some holders of each value."""

_HOLDERS_OF_A_VALUE = 4

_Told = TypeVar("_Told", bound=tuple[Any, ...])

Found = tuple[Contradiction, Hashable]
"""A contradiction, and what stands against what in it: of equal ones the first is enough."""


def find_contradictions(
    statements: Sequence[Statement],
    positions: Iterable[Position],
    responsibility: Iterable[Responsibility],
    counts: Sequence[CountReport],
) -> tuple[Contradiction, ...]:
    """Find what does not go together: each thing once, by the first two who hold it.

    Args:
        statements: Of one incident.
        positions: Found in these statements.
        responsibility: The same.
        counts: The same.

    Returns:
        By kind; within a kind by the statements. At most twenty of a kind.
    """
    known = {one.id: one for one in statements}
    held = [s for s in sorted(statements, key=lambda one: one.id) if _is_held(s)]
    found = [
        *_find_in_occurrence(positions, known),
        *_find_in_blame(responsibility, known),
        *_find_in_counts(counts),
        *_find_in_places(held),
        *_find_in_times(held),
        *_find_in_means(held),
    ]
    return tuple(_thin(found, known))


def _thin(
    found: Iterable[tuple[Contradiction, Hashable]], known: Mapping[str, Statement]
) -> Iterator[Contradiction]:
    """The first of each kind for what stands against each other, and for each pair of holders."""
    seen: set[tuple[ContradictionKind, Hashable]] = set()
    n_of_kind: dict[ContradictionKind, int] = {}
    for one, what in found:
        pair = frozenset({known[one.one].holder.key, known[one.other].holder.key})
        marks = {(one.kind, what), (one.kind, pair)}
        if marks & seen or n_of_kind.get(one.kind, 0) >= _MOST_OF_A_KIND:
            continue
        seen |= marks
        n_of_kind[one.kind] = n_of_kind.get(one.kind, 0) + 1
        yield one


def _differing(told: Sequence[_Told], value_of: Callable[[_Told], Hashable]) -> Sequence[_Told]:
    """What has to be compared: where there are many, of each value the first who hold it.

    Args:
        told: A statement or count first, the key of its holder second.
        value_of: What two of them may differ in; those with equal values never contradict.
    """
    if len(told) <= _FEW:
        return told
    holders: dict[Hashable, set[str]] = {}
    kept = []
    for one in told:
        known = holders.setdefault(value_of(one), set())
        if one[1] not in known and len(known) < _HOLDERS_OF_A_VALUE:
            known.add(one[1])
            kept.append(one)
    return kept


def _is_held(statement: Statement) -> bool:
    affirmed = own_stance(statement) is PositionKind.AFFIRMS
    return affirmed and statement.holder.kind is not HolderKind.NOBODY


def _pair(kind: ContradictionKind, one: Statement, other: Statement, words: str) -> Contradiction:
    first, second = sorted((one, other), key=lambda s: (str(s.by.published or "~"), s.id))
    return Contradiction(kind, first.id, second.id, words)


def _choose(
    ones: Sequence[str], others: Sequence[str], known: Mapping[str, Statement]
) -> tuple[Statement, Statement]:
    """Two statements to show, of two reports or passages where there are such.

    One passage may hold both: "the rebels denied the army's report that they had fired".
    """
    for one, other in product(ones, others):
        if one != other:
            return known[one], known[other]
    return known[ones[0]], known[others[0]]


def _find_in_occurrence(
    positions: Iterable[Position], known: Mapping[str, Statement]
) -> Iterator[Found]:
    by_kind: dict[PositionKind, list[Position]] = {}
    for position in positions:
        if position.holder.kind is not HolderKind.NOBODY:
            by_kind.setdefault(position.kind, []).append(position)
    for affirming in by_kind.get(PositionKind.AFFIRMS, ()):
        for denying in by_kind.get(PositionKind.DENIES, ()):
            one, other = _choose(affirming.statements, denying.statements, known)
            words = f"affirmed by {affirming.holder.name}, denied by {denying.holder.name}"
            if affirming.holder.key == denying.holder.key:
                words = f"affirmed and denied by {affirming.holder.name}"
            yield _pair(ContradictionKind.OCCURRENCE, one, other, words), denying.holder.key


def _find_in_blame(
    responsibility: Iterable[Responsibility], known: Mapping[str, Statement]
) -> Iterator[Found]:
    blames = [one for one in responsibility if one.kind is PositionKind.AFFIRMS]
    denials = [one for one in responsibility if one.kind is PositionKind.DENIES]
    for one, other in combinations(blames, 2):
        if one.holder.key != other.holder.key and _are_other_sides(one.actor, other.actor):
            words = (
                f"{one.actor_name} according to {one.holder.name},"
                f" {other.actor_name} according to {other.holder.name}"
            )
            first, second = known[one.statements[0]], known[other.statements[0]]
            sides = frozenset((one.actor.split("/")[0], other.actor.split("/")[0]))
            yield _pair(ContradictionKind.BLAME, first, second, words), sides
    for one in blames:
        for other in denials:
            if one.actor == other.actor and one.holder.key != other.holder.key:
                words = (
                    f"{one.actor_name} according to {one.holder.name},"
                    f" denied by {other.holder.name}"
                )
                first, second = _choose(one.statements, other.statements, known)
                what = (one.actor, "denied")
                yield _pair(ContradictionKind.BLAME, first, second, words), what


def _are_other_sides(one: str, other: str) -> bool:
    """Whether two doers can be told apart: both known, and not bodies of one state.

    Two names that the tables do not know may be one side.
    """
    if not one.startswith("actor:") or not other.startswith("actor:"):
        return False
    return one.split("/")[0] != other.split("/")[0]


def _find_in_counts(counts: Sequence[CountReport]) -> Iterator[Found]:
    for kind in CountKind:
        if kind is CountKind.ITEMS:
            continue
        last = latest_counts(counts, kind)
        told = [(one, one.holder.key) for one in last]
        few = _differing(told, lambda entry: (entry[0].low, entry[0].high, entry[0].of))
        for (one, _), (other, _) in combinations(few, 2):
            if _go_together(one, other) or _have_moved(one, other) or _count_others(one, other):
                continue
            first, second = sorted((one, other), key=lambda c: (str(c.when or "~"), c.statement))
            words = (
                f"{_shown(first)} {kind.value} according to {first.holder.name},"
                f" {_shown(second)} according to {second.holder.name}"
            )
            if first.statement != second.statement:
                what = frozenset((_shown(first), _shown(second), kind.value))
                yield (
                    Contradiction(
                        ContradictionKind.COUNT, first.statement, second.statement, words
                    ),
                    what,
                )


def _count_others(one: CountReport, other: CountReport) -> bool:
    """Whether they count others: children are a part of the people, fighters none of them."""
    here, there = content_words(one.of or ""), content_words(other.of or "")
    return here != there and bool(here or there)


def _go_together(one: CountReport, other: CountReport) -> bool:
    highs = [high for high in (one.high, other.high) if high is not None]
    return not highs or max(one.low or 0, other.low or 0) <= min(highs)


def _have_moved(one: CountReport, other: CountReport) -> bool:
    """Whether the later number is the larger one, or was given so much later that it is news."""
    if one.when is None or other.when is None:
        return True
    if one.when == other.when:
        return False
    early, late = (one, other) if one.when < other.when else (other, one)
    grew = (late.low or late.high or 0) >= (early.low or early.high or 0)
    return grew or (late.when is not None and (late.when - (early.when or late.when)).days > 7)


def _shown(count: CountReport) -> str:
    if count.low == count.high:
        return f"{count.low:,}"
    if count.high is None:
        return f"at least {count.low:,}"
    return f"at most {count.high:,}" if count.low is None else f"{count.low:,} to {count.high:,}"


def _find_in_places(held: Sequence[Statement]) -> Iterator[Found]:
    told = [
        (one, one.holder.key, one.place)
        for one in held
        if one.place is not None and one.place.precision in _SURE
    ]
    few = _differing(told, lambda entry: entry[2])
    for (one, key, here), (other, other_key, there) in combinations(few, 2):
        if key == other_key or here == there:
            continue
        if None in (here.latitude, here.longitude, there.latitude, there.longitude):
            continue
        far = distance_km(
            here.latitude or 0, here.longitude or 0, there.latitude or 0, there.longitude or 0
        )
        if far > (here.radius_km or 0) + (there.radius_km or 0) + _FAR_KM:
            words = (
                f"{here.name} according to {one.holder.name}, {there.name}, {far:.0f} km away,"
                f" according to {other.holder.name}"
            )
            yield _pair(ContradictionKind.PLACE, one, other, words), frozenset((here.id, there.id))


def _find_in_times(held: Sequence[Statement]) -> Iterator[Found]:
    told = [
        (one, one.holder.key, one.time.start, one.time.end)
        for one in held
        if one.time is not None and one.time.start is not None and one.time.end is not None
    ]
    few = _differing(told, lambda entry: entry[2:])
    for (one, key, start, end), (other, other_key, other_start, other_end) in combinations(few, 2):
        if key == other_key:
            continue
        gap = max((other_start - end).days, (start - other_end).days)
        if gap > 1:
            words = (
                f"{start:%-d %b %Y} according to {one.holder.name},"
                f" {other_start:%-d %b %Y} according to {other.holder.name}"
            )
            what = frozenset((start, other_start))
            yield _pair(ContradictionKind.TIME, one, other, words), what


def _find_in_means(held: Sequence[Statement]) -> Iterator[Found]:
    told = [(one, one.holder.key) for one in held]
    few = _differing(told, lambda entry: (entry[0].kind, _means(entry[0])))
    for (one, key), (other, other_key) in combinations(few, 2):
        if key == other_key:
            continue
        if _are_other_means(one.kind, other.kind):
            kinds = (one.kind.value.replace("_", " "), other.kind.value.replace("_", " "))
            words = (
                f"{kinds[0]} according to {one.holder.name},"
                f" {kinds[1]} according to {other.holder.name}"
            )
            yield _pair(ContradictionKind.MEANS, one, other, words), frozenset(kinds)
            continue
        if not one.kind is other.kind is EventKind.CHEMICAL_ATTACK:
            continue
        means = _means(one), _means(other)
        if means[0] and means[1] and not set(means[0]) & set(means[1]):
            words = (
                f"{' '.join(means[0])} according to {one.holder.name},"
                f" {' '.join(means[1])} according to {other.holder.name}"
            )
            yield _pair(ContradictionKind.MEANS, one, other, words), frozenset(means)


def _are_other_means(one: EventKind, other: EventKind) -> bool:
    if EventKind.STAGING in (one, other):
        return one is not other
    both = {one, other}
    return bool(both & _FROM_THE_AIR and both & _FROM_THE_GROUND)


def _means(statement: Statement) -> tuple[str, ...]:
    words: list[str] = []
    for party in statement.parties:
        if party.role is Role.INSTRUMENT:
            words += sorted(content_words(party.words))
    return tuple(words)
