"""What a person should look at first: the doubtful ones, where much hangs on them."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from allegata.ledger.loading import load_statements
from allegata.ledger.schema import (
    account,
    current,
    event,
    incident,
    membership,
    report,
    summary,
)
from allegata.ledger.verdicts import decided_events
from allegata.types.statement import Statement

__all__ = ["Doubt", "list_doubts"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement that waits to be looked at.

    Attributes:
        statement: Which.
        incident: Id of the incident that it belongs to.
        why: Why it stands in the queue, in words.
    """

    statement: Statement
    incident: str
    why: str


def list_doubts(
    connection: Connection, *, limit: int = 20, offset: int = 0
) -> tuple[list[Doubt], int]:
    """List statements that nobody decided about yet.

    First those of incidents in which sources contradict each other and people are said to be
    killed, then the others, the least sure reading first.

    Args:
        connection: That reads a ledger.
        limit: The most that are given.
        offset: How many are passed over.

    Returns:
        Statements, and how many wait in all.
    """
    base = (
        select(
            account.c.number,
            report.c.id.label("report"),
            event.c.id.label("event"),
            event.c.confidence,
            incident.c.id.label("incident"),
            summary.c.n_contradictions,
            summary.c.killed_high,
        )
        .join(current, current.c.reading == event.c.reading)
        .join(report, report.c.number == current.c.report)
        .join(account, (account.c.reading == event.c.reading) & (account.c.id == event.c.account))
        .join(membership, membership.c.account == account.c.number)
        .join(incident, incident.c.number == membership.c.incident)
        .join(summary, summary.c.incident == incident.c.number)
        .where(membership.c.until.is_(None))
    )
    done = decided_events(connection)
    contested = summary.c.n_contradictions > 0
    deadly = func.coalesce(summary.c.killed_high, 0) > 0
    order = (
        contested.desc(),
        deadly.desc(),
        event.c.confidence,
        report.c.id,
        event.c.id,
    )
    rows = [
        row
        for row in connection.execute(base.order_by(*order))
        if (row.report, row.event) not in done
    ]
    shown = rows[offset : offset + limit]
    known = {
        one.id: one
        for told in load_statements(connection, sorted({row.number for row in shown})).values()
        for one in told
    }
    doubts = [
        Doubt(known[name], row.incident, _tell(row.confidence, row.n_contradictions))
        for row in shown
        if (name := f"{row.report}#{row.event}") in known
    ]
    return doubts, len(rows)


def _tell(confidence: float, n_contradictions: int) -> str:
    words = f"{confidence:.0%} sure of the reading"
    if n_contradictions:
        words += f"; {n_contradictions:,} contradictions in its incident"
    return words
