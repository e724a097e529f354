"""The part of the gazetteer that people keep: `knowledge/places.yaml`."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from allegata.errors import KnowledgeError
from allegata.knowledge.gazetteer_store import PlaceStore, Record, write_records
from allegata.knowledge.tables import load_table
from allegata.types import PlacePrecision

__all__ = [
    "Country",
    "Sort",
    "affixes",
    "capitals",
    "countries",
    "disputed_provinces",
    "open_curated",
    "peoples",
    "sorts",
]

_FIRST_COUNTRY = 1_000_000
_NOT_A_SLUG = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Country:
    """What is known of a country.

    Attributes:
        code: ISO 3166, two letters.
        name: Its usual name in English.
        borders: Codes of its neighbours.
    """

    code: str
    name: str
    borders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sort:
    """What a noun beside a name tells of the place.

    Attributes:
        name: `settlement`, `quarter`, `district`, `province`, `country`, `camp`, ...
        precision: How exact such a place is.
        is_named: Whether the noun is part of the name ("Strait of Hormuz").
    """

    name: str
    precision: PlacePrecision
    is_named: bool


def open_curated() -> PlaceStore:
    """The places and countries of the table, in memory."""
    table = _table()
    database = sqlite3.connect(":memory:", check_same_thread=False)
    lands = [_country_record(land) for land in table["countries"]]
    places = [_place_record(place, 1 + at) for at, place in enumerate(table["places"])]
    write_records(database, [*lands, *places])
    return PlaceStore(database)


def _country_record(land: Mapping[str, Any]) -> Record:
    return Record(
        number=_FIRST_COUNTRY + land["id"],
        ref=f"geonames:{land['id']}",
        name=land["name"],
        names=tuple(land.get("names", ())),
        latitude=land["at"][0],
        longitude=land["at"][1],
        country=land["code"],
        precision=PlacePrecision.COUNTRY,
        radius_km=land["radius_km"],
    )


def _place_record(place: Mapping[str, Any], number: int) -> Record:
    claims = place.get("claimed_by", ())
    country = place.get("country", claims[0] if claims else None)
    there = place.get("id")
    words = (country or "", place["name"])
    slug = _NOT_A_SLUG.sub("-", " ".join(words).strip().lower()).strip("-")
    return Record(
        number=number,
        ref=f"geonames:{there}" if there else f"allegata:{slug}",
        name=place["name"],
        names=tuple(place.get("names", ())),
        latitude=place["at"][0],
        longitude=place["at"][1],
        country=country,
        precision=PlacePrecision(place["precision"]),
        radius_km=place.get("radius_km"),
        is_disputed=bool(claims),
    )


def _table() -> Mapping[str, Any]:
    table = load_table("places")
    if not isinstance(table, dict):
        raise KnowledgeError("places.yaml: not a mapping of sections.")
    return table


@cache
def countries() -> Mapping[str, Country]:
    """Countries by their codes."""
    return {
        land["code"]: Country(land["code"], land["name"], frozenset(land.get("borders", ())))
        for land in _table()["countries"]
    }


@cache
def capitals() -> Mapping[str, str]:
    """The names of capitals by the codes of their countries, without those that are disputed."""
    lands = _table()["countries"]
    return {land["code"]: land["capital"] for land in lands if "capital" in land}


@cache
def peoples() -> Mapping[str, frozenset[str]]:
    """Codes of countries by the words for their people, in small letters."""
    found: dict[str, set[str]] = {}
    for land in _table()["countries"]:
        for word in land.get("people", ()):
            found.setdefault(word.lower(), set()).add(land["code"])
    return {word: frozenset(codes) for word, codes in found.items()}


@cache
def sorts() -> Mapping[str, Sort]:
    """What nouns tell of places, by the noun in the singular and in small letters."""
    return {
        word: Sort(sort["sort"], PlacePrecision(sort["precision"]), bool(sort.get("named")))
        for sort in _table()["sorts"]
        for word in sort["words"]
    }


def affixes() -> tuple[str, ...]:
    """What GeoNames writes with the names of provinces and districts."""
    return tuple(_table()["affixes"])


def disputed_provinces() -> frozenset[str]:
    """Codes in GeoNames of provinces whose country is disputed."""
    return frozenset(code for land in _table()["disputed"] for code in land["provinces"])
