"""Relays: one source that passes on the words of another.

"Radio X, citing doctors, said", "according to X, quoting Y": one content, two sources, one inside
the other. "X quoted Y as saying Z": two contents, the inner one inside the outer.
"""

from collections.abc import Iterator, Sequence

from allegata.claims.drafts import Draft
from allegata.claims.syntax import children, head_of, phrase
from allegata.encoder import Analysis
from allegata.types import Span

__all__ = ["draft_relayed", "is_citing"]

_CITING = frozenset(("citing", "quoting"))


def is_citing(analysis: Analysis, draft: Draft) -> bool:
    """Whether a draft's cue is a participle that only names whose words another claim passes on."""
    return any(analysis.word(word).lower() in _CITING for word in range(*draft.cue))


def draft_relayed(analysis: Analysis, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of the inner claims of "citing Y" and "quoting Y", each inside the claim it serves.

    Args:
        analysis: The analysis of all drafts.
        drafts: Claims already found in it.
    """
    return list(_relayed(analysis, drafts))


def _relayed(analysis: Analysis, drafts: Sequence[Draft]) -> Iterator[Draft]:
    for word in range(len(analysis.words)):
        if analysis.word(word).lower() not in _CITING:
            continue
        served = _served(analysis, word, drafts)
        source = _cited(analysis, word)
        if source is None or served is None:
            continue
        if source.start < analysis.words[word][1] or any(
            source.overlaps(p) for p in served.content
        ):
            source = _cut_at(analysis, source, served)
            if source is None:
                continue
        yield Draft(
            analysis,
            (word, word + 1),
            source,
            served.content,
            dict(served.probabilities),
            parent=served,
            depth=served.depth + 1,
        )


def _cited(analysis: Analysis, word: int) -> Span | None:
    """Whose words are passed on: the object of "citing", else the words up to the next mark."""
    cited = next((c for c, relation in children(analysis, word) if relation == "obj"), None)
    if cited is not None and cited > word:
        return phrase(analysis, cited)
    end = word + 1
    sentence = analysis.sentences[analysis.sentence_of[word]]
    while end < sentence.end and analysis.upos[end] not in ("PUNCT", "VERB", "AUX", "SCONJ"):
        end += 1
    return analysis.span(word + 1, end) if end > word + 1 else None


def _cut_at(analysis: Analysis, source: Span, served: Draft) -> Span | None:
    borders = [piece.start for piece in served.content if source.start < piece.start < source.end]
    if not borders:
        return None
    words = analysis.text[source.start : min(borders)].rstrip(' ,;:"“')
    return Span(source.start, source.start + len(words)) if words else None


def _served(analysis: Analysis, word: int, drafts: Sequence[Draft]) -> Draft | None:
    """The claim whose source or cue a "citing" hangs on: by the tree, else the nearest one."""
    sentence = analysis.sentence_of[word]
    at = analysis.words[word][0]
    near = [
        draft
        for draft in drafts
        if analysis.sentence_of[draft.cue[0]] == sentence
        and draft.source is not None
        and not draft.holds(Span(*analysis.words[word]))
    ]
    head = Span(*analysis.words[head_of(analysis, word)])
    for draft in near:
        if head in draft.cue_span or (draft.source is not None and head in draft.source):
            return draft
    return min(near, key=lambda draft: abs(draft.cue_span.start - at), default=None)
