"""Writing to a ledger: rows are added with their hashes, none is ever changed."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, insert, select

from allegata.errors import InputError
from allegata.ledger.chain import Head, hash_entry, hash_row
from allegata.ledger.drawing import draw, draw_report, drawn_rows, report_as_read, withdraw
from allegata.ledger.opening import Ledger
from allegata.ledger.packing import (
    document_row,
    pack,
    reading_json,
    report_id,
    report_row,
    storable,
    to_json,
)
from allegata.ledger.schema import (
    KEPT,
    account,
    account_key,
    blob,
    claim,
    copy_key,
    current,
    decision,
    document,
    entry,
    event,
    fault,
    location,
    party,
    reading,
    report,
    run,
    second_reading,
    tally,
    tombstone,
)
from allegata.types import Document, Reading

__all__ = ["Added", "Clock", "Run", "Writing", "write"]

Clock = Callable[[], datetime]
"""Gives the moment; the order of entries never depends on it."""


@dataclass(frozen=True, slots=True)
class Run:
    """By what readings are made.

    Attributes:
        version: Of allegata.
        model: Hash of the weights.
        knowledge: Hash of the tables, the gazetteer and the user's own files.
        settings: What else a reading depends on, as canonical JSON.
    """

    version: str
    model: str
    knowledge: str
    settings: str = "{}"

    @property
    def id(self) -> str:
        """The same for the same code, weights, knowledge and settings."""
        words = to_json([self.version, self.model, self.knowledge, self.settings])
        return "u" + hashlib.sha256(words.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was handed in.

    Attributes:
        report: The number of its report.
        is_new: Whether the ledger did not have the report before.
        is_found_anew: Whether it had the report, but not from this place.
    """

    report: int
    is_new: bool
    is_found_anew: bool


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def write(ledger: Ledger, clock: Clock | None = None) -> Iterator["Writing"]:
    """Open a transaction: when the block ends all of it is kept, and when it fails nothing is.

    Args:
        ledger: One that is open for writing.
        clock: Gives the moment of each entry; the system's by default.

    Raises:
        StoreError: Another one writes and does not finish, or nothing can be written.
    """
    with ledger.transaction() as connection:
        writing = Writing(ledger, connection, clock or _now)
        yield writing
        writing.flush()


_ORDER = (*KEPT, entry, current, claim, event, party, tally, account, account_key, copy_key)
"""The tables in an order in which no row comes before what it refers to."""


def _seek(table: Table, *names: str) -> Select[Any]:
    conditions = [table.c[name] == bindparam(f"by_{name}") for name in names]
    return select(table.c.number).where(*conditions).limit(1)


# Made once: making a question takes longer than asking it.
_BY_ID = {table.name: _seek(table, "sha256" if table is blob else "id") for table in KEPT}
_READ_BY = _seek(reading, "report", "run")
_MOST = {
    table.name: select(func.max(entry.c.ref)).where(entry.c.kind == table.name) for table in KEPT
}
_MOST[account.name] = select(func.max(account.c.number))
_COUNTS = select(current.c.reading).where(current.c.report == bindparam("by_report"))
_ERASED = select(tombstone.c.why).where(tombstone.c.document == bindparam("by_document")).limit(1)
_FIRST_URI = (
    select(location.c.uri)
    .where(location.c.report == bindparam("by_report"))
    .order_by(location.c.number)
    .limit(1)
)


