"""The words for dates, doubts and names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.types import Act, Interval, Precision, Published
from allegata.types.visible import make_line_visible, make_visible
from allegata.types.wording import (
    choose_arrow,
    describe_confidence,
    describe_interval,
    describe_published,
    raise_number,
    shorten,
)

DAY, LATER = date(2031, 3, 8), date(2031, 3, 14)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (None, "date unknown"),
        (Interval(DAY, DAY, Precision.DAY), "8 March 2031"),
        (Interval(DAY, LATER, Precision.WEEK), "8 March to 14 March 2031"),
        (
            Interval(date(2030, 12, 30), date(2031, 1, 5), Precision.WEEK),
            "30 December 2030 to 5 January 2031",
        ),
        (Interval(date(2031, 3, 1), date(2031, 3, 31), Precision.MONTH), "March 2031"),
        (Interval(date(2031, 1, 1), date(2031, 12, 31), Precision.YEAR), "2031"),
        (Interval(None, DAY, Precision.BOUNDED), "by 8 March 2031"),
        (Interval(DAY, None, Precision.BOUNDED), "from 8 March 2031"),
        (Interval(None, None, Precision.BOUNDED), "date unknown"),
        (Interval(date(1, 1, 1), date(1, 1, 1), Precision.DAY), "1 January 0001"),
    ],
)
def test_words_of_an_interval(interval, words):
    assert describe_interval(interval, "") == words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "date unknown"),
        (Published(DAY), "Saturday 8 March 2031"),
        (Published(DAY, origin="text"), "Saturday 8 March 2031 (from the text)"),
        (Published(DAY, origin="metadata"), "Saturday 8 March 2031 (from metadata)"),
    ],
)
def test_words_of_a_publication_day(published, words):
    assert describe_published(published) == words


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, ""),
        (0.7, ""),
        (0.69, "unsure reading, 69%"),
        (0.5, "unsure reading, 50%"),
        (0.2, "doubtful reading, 20%"),
    ],
)
def test_a_low_confidence_is_told_in_words(confidence, words):
    assert describe_confidence(confidence) == words


@pytest.mark.parametrize("act", Act)
def test_only_who_refuses_to_vouch_has_a_crossed_arrow(act):
    assert (choose_arrow(act) == "↛") == (act in {Act.DENY, Act.DOUBT})


@pytest.mark.parametrize(("numbers", "raised"), [((), ""), (("7",), "⁷"), (("10", "12"), "¹⁰⁺¹²")])
def test_numbers_are_raised(numbers, raised):
    assert raise_number(numbers) == raised


@pytest.mark.parametrize(
    ("words", "limit", "short"),
    [
        ("a few words", 20, "a few words"),
        ("one two three four five six seven", 20, "one two … seven"),
        ("x" * 30, 13, "xxxxxx … xxxx"),
        ("new\nlines  and\tspaces", 30, "new lines and spaces"),
    ],
)
def test_long_words_are_cut_in_the_middle(words, limit, short):
    assert shorten(words, limit) == short


@given(st.text(), st.integers(3, 60))
def test_shortened_words_fit(words, limit):
    assert len(shorten(words, limit)) <= max(limit, 3)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x07\x08\x7f", "␇␈␡"),
        ("\x9b31m\x85", "<U+009B>31m<U+0085>"),
        ("\u202egpj\u202c", "<U+202E>gpj<U+202C>"),
        ("\ud800", "<U+D800>"),
        ("a\tb\nc", "a\tb\nc"),
        # Marks of direction and joiners belong to how Arabic and Persian are written.
        ("می\u200cخواهم\u200f", "می\u200cخواهم\u200f"),
        ("👩\u200d👩", "👩\u200d👩"),
    ],
)
def test_what_would_command_a_terminal_is_seen(raw, seen):
    assert make_visible(raw) == seen


def test_a_line_stays_a_line():
    assert make_line_visible("a\nb\u2028c\x0bd\r\ne") == "a b c d e"
