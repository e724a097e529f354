"""Entries of a gazetteer in SQLite: found by name without being loaded."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from allegata.knowledge.gazetteer_names import fold_name, name_skeleton
from allegata.types import PlacePrecision

__all__ = ["SCHEMA_VERSION", "Entry", "PlaceStore", "Record", "write_records"]

SCHEMA_VERSION = 1
"""Changes with the tables and with how names are folded, so that a stale copy is never read."""

_TABLES = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, ref TEXT, name TEXT NOT NULL, latitude INTEGER, longitude INTEGER,
    country TEXT, precision INTEGER NOT NULL, population INTEGER, radius INTEGER,
    province INTEGER, district INTEGER, flags INTEGER
);
CREATE TABLE name (
    skeleton TEXT NOT NULL, key TEXT NOT NULL, country TEXT NOT NULL, place INTEGER NOT NULL,
    rank INTEGER NOT NULL, PRIMARY KEY (skeleton, key, place)
) WITHOUT ROWID;
"""
_INSERT_PLACE = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SCALE = 10_000
"""Degrees are kept as whole numbers of this part: eleven metres."""

_CAPITAL, _DISPUTED = 1, 2
_PRECISIONS = tuple(PlacePrecision)
_BATCH = 5_000

_SELECT_KEYS = (
    "SELECT key FROM name WHERE skeleton >= ? AND skeleton < ?"
    " AND country <> '' AND instr(?, country || ' ')"
)
_SELECT = (
    "SELECT place.id, ref, place.name, latitude, longitude, place.country, precision, population,"
    " radius, province, district, flags, key, rank"
    " FROM name JOIN place ON place.id = name.place WHERE "
)


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as a gazetteer is made from.

    Attributes:
        number: Tells it apart in its store; for GeoNames its id there.
        ref: Its id with the gazetteer's name, or None where that is `geonames:` and the number.
        name: Its name.
        names: Other spellings, in any order.
        latitude, longitude: Degrees.
        country: ISO 3166 code of two letters, or None.
        precision: What sort of place it is.
        population: People, or 0 where unknown.
        radius_km: A circle of this radius holds it, or None.
        province, district: Numbers of those that it lies in, or None.
        is_capital: Whether it is the capital of its country.
        is_disputed: Whether `country` only tells in whose news it is looked for.
    """

    number: int
    ref: str | None
    name: str
    names: tuple[str, ...]
    latitude: float
    longitude: float
    country: str | None
    precision: PlacePrecision
    population: int = 0
    radius_km: float | None = None
    province: int | None = None
    district: int | None = None
    is_capital: bool = False
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that a gazetteer has under a name that was looked up.

    Attributes:
        id: Its id, led by the gazetteer's name.
        name: Its name there.
        latitude, longitude: Degrees in WGS 84.
        country: ISO 3166 code of two letters, or None.
        precision: What sort of place it is.
        population: People, or 0 where unknown.
        radius_km: A circle of this radius holds it, or None where nothing says so.
        province, district: Ids of those that it lies in, or None.
        is_capital: Whether it is the capital of its country.
        is_disputed: Whether `country` only tells in whose news it is looked for.
        key: The folded name that it was found by.
        by_alias: Whether that is another spelling and not its name.
        by_user: Whether a gazetteer of the user has it.
    """

    id: str
    name: str
    latitude: float
    longitude: float
    country: str | None
    precision: PlacePrecision
    population: int
    radius_km: float | None
    province: str | None
    district: str | None
    is_capital: bool
    is_disputed: bool
    key: str
    by_alias: bool
    by_user: bool = False


