"""Which known chain a name or description speaks of, or none."""

from collections.abc import Mapping, Sequence

from allegata.mentions.chains import Chain
from allegata.mentions.heads import Sort
from allegata.mentions.mention import Article, Description, Mention
from allegata.mentions.names import initials, is_part_of, is_same_word, overlap
from allegata.types import EntityType

__all__ = ["find_group", "match_description", "match_name"]

_NEAR = 3
_LONGEST_OWNER = 2
_AGES = frozenset(("year", *map(str, range(5, 110))))


def match_name(
    mention: Mention, chains: Sequence[Chain], groups: Mapping[str, int]
) -> Chain | None:
    """The chain that has this name, or one that this is a part of.

    Args:
        mention: A name.
        chains: In order of first mention.
        groups: Folded names that the text says to be the same, by the number of their group.
    """
    same = [chain for chain in chains if any(_is_same(mention, name) for name in chain.names)]
    fitting = [chain for chain in same if _may_be(mention, chain)]
    if fitting:
        return _latest(fitting)
    group = find_group(mention.name, groups)
    if group is not None:
        for chain in chains:
            if any(find_group(name, groups) == group for name in chain.names):
                return chain
    partial = [chain for chain in chains if _may_be(mention, chain) and _is_partial(mention, chain)]
    return _latest(partial) if partial else None


def find_group(name: Sequence[str], groups: Mapping[str, int]) -> int | None:
    """The group of a name, with or without an owner before it."""
    for at in range(min(len(name), _LONGEST_OWNER + 1)):
        group = groups.get("".join(name[at:]))
        if group is not None:
            return group
    return None


def _is_same(mention: Mention, name: Sequence[str]) -> bool:
    mine = mention.name
    return len(mine) == len(name) and all(map(is_same_word, mine, name))


def _may_be(mention: Mention, chain: Chain) -> bool:
    """Whether sort, gender and place allow both to be the same."""
    if mention.gender and chain.gender and mention.gender is not chain.gender:
        return False
    if mention.is_place and any(one.name and not one.is_place for one in chain.mentions):
        return False
    if mention.is_human and chain.is_place:
        return False
    peoples = [one is EntityType.POPULATION for one in (mention.type, chain.type) if one]
    if len(set(peoples)) > 1 and not mention.descriptions:
        return False  # a country and its people
    if mention.is_surely_human:
        return not chain.descriptions or _has_human(chain)
    return not (mention.descriptions and any(one.is_surely_human for one in chain.mentions))


def _has_human(chain: Chain) -> bool:
    return any(one.head is None or one.head.sort is Sort.PERSON for one in chain.descriptions)


def _is_partial(mention: Mention, chain: Chain) -> bool:
    """Whether a name is a part of the chain's, its initials, or the other way round."""
    if mention.is_place:
        return False
    if chain.is_human and mention.is_human:
        return any(
            is_part_of(mention.name, name) or is_part_of(name, mention.name) for name in chain.names
        )
    if chain.is_human:
        return any(is_part_of(mention.name, name) for name in chain.names)
    return any(
        _is_part_of_body(mention, name, chain)
        or _extends(mention, name, chain)
        or (mention.is_acronym and mention.name[0] in initials(name))
        for name in chain.names
    )


def _is_part_of_body(mention: Mention, name: Sequence[str], chain: Chain) -> bool:
    """Whether "Free Rivers" or "the Observatory" names "the Organisation for Free Rivers"."""
    if chain.is_place:
        return False
    mine = mention.name
    if len(mine) > 1 and "for" in name:
        behind = tuple(name)[tuple(name).index("for") + 1 :]
        if len(behind) == len(mine) and all(map(is_same_word, mine, behind)):
            return True
    if mention.is_surely_human:
        return False
    core = _core(name)
    if not core or not is_same_word(mine[-1], core[-1]) or not is_part_of(mine, name):
        return False
    return len(mine) > 1 or len(core) == 1 or mention.article is Article.DEFINITE


def _extends(mention: Mention, name: Sequence[str], chain: Chain) -> bool:
    """Whether a longer name holds the known one as its core."""
    if chain.is_place or mention.is_human:
        return False
    mine = _core(mention.name)
    return (
        len(name) > 1
        and bool(mine)
        and is_same_word(mine[-1], name[-1])
        and (is_part_of(name, mention.name))
    )


def _core(name: Sequence[str]) -> Sequence[str]:
    """The words of a name before "of" and "for"."""
    for at, word in enumerate(name):
        if word in ("of", "for", "in", "against") and at:
            return name[:at]
    return name


