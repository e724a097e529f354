"""Quotation marks: which stretches of a text stand between them.

Typographic marks say themselves which way they turn; straight ones are told by what stands beside
them. A quotation never outlives its paragraph: by convention a quotation of several paragraphs
opens each of them anew and closes only the last.
"""

import re
from collections.abc import Iterator

from allegata.types import Span

__all__ = ["find_quotations"]

_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[“\"«„])")
_MARK = re.compile(r"[“”„\"«»‘’']")
_OPENS, _CLOSES = "“„«‘", "”»"
_LONGEST_SINGLE = 400


def find_quotations(text: str, span: Span | None = None) -> list[Span]:
    """Find what stands in quotation marks.

    Args:
        text: The document's text.
        span: The stretch to search, the whole text by default.

    Returns:
        The outermost quotations with their marks, in order, never overlapping. One that is not
        closed reaches to the end of its paragraph.
    """
    start, end = (span.start, span.end) if span else (0, len(text))
    quotations: list[Span] = []
    for paragraph in _paragraphs(text, start, end):
        quotations.extend(_in_paragraph(text, *paragraph))
    return quotations


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _PARAGRAPH.finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    opener = ""
    last = start
    for mark in _MARK.finditer(text, start, end):
        char, at = mark.group(), mark.start()
        if opened is None:
            if _opens(text, char, at, start, end):
                opened, opener = at, char
        elif _closes(text, char, at, opener):
            yield Span(opened, at + 1)
            opened, last = None, at + 1
    if opened is not None and opener not in "‘'":
        yield Span(opened, end)
    elif opened is not None and opened + 1 < end:
        # an apostrophe that only looked like a mark: look for others behind it
        yield from _in_paragraph(text, max(last, opened + 1), end)


def _opens(text: str, char: str, at: int, start: int, end: int) -> bool:
    if char in _OPENS:
        return char != "‘" or _single_closes_within(text, at, end)
    if char in _CLOSES or char == "’":
        return False
    spaced = at == start or not text[at - 1].isalnum()
    if char == "'":
        follows = at + 1 < end and text[at + 1].isalnum()
        return spaced and follows and _single_closes_within(text, at, end)
    return True


def _single_closes_within(text: str, at: int, end: int) -> bool:
    stop = min(end, at + _LONGEST_SINGLE)
    return any(not (text[i + 1 : i + 2].isalnum()) for i in range(at + 2, stop) if text[i] in "’'")


def _closes(text: str, char: str, at: int, opener: str) -> bool:
    if opener in "‘'":
        return char in "’'" and not text[at + 1 : at + 2].isalnum()
    if opener == "«":
        return char == "»"
    if opener == "„":
        return char in '“”"'
    return char in '”"'