class Writing:
    """One transaction that adds to a ledger. Opened by `write`.

    Rows are gathered and inserted together by `flush`; whoever asks the connection flushes first.

    Attributes:
        connection: For whoever draws rows in the same transaction.
    """

    def __init__(self, ledger: Ledger, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self._clock = clock
        self._head = ledger.head(connection)
        self._numbers: dict[str, int] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in _ORDER}
        self._added: dict[tuple[str, str], int] = {}
        self._read: dict[tuple[int, int], int] = {}
        self._current: dict[int, int] = {}
        self._uris: dict[int, str] = {}
        self._runs: dict[int, str] = {}

    @property
    def head(self) -> Head:
        """The head with what was added so far."""
        return self._head

    def moment(self) -> str:
        """Now, as it is written in entries."""
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def flush(self) -> None:
        """Insert what was gathered."""
        for table in _ORDER:
            rows = self._rows[table.name]
            if rows:
                self.connection.execute(insert(table), rows)
                self._rows[table.name] = []

    def find(self, table: Table, value: str) -> int | None:
        """The number of a kept row by its id (of a blob, by its hash), or None."""
        added = self._added.get((table.name, value))
        if added is not None:
            return added
        column = "sha256" if table is blob else "id"
        found: int | None = self.connection.execute(
            _BY_ID[table.name], {f"by_{column}": value}
        ).scalar()
        return found

    def add_report(self, doc: Document, raw: bytes | None = None) -> Added:
        """Add a document as one outlet published it, and where it was found.

        Args:
            doc: What is there already is not added again: text, report or place.
            raw: The bytes that it was read from, where they are at hand.
        """
        found_id = report_id(doc)
        number = self.find(report, found_id)
        is_new = number is None
        if number is None:
            text = self.find(document, doc.id)
            if text is None:
                text = self._add(document, {"id": doc.id, **document_row(doc.text)})
            number = self._add(report, {"id": found_id, "document": text, **report_row(doc)})
            self._uris[number] = storable(doc.uri) or ""
        return Added(number, is_new, self._add_location(number, found_id, doc, raw) and not is_new)

    def _add_location(self, number: int, found_id: str, doc: Document, raw: bytes | None) -> bool:
        words = to_json([found_id, doc.uri, doc.canonical])
        place_id = "l" + hashlib.sha256(words.encode()).hexdigest()[:24]
        if self.find(location, place_id) is not None:
            return False
        row = {
            "id": place_id,
            "report": number,
            "blob": self._add_blob(raw),
            "uri": storable(doc.uri),
            "canonical": storable(doc.canonical),
            "encoding": doc.encoding,
            "warnings": to_json(list(doc.warnings)),
        }
        self._add(location, row)
        return True

    def _add_blob(self, raw: bytes | None) -> int | None:
        if raw is None:
            return None
        digest = hashlib.sha256(raw).hexdigest()
        found = self.find(blob, digest)
        if found is not None:
            return found
        return self._add(blob, {"sha256": digest, "n_bytes": len(raw), "packed": pack(raw)})

    def add_run(self, by: Run) -> int:
        """Add a run, or find it."""
        number = self.find(run, by.id)
        if number is None:
            row = {
                "id": by.id,
                "version": by.version,
                "model": by.model,
                "knowledge": by.knowledge,
                "settings": by.settings,
            }
            number = self._add(run, row)
        self._runs[number] = by.id
        return number

    def has_read(self, report_number: int, run_number: int) -> bool:
        """Whether a run has read a report before."""
        if (report_number, run_number) in self._read:
            return True
        asked = {"by_report": report_number, "by_run": run_number}
        return self.connection.execute(_READ_BY, asked).scalar() is not None

    def add_reading(self, report_number: int, run_number: int, made: Reading) -> int | None:
        """Add what a run made of a report; from now on it is the one that counts.

        Args:
            report_number: Of `add_report`.
            run_number: Of `add_run`, in the same transaction.
            made: The reading.

        Returns:
            Its number, or None where the run has read the report before.
        """
        if self.has_read(report_number, run_number):
            return None
        words = reading_json(made)
        name = report_id(made.document)
        named = to_json([name, self._runs[run_number], hashlib.sha256(words).hexdigest()])
        row = {
            "id": "g" + hashlib.sha256(named.encode()).hexdigest()[:24],
            "report": report_number,
            "run": run_number,
            "packed": pack(words),
        }
        number = self._add(reading, row)
        self._read[report_number, run_number] = number
        self._let_count(report_number, number, name, made)
        return number

    def _let_count(self, report_number: int, number: int, name: str, made: Reading) -> None:
        """From now on this reading of the report counts."""
        before = self._current.get(report_number)
        if before is None:
            before = self.connection.execute(_COUNTS, {"by_report": report_number}).scalar()
        if before is None:
            keys = draw_report(name, made.document)
            self._rows[copy_key.name] += [{"key": key, "report": report_number} for key in keys]
        else:
            self.flush()
            withdraw(self.connection, before)
            self.connection.execute(delete(current).where(current.c.report == report_number))
        self._current[report_number] = number
        self._rows[current.name].append({"report": report_number, "reading": number})
        by = report_as_read(name, made.document, self._first_uri(report_number))
        drawn = draw(by, made)
        for _ in drawn.accounts:
            self._next(account)
        first = self._numbers.get(account.name, 0) - len(drawn.accounts) + 1
        for table, rows in drawn_rows(drawn, number, first):
            self._rows[table.name] += rows

    def _first_uri(self, report_number: int) -> str:
        if report_number not in self._uris:
            found = self.connection.execute(_FIRST_URI, {"by_report": report_number}).scalar()
            self._uris[report_number] = found or ""
        return self._uris[report_number]

    def add_fault(self, error: InputError, step: str) -> bool:
        """Add what was set aside, and why.

        Args:
            error: Says where and what.
            step: `document` or `reading`.

        Returns:
            False where the same is there already.
        """
        words = to_json([error.where, error.what, step])
        fault_id = "f" + hashlib.sha256(words.encode()).hexdigest()[:24]
        if self.find(fault, fault_id) is not None:
            return False
        row = {
            "id": fault_id,
            "where": storable(error.where),
            "what": storable(error.what),
            "hint": storable(error.hint),
            "step": step,
        }
        self._add(fault, row)
        return True

    def add_decision(self, row: Mapping[str, Any]) -> int:
        """Add a person's decision: the columns of `decision` but `number`."""
        return self._add(decision, row)

    def add_second_reading(self, row: Mapping[str, Any]) -> int:
        """Add what a second reader made of a report: the columns but `number`."""
        return self._add(second_reading, row)

    def add_tombstone(self, row: Mapping[str, Any]) -> int:
        """Add what is left of a text that is erased: the columns of `tombstone` but `number`."""
        return self._add(tombstone, row)

    def find_erased(self, text_id: str) -> str | None:
        """Why a text must not come back, by its id; None where it was never erased."""
        why: str | None = self.connection.execute(_ERASED, {"by_document": text_id}).scalar()
        return why

    def _add(self, table: Table, row: Mapping[str, Any]) -> int:
        """Add one kept row and its entry."""
        number = self._next(table)
        values = {column.name: row.get(column.name) for column in table.c}
        del values["number"]
        self._rows[table.name].append({"number": number, **values})
        self._added[table.name, str(values.get("id", values.get("sha256")))] = number
        self._add_entry(table.name, number, hash_row(table, values))
        return number

    def _add_entry(self, kind: str, ref: int, row_hash: str) -> None:
        at = self.moment()
        number = self._head.number + 1
        head = hash_entry(self._head.hash, number, kind, ref, row_hash, at)
        row = {"number": number, "kind": kind, "ref": ref, "hash": row_hash, "at": at, "head": head}
        self._rows[entry.name].append(row)
        self._head = Head(number, head)

    def _next(self, table: Table) -> int:
        if table.name not in self._numbers:
            # By the chain where it has the table: numbers of rows that were erased never come back.
            most = self.connection.execute(_MOST[table.name]).scalar()
            self._numbers[table.name] = most or 0
        self._numbers[table.name] += 1
        return self._numbers[table.name]
