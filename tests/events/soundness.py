"""What holds of the events of every reading, whatever the text was."""

from itertools import pairwise

from allegata.cli.contract import ReadingLine
from allegata.reading import READ_SEGMENTS
from allegata.types import Claim, Count, Event, Place, Reading, Span

__all__ = ["assert_nothing_invented"]


def assert_nothing_invented(reading: Reading) -> None:
    """Every value has words of the text behind it and stands inside a claim that exists.

    The schema of the JSON holds each span against the text and each reference against what it
    refers to; the rest is held here.
    """
    ReadingLine.model_validate_json(reading.to_json())
    claims = {claim.id: claim for claim in reading.claims}
    assert [claim.id for claim in reading.claims] == [f"c{n}" for n in range(len(claims))]
    numbers = range(1, len(reading.events) + 1)
    assert [event.id for event in reading.events] == [f"e{n}" for n in numbers]
    for before, after in pairwise(reading.events):
        assert before.trigger.start < after.trigger.start
    for event in reading.events:
        _assert_carried(event, claims)
        _assert_dated(event, reading)
        for count in event.counts:
            _assert_counted(count, reading)
        if event.place is not None:
            _assert_placed(event.place, reading)
        spans = [event.trigger, *(argument.span for argument in event.arguments)]
        assert all(_is_read(span, reading) for span in spans)
    _assert_episodes(reading)


def _assert_carried(event: Event, claims: dict[str, Claim]) -> None:
    """Its trigger lies in the content of its claim; the own voice's in no content."""
    holding = {id_ for id_, claim in claims.items() if _holds(claim, event.trigger)}
    assert event.claim in (holding or {"c0"})


def _holds(claim: Claim, span: Span) -> bool:
    return any(piece.start <= span.start < piece.end for piece in claim.content)


def _assert_dated(event: Event, reading: Reading) -> None:
    """A time has words or follows from the date of the document; one unresolved has its words."""
    time = event.time
    if time is None:
        return
    assert time.start is None or time.end is None or time.start <= time.end
    if time.evidence is None:
        assert reading.document.published is not None
        assert time.start is not None or time.end is not None
    else:
        assert _is_read(time.evidence, reading)


def _assert_counted(count: Count, reading: Reading) -> None:
    assert count.low is not None or count.high is not None
    assert count.low is None or count.high is None or 0 <= count.low <= count.high
    assert count.of is None or count.of in reading.document.text
    assert _is_read(count.evidence, reading)


def _assert_placed(place: Place, reading: Reading) -> None:
    """A place that no gazetteer has is its words and nothing else."""
    assert (place.latitude is None) == (place.longitude is None) == (place.id is None)
    assert _is_read(place.evidence, reading)
    if place.id is None:
        assert place.name in place.evidence.words(reading.document.text)
        told = (place.country, place.precision, place.radius_km, place.stands_in)
        assert told == (None, None, None, False)


def _assert_episodes(reading: Reading) -> None:
    """They are numbered by their first event, and links join two of them."""
    episodes = list(dict.fromkeys(event.episode for event in reading.events))
    assert episodes == [f"p{n}" for n in range(1, len(episodes) + 1)]
    for link in reading.links:
        assert {link.source, link.target} <= set(episodes)
        assert link.source != link.target


def _is_read(span: Span, reading: Reading) -> bool:
    """Whether words lie in what claims and events are read from."""
    return any(
        span.overlaps(segment.span)
        for segment in reading.document.segments
        if segment.kind in READ_SEGMENTS
    )
