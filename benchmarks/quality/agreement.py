"""How far two annotations of one document agree: a program with a person, or two people.

Spans follow CofeNet's `exact_match` and `jaccard`: all spans of one role in a document are a set,
whatever attribution they belong to, and a prediction is right when the same span is in the other
set. Attributions are compared as wholes, source with cue with content.
"""

from collections.abc import Sequence

from allegata.types import Span
from benchmarks.quality.portion import ROLES, Attribution
from benchmarks.quality.spans import overlap_ratio, shared_length
from benchmarks.quality.tally import Tally

__all__ = ["LENIENT", "compare", "pair_attributions"]

LENIENT = 0.5
"""Share of characters in common, over characters in either, that each part must reach."""


def compare(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> dict[str, Tally]:
    """Count what two annotations of one document have in common.

    Returns:
        A tally for each role (`source`), for its overlap (`source overlap`) and likeness
        (`source jaccard`), and for whole attributions (`triple`, `triple lenient`).
    """
    figures: dict[str, Tally] = {}
    for role in ROLES:
        ours, theirs = _spans(predicted, role), _spans(gold, role)
        figures[role] = Tally(len(ours & theirs), len(ours), len(theirs))
        figures[f"{role} overlap"] = _overlap(theirs, ours)
        figures[f"{role} jaccard"] = _jaccard(theirs, ours)
    ours_whole, theirs_whole = _wholes(predicted), _wholes(gold)
    exact = len(ours_whole & theirs_whole)
    figures["triple"] = Tally(exact, len(ours_whole), len(theirs_whole))
    figures["triple lenient"] = Tally(
        len(pair_attributions(gold, predicted)),
        sum(one.is_whole for one in predicted),
        sum(one.is_whole for one in gold),
    )
    return figures


def pair_attributions(
    gold: Sequence[Attribution], predicted: Sequence[Attribution]
) -> dict[int, int]:
    """Pair attributions whose three parts each share at least `LENIENT` of their characters.

    Only those with cue and content are paired. No source on both sides is alike; on one side only,
    it is not. Best pairs first.

    Returns:
        Index into `gold` by index into `predicted`; each of both at most once.
    """
    likeness = sorted(
        (-alike, p, g)
        for p, ours in enumerate(predicted)
        for g, theirs in enumerate(gold)
        if (alike := _likeness(theirs, ours)) is not None
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, p, g in likeness:
        if p not in pairs and g not in taken:
            pairs[p] = g
            taken.add(g)
    return pairs


def _likeness(one: Attribution, other: Attribution) -> float | None:
    """Sum of the ratios of all parts, or None where one is too small."""
    if not (one.is_whole and other.is_whole):
        return None
    total = 0.0
    for role in ("cue", "source", "content"):  # cues are short and seldom meet by chance
        ratio = overlap_ratio(one.role(role), other.role(role))
        if ratio < LENIENT:
            return None
        total += ratio
    return total


def _wholes(attributions: Sequence[Attribution]) -> set[tuple[tuple[Span, ...], ...]]:
    return {(one.source, one.cue, one.content) for one in attributions if one.is_whole}


def _spans(attributions: Sequence[Attribution], role: str) -> set[Span]:
    return {span for attribution in attributions for span in attribution.role(role)}


def _overlap(gold: set[Span], predicted: set[Span]) -> Tally:
    """Spans paired one to one that share a character, those that share most first."""
    shared = sorted(
        (-shared_length([ours], [theirs]), ours, theirs)
        for ours in predicted
        for theirs in gold
        if ours.start < theirs.end and theirs.start < ours.end
    )
    met: set[Span] = set()
    hit: set[Span] = set()
    for _, ours, theirs in shared:
        if ours not in hit and theirs not in met:
            hit.add(ours)
            met.add(theirs)
    return Tally(len(hit), len(predicted), len(gold))


def _jaccard(gold: set[Span], predicted: set[Span]) -> Tally:
    """Mean likeness of gold spans with their best match; a prediction that meets none counts 0."""
    likeness = sum(
        max((_ratio(span, other) for other in predicted if span.overlaps(other)), default=0.0)
        for span in gold
    )
    strays = sum(not any(span.overlaps(other) for other in gold) for span in predicted)
    return Tally(likeness, len(gold) + strays, len(gold) + strays)


def _ratio(one: Span, other: Span) -> float:
    return overlap_ratio([one], [other])
