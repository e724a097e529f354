"""Who and what a document speaks of."""

from dataclasses import dataclass

from allegata.types.actor import Actor
from allegata.types.entity_type import EntityType
from allegata.types.span import Span

__all__ = ["Alias", "Entity", "EntityType"]


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
        actor: Who it is among the actors that are known, or None where that is not sure.
    """

    id: str
    name: str
    type: EntityType | None
    mentions: tuple[Span, ...]
    aliases: tuple[Alias, ...] = ()
    actor: Actor | None = None
