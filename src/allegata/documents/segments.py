"""What each stretch of a document is for, from its words alone or from its layout as well.

The words that give a stretch away are data (`knowledge/segments.yaml`). What nothing gives away is
body: a promotion that is read as story invents claims, but a story that is taken for anything else
loses them, and loses them unseen.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from allegata.documents.segment_credits import find_captions, find_inline_captions
from allegata.documents.segment_front import find_front
from allegata.documents.segment_phrases import Phrases, load_phrases
from allegata.documents.segment_pieces import cut_pieces, is_capital_text, trim
from allegata.documents.segment_rules import classify_piece, find_inline, find_other_title
from allegata.documents.segment_tail import find_tail
from allegata.documents.text_dates import match_stamp
from allegata.types import Segment, SegmentKind, Span

__all__ = ["find_segments"]


def find_segments(
    text: str, hints: Sequence[Segment] = (), *, title: str | None = None
) -> tuple[Segment, ...]:
    """Divide a text by what each stretch is for.

    Args:
        text: Text of a document.
        hints: What the layout of the document tells. They win, but for those that say body: they
            only tell where a paragraph begins and ends, because a promotion may stand among them.
        title: The title that metadata give, if any.

    Returns:
        Segments in order of the text, never overlapping. Every character but white space lies in
        exactly one; each paragraph of the story is a segment of its own. Empty for white space.
    """
    phrases = load_phrases()
    marks = _Marks(text)
    for hint in hints:
        if hint.kind is not SegmentKind.BODY:
            marks.add(hint)
    borders = {place for hint in hints for place in (hint.span.start, hint.span.end)}
    pieces = cut_pieces(text, borders)
    for segment in _read(text, pieces, marks, phrases, title):
        marks.add(segment)
    for piece in pieces:
        for rest in marks.rest(piece):
            marks.add(Segment(SegmentKind.BODY, rest))
    return tuple(marks)


class _Marks:
    """Stretches that already have a kind. What comes first stays."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: list[Span] = []
        self._kinds: dict[Span, SegmentKind] = {}

    def __iter__(self) -> Iterator[Segment]:
        return (Segment(self._kinds[span], span) for span in self._spans)

    def add(self, segment: Segment) -> None:
        """Mark what is not marked yet: nothing where the span overlaps another."""
        span = trim(self._text, segment.span.start, segment.span.end)
        if span is not None and next(self._overlapping(span), None) is None:
            insort(self._spans, span)
            self._kinds[span] = segment.kind

    def rest(self, piece: Span) -> Iterator[Span]:
        """What is left of a piece, without white space around it."""
        others = tuple(self._overlapping(piece))
        if not others:
            yield piece
            return
        at = piece.start
        for other in others:
            left = trim(self._text, at, max(at, other.start))
            if left is not None:
                yield left
            at = max(at, other.end)
        left = trim(self._text, at, max(at, piece.end))
        if left is not None:
            yield left

    def _overlapping(self, piece: Span) -> Iterator[Span]:
        at = bisect_left(self._spans, piece)
        if at and self._spans[at - 1].overlaps(piece):
            yield self._spans[at - 1]
        while at < len(self._spans) and self._spans[at].start < piece.end:
            yield self._spans[at]
            at += 1


def _read(
    text: str, pieces: Sequence[Span], marks: _Marks, phrases: Phrases, title: str | None
) -> Iterator[Segment]:
    """All that is not body, the surest first. What is yielded is marked before the next is read."""
    in_capitals = is_capital_text(text)
    for piece in _open(marks, pieces):
        yield from classify_piece(text, piece, phrases) or find_captions(text, piece, phrases)
    captions = []
    for piece in _open(marks, pieces):
        story, stamp = piece, match_stamp(text, piece.start)
        if stamp is not None and stamp.span.end < piece.end:
            story = Span(stamp.span.end, piece.end)
        for span in find_inline_captions(text, story, phrases):
            captions.append(span)
            yield Segment(SegmentKind.CAPTION, span)
    # The front is read in whole pieces, with the captions inside them, not around them.
    unmarked = [piece for piece in pieces if next(marks.rest(piece), None) is not None]
    front = list(find_front(text, unmarked, phrases, title, captions))
    yield from front
    begins = front[-1].span.end if front else 0
    for number, piece in enumerate(_open(marks, pieces)):
        if not in_capitals and (piece.start >= begins and number):
            yield from find_other_title(text, piece)
    for piece in _open(marks, pieces):
        yield from find_inline(text, piece, phrases)
    yield from find_tail(text, _open(marks, pieces), phrases)


def _open(marks: _Marks, pieces: Sequence[Span]) -> list[Span]:
    return [rest for piece in pieces for rest in marks.rest(piece)]
