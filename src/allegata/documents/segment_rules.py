"""Promotions, notes and boilerplate: pieces and sentences that their first words give away."""

import re
from collections.abc import Iterator

from allegata.documents.segment_credits import find_marked_credit
from allegata.documents.segment_front import has_title_case
from allegata.documents.segment_phrases import Phrases, Rule, find_first_word
from allegata.documents.segment_pieces import find_sentence_starts, trim
from allegata.types import Segment, SegmentKind, Span

__all__ = ["classify_piece", "find_inline", "is_other_title"]

_LONGEST = 1200
_LONGEST_INLINE = 25
_FOOTNOTE = re.compile(
    r"(?:\*+|†|‡)\s?[“\"‘(]?[A-Z][^\n]{1,100}?"
    r"\b(?:aka|a\.k\.a|also known as|banned|outlawed|designated|recogni[sz]ed as|listed as)\b"
)
_CLOSE_FOOTNOTE = re.compile(
    r"(?:\*+|†|‡)[“\"‘(]?[A-Z][^\n]{1,80}?\b(?:is|are|was|were) (?:an?|the)\b"
)
_STOP_AT_END = re.compile(r"[.!?…:;,][\"”’)\]]*\Z")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_TIE = re.compile(r"\b(?:[a-z]{1,4})\b|:|—|–")
_CAPITAL_WORD = re.compile(r"[A-Z]{2,}|\b[AI]\b")


def classify_piece(text: str, piece: Span, phrases: Phrases) -> list[Segment]:
    """Read a whole piece as something other than story.

    Args:
        text: Text of a document.
        piece: A paragraph or what is left of one.
        phrases: The words that give it away.

    Returns:
        One segment, or nothing where the piece may be story.
    """
    if len(piece) > _LONGEST:
        return []
    words = piece.words(text)
    n_words = len(words.split())
    if _is_footnote(words):
        return [Segment(SegmentKind.NOTE, piece)]
    if not any(map(str.isalnum, words)) or _LINK.fullmatch(words):
        return [Segment(SegmentKind.BOILERPLATE, piece)]
    first = find_first_word(words)
    for rule in phrases.pieces:
        if rule.where in ("whole", "starts", "inline") and first not in rule.first_words:
            continue
        if n_words <= rule.longest and _applies(rule, words):
            return [Segment(rule.kind, piece)]
    return []


def _is_footnote(words: str) -> bool:
    if words[0] not in "*†‡":
        return False
    return _FOOTNOTE.match(words) is not None or _CLOSE_FOOTNOTE.match(words) is not None


def _applies(rule: Rule, words: str) -> bool:
    if rule.where in ("starts", "inline"):
        return rule.pattern.match(words) is not None
    if rule.where == "whole":
        return len(words) <= 120 and rule.pattern.match(words) is not None
    # Looking for plain words first is what keeps this fast.
    lowered = words.lower()
    return any(phrase in lowered for phrase in rule.phrases) and (
        rule.pattern.search(words) is not None
    )


def is_other_title(text: str, piece: Span) -> bool:
    """Whether a piece in the middle of a story is the title of another one.

    Args:
        text: Text of a document that is not in capitals as a whole.
        piece: A paragraph or what is left of one, after the headline.

    Returns:
        True where it has no stop, several words, and stands in capitals or in title case.
    """
    if len(piece) > 260:
        return False
    words = piece.words(text)
    if _STOP_AT_END.search(words[-8:]) or not 4 <= len(words.split()) <= 30:
        return False
    n_letters = sum(map(str.isalpha, words))
    n_lower = sum(map(str.islower, words))
    shouts = n_letters >= 15 and n_lower <= 2 and len(_CAPITAL_WORD.findall(words)) >= 4
    return shouts or (has_title_case(words) and _TIE.search(words) is not None)


def find_inline(text: str, piece: Span, phrases: Phrases) -> Iterator[Segment]:
    """Find what stands in the middle of a paragraph and is no part of the story.

    Args:
        text: Text of a document.
        piece: A paragraph or what is left of one.
        phrases: The words that give it away.

    Yields:
        Segments of one sentence each, in order.
    """
    starts = find_sentence_starts(text, piece.start, piece.end)
    for start, end in zip(starts, [*starts[1:], piece.end], strict=True):
        sentence = trim(text, start, end)
        if sentence is None or len(sentence) > 400:
            continue
        if text[start] == "©":
            credit = find_marked_credit(text, sentence)
            if credit is not None:
                yield Segment(SegmentKind.CAPTION, credit)
        elif _is_footnote(text[start : start + 130]):
            yield Segment(SegmentKind.NOTE, sentence)
        elif len(sentence.words(text).split()) <= _LONGEST_INLINE:
            first = find_first_word(sentence.words(text))
            for rule in phrases.inline:
                if first in rule.first_words and rule.pattern.match(text, start, end):
                    yield Segment(rule.kind, sentence)
                    break
