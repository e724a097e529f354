"""A second reader: what it may say, what becomes of it, and what it can never do."""

import json
import time
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from allegata.documents import read_text
from allegata.errors import InputError
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.decisions import decide
from allegata.ledger.erasing import erase
from allegata.ledger.ordering import Order
from allegata.ledger.packing import report_id
from allegata.ledger.queue import list_doubts
from allegata.ledger.schema import run
from allegata.ledger.second import list_differences, load_opinions
from allegata.ledger.stats import count_all
from allegata.ledger.verdicts import Action
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run, write
from allegata.reading import Reader
from allegata.second import Endpoint, read_again
from allegata.second.answers import ground
from allegata.second.asking import number_sentences
from tests.second.model import Model, completion, sentences, span

TEXT = (
    "Shelling hits market in Kirkuk, ministry says\n\nKIRKUK - Rebels shelled the market of Kirkuk"
    " on Monday and killed 12 people, the health ministry said. The rebels denied it.\n"
)
DOC = read_text(TEXT, uri="radio.txt", published=date(2021, 5, 4), publisher="Harbour Radio")


@pytest.fixture(scope="module")
def reading():
    return Reader().read(DOC)


@pytest.fixture
def ledger(tmp_path, reading):
    with Ledger.open(tmp_path / "second.db", create=True) as opened:
        with write(opened) as writing:
            number = writing.add_run(Run("1", "model", "knowledge"))
            writing.add_reading(writing.add_report(DOC).report, number, reading)
        build_incidents(opened)
        yield opened


def ask(ledger, answer, **options):
    told: list[InputError] = []
    with Model(answer).running() as model:
        endpoint = Endpoint(model.url, "small", **options)
        came = read_again(ledger, endpoint, [report_id(DOC)], on_fault=told.append)
    return came, told, model


def claim(told, **changed):
    made = {
        "source": span(told, "the health ministry"),
        "cue": span(told, "said"),
        "content": span(told, "Rebels shelled the market of Kirkuk on Monday and killed 12 people"),
        "act": "state",
    }
    return made | changed


def event(told, **changed):
    made = {
        "trigger": span(told, "shelled"),
        "kind": "shelling",
        "polarity": "positive",
        "claim": 0,
    }
    return made | changed


def good(sent):
    told = sentences(sent)
    return completion({"claims": [claim(told)], "events": [event(told)]})


def differences(ledger):
    with ledger.reading() as connection:
        return list(list_differences(connection))


def opinion_in(ledger):
    with ledger.reading() as connection:
        (found,) = load_opinions(connection, 1)
    return found


def test_what_it_says_is_kept_apart_and_counts_for_nothing(ledger):
    before = count_all(ledger)
    came, told, model = ask(ledger, good)
    assert (came.n_read, came.n_dropped, told) == (1, 0, [])
    after = count_all(ledger)
    assert (after.readings, after.claims, after.events, after.incidents) == (
        before.readings, before.claims, before.events, before.incidents,
    )  # fmt: skip
    by, opinion = opinion_in(ledger)
    assert by == "machine:llm small"
    assert opinion.claims[0].source.words(TEXT) == "the health ministry"
    assert verify(ledger).damages == []
    assert model.paths == ["/v1/chat/completions"]


def test_it_is_sent_one_report_without_tools(ledger):
    _, _, model = ask(ledger, good)
    (sent,) = model.sent
    assert set(sent) == {"model", "temperature", "stream", "messages", "response_format"}
    assert [one["role"] for one in sent["messages"]] == ["system", "user"]
    assert "shelled the market" in sent["messages"][1]["content"]
    assert "radio.txt" not in json.dumps(sent)
    assert "Harbour Radio" not in json.dumps(sent)


