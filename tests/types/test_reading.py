"""How readings are written: by the contract, on one line, with offsets that hold."""

import json
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from allegata.cli.contract import ReadingLine
from allegata.types import (
    Act,
    Alias,
    Claim,
    Document,
    Entity,
    EntityType,
    Interval,
    Precision,
    Published,
    Quotation,
    Reading,
    Segment,
    SegmentKind,
    Span,
)

NAMES = ["DEPOT", "ARABIC", "BARE", "WIDE"]

# Of surrogates only a high one: JSON cannot tell a high one before a low one from one character.
ODD = "\u2028\u2029\x85\x0b\x0c\x1c\x00\ufeff\ud800\U0001f600"
TEXTS = st.lists(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(ODD)), min_size=1, max_size=12
).map("".join)


@st.composite
def readings(draw) -> Reading:
    text = draw(TEXTS)

    def spans():
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def maybe(make):
        return make() if draw(st.booleans()) else None

    entities = tuple(
        Entity(
            f"n{number}",
            text,
            draw(st.sampled_from([None, *EntityType])),
            (spans(),),
            (Alias(text, spans()),),
        )
        for number in range(1, 3)
    )
    claims = [Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1, "t")]
    for number in range(1, draw(st.integers(1, 4))):
        days = sorted((draw(st.dates()), date(2031, 3, 8)))
        said = Interval(*days, draw(st.sampled_from(Precision)), maybe(spans))
        claims.append(
            Claim(
                f"c{number}",
                draw(st.sampled_from([claim.id for claim in claims])),
                maybe(spans),
                draw(st.sampled_from([None, "n1", "n2"])),
                maybe(spans),
                tuple(spans() for _ in range(draw(st.integers(1, 3)))),
                draw(st.sampled_from(Act)),
                draw(st.sampled_from(Quotation)),
                draw(st.sampled_from([None, said])),
                draw(st.floats(0, 1)),
                "test@0",
            )
        )
    kind = draw(st.sampled_from(SegmentKind))
    segments = (Segment(kind, Span(0, len(text))),)
    doc = Document(text, text, segments, title=maybe(lambda: text))
    return Reading(doc, tuple(claims), entities)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(readings())
def test_every_reading_follows_the_contract_on_one_line(reading):
    line = reading.to_json()
    assert line.encode("utf-8")
    assert len(line.splitlines()) == 1, "also for those who split lines at U+2028 or U+0085"
    written = json.loads(line)
    assert written["document"]["text"] == reading.document.text
    if "\\ud800" not in line:  # like other strict parsers, pydantic refuses lone surrogates
        ReadingLine.model_validate_json(line)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(readings())
def test_every_span_carries_its_words(reading):
    written = json.loads(reading.to_json())
    text = written["document"]["text"]
    found = 0
    waiting = [written["claims"], written["entities"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict) and {"start", "end", "text"} <= value.keys():
            assert text[value["start"] : value["end"]] == value["text"]
            found += 1
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    assert found >= 4, "two mentions and two aliases at the least"


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_follows_the_contract(samples, name):
    ReadingLine.model_validate_json(getattr(samples, name).to_json())


def test_the_documents_fields_are_written_as_the_contract_says():
    moment = datetime(2031, 3, 9, 0, 43, tzinfo=timezone(timedelta(hours=3)))
    published = Published(moment.date(), moment, "metadata")
    doc = Document("Text.", "a", (), publisher="P", title="T", published=published, language="en")
    written = Reading(doc, ()).to_dict()["document"]
    assert written["id"].startswith("sha256:")
    assert written["published"] == "2031-03-09", "the day where it was published, not in UTC"
    assert written["published_at"] == "2031-03-09T00:43:00+03:00"
    assert written["published_origin"] == "metadata"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("claims", 1, "parent"), "c99"),
        (("claims", 1, "parent"), None),
        (("claims", 1, "source", "entity"), "n99"),
        (("claims", 1, "source", "text"), "other words"),
        (("claims", 1, "cue", "start"), -1),
        (("claims", 1, "act"), "claim"),
        (("claims", 1, "confidence"), 1.5),
        (("claims", 1, "said"), "2031-03-08"),
        (("document", "id"), "1"),
        (("segments", 0, "kind"), "advert"),
        (("claims",), []),
    ],
)
def test_the_contract_refuses_what_breaks_it(samples, path, value):
    written = json.loads(samples.DEPOT.to_json())
    place = written
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        ReadingLine.model_validate(written)


def test_the_same_text_has_the_same_id_wherever_it_was_found():
    one, other = Document("Text.", "a", ()), Document("Text.", "b", ())
    assert one.id == other.id != Document("Text", "a", ()).id
    assert Document("\ud800", "a", ()).id, "also for a text that no encoding takes"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2)])
def test_a_span_holds_at_least_one_character(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_spans_know_how_they_lie():
    assert Span(2, 4) in Span(2, 5)
    assert Span(1, 4) not in Span(2, 5)
    assert Span(1, 3).overlaps(Span(2, 5))
    assert not Span(1, 2).overlaps(Span(2, 5))
    assert Span(1, 3).words("abcd") == "bc"
    assert len(Span(1, 3)) == 2


def test_an_interval_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="ends before it starts"):
        Interval(date(2031, 3, 2), date(2031, 3, 1), Precision.DAY)
    Interval(date(2031, 3, 1), None, Precision.BOUNDED)
