"""What a person should look at first: the doubtful ones, where much hangs on them."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, func, select

from allegata.errors import InputError
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
from allegata.ledger.second import differing_events
from allegata.ledger.verdicts import decided_events
from allegata.types.statement import Statement

__all__ = ["Doubt", "find_doubt", "list_doubts"]


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

    They come incident by incident, so that one story stays in mind: first incidents in which
    sources contradict each other and people are said to be killed, the most contested ones before
    others; in each the least sure reading first.

    Args:
        connection: That reads a ledger.
        limit: The most that are given.
        offset: How many are passed over.

    Returns:
        Statements, and how many wait in all.
    """
    done = decided_events(connection)
    order = (
        (summary.c.n_contradictions > 0).desc(),
        (func.coalesce(summary.c.killed_high, 0) > 0).desc(),
        summary.c.n_contradictions.desc(),
        summary.c.incident,
    )
    # each incident has a statement at least, so these hold enough that nobody decided about
    first = select(summary.c.incident).order_by(*order).limit(offset + limit + len(done))
    found = connection.execute(
        _waiting()
        .where(summary.c.incident.in_(first.subquery().select()))
        .order_by(*order, event.c.confidence, report.c.id, event.c.id)
    )
    rows = (row for row in found if (row.report, row.event) not in done)
    shown = list(islice(rows, offset, offset + limit))
    total = connection.execute(
        select(func.count()).select_from(event).join(current, current.c.reading == event.c.reading)
    ).scalar()
    known = {
        one.id: one
        for told in load_statements(connection, sorted({row.number for row in shown})).values()
        for one in told
    }
    otherwise = _find_otherwise(connection, {row.report for row in shown})
    doubts = [
        Doubt(known[name], row.incident, _tell(row, otherwise.get(name)))
        for row in shown
        if (name := f"{row.report}#{row.event}") in known
    ]
    return doubts, max(0, int(total or 0) - len(done))


def find_doubt(connection: Connection, name: str) -> Doubt:
    """One statement as the queue shows it, also where somebody decided about it already.

    Args:
        connection: That reads a ledger.
        name: `REPORT#e3`.

    Raises:
        InputError: There is no such statement in any incident.
    """
    report_id, _, event_id = name.partition("#")
    row = connection.execute(
        _waiting().where(report.c.id == report_id, event.c.id == event_id).limit(1)
    ).first()
    told = load_statements(connection, [row.number]) if row else {}
    found = next((one for ones in told.values() for one in ones if one.id == name), None)
    if row is None or found is None:
        raise InputError(name, "is no statement of any incident.", "`allegata review` lists them.")
    otherwise = _find_otherwise(connection, {report_id})
    return Doubt(found, row.incident, _tell(row, otherwise.get(name)))


def _waiting() -> Select[Any]:
    """Statements with the incidents that they belong to."""
    return (
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


def _find_otherwise(connection: Connection, reports: set[str]) -> dict[str, str]:
    """What second readers read otherwise, by the statement."""
    found: dict[str, str] = {}
    for name in sorted(reports):
        found |= differing_events(connection, name)
    return found


def _tell(row: Any, otherwise: str | None) -> str:  # noqa: ANN401
    words = f"{row.confidence:.0%} sure of the reading"
    if row.n_contradictions:
        words += f"; {row.n_contradictions:,} contradictions in its incident"
    return f"{words}; {otherwise}" if otherwise else words