def test_it_is_asked_once(ledger):
    with Model(good).running() as model:
        endpoint = Endpoint(model.url, "small")
        for known in (0, 1):
            assert read_again(ledger, endpoint, [report_id(DOC)]).n_known == known
        other = replace(endpoint, model="other")
        assert read_again(ledger, other, [report_id(DOC)]).n_read == 1
        assert len(model.sent) == 2
    with ledger.reading() as connection:
        models = set(connection.execute(select(run.c.model)).scalars())
    assert {"machine:llm small", "machine:llm other"} <= models


def test_where_it_differs_a_person_is_told_until_they_decide(ledger):
    def otherwise(sent):
        told = sentences(sent)
        wrong = claim(told, source=span(told, "Rebels"), act="deny")
        return completion({"claims": [wrong], "events": [event(told, kind="protest")]})

    ask(ledger, otherwise)
    found = differences(ledger)
    words = {(one.about, one.what) for one in found}
    assert ("claim", "names “Rebels” as the source") in words
    assert ("claim", "reads deny") in words
    assert ("event", "reads kind protest") in words
    assert all(one.words == one.span.words(TEXT) for one in found)
    with ledger.reading() as connection:
        doubts, _ = list_doubts(connection)
    assert any("machine:llm small: reads kind protest" in one.why for one in doubts)
    (mark,) = {one.ours for one in found if "protest" in one.what}
    decide(ledger, Order(Action.ACCEPT, mark, "A"))
    assert not any("protest" in one.what for one in differences(ledger))
    (source,) = {one.ours for one in found if "Rebels" in one.what}
    decide(ledger, Order(Action.ACCEPT, source, "A"))
    assert not any(one.ours == source for one in differences(ledger))


def test_what_it_has_and_we_have_not_is_told_and_not_added(ledger):
    def more(sent):
        told = sentences(sent)
        extra = claim(
            told, source=None, cue=None, content=span(told, "the market of Kirkuk on Monday")
        )
        return completion({"claims": [claim(told), extra], "events": []})

    n_before = count_all(ledger).claims
    ask(ledger, more)
    assert any(one.ours is None and one.about == "claim" for one in differences(ledger))
    assert count_all(ledger).claims == n_before


FABRICATIONS = {
    "words that do not stand there": lambda told: claim(
        told, content={"sentence": 1, "words": "The army admitted that it bombed the market"}
    ),
    "words of another sentence": lambda told: claim(
        told, content={"sentence": 0, "words": "killed 12 people"}
    ),
    "a source that does not stand there": lambda told: claim(
        told, source={"sentence": 1, "words": "a senior official"}
    ),
    "a cue that does not stand there": lambda told: claim(
        told, cue={"sentence": 1, "words": "admitted"}
    ),
    "other capitals": lambda told: claim(
        told, content={"sentence": 1, "words": "REBELS SHELLED THE MARKET"}
    ),
    "words that stand there twice": lambda told: claim(told, content={"sentence": 1, "words": "e"}),
    "no sentence": lambda told: claim(told, content={"sentence": 99, "words": "Rebels"}),
    "a sentence before the first": lambda told: claim(
        told, content={"sentence": -1, "words": "Rebels"}
    ),
    "a sentence that is a word": lambda told: claim(
        told, content={"sentence": "1", "words": "Rebels"}
    ),
    "no words": lambda told: claim(told, content={"sentence": 1, "words": " "}),
    "an act of its own": lambda told: claim(told, act="prove"),
    "an act that is a list": lambda told: claim(told, act=["state"]),
    "nothing": lambda told: {},
    "a word": lambda told: "claim",
    "a number": lambda told: 7,
}


