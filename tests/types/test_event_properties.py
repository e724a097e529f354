"""Whatever events there are: each is told once, under its claim, and nothing breaks a page."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.types import (
    Act,
    Argument,
    Claim,
    Count,
    CountKind,
    Document,
    Entity,
    Event,
    EventKind,
    Interval,
    Link,
    LinkKind,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quotation,
    Role,
    Segment,
    SegmentKind,
    Span,
)
from allegata.types._page import draw_page
from allegata.types.closing import Ending
from allegata.types.event_wording import describe_telling
from allegata.types.telling import gather_tellings

TEXT = (
    "They shelled\nthe  mill <b> in Karsu on Saturday, killing \x1b[2J12 of 30, \u202eall said. "
    * 2
)
DOC = Document(TEXT, "a.txt", (Segment(SegmentKind.BODY, Span(0, len(TEXT))),))
CLAIMS = tuple(
    Claim(
        f"c{n}",
        "c0" if n else None,
        Span(0, 4) if n else None,
        "n1",
        None,
        (Span(n, len(TEXT)),) if n else (),
        Act.DEMAND if n == 2 else Act.STATE,
        Quotation.INDIRECT,
        None,
        1.0,
        "t",
    )
    for n in range(3)
)
ENTITIES = (Entity("n1", "the Northern Front", None, (Span(0, 4),)),)

spans = st.integers(0, len(TEXT) - 2).flatmap(
    lambda start: st.integers(start + 1, len(TEXT)).map(lambda end: Span(start, end))
)
days = st.one_of(st.none(), st.dates(date(1, 1, 1)))
intervals = st.builds(
    lambda pair, precision, evidence: Interval(*pair, precision, evidence),
    st.tuples(days, days).map(lambda pair: tuple(sorted(pair)) if None not in pair else pair),
    st.sampled_from(Precision),
    st.none() | spans,
)
numbers = st.none() | st.integers(0, 10**7)
counts = st.builds(
    Count,
    st.sampled_from(CountKind),
    numbers,
    numbers,
    st.none() | st.text(max_size=60),
    spans,
)
places = st.builds(
    Place,
    st.text(max_size=80),
    st.none(),
    st.none() | st.just(1.0),
    st.none() | st.just(2.0),
    st.none() | st.just("VX"),
    st.none() | st.sampled_from(PlacePrecision),
    st.none() | st.floats(0, 5000),
    spans,
    st.booleans(),
)
arguments = st.builds(Argument, st.sampled_from(Role), spans, st.sampled_from([None, "n1", "n9"]))
events = st.builds(
    Event,
    st.just("e1"),
    st.sampled_from(["c0", "c1", "c2", "c9"]),
    st.sampled_from(EventKind),
    spans,
    st.sampled_from(Polarity),
    st.sampled_from(Modality),
    st.lists(arguments, max_size=4).map(tuple),
    st.none() | places,
    st.none() | intervals,
    st.lists(counts, max_size=3).map(tuple),
    st.sampled_from(["p1", "p2", "p3"]),
    st.floats(0, 1),
    st.just("t"),
)
readings = st.lists(events, max_size=6)
links = st.builds(
    Link, st.sampled_from(LinkKind), st.just("p1"), st.sampled_from(["p2", "p8"]), st.none() | spans
)


@settings(max_examples=30)
@given(readings)
def test_each_event_is_told_once_by_its_claim(events):
    told = gather_tellings(events, (), TEXT)
    assert sum(len(one.events) for own in told.values() for one in own) == len(events)
    for claim, own in told.items():
        for telling in own:
            shared = {(e.claim, e.episode, e.polarity, e.modality) for e in telling.events}
            assert len(shared) == 1
            assert telling.events[0].claim == claim


@settings(max_examples=30)
@given(readings)
def test_a_line_names_every_trigger_and_how_it_is_put(events):
    for claim, own in gather_tellings(events, (), TEXT).items():
        holder = next((one for one in CLAIMS if one.id == claim), CLAIMS[0])
        for telling in own:
            words = describe_telling(telling, holder, DOC, ENTITIES)
            line = "".join(one.words for one in words)
            assert line.count("“") >= 1
            assert ("✗" in line.partition(":")[0]) == (telling.polarity is Polarity.NEGATIVE)
            assert not line.startswith(" · ")
            assert " ·  · " not in line


@settings(max_examples=30)
@given(readings, st.lists(links, max_size=3))
def test_a_page_holds_whatever_is_told(events, links):
    page = draw_page(DOC, CLAIMS, ENTITIES, tuple(events), tuple(links))
    assert "\x1b" not in page
    assert "<b> in" not in page
    for closing in Ending(DOC, CLAIMS, ENTITIES, events, links).lists():
        assert closing.items
