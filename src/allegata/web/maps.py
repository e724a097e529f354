"""Maps drawn as SVG: land, circles as large as what is not known, and the towns around them.

Land is Natural Earth's, without any border: a map says nothing of whose a place is. The projection
is equirectangular, true to scale along the middle line of the map.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allegata.ledger.filters import Box
from allegata.web.basemaps import Basemap, Drawn
from allegata.web.frame import KM_A_DEGREE, Frame
from allegata.web.land import draw_land, load_polygons
from allegata.web.towns import find_towns, load_towns

__all__ = ["DISCLAIMER", "Circle", "Dot", "Label", "Map", "draw_map", "prepare_maps"]

_NAMES_OF = "Names: GeoNames (CC BY 4.0). The map takes no side in the question whose a place is."
DISCLAIMER = f"Land: Natural Earth, without borders. {_NAMES_OF}"

_LEAST_SPAN = 0.9
"""Degrees that a map is wide at least."""
_MARGIN = 0.35
_MOST_LABELS = 18
_MOST_NAMED = 6
_LETTER_PX = 6.2
_LEAST_DOT, _MOST_DOT = 4.0, 18.0
_MERGE_PX = 16.0
_MANY = 12
"""Among more than so many a circle as wide as the map is not drawn."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Something that is said to have happened at a place.

    Attributes:
        name: Of the place.
        latitude, longitude: Degrees.
        radius_km: How exactly the place is known.
        n: How many incidents, or statements, put it there.
        query: A query string that asks for this place; empty where it is no link.
        is_chosen: Whether it is asked for already.
    """

    name: str
    latitude: float
    longitude: float
    radius_km: float
    n: int
    query: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A dot, or several that lie together, on the map.

    Attributes:
        x, y: Pixels.
        size: Radius in pixels, by number.
        around: Radius in pixels of what is not known of the place; 0 for several together.
        n: How many in all.
        words: What it stands for.
        query: As of the dot; for several, one that shows the part of the map in which they lie.
        is_chosen: As of the dot.
    """

    x: float
    y: float
    size: float
    around: float
    n: int
    words: str
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name that helps to find one's way.

    Attributes:
        x, y: Pixels.
        name: Of a town, or of a place with a circle.
        size: Of the circle in pixels; 0 for a town.
        is_left: Whether the name stands left of it.
    """

    x: float
    y: float
    name: str
    size: float
    is_left: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A map, ready for a template.

    Attributes:
        width, height: Pixels.
        land: A path of SVG.
        circles: The larger first, so that the smaller lie on top.
        labels: Towns.
        bar_px, bar_km: The scale.
        box: What it shows.
        out: A box of twice the size around it, or None where it shows the world.
        base: A map of the user's own that is drawn instead of the land, or None.
        credit: Whose map it is, and that it takes no side.
    """

    width: int
    height: int
    land: str
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]
    bar_px: float
    bar_km: int
    box: Box
    out: Box | None
    base: Drawn | None
    credit: str


def draw_map(
    dots: Sequence[Dot],
    *,
    width: int,
    height: int,
    box: Box | None = None,
    without_far: bool = False,
    basemap: Basemap | None = None,
) -> Map | None:
    """Draw a map around dots.

    Args:
        dots: What is shown; those that lie closer than a finger are drawn as one.
        width: Pixels.
        height: Pixels.
        box: What is shown; by default so much that all dots are in it.
        without_far: Whether those few far away from most may lie outside.
        basemap: A map of the user's own, drawn instead of the land.

    Returns:
        None where there is neither a dot nor a box.
    """
    if not dots and box is None:
        return None
    frame = Frame(
        _fit(box or _surround(dots, without_far=without_far), width / height), width, height
    )
    inside = [dot for dot in dots if frame.holds(dot.longitude, dot.latitude)]
    circles = _gather(inside, frame)
    bar_km = _round_km(frame.km(width / 5))
    base = basemap.draw(frame.box, width, height) if basemap else None
    return Map(
        width,
        height,
        "" if base else draw_land(frame.box, width, height),
        tuple(sorted(circles, key=lambda one: -one.size)),
        tuple(_place_labels(frame, circles)),
        round(frame.px(bar_km), 1),
        bar_km,
        frame.box,
        _twice(frame.box),
        base,
        _credit(basemap),
    )


def _credit(basemap: Basemap | None) -> str:
    if basemap is None:
        return DISCLAIMER
    return f"Map: {basemap.name}{f' ({basemap.credit})' if basemap.credit else ''}. {_NAMES_OF}"


