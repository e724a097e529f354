"""The rows of a user's gazetteer, in each format, whole or broken."""

import csv
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from allegata.errors import InputError
from allegata.knowledge.gazetteer_geojson import read_features
from allegata.knowledge.gazetteer_store import Record
from allegata.types import PlacePrecision

__all__ = ["Broken", "open_rows"]

_LONGEST_FIELD = 131_072
_DUMP_COLUMNS = 19
_HEAD_CHARACTERS = 1 << 16
_CODE = re.compile(r"[A-Z]{2}")
_SEPARATORS = re.compile(r"[;|,]")

_COLUMNS: Mapping[str, Sequence[str]] = {
    "name": ("name", "asciiname", "title"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "id": ("id", "geonameid", "pcode", "code"),
    "country": ("country", "country_code", "countrycode", "iso2"),
    "precision": ("precision",),
    "names": ("names", "alternate_names", "alternatenames", "alternate names", "aliases"),
    "population": ("population",),
}
"""What each column may be called, in any case."""

_FEATURES: Mapping[str, PlacePrecision] = {
    "ADM1": PlacePrecision.PROVINCE,
    "ADM1H": PlacePrecision.PROVINCE,
    "RGN": PlacePrecision.PROVINCE,
    "PCLI": PlacePrecision.COUNTRY,
    "PCL": PlacePrecision.COUNTRY,
    "PCLD": PlacePrecision.COUNTRY,
    "PPLX": PlacePrecision.EXACT,
}
_CLASSES: Mapping[str, PlacePrecision] = {
    "A": PlacePrecision.DISTRICT,
    "P": PlacePrecision.SETTLEMENT,
    "S": PlacePrecision.EXACT,
    "R": PlacePrecision.EXACT,
}
"""What GeoNames' feature codes and classes mean; of the others a district's precision is safe."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be used.

    Attributes:
        line: Where it stands, counted from one.
        what: What is wrong, in words for the user.
    """

    line: int
    what: str


def open_rows(path: Path) -> Iterator[Record | Broken]:
    """Read the rows of a file, one after the other, in whatever of the formats it is.

    Args:
        path: A GeoNames dump, GeoJSON or CSV, in UTF-8.

    Yields:
        Entries and broken rows, in the order of the file.

    Raises:
        InputError: It is in none of the formats, or lacks a column.
        OSError: It cannot be read.
    """
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        head = file.read(_HEAD_CHARACTERS)
        file.seek(0)
        first = head.lstrip()[:1]
        if first in ("{", "[", "\x1e"):
            yield from _features(file, path)
        elif head.partition("\n")[0].count("\t") == _DUMP_COLUMNS - 1:
            yield from _dump(file, path.stem)
        else:
            yield from _table(file, head, path)


def _features(file: TextIO, path: Path) -> Iterator[Record | Broken]:
    for number, (line, feature) in enumerate(read_features(file, str(path)), start=1):
        properties = feature.get("properties") or {}
        fields = {str(key).lower(): _plain(value) for key, value in properties.items()}
        fields.setdefault("id", _plain(feature.get("id")))
        middle = feature.get("middle")
        if middle is None:
            yield Broken(line, "it has no coordinates")
            continue
        fields["longitude"], fields["latitude"] = map(str, middle)
        values = {name: _pick(fields, names) for name, names in _COLUMNS.items()}
        yield _record(values, path.stem, number, line)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


def _pick(fields: Mapping[str, str], names: Sequence[str]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _dump(file: TextIO, stem: str) -> Iterator[Record | Broken]:
    for line, row in enumerate(file, start=1):
        cells = row.rstrip("\r\n").split("\t")
        if len(cells) != _DUMP_COLUMNS:
            if row.strip():
                yield Broken(line, f"it has {len(cells)} columns, not {_DUMP_COLUMNS}")
            continue
        precision = _FEATURES.get(cells[7]) or _CLASSES.get(cells[6], PlacePrecision.DISTRICT)
        values = {
            "id": cells[0],
            "name": cells[1],
            "names": cells[3],
            "latitude": cells[4],
            "longitude": cells[5],
            "country": cells[8],
            "population": cells[14],
            "precision": precision.value,
        }
        yield _record(values, stem, line, line)


def _table(file: TextIO, head: str, path: Path) -> Iterator[Record | Broken]:
    header = head.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = _csv_rows(file, delimiter)
    _, first = next(rows, (1, None))
    names = [cell.strip().lower() for cell in first] if isinstance(first, list) else []
    places = {
        column: next((names.index(name) for name in known if name in names), None)
        for column, known in _COLUMNS.items()
    }
    missing = [name for name in ("name", "latitude", "longitude") if places[name] is None]
    if missing:
        raise InputError(
            f"{path}, line 1",
            f"no column {' and no column '.join(missing)}.",
            "A gazetteer is a GeoNames dump (19 columns between tabs), GeoJSON, or CSV with a"
            " header that has name, latitude and longitude.",
        )
    for number, (line, row) in enumerate(rows, start=1):
        if isinstance(row, Broken):
            yield row
        elif any(row):
            values = {
                column: row[at].strip() if at is not None and at < len(row) else ""
                for column, at in places.items()
            }
            yield _record(values, path.stem, number, line)


def _csv_rows(file: TextIO, delimiter: str) -> Iterator[tuple[int, list[str] | Broken]]:
    """The rows of a table with the line that each ends on."""
    reader = csv.reader(file, delimiter=delimiter)
    while True:
        csv.field_size_limit(_LONGEST_FIELD)  # one for the whole process: documents set another
        try:
            row = next(reader)
            yield reader.line_num, row
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, Broken(reader.line_num, str(error))


def _record(values: Mapping[str, str], stem: str, number: int, line: int) -> Record | Broken:
    try:
        return Record(
            number=number,
            ref=f"{stem}:{values['id'] or line}",
            name=_name(values["name"]),
            names=tuple(filter(_is_text, map(str.strip, _SEPARATORS.split(values["names"])))),
            latitude=_degrees("latitude", values["latitude"], 90.0),
            longitude=_degrees("longitude", values["longitude"], 180.0),
            country=_country(values["country"]),
            precision=_precision(values["precision"]),
            population=_population(values["population"]),
        )
    except ValueError as error:
        return Broken(line, str(error))


def _is_text(name: str) -> bool:
    return bool(name) and not any("\ud800" <= char <= "\udfff" for char in name)


def _name(name: str) -> str:
    if not name.strip():
        raise ValueError("it has no name")
    if not _is_text(name):
        raise ValueError("its name is not UTF-8")
    return name.strip()


def _degrees(column: str, value: str, most: float) -> float:
    if not value:
        raise ValueError(f"it has no {column}")
    try:
        degrees = float(value)
    except ValueError:
        degrees = math.nan
    if not -most <= degrees <= most:
        raise ValueError(f"{column} is {value[:40]!r}, not a number from -{most:.0f} to {most:.0f}")
    return degrees


def _country(value: str) -> str | None:
    code = value.upper()
    if value and not _CODE.fullmatch(code):
        raise ValueError(f"country is {value[:40]!r}, not an ISO 3166 code of two letters")
    return code or None


def _precision(value: str) -> PlacePrecision:
    if not value:
        return PlacePrecision.SETTLEMENT
    try:
        return PlacePrecision(value.lower())
    except ValueError:
        allowed = ", ".join(precision.value for precision in PlacePrecision)
        raise ValueError(f"precision is {value[:40]!r}. Allowed: {allowed}") from None


def _population(value: str) -> int:
    return min(int(value), 2**40) if value.isascii() and value.isdigit() else 0
