"""The colon of a headline: "Gas attack kills four: activists", "Minister: no troops sent"."""

from collections.abc import Sequence

from allegata.claims.drafts import Draft
from allegata.encoder import Analysis
from allegata.types import Span

__all__ = ["draft_headlines"]

_MOST_WORDS_OF_A_SOURCE = 5
_STOPS = frozenset((".", "?", "!", ";", '"', "”"))


def draft_headlines(analysis: Analysis, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of headlines in which a colon stands for the cue.

    A headline is a sentence without a stop. The side that names nobody's deed (no verb, at most
    five words, no number) is the source; the other one must have a verb. In front only a name or
    a capitalised office can be told from a mere topic ("Border war: rebels retreat"), so a leading
    source needs a name that the model reads as a person or an organisation.

    Args:
        analysis: Sentences with parts of speech and names.
        drafts: What was found already; colons and sources that they use are left alone.
    """
    taken = {word for draft in drafts for word in range(*draft.cue)}
    sources = [draft.source for draft in drafts if draft.source is not None]
    found = []
    for sentence in analysis.sentences:
        last = analysis.word(sentence.end - 1)
        colons = [w for w in range(sentence.first + 1, sentence.end - 1) if analysis.word(w) == ":"]
        if last in _STOPS or len(colons) != 1 or colons[0] in taken:
            continue
        draft = _draft(analysis, sentence.first, colons[0], sentence.end)
        if draft is None or draft.source is None:
            continue
        if not any(draft.source.overlaps(source) for source in sources):
            found.append(draft)
    return found


def _draft(analysis: Analysis, first: int, colon: int, end: int) -> Draft | None:
    before, after = range(first, colon), range(colon + 1, end)
    cue = (colon, colon + 1)
    if _names_somebody(analysis, after) and _has_verb(analysis, before):
        return Draft(analysis, cue, _span(analysis, after), (_span(analysis, before),))
    named = any(
        name.kind in ("per", "org") and name.first in before and name.end - 1 in before
        for name in analysis.names
    )
    if named and _names_somebody(analysis, before) and _has_verb(analysis, after):
        return Draft(analysis, cue, _span(analysis, before), (_span(analysis, after),))
    return None


def _names_somebody(analysis: Analysis, words: range) -> bool:
    return (
        len(words) <= _MOST_WORDS_OF_A_SOURCE
        and not any(analysis.upos[word] in ("VERB", "AUX", "NUM", "PUNCT") for word in words)
        and any(analysis.upos[word] in ("NOUN", "PROPN") for word in words)
    )


def _has_verb(analysis: Analysis, words: range) -> bool:
    return len(words) > 1 and any(analysis.upos[word] in ("VERB", "AUX") for word in words)


def _span(analysis: Analysis, words: range) -> Span:
    return analysis.span(words.start, words.stop)
