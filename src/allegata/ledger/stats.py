"""What a ledger holds, in numbers, and one hash of it that no order of writing changes."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from allegata.ledger.chain import Head
from allegata.ledger.opening import Ledger
from allegata.ledger.schema import (
    account,
    blob,
    claim,
    current,
    decision,
    document,
    event,
    fault,
    location,
    membership,
    reading,
    report,
    run,
)

__all__ = ["Stats", "count_all", "digest"]


@dataclass(frozen=True, slots=True)
class Stats:
    """What a ledger holds.

    Attributes:
        documents: Texts.
        reports: Texts as outlets published them.
        locations: Where they were found.
        outlets: Publishers that are named.
        readings: All that were made; each report counts by its last one.
        claims, events: Of the readings that count. The outlets' own voices are no claims here.
        incidents: With at least one account.
        decisions: Of people.
        faults: What was set aside.
        first, last: The days of the first and the last report that is dated.
        n_bytes: Kept as found, packed.
        head: Of the chain.
        digest: See `digest`.
    """

    documents: int
    reports: int
    locations: int
    outlets: int
    readings: int
    claims: int
    events: int
    incidents: int
    decisions: int
    faults: int
    first: date | None
    last: date | None
    n_bytes: int
    head: Head
    digest: str


def count_all(ledger: Ledger) -> Stats:
    """Count what a ledger holds.

    Raises:
        StoreError: It cannot be read.
    """
    with ledger.reading() as connection:

        def count(table: object) -> int:
            number = connection.execute(select(func.count()).select_from(table)).scalar()  # type: ignore[arg-type]
            return int(number or 0)

        counts = select(current.c.reading)
        claims = select(func.count()).where(
            claim.c.reading.in_(counts), claim.c.parent.is_not(None)
        )
        events = select(func.count()).where(event.c.reading.in_(counts))
        incidents = select(func.count(membership.c.incident.distinct())).where(
            membership.c.until.is_(None)
        )
        first, last, outlets = connection.execute(
            select(
                func.min(report.c.published),
                func.max(report.c.published),
                func.count(report.c.publisher.distinct()),
            )
        ).one()
        return Stats(
            documents=count(document),
            reports=count(report),
            locations=count(location),
            outlets=outlets,
            readings=count(reading),
            claims=connection.execute(claims).scalar_one(),
            events=connection.execute(events).scalar_one(),
            incidents=connection.execute(incidents).scalar_one(),
            decisions=count(decision),
            faults=count(fault),
            first=first,
            last=last,
            n_bytes=connection.execute(select(func.sum(func.length(blob.c.packed)))).scalar() or 0,
            head=ledger.head(connection),
            digest=digest(connection),
        )


def digest(connection: Connection) -> str:
    """One hash of what a ledger holds, whatever the order and the portions in which it came.

    It covers texts, reports, places where they were found, the readings that count, decisions, and
    which accounts make one incident. It does not cover moments, numbers, and the ids of incidents,
    which are issued once and stay.

    Args:
        connection: That reads the ledger.

    Returns:
        SHA-256 in hex.
    """
    total = hashlib.sha256()
    lists = (
        select(document.c.id).order_by(document.c.id),
        select(report.c.id).order_by(report.c.id),
        select(location.c.id).order_by(location.c.id),
        select(reading.c.id)
        .join(current, current.c.reading == reading.c.number)
        .order_by(reading.c.id),
        select(run.c.id).order_by(run.c.id),
        select(fault.c.id).order_by(fault.c.id),
        select(decision.c.id).order_by(decision.c.id),
    )
    for query in lists:
        for value in connection.execute(query).scalars():
            total.update(f"{value}\n".encode())
        total.update(b"\f")
    for group in sorted(_groups(connection)):
        total.update(f"{' '.join(group)}\n".encode())
    return total.hexdigest()


def _groups(connection: Connection) -> list[tuple[str, ...]]:
    """The accounts of each incident."""
    groups: dict[int, list[str]] = {}
    for row in connection.execute(
        select(membership.c.incident, account.c.id)
        .join(account, account.c.number == membership.c.account)
        .where(membership.c.until.is_(None))
    ):
        groups.setdefault(row.incident, []).append(row.id)
    return [tuple(sorted(group)) for group in groups.values()]
