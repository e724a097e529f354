"""Statements from a reading: each event with everybody who is said to say so."""

import re

from allegata.incidents.holders import Cast
from allegata.types import Act, Argument, Claim, Event, Quotation, Reading, Span
from allegata.types.statement import Holder, HolderKind, Party, ReportedBy, Statement, Voice

__all__ = ["make_statements"]

_MOST_CHARACTERS = 700
_BORDER = re.compile(r"[.!?][\"”’)\]]*\s+|\n+")
_UNKNOWN = Holder("outlet:", "publisher unknown", HolderKind.OUTLET)
_DEEPEST = 12


def make_statements(by: ReportedBy, reading: Reading) -> tuple[Statement, ...]:
    """Make a statement of each event of a reading.

    Args:
        by: The report that was read.
        reading: Of it.

    Returns:
        In the order of the text; nothing in them that the reading does not hold.
    """
    cast = Cast.of(by.report, reading)
    claims = {claim.id: claim for claim in reading.claims}
    voices = {claim.id: _voice(claim, cast, by) for claim in reading.claims}
    text = reading.document.text
    borders = _find_borders(text)
    statements = []
    for event in reading.events:
        chain = _chain(event.claim, claims)
        passage = _find_passage(text, event, claims[chain[-1]], borders)
        statements.append(
            Statement(
                id=f"{by.report}#{event.id}",
                by=by,
                chain=tuple(voices[claim] for claim in chain),
                event=event.id,
                episode=event.episode,
                kind=event.kind,
                polarity=event.polarity,
                modality=event.modality,
                trigger=event.trigger,
                trigger_words=event.trigger.words(text),
                parties=tuple(_party(argument, cast, reading) for argument in event.arguments),
                place=event.place,
                time=event.time,
                counts=event.counts,
                count_words=tuple(count.evidence.words(text) for count in event.counts),
                passage=passage,
                words=passage.words(text),
                confidence=round(event.confidence, 4),
            )
        )
    return tuple(statements)


def _chain(innermost: str, claims: dict[str, Claim]) -> list[str]:
    chain = [innermost]
    while (parent := claims[chain[-1]].parent) is not None and len(chain) < _DEEPEST:
        if parent in chain:
            break
        chain.append(parent)
    return chain[::-1]


def _voice(claim: Claim, cast: Cast, by: ReportedBy) -> Voice:
    if claim.parent is None:
        outlet = by.outlet or _UNKNOWN
        return Voice(claim.id, outlet, Act.STATE, Quotation.INDIRECT, None, None, None, None)
    return Voice(
        claim=claim.id,
        holder=cast.holder(claim.entity, claim.source),
        act=claim.act,
        quotation=claim.quotation,
        said=claim.said,
        source=claim.source,
        cue=claim.cue,
        content=Span(claim.content[0].start, claim.content[-1].end) if claim.content else None,
        hedge=claim.source is None and claim.cue is not None,
    )


def _party(argument: Argument, cast: Cast, reading: Reading) -> Party:
    words = argument.span.words(reading.document.text)
    holder = cast.holder(argument.entity, argument.span)
    return Party(
        role=argument.role,
        words=words,
        name=holder.name,
        key=holder.key,
        actor=cast.actors.get(argument.entity or ""),
        country=holder.country,
        span=argument.span,
        type=holder.type,
    )


def _find_borders(text: str) -> list[int]:
    return [0, *(found.end() for found in _BORDER.finditer(text)), len(text)]


def _find_passage(text: str, event: Event, claim: Claim, borders: list[int]) -> Span:
    """The sentences from the first to the last of what shows who says what, but not too long."""
    near = [
        span
        for span in (claim.source, claim.cue)
        if span is not None and abs(span.start - event.trigger.start) < _MOST_CHARACTERS
    ]
    spans = [event.trigger, *near]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    start = max(border for border in borders if border <= first)
    end = min(border for border in borders if border >= last)
    start = max(start, event.trigger.start - _MOST_CHARACTERS)
    end = min(end, event.trigger.end + _MOST_CHARACTERS)
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Span(start, max(end, event.trigger.end))
