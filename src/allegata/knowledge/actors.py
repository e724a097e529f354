"""Who acts in the news: states, forces, groups, organisations and outlets, by all their names.

The only reader of the compiled tables `actors_*`. A table is opened once and read by many.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from pathlib import Path
from typing import cast

from allegata.errors import KnowledgeError
from allegata.knowledge.actor_names import fold_name, is_spelt
from allegata.knowledge.tables import load_table
from allegata.types.entity_type import EntityType

__all__ = ["ActorTable", "Found", "KnownActor", "Pattern", "Use"]

Entry = Mapping[str, object]

_STATES = "actors_states"
_OTHER_SCRIPTS = "\u0370"
"""Folded names with a letter from here on are not in Latin script."""

_TABLES = (_STATES, "actors_forces", "actors_groups", "actors_organisations", "actors_outlets")


class Use(Enum):
    """What a word of the tables is for whom it stands for."""

    NAME = "name"
    ALIAS = "alias"
    SHARED = "shared"
    """A name that others, or ordinary words, have too."""
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CITY = "city"
    """Stands for a government where it speaks."""
    SEAT = "seat"
    """Always stands for a government."""
    PATTERN = "pattern"
    """A state with what every state has."""


_FIELDS = {
    "shared": Use.SHARED, "people": Use.PEOPLE, "adjectives": Use.ADJECTIVE, "cities": Use.CITY,
    "seats": Use.SEAT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownActor:
    """Somebody that the tables know.

    Attributes:
        id: Unique in all tables.
        name: The name that is shown.
        kind: What sort of thing it is.
        country: ISO 3166 code of the state that it is or belongs to, or the only one it acts in.
        countries: Codes of all states that it acts in, its own among them.
        first_year, last_year: When it was, as far as that is known.
        part_of: Id of what it is a part of, or None.
        owner: Who runs an outlet (`state`, `public`, `private`, `party`), or None.
        is_land: Whether it is a state or a land.
        origin: What the entry was written from.
    """

    id: str
    name: str
    kind: EntityType
    country: str | None = None
    countries: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    part_of: str | None = None
    owner: str | None = None
    is_land: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An actor that some words may stand for.

    Attributes:
        actor: Who.
        use: What the words are for it.
        name: The words as the table spells them.
    """

    actor: KnownActor
    use: Use
    name: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What every state has.

    Attributes:
        part: Behind the state's id and a slash, the id of the actor; `state` for the state itself.
        called: What it is called behind an adjective of the state.
        kind: What sort of thing it is.
    """

    part: str
    called: str
    kind: EntityType


_Index = dict[str, list[tuple[int, Use, str]]]


class ActorTable:
    """All actors that are known. Open it by `ActorTable.open`.

    Args:
        entries: Of the tables, the user's first.
        n_own: How many of them are the user's: their names hide those of the others.
    """

    def __init__(self, entries: Sequence[Entry], n_own: int = 0) -> None:
        self._entries = entries
        self._n_own = n_own
        self._index = _build_index(entries)
        self._numbers = {str(entry["id"]): number for number, entry in enumerate(entries)}
        self._known: dict[int, KnownActor] = {}

    @classmethod
    def open(cls, *files: Path) -> "ActorTable":
        """Open the tables that come with allegata, and files of the user.

        Args:
            files: YAML or CSV. Their entries win: over built-in ones with the same id, and over
                built-in ones with the same name.

        Raises:
            InputError: A file cannot be read or does not follow its form; names file, line, field
                and what is allowed.
            KnowledgeError: A compiled table does not have its form.
        """
        if not files:
            return _open_built_in()
        # PyYAML and the checking of files are loaded for those who bring files alone
        from allegata.knowledge.actor_files import read_actor_files

        own = read_actor_files(files)
        ids = {entry["id"] for entry in own}
        return cls(
            [*own, *(entry for entry in _load_entries() if entry["id"] not in ids)], len(own)
        )

    def get(self, actor_id: str) -> KnownActor | None:
        """The actor with an id of the tables, or None."""
        number = self._numbers.get(actor_id)
        return None if number is None else self._actor(number)

    def find(self, words: str) -> tuple[Found, ...]:
        """Everybody that has these words as a name, adjective, city or seat.

        Args:
            words: As they stand in a text, all of them: nothing is found inside a longer phrase.

        Returns:
            In the order of the tables, each actor once; the user's alone where there are any.
        """
        key = fold_name(words)
        places = self._index.get(key)
        if places is None:
            if key.isascii() or not any(map(_is_of_other_script, key)):
                return ()
            places = self._foreign.get(key, [])
        found: dict[int, Found] = {}
        for number, use, name in places:
            if number not in found and is_spelt(words, name):
                found[number] = Found(self._actor(number), use, name)
        own = [one for number, one in found.items() if number < self._n_own]
        return tuple(own or found.values())

    def telling_names(self, actor_id: str) -> tuple[str, ...]:
        """Words that stand for this actor alone, so that a text that has them speaks of it."""
        number = self._numbers.get(actor_id)
        if number is None:
            return ()
        entry = self._entries[number]
        fields = ("names", "adjectives", "people", "cities", "seats")
        names = [name for field in fields for name in _texts(entry, field)]
        return tuple(name for name in names if len(self._index[fold_name(name)]) == 1)

    def build_part(self, state: KnownActor, pattern: Pattern) -> KnownActor:
        """What a state has by a pattern, with its own name where it has an entry."""
        if pattern.part == "state":
            return state
        part_id = f"{state.id}/{pattern.part}"
        own = self.get(part_id)
        if own is not None:
            return own
        adjectives = _texts(self._entries[self._numbers[state.id]], "adjectives")
        return KnownActor(
            part_id, f"{(adjectives or [state.name])[0]} {pattern.called}", pattern.kind,
            state.country, state.countries, state.first_year, state.last_year, state.id,
        )  # fmt: skip

    def _actor(self, number: int) -> KnownActor:
        if number not in self._known:
            self._known[number] = _build_actor(self._entries[number])
        return self._known[number]

    @cached_property
    def _foreign(self) -> _Index:
        """Names in other scripts, read when the first such name is looked for."""
        index: _Index = {}
        numbers = {
            str(entry["country"]): number
            for number, entry in reversed(list(enumerate(self._entries)))
            if "country" in entry and _is_land(entry)
        }
        for number, entry in enumerate(self._entries):
            for names in cast("Mapping[str, list[str]]", entry.get("languages", {})).values():
                _add(index, number, Use.ALIAS, names)
        for row in cast("list[Mapping[str, str]]", load_table("actors_state_names")):
            names = [name for language, name in row.items() if language != "country"]
            if row["country"] in numbers:
                _add(index, numbers[row["country"]], Use.ALIAS, names)
        return index


@cache
def _open_built_in() -> ActorTable:
    return ActorTable(_load_entries())


@cache
def _load_entries() -> list[Entry]:
    entries: list[Entry] = []
    for table in _TABLES:
        kind = {"kind": "government", "is_land": True} if table == _STATES else {}
        for entry in load_table(table):
            if not isinstance(entry, dict) or not {"id", "names"} <= entry.keys():
                raise KnowledgeError(
                    f"{table}.json: an entry has no id or names. Run `make knowledge`."
                )
            entries.append({**kind, **entry} if kind else entry)
    return entries


def _build_index(entries: Sequence[Entry]) -> _Index:
    index: _Index = {}
    for number, entry in enumerate(entries):
        names = _texts(entry, "names")
        _add(index, number, Use.NAME, names[:1])
        _add(index, number, Use.ALIAS, names[1:])
        for field, use in _FIELDS.items():
            if field in entry:
                _add(index, number, use, _texts(entry, field))
    return index


def _add(index: _Index, number: int, use: Use, names: Iterable[str]) -> None:
    """Enter names; where an actor has one twice, its first use counts."""
    for name in names:
        key = fold_name(name)
        places = index.get(key)
        if places is None:
            index[key] = [(number, use, name)]
        elif places[-1][0] != number:
            places.append((number, use, name))


def _build_actor(entry: Entry) -> KnownActor:
    country, countries = _text(entry, "country"), _texts(entry, "countries")
    is_land = _is_land(entry)
    only = countries[0] if len(countries) == 1 and not is_land else None
    try:
        kind = EntityType(entry["kind"])
    except (KeyError, ValueError) as error:
        raise KnowledgeError(
            f"actors: {entry['id']!r} has no kind. Run `make knowledge`."
        ) from error
    return KnownActor(
        id=str(entry["id"]),
        name=_texts(entry, "names")[0],
        kind=kind,
        country=country or only,
        countries=tuple(dict.fromkeys([*([country] if country else []), *countries])),
        first_year=cast("int | None", entry.get("from")),
        last_year=cast("int | None", entry.get("to")),
        part_of=_text(entry, "part_of"),
        owner=_text(entry, "owner"),
        is_land=is_land,
        origin=str(entry.get("origin", "")),
    )


def _is_land(entry: Entry) -> bool:
    return "is_land" in entry or "adjectives" in entry


def _is_of_other_script(char: str) -> bool:
    return char >= _OTHER_SCRIPTS and char.isalpha()


def _text(entry: Entry, field: str) -> str | None:
    return cast("str | None", entry.get(field))


def _texts(entry: Entry, field: str) -> list[str]:
    return cast("list[str]", entry.get(field, []))
