"""What people decided, as far as it changes what counts and what incidents are made of."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise, product
from typing import Any

from sqlalchemy import Connection, select

from allegata.incidents.statements import make_statements
from allegata.ledger.correcting import correct_reading
from allegata.ledger.loading import id_of_report, load_reading
from allegata.ledger.schema import decision
from allegata.types import Reading, Span
from allegata.types.statement import Statement

__all__ = [
    "Action",
    "Verdicts",
    "anchor_of",
    "apply_verdicts",
    "decided_claims",
    "decided_events",
    "find_orphans",
    "load_corrected",
    "load_source_grades",
    "load_verdicts",
]

_AROUND = 32


class Action(Enum):
    """What people can decide."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    MERGE = "merge"
    SPLIT = "split"
    GRADE = "grade"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decisions that count, in the terms of accounts and statements.

    Attributes:
        joined: Pairs of accounts that are one happening.
        parted: Pairs of accounts that are not.
        fresh_accounts: Accounts that a merging or splitting, undone or not, is about.
        rejected: Ids of statements that do not count.
        claims: Claims (`REPORT#c2`) that do not count, with all that hangs on them.
        edits: Fields that were set, by id of the event or claim.
        corrected: Readings as they were read and as people left them, by id of the report, where
            people set something.
        grades: Grades that people gave, by id of the incident, the last one last.
    """

    joined: tuple[tuple[str, str], ...] = ()
    parted: tuple[tuple[str, str], ...] = ()
    fresh_accounts: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    edits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    corrected: Mapping[str, tuple[Reading, Reading]] = field(default_factory=dict)
    grades: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def load_verdicts(connection: Connection) -> Verdicts:
    """Read the decisions that count now."""
    rows = connection.execute(select(decision).order_by(decision.c.number)).all()
    if not rows:
        return Verdicts()
    undone = {row.undoes for row in rows if row.undoes is not None}
    joined: list[tuple[str, str]] = []
    parted: list[tuple[str, str]] = []
    fresh: set[str] = set()
    grades: dict[str, tuple[tuple[str, str], ...]] = {}
    anchors = _Anchors(connection)
    # The last word about the same thing counts: accepted after rejected is accepted.
    said: dict[str, str] = {}
    edits: dict[str, dict[str, Any]] = {}
    for row in rows:
        value = json.loads(row.value)
        fresh |= {one for name in ("accounts", "apart", "rest") for one in value.get(name, ())}
        if row.number in undone or row.action == Action.UNDO.value:
            continue
        if row.action == Action.MERGE.value:
            joined += pairwise(value["accounts"])
        elif row.action == Action.SPLIT.value:
            joined += [*pairwise(value["apart"]), *pairwise(value["rest"])]
            parted += product(value["apart"], value["rest"])
        elif row.about == "incident":
            given = (row.who, value["grade"])
            grades[row.incident] = (*grades.get(row.incident, ()), given)
        elif row.about in ("claim", "event"):
            name = anchors.find(row)
            if name is None:
                continue
            if row.action == Action.EDIT.value:
                edits.setdefault(name, {}).update(value)
            said[name] = row.action
    rejected = {name for name, action in said.items() if action == Action.REJECT.value}
    return Verdicts(
        joined=tuple(joined),
        parted=tuple(parted),
        fresh_accounts=frozenset(fresh),
        rejected=frozenset(name for name in rejected if "#e" in name),
        claims=frozenset(name for name in rejected if "#c" in name),
        edits=edits,
        corrected=_correct(edits, anchors),
        grades=grades,
    )


def _correct(
    edits: Mapping[str, Mapping[str, Any]], anchors: "_Anchors"
) -> dict[str, tuple[Reading, Reading]]:
    by_report: dict[str, dict[str, Mapping[str, Any]]] = {}
    for name, value in edits.items():
        report, _, part = name.partition("#")
        by_report.setdefault(report, {})[part] = value
    return {
        report: (reading, correct_reading(reading, given))
        for report, given in by_report.items()
        if (reading := anchors.reading(report)) is not None
    }


def load_source_grades(connection: Connection) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Grades of sources that people set: who, scale and code, by key of the source."""
    rows = connection.execute(select(decision).order_by(decision.c.number)).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row in rows:
        if row.about != "source" or row.number in undone or row.action == Action.UNDO.value:
            continue
        key = json.loads(row.target)["source"]
        for scale, code in json.loads(row.value).items():
            found.setdefault(key, {})[row.who, scale] = code
    return {
        key: tuple((who, scale, code) for (who, scale), code in given.items())
        for key, given in found.items()
    }


