"""Where and when two accounts say that it was: the same, near, or apart."""

from math import log2

from allegata.incidents.distance import distance_km
from allegata.incidents.evidence import APART
from allegata.incidents.features import Days, Features, Spot

__all__ = ["places_meet", "times_meet"]

_FEW_DAYS = 8
_QUARTER_KM = 3.5
_FAR = -5.0
"""Less than certainly apart: a name that two places bear may have been taken for the wrong one."""

_SAME_DAY = {0: 2.2, 1: -0.6, 2: -2.5, 3: -4.0}
_LATER = ((1, 1.2), (2, 0.6), (5, -0.6), (14, -2.0), (60, -3.5))
_LATER_IN_LEADS = ((1, 1.2), (2, 0.2), (5, -2.0), (14, -3.5))
_BOTH_OPEN = ((0, 1.2), (1, 0.5), (3, -1.0), (7, -2.5), (30, -4.0))
_BOTH_LEAD = ((0, 1.2), (1, -0.1), (2, -1.5), (3, -2.5), (7, -4.0))


def times_meet(one: Features, other: Features) -> tuple[float, str]:
    """Days that meet, nearly meet, or lie apart, by how exactly they are known."""
    here, there = one.days, other.days
    if here and there and _is_dated(here) and _is_dated(there):
        return _weigh_dated(here, there)
    if here and there and _is_dated(here) != _is_dated(there):
        return _meets_bound(one, other) if _is_dated(here) else _meets_bound(other, one)
    told, told_there = _told(one), _told(other)
    if told is None or told_there is None:
        return 0.0, "days unknown"
    gap = abs(told - told_there)
    steps = _BOTH_LEAD if one.leads and other.leads else _BOTH_OPEN
    return _step(gap, steps), f"days not told; told {gap} days apart" if gap else "told on one day"


def _told(account: Features) -> int | None:
    """The day by which it must have happened, or from which on it may."""
    days = account.days
    if days and days.last is not None:
        return days.last
    return days.first if days and days.first is not None else account.published


def _step(gap: int, steps: tuple[tuple[int, float], ...]) -> float:
    return next((weight for most, weight in steps if gap <= most), -6.0)


def _is_dated(days: Days) -> bool:
    return days.first is not None and days.last is not None


def _weigh_dated(here: Days, there: Days) -> tuple[float, str]:
    gap = _gap(here, there)
    if here.is_exact and there.is_exact:
        words = f"{gap} days apart" if gap else "on the same day"
        return _SAME_DAY.get(gap, APART), words
    if gap:
        return (-2.5 if gap <= 2 else APART), f"{gap} days apart"
    long = max((here.last or 0) - (here.first or 0), (there.last or 0) - (there.first or 0))
    return (0.8 if long <= _FEW_DAYS else 0.0), "days that meet"


def _gap(here: Days, there: Days) -> int:
    """Days between two stretches; 0 where they meet."""
    first, last = here.first or 0, here.last or 0
    other_first, other_last = there.first or 0, there.last or 0
    return max(0, other_first - last, first - other_last)


def _meets_bound(dated: Features, bounded: Features) -> tuple[float, str]:
    """A day against "no later than": reports begin with what has just happened."""
    day, bound = dated.days, bounded.days
    if day is None or bound is None or bound.last is None:
        first = bound.first if bound else None
        late = first is not None and day is not None and (day.last or 0) < first - 1
        return (-4.0, "one lies before the other begins") if late else (0.0, "days not told")
    ago = bound.last - (day.first or 0)
    if ago < 0:
        return (-2.5 if ago == -1 else APART), "one lies after the other was told"
    steps = _LATER_IN_LEADS if bounded.leads else _LATER
    return _step(ago, steps), f"told {ago} days after the day that the other gives"


def places_meet(one: Features, other: Features) -> tuple[float, str]:
    """Places that are the same, lie in one another, or apart, by how exactly they are known."""
    if not one.spots or not other.spots:
        return -0.2, "place unknown"
    best = max(_meet(here, there) for here in one.spots for there in other.spots)
    if best[0] > 0.0 and _are_other_quarters(one, other):
        return min(best[0], -0.3), "other quarters of one place"
    return best


def _are_other_quarters(one: Features, other: Features) -> bool:
    """Whether both name a quarter or a village, and none of these is the same."""
    ours = [spot for spot in one.spots if _is_small(spot)]
    theirs = [spot for spot in other.spots if _is_small(spot)]
    if not ours or not theirs:
        return False
    return not any(
        here.id == there.id or _far(here, there) <= 1.0 for here in ours for there in theirs
    )


def _is_small(spot: Spot) -> bool:
    return not spot.is_area and spot.radius_km <= _QUARTER_KM


def _far(here: Spot, there: Spot) -> float:
    return distance_km(here.latitude, here.longitude, there.latitude, there.longitude)


def _meet(here: Spot, there: Spot) -> tuple[float, str]:
    far, room = _far(here, there), here.radius_km + there.radius_km
    vague = here.is_area or there.is_area
    abroad = here.country and there.country and here.country != there.country
    if abroad and (vague or far > room + 20):
        return _FAR, "in other countries"
    wide = max(here.radius_km, there.radius_km)
    if vague:
        if far > room + 25:
            return _FAR, f"{far:.0f} km apart"
        if here.is_area and there.is_area:
            return max(-0.8, 1.0 - 0.25 * log2(1 + wide)), "in the same area"
        return max(-0.3, 1.0 - 0.25 * log2(1 + wide)), "one lies in the other's area"
    same = here.id is not None and here.id == there.id
    if same or far <= max(room, 3.0):
        return max(0.8, 3.0 - 0.45 * log2(1 + wide)), "at the same place"
    for more, weight in ((15, -0.8), (50, -3.0)):
        if far <= room + more:
            return weight, f"{far:.0f} km apart"
    return _FAR, f"{far:.0f} km apart"