def match_description(
    mention: Mention, called: Sequence[Chain], recent: Sequence[Chain]
) -> Chain | None:
    """The chain that a description like "the ministry" or "the UK-based monitor" speaks of.

    Args:
        mention: A definite description, or a bare one ("police").
        called: Chains that were called by such a noun.
        recent: Chains that the last sentences mention, for a noun that may stand for others.
    """
    if mention.article in (Article.INDEFINITE, Article.NEW) or not mention.descriptions:
        return None
    mine = mention.descriptions[0]
    if mention.article is Article.OWN:
        return _latest([chain for chain in called if mine in chain.descriptions])
    same = [chain for chain in called if _is_called(mention, mine, chain)]
    if same or mention.article is Article.BARE or not mention.claims:
        return _latest(same)
    wider = [chain for chain in recent if _is_covered(mention, mine, chain)]
    return _latest(wider) or _only_human(mention, mine, recent)


def _is_called(mention: Mention, mine: Description, chain: Chain) -> bool:
    """Whether a chain was called by the same noun, or one that means the same."""
    if _is_other_gender(mention, chain):
        return False
    for theirs in chain.descriptions:
        if not _is_same_noun(mine, theirs) or _number(mine) != _number(theirs):
            continue
        if mention.article is Article.BARE:
            if mine.modifiers == theirs.modifiers and mine.word == theirs.word:
                return True
        elif _fits(mine, theirs, chain):
            return True
    return not chain.descriptions and _ends_name(mention, mine, chain)


def _ends_name(mention: Mention, mine: Description, chain: Chain) -> bool:
    """Whether "the cooperative" ends the chain's name: "the Karsu Fishermen's Cooperative"."""
    return mention.article is Article.DEFINITE and any(
        len(name) > 1
        and is_same_word(_core(name)[-1], mine.word)
        and mine.modifiers == overlap(mine.modifiers, frozenset(name))
        for name in chain.names
    )


def _number(description: Description) -> bool | None:
    return None if description.head is None else description.head.many


def _is_same_noun(mine: Description, theirs: Description) -> bool:
    if mine.word == theirs.word:
        return True
    return bool(mine.head and theirs.head and mine.head.ideas & theirs.head.ideas)


def _fits(mine: Description, theirs: Description, chain: Chain) -> bool:
    """Whether the words that tell which one is meant do not tell them apart."""
    known = theirs.modifiers | {word for name in chain.names for word in name}
    known |= theirs.around | {theirs.word}
    extra = mine.modifiers - overlap(mine.modifiers, known)
    if not extra:
        return True
    if theirs.modifiers or chain.names:
        return False
    return len(mine.modifiers) <= 1


def _is_covered(mention: Mention, mine: Description, chain: Chain) -> bool:
    """Whether a wider noun may stand for a chain: "the group" for a militia."""
    head = mine.head
    if head is None or not head.covers or not _is_recent(mention, chain):
        return False
    if _is_other_gender(mention, chain) or (head.many and chain.is_human):
        return False
    named = frozenset(word for name in chain.names for word in name)
    if mine.capitals - overlap(mine.capitals, named):
        return False
    if head.covers & chain.ideas:
        return chain.is_plural or not head.many
    if head.is_human:
        return "person" in head.covers and _is_just_named(mention, chain)
    return bool(chain.names) and not chain.is_place and _kind(chain) in head.covers


def _kind(chain: Chain) -> str:
    """The type by its value; a name that nothing is known of may be that of a body."""
    return "organisation" if chain.type is None else chain.type.value


def _is_just_named(mention: Mention, chain: Chain) -> bool:
    """Whether one human was named, or brought in, just before a source at the same level."""
    if not chain.is_human or mention.sentence - chain.mentions[-1].sentence > 1:
        return False
    last = chain.mentions[-1]
    return bool(chain.names) or (
        last.article is Article.INDEFINITE and last.level == mention.level and last.subject
    )


def _is_other_gender(mention: Mention, chain: Chain) -> bool:
    return bool(mention.gender and chain.gender and mention.gender is not chain.gender)


def _is_recent(mention: Mention, chain: Chain) -> bool:
    return mention.sentence - chain.mentions[-1].sentence <= _NEAR


def _only_human(mention: Mention, mine: Description, chains: Sequence[Chain]) -> Chain | None:
    """The only named human of whom the last sentences speak, for "the driver"."""
    head = mine.head
    if head is not None and not head.is_human:
        return None
    if mine.modifiers - _AGES or mention.plural:
        return None
    near = [
        chain
        for chain in chains
        if chain.is_human
        and chain.names
        and 0 <= mention.sentence - chain.mentions[-1].sentence <= 1
    ]
    fitting = [
        chain
        for chain in near
        if not chain.descriptions
        and not _is_other_gender(mention, chain)
        and (chain.mentions[-1].subject or "year" in mine.modifiers)
    ]
    return fitting[0] if len(near) == 1 and fitting else None


def _latest(chains: Sequence[Chain]) -> Chain | None:
    """The one spoken of last: those that speak before those that do not."""
    if not chains:
        return None
    return max(chains, key=lambda chain: (chain.speaks, chain.mentions[-1].span.start))
