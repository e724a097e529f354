"""The gazetteer: places by name, from GeoNames, from `knowledge/places.yaml` and from the user."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from allegata.errors import KnowledgeError
from allegata.knowledge.gazetteer_curated import (
    Country,
    Sort,
    capitals,
    countries,
    open_curated,
    peoples,
    sorts,
)
from allegata.knowledge.gazetteer_files import open_file
from allegata.knowledge.gazetteer_names import fold_name, name_skeleton
from allegata.knowledge.gazetteer_store import SCHEMA_VERSION, Entry, PlaceStore
from allegata.types import PlacePrecision

__all__ = ["COMPILED", "Country", "Entry", "Gazetteer", "Sort", "distance_km", "find_sort"]

COMPILED = Path(__file__).resolve().parent / "data" / "gazetteer.sqlite"

_TOWN = PlacePrecision.SETTLEMENT
_ALIKE = 90.0
"""Of 100: names of one country that are so alike are taken for misspellings of each other."""

_SHORTEST_SKELETON = 3
_SHORTEST_MISSPELLED = 6
_KM_A_DEGREE = 111.2
_REMEMBERED = 20_000
_SAME_KM: Mapping[PlacePrecision, float] = {
    PlacePrecision.EXACT: 15.0,
    PlacePrecision.SETTLEMENT: 30.0,
    PlacePrecision.DISTRICT: 60.0,
    PlacePrecision.PROVINCE: 400.0,
    PlacePrecision.COUNTRY: 20_000.0,
}
"""Two entries with one name, one precision and no more between them are one place."""


class Gazetteer:
    """Places by name. Opening it costs next to nothing: names are looked up on disk.

    Attributes:
        warnings: What was noticed in the user's files, a sentence each.

    Example:
        >>> gazetteer = Gazetteer.open()
        >>> [entry.id for entry in gazetteer.named("Halab") if entry.population > 1_000_000]
        ['geonames:170063']
    """

    def __init__(self, stores: Iterable[PlaceStore], warnings: Iterable[str] = ()) -> None:
        self.warnings = tuple(warnings)
        self._stores = tuple(stores)
        self.named = lru_cache(_REMEMBERED)(self._named)
        self.similar = lru_cache(_REMEMBERED)(self._similar)

    @classmethod
    def open(cls, *files: Path) -> "Gazetteer":
        """Open the gazetteer that ships, with files of the user in front of it.

        Args:
            files: GeoNames dumps, GeoJSON or CSV. A name that one of them has is looked up nowhere
                else.

        Raises:
            InputError: A file cannot be read.
            KnowledgeError: The compiled gazetteer is absent or of another version.
        """
        own = [open_file(Path(path)) for path in files]
        if not COMPILED.is_file():
            raise KnowledgeError(f"{COMPILED.name}: absent. Run tools/gazetteer.py.")
        compiled = PlaceStore.open(COMPILED)
        if compiled.version != SCHEMA_VERSION:
            raise KnowledgeError(
                f"{COMPILED.name}: version {compiled.version}, not {SCHEMA_VERSION}."
                " Run tools/gazetteer.py."
            )
        stores = [store for store, _ in own]
        warnings = [warning for _, found in own for warning in found]
        return cls([*stores, open_curated(), compiled], warnings)

    def _named(self, name: str) -> tuple[Entry, ...]:
        """The places of a name, however it is written; the user's alone where they have it."""
        key = fold_name(name)
        found: list[Entry] = []
        for store in self._stores if key else ():
            found += [new for new in store.named(key) if not _is_known(new, found)]
            if found and found[0].by_user:
                break
        return tuple(found)

    def _similar(self, name: str, codes: frozenset[str]) -> tuple[tuple[Entry, float], ...]:
        """Places of some countries whose names may be this one in another spelling.

        Args:
            name: As it is written.
            codes: Countries. Nothing is looked for elsewhere.

        Returns:
            Those with the same consonants, each with how alike its nearest spelling is, from 0 to
            1, the most alike first; where there are none, those that are spelled nearly so.
        """
        key = fold_name(name)
        skeleton = name_skeleton(key)
        if not codes or len(key) < _SHORTEST_SKELETON:
            return ()
        found: list[Entry] = []
        if len(skeleton) >= _SHORTEST_SKELETON:
            for store in self._stores:
                found += store.sounding(skeleton, codes)
        if not found and len(key) >= _SHORTEST_MISSPELLED:
            found = self._misspelled(key, skeleton, codes)
        ranked = sorted(((_likeness(key, entry.key), entry) for entry in found), key=_most_alike)
        chosen: dict[str, tuple[Entry, float]] = {}
        for likeness, entry in ranked:
            if not _is_known(entry, (other for other, _ in chosen.values())):
                chosen[entry.id] = entry, likeness
        return tuple(chosen.values())

    def _misspelled(self, key: str, skeleton: str, codes: frozenset[str]) -> list[Entry]:
        found: list[Entry] = []
        for store in self._stores:
            keys = store.keys_from(skeleton[:2], codes)
            for match, _, _ in process.extract(
                key, keys, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5
            ):
                found += [entry for entry in store.named(match) if entry.country in codes]
        return found

    def country(self, code: str) -> Country | None:
        """A country by its code."""
        return countries().get(code)

    def country_of_people(self, word: str) -> frozenset[str]:
        """Codes of the countries whose people or language a word names ("Syrian", "Congolese")."""
        return peoples().get(word.lower().replace("’", "'"), frozenset())

    def capital(self, code: str) -> Entry | None:
        """The capital of a country, or None where it is disputed or has none."""
        name = capitals().get(code, "")
        towns = [e for e in self.named(name) if e.country == code and e.precision is _TOWN]
        return max(towns, key=lambda e: (e.is_capital, e.population), default=None)

    def sort(self, noun: str) -> Sort | None:
        """As `find_sort`."""
        return sorts().get(noun)


def find_sort(noun: str) -> Sort | None:
    """What a noun, or two, in the singular and in small letters, tells of a place beside it."""
    return sorts().get(noun)


def _likeness(key: str, other: str) -> float:
    return fuzz.ratio(key, other) / 100.0


def _most_alike(pair: tuple[float, Entry]) -> tuple[float, int, str]:
    return -pair[0], -pair[1].population, pair[1].id


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points on the globe, each latitude and longitude in degrees."""
    la, lb = math.radians(a[0]), math.radians(b[0])
    turn = math.radians(a[1] - b[1])
    half = math.sin((la - lb) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(turn / 2) ** 2
    return 12_742.0 * math.asin(min(1.0, math.sqrt(half)))


def _is_known(entry: Entry, found: Iterable[Entry]) -> bool:
    """Whether a place is there already, from a gazetteer that goes before."""
    return any(
        entry.id == other.id
        or (
            entry.precision is other.precision
            and entry.id.partition(":")[0] != other.id.partition(":")[0]
            and distance_km((entry.latitude, entry.longitude), (other.latitude, other.longitude))
            <= _SAME_KM[entry.precision]
        )
        for other in found
    )
