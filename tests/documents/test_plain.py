from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.documents import Intake, read_text
from allegata.errors import InputError
from allegata.types import SegmentKind

ODD = (
    "The council said\ud800 that\0 all \u202ewas\u202c quiet.\x0bThe e\u0301nd.\u2028Last\x85 line."
)


def test_newlines_are_normalised_and_nothing_else(one):
    raw = ODD.replace("quiet.", "quiet.\r\nIndeed\rso.\n\r\n").encode("utf-8", "surrogatepass")
    doc = one("a.txt", raw)
    assert doc.text == ODD.replace("quiet.", "quiet.\nIndeed\nso.\n\n")
    assert doc.encoding == "utf-8"
    assert doc.warnings[0] == "1 lone surrogate kept as read."


def test_a_given_day_wins_over_one_in_the_text(one):
    raw = b"date 2018-11-25 The ministry said on Saturday that the bridge was closed."
    doc = one("a.txt", raw)
    assert (doc.published.day, doc.published.origin) == (date(2018, 11, 25), "text")
    assert doc.published.evidence.words(doc.text) == "2018-11-25"
    doc = one("a.txt", raw, Intake(published=date(2019, 1, 2)))
    assert (doc.published.day, doc.published.origin) == (date(2019, 1, 2), "given")
    assert doc.published.evidence is None


def test_no_day_is_told(one):
    doc = one("a.txt", b"The ministry said that the bridge was closed.")
    assert doc.published is None
    assert any("--published" in warning for warning in doc.warnings)


def test_read_text_takes_what_is_known():
    doc = read_text(
        "The council said\r\nthat all was quiet.",
        uri="memo",
        published=date(2020, 2, 29),
        publisher="The Example",
        title="All quiet",
    )
    assert doc.text == "The council said\nthat all was quiet."
    assert (doc.uri, doc.publisher, doc.title) == ("memo", "The Example", "All quiet")
    assert doc.published.day == date(2020, 2, 29)
    assert doc.encoding is None


@pytest.mark.parametrize("text", ["", " \n\t", "\0\0", "\ufeff"])
def test_read_text_refuses_nothing(text):
    with pytest.raises(InputError, match="has no text"):
        read_text(text)


@settings(deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=300))
def test_segments_lie_inside_and_never_overlap(text):
    try:
        doc = read_text(text, language="en")
    except InputError:
        return
    end = 0
    for segment in doc.segments:
        assert isinstance(segment.kind, SegmentKind)
        assert end <= segment.span.start < segment.span.end <= len(doc.text)
        end = segment.span.end
