"""What an address showed over time: all versions are kept, each with what it changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlalchemy import Connection, and_, or_, select

from allegata.incidents.copies import Change, describe_changes
from allegata.ledger.opening import Ledger
from allegata.ledger.packing import storable, text_of
from allegata.ledger.schema import document, entry, location, report

__all__ = ["Version", "earlier_version", "versions_at", "versions_of"]


@dataclass(frozen=True, slots=True)
class Version:
    """A report as an address once showed it.

    Attributes:
        report: Its id.
        document: The id of its text.
        found_at: When it was first found there: UTC, ISO 8601.
        title: As it was then, or None.
        text: All of it.
        changes: What its text changed against the version before; none for the first one, and
            where only the metadata changed.
    """

    report: str
    document: str
    found_at: str
    title: str | None
    text: str
    changes: tuple[Change, ...] = ()


def versions_of(ledger: Ledger, uri: str) -> list[Version]:
    """As `versions_at`, of a ledger.

    Raises:
        StoreError: The ledger cannot be read.
    """
    with ledger.reading() as connection:
        return versions_at(connection, uri)


def versions_at(connection: Connection, uri: str) -> list[Version]:
    """List what was found at an address or path.

    Args:
        connection: That reads a ledger.
        uri: As a report was found, or as it names itself (its canonical address).

    Returns:
        In the order in which they were found; none where nothing was.
    """
    place = storable(uri)
    query = (
        select(
            report.c.id,
            report.c.title,
            document.c.id.label("document"),
            document.c.text,
            document.c.exact,
            entry.c.at,
        )
        .select_from(location.join(report).join(document))
        .join(entry, and_(entry.c.kind == "location", entry.c.ref == location.c.number))
        .where(or_(location.c.uri == place, location.c.canonical == place))
        .order_by(location.c.number)
    )
    found: dict[str, Version] = {}
    for row in connection.execute(query):
        text = text_of(row.text, row.exact)
        found.setdefault(row.id, Version(row.id, row.document, row.at, row.title, text))
    versions = list(found.values())
    return versions[:1] + [_compare(one, other) for one, other in pairwise(versions)]


def earlier_version(
    connection: Connection, report_id: str, uris: Iterable[str]
) -> tuple[Version, Version] | None:
    """The version before a report at one of its addresses, and the report with what it changed.

    Args:
        connection: That reads a ledger.
        report_id: Of the report.
        uris: Where it was found.

    Returns:
        None where it is the first version everywhere.
    """
    for uri in uris:
        for earlier, later in pairwise(versions_at(connection, uri)):
            if later.report == report_id:
                return earlier, later
    return None


def _compare(earlier: Version, later: Version) -> Version:
    if earlier.document == later.document:
        return later
    return replace(later, changes=describe_changes(earlier.text.split(), later.text.split()))
