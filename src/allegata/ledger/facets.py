"""How incidents that were asked for are spread: over kinds, holders, days, and on the map."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from allegata.ledger.spread import Spread

__all__ = ["Facet", "Facets", "Spot", "count_facets"]

_MOST = 12
_MOST_SPOTS = 1500


@dataclass(frozen=True, slots=True)
class Facet:
    """One value, and how many incidents have it.

    Attributes:
        value: As a filter takes it.
        name: As it is shown.
        n: Incidents.
    """

    value: str
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the gazetteer with incidents that most of their statements put there.

    Attributes:
        id: Of the place, or None.
        name: Of the place.
        latitude, longitude: Degrees.
        radius_km: How exactly the place is known.
        n: Incidents.
    """

    id: str | None
    name: str
    latitude: float
    longitude: float
    radius_km: float
    n: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The spread of incidents.

    Attributes:
        groups: By the name of the filter (`kind`, `source`, `position`, ...), the most
            frequent values.
        days: Incidents by the last day on which they are said to have happened, in order.
        spots: On the map, the fullest first.
        n_spots: How many places there are in all.
        n_placed: Incidents with a place on the map.
    """

    groups: Mapping[str, tuple[Facet, ...]]
    days: tuple[tuple[date, int], ...]
    spots: tuple[Spot, ...]
    n_spots: int
    n_placed: int


def count_facets(spread: Spread, chosen: NDArray[np.bool_]) -> Facets:
    """Count the chosen incidents.

    Args:
        spread: All incidents.
        chosen: bool [incidents], as `Spread.choose` gives it.
    """
    spots = [
        Spot(
            place,
            spread.told[place, north, east][0],
            north,
            east,
            spread.told[place, north, east][1],
            n,
        )
        for (place, north, east), n in spread.spots.count(chosen).items()
    ]
    spots.sort(key=lambda spot: (-spot.n, spot.id or "", spot.latitude, spot.longitude))
    return Facets(
        groups={name: _most(values.count(chosen)) for name, values in spread.groups.items()},
        days=spread.days(chosen),
        spots=tuple(spots[:_MOST_SPOTS]),
        n_spots=len(spots),
        n_placed=sum(spot.n for spot in spots),
    )


def _most(counts: Counter[str]) -> tuple[Facet, ...]:
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST]
    return tuple(Facet(value, value, n) for value, n in most)
