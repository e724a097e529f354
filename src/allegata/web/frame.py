"""From degrees to pixels, and lines of points as paths of SVG."""

import math
from collections.abc import Iterable

from allegata.ledger.filters import Box

__all__ = ["KM_A_DEGREE", "Frame", "draw_path"]

KM_A_DEGREE = 111.2
THIN_PX = 1.0
"""Points closer than this to the one before are left out."""

_LEAST_OF_A_RING = 3
_LEAST_OF_A_LINE = 2


class Frame:
    """A box on the earth and its pixels: equirectangular, true to scale along its middle line.

    Args:
        box: What is shown.
        width: Pixels.
        height: Pixels.
    """

    def __init__(self, box: Box, width: int, height: int) -> None:
        self.box, self.width, self.height = box, width, height
        self._x = width / (box.east - box.west)
        self._y = height / (box.north - box.south)
        self._shrink = math.cos(math.radians((box.south + box.north) / 2))

    @property
    def least_step(self) -> tuple[float, float]:
        """Degrees of longitude and latitude within which two points are seen as one."""
        return THIN_PX / 2 / self._x, THIN_PX / 2 / self._y

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The pixel of a point."""
        return (longitude - self.box.west) * self._x, (self.box.north - latitude) * self._y

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point is shown."""
        box = self.box
        return box.west <= longitude <= box.east and box.south <= latitude <= box.north

    def px(self, km: float) -> float:
        """Kilometres as pixels, in the middle."""
        return km / (KM_A_DEGREE * self._shrink) * self._x

    def km(self, px: float) -> float:
        """Pixels as kilometres, in the middle."""
        return px / self._x * KM_A_DEGREE * self._shrink

    def part(self, x: float, y: float, around: float) -> Box:
        """The part of the map around a point."""
        middle_x, middle_y = self.box.west + x / self._x, self.box.north - y / self._y
        wide, high = around / self._x, around / self._y
        return Box(
            round(max(-180.0, middle_x - wide), 3),
            round(max(-90.0, middle_y - high), 3),
            round(min(180.0, middle_x + wide), 3),
            round(min(90.0, middle_y + high), 3),
        )


def draw_path(points: Iterable[tuple[float, float]], *, is_ring: bool) -> str:
    """A path of SVG through pixels, thinned to what can be seen; empty where that is nothing."""
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= THIN_PX:
            kept.append((x, y))
    if len(kept) < (_LEAST_OF_A_RING if is_ring else _LEAST_OF_A_LINE):
        return ""
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept)
    return path + "Z" if is_ring else path
