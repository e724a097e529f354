"""Who and what a document speaks of."""

from dataclasses import dataclass
from enum import Enum

from allegata.types.span import Span

__all__ = ["Alias", "Entity", "EntityType"]


class EntityType(Enum):
    """What sort of thing an entity is."""

    PERSON = "person"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    ORGANISATION = "organisation"
    MEDIA = "media"
    POPULATION = "population"
    PLACE = "place"
    FACILITY = "facility"
    WEAPON = "weapon"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name, and the words of the document that state it.

    Attributes:
        name: The other name.
        evidence: Where the document says that both are the same.
    """

    name: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that a document speaks of, by all its mentions.

    Attributes:
        id: `n1`, `n2`, ... in order of first mention.
        name: The fullest name among its mentions.
        type: What sort of thing it is, or None where it could not be told.
        mentions: Where it is spoken of, in order.
        aliases: Other names that the document states.
    """

    id: str
    name: str
    type: EntityType | None
    mentions: tuple[Span, ...]
    aliases: tuple[Alias, ...] = ()
