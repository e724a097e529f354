"""Choose which place a name means, by all that the document says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log10

from allegata.grounding.places.containment import Container
from allegata.grounding.places.context import Votes, cast_votes, is_by_name, prominence
from allegata.grounding.places.toponym import Shift, Strength, Toponym
from allegata.knowledge.gazetteer import Entry, Gazetteer, distance_km
from allegata.knowledge.gazetteer_names import fold_name
from allegata.types import PlacePrecision

__all__ = ["Choice", "resolve_toponyms"]

_ORDER = (
    PlacePrecision.EXACT,
    PlacePrecision.SETTLEMENT,
    PlacePrecision.DISTRICT,
    PlacePrecision.PROVINCE,
    PlacePrecision.COUNTRY,
)
_RADIUS_KM: Mapping[PlacePrecision, float] = {
    PlacePrecision.EXACT: 2.0,
    PlacePrecision.SETTLEMENT: 10.0,
    PlacePrecision.DISTRICT: 30.0,
    PlacePrecision.PROVINCE: 90.0,
    PlacePrecision.COUNTRY: 400.0,
}
_SLACK_KM = 40.0
"""By so much what lies in a place may lie outside the circle of its settlements."""

_TOWN_KM = 15.0
_FAR_KM = 120.0
_AROUND_KM = 300.0
_MOST_ANCHORS = 60
_BORNE_OUT = 0.06
"""A share of the document's votes that makes a country its context."""

_BORNE_OUT_MAYBE = 0.15
_NEAR_BORNE_OUT = 0.4
_TOWN, _CITY, _BIG_CITY = 15_000, 40_000, 200_000
_DOMINANT = 4.0
_LIKE_ENOUGH = 0.7
_LIKE_ENOUGH_INSIDE = 0.5
_LIKE_ENOUGH_FAR = 0.9
_SHARE_OF_NO_COUNTRY = 0.5
_SHORTEST_IN_CAPITALS = 6
_LIKE_ENOUGH_MAYBE = 0.8
_MOST_COUNTRIES = 4
_FULL_NAME_ONLY = ("street",)
"""Sorts whose bare name is another place: "Damascus Road" does not lie in Damascus."""


_NOUNS: Mapping[str, tuple[str, ...]] = {
    "settlement": ("city",),
    "province": ("province", "region", "oblast", "state"),
    "camp": ("camp", "refugee camp"),
    "facility": ("airport", "airbase", "hospital", "crossing", "checkpoint"),
    "quarter": (),
}
"""Nouns that a gazetteer may write with a name of a sort; else it is the sort itself."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a toponym was resolved to.

    Attributes:
        entry: The place of the gazetteer.
        stands_in: Whether it stands for a place in it that no gazetteer has.
        beside: Where from it the words say that such a place lies, or None.
    """

    entry: Entry
    stands_in: bool
    beside: Shift | None = None


def resolve_toponyms(
    toponyms: Sequence[Toponym],
    containers: Sequence[Container | None],
    people: Mapping[str, float],
    gazetteer: Gazetteer,
    sentences: Sequence[int],
) -> tuple[list[Choice | None], Votes]:
    """Resolve all toponyms of a document together.

    One name is one place throughout. What lies in no country that the document speaks of is taken
    only where it is prominent, or where the words say that it lies there.

    Args:
        toponyms: In order.
        containers: What each is said to lie in.
        people: How much speaks for each country beside toponyms.
        gazetteer: Has the places.
        sentences: The number of each toponym's sentence.

    Returns:
        One choice for each toponym, or None, and what countries the document is about.
    """
    return _Resolver(toponyms, containers, people, gazetteer, sentences).resolve()


@dataclass(slots=True)
class _Group:
    """The mentions of one name that are of one sort."""

    key: str
    members: list[int]
    options: tuple[Entry, ...]
    full: bool
    chosen: Entry | None = None


