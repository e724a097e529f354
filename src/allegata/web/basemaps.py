"""Maps of the user's own under ours: a `.pmtiles` file instead of the land of Natural Earth.

Pictures are placed as they are; of vector tiles land, water and lines are drawn in the quiet
colours of our maps. Borders are left out, as everywhere: a map says nothing of whose a place is.
Tiles are cut by the Mercator projection, our maps are equirectangular: every point of a vector
tile is moved to its place, and pictures are placed in strips so thin that none is off by a pixel.
"""

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from allegata.errors import InputError
from allegata.ledger.filters import Box
from allegata.web.frame import Frame, draw_path
from allegata.web.vector_tiles import Feature, Shape, read_tile

__all__ = ["PICTURES", "Basemap", "Drawn", "Strip"]

_TILE_PX = 256
_MOST_TILES = 64
_MOST_TILE_BYTES = 8_000_000
_MOST_POINTS = 60_000
_OFF_PX = 0.7
_MOST_STRIPS = 32
_MOST_LATITUDE = 85.0511
_MOST_CREDIT = 200
_LAND = frozenset({"earth", "land", "landmass", "continent"})
_WATER = frozenset({"water", "ocean", "sea", "lake", "waterbody", "water_polygons"})
_BORDERS = ("bound", "border", "admin", "countr", "disput", "province", "state")
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "AVIF": "image/avif"}


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of a picture, and where it lies on the map.

    Attributes:
        href: The path of the picture.
        x, y, width, height: Pixels of the map.
        top, part: Where in the picture the strip begins and how high it is, of 1.
    """

    href: str
    x: float
    y: float
    width: float
    height: float
    top: float
    part: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What lies under the circles of a map.

    Attributes:
        has_land: Whether land is drawn on water, rather than water on land.
        land, water, lines: Paths of SVG.
        strips: Pictures.
        credit: Whose map it is, as its file says.
    """

    has_land: bool
    land: str
    water: str
    lines: str
    strips: tuple[Strip, ...]
    credit: str


class Basemap:
    """A map file, open for as long as pages are served.

    Args:
        path: A `.pmtiles` file (version 3) of vector tiles or pictures.

    Raises:
        InputError: There is no such file, it is none of that format, or reading it needs packages
            that are not installed.
    """

    def __init__(self, path: Path) -> None:
        try:
            import pmtiles.reader
            import vt2pbf  # noqa: F401 - asked for now rather than at the first page
            from pmtiles.tile import Compression
        except ImportError as error:
            raise InputError(
                str(path), "a map file is read by packages that are not installed.",
                "pip install 'allegata[map]'",
            ) from error  # fmt: skip
        try:
            reading: Any = pmtiles.reader  # it has no types
            with path.open("rb") as file:
                self._reader = reading.Reader(reading.MmapSource(file))
            self._header = self._reader.header()
            told = self._reader.metadata()
        except OSError as error:
            raise InputError(str(path), f"cannot be read: {error.strerror}.") from error
        except Exception as error:  # its reader raises whatever comes
            raise InputError(
                str(path), "is no .pmtiles file of version 3, or is damaged.",
                "Make one anew; serve works without it too.",
            ) from error  # fmt: skip
        self.path, self.name = path, path.name
        self._kind = self._header["tile_type"].name
        if self._kind != "MVT" and self._kind not in PICTURES:
            raise InputError(str(path), "holds neither vector tiles nor pictures.")
        self._packed = self._header["tile_compression"] is Compression.GZIP
        credit = told.get("attribution") if isinstance(told, dict) else None
        words = credit if isinstance(credit, str) else ""
        self.credit = Markup(words).striptags()[:_MOST_CREDIT]  # noqa: S704 - no tag is left

    @property
    def media_type(self) -> str | None:
        """Of its pictures; None for vector tiles."""
        return PICTURES.get(self._kind)

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """A tile, unpacked; None where the file has none, or a damaged or overlarge one."""
        if not (0 <= zoom <= 22 and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
            return None
        try:
            data = self._reader.get(zoom, x, y)
            if data is None or not self._packed:
                return data if data is None or len(data) <= _MOST_TILE_BYTES else None
            unpacker = zlib.decompressobj(wbits=47)
            whole = unpacker.decompress(data, _MOST_TILE_BYTES)
        except Exception:  # noqa: BLE001 - its reader raises whatever comes
            return None
        return None if unpacker.unconsumed_tail else whole

    def draw(self, box: Box, width: int, height: int) -> Drawn:
        """Draw a part of the earth.

        Args:
            box: Which.
            width: Pixels.
            height: Pixels.
        """
        frame = Frame(box, width, height)
        tiles = list(self._cover(frame))
        if self._kind != "MVT":
            strips = tuple(strip for zoom, x, y in tiles for strip in _strips(zoom, x, y, frame))
            return Drawn(
                has_land=False, land="", water="", lines="", strips=strips, credit=self.credit
            )
        drawing = _Drawing(frame)
        for zoom, x, y in tiles:
            data = self.tile(zoom, x % (1 << zoom), y)
            if data:
                drawing.add(data, zoom, x, y)
        return drawing.finish(self.credit)

    def _cover(self, frame: Frame) -> Iterator[tuple[int, int, int]]:
        """The tiles under a map, at a zoom that shows about as much as it has pixels."""
        box = frame.box
        wanted = math.log2(360.0 / (box.east - box.west) * frame.width / _TILE_PX)
        zoom = min(max(round(wanted), self._header["min_zoom"]), self._header["max_zoom"])
        while True:
            left, right = (
                math.floor((one + 180.0) / 360.0 * (1 << zoom)) for one in (box.west, box.east)
            )
            top, bottom = (
                min(max(int(_row(one) * (1 << zoom)), 0), (1 << zoom) - 1)
                for one in (box.north, box.south)
            )
            if (right - left + 1) * (bottom - top + 1) <= _MOST_TILES or zoom == 0:
                break
            zoom -= 1
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                yield zoom, x, y


def _row(latitude: float) -> float:
    """How far down the Mercator map a latitude lies, of 1."""
    bent = math.radians(min(max(latitude, -_MOST_LATITUDE), _MOST_LATITUDE))
    return (1.0 - math.asinh(math.tan(bent)) / math.pi) / 2.0


def _latitude(row: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1.0 - 2.0 * row))))


