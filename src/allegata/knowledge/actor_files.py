"""Files of the user with actors of their own, as YAML or CSV, checked field by field."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from allegata.errors import InputError, KnowledgeError
from allegata.knowledge.actor_names import fold_name
from allegata.types.entity_type import EntityType

__all__ = ["FIELDS", "read_actor_files"]

_KINDS = tuple(kind.value for kind in EntityType)
_OWNERS = ("state", "public", "private", "party")
_LISTS = ("names", "shared", "countries", "adjectives", "people", "cities", "seats")
_YEARS = ("from", "to")
_ALLOWED = {"kind": _KINDS, "owner": _OWNERS}
FIELDS = ("id", *_LISTS, "kind", "country", *_YEARS, "part_of", "owner", "languages", "origin")
"""What an entry may hold."""

_CODE = re.compile("[A-Z]{2}")
_YEAR = re.compile("[0-9]{4}")
_SEPARATOR = ";"
_DELIMITERS = {".csv": ",", ".tsv": "\t"}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value of an entry, and where it stands."""

    value: object
    line: int


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry, and where it begins."""

    cells: Mapping[str, _Cell]
    line: int


def read_actor_files(files: Sequence[Path]) -> list[dict[str, object]]:
    """Read actors of the user.

    Args:
        files: `.yaml` or `.yml`: a list of entries; `.csv` or `.tsv`: a header and a row for each,
            several values of a cell parted by semicolons.

    Returns:
        Entries in the form of the compiled tables, in order. An id that is left out is made of the
        first name.

    Raises:
        InputError: A file cannot be read or an entry does not follow the form; names file, line,
            field and what is allowed.
    """
    entries: list[dict[str, object]] = []
    seen: dict[object, str] = {}
    for path in files:
        for row in _read_rows(path):
            entry = _build_entry(row, path)
            where = f"{path}:{row.line}"
            if entry["id"] in seen:
                raise InputError(where, f"'id' {entry['id']!r} is also in {seen[entry['id']]}.")
            seen[entry["id"]] = where
            entries.append(entry)
    return entries


def _read_rows(path: Path) -> Iterator[_Row]:
    suffix = path.suffix.lower()
    if suffix in (".yaml", ".yml"):
        return _read_yaml(path)
    if suffix in _DELIMITERS:
        return _read_csv(path, _DELIMITERS[suffix])
    raise InputError(
        str(path), f"{suffix or 'no ending'!r} is no form of actors.",
        "Allowed: .yaml, .yml, .csv, .tsv.",
    )  # fmt: skip


def _read_yaml(path: Path) -> Iterator[_Row]:
    try:
        from allegata.knowledge.source import read_source
    except ModuleNotFoundError as error:
        raise InputError(
            str(path), "reading YAML needs PyYAML.", "Run `pip install pyyaml`, or use CSV."
        ) from error
    try:
        root = read_source(path)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}.") from error
    except KnowledgeError as error:
        place, _, what = str(error).removeprefix(path.name).partition(": ")
        raise InputError(f"{path}{place}", what) from error
    for node in root.value if isinstance(root.value, list) else [root]:
        if not isinstance(node.value, dict):
            raise InputError(f"{path}:{node.line}", "not an entry.", "Begin it with '- names: '.")
        cells = {field: _Cell(cell.plain(), cell.line) for field, cell in node.value.items()}
        yield _Row(cells, node.line)


def _read_csv(path: Path, delimiter: str) -> Iterator[_Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, delimiter=delimiter, strict=True)
            for row in reader:
                yield _read_csv_row(row, f"{path}:{reader.line_num}", reader.line_num)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"not a table in UTF-8: {error}.") from error


def _read_csv_row(row: Mapping[str | None, object], where: str, line: int) -> _Row:
    if None in row or None in row.values():
        raise InputError(
            where, "not as many cells as the header.", "Put cells with commas in quotes."
        )
    cells: dict[str, _Cell] = {}
    for field, cell in row.items():
        text = str(cell).strip()
        if text:
            cells[str(field).strip()] = _Cell(_read_cell(str(field).strip(), text), line)
    return _Row(cells, line)


def _read_cell(field: str, text: str) -> object:
    if field in _LISTS:
        return [part.strip() for part in text.split(_SEPARATOR) if part.strip()]
    return int(text) if field in _YEARS and _YEAR.fullmatch(text) else text


def _build_entry(row: _Row, path: Path) -> dict[str, object]:
    for field, cell in row.cells.items():
        _check(field, cell, f"{path}:{cell.line}")
    for field, allowed in (("names", "a list of names"), ("kind", ", ".join(_KINDS))):
        if field not in row.cells:
            raise InputError(f"{path}:{row.line}", f"{field!r} is missing.", f"Allowed: {allowed}.")
    entry = {field: cell.value for field, cell in row.cells.items()}
    names = entry["names"]
    first = names[0] if isinstance(names, list) else ""
    return {"id": "-".join(str(first).lower().split()), "origin": path.name, **entry}


def _check(field: str, cell: _Cell, where: str) -> None:
    """Fail where a field is unknown, or its value is none that it may have."""
    value = cell.value
    if field not in FIELDS:
        raise InputError(where, f"an entry has no {field!r}.", f"Allowed: {', '.join(FIELDS)}.")
    if field in _LISTS:
        if not isinstance(value, list) or not value or not all(map(_is_name, value)):
            _fail(field, value, where, "a list of names")
        for code in value if field == "countries" else ():
            _check_code(field, code, where)
    elif field in _YEARS:
        if type(value) is not int or not _YEAR.fullmatch(str(value)):
            _fail(field, value, where, "a year of four digits")
    elif field in _ALLOWED:
        if value not in _ALLOWED[field]:
            _fail(field, value, where, ", ".join(_ALLOWED[field]))
    elif field == "languages":
        _check_languages(value, where)
    elif field == "country":
        _check_code(field, value, where)
    elif not isinstance(value, str) or not value:
        _fail(field, value, where, "any text")


def _check_languages(value: object, where: str) -> None:
    for names in value.values() if isinstance(value, dict) else [None]:
        if not isinstance(names, list) or not all(map(_is_name, names)):
            _fail("languages", value, where, "lists of names by the code of a language")


def _check_code(field: str, value: object, where: str) -> None:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        _fail(field, value, where, "ISO 3166 codes of two capital letters")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(fold_name(value))


def _fail(field: str, value: object, where: str, allowed: str) -> Never:
    raise InputError(where, f"{field!r} is {value!r}.", f"Allowed: {allowed}.")