class _Resolver:
    def __init__(
        self,
        toponyms: Sequence[Toponym],
        containers: Sequence[Container | None],
        people: Mapping[str, float],
        gazetteer: Gazetteer,
        sentences: Sequence[int],
    ) -> None:
        self._toponyms = toponyms
        self._containers = containers
        self._gazetteer = gazetteer
        self._sentences = sentences
        self._held_by: dict[int, list[int]] = {}
        for at, container in enumerate(containers):
            if container is not None:
                self._held_by.setdefault(container.index, []).append(at)
        self._groups = self._gather()
        self._group_of = {at: group for group in self._groups for at in group.members}
        names: dict[str, tuple[Sequence[Entry], float]] = {}
        for group in self._groups:
            sure = [self._toponyms[at].strength is Strength.SURE for at in group.members]
            before = names.get(group.key, ((), 0.0))
            mentions = before[1] + sum(1.0 if one else 0.2 for one in sure)
            names[group.key] = (*before[0], *group.options), mentions
        self._votes = cast_votes(names, people, gazetteer)
        self._anchors: list[tuple[str, tuple[float, float]]] = []

    def _gather(self) -> list[_Group]:
        groups: dict[tuple[str, PlacePrecision | None], _Group] = {}
        for at, toponym in enumerate(self._toponyms):
            sort = toponym.sort
            options, full = self._options(toponym)
            name = toponym.name if not full or sort is None else f"{toponym.name} {sort.name}"
            key = fold_name(name)
            precision = None if sort is None else sort.precision
            group = groups.setdefault((key, precision), _Group(key, [], options, full))
            group.members.append(at)
        return list(groups.values())

    def _options(self, toponym: Toponym) -> tuple[tuple[Entry, ...], bool]:
        """What a name may be, and whether it was found with the noun beside it ("Jenin camp")."""
        sort = toponym.sort
        for noun in _NOUNS.get(sort.name, (sort.name,)) if sort is not None else ():
            if found := self._gazetteer.named(f"{toponym.name} {noun}"):
                return found, True
        if sort is not None and sort.name in _FULL_NAME_ONLY:
            exact = [e for e in self._gazetteer.named(toponym.name) if _is_exact(e)]
            return tuple(exact), False
        found = self._gazetteer.named(toponym.name)
        if toponym.name.isupper() and len(toponym.name) < _SHORTEST_IN_CAPITALS - 1:
            found = tuple(entry for entry in found if is_by_name(entry))
        return found, False

    def resolve(self) -> tuple[list[Choice | None], Votes]:
        for _ in range(2):
            for group in self._groups:
                group.chosen = self._choose(group)
            self._anchors = self._find_anchors()
        for group in self._groups:
            if group.chosen is None:
                group.chosen = self._choose_similar(group)
        choices: list[Choice | None] = []
        for at in range(len(self._toponyms)):
            choices.append(self._choice(at, choices))
        return choices, self._votes

    def _is_sure(self, group: _Group) -> bool:
        return any(self._toponyms[at].strength is Strength.SURE for at in group.members)

    def _find_anchors(self) -> list[tuple[str, tuple[float, float]]]:
        chosen = [
            (group.key, (group.chosen.latitude, group.chosen.longitude))
            for group in self._groups
            if group.chosen is not None and group.chosen.precision is not PlacePrecision.COUNTRY
        ]
        return chosen[:_MOST_ANCHORS]

    def _choose(self, group: _Group) -> Entry | None:
        if not group.options:
            return None
        ranked = sorted(
            ((self._score(group, entry), entry) for entry in group.options),
            key=lambda pair: (-pair[0], pair[1].id),
        )
        for _, entry in ranked[:3]:
            if self._is_borne_out(group, entry):
                return entry
        return None

    def _score(self, group: _Group, entry: Entry) -> float:
        share = self._votes.share(entry.country, without=group.key)
        near = self._votes.near_share(entry.country, without=group.key)
        if entry.country is None:
            share = _SHARE_OF_NO_COUNTRY
        score = log10(prominence(entry)) + 4.0 * share + near
        score += 4.0 * self._containment(group, entry)
        score += 2.0 * self._nearness(group, entry) + 2.0 * self._holds(group, entry)
        sort = self._toponyms[group.members[0]].sort
        if entry.by_user:
            score += 10.0
        if sort is not None and not group.full:
            apart = abs(_ORDER.index(sort.precision) - _ORDER.index(entry.precision))
            score += 2.0 - 1.5 * apart
        return score

    def _containment(self, group: _Group, entry: Entry) -> float:
        """1 where it lies in what a mention is said to lie in, -1 where it does not, else 0."""
        verdict = 0.0
        for at in group.members:
            container = self._containers[at]
            if container is None:
                continue
            outer = self._group_of[container.index].options
            if any(_lies_in(entry, other) for other in outer):
                return 1.0
            if container.stated and any(_is_coarser(other, entry) for other in outer):
                verdict = -1.0
        return verdict

    def _holds(self, group: _Group, entry: Entry) -> bool:
        """Whether what is said to lie in a mention may lie in this place: "Idlib" of a town."""
        return any(
            _lies_in(inner, entry)
            for at in group.members
            for index in self._held_by.get(at, ())
            for inner in self._group_of[index].options
        )

    def _nearness(self, group: _Group, entry: Entry) -> float:
        if entry.precision is PlacePrecision.COUNTRY or entry.country is None:
            return 1.0  # it lies around all of its places
        point = entry.latitude, entry.longitude
        gaps = [distance_km(point, there) for key, there in self._anchors if key != group.key]
        return exp(-min(gaps) / _FAR_KM) if gaps else 0.0

    def _is_borne_out(self, group: _Group, entry: Entry) -> bool:
        """Whether the document gives reason enough to take a name for this place."""
        containment = self._containment(group, entry)
        if containment or entry.by_user:
            return containment > 0 or (entry.by_user and not containment)
        sure = self._is_sure(group)
        if _is_quarter(entry) and not (sure and self._is_in_town(group, entry)):
            return False
        if entry.country is None or entry.precision is PlacePrecision.COUNTRY:
            return sure or is_by_name(entry)
        share = self._votes.share(entry.country, without=group.key)
        by_name = is_by_name(entry)
        if not sure:
            return by_name and share >= _BORNE_OUT_MAYBE and self._is_telling(group, entry)
        if share >= _BORNE_OUT:
            namesake = any(is_by_name(o) and o.country == entry.country for o in group.options)
            return by_name or (entry.population >= _TOWN and not namesake)
        near = self._votes.near_share(entry.country, without=group.key)
        if near >= _NEAR_BORNE_OUT and entry.population >= _CITY:
            return True
        if by_name and (entry.is_capital or entry.population >= _BIG_CITY):
            return True
        return self._is_alone(group, entry)

    def _is_in_town(self, group: _Group, entry: Entry) -> bool:
        """Whether a noun calls it a quarter, or the text names another place in its town."""
        sort = self._toponyms[group.members[0]].sort
        if sort is not None and sort.precision in (PlacePrecision.EXACT, PlacePrecision.DISTRICT):
            return True
        point = entry.latitude, entry.longitude
        near = (distance_km(point, there) for key, there in self._anchors if key != group.key)
        return any(gap <= _TOWN_KM for gap in near)

    def _is_telling(self, group: _Group, entry: Entry) -> bool:
        """Whether a name that may be of a person or a body is rather that of this place."""
        if prominence(entry) >= _BIG_CITY:
            return True
        located = any(self._toponyms[at].located for at in group.members)
        known = entry.population >= _TOWN or not entry.id.startswith("geonames:")
        # many towns bear the names of people, few of them only one
        bearers = [o for o in group.options if o.country == entry.country and is_by_name(o)]
        towns = [o for o in bearers if o.precision is PlacePrecision.SETTLEMENT]
        return located and known and len(towns) < 2

    def _is_alone(self, group: _Group, entry: Entry) -> bool:
        """Whether nothing else tells a country, and the name hardly means another place."""
        if self._votes.others(without=group.key) >= 0.5 or not is_by_name(entry):
            return False
        weights = sorted((prominence(other) for other in group.options
                          if other.country != entry.country), reverse=True)  # fmt: skip
        dominant = not weights or prominence(entry) >= _DOMINANT * weights[0]
        return dominant and (entry.population >= _TOWN or not weights)

    def _choose_similar(self, group: _Group) -> Entry | None:
        """A place in the document's countries whose name may be the same in other letters."""
        toponym = self._toponyms[group.members[0]]
        if toponym.sort is not None and toponym.sort.name in _FULL_NAME_ONLY:
            return None
        ranked = sorted(self._votes.shares.items(), key=lambda item: (-item[1], item[0]))
        codes = frozenset(
            code for code, share in ranked[:_MOST_COUNTRIES] if share >= _BORNE_OUT_MAYBE
        )
        if toponym.name.isupper() and len(toponym.name) < _SHORTEST_IN_CAPITALS:
            return None
        surely = self._is_sure(group)
        best: tuple[float, Entry] | None = None
        for entry, likeness in self._gazetteer.similar(toponym.name, codes):
            containment = self._containment(group, entry)
            if _is_quarter(entry) and containment <= 0 and not self._is_in_town(group, entry):
                continue
            if containment < 0 or likeness < self._enough(entry, containment, surely=surely):
                continue
            score = self._score(group, entry) + 3.0 * likeness
            if best is None or score > best[0]:
                best = score, entry
        return best[1] if best else None

    def _enough(self, entry: Entry, containment: float, *, surely: bool) -> float:
        """How alike the spelling of a place must be to be taken for another's."""
        if containment > 0:
            return _LIKE_ENOUGH_INSIDE if surely else _LIKE_ENOUGH_MAYBE
        if not _is_near(entry, self._anchors):
            return _LIKE_ENOUGH_FAR
        return _LIKE_ENOUGH if surely else _LIKE_ENOUGH_MAYBE

    def _choice(self, at: int, before: Sequence[Choice | None]) -> Choice | None:
        toponym, group = self._toponyms[at], self._group_of[at]
        if group.chosen is not None:
            facility = toponym.sort is not None and toponym.sort.name in ("facility", "camp")
            bare = facility and not group.full and not _is_exact(group.chosen)
            moved = toponym.shift is not None and not toponym.shift.inside
            return Choice(group.chosen, stands_in=bare or moved)
        if toponym.strength is not Strength.SURE:
            return None
        outer = self._outer(at, before)
        container = self._containers[at]
        if outer is None:
            return None
        beside = self._toponyms[container.index].shift if container is not None else None
        return Choice(outer, stands_in=True, beside=beside)

    def _outer(self, at: int, before: Sequence[Choice | None]) -> Entry | None:
        """What a place that no gazetteer has lies in."""
        seen = {at}
        container = self._containers[at]
        while container is not None and container.index not in seen:
            seen.add(container.index)
            chosen = self._group_of[container.index].chosen
            if chosen is not None:
                coarse = container.stated or chosen.precision is not PlacePrecision.COUNTRY
                return chosen if coarse and not _is_exact(chosen) else None
            container = self._containers[container.index]
        sort = self._toponyms[at].sort
        if sort is None or sort.precision is not PlacePrecision.EXACT:
            return None
        for other in range(at - 1, -1, -1):
            if self._sentences[other] != self._sentences[at]:
                break
            choice = before[other]
            if choice is not None and choice.entry.precision is PlacePrecision.SETTLEMENT:
                return choice.entry
        return None


