"""Spans made comparable, and what two sets of them have in common.

Annotators and programs cut the same words differently: one selects a blank too many, another marks
each sentence of a quotation on its own. `tidy_spans` brings both to one form before anything is
compared, so that a figure speaks of words and not of selecting.
"""

import re
from collections.abc import Iterable, Sequence

from allegata.types import Span

__all__ = ["overlap_ratio", "shared_length", "tidy_spans"]

_LINES = re.compile(r"[^\r\n]+")


def tidy_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Bring the spans of one role of one attribution to the form that is scored.

    A span ends at the end of a line (the annotation tool of PolNeAR cannot cross one), carries no
    white space at its borders, and is joined with the next where only blanks lie between them.

    Args:
        text: The document's text.
        spans: In any order; they may touch or overlap.

    Returns:
        Sorted, never overlapping.
    """
    pieces = sorted(piece for span in spans for piece in _within_lines(text, span))
    joined: list[Span] = []
    for piece in pieces:
        if joined and _only_blanks(text, joined[-1].end, piece.start):
            piece = Span(joined[-1].start, max(joined.pop().end, piece.end))
        joined.append(piece)
    return tuple(joined)


def _within_lines(text: str, span: Span) -> Iterable[Span]:
    for line in _LINES.finditer(text, span.start, span.end):
        words = line.group().strip()
        if words:
            start = line.start() + line.group().index(words)
            yield Span(start, start + len(words))


def _only_blanks(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return not gap.strip() and "\n" not in gap and "\r" not in gap


def shared_length(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Characters that lie in both. Spans of one side must not overlap each other."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def overlap_ratio(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Characters in both over characters in either: 1.0 where both are empty."""
    shared = shared_length(one, other)
    either = sum(map(len, one)) + sum(map(len, other)) - shared
    return shared / either if either else 1.0
