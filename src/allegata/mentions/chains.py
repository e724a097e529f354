"""Chains: the mentions of one document that refer to the same thing."""

from dataclasses import dataclass, field

from allegata.mentions.heads import Gender
from allegata.mentions.mention import Description, Form, Mention
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
        self.type = self._judge_type()

    @property
    def is_human(self) -> bool:
        """Whether it is one human for certain."""
        return self.type is EntityType.PERSON

    def _judge_type(self) -> EntityType | None:
        """What it is: by its nouns first, by the reading model's word for its names else."""
        told = [mention for mention in self.mentions if mention.type is not None]
        for wanted in (_is_told_by_noun, _is_source, _is_any):
            for mention in told:
                if wanted(mention):
                    return _speaking(mention, self.speaks)
        return None


def _is_told_by_noun(mention: Mention) -> bool:
    return mention.form is not Form.PRONOUN and any(one.head for one in mention.descriptions)


def _is_source(mention: Mention) -> bool:
    return bool(mention.claims)


def _is_any(mention: Mention) -> bool:
    return mention.type is not None


def _speaking(mention: Mention, speaks: bool) -> EntityType | None:  # noqa: FBT001
    """A place that speaks is its government."""
    if speaks and mention.type is EntityType.PLACE:
        return EntityType.GOVERNMENT
    return mention.type
