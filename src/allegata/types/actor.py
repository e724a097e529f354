"""An actor of the tables that an entity of a document was found to be."""

from dataclasses import dataclass
from enum import Enum

from allegata.types.entity_type import EntityType

__all__ = ["Actor", "ActorMatch"]


class ActorMatch(Enum):
    """By what an actor was found."""

    NAME = "name"
    """The name that the table shows first."""
    ALIAS = "alias"
    """Another of its names."""
    METONYM = "metonym"
    """A city or seat that stands for a government: "Tallinn", "the Storting"."""
    DEMONYM = "demonym"
    """The people of a state: "Estonians"."""
    PATTERN = "pattern"
    """A state with what every state has: "Estonia's navy"."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who an entity is, among the actors that the tables know.

    Attributes:
        id: Its id in `knowledge/actors_*.yaml` or in a file of the user; of a pattern the state's,
            a slash and the pattern's (`ee/navy`).
        name: The name that the table shows.
        kind: What sort of thing it is.
        country: ISO 3166 code of the state that it is, belongs to or acts in, where that is one.
        match: By what it was found.
        words: The words that it was found by.
    """

    id: str
    name: str
    kind: EntityType
    country: str | None
    match: ActorMatch
    words: str