def _surround(dots: Sequence[Dot], *, without_far: bool) -> Box:
    """A box that holds dots with all their circles; wide areas are left out among finer ones."""
    fine = [dot for dot in dots if dot.radius_km <= 60.0] or list(dots)
    if without_far:
        fine = _without_far(_without_far(fine, "longitude"), "latitude")
    wests, easts, souths, norths = [], [], [], []
    for dot in fine:
        high = dot.radius_km / KM_A_DEGREE
        wide = high / max(0.1, math.cos(math.radians(dot.latitude)))
        wests.append(dot.longitude - wide)
        easts.append(dot.longitude + wide)
        souths.append(dot.latitude - high)
        norths.append(dot.latitude + high)
    west, east, south, north = min(wests), max(easts), min(souths), max(norths)
    wide = max(_LEAST_SPAN, (east - west) * (1 + _MARGIN))
    high = max(_LEAST_SPAN / 2, (north - south) * (1 + _MARGIN))
    x, y = (west + east) / 2, (south + north) / 2
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _without_far(dots: Sequence[Dot], axis: str) -> list[Dot]:
    """Dots without the twentieth part of what they stand for at either end."""
    ordered = sorted(dots, key=lambda dot: (getattr(dot, axis), dot.name))
    total, before, kept = sum(dot.n for dot in dots), 0, []
    for dot in ordered:
        if total / 20 <= before + dot.n / 2 <= total - total / 20:
            kept.append(dot)
        before += dot.n
    return kept or ordered


def _fit(box: Box, ratio: float) -> Box:
    """A box of the shape of the map, true to scale in its middle, within the world."""
    west, east = box.west, box.east if box.east > box.west else box.east + 360.0
    x, y = (west + east) / 2, (box.south + box.north) / 2
    shrink = max(0.2, math.cos(math.radians(y)))
    wide = max(east - west, (box.north - box.south) / shrink * ratio, 0.05)
    wide = min(wide, 360.0)
    high = min(wide * shrink / ratio, 180.0)
    y = min(max(y, -90.0 + high / 2), 90.0 - high / 2)
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _twice(box: Box) -> Box | None:
    wide, high = box.east - box.west, box.north - box.south
    if wide >= 340.0:
        return None
    return Box(
        round(max(-180.0, box.west - wide / 2), 3),
        round(max(-90.0, box.south - high / 2), 3),
        round(min(180.0, box.east + wide / 2), 3),
        round(min(90.0, box.north + high / 2), 3),
    )


def _gather(dots: Iterable[Dot], frame: Frame) -> list[Circle]:
    """Circles, the fullest first; dots that would cover each other become one."""
    heaps: list[tuple[float, float, list[Dot]]] = []
    for dot in sorted(dots, key=lambda one: (-one.n, one.name)):
        x, y = frame.at(dot.longitude, dot.latitude)
        near = next(
            (heap for heap in heaps if math.hypot(heap[0] - x, heap[1] - y) < _MERGE_PX), None
        )
        if near is None:
            heaps.append((x, y, [dot]))
        else:
            near[2].append(dot)
    most = max((sum(dot.n for dot in heap) for _, _, heap in heaps), default=1)
    return [_circle(x, y, heap, most, frame) for x, y, heap in heaps]


def _circle(x: float, y: float, heap: Sequence[Dot], most: int, frame: Frame) -> Circle:
    n = sum(dot.n for dot in heap)
    size = max(_LEAST_DOT, _MOST_DOT * math.sqrt(n / most)) if most > 1 else _LEAST_DOT + 2
    first = heap[0]
    names = ", ".join(dot.name for dot in heap[:3])
    words = names if len(heap) <= 3 else f"{names} and {len(heap) - 3} more places"
    query = first.query
    if len(heap) > 1 and first.query:
        part = frame.part(x, y, 2.5 * _MERGE_PX)
        query = f"box={part.west},{part.south},{part.east},{part.north}"
    around = frame.px(first.radius_km) if len(heap) == 1 else 0.0
    if around > frame.width / 2 and most > _MANY:
        around = 0.0  # a whole country among many places would only cover them
    return Circle(
        round(x, 1), round(y, 1), round(size, 1), round(around, 1), n, words, query,
        any(dot.is_chosen for dot in heap),
    )  # fmt: skip


def _round_km(km: float) -> int:
    size = 10 ** math.floor(math.log10(max(km, 1.0)))
    return int(max(step * size for step in (1, 2, 5) if step * size <= max(km, 1.0)))


def _place_labels(frame: Frame, circles: Sequence[Circle]) -> Iterable[Label]:
    """Names of the fullest places, then of the largest towns, as far as they find room."""
    taken = [(c.x - c.size, c.y - c.size, c.x + c.size, c.y + c.size) for c in circles]
    fullest = sorted(circles, key=lambda one: -one.n)[:_MOST_NAMED]
    named = [(one.words, one.x, one.y, one.size) for one in fullest if "," not in one.words]
    known = {name for name, _, _, _ in named}
    towns = [
        (name, *frame.at(longitude, latitude), 0.0)
        for name, latitude, longitude in find_towns(frame.box)
        if name not in known
    ]
    n_placed = 0
    for name, x, y, size in (*named, *towns):
        long = _LETTER_PX * len(name)
        for is_left in (False, True):
            left = x - size - long - 6 if is_left else x + size + 5
            rect = (left, y - 8, left + long, y + 6)
            inside = rect[0] > 0 and rect[2] < frame.width and 8 < y < frame.height - 22
            if inside and not any(_overlap(rect, other) for other in taken):
                taken.append(rect)
                n_placed += 1
                yield Label(round(x, 1), round(y, 1), name, round(size, 1), is_left)
                break
        if n_placed >= _MOST_LABELS:
            return


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def prepare_maps() -> None:
    """Load what every map is drawn from."""
    load_polygons()
    load_towns()
