"""A decision never moves to words that are alike: it holds for its own, or is an orphan."""

import random
from dataclasses import replace

import pytest
from sqlalchemy import select

from allegata.documents import read_text
from allegata.ledger.decisions import decide, list_decisions
from allegata.ledger.ordering import Order
from allegata.ledger.schema import report
from allegata.ledger.verdicts import Action, load_verdicts
from allegata.ledger.writing import Run
from allegata.types import Span
from tests.ledger.made import keep

TEXT = (
    "Team Alpha shelled the market on Monday, a witness said. Team Beta shelled the market on"
    " Monday, a witness said. Team Alpha shelled the market again."
)
N_READINGS = 1000


@pytest.mark.slow
def test_among_a_thousand_other_readings_no_decision_is_moved(file_ledger, reader):
    reading = reader.read(read_text(TEXT, uri="teams.txt", publisher="Harbour Radio"))
    keep(file_ledger, reading)
    with file_ledger.reading() as connection:
        name = connection.execute(select(report.c.id)).scalar_one()
    decided = reading.events[0]
    assert TEXT.count(decided.trigger.words(TEXT)) > 1
    decide(file_ledger, Order(Action.REJECT, f"{name}#{decided.id}", "tester"))
    rng, n_orphans = random.Random(3), 0
    for number in range(N_READINGS):
        other = replace(reading, events=tuple(shifted(reading.events, rng)), links=())
        keep(file_ledger, other, run=Run(str(number), "model", "knowledge"))
        with file_ledger.reading() as connection:
            rejected = load_verdicts(connection).rejected
            (one,) = list_decisions(connection)
        there = [event.id for event in other.events if event.trigger == decided.trigger]
        assert rejected == {f"{name}#{event}" for event in there}
        assert one.is_orphan == (not there)
        n_orphans += one.is_orphan
    assert 0 < n_orphans < N_READINGS


def shifted(events, rng):
    """Some of the events, some a little to the side, in another order of ids."""
    kept = [event for event in events if rng.random() < 0.8]
    rng.shuffle(kept)
    for number, event in enumerate(kept, 1):
        step = rng.choice((0, 0, 0, -1, 1))
        span = Span(max(0, event.trigger.start + step), event.trigger.end + step)
        yield replace(event, id=f"e{number}", trigger=span)
