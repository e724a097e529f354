"""Whether a description of what takes part in an event speaks of something described before.

Of two readings the careful one is taken: two entities for one thing lose a link, one entity for two
things would let one side do what another did.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from allegata.mentions.chains import Chain
from allegata.mentions.heads import Sort
from allegata.mentions.mention import Article, Description, Mention
from allegata.mentions.names import overlap
from allegata.mentions.parts import Part
from allegata.types import EntityType

__all__ = ["Group", "choose_group"]

_FAR = 12
"""Sentences after which even "the gunmen" are others."""

_NEAR = 3
"""Sentences after which militants of whom nothing else is told are others."""

_LATELY = 30

_NEXT = 1
"""Sentences after which "the rebels" are others than those who were killed."""

_SIDES = (EntityType.GOVERNMENT, EntityType.ARMED_GROUP)
_ARMS = (EntityType.WEAPON, EntityType.MATERIAL)
_UNSURE = (Article.INDEFINITE, Article.NEW, Article.OWN)


@dataclass(slots=True, eq=False)
class Group:
    """A chain with the parts that its mentions have in events.

    Attributes:
        chain: What is known of it.
        parts: In order of the text; empty for what was known before.
    """

    chain: Chain
    parts: list[Part] = field(default_factory=list)

    @property
    def lately(self) -> list[Part]:
        """The last parts: enough to tell, however often a long text speaks of it."""
        return self.parts[-_LATELY:]


def choose_group(part: Part, groups: Sequence[Group]) -> Group | None:
    """The group that a described part belongs to, or None where none is sure.

    Args:
        part: A description.
        groups: Those that were called by a noun with the same last word, in order of their first
            mention.
    """
    mention = part.mention
    if mention.article in _UNSURE or not mention.descriptions:
        return None
    mine = mention.descriptions[0]
    definite = mention.article is Article.DEFINITE
    if not definite and not _is_of_a_side_or_kind(part):
        return None
    fitting = [one for one in groups if _may_be(part, mine, one, definite=definite)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    same = [one for one in fitting if _is_told_alike(mine, one)]
    if len(same) == 1 and (mine.modifiers or not definite):
        return same[0]
    again = [one for one in same if definite and _is_definite(one)]
    return max(again, key=_last_start) if again else None


def _is_of_a_side_or_kind(part: Part) -> bool:
    """Whether bare words may mean all of their kind: "rebels" who attack, "tear gas"."""
    mention = part.mention
    head = mention.descriptions[0].head
    if head is None or part.is_victim or part.numbers:
        return False
    if mention.type in _ARMS:
        return head.plural or mention.type is EntityType.MATERIAL
    return mention.type in _SIDES and (head.plural or head.sort is Sort.BODY)


def _may_be(part: Part, mine: Description, group: Group, *, definite: bool) -> bool:
    if part.numbers and any(one.numbers and one.numbers != part.numbers for one in group.lately):
        return False
    if not _is_near(part.mention, group, _reach(mine, group, definite=definite)):
        return False
    if _is_elsewhere(part, group):
        return False
    if definite:
        return any(_fits(mine, theirs, group.chain) for theirs in group.chain.descriptions)
    if any(one.is_victim or one.numbers for one in group.lately):
        return False
    if any(one.mention.article in _UNSURE for one in group.lately):
        return False
    return any(_is_alike(mine, theirs) for theirs in group.chain.descriptions)


def _reach(mine: Description, group: Group, *, definite: bool) -> int:
    """How many sentences further on words may still speak of a group.

    Ten rebels who were shot are not the rebels who hold the town two paragraphs later.
    """
    if mine.head is not None and mine.head.plural and any(one.is_victim for one in group.lately):
        return _NEXT
    return _FAR if definite or mine.modifiers else _NEAR


def _is_near(mention: Mention, group: Group, most: int) -> bool:
    """Whether one of the last mentions of a group stands before a mention, and not too far."""
    if mention.type in _ARMS and mention.article is Article.BARE:
        return True  # a kind of thing, wherever it is spoken of
    return any(
        other.span.start < mention.span.start and mention.sentence - other.sentence <= most
        for other in reversed(group.chain.mentions[-_LATELY:])
    )


def _is_elsewhere(part: Part, group: Group) -> bool:
    """Whether the people of a part are told to be at other places than those of a group.

    A government is one, wherever it acts.
    """
    if any(
        one.head is None or one.head.sort is not Sort.PERSON for one in part.mention.descriptions
    ):
        return False
    known = {place for one in group.lately for place in one.places}
    return bool(part.places and known and not part.places & known)


def _fits(mine: Description, theirs: Description, chain: Chain) -> bool:
    """Whether "the X" may speak of what was called so: nothing in it is new but names."""
    if not theirs.word.endswith(mine.word):  # "the camp" after "a refugee camp"
        return False
    named = {word for name in chain.names for word in name}
    known = theirs.modifiers | theirs.around | named
    extra = mine.modifiers - overlap(mine.modifiers, known)
    return not extra or (not named and _only_names(mine, theirs))


def _is_alike(mine: Description, theirs: Description) -> bool:
    """Whether bare words tell the same: "government forces", "Estonian government forces"."""
    if mine.word != theirs.word:
        return False
    if mine.modifiers == theirs.modifiers:
        return True
    return bool(theirs.modifiers and mine.modifiers) and (
        _only_names(mine, theirs) or _only_names(theirs, mine)
    )


def _only_names(longer: Description, shorter: Description) -> bool:
    """Whether a description tells all that another tells, and besides nothing but names."""
    common = overlap(longer.modifiers, shorter.modifiers)
    return (
        len(common) == len(shorter.modifiers)
        and bool(shorter.modifiers)
        and longer.modifiers - common <= longer.capitals
    )


def _is_told_alike(mine: Description, group: Group) -> bool:
    return any(
        mine.word == theirs.word and mine.modifiers == theirs.modifiers
        for theirs in group.chain.descriptions
    )


def _is_definite(group: Group) -> bool:
    return any(one.mention.article is Article.DEFINITE for one in group.parts[-1:])


def _last_start(group: Group) -> int:
    return group.chain.mentions[-1].span.start
