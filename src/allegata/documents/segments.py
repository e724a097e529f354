"""What each stretch of a document is for, from its words alone or from its layout as well.

The words that give a stretch away are data (`knowledge/segments.yaml`). What nothing gives away is
body: a promotion that is read as story invents claims, but a story that is taken for anything else
loses them, and loses them unseen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from allegata.documents.segment_credits import find_captions, find_inline_captions
from allegata.documents.segment_front import find_front
from allegata.documents.segment_phrases import load_phrases
from allegata.documents.segment_pieces import cut_pieces, is_capital_text, trim
from allegata.documents.segment_rules import classify_piece, find_inline, is_other_title
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
    division = _Division(text, hints)
    phrases = load_phrases()
    division.apply(lambda piece: classify_piece(text, piece, phrases))
    division.apply(lambda piece: find_captions(text, piece, phrases))
    # The front is read in whole pieces, so captions inside them are taken out afterwards.
    captions = [
        span
        for piece in division.open
        for span in find_inline_captions(text, _after_stamp(text, piece), phrases)
    ]
    front = list(find_front(text, division.open, title, captions))
    division.take(Segment(SegmentKind.CAPTION, span) for span in captions)
    division.take(front)
    if not is_capital_text(text):
        begins = front[-1].span.end if front else _end_of_first(division.open)
        division.apply(lambda piece: _other_title(text, piece, begins))
    division.apply(lambda piece: find_inline(text, piece, phrases))
    division.take(find_tail(text, division.open, phrases))
    return division.finish()


class _Division:
    """A text of which more and more is known.

    Attributes:
        open: What has no kind yet, in order.
    """

    def __init__(self, text: str, hints: Iterable[Segment]) -> None:
        self._text = text
        self._done: list[Segment] = []
        borders: list[int] = []
        for hint in sorted(hints, key=_start):
            borders += (hint.span.start, hint.span.end)
            span = trim(text, hint.span.start, hint.span.end)
            is_free = not self._done or hint.span.start >= self._done[-1].span.end
            if hint.kind is not SegmentKind.BODY and span is not None and is_free:
                self._done.append(Segment(hint.kind, span))
        self.open = _outside(cut_pieces(text, borders), self._done)

    def apply(self, step: Callable[[Span], Iterable[Segment]]) -> None:
        """Let a step look at every open piece by itself."""
        rest: list[Span] = []
        for piece in self.open:
            rest += self._keep(piece, list(step(piece)))
        self.open = rest

    def take(self, segments: Iterable[Segment]) -> None:
        """Keep segments that lie in open pieces."""
        waiting = sorted(segments, key=_start, reverse=True)
        rest: list[Span] = []
        for piece in self.open:
            here: list[Segment] = []
            while waiting and waiting[-1].span.start < piece.end:
                here.append(waiting.pop())
            rest += self._keep(piece, here)
        self.open = rest

    def finish(self) -> tuple[Segment, ...]:
        """What is still open is body."""
        body = (Segment(SegmentKind.BODY, piece) for piece in self.open)
        return tuple(sorted((*self._done, *body), key=_start))

    def _keep(self, piece: Span, found: Sequence[Segment]) -> Iterator[Span]:
        """Keep what lies in the piece; yield what is left of it."""
        if not found:
            yield piece
            return
        at = piece.start
        for segment in found:
            span = trim(self._text, segment.span.start, segment.span.end)
            if span is None or span.start < at or span.end > piece.end:
                continue
            self._done.append(Segment(segment.kind, span))
            yield from self._left(at, span.start)
            at = span.end
        yield from self._left(at, piece.end)

    def _left(self, start: int, end: int) -> Iterator[Span]:
        span = trim(self._text, start, end) if start < end else None
        if span is not None:
            yield span


def _start(segment: Segment) -> int:
    return segment.span.start


def _outside(pieces: Iterable[Span], hints: Sequence[Segment]) -> list[Span]:
    """Pieces outside of hints: borders were cut there, so no piece lies across one."""
    waiting = [hint.span for hint in reversed(hints)]
    outside: list[Span] = []
    for piece in pieces:
        while waiting and waiting[-1].end <= piece.start:
            waiting.pop()
        if not waiting or not waiting[-1].overlaps(piece):
            outside.append(piece)
    return outside


def _after_stamp(text: str, piece: Span) -> Span:
    stamp = match_stamp(text, piece.start)
    if stamp is None or stamp.span.end >= piece.end:
        return piece
    return Span(stamp.span.end, piece.end)


def _end_of_first(pieces: Sequence[Span]) -> int:
    return pieces[0].end if pieces else 0


def _other_title(text: str, piece: Span, begins: int) -> list[Segment]:
    is_title = piece.start >= begins and is_other_title(text, piece)
    return [Segment(SegmentKind.PROMO, piece)] if is_title else []
