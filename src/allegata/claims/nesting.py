"""Claims inside claims: every content is read once more by itself, and so on inwards."""

from bisect import bisect_left
from collections.abc import Sequence

from allegata.claims.cues import CueLexicon
from allegata.claims.drafts import Draft
from allegata.claims.marked import draft_marked
from allegata.encoder import Analysis, Encoder, Sentence, find_quotations
from allegata.types import Span, SpanMap

__all__ = ["read_inwards"]

DEEPEST = 5
_FEWEST_WORDS = 4
_LEAST_INNER = -4.5
"""Log odds from which on a word of the first reading is worth a second one."""
_CUE_UPOS = frozenset(("VERB", "NOUN", "ADP"))
_OWNERS = frozenset(("'s", "’s", "'", "’", "his", "her", "its", "their"))
_SAYS = frozenset(("that", "of", "to", "by", "from", "against", "about"))


def read_inwards(
    encoder: Encoder, lexicon: CueLexicon, text: str, drafts: Sequence[Draft]
) -> list[tuple[Analysis, list[Draft]]]:
    """Read contents for the claims that they hold, level by level.

    Args:
        encoder: Reads each content without the words around it.
        lexicon: A content without any word of it is not read again.
        text: The document's text.
        drafts: The outermost claims.

    Returns:
        For each level its analysis and the claims found in it, each with its parent.
    """
    levels: list[tuple[Analysis, list[Draft]]] = []
    outer = list(drafts)
    for _ in range(DEEPEST):
        pieces = _pieces(outer, lexicon)
        if not pieces:
            break
        spans = [span for span, _ in pieces]
        inner_quotations = [
            q for span in spans for q in find_quotations(text, _unquoted(text, span))
        ]
        analysis = encoder.read(text, spans, apart=True, quotations=inner_quotations)
        owners = SpanMap((span, (span, owner)) for span, owner in pieces)
        inner = []
        for draft in draft_marked(analysis):
            parent = _owner(draft, owners)
            if parent is not None and draft.reach != parent.reach:
                draft.parent, draft.depth = parent, parent.depth + 1
                if draft.source is None and _is_passive_subject(parent, draft):
                    draft.source = parent.content[0]
                inner.append(draft)
        levels.append((analysis, inner))
        outer = inner
    return levels


def _pieces(drafts: Sequence[Draft], lexicon: CueLexicon) -> list[tuple[Span, Draft]]:
    """Sentences of contents in order of the text, each with the innermost claim that holds it."""
    found: dict[Span, Draft] = {}
    maps: dict[int, SpanMap[Sentence]] = {}
    for draft in drafts:
        if id(draft.analysis) not in maps:
            sentences = draft.analysis.sentences
            maps[id(draft.analysis)] = SpanMap((one.span, one) for one in sentences)
        for content in draft.content:
            for sentence in maps[id(draft.analysis)].overlapping(content):
                start, end = (
                    max(content.start, sentence.span.start),
                    min(content.end, sentence.span.end),
                )
                if start < end and _may_hold(draft.analysis, start, end, lexicon):
                    span = Span(start, end)
                    if span not in found or found[span].depth < draft.depth:
                        found[span] = draft
    ordered = sorted(found.items())
    return [
        (span, draft)
        for at, (span, draft) in enumerate(ordered)
        if at == 0 or span.start >= ordered[at - 1][0].end
    ]


def _may_hold(analysis: Analysis, start: int, end: int, lexicon: CueLexicon) -> bool:
    """Whether a stretch is long enough to hold a claim, and has a word that can be its cue."""
    first = bisect_left(analysis.words, start, key=lambda word: word[0])
    last = bisect_left(analysis.words, end, key=lambda word: word[0])
    return last - first >= _FEWEST_WORDS and any(
        _may_be_cue(analysis, word, lexicon) for word in range(first, last)
    )


def _may_be_cue(analysis: Analysis, word: int, lexicon: CueLexicon) -> bool:
    """Whether a word is a known cue; a noun only with an owner or with what it says behind it."""
    if len(analysis.inner) and analysis.inner[word] < _LEAST_INNER:
        return False
    upos = analysis.upos[word]
    if upos not in _CUE_UPOS or not lexicon.knows(analysis.word(word).lower(), upos):
        return False
    if upos != "NOUN":
        return True
    before = analysis.word(word - 1).lower() if word else ""
    after = analysis.word(word + 1).lower() if word + 1 < len(analysis.words) else ""
    return before in _OWNERS or after in _SAYS


def _is_passive_subject(parent: Draft, draft: Draft) -> bool:
    """Whether a content opens with who is quoted: "The minister | as saying that"."""
    if len(parent.content) < 2 or draft.cue_span.start < parent.content[0].end:
        return False
    analysis, name = parent.analysis, parent.content[0]
    first = bisect_left(analysis.words, name.start, key=lambda word: word[0])
    end = bisect_left(analysis.words, name.end, key=lambda word: word[0])
    return not any(upos in ("VERB", "AUX") for upos in analysis.upos[first:end])


def _owner(draft: Draft, pieces: SpanMap[tuple[Span, Draft]]) -> Draft | None:
    cue = draft.cue_span
    return next((parent for span, parent in pieces.overlapping(cue) if cue in span), None)


def _unquoted(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    if text[start] in "\"“'‘«„" and end - start > 2:
        start += 1
    return Span(start, end)
