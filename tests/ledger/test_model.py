"""Whatever is done to a ledger, in whatever order, it holds what a plain model in memory holds."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from allegata.ledger import Ledger
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.building import build_incidents
from allegata.ledger.decisions import decide, list_decisions, undo
from allegata.ledger.ordering import Order
from allegata.ledger.verdicts import Action
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run
from allegata.reading import Reader
from allegata.types import EventKind
from tests.ledger.made import RUN, TEXTS, keep, make_doc

KINDS = ("bombing", "protest", "attack")


class Model(RuleBasedStateMachine):
    """A ledger in a file beside a model: which reports are kept, and what was decided of what."""

    readings = None

    @initialize()
    def begin(self):
        if Model.readings is None:
            reader = Reader()
            Model.readings = {name: reader.read(make_doc(name)) for name in TEXTS}
        self.folder = Path(tempfile.mkdtemp(prefix="allegata-model-"))
        self.ledger = Ledger.open(self.folder / "ledger.db", create=True)
        self.kept: dict[str, set[str]] = {}
        self.decided: list[tuple[int, str, str, str | None]] = []
        self.n_orders = 0

    def teardown(self):
        if hasattr(self, "ledger"):
            self.ledger.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(name=st.sampled_from(sorted(TEXTS)), again=st.booleans())
    def ingest(self, name, again):
        reading = Model.readings[name]
        keep(self.ledger, reading, run=Run("2", "model", "knowledge") if again else RUN)
        build_incidents(self.ledger)
        self.kept[reading.document.uri] = {event.id for event in reading.events}

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), action=st.sampled_from(["accept", "reject", "edit"]))
    def decide_about_an_event(self, data, action):
        target = data.draw(st.sampled_from(sorted(self.every())))
        kind = data.draw(st.sampled_from(KINDS)) if action == "edit" else None
        value = {"kind": kind} if kind else {}
        number = decide(self.ledger, Order(Action(action), target, "tester", value=value))
        self.decided.append((number, action, target, kind))
        self.n_orders += 1

    @precondition(lambda self: self.decided)
    @rule()
    def undo_the_last(self):
        number, *_ = self.decided.pop()
        assert undo(self.ledger, None, who="tester") == number
        self.n_orders += 1

    @precondition(lambda self: len(self.decided) > 1)
    @rule(data=st.data())
    def undo_another(self, data):
        one = data.draw(st.sampled_from(self.decided))
        undo(self.ledger, one[0], who="tester")
        self.decided.remove(one)
        self.n_orders += 1

    @precondition(lambda self: len(self.incidents()) > 1)
    @rule()
    def merge_two_and_part_them_again(self):
        before = self.incidents()
        one, other = sorted(before)[:2]
        number = decide(self.ledger, Order(Action.MERGE, one, "tester", others=(other,)))
        assert len(self.incidents()) == len(before) - 1
        undo(self.ledger, number, who="tester")
        assert self.incidents() == before
        self.n_orders += 2

    @rule()
    def open_again(self):
        path = self.folder / "ledger.db"
        head = self.ledger.head()
        self.ledger.close()
        self.ledger = Ledger.open(path)
        assert self.ledger.head() == head

    def every(self) -> set[str]:
        """Ids of all statements, those that were rejected too."""
        with self.ledger.reading() as connection:
            from allegata.ledger.schema import report

            names = {row.key: row.id for row in connection.execute(_reports(report))}
        return {f"{names[uri]}#{event}" for uri, events in self.kept.items() for event in events}

    def incidents(self) -> dict[str, frozenset[str]]:
        """Statements by incident, as the ledger tells them."""
        with self.ledger.reading() as connection:
            lines, _ = list_incidents(connection, limit=1000)
            return {
                line.id: frozenset(one.id for one in load_dossier(connection, line.id).statements)
                for line in lines
            }

    @invariant()
    def it_tells_what_the_model_tells(self):
        if not hasattr(self, "ledger"):
            return
        last = {target: (action, kind) for _, action, target, kind in self.decided}
        rejected = {target for target, (action, _) in last.items() if action == "reject"}
        kinds = {target: kind for _, action, target, kind in self.decided if action == "edit"}
        told = self.incidents()
        shown = [name for names in told.values() for name in names]
        assert len(shown) == len(set(shown))
        assert set(shown) == self.every() - rejected
        with self.ledger.reading() as connection:
            for name in told:
                for one in load_dossier(connection, name).statements:
                    if one.id in kinds:
                        assert one.kind is EventKind(kinds[one.id])
            assert len(list_decisions(connection)) == self.n_orders
        assert verify(self.ledger).damages == []


def _reports(report):
    from sqlalchemy import select

    from allegata.ledger.schema import location

    return select(location.c.uri.label("key"), report.c.id).join(
        location, location.c.report == report.c.number
    )


TestModel = pytest.mark.slow(Model.TestCase)
TestModel.settings = settings(
    max_examples=12,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
