"""The features of a GeoJSON file one after the other, without holding the file."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from allegata.errors import InputError

__all__ = ["read_features"]

_CHUNK_CHARACTERS = 1 << 16
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,\x1e]*")
_DEEPEST = 6


def read_features(file: TextIO, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read features, from a collection or one a line.

    Args:
        file: At its beginning.
        where: Its name, for errors.

    Yields:
        The line that a feature begins on, and the feature with `middle`: longitude and latitude of
        a point, or of the middle of any other geometry, or None where it has none.

    Raises:
        InputError: It is not JSON; names the line.
    """
    decoder = json.JSONDecoder()
    text, line = file.read(_CHUNK_CHARACTERS), 1
    opening = _FEATURES.search(text)
    at = opening.end() if opening else 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        line += text.count("\n", 0, at)
        text, at = text[at:], 0
        if len(text) < _CHUNK_CHARACTERS:
            text += file.read(_CHUNK_CHARACTERS)
        if not text.strip() or (opening and text.startswith("]")):
            return
        if text[0].isspace() or text[0] == ",":
            continue
        feature, text, end = _decode(decoder, text, file, f"{where}, line {line}")
        if isinstance(feature, dict):
            geometry = feature.get("geometry")
            feature["middle"] = _middle(geometry) if isinstance(geometry, dict) else None
            if not isinstance(feature.get("properties"), dict):
                feature["properties"] = {}
            yield line, feature
        at = end


def _decode(
    decoder: json.JSONDecoder, text: str, file: TextIO, where: str
) -> tuple[object, str, int]:
    """One value at the start of the text, which grows until the value is whole."""
    wanted = _CHUNK_CHARACTERS
    while True:
        try:
            value, end = decoder.raw_decode(text)
        except (json.JSONDecodeError, RecursionError) as error:
            more = file.read(wanted)
            if not more:
                reason = getattr(error, "msg", "nested too deeply")
                raise InputError(where, f"not JSON: {reason}.", "Give valid GeoJSON.") from error
            text += more
            wanted *= 2
        else:
            return value, text, end


def _middle(geometry: dict[str, Any]) -> tuple[float, float] | None:
    """A point itself; of another geometry the middle of the box around it."""
    points = list(_points(geometry.get("coordinates"), _DEEPEST))
    for part in geometry.get("geometries") or ():
        if isinstance(part, dict):
            points += _points(part.get("coordinates"), _DEEPEST)
    if not points:
        return None
    east = [point[0] for point in points]
    north = [point[1] for point in points]
    return (min(east) + max(east)) / 2, (min(north) + max(north)) / 2


def _points(coordinates: object, depth: int) -> Iterator[Sequence[float]]:
    if not isinstance(coordinates, list) or not depth:
        return
    if len(coordinates) >= 2 and all(type(value) in (int, float) for value in coordinates[:2]):
        yield coordinates
        return
    for part in coordinates:
        yield from _points(part, depth - 1)
