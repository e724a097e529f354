"""Texts that are no ordinary report, and dates that no report has: nothing is invented."""

import re
import time
from datetime import date

import pytest

from allegata.documents import read_text
from allegata.reading import Reader
from allegata.types import CountKind, EventKind, Polarity
from tests.events.odd_texts import ODD, make_long_sentence, make_report
from tests.events.soundness import assert_nothing_invented

DAY = date(2031, 3, 9)
DATED = (
    "The army shelled Karsu on Saturday and jets struck Velm overnight, residents said. Six people "
    "were killed the day before. Envoys will meet next week. Rebels had taken the port on 12 May "
    "2017. Two days later the bridge was bombed, and on Monday police arrested 14 students."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("published", [None, DAY, date.min, date.max], ids=str)
@pytest.mark.parametrize("name", ODD)
def test_an_odd_text_is_read_and_nothing_is_invented(
    reader: Reader, name: str, published: date | None
) -> None:
    assert_nothing_invented(reader.read(read_text(ODD[name], published=published)))


@pytest.mark.parametrize("n_words", [200, 1000])
def test_a_sentence_without_end(reader: Reader, n_words: int) -> None:
    reading = reader.read(read_text(make_long_sentence(n_words), published=DAY))
    assert_nothing_invented(reading)
    assert len(reading.events) > n_words / 20


def test_five_hundred_events_in_one_document(reader: Reader) -> None:
    doc = read_text(make_report(500), published=DAY)
    reader.read(read_text("The army shelled Karsu."))
    before = time.process_time()
    reading = reader.read(doc)
    assert time.process_time() - before < LIMIT_S
    assert_nothing_invented(reading)
    assert len(reading.events) >= 500


LIMIT_S = 15
"""Ten times what it takes on an idle core, so that a busy machine does not fail it."""


def test_without_a_date_only_full_dates_are_resolved(reader: Reader) -> None:
    reading = reader.read(read_text(DATED))
    assert_nothing_invented(reading)
    assert reading.document.published is None
    assert len(reading.events) >= 5
    resolved = {
        str(day)
        for event in reading.events
        if event.time is not None
        for day in (event.time.start, event.time.end)
        if day is not None
    }
    # the day that is written out, and two days later
    assert resolved <= {"2017-05-12", "2017-05-14"}


def test_without_a_date_an_unresolved_time_keeps_its_words(reader: Reader) -> None:
    reading = reader.read(read_text("The army shelled the town of Karsu on Saturday."))
    (event,) = reading.events
    assert event.time is not None
    assert (event.time.start, event.time.end) == (None, None)
    assert event.time.evidence is not None
    assert "Saturday" in event.time.evidence.words(reading.document.text)


@pytest.mark.parametrize("published", [date(2999, 12, 31), date.max, date(1, 1, 2)], ids=str)
def test_a_date_in_the_future_or_before_all_news(reader: Reader, published: date) -> None:
    """Relative days count from it, as they do from any other."""
    reading = reader.read(read_text(DATED, published=published))
    assert_nothing_invented(reading)
    shelled = reading.events[0]
    assert shelled.time is not None
    if shelled.time.start is not None:
        assert 0 <= (published - shelled.time.start).days < 7


def test_capitals_are_read_as_events(reader: Reader) -> None:
    reading = reader.read(read_text(ODD["capitals"], published=DAY))
    killing = next(e for e in reading.events if e.kind is EventKind.KILLING)
    assert [(c.kind, c.low, c.high) for c in killing.counts] == [(CountKind.KILLED, 6, 6)]
    assert killing.claim != "c0", "an official source reported it"
    nobody = next(e for e in reading.events if e.trigger.words(ODD["capitals"]) == "CASUALTIES")
    assert nobody.polarity is Polarity.NEGATIVE or nobody.counts[0].high == 0


def test_text_without_punctuation_is_read_as_events(reader: Reader) -> None:
    reading = reader.read(read_text(ODD["without marks"], published=DAY))
    killing = next(e for e in reading.events if e.kind is EventKind.KILLING)
    assert [(c.kind, c.low, c.high) for c in killing.counts] == [(CountKind.KILLED, 6, None)]
    assert len(reading.claims) > 3


@pytest.mark.parametrize("name", ["arabic", "chinese", "emoji"])
def test_what_is_told_in_another_script_is_not_guessed(reader: Reader, name: str) -> None:
    """Triggers are words of English, and numbers those that a reader of English can check."""
    reading = reader.read(read_text(ODD[name], published=DAY))
    for event in reading.events:
        assert re.fullmatch(r"[A-Za-z -]+", event.trigger.words(ODD[name]))