def write_records(database: sqlite3.Connection, records: Iterable[Record]) -> int:
    """Write entries into an empty database, without holding them all.

    Args:
        database: An empty one; it is committed.
        records: With numbers that differ.

    Returns:
        How many were written.
    """
    database.executescript(_TABLES)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    count = 0
    for batch in _batches(records):
        database.executemany(_INSERT_PLACE, map(_place_row, batch))
        names = [row for record in batch for row in _name_rows(record)]
        database.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?, ?)", names)
        count += len(batch)
    database.commit()
    return count


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _place_row(record: Record) -> tuple[object, ...]:
    return (
        record.number,
        record.ref,
        record.name,
        round(record.latitude * _SCALE),
        round(record.longitude * _SCALE),
        record.country,
        _PRECISIONS.index(record.precision),
        record.population or None,
        None if record.radius_km is None else max(1, round(record.radius_km)),
        record.province,
        record.district,
        (_CAPITAL * record.is_capital | _DISPUTED * record.is_disputed) or None,
    )


def _name_rows(record: Record) -> Iterator[tuple[str, str, str, int, int]]:
    seen: set[str] = set()
    for rank, name in enumerate((record.name, *record.names)):
        key = fold_name(name)
        if key and key not in seen:
            seen.add(key)
            skeleton = name_skeleton(key)
            yield skeleton, key, record.country or "", record.number, min(rank, 1)


def _listed(codes: Iterable[str]) -> str:
    """Codes as one text, each with a space behind, so that no statement is put together."""
    return "".join(f"{code} " for code in sorted(codes))


class PlaceStore:
    """One gazetteer, for reading. Processes open their own.

    Args:
        database: As `write_records` fills it.
        by_user: Whether it is one of the user's own.
    """

    def __init__(self, database: sqlite3.Connection, *, by_user: bool = False) -> None:
        self._database = database
        self._by_user = by_user

    @classmethod
    def open(cls, path: Path, *, by_user: bool = False) -> "PlaceStore":
        """Open a file for reading alone."""
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True, check_same_thread=False)
        return cls(database, by_user=by_user)

    @property
    def version(self) -> int:
        """The version of the tables, 0 where it holds none."""
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        return int(version)

    def notes(self) -> tuple[str, ...]:
        """What was noticed when it was made, a sentence each."""
        return tuple(words for (words,) in self._database.execute("SELECT words FROM note"))

    def named(self, key: str) -> list[Entry]:
        """The entries with a name of this key, in order of their numbers."""
        where = "skeleton = ? AND key = ? ORDER BY place"
        return self._select(where, (name_skeleton(key), key))

    def sounding(self, skeleton: str, countries: Iterable[str]) -> list[Entry]:
        """The entries in some countries with a name of this skeleton."""
        where = (
            "skeleton = ? AND name.country <> '' AND instr(?, name.country || ' ') ORDER BY place"
        )
        return self._select(where, (skeleton, _listed(countries)))

    def keys_from(self, prefix: str, countries: Iterable[str]) -> list[str]:
        """The keys of names in some countries whose skeletons begin alike."""
        rows = self._database.execute(
            _SELECT_KEYS,
            (prefix, prefix + "\U0010ffff", _listed(countries)),
        )
        return [key for (key,) in rows]

    def _select(self, where: str, values: tuple[str, ...]) -> list[Entry]:
        rows = self._database.execute(_SELECT + where, values)
        return [self._entry(*row) for row in rows]

    def _entry(
        self,
        number: int,
        ref: str | None,
        name: str,
        latitude: int,
        longitude: int,
        country: str | None,
        precision: int,
        population: int | None,
        radius: int | None,
        province: int | None,
        district: int | None,
        flags: int | None,
        key: str,
        rank: int,
    ) -> Entry:
        return Entry(
            id=ref or f"geonames:{number}",
            name=name,
            latitude=latitude / _SCALE,
            longitude=longitude / _SCALE,
            country=country,
            precision=_PRECISIONS[precision],
            population=population or 0,
            radius_km=radius,
            province=None if province is None else f"geonames:{province}",
            district=None if district is None else f"geonames:{district}",
            is_capital=bool((flags or 0) & _CAPITAL),
            is_disputed=bool((flags or 0) & _DISPUTED),
            key=key,
            by_alias=bool(rank),
            by_user=self._by_user,
        )
