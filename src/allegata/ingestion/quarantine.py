"""What was set aside, why, and whether it was read after all."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from allegata.ledger import Ledger
from allegata.ledger.schema import entry, fault, location, reading

__all__ = ["SetAside", "list_faults"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that could not be read.

    Attributes:
        where: The file or address and, where known, the place inside it.
        what: What is wrong.
        hint: What a person can do about it.
        step: `document` where its bytes could not be read, `reading` where its text could not.
        at: When it was first set aside for this reason: UTC, ISO 8601.
        is_resolved: Whether a later attempt read it.
    """

    where: str
    what: str
    hint: str
    step: str
    at: str
    is_resolved: bool


def list_faults(ledger: Ledger, *, unresolved_only: bool = False) -> list[SetAside]:
    """List what was set aside, in the order in which it was.

    Args:
        ledger: Open.
        unresolved_only: Whether to leave out what was read after all.

    Returns:
        One for each input and reason; none where everything could be read.

    Raises:
        StoreError: The ledger cannot be read.
    """
    resolved = or_(_was_found_later(), _was_read_later()).label("is_resolved")
    query = (
        select(fault, entry.c.at, resolved)
        .join(entry, and_(entry.c.kind == "fault", entry.c.ref == fault.c.number))
        .order_by(fault.c.number)
    )
    with ledger.reading() as connection:
        found = [
            SetAside(row.where, row.what, row.hint, row.step, row.at, bool(row.is_resolved))
            for row in connection.execute(query)
        ]
    return [one for one in found if not (unresolved_only and one.is_resolved)]


def _was_found_later() -> ColumnElement[bool]:
    """Whether a document was kept from the same place, or from inside it, after the fault."""
    later = aliased(entry)
    inside = func.substr(location.c.uri, 1, func.length(fault.c.where) + 1) == fault.c.where + "#"
    return and_(
        fault.c.step == "document",
        exists(
            select(location.c.number)
            .join(later, and_(later.c.kind == "location", later.c.ref == location.c.number))
            .where(or_(location.c.uri == fault.c.where, inside), later.c.number > entry.c.number)
            .correlate(fault, entry)
        ),
    )


def _was_read_later() -> ColumnElement[bool]:
    """Whether a document from the same place was read after the fault."""
    later = aliased(entry)
    return and_(
        fault.c.step == "reading",
        exists(
            select(location.c.number)
            .join(reading, reading.c.report == location.c.report)
            .join(later, and_(later.c.kind == "reading", later.c.ref == reading.c.number))
            .where(location.c.uri == fault.c.where, later.c.number > entry.c.number)
            .correlate(fault, entry)
        ),
    )
