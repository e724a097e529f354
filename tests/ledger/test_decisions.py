"""What people decide overrules what was read, can be undone, and is never moved."""

import pytest

from allegata.errors import InputError
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.building import build_incidents
from allegata.ledger.decisions import decide, list_decisions, undo
from allegata.ledger.ordering import Order
from allegata.ledger.queue import list_doubts
from allegata.ledger.stats import count_all
from allegata.ledger.verdicts import Action
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run
from allegata.types import EventKind
from tests.ledger.made import keep


@pytest.fixture
def full(file_ledger, readings):
    keep(file_ledger, *readings.values())
    build_incidents(file_ledger)
    return file_ledger


def lines(ledger):
    with ledger.reading() as connection:
        return list_incidents(connection)[0]


def dossier(ledger, name):
    with ledger.reading() as connection:
        return load_dossier(connection, name)


def test_what_is_rejected_does_not_count_and_comes_back(full):
    name = lines(full)[0].id
    before = dossier(full, name)
    target = before.statements[0].id
    number = decide(full, Order(Action.REJECT, target, "tester", "misread"))
    assert target not in {one.id for one in dossier(full, name).statements}
    assert verify(full).damages == []
    assert undo(full, number, who="tester") == number
    assert dossier(full, name) == before
    assert verify(full).damages == []


def test_with_a_claim_all_that_hangs_on_it_goes(full):
    name = lines(full)[0].id
    one = next(s for s in dossier(full, name).statements if len(s.chain) > 1)
    claim = f"{one.by.report}#{one.chain[1].claim}"
    decide(full, Order(Action.REJECT, claim, "tester"))
    assert all(
        f"{s.by.report}#{voice.claim}" != claim
        for s in dossier(full, name).statements
        for voice in s.chain
    )


def test_an_edit_counts(full):
    name = lines(full)[0].id
    target = next(s for s in dossier(full, name).statements if s.kind is EventKind.SHELLING).id
    decide(full, Order(Action.EDIT, target, "tester", value={"kind": "air_strike"}))
    after = {one.id: one.kind for one in dossier(full, name).statements}
    assert after[target] is EventKind.AIR_STRIKE
    assert verify(full).damages == []


def test_incidents_merged_and_parted_again(full):
    one, other = lines(full)[:2]
    digest = count_all(full).digest
    number = decide(full, Order(Action.MERGE, one.id, "tester", others=(other.id,)))
    assert other.id not in {line.id for line in lines(full)}
    assert dossier(full, other.id).id == one.id  # the old id leads on
    undo(full, number, who="tester")
    assert {one.id, other.id} <= {line.id for line in lines(full)}
    assert verify(full).damages == []
    assert count_all(full).digest != digest  # the decisions are part of what it holds


def test_a_report_split_off(full):
    name = lines(full)[0].id
    report = next(
        s.by.report for s in dossier(full, name).statements if s.by.outlet.name == "Delta Echo"
    )
    decide(full, Order(Action.SPLIT, name, "tester", others=(report,)))
    assert report not in {s.by.report for s in dossier(full, name).statements}
    build_incidents(full)
    assert report not in {s.by.report for s in dossier(full, name).statements}


def test_decisions_survive_another_reading(full, readings):
    name = lines(full)[0].id
    target = dossier(full, name).statements[0].id
    decide(full, Order(Action.REJECT, target, "tester"))
    keep(full, *readings.values(), run=Run("2", "model", "knowledge"))
    build_incidents(full)
    assert target not in {one.id for one in dossier(full, name).statements}
    with full.reading() as connection:
        (only,) = list_decisions(connection)
    assert not only.is_orphan


def test_a_decision_whose_words_are_gone_is_an_orphan(full, readings):
    from dataclasses import replace

    name = lines(full)[0].id
    one = next(s for s in dossier(full, name).statements if s.by.outlet.name == "Delta Echo")
    decide(full, Order(Action.REJECT, one.id, "tester"))
    without = replace(readings["echo"], events=(), links=())
    keep(full, without, run=Run("2", "model", "knowledge"))
    build_incidents(full)
    with full.reading() as connection:
        (only,) = list_decisions(connection)
    assert only.is_orphan
    assert verify(full).damages == []


def test_a_grade_stands_beside_the_suggestion(full):
    line = lines(full)[0]
    decide(full, Order(Action.GRADE, line.id, "tester", value={"grade": "fair"}))
    assert lines(full)[0].fields["grade"] == line.fields["grade"]
    decide(full, Order(Action.GRADE, "name:x", "tester", value={"reliability": "B"}))
    with full.reading() as connection:
        assert [one.about for one in list_decisions(connection)] == ["incident", "source"]


def test_what_was_decided_waits_no_more(full):
    with full.reading() as connection:
        doubts, total = list_doubts(connection)
    decide(full, Order(Action.ACCEPT, doubts[0].statement.id, "tester"))
    with full.reading() as connection:
        rest, left = list_doubts(connection)
    assert left == total - 1
    assert doubts[0].statement.id not in {one.statement.id for one in rest}


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Order(Action.ACCEPT, "r0#e1", "t"), "is the id of no report"),
        (Order(Action.ACCEPT, "nonsense", "t"), "neither a claim nor an event"),
        (Order(Action.MERGE, "i0", "t"), "is no incident's id"),
        (Order(Action.GRADE, "name:x", "t", value={"reliability": "Z"}), "is no grade"),
        (Order(Action.GRADE, "name:x", " ", value={"reliability": "A"}), "is empty"),
    ],
)
def test_what_cannot_be_decided(full, order, words):
    before = full.head()
    with pytest.raises(InputError, match=words):
        decide(full, order)
    assert full.head() == before


def test_there_is_nothing_to_undo(full):
    with pytest.raises(InputError, match="nothing to undo"):
        undo(full, None, who="t")
