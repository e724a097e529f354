"""Words that people set stand in the report; what follows is found anew; undo gives all back."""

import json

import pytest

from allegata.errors import InputError
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.building import build_incidents
from allegata.ledger.correcting import correct_reading, find_words, pack_words
from allegata.ledger.decisions import decide, list_decisions, undo
from allegata.ledger.loading import load_reading, number_of_report
from allegata.ledger.ordering import Order
from allegata.ledger.verdicts import Action, load_corrected
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run
from allegata.types import EventKind, Polarity, Role, Span
from tests.ledger.made import keep


@pytest.fixture
def full(file_ledger, readings):
    keep(file_ledger, *readings.values())
    build_incidents(file_ledger)
    return file_ledger


def told(ledger, name):
    """What a report states, by the words that name it, in every incident."""
    with ledger.reading() as connection:
        lines, _ = list_incidents(connection)
        every = [s for line in lines for s in load_dossier(connection, line.id).statements]
    return {one.trigger_words: one for one in every if one.by.uri == f"{name}.txt"}


def edit(ledger, about, /, **value):
    return decide(ledger, Order(Action.EDIT, about, "tester", value=value))


def test_another_source_is_another_holder(full):
    before = told(full, "post")["killed"]
    assert before.holder.name == "A doctor"
    claim = f"{before.by.report}#{before.chain[-1].claim}"
    number = edit(full, claim, source="The rebels")
    after = told(full, "post")["killed"]
    assert after.holder == told(full, "post")["shelled"].holder
    assert after.holder.name != "A doctor"
    assert verify(full).damages == []
    undo(full, number, who="tester")
    assert told(full, "post")["killed"] == before
    assert verify(full).damages == []


def test_a_shorter_content_gives_its_event_to_whoever_says_the_rest(full, readings):
    before = told(full, "radio")["shelled"]
    text = readings["radio"].document.text
    voice = before.chain[-1]
    rest = text.index("killed 12")
    edit(full, f"{before.by.report}#{voice.claim}", content=f"{rest}-{voice.content.end}")
    after = told(full, "radio")
    assert after["shelled"].is_own_voice
    assert after["killed"].holder == before.holder
    assert verify(full).damages == []


def test_a_longer_content_takes_its_event_back(full, readings):
    before = told(full, "radio")["shelled"]
    text = readings["radio"].document.text
    claim = f"{before.by.report}#{before.chain[-1].claim}"
    span = before.chain[-1].content
    edit(full, claim, content=f"{text.index('killed 12')}-{span.end}")
    edit(full, claim, content=text[span.start : span.end])
    assert told(full, "radio")["shelled"].chain == before.chain


def test_words_of_an_event_are_set(full):
    before = told(full, "echo")["shelled"]
    edit(full, before.id, target="people", actor="Rebels", kind="bombing")
    after = told(full, "echo")["shelled"]
    assert [p.words for p in after.parties if p.role is Role.TARGET] == ["people"]
    assert after.kind.value == "bombing"
    edit(full, before.id, trigger="killed")
    assert told(full, "echo").keys() >= {"killed"}


def test_what_was_read_is_kept_beside_what_was_set(full):
    before = told(full, "post")["killed"]
    edit(full, f"{before.by.report}#{before.chain[-1].claim}", source="The rebels")
    with full.reading() as connection:
        (one,) = list_decisions(connection)
    assert one.target["read"]["source"] == "A doctor"
    assert 0 < one.target["read"]["confidence"] <= 1
    assert one.target["run"]
    assert one.settings == (("source", "“The rebels”"),)


def test_words_that_were_set_survive_another_reading(full, readings):
    before = told(full, "post")["killed"]
    edit(full, f"{before.by.report}#{before.chain[-1].claim}", source="The rebels")
    set_so = told(full, "post")["killed"]
    keep(full, *readings.values(), run=Run("2", "model", "knowledge"))
    build_incidents(full)
    assert told(full, "post")["killed"].holder == set_so.holder
    assert verify(full).damages == []


def test_an_actor_that_the_words_name_is_kept_with_them(readings):
    reading = readings["other"]
    span = find_words(reading.document.text, "Lagos", Span(0, 1))
    packed = json.loads(json.dumps(pack_words(reading, "source", span)))
    assert packed["quote"] == "Lagos"
    claim = next(one for one in reading.claims if one.content)
    corrected = correct_reading(reading, {claim.id: {"source": packed}})
    after = next(one for one in corrected.claims if one.id == claim.id)
    assert after.source == span


@pytest.mark.parametrize(
    ("given", "near", "found"),
    [
        ("the town", Span(0, 1), "4-12"),
        ("the town", Span(30, 31), "28-36"),
        ("the  town\n", Span(0, 1), "4-12"),
        ("28-36", Span(0, 1), "28-36"),
        ("27-37", Span(0, 1), "28-36"),
    ],
)
def test_words_are_found_where_they_are_meant(given, near, found):
    text = "hit the town; at dawn hit   the town and left"
    span = find_words(text, given, near)
    assert f"{span.start}-{span.end}" == found


@pytest.mark.parametrize("given", ["", "the city", "9-4", "5-900", "3-4", "The town"])
def test_words_that_are_not_there_are_refused(given):
    with pytest.raises(InputError):
        find_words("hit the town; at dawn hit   the town and left", given, Span(0, 1))


def test_nothing_but_words_of_the_report_can_be_set(full):
    before = told(full, "post")["killed"]
    head = full.head()
    with pytest.raises(InputError, match="does not stand in the report"):
        edit(full, f"{before.by.report}#{before.chain[-1].claim}", source="The president")
    with pytest.raises(InputError, match="cannot be set"):
        edit(full, f"{before.by.report}#{before.chain[-1].claim}", trigger="killed")
    assert full.head() == head


def test_a_report_is_shown_as_people_left_it(full):
    before = told(full, "echo")["shelled"]
    edit(full, before.id, kind="bombing", polarity="negative", target="people")
    with full.reading() as connection:
        number = number_of_report(connection, before.by.report)
        read, corrected = load_reading(connection, number), load_corrected(connection, number)
    events = {event.id: event for event in corrected.events}
    assert events[before.event].kind is EventKind.BOMBING
    assert events[before.event].polarity is Polarity.NEGATIVE
    assert {event.id: event.kind for event in read.events}[before.event] is before.kind
