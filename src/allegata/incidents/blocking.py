"""Which accounts are compared at all: those that share a key.

A key holds a stretch of days and something else: a cell of the map, somebody named, a word that is
not common. Accounts of one happening share one unless nearly nothing is known of them.
"""

from collections.abc import Iterable, Iterator
from math import floor

from allegata.incidents.features import Features, Spot
from allegata.incidents.kindred import families_of

__all__ = ["MOST_OF_A_KEY", "account_keys", "neighbour_orders"]

MOST_OF_A_KEY = 600
"""Accounts that share a key with more than so many are compared with their neighbours alone."""

Order = tuple[tuple[str | float, ...], tuple[str | float, ...]]

_CELLS_PER_DEGREE = 2
_STEP_DAYS = 2
_BACK_DAYS = 4
_MOST_SPAN_DAYS = 16
_MOST_NAMES = 5
_MOST_PARTIES = 3
_FEW_NAMES = 3
_EDGE_DEGREES = 0.15


def account_keys(features: Features) -> tuple[str, ...]:
    """The keys of an account, sorted.

    Two accounts of days that meet or are next to each other, and of kinds that can be told of one
    happening, share one for each cell that both touch. An account without a day stands in the days
    before its report was published.
    """
    marks = [*_cells(features), *_names(features)]
    kinds = families_of(features.kinds)
    return tuple(
        sorted({f"{m}|{days}|{k}" for days in _stretches(features) for m in marks for k in kinds})
    )


def neighbour_orders(features: Features) -> Order:
    """By what the accounts of a crowded key are put in order: when and where, and who.

    Returns:
        Two ranks; accounts of one happening stand near each other by at least one of them.
    """
    days = features.days
    ends = (days.last, days.first, features.published) if days else (features.published,)
    day = next((end for end in ends if end is not None), 0)
    spot = features.spots[0] if features.spots else None
    place = (spot.latitude, spot.longitude) if spot else (0.0, 0.0)
    kinds = " ".join(sorted(kind.value for kind in features.kinds))
    names = " ".join(features.names)
    whom = " ".join(sorted(features.targets))
    return (
        (day, *place, kinds, names, features.account),
        (names, whom, day, *place, features.account),
    )


def _stretches(features: Features) -> Iterator[str]:
    days = features.days
    first = days.first if days else None
    last = days.last if days else None
    if first is None and last is None:
        last = features.published
    if last is None:
        if first is None:
            yield "?"
            return
        last = first + _STEP_DAYS
    if first is None:
        first = last - _BACK_DAYS
    if last - first > _MOST_SPAN_DAYS:
        yield f"m{first // 30}"
        yield f"m{last // 30}"
        last = first + _STEP_DAYS
    for step in range(first // _STEP_DAYS, (last + 1) // _STEP_DAYS + 1):
        yield str(step)


def _cells(features: Features) -> Iterator[str]:
    near = [spot for spot in features.spots if not spot.is_area]
    if not near:
        for spot in features.spots[:2]:
            yield f"in:{spot.country or ''}:{spot.id or ''}"
    for spot in near[:4]:
        for row, column in _touched(spot):
            yield f"at:{row}:{column}"


def _touched(spot: Spot) -> set[tuple[int, int]]:
    """The cells that a place lies in or near the edge of."""
    return {
        (
            floor((spot.latitude + up) * _CELLS_PER_DEGREE),
            floor((spot.longitude + along) * _CELLS_PER_DEGREE),
        )
        for up in (-_EDGE_DEGREES, _EDGE_DEGREES)
        for along in (-_EDGE_DEGREES, _EDGE_DEGREES)
    }


def _names(features: Features) -> Iterator[str]:
    """Who suffers it, who does it, and what names are near it; without any of these long words."""
    country = features.spots[0].country if features.spots else None
    for parties in (features.targets, features.actors):
        for key in sorted(key for key in parties if ":" in key)[:_MOST_PARTIES]:
            yield f"who:{country or ''}:{key}"
    names = _longest(features.names)
    yield from (f"word:{name}" for name in names)
    if len(names) < _FEW_NAMES and not any(not spot.is_area for spot in features.spots):
        yield from (f"word:{word}" for word in _longest(features.words - set(features.names)))


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))[:_MOST_NAMES]
