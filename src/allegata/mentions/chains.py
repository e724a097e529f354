"""Chains: the mentions of one document that refer to the same thing."""

from dataclasses import dataclass, field

from allegata.mentions.heads import Gender
from allegata.mentions.mention import Description, Mention
from allegata.types import EntityType, Span

__all__ = ["Chain"]


@dataclass(slots=True, eq=False)
class Chain:
    """What is known so far of one thing.

    Attributes:
        mentions: In order of the text.
        descriptions: What it was called.
        names: Its names, each as folded words.
        gender: Of a human, once a word or a pronoun told it.
        issuer: Of a document: who issued it, where the text says so.
        aliases: Other names that the text states, with the words that state them.
        type: What it is, as far as its mentions tell.
        type_rank: How well that is known: 0 by a noun, 2 by the look of a name alone.
        speaks: Whether it is the source of a claim.
        is_plural: Whether it is several for certain.
        is_place: Whether one of its names is that of a place.
        ideas: What its nouns mean.
    """

    mentions: list[Mention] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    gender: Gender | None = None
    aliases: dict[str, Span] = field(default_factory=dict)
    issuer: "Chain | None" = None
    type: EntityType | None = None
    type_rank: int = 3
    speaks: bool = False
    is_plural: bool = False
    is_place: bool = False
    ideas: set[str] = field(default_factory=set)

    def add(self, mention: Mention) -> None:
        """Take in one more mention."""
        self.mentions.append(mention)
        for one in mention.descriptions:
            if one not in self.descriptions:
                self.descriptions.append(one)
            self.ideas |= one.head.ideas if one.head else frozenset()
        if mention.name and mention.name not in self.names:
            self.names.append(mention.name)
        self.gender = self.gender or mention.gender
        self.speaks = self.speaks or bool(mention.claims)
        self.is_plural = self.is_plural or bool(mention.plural)
        self.is_place = self.is_place or mention.is_place
        self._judge_type(mention)

    @property
    def is_human(self) -> bool:
        """Whether it is one human for certain."""
        return self.type is EntityType.PERSON

    def _judge_type(self, mention: Mention) -> None:
        """Tell what it is: by its nouns first, then by those of its names that speak."""
        if mention.type is not None:
            rank = 0 if any(one.head for one in mention.descriptions) else 2 - bool(mention.claims)
            if rank < self.type_rank:
                self.type, self.type_rank = mention.type, rank
        if self.speaks and self.type is EntityType.PLACE:
            self.type = EntityType.GOVERNMENT