def apply_verdicts(statements: Iterable[Statement], verdicts: Verdicts) -> list[Statement]:
    """Statements as people left them: without those that were rejected, with what was set.

    Args:
        statements: In any order, which stays.
        verdicts: Of `load_verdicts`.
    """
    kept = []
    retold = _Retold(verdicts)
    for read in statements:
        if read.id in verdicts.rejected:
            continue
        one = retold.tell(read)
        names = [f"{one.by.report}#{voice.claim}" for voice in one.chain]
        if verdicts.claims.intersection(names):
            continue
        kept.append(one)
    return kept


class _Retold:
    """Statements of reports in which people set something, as the corrected reading has them."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._corrected = verdicts.corrected
        self._known: dict[str, dict[str, Statement]] = {}

    def tell(self, one: Statement) -> Statement:
        """A statement as the corrected reading has it; itself where nothing of it was set."""
        if one.by.report not in self._corrected:
            return one
        if one.by.report not in self._known:
            read, corrected = self._corrected[one.by.report]
            before = {each.id: each for each in make_statements(one.by, read)}
            self._known[one.by.report] = {
                each.id: each
                for each in make_statements(one.by, corrected)
                if each != before[each.id]
            }
        return self._known[one.by.report].get(one.id, one)


def load_corrected(
    connection: Connection, number: int, verdicts: Verdicts | None = None
) -> Reading | None:
    """The reading of a report that counts, as people left it; None where it was not read.

    Args:
        connection: That reads a ledger.
        number: Of the report.
        verdicts: What people decided, where it is known already.
    """
    verdicts = verdicts or load_verdicts(connection)
    kept = verdicts.corrected.get(id_of_report(connection, number))
    return kept[1] if kept else load_reading(connection, number)


def find_orphans(connection: Connection) -> set[int]:
    """Numbers of the decisions whose words no claim or event has any more."""
    anchors = _Anchors(connection)
    rows = connection.execute(select(decision).where(decision.c.about.in_(("claim", "event"))))
    return {row.number for row in rows.all() if anchors.find(row) is None}


def decided_events(connection: Connection) -> set[tuple[str, str]]:
    """Reports and events that a person accepted, rejected or edited, and did not take back."""
    return _decided(connection, "event")


def decided_claims(connection: Connection) -> set[tuple[str, str]]:
    """The same for claims."""
    return _decided(connection, "claim")


def _decided(connection: Connection, about: str) -> set[tuple[str, str]]:
    rows = connection.execute(select(decision).where(decision.c.about == about)).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    anchors = _Anchors(connection)
    found = set()
    for row in rows:
        name = None if row.undoes is not None or row.number in undone else anchors.find(row)
        if name is not None:
            report, _, own = name.partition("#")
            found.add((report, own))
    return found


def anchor_of(reading: Reading, name: str) -> dict[str, Any] | None:
    """What a decision about a claim or an event hangs on, or None where there is no such thing.

    Args:
        reading: That it stands in.
        name: Its id: `c2`, `e3`.
    """
    span = _spans(reading).get(name)
    if span is None:
        return None
    text = reading.document.text
    return {
        "start": span.start,
        "end": span.end,
        "quote": span.words(text),
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }


def _spans(reading: Reading) -> dict[str, Span]:
    """The words that each claim and event hangs on: the trigger, or all of the content."""
    spans = {event.id: event.trigger for event in reading.events}
    for claim in reading.claims:
        if claim.content:
            spans[claim.id] = Span(claim.content[0].start, claim.content[-1].end)
    return spans


class _Anchors:
    """Finds what decisions hang on in the readings that count, each loaded once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._spans: dict[int, dict[tuple[str, int, int], str]] = {}
        self._readings: dict[str, Reading] = {}

    def find(self, row: Any) -> str | None:  # noqa: ANN401
        """`REPORT#e3` of a decision, or None where nothing has its words at its place."""
        target = json.loads(row.target)
        known = self._load(row, target["report"])
        sort = "c" if row.about == "claim" else "e"
        name = known.get((sort, target["start"], target["end"]))
        return f"{target['report']}#{name}" if name else None

    def reading(self, report: str) -> Reading | None:
        """The reading that counts of a report about which something was found."""
        return self._readings.get(report)

    def _load(self, row: Any, name: str) -> dict[tuple[str, int, int], str]:  # noqa: ANN401
        if row.report not in self._spans:
            reading = load_reading(self._connection, row.report)
            spans = _spans(reading) if reading else {}
            if reading is not None:
                self._readings[name] = reading
            self._spans[row.report] = {
                (part[0], span.start, span.end): part for part, span in sorted(spans.items())
            }
        return self._spans[row.report]