def _strips(zoom: int, x: int, y: int, frame: Frame) -> Iterator[Strip]:
    """A picture in strips, each stretched evenly between the latitudes of its edges."""
    n = 1 << zoom
    n_strips = 1
    while n_strips < _MOST_STRIPS and _bend(y, n, n_strips, frame) > _OFF_PX:
        n_strips *= 2
    left, _ = frame.at(x / n * 360.0 - 180.0, 0.0)
    right, _ = frame.at((x + 1) / n * 360.0 - 180.0, 0.0)
    for strip in range(n_strips):
        part = 1.0 / n_strips
        _, top = frame.at(0.0, _latitude((y + strip * part) / n))
        _, bottom = frame.at(0.0, _latitude((y + (strip + 1) * part) / n))
        if bottom < 0 or top > frame.height:
            continue
        yield Strip(
            f"/tiles/{zoom}/{x % n}/{y}", round(left, 2), round(top, 2),
            round(right - left + 0.3, 2), round(bottom - top + 0.3, 2), strip * part, part,
        )  # fmt: skip


def _bend(y: int, n: int, n_strips: int, frame: Frame) -> float:
    """By how many pixels the middle of the strip nearest to a pole is off."""
    part = 1.0 / n_strips
    rows = [
        (y + at) / n for at in ((0.0, part / 2, part), (1 - part, 1 - part / 2, 1.0))[y * 2 >= n]
    ]
    top, middle, bottom = (frame.at(0.0, _latitude(row))[1] for row in rows)
    return abs(middle - (top + bottom) / 2)


class _Drawing:
    """Paths that grow tile by tile."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._parts: dict[str, list[str]] = {"land": [], "water": [], "lines": []}
        self._left = _MOST_POINTS

    def add(self, data: bytes, zoom: int, x: int, y: int) -> None:
        """Add what a tile holds, as far as there is room."""
        n = 1 << zoom
        try:
            for feature in read_tile(data):
                look = _look(feature)
                if look is None:
                    continue
                for run in feature.runs:
                    turned = [
                        self._frame.at((x + px) / n * 360.0 - 180.0, _latitude((y + py) / n))
                        for px, py in run
                    ]
                    self._add_run(look, turned, is_ring=feature.shape is Shape.POLYGON)
        except ValueError:
            return  # a damaged tile is a hole in the map

    def _add_run(self, look: str, points: Sequence[tuple[float, float]], *, is_ring: bool) -> None:
        self._left -= len(points)
        if self._left >= 0:
            self._parts[look].append(draw_path(points, is_ring=is_ring))

    def finish(self, credit: str) -> Drawn:
        """All that was added."""
        land, water, lines = ("".join(self._parts[name]) for name in ("land", "water", "lines"))
        return Drawn(bool(land), land, water, lines, (), credit)


def _look(feature: Feature) -> str | None:
    """How something is drawn, or None where it is left out."""
    layer = feature.layer.casefold()
    if "boundary" in feature.tags or any(part in layer for part in _BORDERS):
        return None
    if feature.shape is Shape.LINE:
        return "lines"
    return "land" if layer in _LAND else "water" if layer in _WATER else None
