"""When a claim was said: the temporal expression that stands with its cue."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from allegata.grounding.times import Timex
from allegata.types import Claim, Interval, Span, SpanMap

__all__ = ["date_claims"]

_CLOSE = 60
"""Characters between a cue and a temporal expression that belongs to it."""


def date_claims(
    claims: Sequence[Claim], timexes: Sequence[Timex], sentences: Sequence[Span]
) -> tuple[Claim, ...]:
    """Give each claim the time at which it was said, where its sentence tells.

    An expression belongs to a cue when both stand in one sentence, outside what is said and outside
    the name of who says it: between source and content ("said on Saturday that"), behind a trailing
    cue ("..., the army said Friday"), or before a source that leads ("On Sunday the staff said").

    Args:
        claims: In any order.
        timexes: The temporal expressions of the document, in order.
        sentences: Its sentences, in order.

    Returns:
        The claims in the same order.
    """
    starts = [sentence.start for sentence in sentences]
    by_id = {claim.id: claim for claim in claims}
    contents = SpanMap((piece, claim) for claim in claims for piece in claim.content)
    by_place = SpanMap((timex.span, timex) for timex in timexes)
    dated = []
    for claim in claims:
        said = None
        if claim.cue is not None and claim.source is not None:
            at = bisect_right(starts, claim.cue.start) - 1
            room = sentences[at] if at >= 0 else claim.cue
            here = [timex for timex in by_place.overlapping(room) if timex.span in room]
            said = _said(claim, by_id, contents, here, room)
        dated.append(claim if said == claim.said else replace(claim, said=said))
    return tuple(dated)


def _said(
    claim: Claim,
    claims: dict[str, Claim],
    contents: SpanMap[Claim],
    timexes: Sequence[Timex],
    sentence: Span,
) -> Interval | None:
    parent = claims.get(claim.parent or "")
    room = (
        next((piece for piece in parent.content if claim.cue and claim.cue in piece), sentence)
        if parent and parent.content
        else sentence
    )
    free = [
        timex
        for timex in timexes
        if timex.span in room and not _is_taken(timex.span, claim, claims, contents)
    ]
    near = [(gap, timex) for timex in free if (gap := _gap(claim, timex.span)) is not None]
    if not near:
        return None
    return min(near, key=lambda pair: pair[0])[1].interval


def _is_taken(span: Span, claim: Claim, claims: dict[str, Claim], contents: SpanMap[Claim]) -> bool:
    """Whether an expression is part of what is said, or of who says it."""
    own = (*claim.content, claim.source)
    if any(piece is not None and span.overlaps(piece) for piece in own):
        return True
    holders = _ancestors(claim, claims)
    return any(
        other is not claim and other.id not in holders for other in contents.overlapping(span)
    )


def _ancestors(claim: Claim, claims: dict[str, Claim]) -> set[str]:
    found: set[str] = set()
    while claim.parent is not None and claim.parent in claims:
        claim = claims[claim.parent]
        found.add(claim.id)
    return found


def _gap(claim: Claim, span: Span) -> int | None:
    """Characters between cue and expression, or None where the expression cannot belong to it."""
    cue, source = claim.cue, claim.source
    if cue is None or source is None:
        return None
    if span.start >= cue.end:
        gap = span.start - cue.end
        blocked = any(cue.end <= piece.start < span.start for piece in claim.content)
        if source.start >= cue.end and source.end <= span.start:
            gap = span.start - source.end
        return None if blocked or gap > _CLOSE else gap
    if span.end <= source.start <= cue.start:
        leads = all(piece.start >= cue.start for piece in claim.content)
        return source.start - span.end if leads and source.start - span.end <= 2 * _CLOSE else None
    return cue.start - span.end if span.end <= cue.start else None
