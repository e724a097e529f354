"""Paragraphs, and what is left of paragraphs that were glued together without a space."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from allegata.types import Span

__all__ = ["cut_pieces", "find_sentence_starts", "is_capital_text", "trim"]

_LONGEST = 500_000
"""Characters in which pieces are looked for: what follows is no news, and is left in one piece."""
_LINE = re.compile(r"[^\n\x0b\x0c\u2028\u2029]+")
_FIRST_WORD = re.compile(r"\S+")
_GOES_ON = re.compile(r"[a-z,;)]")

# What may begin a paragraph, right after what ends one: white space alone is missing between.
_CANDIDATE = re.compile(
    r"[A-Z](?<=[A-Z][A-Z])(?=[a-z]|[ ][a-z]|\.[A-Z])"
    r"|(?:[A-Z]|[“\"‘](?=[A-Z]))(?<=[^\sA-Z(\[“‘/@#&-].)"
)
_STOP = re.compile(r"(?:[^\W_]{2}|[%)\"”’])[.!?…][\"”’)\]]*\Z|[,a-z]”\Z")
_CAPITAL = re.compile(r"[A-Z’'][A-Z]\Z|[A-Z]{3}[?!]\Z")
_LOWER = re.compile(r"[a-z]{3}\Z")
_YEAR = re.compile(r"[ ,](?:19|20)\d\d\Z")
_WORD = re.compile(r"[A-Z][a-z]+[ ,’'-]|A[ ][a-z]")
_AFTER_STOP = re.compile(r"[“\"‘(]?[A-Z]")
_AFTER_CAPITAL = re.compile(r"[A-Z][a-z]+[ ’'-]|A[ ][a-z]|[A-Z]\.[A-Z]\.[ ]|[“\"][A-Z][a-z]")
_AFTER_LOWER = re.compile(r"[A-Z][a-z]+[ ,’']|A[ ][a-z]|[A-Z]{2,}[ ][A-Z]{2,}")
_AFTER_BRACKET = re.compile(r"[“‘]?(?:[A-Z][a-z]+[ ’'-]|[A-Z]{2,}[ ][A-Z]{2,}|A[ ][a-z])")
_TOKEN_BEFORE = re.compile(r"[^\s]*\Z")
_TOKEN_AFTER = re.compile(r"[A-Z][a-z]*")
_ADDRESS = re.compile(r"www\b|://|@|\.(?:com|org|net)\b", re.IGNORECASE)
_SENTENCE_GAP = re.compile(r"[.!?…][\"”’)\]]*\s+(?=[\"“‘(*©\[]*[^\W_a-z])")
_SHORTENED = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cmdr adm brig sgt cpl sen rep gov rev hon st mt ft no"
    " nos vs jr inc ltd corp co jan feb mar apr jun jul aug sep sept oct nov dec fig vol"
    " pres".split()
)
# Words that begin sentences, so that a capital in the middle of a word can be told from a name.
_STARTERS = frozenset(
    "The A An In On At It He She They We You This That These Those There But And Or So If When"
    " While After Before As For From By With Since Although Though However Meanwhile Some Many"
    " Most Such What Who Why How Where Its His Her Their Our My Your Not Now Then Also To Both"
    " Each Every Several According Earlier Later Until Because During Despite Among Another Other"
    " Last More At Asked Speaking Authorities Officials Police Two Three One Video Read Click"
    " Related Watch Published Updated Posted File Photo".split()
)


def trim(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space around it, or None where nothing is left."""
    piece = text[start:end]
    length = len(piece.strip())
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + length) if length else None


def is_capital_text(text: str) -> bool:
    """Whether a whole text is written in capitals, as old wire copy is."""
    sample = text[:4_000]
    n_lower = sum(map(str.islower, sample))
    return n_lower * 5 < sum(map(str.isupper, sample))


def cut_pieces(text: str, borders: Iterable[int] = ()) -> list[Span]:
    """Cut a text where a paragraph ends, with or without white space to show it.

    Args:
        text: Text of a document.
        borders: Places where a piece ends in any case.

    Returns:
        Pieces in order of the text, without white space around them, which together cover all
        of it but white space.
    """
    known = text[:_LONGEST]
    cuts = sorted({*borders, *_paragraph_cuts(known), *_glue_cuts(known)})
    starts = [0, *cuts]
    spans = (trim(text, *pair) for pair in zip(starts, [*cuts, len(text)], strict=True))
    return [span for span in spans if span is not None]


