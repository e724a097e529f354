"""Where a report was found, and what else was found at the same address."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from allegata.ledger.schema import entry, location, report

__all__ = ["FoundAt", "Version", "list_versions", "where_found"]


@dataclass(frozen=True, slots=True)
class FoundAt:
    """A place where a report was found.

    Attributes:
        uri: Its path or address.
        canonical: The address that it gives for itself, or None.
        at: When it was kept: UTC, ISO 8601.
    """

    uri: str
    canonical: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Version:
    """Another report that was found at an address where this one was.

    Attributes:
        report: Its id.
        published: The day, or None.
        at: When it was kept.
    """

    report: str
    published: date | None
    at: str


def where_found(connection: Connection, number: int) -> list[FoundAt]:
    """Where a report was found, in the order of finding."""
    rows = connection.execute(
        select(location.c.uri, location.c.canonical, entry.c.at)
        .join(entry, (entry.c.kind == location.name) & (entry.c.ref == location.c.number))
        .where(location.c.report == number)
        .order_by(location.c.number)
    )
    return [FoundAt(row.uri, row.canonical, row.at) for row in rows]


def list_versions(connection: Connection, number: int) -> list[Version]:
    """Other reports that were found at the addresses of one, in the order of finding."""
    other = location.alias()
    rows = connection.execute(
        select(report.c.id, report.c.published, entry.c.at)
        .join(other, other.c.report == report.c.number)
        .join(location, location.c.uri == other.c.uri)
        .join(entry, (entry.c.kind == location.name) & (entry.c.ref == other.c.number))
        .where(location.c.report == number, report.c.number != number)
        .order_by(other.c.number)
    )
    return list(dict.fromkeys(Version(row.id, row.published, row.at) for row in rows))