@pytest.mark.parametrize("name", FABRICATIONS)
def test_a_claim_that_is_not_there_is_dropped(name):
    question = number_sentences(DOC)
    told = [question.sentence(n) for n in range(len(question.sentences))]
    answer = {"claims": [FABRICATIONS[name](told)], "events": []}
    opinion = ground(answer, question)
    assert (opinion.claims, opinion.n_dropped) == ((), 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"trigger": {"sentence": 1, "words": "gassed"}},
        {"kind": "war crime"},
        {"polarity": "proven"},
        {"claim": 5},
        {"claim": True},
        {"claim": "0"},
        {"trigger": {"sentence": 1, "words": TEXT[70:170]}},
    ],
)
def test_an_event_that_is_not_there_is_dropped(changed):
    question = number_sentences(DOC)
    told = [question.sentence(n) for n in range(len(question.sentences))]
    opinion = ground({"claims": [claim(told)], "events": [event(told, **changed)]}, question)
    assert (opinion.events, opinion.n_dropped) == ((), 1)


@pytest.mark.parametrize("answer", [None, [], "x", 3, {"claims": "all"}, {"claims": {"0": 1}}])
def test_an_answer_of_another_form_says_nothing(answer):
    opinion = ground(answer, number_sentences(DOC))
    assert (opinion.claims, opinion.events) == ((), ())


def test_an_event_goes_with_its_claim():
    question = number_sentences(DOC)
    told = [question.sentence(n) for n in range(len(question.sentences))]
    answer = {"claims": [claim(told, act="prove"), claim(told)], "events": [event(told, claim=1)]}
    (one,) = ground(answer, question).events
    assert one.claim == 0


HOSTILE = {
    "no JSON": lambda sent: b"<html>",
    "no choices": lambda sent: b'{"choices": []}',
    "prose": lambda sent: completion("I am sorry, I cannot do that."),
    "deep nesting": lambda sent: completion("[" * 100_000),
    "10 MB": lambda sent: completion("x" * 10_000_000),
    "an error": lambda sent: 500,
    "a redirect": lambda sent: 307,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_does_nothing(ledger, name):
    head = ledger.head()
    came, told, model = ask(ledger, HOSTILE[name])
    assert (came.n_read, came.n_failed) == (0, 1)
    assert "no second reading" in told[0].what
    assert len(model.sent) == 1
    assert ledger.head() == head


def test_a_server_that_hangs_is_left(ledger):
    began = time.monotonic()
    came, told, _ = ask(ledger, lambda sent: None, seconds=0.5)
    assert came.n_failed == 1
    assert "too long" in told[0].what
    assert time.monotonic() - began < 5


def test_after_three_failures_nothing_more_is_sent(ledger, reading):
    names = [report_id(DOC)]
    for day in range(5, 9):
        doc = replace(DOC, publisher=f"Outlet {day}", uri=f"{day}.txt")
        with write(ledger) as writing:
            writing.add_report(doc)
        names.append(report_id(doc))
    with Model(lambda sent: 500).running() as model:
        came = read_again(ledger, Endpoint(model.url, "small"), names)
        assert (came.n_failed, len(model.sent)) == (3, 3)


def test_a_fence_around_the_answer_is_taken_off(ledger):
    def fenced(sent):
        told = sentences(sent)
        plain = json.dumps({"claims": [claim(told)], "events": []})
        return completion(f"```json\n{plain}\n```")

    came, _, _ = ask(ledger, fenced)
    assert came.n_read == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/v1", "https://[2606:4700::1111]/v1", "http://169.254.169.254/v1",
        "http://[fd00:ec2::254]/v1", "http://0.0.0.0:8000/v1", "http://100.100.100.200/v1",
        "file:///etc/passwd", "http://user:secret@127.0.0.1/v1", "127.0.0.1:8000",
    ],
)  # fmt: skip
def test_only_a_server_of_ones_own_is_asked(url):
    with pytest.raises(InputError):
        Endpoint(url, "small").check()


def test_a_model_without_a_name_is_refused():
    with pytest.raises(InputError, match="no name of a model"):
        Endpoint("http://127.0.0.1:1/v1", "").check()


def test_it_goes_with_its_report(ledger):
    ask(ledger, good)
    erase(ledger, [report_id(DOC)], who="A", why="asked")
    with ledger.reading() as connection:
        assert load_opinions(connection, 1) == []
    assert verify(ledger).damages == []
