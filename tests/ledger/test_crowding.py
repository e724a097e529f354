"""Keys that very many share: what is tied hangs on the set, not on the order in which it came."""

import random
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from allegata.documents import read_text
from allegata.ledger import Ledger, building, crowding, pairing
from allegata.ledger.building import build_incidents
from allegata.ledger.schema import account, copy, report, summary, tie
from allegata.ledger.stats import count_all
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run
from tests.ledger.made import keep

TEXT = (
    "Shelling in Kirkuk\n\n{who} shelled the {what} of Kirkuk on {day} and killed {n} people, the"
    " health ministry said. The road to the town has been closed since the beginning of the week,"
    " and relief workers wait at the bridge for a word from the governor."
)
WHAT = ("market", "bakery", "school", "harbour", "clinic")


@pytest.fixture(scope="module")
def many(reader):
    dice = random.Random(3)
    texts = [
        TEXT.format(
            who=dice.choice(("Rebels", "The army", "Gunmen")),
            what=dice.choice(WHAT),
            day=dice.choice(("Monday", "Tuesday")),
            n=dice.randint(2, 40),
        )
        for _ in range(14)
    ]
    docs = [
        read_text(text, uri=f"{n}.txt", published=date(2021, 5, 4 + n % 3), publisher=f"Post {n}")
        for n, text in enumerate(texts)
    ]
    return [reader.read(doc) for doc in docs]


@pytest.fixture
def few(monkeypatch):
    """More than three make a crowd, of which only the next one is a neighbour."""
    settle_ties, settle_copies = crowding.settle_ties, crowding.settle_copies
    monkeypatch.setattr(pairing, "MOST_OF_A_KEY", 3)
    monkeypatch.setattr(pairing, "MOST_OF_A_COPY_KEY", 3)
    monkeypatch.setattr(crowding, "NEIGHBOURS", 1)
    monkeypatch.setattr(crowding, "COPY_NEIGHBOURS", 1)
    monkeypatch.setattr(
        building, "settle_ties", lambda c, new, gone: settle_ties(c, new, gone, most=3)
    )
    monkeypatch.setattr(building, "settle_copies", lambda c: settle_copies(c, most=3))


def _state(ledger: Ledger) -> tuple[object, ...]:
    with ledger.reading() as connection:
        names = {r.number: r.id for r in connection.execute(select(account.c.number, account.c.id))}
        ids = {r.number: r.id for r in connection.execute(select(report.c.number, report.c.id))}
        ties = {
            (*sorted((names[row.one], names[row.other])), round(row.weight, 5))
            for row in connection.execute(select(tie))
        }
        copies = {(ids[row.earlier], ids[row.later]) for row in connection.execute(select(copy))}
        told = connection.execute(
            select(summary.c.title, summary.c.n_own_texts).order_by(
                summary.c.title, summary.c.n_own_texts
            )
        ).all()
    return count_all(ledger).digest, frozenset(ties), frozenset(copies), repr(told)


def test_ties_of_a_crowd_do_not_hang_on_the_order(tmp_path, many, few):
    states = set()
    for seed in range(5):
        dice = random.Random(seed)
        order = dice.sample(many, len(many))
        cuts = sorted(dice.sample(range(1, len(order)), seed))
        with Ledger.open(tmp_path / f"{seed}.db", create=True) as ledger:
            for first, last in zip([0, *cuts], [*cuts, len(order)], strict=True):
                keep(ledger, *order[first:last])
                build_incidents(ledger)
            assert verify(ledger).damages == []
            states.add(_state(ledger))
    assert len(states) == 1
    _, ties, copies, _ = states.pop()
    assert ties
    assert copies


def test_a_crowd_that_thins_out_is_compared_whole_again(tmp_path, many, few):
    """Reports that another run reads as telling of nothing leave the others to be compared."""
    empty = [_without_events(one) for one in many[4:]]
    with Ledger.open(tmp_path / "thin.db", create=True) as ledger:
        keep(ledger, *many)
        build_incidents(ledger)
        keep(ledger, *empty, run=Run("2", "model", "knowledge"))
        build_incidents(ledger)
        assert verify(ledger).damages == []
        thin = _ties(ledger)
    with Ledger.open(tmp_path / "whole.db", create=True) as ledger:
        keep(ledger, *many[:4])
        build_incidents(ledger)
        assert thin == _ties(ledger)


def _without_events(one):
    """A reading that finds no event in the same document."""
    return replace(one, events=())


def _ties(ledger: Ledger) -> frozenset[object]:
    state = _state(ledger)[1]
    assert isinstance(state, frozenset)
    return state
