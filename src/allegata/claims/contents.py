"""Contents: how much of one is quoted, where it goes on, and what does not belong to it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from allegata.claims.drafts import Draft
from allegata.encoder import Analysis
from allegata.types import Quotation, Span

__all__ = ["Quotes", "continue_quotations", "keep_within_reach", "quotation_of", "trimmed"]

_LEAD = frozenset(("that", ","))
_EDGES = " \t\n,;:–—-"


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations of one text, in order, never overlapping."""

    spans: tuple[Span, ...]

    def holding(self, start: int, end: int) -> Span | None:
        """The quotation that shares a character with a stretch, or None."""
        at = bisect_left(self.spans, end, key=lambda span: span.start) - 1
        if at >= 0 and self.spans[at].end > start:
            return self.spans[at]
        return None


def keep_within_reach(draft: Draft, quotes: Quotes) -> tuple[Span, ...]:
    """The content that an attribution can carry: its own sentence, and quotations beside it.

    A sentence without quotation marks and without an attribution of its own is the document's own
    voice, also between two attributed ones.
    """
    sentences = draft.analysis.sentences
    own = draft.analysis.sentence_of[draft.cue[0]]
    kept: list[Span] = []
    for piece in draft.content:
        first = max(bisect_right(sentences, piece.start, key=lambda s: s.span.start) - 1, 0)
        for number in range(first, len(sentences)):
            sentence = sentences[number].span
            start, end = max(piece.start, sentence.start), min(piece.end, sentence.end)
            if sentence.start >= piece.end:
                break
            if start >= end or (number != own and not _is_quoted(start, end, quotes)):
                continue
            if kept and number != first and kept[-1].end <= start and kept[-1].start >= piece.start:
                kept[-1] = Span(kept[-1].start, end)
            else:
                kept.append(Span(start, end))
    return tuple(kept)


def _is_quoted(start: int, end: int, quotes: Quotes) -> bool:
    first, last = quotes.holding(start, start + 1), quotes.holding(end - 1, end)
    return first is not None and last is not None


def trimmed(text: str, span: Span) -> Span | None:
    """A content without white space, commas and dashes at its ends; None where nothing is left."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(_EDGES))
    end = span.end - len(words) + len(words.rstrip(_EDGES))
    return Span(start, end) if start < end else None


def quotation_of(analysis: Analysis, content: Sequence[Span], quotes: Quotes) -> Quotation:
    """How much of a content stands inside quotation marks.

    An opening "that" and marks of punctuation do not count either way.
    """
    quoted = unquoted = 0
    for piece in content:
        first = bisect_left(analysis.words, piece.start, key=lambda word: word[0])
        for number in range(first, len(analysis.words)):
            start, end = analysis.words[number]
            if start >= piece.end:
                break
            if analysis.upos[number] == "PUNCT" or (
                number == first and analysis.word(number).lower() in _LEAD
            ):
                continue
            if quotes.holding(start, end):
                quoted += 1
            else:
                unquoted += 1
    if not quoted:
        return Quotation.INDIRECT
    return Quotation.MIXED if unquoted else Quotation.DIRECT


def continue_quotations(analysis: Analysis, drafts: Sequence[Draft], quotes: Quotes) -> None:
    """Give quotations without a cue of their own to the source that is still speaking.

    A quotation of at least three words that no claim covers goes to the nearest claim before it
    whose content ends in a quotation; in between nobody else may have been quoted. It must open
    its sentence, so that a quoted word inside the document's own sentence is left alone.
    """
    starts = [sentence.span.start for sentence in analysis.sentences]
    for quotation in quotes.spans:
        if _n_words(analysis, quotation) < 3 or not _stands_alone(analysis, quotation, starts):
            continue
        if any(piece.overlaps(quotation) for draft in drafts for piece in draft.content):
            continue
        before = [
            d for d in drafts if d.depth == 0 and d.content and d.reach.end <= quotation.start
        ]
        speaker = max(before, key=lambda draft: draft.reach.end, default=None)
        if speaker is None or speaker.source is None or speaker.hedge:
            continue
        if quotes.holding(speaker.content[-1].end - 1, speaker.content[-1].end) is None and (
            quotes.holding(speaker.content[-1].start, speaker.content[-1].end) is None
        ):
            continue
        if (
            _sentences_between(
                starts, max(speaker.reach.end, speaker.cue_span.end), quotation.start
            )
            <= 2
        ):
            speaker.content = (*speaker.content, quotation)


def _n_words(analysis: Analysis, span: Span) -> int:
    words = analysis.words
    first = bisect_left(words, span.start, key=lambda word: word[0])
    last = bisect_left(words, span.end, key=lambda word: word[0])
    return sum(analysis.upos[number] != "PUNCT" for number in range(first, last))


def _stands_alone(analysis: Analysis, quotation: Span, starts: Sequence[int]) -> bool:
    """Whether a quotation fills whole sentences: it opens one, and another follows it."""
    at = bisect_left(starts, quotation.start)
    if at == len(starts) or starts[at] != quotation.start:
        return False
    return any(
        quotation.end - 2 <= sentence.span.end <= quotation.end + 1
        for sentence in analysis.sentences[at:]
        if sentence.span.start < quotation.end
    )


def _sentences_between(starts: Sequence[int], end: int, start: int) -> int:
    return bisect_left(starts, start) - bisect_left(starts, end)
