"""Erasing for good: a text that must not be kept leaves its hashes and a tombstone.

A ledger only adds. Where a law or a witness demands that a text go, its rows and all that was
drawn from them are removed, and the file is written anew so that no freed page holds them. The
entries of the rows stay in the chain: every head that was noted or sealed before still fits, and a
tombstone says who erased what number of rows, when and why, without a word of them.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, select, text

from allegata.errors import InputError
from allegata.ledger.building import build_within, compare_new
from allegata.ledger.drawing import withdraw
from allegata.ledger.faults import explain
from allegata.ledger.loading import chunks
from allegata.ledger.opening import WAIT_S, Ledger
from allegata.ledger.packing import to_json
from allegata.ledger.schema import (
    account,
    blob,
    claim,
    copy,
    copy_key,
    current,
    decision,
    document,
    entry,
    event,
    location,
    membership,
    party,
    reading,
    report,
    second_reading,
    tally,
    tombstone,
    visit,
)
from allegata.ledger.writing import Clock, Writing, write

__all__ = ["Erased", "Tombstone", "erase", "erased_rows", "list_tombstones", "scrub"]

_GONE = (decision, second_reading, reading, location, blob, report, document)
"""Kept tables in an order in which no row goes before what refers to it."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure came to.

    Attributes:
        tombstones: Their ids, one for each text.
        reports: Ids of the reports that are gone: all that published one of the texts.
        copies: Ids of reports that are near-copies of them and are still there.
        n_rows: How many kept rows are gone.
        n_incidents: How many incidents lost an account.
    """

    tombstones: tuple[str, ...]
    reports: tuple[str, ...]
    copies: tuple[str, ...]
    n_rows: int
    n_incidents: int


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a text that was erased.

    Attributes:
        id: Of the tombstone.
        document: The id of the text, by which it is told again; a hash of it.
        who: Who erased it.
        why: In words.
        at: When: UTC, ISO 8601.
        entry: The number of its entry in the chain.
        rows: Table and number of each kept row that is gone.
    """

    id: str
    document: str
    who: str
    why: str
    at: str
    entry: int
    rows: tuple[tuple[str, int], ...]


def erase(
    ledger: Ledger, reports: Sequence[str], *, who: str, why: str, clock: Clock | None = None
) -> Erased:
    """Erase the texts of reports, every report of these texts, and all that was made of them.

    Call `scrub` afterwards: only then do the freed pages hold nothing of them.

    Args:
        ledger: Open for writing.
        reports: Ids of reports.
        who: Who erases.
        why: In words; they stay.
        clock: Gives the moment.

    Returns:
        What is gone. All of it goes, or nothing.

    Raises:
        InputError: There is no such report, or nobody and no reason is named.
        StoreError: Nothing can be written.
    """
    for name, value in (("--who", who), ("--why", why)):
        if not value.strip():
            raise InputError(name, "is empty.", "Say who erases, and why: that is what stays.")
    compare_new(ledger, clock=clock)
    with write(ledger, clock) as writing:
        connection = writing.connection
        if ledger.path is not None:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        texts = _find_texts(connection, reports)
        went = [_Text.find(connection, number, name) for number, name in sorted(texts.items())]
        copies = _find_copies(connection, [number for one in went for number in one.reports])
        gone = [name for one in went for name in _ids(connection, report, one.reports)]
        marks = [_mark(writing, one, who.strip(), why) for one in went]
        writing.flush()
        _withdraw(connection, [number for one in went for number in one.reports])
        n_incidents = build_within(writing).n_incidents
        for one in went:
            _remove(connection, one)
        _remove_from_search(connection)
    return Erased(
        tuple(marks),
        tuple(sorted(gone)),
        tuple(copies),
        sum(len(one.rows) for one in went),
        n_incidents,
    )


def scrub(ledger: Ledger) -> None:
    """Write the store anew, so that nothing that was erased is left in pages that it freed.

    Raises:
        StoreError: Somebody else uses the ledger, or the disk is full.
    """
    with explain(ledger.where):
        if ledger.path is None:
            engine = ledger.engine.execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                for table in (*_GONE, claim, event, party, tally, account, membership, copy):
                    connection.exec_driver_sql(f'VACUUM (FULL) "{table.name}"')
            return
        with closing(sqlite3.connect(ledger.path, timeout=WAIT_S, isolation_level=None)) as raw:
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erased_rows(connection: Connection) -> dict[tuple[str, int], str]:
    """Every kept row that was erased, with the id of its tombstone."""
    found = {}
    for row in connection.execute(select(tombstone.c.id, tombstone.c.rows)):
        for table, number in json.loads(row.rows):
            found[table, number] = row.id
    return found


