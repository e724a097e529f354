"""Claims that the model marked: from attributions to drafts."""

from collections.abc import Iterator

from allegata.claims.attributions import Attribution, find_attributions
from allegata.claims.drafts import Draft
from allegata.claims.syntax import head_word, phrase, subject_of
from allegata.encoder import Analysis, Mark
from allegata.types import Span

__all__ = ["draft_marked"]

_CLITICS = ("'s", "’s", "'", "’")


def draft_marked(analysis: Analysis) -> list[Draft]:
    """Drafts of all attributions that have a content, in order of their cues."""
    return [
        draft
        for attribution in find_attributions(analysis)
        if attribution.contents
        for draft in _drafts(analysis, attribution)
    ]


def _drafts(analysis: Analysis, attribution: Attribution) -> Iterator[Draft]:
    cue = attribution.cue
    probabilities = {
        "cue": cue.probability,
        "content": min(mark.probability for mark in attribution.contents),
    }
    if attribution.sources:
        named = _best_source(attribution)
        source: Span | None = named.span
        probabilities["source"] = named.probability
    else:
        source = source_by_syntax(analysis, cue.first, cue.end)
    content = tuple(mark.span for mark in attribution.contents)
    if source and any(source.overlaps(piece) for piece in content):
        source = None
    yield Draft(analysis, (cue.first, cue.end), source, content, probabilities)


def _best_source(attribution: Attribution) -> Mark:
    cue = attribution.cue
    return min(
        attribution.sources,
        key=lambda mark: (max(cue.first - mark.end, mark.first - cue.end), -mark.probability),
    )


def source_by_syntax(analysis: Analysis, first: int, end: int) -> Span | None:
    """Who speaks by a cue, from the tree: the subject of its verb or the owner of its noun.

    Args:
        analysis: Holds the cue.
        first: First word of the cue.
        end: One past its last word.

    Returns:
        The noun phrase, or None where nobody is named.
    """
    verb = head_word(analysis, first, end)
    subject = subject_of(analysis, verb)
    if subject is None or first <= subject < end:
        return None
    span = phrase(analysis, subject, without=("acl", "appos", "parataxis") if subject > end else ())
    cue = analysis.span(first, end)
    if span.overlaps(cue):
        if span.start >= cue.start:
            return None
        span = phrase(analysis, subject, without=("acl", "appos", "parataxis", "conj"))
        if span.overlaps(cue):
            return None
    words = span.words(analysis.text)
    for clitic in _CLITICS:
        if words.endswith(clitic):
            return Span(span.start, span.end - len(clitic))
    return span
