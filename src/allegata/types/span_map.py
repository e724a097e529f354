"""Spans of one document with something for each, asked for those that share characters with one."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from allegata.types.span import Span

__all__ = ["SpanMap"]

T = TypeVar("T")


class SpanMap(Generic[T]):
    """What belongs to spans, found again without looking at all of them.

    Spans may overlap, nest and repeat. A question takes time for what lies around it: documents
    with thousands of claims are asked thousands of times.
    """

    def __init__(self, pairs: Iterable[tuple[Span, T]]) -> None:
        given = list(enumerate(pairs))
        given.sort(key=lambda entry: entry[1][0].start)
        self._entries = [(span.end, number, item) for number, (span, item) in given]
        self._starts = [span.start for _, (span, _) in given]
        self._farthest = list(accumulate((end for end, _, _ in self._entries), max))

    def overlapping(self, span: Span) -> list[T]:
        """What belongs to the spans that share a character with one, in the order given."""
        found = []
        at = bisect_left(self._starts, span.end)
        while at and self._farthest[at - 1] > span.start:
            at -= 1
            end, number, item = self._entries[at]
            if end > span.start:
                found.append((number, item))
        found.sort(key=lambda pair: pair[0])
        return [item for _, item in found]

    def touches(self, span: Span) -> bool:
        """Whether any span shares a character with one."""
        at = bisect_left(self._starts, span.end)
        return at > 0 and self._farthest[at - 1] > span.start