def list_tombstones(connection: Connection) -> list[Tombstone]:
    """What was erased, the earliest first."""
    query = (
        select(tombstone, entry.c.at, entry.c.number.label("entry"))
        .join(entry, (entry.c.kind == tombstone.name) & (entry.c.ref == tombstone.c.number))
        .order_by(tombstone.c.number)
    )
    return [
        Tombstone(
            row.id,
            row.document,
            row.who,
            row.why,
            row.at,
            row.entry,
            tuple((table, number) for table, number in json.loads(row.rows)),
        )
        for row in connection.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that goes, and what goes with it."""

    id: str
    reports: tuple[int, ...]
    readings: tuple[int, ...]
    rows: tuple[tuple[Table, int], ...]
    """Kept rows, in the order of `_GONE`."""
    uris: tuple[str, ...]

    @classmethod
    def find(cls, connection: Connection, number: int, name: str) -> "_Text":
        def ask(table: Table, *conditions: object) -> list[int]:
            query = select(table.c.number).where(*conditions).order_by(table.c.number)  # type: ignore[arg-type]
            return list(connection.execute(query).scalars())

        reports = ask(report, report.c.document == number)
        places = connection.execute(
            select(location.c.number, location.c.blob, location.c.uri, location.c.canonical).where(
                location.c.report.in_(reports)
            )
        ).all()
        own = {row.blob for row in places if row.blob is not None}
        others = select(location.c.blob).where(
            location.c.report.not_in(reports), location.c.blob.is_not(None)
        )
        about = ask(decision, decision.c.report.in_(reports))
        readings = ask(reading, reading.c.report.in_(reports))
        numbers = {
            decision.name: sorted(about, reverse=True),  # what undoes goes before what is undone
            second_reading.name: ask(second_reading, second_reading.c.report.in_(reports)),
            reading.name: readings,
            location.name: [row.number for row in places],
            blob.name: ask(blob, blob.c.number.in_(own), blob.c.number.not_in(others)),
            report.name: reports,
            document.name: [number],
        }
        rows = tuple((table, one) for table in _GONE for one in numbers[table.name])
        uris = {uri for row in places for uri in (row.uri, row.canonical) if uri}
        return cls(name, tuple(reports), tuple(readings), rows, tuple(sorted(uris)))


def _find_texts(connection: Connection, names: Sequence[str]) -> dict[int, str]:
    """Numbers and ids of the texts of reports."""
    found: dict[int, str] = {}
    for name in names:
        query = (
            select(document.c.number, document.c.id)
            .join(report, report.c.document == document.c.number)
            .where(report.c.id == name)
        )
        row = connection.execute(query).first()
        if row is None:
            raise InputError(name, "is no report of this ledger.", "`allegata search` names them.")
        found[row.number] = row.id
    return found


def _find_copies(connection: Connection, numbers: Sequence[int]) -> list[str]:
    near: set[int] = set()
    for one, other in ((copy.c.earlier, copy.c.later), (copy.c.later, copy.c.earlier)):
        near |= set(connection.execute(select(one).where(other.in_(numbers))).scalars())
    return sorted(_ids(connection, report, sorted(near - set(numbers))))


def _ids(connection: Connection, table: Table, numbers: Iterable[int]) -> list[str]:
    query = select(table.c.id).where(table.c.number.in_(list(numbers)))
    return list(connection.execute(query).scalars())


def _mark(writing: Writing, one: _Text, who: str, why: str) -> str:
    rows = to_json([[table.name, number] for table, number in one.rows])
    name = "t" + hashlib.sha256((rows + writing.head.hash).encode()).hexdigest()[:24]
    writing.add_tombstone({"id": name, "document": one.id, "who": who, "why": why, "rows": rows})
    return name


def _withdraw(connection: Connection, reports: Sequence[int]) -> None:
    """Let the readings of reports count no longer."""
    query = select(current.c.reading).where(current.c.report.in_(reports))
    for number in list(connection.execute(query).scalars()):
        withdraw(connection, number)
    for table, column in (
        (current, current.c.report),
        (copy_key, copy_key.c.report),
        (copy, copy.c.earlier),
        (copy, copy.c.later),
    ):
        connection.execute(delete(table).where(column.in_(reports)))


def _remove(connection: Connection, one: _Text) -> None:
    own = select(account.c.number).where(account.c.reading.in_(one.readings))
    connection.execute(delete(membership).where(membership.c.account.in_(own)))
    for table in (account, claim, event, party, tally):
        connection.execute(delete(table).where(table.c.reading.in_(one.readings)))
    for table in _GONE:
        numbers = [number for kept, number in one.rows if kept is table]
        if table is decision:
            for number in numbers:
                connection.execute(delete(table).where(table.c.number == number))
            continue
        for piece in chunks(numbers):
            connection.execute(delete(table).where(table.c.number.in_(piece)))
    connection.execute(delete(visit).where(visit.c.url.in_(one.uris)))


def _remove_from_search(connection: Connection) -> None:
    """Make the index of words anew from the texts that are left."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO document_fts(document_fts) VALUES ('rebuild')"))