def _is_exact(entry: Entry) -> bool:
    return entry.precision is PlacePrecision.EXACT


def _is_quarter(entry: Entry) -> bool:
    """Whether it is one of the many quarters that share their names with people and towns."""
    return _is_exact(entry) and not entry.by_user and not entry.id.startswith("allegata:")


def _is_near(entry: Entry, anchors: Sequence[tuple[str, tuple[float, float]]]) -> bool:
    point = entry.latitude, entry.longitude
    return any(distance_km(point, there) < _AROUND_KM for _, there in anchors)


def _is_coarser(outer: Entry, entry: Entry) -> bool:
    return _ORDER.index(outer.precision) > _ORDER.index(entry.precision)


def _lies_in(entry: Entry, outer: Entry) -> bool:
    """Whether one place may lie in another, which is less exact."""
    if not _is_coarser(outer, entry):
        return False
    if outer.precision is PlacePrecision.COUNTRY:
        return entry.country == outer.country
    if outer.id in (entry.province, entry.district):
        return True
    if outer.country is not None and entry.country not in (None, outer.country):
        return False
    gap = distance_km((entry.latitude, entry.longitude), (outer.latitude, outer.longitude))
    radius = outer.radius_km or _RADIUS_KM[outer.precision]
    return gap <= radius + (_SLACK_KM if outer.precision is not PlacePrecision.SETTLEMENT else 15.0)
