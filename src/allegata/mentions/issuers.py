"""Documents that speak: whose statement, report or video it is."""

from collections.abc import Sequence

from allegata.mentions.describing import Describer, Setting
from allegata.mentions.heads import Sort
from allegata.mentions.mention import Article, Mention
from allegata.mentions.phrases import Phrase
from allegata.types import EntityType

__all__ = ["find_issuer", "is_document", "put_after_issuers"]

_BY = frozenset(("by", "from", "of"))
_ISSUING = frozenset("issued released published signed written carried compiled made".split())


def is_document(mention: Mention) -> bool:
    """Whether a mention is a statement, report or the like."""
    return any(one.head and one.head.sort is Sort.DOCUMENT for one in mention.descriptions)


def put_after_issuers(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions reordered so that a document comes behind those who may have issued it."""
    ordered: list[Mention] = []
    waiting: list[Mention] = []
    for mention in mentions:
        for document in [one for one in waiting if _is_past(mention, one)]:
            waiting.remove(document)
            ordered.append(document)
        (waiting if is_document(mention) else ordered).append(mention)
    return ordered + waiting


def _is_past(mention: Mention, document: Mention) -> bool:
    """Whether a mention stands where no issuer of a document can stand any more."""
    return mention.sentence != document.sentence or mention.first > document.end + 2


def find_issuer(describer: Describer, document: Mention, near: Sequence[Mention]) -> Mention | None:
    """Who a text says to have issued a document.

    Args:
        describer: Holds the analysis.
        document: "a statement by the ministry", "the ministry's report", "a police report".
        near: Mentions around it.

    Returns:
        A mention, which for a noun before the document's is made for the occasion; or None.
    """
    for other in near:
        inside = document.first <= other.first and other.end <= document.end
        if inside and other.embedded and _may_issue(other) and not _is_topic(describer, other):
            return other
    for other in near:
        if _follows(describer, document, other) and _may_issue(other):
            return other
    return _before_noun(describer, document)


def _may_issue(mention: Mention) -> bool:
    if is_document(mention) or mention.is_joint:
        return False
    return bool(mention.name) or any(one.head for one in mention.descriptions)


def _is_topic(describer: Describer, mention: Mention) -> bool:
    """Whether "for" or the like says that a document is about somebody, not by them."""
    before = mention.first - 1
    if before < 0 or describer.analysis.upos[before] not in ("ADP", "SCONJ"):
        return False
    return describer.analysis.word(before).lower() not in _BY


def _follows(describer: Describer, document: Mention, other: Mention) -> bool:
    analysis = describer.analysis
    gap = range(document.end, other.first)
    words = [analysis.word(word).lower() for word in gap]
    return (
        1 <= len(words) <= 2 and words[-1] in _BY and all(word in _ISSUING for word in words[:-1])
    )


def _before_noun(describer: Describer, document: Mention) -> Mention | None:
    """The noun that a document's own noun follows: "police report"."""
    head = document.descriptions[0].head
    end = document.head + 1 - (head.n_words if head else 1)
    if end <= document.first:
        return None
    issuer = describer.describe(Phrase(document.first, end, end), Setting(level=document.level))
    if issuer.type in (None, EntityType.PLACE, EntityType.PERSON) or issuer.article is Article.NEW:
        return None
    return issuer
