"""Towns of the gazetteer that help to find one's way on a map."""

import sqlite3
from contextlib import AbstractContextManager, closing
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from allegata.knowledge.gazetteer import COMPILED
from allegata.ledger.filters import Box

__all__ = ["find_towns", "load_towns"]

_MOST_TOWNS = 60
_STORED = 10_000
"""Coordinates of the gazetteer are kept as whole numbers of this part of a degree."""


@lru_cache(256)
def find_towns(box: Box) -> tuple[tuple[str, float, float], ...]:
    """The largest towns within a box, the largest first: name, latitude and longitude."""
    ids, ys, xs = load_towns()
    south, north, west, east = (
        round(side * _STORED) for side in (box.south, box.north, box.west, box.east)
    )
    inside = (ys >= south) & (ys <= north) & (xs >= west) & (xs <= east)
    found = np.flatnonzero(inside)[:_MOST_TOWNS]
    wanted = ids[found].tolist()
    marks = ",".join("?" * len(wanted))
    with _open_gazetteer() as gazetteer:
        asked = f"SELECT id, name FROM place WHERE id IN ({marks})"  # noqa: S608 - marks alone
        names = dict(gazetteer.execute(asked, wanted))
    spots = zip(wanted, (ys[found] / _STORED).tolist(), (xs[found] / _STORED).tolist(), strict=True)
    return tuple((names[town], latitude, longitude) for town, latitude, longitude in spots)


@cache
def load_towns() -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Ids, latitudes and longitudes of all towns of the gazetteer, the largest first."""
    with _open_gazetteer() as gazetteer:
        rows = gazetteer.execute(
            "SELECT id, latitude, longitude FROM place WHERE precision = 1 AND population > 0"
            " ORDER BY population DESC, id"
        ).fetchall()
    ids, ys, xs = np.array(rows, dtype=np.int32).T
    return ids, ys, xs


def _open_gazetteer() -> AbstractContextManager[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{COMPILED.as_uri()}?mode=ro&immutable=1", uri=True))
