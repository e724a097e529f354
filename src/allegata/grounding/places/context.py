"""What countries a document is about, told from all the names in it."""

from collections.abc import Iterable, Mapping, Sequence
from math import log10

from allegata.knowledge.gazetteer import Entry, Gazetteer
from allegata.knowledge.gazetteer_names import fold_name, name_skeleton
from allegata.types import PlacePrecision

__all__ = ["Votes", "cast_votes", "is_by_name", "prominence"]

_MASS: Mapping[PlacePrecision, float] = {
    PlacePrecision.EXACT: 5e3,
    PlacePrecision.SETTLEMENT: 5e2,
    PlacePrecision.DISTRICT: 5e3,
    PlacePrecision.PROVINCE: 2e4,
    PlacePrecision.COUNTRY: 3e7,
}
"""How many people's worth of news a place of unknown population has, by its precision."""

_SHARE_OF_A_LAND = {PlacePrecision.DISTRICT: 0.1, PlacePrecision.PROVINCE: 0.1}
"""News speaks less of the province than of the city of the same name."""

_CURATED = 6e5
_CAPITAL = 10.0
_ALIAS, _BEGINNING = 0.05, 0.5
"""What is left of it under another name, and under the beginning of its own ("New York")."""

_ROUNDS = 3
_DOUBT = 0.02
"""What a country without any other vote still counts for."""

_MOST_MENTIONS = 3.0


def prominence(entry: Entry) -> float:
    """How likely news that names a place means this one, from nothing but itself, as a weight."""
    mass = _MASS[entry.precision]
    mass += entry.population * _SHARE_OF_A_LAND.get(entry.precision, 1.0)
    if entry.id.startswith("allegata:"):
        mass += _CURATED  # somebody wrote it down because the news speaks of it
    if entry.is_capital:
        mass *= _CAPITAL
    if not is_by_name(entry):
        return mass * _ALIAS
    return mass * (_BEGINNING if entry.by_alias and entry.id.startswith("geonames:") else 1.0)


def is_by_name(entry: Entry) -> bool:
    """Whether it was found by its name, one that was chosen by hand, or another spelling of it."""
    chosen = not entry.by_alias or entry.id.startswith("allegata:")
    if chosen or entry.precision is PlacePrecision.COUNTRY:
        return True
    name = fold_name(entry.name)
    return name.startswith(entry.key) or name_skeleton(name) == name_skeleton(entry.key)


class Votes:
    """How much each country is spoken of.

    Attributes:
        shares: Of each country, all together one; empty where nothing tells a country.
    """

    def __init__(
        self,
        fixed: Mapping[str, float],
        cast: Mapping[str, Mapping[str, float]],
        gazetteer: Gazetteer,
    ) -> None:
        self._cast = cast
        self._gazetteer = gazetteer
        self._sums: dict[str, float] = dict(fixed)
        for votes in cast.values():
            for code, weight in votes.items():
                self._sums[code] = self._sums.get(code, 0.0) + weight
        total = sum(self._sums.values())
        self.shares = {code: weight / total for code, weight in self._sums.items() if weight > 0}

    def share(self, code: str | None, *, without: str) -> float:
        """The share of a country among the votes of all names but one."""
        own = self._cast.get(without, {})
        total = sum(self._sums.values()) - sum(own.values())
        if code is None or total < 1e-6:
            return 0.0
        return max(0.0, self._sums.get(code, 0.0) - own.get(code, 0.0)) / total

    def near_share(self, code: str | None, *, without: str) -> float:
        """The share of a country's neighbours."""
        country = self._gazetteer.country(code) if code else None
        if country is None:
            return 0.0
        return sum(self.share(near, without=without) for near in country.borders)

    def others(self, *, without: str) -> float:
        """How much is known when one name is left aside: a mention counts one."""
        return sum(self._sums.values()) - sum(self._cast.get(without, {}).values())


def cast_votes(
    names: Mapping[str, tuple[Sequence[Entry], float]],
    people: Mapping[str, float],
    gazetteer: Gazetteer,
) -> Votes:
    """Let every name vote for the countries that it may lie in.

    Args:
        names: For each folded name what it may be, and how often it is mentioned.
        people: For each country how often its people are named, or what else speaks for it.
        gazetteer: Knows the borders.
    """
    votes = Votes(people, {}, gazetteer)
    for _ in range(_ROUNDS):
        cast = {}
        for key, (entries, mentions) in names.items():
            weight = min(mentions, _MOST_MENTIONS)
            cast[key] = _spread(entries, weight, votes, key)
        votes = Votes(people, cast, gazetteer)
    return votes


def _spread(entries: Iterable[Entry], weight: float, votes: Votes, key: str) -> dict[str, float]:
    """A name's votes, spread over the countries of what it may be."""
    known = votes.shares != {}
    masses: dict[str, float] = {}
    for entry in entries:
        if entry.country is not None:
            share = votes.share(entry.country, without=key) if known else 0.0
            mass = prominence(entry) * (_DOUBT + share)
            masses[entry.country] = max(masses.get(entry.country, 0.0), mass)
    total = sum(masses.values())
    if not total:
        return {}
    # a name of a tiny place alone tells little
    sure = min(1.0, max(0.1, (log10(max(map(prominence, entries))) - 2.5) / 2.5))
    return {code: weight * sure * mass / total for code, mass in masses.items()}
