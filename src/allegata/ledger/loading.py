"""Reading back from a ledger: documents, readings, what accounts state."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, func, select

from allegata.errors import InputError
from allegata.ledger.features_json import unpack_statements
from allegata.ledger.packing import rows_document, text_of
from allegata.ledger.packing import unpack_reading as unpack_row
from allegata.ledger.schema import (
    account,
    copy,
    current,
    document,
    location,
    reading,
    report,
)
from allegata.types import Document, Reading
from allegata.types.incident import CopyKind, CopyLink
from allegata.types.statement import Statement

__all__ = [
    "chunks",
    "id_of_report",
    "load_copies",
    "load_document",
    "load_documents",
    "load_reading",
    "load_statements",
    "number_of_report",
    "reports_of_readings",
    "unpack_row",
]

_MOST_AT_ONCE = 400
_LEAST_OF_AN_ID = 6


def chunks(numbers: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in lists short enough for one question."""
    remaining = iter(numbers)
    while piece := list(islice(remaining, _MOST_AT_ONCE)):
        yield piece


def number_of_report(connection: Connection, report_id: str) -> int:
    """The number of a report by its id, or by an unmistakable beginning of it.

    Raises:
        InputError: There is none, or several.
    """
    asked = select(report.c.number)
    numbers = list(connection.execute(asked.where(report.c.id == report_id)).scalars())
    if not numbers and len(report_id) >= _LEAST_OF_AN_ID:
        begun = report.c.id.startswith(report_id, autoescape=True)
        numbers = list(connection.execute(asked.where(begun).limit(2)).scalars())
    if len(numbers) == 1:
        return int(numbers[0])
    what = "begins the ids of several reports." if numbers else "is the id of no report."
    raise InputError(report_id, what, "`allegata search` shows ids.")


def id_of_report(connection: Connection, number: int) -> str:
    """The id of a report by its number."""
    return str(
        connection.execute(select(report.c.id).where(report.c.number == number)).scalar_one()
    )


def reports_of_readings(connection: Connection, numbers: Iterable[int]) -> list[str]:
    """Ids of the reports that readings are of, in the order in which the ledger got them."""
    found: dict[int, str] = {}
    query = select(report.c.number, report.c.id).join(reading, reading.c.report == report.c.number)
    for piece in chunks(numbers):
        rows = connection.execute(query.where(reading.c.number.in_(piece)))
        found |= {row.number: row.id for row in rows}
    return [found[number] for number in sorted(found)]


def load_reading(connection: Connection, number: int) -> Reading | None:
    """The reading of a report that counts, or None where it was not read.

    Args:
        connection: That reads the ledger.
        number: Of the report.

    Raises:
        DamageError: It was altered.
    """
    row = connection.execute(
        select(reading.c.packed, reading.c.number)
        .join(current, current.c.reading == reading.c.number)
        .where(current.c.report == number)
    ).first()
    if row is None:
        return None
    doc = load_document(connection, number)
    return unpack_row(row.packed, doc, f"reading {row.number}")


def load_document(connection: Connection, number: int) -> Document:
    """The document of a report, as it was read where it was found first.

    Args:
        connection: That reads the ledger.
        number: Of the report.
    """
    return load_documents(connection, [number])[number][1]


def load_documents(
    connection: Connection, numbers: Iterable[int]
) -> dict[int, tuple[str, Document]]:
    """Documents of reports with the ids of these, by number, as `load_document` gives them.

    Raises:
        LookupError: There is no such report.
    """
    other = location.alias()
    first = select(func.min(other.c.number)).where(other.c.report == report.c.number)
    places = [column for column in location.c if column.name not in report.c]
    query: Select[Any] = (
        select(*report.c, document.c.text, document.c.exact, *places)
        .join(document, document.c.number == report.c.document)
        .join(location, location.c.number == first.scalar_subquery())
    )
    found = {}
    for piece in chunks(numbers):
        for row in connection.execute(query.where(report.c.number.in_(piece))):
            text = text_of(row.text, row.exact)
            found[row.number] = (row.id, rows_document(text, row, row))
        for number in piece:
            if number not in found:
                raise LookupError(f"report {number} is not there")
    return found


def load_statements(
    connection: Connection, numbers: Sequence[int]
) -> dict[int, tuple[Statement, ...]]:
    """What accounts state, by their numbers.

    Raises:
        DamageError: A row was altered.
    """
    found: dict[int, tuple[Statement, ...]] = {}
    for piece in chunks(numbers):
        rows = connection.execute(
            select(account.c.number, account.c.statements).where(account.c.number.in_(piece))
        )
        for row in rows:
            found[row.number] = unpack_statements(row.statements, f"account {row.number}")
    return found


def load_copies(connection: Connection, report_ids: Iterable[str]) -> tuple[CopyLink, ...]:
    """The copies among reports, by their ids."""
    ids = sorted(set(report_ids))
    if len(ids) < 2:
        return ()
    names: dict[int, str] = {}
    for piece in chunks(ids):
        rows = connection.execute(
            select(report.c.number, report.c.id).where(report.c.id.in_(piece))
        )
        names |= {row.number: row.id for row in rows}
    links: list[CopyLink] = []
    for piece in chunks(names):
        rows = connection.execute(select(copy).where(copy.c.earlier.in_(piece)))
        links += [
            CopyLink(
                names[row.earlier], names[row.later], CopyKind(row.kind), row.share, row.reason
            )
            for row in rows
            if row.later in names
        ]
    return tuple(sorted(links, key=lambda link: (link.earlier, link.later)))