def _paragraph_cuts(text: str) -> Iterator[int]:
    blocks = list(_blocks(text))
    width = max((_width(text, block) for block in blocks if len(block) > 2), default=0)
    for block in blocks:
        yield block[0].start
        if len(block) > 1 and not (_width(text, block) or _is_wrapped(text, block, width)):
            yield from _own_lines(text, block)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines without a blank line or a page break between them."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        is_blank = match.group().isspace()
        if block and (is_blank or _has_blank(text, block[-1].end, match.start())):
            yield block
            block = []
        if not is_blank:
            block.append(Span(match.start(), match.end()))
    if block:
        yield block


def _has_blank(text: str, end: int, start: int) -> bool:
    return start - end > 1 or text[end] != "\n"


def _own_lines(text: str, block: list[Span]) -> Iterator[int]:
    """Lines of a block that are paragraphs of their own."""
    for line in block[1:]:
        first = trim(text, line.start, line.end)
        if first and not _GOES_ON.match(text, first.start):
            yield line.start


def _width(text: str, block: list[Span]) -> int:
    """The width that a block of several lines was wrapped to, or nothing."""
    width = max(map(len, block))
    is_wrapped = len(block) > 2 and 40 <= width <= 130 and _is_wrapped(text, block, width)
    return width if is_wrapped else 0


def _is_wrapped(text: str, block: list[Span], width: int) -> bool:
    """Whether most lines end where the next word would not have fitted, or nearly so."""
    if not width:
        return False
    full = 0
    for line, following in pairwise(block):
        word = _FIRST_WORD.search(text, following.start, following.end)
        full += len(line) + 1 + (len(word.group()) if word else 0) > width - 8
    return full * 4 >= (len(block) - 1) * 3


def _glue_cuts(text: str) -> Iterator[int]:
    return (at for at in map(_start, _CANDIDATE.finditer(text)) if _is_glue(text, at))


def _start(match: re.Match[str]) -> int:
    return match.start()


def _is_glue(text: str, at: int) -> bool:
    """Whether a paragraph ends and another begins at a place without white space."""
    before = text[max(0, at - 40) : at]
    if before[-1] in ")]":
        return _AFTER_BRACKET.match(text, at) is not None
    token_match = _TOKEN_BEFORE.search(before)
    token = token_match.group() if token_match else ""
    if _ADDRESS.search(token):
        return False
    if _STOP.search(before):
        return (
            _AFTER_STOP.match(text, at) is not None and token.rstrip(".").lower() not in _SHORTENED
        )
    after = _TOKEN_AFTER.match(text, at)
    is_starter = after is not None and len(after.group()) > 2 and after.group() in _STARTERS
    if _CAPITAL.search(before) and _AFTER_CAPITAL.match(text, at):
        return _ends_capitals(text, at) or is_starter
    if _LOWER.search(before) and _AFTER_LOWER.match(text, at):
        plain = token[:1].islower() and "-" not in token
        return is_starter or plain or text[at + 1].isupper()
    return _YEAR.search(before) is not None and _WORD.match(text, at) is not None


def _ends_capitals(text: str, at: int) -> bool:
    """Whether at least three words in capitals stand before a place."""
    words = text[max(0, at - 60) : at].split()[-3:]
    letters = "".join(words)
    return len(words) == 3 and letters.upper() == letters and sum(map(str.isalpha, letters)) >= 8


def find_sentence_starts(text: str, start: int, end: int) -> list[int]:
    """Beginnings of the sentences of a piece, well enough to tell captions and notes apart.

    Args:
        text: Text of a document.
        start: Beginning of the piece: the first of the places returned.
        end: Its end.

    Returns:
        Places in order.
    """
    starts = [start]
    for match in _SENTENCE_GAP.finditer(text, start, end):
        token_match = _TOKEN_BEFORE.search(text[max(start, match.start() - 20) : match.start()])
        token = token_match.group() if token_match else ""
        shortened = token.lower() in _SHORTENED or (len(token) == 1 and token.isupper())
        if not shortened and "." not in token:
            starts.append(match.end())
    return starts
