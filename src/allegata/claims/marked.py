"""Claims that the model marked: from attributions to drafts."""

from allegata.claims.attributions import Attribution, find_attributions
from allegata.claims.drafts import Draft
from allegata.claims.governed import complement_of, source_by_syntax
from allegata.encoder import Analysis, Mark
from allegata.types import Span

__all__ = ["draft_marked"]


def draft_marked(analysis: Analysis) -> list[Draft]:
    """Drafts of all attributions that have a content, in order of their cues.

    A source or content that the model did not mark is looked for in the sentence's tree.
    """
    drafts = (_draft(analysis, attribution) for attribution in find_attributions(analysis))
    return [draft for draft in drafts if draft is not None]


def _draft(analysis: Analysis, attribution: Attribution) -> Draft | None:
    cue = attribution.cue
    probabilities = {"cue": cue.probability}
    if attribution.sources:
        named = _best_source(attribution)
        source: Span | None = named.span
        probabilities["source"] = named.probability
    else:
        source = source_by_syntax(analysis, cue.first, cue.end)
    if attribution.contents:
        content = tuple(mark.span for mark in attribution.contents)
        probabilities["content"] = min(mark.probability for mark in attribution.contents)
    elif (governed := complement_of(analysis, cue.first, cue.end)) is not None:
        content = (governed,)
    else:
        return None
    if source and any(source.overlaps(piece) for piece in content):
        source = None
    return Draft(analysis, (cue.first, cue.end), source, content, probabilities)


def _best_source(attribution: Attribution) -> Mark:
    cue = attribution.cue
    return min(
        attribution.sources,
        key=lambda mark: (max(cue.first - mark.end, mark.first - cue.end), -mark.probability),
    )
