"""Two phrases for one: "Ana Bekele, the governor of the province," and the other way round."""

from collections.abc import Sequence
from dataclasses import replace

from allegata.encoder import Analysis
from allegata.mentions.heads import Sort
from allegata.mentions.mention import Article, Form, Mention
from allegata.types import EntityType

__all__ = ["find_apposition", "join_apposition"]

_CLOSING = frozenset((",", ".", ";", ":", ")", "-", "–", "—", "”", '"', "?", "!"))


def find_apposition(
    analysis: Analysis, mention: Mention, following: Sequence[Mention]
) -> Mention | None:
    """The phrase behind a comma that says who a mention is.

    Args:
        analysis: Holds both.
        mention: A name or a description.
        following: What comes after it in its sentence, in order.

    Returns:
        The second half of the apposition, or None. A list of several is none.
    """
    if mention.is_joint or mention.embedded:
        return None
    after = mention.end
    for other in following:
        if other.first < after or other.embedded or other.sentence != mention.sentence:
            continue
        if other.first == after + 1 and analysis.word(after) in (",", "(", "–", "—"):
            return other if _fit(analysis, mention, other) else None
        if other.first > after + 1:
            return None
    return None


def _fit(analysis: Analysis, one: Mention, other: Mention) -> bool:
    named = (one.form is Form.NAME, other.form is Form.NAME)
    if named[0] == named[1] or other.is_joint or not _ends_well(analysis, one, other):
        return False
    name, description = (one, other) if named[0] else (other, one)
    if name.is_place or name.type in (EntityType.PLACE, EntityType.POPULATION):
        return False
    if description.plural or not description.descriptions:
        return False
    head = description.descriptions[0].head
    if head is None:
        human = description.descriptions[0].word.endswith(("er", "or", "ist", "ian"))
        return human and name.is_human and description.article is not Article.BARE
    if head.sort is Sort.DOCUMENT:
        return False
    if description is other and description.article is Article.BARE and not head.is_human:
        return False
    if head.sort is Sort.PERSON:
        return name.type in (EntityType.PERSON, None) or not name.is_known
    return name.type is not EntityType.PERSON or not name.is_known


def _ends_well(analysis: Analysis, one: Mention, other: Mention) -> bool:
    """Whether what follows leaves the two as an apposition and not as parts of a list."""
    end = other.end
    if end >= len(analysis.words) or analysis.sentence_of[end] != one.sentence:
        return True
    if analysis.word(end) in _CLOSING:
        after = end + 1
        return after >= len(analysis.words) or analysis.upos[after] != "CCONJ"
    if analysis.upos[end] in ("ADP", "PRON", "SCONJ") and other.form is Form.DESCRIPTION:
        return other.article is not Article.BARE or bool(other.descriptions[0].head)
    return one.form is Form.DESCRIPTION and analysis.upos[end] in ("VERB", "AUX")


def join_apposition(analysis: Analysis, one: Mention, other: Mention) -> Mention:
    """One mention of both halves: the name of the one, the descriptions of both."""
    name = one if one.form is Form.NAME else other
    description = other if name is one else one
    heads = [part.head for part in description.descriptions if part.head]
    human = name.is_human if not heads else heads[0].sort is Sort.PERSON
    return replace(
        one,
        span=analysis.span(one.first, other.end),
        end=other.end,
        form=Form.NAME,
        title=name.title,
        name=name.name,
        descriptions=(*name.descriptions, *description.descriptions),
        type=EntityType.PERSON if human else name.type or description.type,
        plural=False if human else name.plural,
        gender=name.gender or description.gender,
        is_known=one.is_known or other.is_known,
    )
