"""What a draft means: whether it counts as a claim, and what its source does by saying it."""

from bisect import bisect_left
from collections.abc import Collection

from allegata.claims.acts import classify_act, counts_as_claim
from allegata.claims.complements import Complement, find_complements
from allegata.claims.cues import CueLexicon, Phrase
from allegata.claims.drafts import Draft
from allegata.claims.syntax import children, head_word
from allegata.encoder import Analysis
from allegata.types import Act, Span

__all__ = ["act_of", "is_claim"]

_THIRD = frozenset(("it", "he", "she", "they"))
_LEAD = frozenset(("that", ",", '"', "“", "‘", "'"))
_NEGATORS = frozenset(("not", "n't", "n’t", "never"))
_OPENERS = frozenset(("against", "for", "of"))


def is_claim(draft: Draft, lexicon: CueLexicon, deeds: Collection[int] = ()) -> bool:
    """Whether a draft counts: speech always, thoughts where they are about the world.

    Args:
        draft: With cue and content.
        lexicon: What is known of cues.
        deeds: Where words start that the model reads as events.
    """
    cue, content = _phrases(draft)
    if _is_deed(draft, content, lexicon, deeds):
        return False
    return counts_as_claim(cue, content, lexicon, own=_speaks_of_itself(draft, content))


def act_of(draft: Draft, lexicon: CueLexicon) -> Act:
    """What the source of a draft does by saying it."""
    if draft.hedge or draft.is_bare:
        return Act.STATE
    cue, content = _phrases(draft)
    return classify_act(cue, content, lexicon, own=_speaks_of_itself(draft, content))


def _is_deed(draft: Draft, content: Phrase, lexicon: CueLexicon, deeds: Collection[int]) -> bool:
    """Whether a cue names a deed ("attacked the convoy"): an event done to a thing, not words."""
    analysis = draft.analysis
    verbs = [at for at in range(*draft.cue) if analysis.upos[at] == "VERB"]
    if not verbs or analysis.words[verbs[-1]][0] not in deeds:
        return False
    said = find_complements(content, lexicon)
    return not said & {Complement.FINITE, Complement.QUOTED, Complement.TO_INFINITIVE}


def _phrases(draft: Draft) -> tuple[Phrase, Phrase]:
    """The cue, and all that is said; a preposition at the end of a cue opens what is said."""
    analysis = draft.analysis
    cue = _negated(draft, _phrase(analysis, draft.cue_span))
    pieces = [_phrase(analysis, piece) for piece in draft.content]
    said = Phrase(
        tuple(word for piece in pieces for word in piece.words),
        tuple(upos for piece in pieces for upos in piece.upos),
    )
    if len(cue.words) > 1 and cue.upos[-1] == "ADP" and cue.words[-1].lower() in _OPENERS:
        said = Phrase((cue.words[-1], *said.words), ("ADP", *said.upos))
    return cue, said


def _negated(draft: Draft, cue: Phrase) -> Phrase:
    """The cue with a "not" that stands before it: "could not | verify"."""
    analysis = draft.analysis
    verb = head_word(analysis, *draft.cue)
    negators = [
        analysis.word(child)
        for child, relation in children(analysis, verb)
        if relation == "advmod"
        and child < draft.cue[0]
        and analysis.word(child).lower() in _NEGATORS
    ]
    if not negators:
        return cue
    return Phrase((*negators, *cue.words), (*("PART" for _ in negators), *cue.upos))


def _phrase(analysis: Analysis, span: Span) -> Phrase:
    first = bisect_left(analysis.words, span.start, key=lambda word: word[0])
    end = bisect_left(analysis.words, span.end, key=lambda word: word[0])
    words = tuple(analysis.word(number) for number in range(first, end))
    return Phrase(words, analysis.upos[first:end])


def _speaks_of_itself(draft: Draft, content: Phrase) -> bool | None:
    """Whether the content's subject is a pronoun that, so near a source, most likely means it."""
    opening = next((word.lower() for word in content.words if word.lower() not in _LEAD), "")
    return True if draft.source is not None and opening in _THIRD else None
