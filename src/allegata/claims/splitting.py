"""Cues that hold two attributions: "repeated | the ministry's earlier accusations | that ..."."""

from allegata.claims.cues import CueLexicon
from allegata.claims.drafts import Draft
from allegata.claims.syntax import children, phrase
from allegata.encoder import Analysis
from allegata.types import Span

__all__ = ["split_cue"]

_POSSESSIVES = ("'s", "’s", "'", "’")


def split_cue(draft: Draft, lexicon: CueLexicon) -> list[Draft]:
    """Split a cue of a verb with a noun of saying that somebody else owns.

    Args:
        draft: As marked: cue "repeated the ministry's accusations", content "that ...".
        lexicon: Knows nouns of saying.

    Returns:
        The draft alone, or the outer one with content "the ministry's accusations that ..." and the
        inner one, the ministry's.
    """
    analysis, (first, end) = draft.analysis, draft.cue
    for noun in range(first + 2, end):
        if analysis.upos[noun] != "NOUN" or not _is_noun_of_saying(analysis.word(noun), lexicon):
            continue
        owner = _owner(analysis, first, noun)
        if owner is None or draft.content[0].start < analysis.words[noun][1]:
            return [draft]
        start = analysis.words[owner[0]][0]
        outer = Draft(
            analysis,
            (first, owner[0]),
            draft.source,
            (Span(start, draft.content[0].end), *draft.content[1:]),
            draft.probabilities,
            draft.parent,
            draft.depth,
        )
        inner = Draft(
            analysis,
            (noun, noun + 1),
            analysis.span(*owner),
            draft.content,
            draft.probabilities,
            outer,
            draft.depth + 1,
        )
        return [outer, inner]
    return [draft]


def _is_noun_of_saying(word: str, lexicon: CueLexicon) -> bool:
    return any(entry.pos == "noun" for entry in lexicon.starting(word.lower()))


def _owner(analysis: Analysis, first: int, noun: int) -> tuple[int, int] | None:
    """Words of the noun's owner, between the cue's verb and the noun, without the possessive."""
    for child, relation in children(analysis, noun):
        if relation == "nmod:poss" and first < child < noun:
            span = phrase(analysis, child)
            words = [
                n
                for n in range(first + 1, noun)
                if analysis.words[n][0] >= span.start and analysis.words[n][1] <= span.end
            ]
            while words and analysis.word(words[-1]) in _POSSESSIVES:
                words.pop()
            return (words[0], words[-1] + 1) if words else None
    return None
