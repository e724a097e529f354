"""Marks of the model mended where grammar is plain: coordination, expletives, adverbial clauses."""

from bisect import bisect_left

from allegata.claims.cues import Counts, CueLexicon
from allegata.claims.drafts import Draft
from allegata.claims.syntax import children, head_of, head_word, relation_of
from allegata.encoder import Analysis
from allegata.types import Span

__all__ = ["mend"]

_ADVERBIAL = frozenset(("as", "while", "when", "after", "before", "since", "because", "until"))


def mend(draft: Draft, lexicon: CueLexicon) -> Draft | None:
    """Mend one draft, or drop it.

    Args:
        draft: As the model marked it.
        lexicon: Tells which coordinated verbs are cues of their own.

    Returns:
        The draft; None where its content is an adverbial clause, which says when and not what.
    """
    if _is_adverbial(draft):
        return None
    if draft.source is not None and _is_expletive(draft, draft.source):
        draft.source = None
        draft.probabilities.pop("source", None)
    draft.content = tuple(_before_next_cue(draft, piece, lexicon) for piece in draft.content)
    return draft


def _first_word(analysis: Analysis, at: int) -> int:
    return bisect_left(analysis.words, at, key=lambda word: word[0])


def _is_adverbial(draft: Draft) -> bool:
    analysis = draft.analysis
    if len(draft.content) != 1 or draft.content[0].start < draft.cue_span.end:
        return False
    word = _first_word(analysis, draft.content[0].start)
    return (
        analysis.word(word).lower() in _ADVERBIAL
        and relation_of(analysis, word) in ("mark", "advmod")
        and relation_of(analysis, head_of(analysis, word)).startswith("advcl")
    )


def _is_expletive(draft: Draft, source: Span) -> bool:
    """Whether "it" stands for nobody: "it was reported that"."""
    analysis = draft.analysis
    if source.words(analysis.text).lower() != "it":
        return False
    verb = head_word(analysis, *draft.cue)
    return any(relation in ("aux:pass", "expl") for _, relation in children(analysis, verb))


def _before_next_cue(draft: Draft, piece: Span, lexicon: CueLexicon) -> Span:
    """A content up to a coordinated verb that is a cue of the same source."""
    analysis = draft.analysis
    verb = head_word(analysis, *draft.cue)
    for word in range(_first_word(analysis, piece.start) + 1, _first_word(analysis, piece.end)):
        if (
            relation_of(analysis, word) == "conj"
            and head_of(analysis, word) == verb
            and not any(relation.startswith("nsubj") for _, relation in children(analysis, word))
            and _is_cue(analysis.word(word).lower(), lexicon)
        ):
            end = analysis.words[word][0]
            joined = [c for c, relation in children(analysis, word) if relation == "cc" and c < word]
            if joined:
                end = analysis.words[min(joined)][0]
            if end > piece.start + 1:
                return Span(piece.start, end)
    return piece


def _is_cue(form: str, lexicon: CueLexicon) -> bool:
    return any(
        entry.pos == "verb" and entry.counts is not Counts.NEVER for entry in lexicon.starting(form)
    )
