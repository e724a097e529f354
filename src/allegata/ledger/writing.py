"""Writing to a ledger: rows are added with their hashes, none is ever changed."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from allegata.errors import InputError
from allegata.ledger.chain import Head, hash_entry, hash_row
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
    blob,
    current,
    decision,
    document,
    entry,
    fault,
    location,
    reading,
    report,
    run,
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
def write(ledger: Ledger, clock: Clock = _now) -> Iterator["Writing"]:
    """Open a transaction: when the block ends all of it is kept, and when it fails nothing is.

    Args:
        ledger: One that is open for writing.
        clock: Gives the moment of each entry.

    Raises:
        StoreError: Another one writes and does not finish, or nothing can be written.
    """
    with ledger.transaction() as connection:
        yield Writing(ledger, connection, clock)


class Writing:
    """One transaction that adds to a ledger. Opened by `write`.

    Attributes:
        connection: For whoever draws rows in the same transaction.
    """

    def __init__(self, ledger: Ledger, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self._clock = clock
        self._head = ledger.head(connection)
        self._numbers: dict[str, int] = {}

    @property
    def head(self) -> Head:
        """The head with what was added so far."""
        return self._head

    def find(self, table: Table, **columns: object) -> int | None:
        """The number of the first row with these values, or None."""
        query = select(table.c.number)
        for name, value in columns.items():
            query = query.where(table.c[name] == value)
        found: int | None = self.connection.execute(query.limit(1)).scalar()
        return found

    def add_report(self, doc: Document, raw: bytes | None = None) -> Added:
        """Add a document as one outlet published it, and where it was found.

        Args:
            doc: What is there already is not added again: text, report or place.
            raw: The bytes that it was read from, where they are at hand.
        """
        found_id = report_id(doc)
        number = self.find(report, id=found_id)
        is_new = number is None
        if number is None:
            text = self.find(document, id=doc.id)
            if text is None:
                text = self._add(document, {"id": doc.id, **document_row(doc.text)})
            number = self._add(report, {"id": found_id, "document": text, **report_row(doc)})
        return Added(number, is_new, self._add_location(number, found_id, doc, raw) and not is_new)

    def _add_location(self, number: int, found_id: str, doc: Document, raw: bytes | None) -> bool:
        words = to_json([found_id, doc.uri, doc.canonical])
        place_id = "l" + hashlib.sha256(words.encode()).hexdigest()[:24]
        if self.find(location, id=place_id) is not None:
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
        found = self.find(blob, sha256=digest)
        if found is not None:
            return found
        return self._add(blob, {"sha256": digest, "n_bytes": len(raw), "packed": pack(raw)})

    def add_run(self, by: Run) -> int:
        """Add a run, or find it."""
        found = self.find(run, id=by.id)
        if found is not None:
            return found
        return self._add(
            run,
            {
                "id": by.id,
                "version": by.version,
                "model": by.model,
                "knowledge": by.knowledge,
                "settings": by.settings,
            },
        )

    def add_reading(self, report_number: int, run_number: int, made: Reading) -> int | None:
        """Add what a run made of a report; from now on it is the one that counts.

        Args:
            report_number: Of `add_report`.
            run_number: Of `add_run`.
            made: The reading.

        Returns:
            Its number, or None where the run has read the report before.
        """
        if self.find(reading, report=report_number, run=run_number) is not None:
            return None
        words = reading_json(made)
        by = self.connection.execute(select(run.c.id).where(run.c.number == run_number)).scalar()
        named = to_json([report_id(made.document), by, hashlib.sha256(words).hexdigest()])
        number = self._add(
            reading,
            {
                "id": "g" + hashlib.sha256(named.encode()).hexdigest()[:24],
                "report": report_number,
                "run": run_number,
                "packed": pack(words),
            },
        )
        self.connection.execute(current.delete().where(current.c.report == report_number))
        self.connection.execute(insert(current).values(report=report_number, reading=number))
        return number

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
        if self.find(fault, id=fault_id) is not None:
            return False
        self._add(
            fault,
            {
                "id": fault_id,
                "where": storable(error.where),
                "what": storable(error.what),
                "hint": storable(error.hint),
                "step": step,
            },
        )
        return True

    def add_decision(self, row: Mapping[str, Any]) -> int:
        """Add a person's decision: the columns of `decision` but `number`."""
        return self._add(decision, row)

    def _add(self, table: Table, row: Mapping[str, Any]) -> int:
        """Add one kept row and its entry."""
        number = self._next(table)
        values = dict.fromkeys(name for name in table.c.keys() if name != "number") | dict(row)
        self.connection.execute(insert(table).values(number=number, **values))
        self._add_entry(table.name, number, hash_row(table, values))
        return number

    def _add_entry(self, kind: str, ref: int, row_hash: str) -> None:
        at = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        number = self._head.number + 1
        head = hash_entry(self._head.hash, number, kind, ref, row_hash, at)
        self.connection.execute(
            insert(entry).values(number=number, kind=kind, ref=ref, hash=row_hash, at=at, head=head)
        )
        self._head = Head(number, head)

    def _next(self, table: Table) -> int:
        if table.name not in self._numbers:
            most = self.connection.execute(select(func.max(table.c.number))).scalar()
            self._numbers[table.name] = most or 0
        self._numbers[table.name] += 1
        return self._numbers[table.name]

