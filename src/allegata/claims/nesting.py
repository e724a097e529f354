"""Claims inside claims: every content is read once more by itself, and so on inwards."""

from bisect import bisect_left
from collections.abc import Sequence

from allegata.claims.drafts import Draft
from allegata.claims.marked import draft_marked
from allegata.encoder import Analysis, Encoder, find_quotations
from allegata.types import Span

__all__ = ["read_inwards"]

DEEPEST = 5
_FEWEST_WORDS = 4


def read_inwards(encoder: Encoder, text: str, drafts: Sequence[Draft]) -> list[tuple[Analysis, list[Draft]]]:
    """Read contents for the claims that they hold, level by level.

    Args:
        encoder: Reads each content without the words around it.
        text: The document's text.
        drafts: The outermost claims.

    Returns:
        For each level its analysis and the claims found in it, each with its parent.
    """
    levels: list[tuple[Analysis, list[Draft]]] = []
    outer = list(drafts)
    for _ in range(DEEPEST):
        pieces = _pieces(outer)
        if not pieces:
            break
        spans = [span for span, _ in pieces]
        inner_quotations = [q for span in spans for q in find_quotations(text, _unquoted(text, span))]
        analysis = encoder.read(text, spans, apart=True, quotations=inner_quotations)
        inner = []
        for draft in draft_marked(analysis):
            parent = _owner(draft, pieces)
            if parent is not None and draft.reach != parent.reach:
                draft.parent, draft.depth = parent, parent.depth + 1
                inner.append(draft)
        levels.append((analysis, inner))
        outer = inner
    return levels


def _pieces(drafts: Sequence[Draft]) -> list[tuple[Span, Draft]]:
    """Sentences of contents in order of the text, each with the innermost claim that holds it."""
    found: dict[Span, Draft] = {}
    for draft in drafts:
        for content in draft.content:
            for sentence in draft.analysis.sentences:
                start, end = max(content.start, sentence.span.start), min(content.end, sentence.span.end)
                if start < end and _is_long_enough(draft.analysis, start, end):
                    span = Span(start, end)
                    if span not in found or found[span].depth < draft.depth:
                        found[span] = draft
    ordered = sorted(found.items())
    return [
        (span, draft)
        for at, (span, draft) in enumerate(ordered)
        if at == 0 or span.start >= ordered[at - 1][0].end
    ]


def _is_long_enough(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a stretch is long enough to hold a claim."""
    first = bisect_left(analysis.words, start, key=lambda word: word[0])
    last = bisect_left(analysis.words, end, key=lambda word: word[0])
    return last - first >= _FEWEST_WORDS


def _owner(draft: Draft, pieces: Sequence[tuple[Span, Draft]]) -> Draft | None:
    cue = draft.cue_span
    return next((parent for span, parent in pieces if cue in span), None)


def _unquoted(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    if text[start] in "\"“'‘«„" and end - start > 2:
        start += 1
    return Span(start, end)
