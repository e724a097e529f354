"""What stands behind the story: sources, signatures, terms of use."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from allegata.documents.segment_phrases import Phrases, load_phrases
from allegata.documents.segment_pieces import find_sentence_starts, trim
from allegata.types import Segment, SegmentKind, Span

__all__ = ["find_tail"]

_LONGEST = 900
_BEFORE = re.compile(r"(?:\A|[.!?…\"”’)\]\n])\s*\Z")
_UPDATE = re.compile(
    r"(?:Last [Uu]pdated?|Updated|Published|Posted)(?: (?:on|at))?\s*:? [^.\n]{4,90}\Z"
)
_NAMES = re.compile(
    r"(?:(?<=[.!?”\"’)]\s)|\A)(?!(?:The|A|An|In|On|At|He|She|They|It|But|And)\b)"
    r"(?:[A-Z][\w’'-]*|\d[\d-]{0,8})"
    r"(?:\s?[/&]\s?(?:[A-Z][\w’'-]*)|\s(?:al-)?(?:[A-Z][\w’'-]*|\d[\d-]{0,8})){0,4}\Z"
)
_SOURCE_WORD = (
    r"(?:[A-Z&+][\w./&+’'-]*|and|agencies|with|the|of|for|media|office|news|staff|wires?|[&+,/-])"
)
_SOURCE = re.compile(
    r"\(?(?:Sources?|Via|VIA|SOURCES?)\b\s*:?\s+"
    rf"{_SOURCE_WORD}(?:[\s,]+{_SOURCE_WORD}){{0,8}}\)?\.?\Z"
)
_N_ROUNDS = 6
_MOST_SENTENCES = 2
"""More after a phrase would be story again."""


def find_tail(text: str, pieces: Sequence[Span], phrases: Phrases) -> list[Segment]:
    """Peel off what follows the story, from the end of the document on.

    Args:
        text: Text of a document.
        pieces: What is not marked yet, in order.
        phrases: The words that give it away.

    Returns:
        Segments that end where the document or the next of them ends. Empty where the story ends
        the document.
    """
    found: list[Segment] = []
    rest = list(pieces)
    for _ in range(_N_ROUNDS):
        if not rest:
            break
        start, kind = _last(text, rest[-1], phrases, is_only=len(rest) == 1)
        if kind is None:
            break
        piece = rest.pop()
        span = trim(text, start, piece.end)
        if span is not None:
            found.append(Segment(kind, span))
        left = trim(text, piece.start, start) if start > piece.start else None
        if left is not None:
            rest.append(left)
    return [*found, *_between(text, rest)]


def _between(text: str, pieces: Sequence[Span]) -> list[Segment]:
    """Sources and signatures on lines of their own before the end of the document."""
    return [
        Segment(SegmentKind.BOILERPLATE, piece)
        for piece in pieces
        if len(piece) < 120 and _SOURCE.match(piece.words(text))
    ]


def _last(
    text: str, piece: Span, phrases: Phrases, *, is_only: bool
) -> tuple[int, SegmentKind | None]:
    first = max(piece.start, piece.end - _LONGEST)
    window = text[first : piece.end]
    for rule in phrases.tail:
        for match in rule.pattern.finditer(window):
            at = match.start()
            if len(find_sentence_starts(window, at, len(window))) > _MOST_SENTENCES:
                continue
            if _BEFORE.search(window[max(0, at - 4) : at]) or _is_menu(window[at:]):
                return first + at, rule.kind
    end = window[-200:]
    offset = piece.end - len(end)
    for signature in _find_signatures(end):
        if _is_behind(end, signature.start()):
            return offset + signature.start(), SegmentKind.BOILERPLATE
    update = _UPDATE.search(end)
    if update is not None and re.search(r"\d{4}", update[0]) and _is_behind(end, update.start()):
        return offset + update.start(), SegmentKind.HEADER
    names = _NAMES.search(end)
    if names is not None and (names.start() > 0 or not is_only):
        return offset + names.start(), SegmentKind.BOILERPLATE
    return piece.end, None


def _is_menu(words: str) -> bool:
    """Short, capitalised, and without the end of a sentence."""
    return len(words) < 150 and words[0].isupper() and not re.search(r"[.!?,]", words)


def _is_behind(words: str, at: int) -> bool:
    return _BEFORE.search(words[max(0, at - 4) : at]) is not None or words[at] in "-–—"


def _find_signatures(end: str) -> Iterator[re.Match[str]]:
    """Names of sources and agencies that end a piece.

    Patterns that hold the names of agencies are slow to compile: only those are, of which the
    marks stand there.
    """
    patterns = [_SOURCE]
    if "(" in end:
        patterns.append(_bracketed())
    if any(dash in end for dash in "-–—"):
        patterns.append(_dashed())
    for pattern in (*patterns, _bare()):
        signature = pattern.search(end)
        if signature is not None:
            yield signature


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(
        r"\((?:(?:[Ww]ith|Additional|Compiled|Source|Via|Agencies)\b[^()]{2,120}"
        rf"|{_several()})\)\.?\Z"
    )


@cache
def _dashed() -> re.Pattern[str]:
    return re.compile(rf"(?:--?|[–—])\s*(?:{_several()})\.?\Z", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"(?:{_several()})\.?\Z")


def _several() -> str:
    agency = load_phrases().agency
    return rf"{agency}(?:\s*(?:[,/+&]|and)+\s*{agency})*"
