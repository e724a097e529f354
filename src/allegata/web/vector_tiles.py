"""What a vector tile holds: lines and rings with their layer (Mapbox Vector Tile 2.1)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

__all__ = ["Feature", "Shape", "read_tile"]

_MOVE, _LINE, _CLOSE = 1, 2, 7
_EXTENT = 4096


class Shape(Enum):
    """What the points of a feature make."""

    LINE = 2
    POLYGON = 3


@dataclass(frozen=True, slots=True)
class Feature:
    """Something drawn.

    Attributes:
        layer: Its name.
        shape: Whether its runs are lines or rings.
        tags: Names of what is told of it.
        runs: Points from the upper left corner of the tile, of 1.
    """

    layer: str
    shape: Shape
    tags: frozenset[str]
    runs: tuple[Sequence[tuple[float, float]], ...]


def read_tile(data: bytes) -> Iterator[Feature]:
    """Read lines and polygons; points are passed over.

    Args:
        data: A tile, unpacked.

    Raises:
        ValueError: It is damaged.
    """
    import vt2pbf
    from google.protobuf.message import DecodeError

    try:
        tile: Any = vt2pbf.parse_from_string(data).tile_pbf
    except DecodeError as error:
        raise ValueError("no vector tile") from error
    for layer in tile.layers:
        extent = layer.extent or _EXTENT
        for feature in layer.features:
            if feature.type not in (Shape.LINE.value, Shape.POLYGON.value):
                continue
            tags = frozenset(layer.keys[key] for key in feature.tags[::2] if key < len(layer.keys))
            yield Feature(
                layer.name,
                Shape(feature.type),
                tags,
                tuple(_runs(feature.geometry, extent)),
            )


def _runs(commands: Iterable[int], extent: int) -> Iterator[list[tuple[float, float]]]:
    """The runs that a list of commands draws: a move begins one, each pair of numbers is a step."""
    numbers = iter(commands)
    run: list[tuple[float, float]] = []
    x = y = 0
    for command in numbers:
        name, times = command & 7, command >> 3
        if name == _CLOSE:
            continue
        if name not in (_MOVE, _LINE):
            raise ValueError(f"no command: {name}")
        for _ in range(times):
            step_x, step_y = next(numbers, None), next(numbers, None)
            if step_x is None or step_y is None:
                raise ValueError("cut short")
            x, y = x + _signed(step_x), y + _signed(step_y)
            if name == _MOVE and run:
                yield run
                run = []
            run.append((x / extent, y / extent))
    if run:
        yield run


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
