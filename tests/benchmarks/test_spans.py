from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.types import Span
from benchmarks.quality.spans import overlap_ratio, shared_length, tidy_spans

TEXT = "“No,” she said. “We left  early.”\n\n  It rained.\n"


def words(text, *spans):
    return [span.words(text) for span in tidy_spans(text, spans)]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(0, 5)], ["“No,”"]),
        ([(5, 15)], ["she said."]),  # a blank too many
        ([(16, 24), (26, 33)], ["“We left  early.”"]),  # each half marked on its own
        ([(26, 33), (16, 24)], ["“We left  early.”"]),  # in any order
        ([(16, 47)], ["“We left  early.”", "It rained."]),  # over the end of a line
        ([(16, 33), (37, 47)], ["“We left  early.”", "It rained."]),  # lines are never joined
        ([(0, 5), (16, 33)], ["“No,”", "“We left  early.”"]),  # words lie between
        ([(16, 24), (19, 33)], ["“We left  early.”"]),  # overlapping
        ([(33, 37)], []),  # white space alone
    ],
)
def test_spans_are_tidied(spans, expected):
    assert words(TEXT, *(Span(*span) for span in spans)) == expected


def test_carriage_returns_end_a_line_too():
    text = "He said:\r\nNo.\r\n"
    assert words(text, Span(0, len(text))) == ["He said:", "No."]


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(alphabet="ab \n\r\U0001f600", min_size=1, max_size=40))
    borders = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(borders, borders).filter(lambda p: p[0] != p[1]), max_size=6))
    return text, [Span(min(pair), max(pair)) for pair in pairs]


@settings(deadline=None)  # a busy machine is no fault
@given(texts_with_spans())
def test_tidy_spans_are_sorted_apart_and_stay_so(drawn):
    text, spans = drawn
    tidy = tidy_spans(text, spans)
    assert tidy_spans(text, tidy) == tidy
    assert all(a.end < b.start for a, b in pairwise(tidy))
    for span in tidy:
        assert span.words(text) == span.words(text).strip()
        assert "\n" not in span.words(text)
    inside = {i for span in spans for i in range(span.start, span.end) if not text[i].isspace()}
    kept = {i for span in tidy for i in range(span.start, span.end) if not text[i].isspace()}
    assert inside == kept


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ([], [], 1.0),
        ([(0, 4)], [], 0.0),
        ([(0, 4)], [(0, 4)], 1.0),
        ([(0, 4)], [(2, 6)], 2 / 6),
        ([(0, 2), (4, 6)], [(0, 6)], 4 / 6),
        ([(0, 2)], [(2, 4)], 0.0),
    ],
)
def test_overlap_ratio(one, other, ratio):
    one, other = [Span(*s) for s in one], [Span(*s) for s in other]
    assert overlap_ratio(one, other) == pytest.approx(ratio)
    assert shared_length(one, other) == shared_length(other, one)
