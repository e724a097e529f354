"""Open gazetteers of one country, for `tools/gazetteer.py`: quarters, districts, towns, spellings.

They lie in a folder, each in one of its own; those that are absent are left out:

    ocha_syria_admin/syria_places_derived.csv    UN OCHA, CC BY 3.0 IGO
    opensyria_admin/*.json                       OpenSyria, CC BY 4.0
    aleppo_neighbourhoods/csr/                   Center for Spatial Research, MIT

What is one place with an entry that is there already lends it its spellings; the rest is new.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from allegata.knowledge.gazetteer import distance_km
from allegata.knowledge.gazetteer_names import fold_name, name_skeleton
from allegata.knowledge.gazetteer_store import Record
from allegata.types import PlacePrecision

__all__ = ["Found", "add_more", "read_more"]

_COUNTRY = "SY"
_FIRST_NUMBER = 1_000_000_000
"""Far above the ids of GeoNames."""

_EXACT, _TOWN, _DISTRICT = (
    PlacePrecision.EXACT,
    PlacePrecision.SETTLEMENT,
    PlacePrecision.DISTRICT,
)
_SAME: dict[PlacePrecision, dict[PlacePrecision, float]] = {
    _EXACT: {_EXACT: 1.5},
    _TOWN: {_TOWN: 8.0},
    _DISTRICT: {_DISTRICT: 35.0, _TOWN: 35.0},  # most districts bear the name of their seat
}
"""What lies within so many km and has one of the names is the same place."""

_LEVELS = {
    "adm2": _DISTRICT,
    "adm3": _DISTRICT,
    "admin_capital": _TOWN,
    "neighborhood": _EXACT,
}
_ALIKE = 60.0
"""Of 100: a variant that is less like the name belongs to another row."""

_UNIT = re.compile(
    r"^(?:n[aā][hḩ]iyat (?:markaz )?|min[tţ]aqat |markaz |مركز |منطقة |ناحية (?:مركز )?|محافظة )"
    r"|\s+(?:subdistrict|district|governorate)$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*[_/|;]\s*")
_BRACKET = re.compile(r"\s*\(.*?\)")
_LETTERLESS = re.compile(r"\bnahyt\b|[\u02bf`]|^\d")
_COMMON = frozenset(
    "airport stadium park square university market cemetery barracks hospital college school"
    " housing buildings villas scheme station prison zone center centre city old new industrial"
    " east west north south eastern western northern southern youth sports public national the"
    " international district area i ii iii iv v matar shamali".split()
)
"""Words that are no name; what has no other is left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place of one of the sources.

    Attributes:
        ref: Its id, led by the name of the source.
        names: Its name first, then other spellings.
        latitude, longitude: Degrees.
        precision: What sort of place it is.
    """

    ref: str
    names: tuple[str, ...]
    latitude: float
    longitude: float
    precision: PlacePrecision


def read_more(folder: Path) -> list[Found]:
    """The places of all sources in a folder: the coarser first, then in the order of the files."""
    found = [*_ocha(folder), *_opensyria(folder), *_aleppo(folder)]
    order = [_TOWN, _DISTRICT, _EXACT]
    return sorted((one for one in found if one.names), key=lambda one: order.index(one.precision))


def _ocha(folder: Path) -> Iterator[Found]:
    path = folder / "ocha_syria_admin" / "syria_places_derived.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            precision = _LEVELS.get(row["level"])
            if precision is not None and row["lat"]:
                own = _names((row["name_en"], row["name_ar"]))
                variants = [name for name in _names((row["variants"],)) if _is_like(name, own)]
                names = tuple(dict.fromkeys((*own, *variants)))
                ref = f"ocha:{row['pcode'] or f'capital-{line}'}"
                yield Found(ref, names, float(row["lat"]), float(row["lon"]), precision)


def _opensyria(folder: Path) -> Iterator[Found]:
    for kind in ("districts", "subdistricts"):
        path = folder / "opensyria_admin" / f"{kind}.json"
        for unit in json.loads(path.read_text("utf-8")) if path.is_file() else ():
            spelled = [alias["value"] for alias in unit["aliases"]]
            names = _names((unit["name"]["en"], unit["name"]["ar"], *spelled))
            at = unit["centroid"]
            yield Found(
                f"opensyria:{unit['id']}", names, at["latitude"], at["longitude"], _DISTRICT
            )


def _aleppo(folder: Path) -> Iterator[Found]:
    source = folder / "aleppo_neighbourhoods" / "csr"
    if not source.is_dir():
        return
    spelled: dict[str, dict[str, Any]] = {
        one["original_name"]: one
        for one in json.loads((source / "neighborhoods-names.json").read_text("utf-8")).values()
    }
    features = json.loads((source / "Neighborhoods_centroids.geojson").read_text("utf-8"))
    for feature in features["features"]:
        fields = feature["properties"]
        if fields["NAME"] is None:
            continue
        more = spelled.get(fields["NAME"], {})
        names = _names(
            (
                fields["NAME"],
                fields["NAME_A"],
                *more.get("alternative_english", ()),
                *more.get("alternative_arabic", ()),
            )
        )
        yield Found(f"csr:{fields['Id']}", names, fields["ycoord"], fields["xcoord"], _EXACT)


def _names(written: Sequence[str | None]) -> tuple[str, ...]:
    """Names as they are looked up: without "Subdistrict", brackets, and words that are no name."""
    names = []
    for several in written:
        for one in _SEVERAL.split(_BRACKET.sub("", several or "")):
            bare = one.strip()
            while (cut := _UNIT.sub("", bare).strip()) != bare:
                bare = cut
            if _is_name(bare):
                names.append(bare)
    return tuple(dict.fromkeys(names))


def _is_name(name: str) -> bool:
    words = re.split(r"[\s-]+", name.lower())
    return (
        len(fold_name(name)) > 2
        and not _LETTERLESS.search(name)
        and any(word not in _COMMON for word in words)
    )


def _is_like(name: str, others: Iterable[str]) -> bool:
    key = fold_name(name)
    return any(fuzz.ratio(key, fold_name(other)) >= _ALIKE for other in others)


def add_more(records: Iterable[Record], found: Iterable[Found]) -> list[Record]:
    """Add places to entries that are there.

    Args:
        records: Of the whole gazetteer.
        found: What is new, in an order that never changes.

    Returns:
        The records in their order, some with more spellings, then those that are new.
    """
    known = {record.number: record for record in records}
    by_skeleton: dict[str, list[int]] = defaultdict(list)
    for record in known.values():
        if record.country == _COUNTRY:
            for name in (record.name, *record.names):
                by_skeleton[_skeleton(name)].append(record.number)
    for number, one in enumerate(found, start=_FIRST_NUMBER):
        same = _same(one, known, by_skeleton)
        if same is None:
            known[number] = _record(number, one)
        else:
            # a spelling of a district is one of its seat
            names = dict.fromkeys((*same.names, *one.names))
            known[same.number] = replace(same, names=tuple(names))
        for name in one.names:
            by_skeleton[_skeleton(name)].append(number if same is None else same.number)
    return list(known.values())


def _same(one: Found, known: dict[int, Record], by_skeleton: dict[str, list[int]]) -> Record | None:
    """The nearest entry that is the same place."""
    near: list[tuple[float, int]] = []
    for name in one.names:
        for number in by_skeleton.get(_skeleton(name), ()):
            other = known[number]
            gap = distance_km((one.latitude, one.longitude), (other.latitude, other.longitude))
            if gap <= _SAME[one.precision].get(other.precision, -1.0):
                near.append((gap, number))
    return known[min(near)[1]] if near else None


def _skeleton(name: str) -> str:
    return name_skeleton(fold_name(name))


def _record(number: int, one: Found) -> Record:
    return Record(
        number=number,
        ref=one.ref,
        name=one.names[0],
        names=one.names[1:],
        latitude=one.latitude,
        longitude=one.longitude,
        country=_COUNTRY,
        precision=one.precision,
    )
