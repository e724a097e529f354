"""Statements of a reading: who says so, by keys that are the same in every report."""

from datetime import date

import pytest

from allegata.documents import read_text
from allegata.incidents.holders import find_outlet
from allegata.incidents.statements import make_statements
from allegata.knowledge.actors import ActorTable
from allegata.reading import Reader
from allegata.types.statement import HolderKind, ReportedBy, Statement

TEXT = (
    "Reuters reported on Saturday that the ministry had accused rebels of shelling Aleppo."
    " Ten people were killed in Homs, a doctor said. Troops shelled a bridge near Idlib."
)


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    doc = read_text(TEXT, uri="x", published=date(2020, 5, 3), publisher="Herald")
    by = ReportedBy(
        "r1", doc.id, find_outlet("Herald", "r1", ActorTable.open()), None, "x", None, None
    )
    return make_statements(by, Reader().read(doc))


def test_every_chain_begins_with_the_outlet(statements: tuple[Statement, ...]) -> None:
    assert statements
    assert {one.chain[0].holder.key for one in statements} == {"name:herald"}


def test_words_are_those_of_the_text(statements: tuple[Statement, ...]) -> None:
    for one in statements:
        assert one.words == TEXT[one.passage.start : one.passage.end]
        assert one.trigger in one.passage
        assert one.trigger_words == TEXT[one.trigger.start : one.trigger.end]
        for party in one.parties:
            assert party.words == TEXT[party.span.start : party.span.end]


def test_the_unnamed_have_keys_of_their_report(statements: tuple[Statement, ...]) -> None:
    unnamed = [v.holder for s in statements for v in s.chain if v.holder.name == "a doctor"]
    assert unnamed
    assert {(one.kind, one.key) for one in unnamed} == {
        (HolderKind.UNNAMED, f"words:r1:{unnamed[0].key.rpartition(':')[2]}")
    }


def test_an_outlet_that_is_cited_is_the_one_that_publishes(
    statements: tuple[Statement, ...],
) -> None:
    outlet = find_outlet("Reuters", "r2", ActorTable.open())
    cited = {v.holder.key for s in statements for v in s.chain if v.holder.name == outlet.name}
    assert cited == {outlet.key}


def test_reports_without_a_publisher_are_not_one_outlet() -> None:
    actors = ActorTable.open()
    keys = {find_outlet(None, report, actors).key for report in ("r1", "r2")}
    assert keys == {"outlet:r1", "outlet:r2"}
