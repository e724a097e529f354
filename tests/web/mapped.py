"""Map files of the tests: an invented island with a road and a border, as tiles and as pictures."""

import gzip
import math
import struct
import zlib
from pathlib import Path

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from vt2pbf import Tile

ISLAND = [(35.0, 34.0), (39.0, 34.0), (39.0, 37.0), (35.0, 37.0), (35.0, 34.0)]
ROAD = [(35.5, 35.5), (38.5, 35.5)]
ZOOMS = range(7)


def write_vectors(path: Path, *, tile: bytes | None = None) -> Path:
    """A map of vector tiles; `tile` stands for each of them, where a damaged one is wanted."""
    return _write(
        path,
        TileType.MVT,
        lambda zoom, x, y: gzip.compress(_vectors(zoom, x, y)) if tile is None else tile,
        Compression.GZIP,
    )


def write_pictures(path: Path) -> Path:
    """A map of pictures, each of one colour."""
    return _write(path, TileType.PNG, _picture, Compression.NONE)


def _write(path, kind, make, compression):
    with path.open("wb") as file:
        writer = Writer(file)
        for zoom in ZOOMS:
            n = 1 << zoom
            left, top = _tile_of(34.0, 38.0, n)
            right, bottom = _tile_of(40.0, 33.0, n)
            for y in range(top, bottom + 1):
                for x in range(left, right + 1):
                    writer.write_tile(zxy_to_tileid(zoom, x, y), make(zoom, x, y))
        header = {
            "tile_type": kind, "tile_compression": compression, "min_zoom": 0,
            "max_zoom": max(ZOOMS), "min_lon_e7": 0, "min_lat_e7": 0, "max_lon_e7": 0,
            "max_lat_e7": 0, "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0,
        }  # fmt: skip
        writer.finalize(header, {"attribution": '<a href="x">Invented <b>Survey</b></a>'})
    return path


def _row(latitude):
    return (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2


def _tile_of(longitude, latitude, n):
    return int((longitude + 180) / 360 * n), int(_row(latitude) * n)


def _vectors(zoom, x, y):
    n = 1 << zoom

    def points(line):
        return [
            (round(((lon + 180) / 360 * n - x) * 4096), round((_row(lat) * n - y) * 4096))
            for lon, lat in line
        ]

    tile = Tile(extend=4096)
    land = {"type": 3, "geometry": [points(ISLAND)], "tags": {}}
    road = {"type": 2, "geometry": [points(ROAD)], "tags": {"kind": "road"}}
    border = {"type": 2, "geometry": [points(ISLAND)], "tags": {}}
    tile.add_layer("earth", [land])
    tile.add_layer("roads", [road, {**border, "tags": {"boundary": "x"}}])
    tile.add_layer("boundaries", [border])
    return tile.serialize_to_bytestring()


def _picture(zoom, x, y):
    def chunk(name, data):
        checked = name + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    colour = bytes(((x * 40) % 256, (y * 40) % 256, 160))
    rows = (b"\0" + colour * 16) * 16
    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
