"""What an address showed over time: all versions are kept, each with what it changed."""

from dataclasses import dataclass, replace
from itertools import pairwise

from sqlalchemy import and_, or_, select

from allegata.incidents.copies import Change, describe_changes
from allegata.ledger import Ledger
from allegata.ledger.packing import storable, text_of
from allegata.ledger.schema import document, entry, location, report

__all__ = ["Version", "versions_of"]


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
    """List what was found at an address or path.

    Args:
        ledger: Open.
        uri: As a report was found, or as it names itself (its canonical address).

    Returns:
        In the order in which they were found; none where nothing was.

    Raises:
        StoreError: The ledger cannot be read.
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
    with ledger.reading() as connection:
        for row in connection.execute(query):
            text = text_of(row.text, row.exact)
            found.setdefault(row.id, Version(row.id, row.document, row.at, row.title, text))
    versions = list(found.values())
    return versions[:1] + [_compare(one, other) for one, other in pairwise(versions)]


def _compare(earlier: Version, later: Version) -> Version:
    if earlier.document == later.document:
        return later
    return replace(later, changes=describe_changes(earlier.text.split(), later.text.split()))
