"""The land of Natural Earth, without any border, cut to what a map shows."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from allegata.ledger.filters import Box
from allegata.web.frame import Frame, draw_path
from allegata.web.rendering import STATIC

__all__ = ["draw_land", "load_polygons"]

_Ring: TypeAlias = NDArray[np.float64]
"""Longitude and latitude of the points of a ring: float64 [points, 2]."""

_LONG_RING = 100


@lru_cache(128)
def draw_land(box: Box, width: int, height: int) -> str:
    """Land within a box as a path, cut at the box and thinned to what can be seen."""
    frame = Frame(box, width, height)
    parts = []
    for west, south, east, north, rings in load_polygons():
        for shift in (-360.0, 0.0, 360.0):
            if west + shift >= box.east or east + shift <= box.west:
                continue
            if south >= box.north or north <= box.south:
                continue
            if east - west < frame.least_step[0] or north - south < frame.least_step[1]:
                continue
            is_inside = (
                box.west <= west + shift
                and east + shift <= box.east
                and box.south <= south
                and north <= box.north
            )
            for ring in rings:
                seen = [(x + shift, y) for x, y in _without_unseen(ring, shift, frame)]
                cut = seen if is_inside else _clip(seen, box)
                parts.append(draw_path((frame.at(x, y) for x, y in cut), is_ring=True))
    return "".join(parts)


def _without_unseen(ring: _Ring, shift: float, frame: Frame) -> Sequence[Sequence[float]]:
    """A ring without points that change nothing within the frame.

    A point between two others beyond the same side is none that the cut at the box would keep, and
    one on the same spot of the map as the point before it is not seen. Short rings stay as they
    are.
    """
    if len(ring) >= _LONG_RING:
        for axis, limit, sign in _sides(frame.box):
            side = limit - shift if axis == 0 else limit
            out = sign * (ring[:, axis] - side) < 0
            ring = ring[~(out & np.roll(out, 1) & np.roll(out, -1))]
            if len(ring) < _LONG_RING:
                break
        spots = np.floor(ring / frame.least_step).astype(np.int64)
        same = (spots == np.roll(spots, 1, axis=0)).all(axis=1)
        ring = ring[~same]
    points: list[list[float]] = ring.tolist()
    return points


def _sides(box: Box) -> tuple[tuple[int, float, int], ...]:
    """The four sides of a box: axis, where, and 1 where more is inside."""
    return (0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)


def _clip(ring: list[tuple[float, float]], box: Box) -> list[tuple[float, float]]:
    """A ring cut at the four sides of a box (Sutherland and Hodgman)."""
    for axis, limit, sign in _sides(box):
        cut: list[tuple[float, float]] = []
        for at, point in enumerate(ring):
            before = ring[at - 1]
            is_in = sign * (point[axis] - limit) >= 0
            was_in = sign * (before[axis] - limit) >= 0
            if is_in != was_in:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                cut.append(
                    (
                        before[0] + share * (point[0] - before[0]),
                        before[1] + share * (point[1] - before[1]),
                    )
                )
            if is_in:
                cut.append(point)
        ring = cut
        if not ring:
            break
    return ring


@cache
def load_polygons() -> tuple[tuple[float, float, float, float, list[_Ring]], ...]:
    """West, south, east, north and rings of each polygon of land."""
    whole = json.loads((STATIC / "vendor" / "land.json").read_text(encoding="utf-8"))
    found = []
    for polygon in whole["features"][0]["geometry"]["coordinates"]:
        rings = [np.array(ring, dtype=np.float64) for ring in polygon]
        west, south = rings[0].min(axis=0).tolist()
        east, north = rings[0].max(axis=0).tolist()
        found.append((west, south, east, north, rings))
    return tuple(found)
