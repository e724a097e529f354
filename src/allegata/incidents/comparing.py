"""Whether two accounts tell of one happening: small functions, each with a weight of evidence.

Each function gives log-odds (natural logarithm) and says why in words. Their sum and a bias decide:
above zero the two more likely tell of one happening than not. Who is blamed, by what means, and how
many were hurt weighs little against day and place: rival accounts of one happening belong together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log2

from allegata.incidents.distance import distance_km
from allegata.incidents.features import Days, Features, Spot
from allegata.types import EventKind

__all__ = ["BIAS", "COMPARISONS", "Comparison", "Evidence", "compare", "explain"]

BIAS = -2.2
"""Two accounts that share a key of blocking, and of which nothing else is known."""

_FEW_DAYS = 8

APART = -8.0
"""What no other evidence outweighs."""

VIOLENCE = frozenset(
    {
        EventKind.CHEMICAL_ATTACK,
        EventKind.SHELLING,
        EventKind.AIR_STRIKE,
        EventKind.BOMBING,
        EventKind.SHOOTING,
        EventKind.CLASH,
        EventKind.ATTACK,
        EventKind.EXPLOSION,
        EventKind.STAGING,
    }
)
RESULTS = frozenset(
    {EventKind.KILLING, EventKind.HARM, EventKind.DESTRUCTION, EventKind.DISPLACEMENT}
)
CUSTODY = frozenset({EventKind.ABDUCTION, EventKind.DETENTION})
GROUND = frozenset(
    {EventKind.CAPTURE, EventKind.CLASH, EventKind.SIEGE, EventKind.WITHDRAWAL, EventKind.ATTACK}
)
TREATIES = frozenset({EventKind.TALKS, EventKind.AGREEMENT})
FAMILIES = (VIOLENCE | RESULTS, CUSTODY | RESULTS, GROUND, TREATIES)
"""Kinds that can be told of one happening."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one comparison says.

    Attributes:
        name: Of the comparison.
        weight: Log-odds.
        words: Why, for people.
    """

    name: str
    weight: float
    words: str


Comparison = Callable[[Features, Features], tuple[float, str]]


def kinds_agree(one: Features, other: Features) -> tuple[float, str]:
    """The same kind of happening, kinds that can be told of one, or others."""
    shared = one.kinds & other.kinds
    if shared - RESULTS:
        return 1.3, "both tell of " + _list_kinds(shared)
    if shared:
        return 0.9, "both tell of " + _list_kinds(shared)
    for family in FAMILIES:
        if one.kinds & family and other.kinds & family:
            rival = bool(one.kinds & VIOLENCE and other.kinds & VIOLENCE)
            return (
                0.1 if rival else 0.4,
                f"{_list_kinds(one.kinds)} and {_list_kinds(other.kinds)} can be one happening",
            )
    return APART, f"{_list_kinds(one.kinds)} and {_list_kinds(other.kinds)} are not one happening"


def times_meet(one: Features, other: Features) -> tuple[float, str]:
    """Days that meet, nearly meet, or lie apart, by how exactly they are known."""
    here, there = one.days, other.days
    if here and there and _is_dated(here) and _is_dated(there):
        gap = _gap(here, there)
        if here.is_exact and there.is_exact:
            by_gap = {0: 2.2, 1: -0.3, 2: -2.5, 3: -4.0}
            return by_gap.get(gap, APART), "on the same day" if not gap else f"{gap} days apart"
        if gap:
            return (-2.0 if gap <= 2 else APART), f"{gap} days apart"
        long = max((here.last or 0) - (here.first or 0), (there.last or 0) - (there.first or 0))
        return (0.8 if long <= _FEW_DAYS else 0.0), "days that meet"
    if here and there and (_is_dated(here) or _is_dated(there)):
        dated, bounded = (here, there) if _is_dated(here) else (there, here)
        return _meets_bound(dated, bounded)
    if one.published is None or other.published is None:
        return -0.5, "days unknown"
    gap = abs(one.published - other.published)
    for most, weight in ((1, 0.9), (3, 0.2), (7, -1.2), (30, -3.0)):
        if gap <= most:
            return weight, f"days unknown, published {gap} days apart"
    return -5.0, f"days unknown, published {gap} days apart"


def _is_dated(days: Days) -> bool:
    return days.first is not None and days.last is not None


def _gap(here: Days, there: Days) -> int:
    """Days between two stretches; 0 where they meet."""
    first, last = here.first or 0, here.last or 0
    other_first, other_last = there.first or 0, there.last or 0
    return max(0, other_first - last, first - other_last)


def _meets_bound(dated: Days, bounded: Days) -> tuple[float, str]:
    """A day against "no later than": reports tell mostly of what has just happened."""
    if bounded.last is None:
        late = bounded.first is not None and (dated.last or 0) < bounded.first - 1
        return (-4.0, "one lies before the other begins") if late else (0.0, "days not told")
    ago = bounded.last - (dated.first or 0)
    if ago < -1:
        return -5.0, "one lies after the other was told"
    for most, weight in ((2, 1.1), (5, 0.2), (14, -1.5), (60, -3.0)):
        if ago <= most:
            return weight, f"told {max(ago, 0)} days after the day that the other gives"
    return -5.0, f"told {ago} days after the day that the other gives"


def places_meet(one: Features, other: Features) -> tuple[float, str]:
    """Places that are the same, lie in one another, or apart, by how exactly they are known."""
    if not one.spots or not other.spots:
        return -0.5, "place unknown"
    return max(_meet(here, there) for here in one.spots for there in other.spots)


def _meet(here: Spot, there: Spot) -> tuple[float, str]:
    if here.country and there.country and here.country != there.country:
        far = distance_km(here.latitude, here.longitude, there.latitude, there.longitude)
        if here.is_area or there.is_area or far > here.radius_km + there.radius_km + 20:
            return APART, "in other countries"
    far = distance_km(here.latitude, here.longitude, there.latitude, there.longitude)
    room = here.radius_km + there.radius_km
    same = here.id is not None and here.id == there.id
    if here.is_area or there.is_area:
        if far > room + 25:
            return APART, f"{far:.0f} km apart"
        wide = max(here.radius_km, there.radius_km)
        if here.is_area and there.is_area:
            return max(-0.8, 1.0 - 0.25 * log2(1 + wide)), "in the same area"
        return max(0.0, 1.2 - 0.25 * log2(1 + wide)), "one lies in the other's area"
    if same or far <= max(room, 3.0):
        wide = max(here.radius_km, there.radius_km)
        return max(0.8, 3.0 - 0.45 * log2(1 + wide)), "at the same place"
    if far <= room + 15:
        return -0.8, f"{far:.0f} km apart"
    if far <= room + 50:
        return -3.0, f"{far:.0f} km apart"
    return APART, f"{far:.0f} km apart"


def targets_agree(one: Features, other: Features) -> tuple[float, str]:
    """The same ones who suffer it, or others."""
    if not one.targets or not other.targets:
        return 0.0, "it is not told on both sides whom it hit"
    shared = one.targets & other.targets
    if shared:
        return 1.0, "both name " + _list_keys(shared)
    return -0.6, "other ones who suffer it"


def actors_agree(one: Features, other: Features) -> tuple[float, str]:
    """The same ones who are said to have done it. Others are a rival account, hardly a sign."""
    if not one.actors or not other.actors:
        return 0.0, "it is not told on both sides who did it"
    shared = one.actors & other.actors
    if shared:
        return 0.7, "both name " + _list_keys(shared)
    return -0.3, "others are said to have done it"


def counts_agree(one: Features, other: Features) -> tuple[float, str]:
    """Numbers that are the same, go together, or do not."""
    best: tuple[float, str] = (0.0, "no numbers of one kind on both sides")
    worst = best
    for kind, low, high in one.counts:
        for other_kind, other_low, other_high in other.counts:
            if kind != other_kind:
                continue
            if (low, high) == (other_low, other_high) and (low or high or 0) > 2:
                return 1.5, f"the same number {kind}"
            if _overlap(low, high, other_low, other_high):
                best = max(best, (0.4, f"numbers {kind} that go together"))
            else:
                worst = min(worst, (-0.5, f"other numbers {kind}"))
    return best if best[0] > 0 else worst


def _overlap(
    low: int | None, high: int | None, other_low: int | None, other_high: int | None
) -> bool:
    most = [x for x in (high, other_high) if x is not None]
    least = max(low or 0, other_low or 0)
    return not most or least <= min(most)


def words_agree(one: Features, other: Features) -> tuple[float, str]:
    """Words in common, of those that tell what is spoken of."""
    if not one.words or not other.words:
        return 0.0, "no words to compare"
    shared = one.words & other.words
    share = len(shared) / min(len(one.words), len(other.words))
    weight = 3.2 * (share - 0.2) if share >= 0.2 else 2.5 * (share - 0.2)
    return weight, f"{share:.0%} of the words of the shorter one" + (
        f" ({', '.join(sorted(shared, key=lambda w: (-len(w), w))[:4])})" if shared else ""
    )


def reports_differ(one: Features, other: Features) -> tuple[float, str]:
    """One report that keeps two accounts apart means two happenings, as a rule."""
    if one.report == other.report:
        return -3.0, "one report tells of them apart"
    return 0.0, "other reports"


COMPARISONS: tuple[Comparison, ...] = (
    kinds_agree,
    times_meet,
    places_meet,
    targets_agree,
    actors_agree,
    counts_agree,
    words_agree,
    reports_differ,
)
"""Everything that is compared, the surest reasons against first."""


def compare(one: Features, other: Features) -> float:
    """How much speaks for one happening: log-odds, above 0 where it is more likely than not.

    It is the same in both directions. What is certainly apart is not compared further.
    """
    if other.account < one.account:
        one, other = other, one
    total = BIAS
    for comparison in COMPARISONS:
        weight, _ = comparison(one, other)
        if weight <= APART:
            return APART
        total += weight
    return total


def explain(one: Features, other: Features) -> tuple[Evidence, ...]:
    """What each comparison says, for people."""
    if other.account < one.account:
        one, other = other, one
    return tuple(
        Evidence(comparison.__name__.replace("_", " "), *comparison(one, other))
        for comparison in COMPARISONS
    )


def _list_kinds(kinds: frozenset[EventKind]) -> str:
    return ", ".join(sorted(kind.value.replace("_", " ") for kind in kinds))


def _list_keys(keys: frozenset[str]) -> str:
    return ", ".join(sorted(key.partition(":")[2] or key for key in keys)[:3])
