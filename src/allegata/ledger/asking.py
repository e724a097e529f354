"""Asking a ledger: incidents, one incident's dossier, contradictions, laundering."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from allegata.errors import InputError
from allegata.incidents.dossier import Dossier, build_dossier
from allegata.incidents.identity import ChangeKind
from allegata.ledger.filters import AsOf, Filters
from allegata.ledger.loading import chunks, load_copies, load_statements
from allegata.ledger.narrowing import narrow_incidents
from allegata.ledger.schema import (
    contradiction,
    entry,
    incident,
    incident_change,
    laundering,
    membership,
    summary,
)
from allegata.ledger.verdicts import apply_verdicts, load_verdicts
from allegata.types.statement import Statement

__all__ = [
    "ChangeLine",
    "IncidentLine",
    "PairLine",
    "find_incident",
    "history_of",
    "list_contradictions",
    "list_incidents",
    "list_laundering",
    "load_dossier",
    "load_lines",
    "resolve_as_of",
]

_ORDERS = {
    "reports": (summary.c.n_reports.desc(), summary.c.n_claims.desc()),
    "date": (summary.c.last.desc(), summary.c.n_reports.desc()),
    "contested": (summary.c.n_contradictions.desc(), summary.c.n_reports.desc()),
}


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident in a list. Its title names who says so.

    Attributes:
        id: Its id.
        fields: The columns of its summary, `kinds`, `holders` and `actors` as lists.
    """

    id: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two statements of one incident that stand against each other.

    Attributes:
        incident: Its id.
        title: Of the incident.
        kind: In what they differ; `laundering` for a dropped attribution.
        words: In one sentence.
        one: A statement.
        other: The other one.
    """

    incident: str
    title: str
    kind: str
    words: str
    one: Statement
    other: Statement


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of an incident's history."""

    at: str
    change: ChangeKind
    other: str | None
    n_accounts: int


def resolve_as_of(connection: Connection, day: date) -> AsOf:
    """What counts on a day: what was published by then, and what the ledger held by then.

    A ledger that was begun later held nothing on that day; then all that it holds counts, by the
    day of publication alone.
    """
    begun = connection.execute(select(func.min(entry.c.at))).scalar()
    if begun is None or begun[:10] > day.isoformat():
        return AsOf(day)
    last = connection.execute(
        select(func.max(entry.c.number)).where(entry.c.at < f"{day.isoformat()}T24")
    ).scalar()
    return AsOf(day, last)


def list_incidents(
    connection: Connection,
    filters: Filters | None = None,
    *,
    order: str = "reports",
    limit: int = 50,
    offset: int = 0,
    within: ColumnElement[bool] | None = None,
) -> tuple[list[IncidentLine], int]:
    """List incidents.

    Args:
        connection: That reads a ledger.
        filters: What must hold. With `as_of` dossiers are built anew from what counted then.
        order: `reports`, `date` or `contested`.
        limit: The most that are given.
        offset: How many are passed over.
        within: A further condition on `summary`.

    Returns:
        Incidents, and how many there are in all.
    """
    filters = filters or Filters()
    base = select(incident.c.id, summary).join(incident, incident.c.number == summary.c.incident)
    query = narrow_incidents(base, filters)
    if within is not None:
        query = query.where(within)
    if filters.as_of is not None:
        return _list_as_of(connection, query, filters.as_of, order, limit, offset)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar() or 0
    rows = connection.execute(
        query.order_by(*_ORDERS[order], incident.c.id).limit(limit).offset(offset)
    )
    return [_line(row) for row in rows], int(total)


def load_lines(connection: Connection, numbers: Sequence[int]) -> list[IncidentLine]:
    """Incidents by the numbers of their rows, in the order of these; absent ones are left out."""
    base = select(incident.c.id, summary).join(incident, incident.c.number == summary.c.incident)
    rows = {
        row.incident: row
        for piece in chunks(numbers)
        for row in connection.execute(base.where(summary.c.incident.in_(piece)))
    }
    return [_line(rows[number]) for number in numbers if number in rows]


def _line(row: Row[Any]) -> IncidentLine:
    fields = dict(row._mapping)
    name = fields.pop("id")
    del fields["incident"]
    for column in ("kinds", "holders", "actors"):
        fields[column] = json.loads(fields[column])
    return IncidentLine(name, fields)


def _list_as_of(
    connection: Connection,
    query: Any,  # noqa: ANN401
    as_of: AsOf,
    order: str,
    limit: int,
    offset: int,
) -> tuple[list[IncidentLine], int]:
    from allegata.ledger.summaries import summarise

    lines = []
    for row in connection.execute(query.order_by(*_ORDERS[order], incident.c.id)):
        told = _statements(connection, row.incident, as_of)
        if told:
            dossier = build_dossier(row.id, told, _copies(connection, told))
            fields = summarise(dossier)
            for column in ("kinds", "holders", "actors"):
                fields[column] = json.loads(fields[column])
            lines.append(IncidentLine(row.id, fields))
    return lines[offset : offset + limit], len(lines)


def find_incident(connection: Connection, name: str) -> tuple[int, str]:
    """The number and id of an incident by its id, or by an unmistakable beginning of it.

    One that was merged into another is found there.

    Raises:
        InputError: There is none, or several.
    """
    asked = select(incident.c.number, incident.c.id)
    found = connection.execute(asked.where(incident.c.id == name)).all()
    if not found:
        begun = incident.c.id.startswith(name, autoescape=True)
        found = connection.execute(asked.where(begun).limit(2)).all()
    if not name or len(found) != 1:
        what = "begins the ids of several incidents." if name and found else "is no incident's id."
        raise InputError(name or "''", what, "`allegata incidents` lists ids.")
    number, seen = found[0].number, set()
    while number not in seen:
        seen.add(number)
        merged = connection.execute(
            select(incident_change.c.other)
            .where(incident_change.c.incident == number, incident_change.c.change == "merged")
            .order_by(incident_change.c.number.desc())
            .limit(1)
        ).scalar()
        if merged is None or _has_members(connection, number):
            break
        number = merged
    row = connection.execute(select(incident.c.id).where(incident.c.number == number)).one()
    return number, row.id


def _has_members(connection: Connection, number: int) -> bool:
    query = select(membership.c.account).where(
        membership.c.incident == number, membership.c.until.is_(None)
    )
    return connection.execute(query.limit(1)).first() is not None


def load_dossier(connection: Connection, name: str, as_of: AsOf | None = None) -> Dossier:
    """The dossier of an incident.

    Args:
        connection: That reads a ledger.
        name: Its id, or the beginning of it.
        as_of: An earlier time.

    Raises:
        InputError: There is no such incident, or nothing of it counted at that time.
    """
    number, found = find_incident(connection, name)
    told = _statements(connection, number, as_of)
    if not told:
        when = f"held nothing on {as_of.day}." if as_of else "has no reports any more."
        raise InputError(found, when, "`allegata incidents` lists others.")
    return build_dossier(found, told, _copies(connection, told))


def _statements(connection: Connection, number: int, as_of: AsOf | None) -> list[Statement]:
    query = select(membership.c.account).where(membership.c.incident == number)
    if as_of is None or as_of.entry is None:
        query = query.where(membership.c.until.is_(None))
    else:
        query = query.where(
            membership.c.since <= as_of.entry,
            or_(membership.c.until.is_(None), membership.c.until > as_of.entry),
        )
    accounts = sorted(connection.execute(query).scalars())
    told = (one for ones in load_statements(connection, accounts).values() for one in ones)
    kept = apply_verdicts(told, load_verdicts(connection))
    if as_of is None:
        return kept
    return [one for one in kept if one.by.published and one.by.published <= as_of.day]


def _copies(connection: Connection, told: Sequence[Statement]) -> Any:  # noqa: ANN401
    return load_copies(connection, {one.by.report for one in told})


def history_of(connection: Connection, name: str) -> list[ChangeLine]:
    """What became of an incident since its id was issued, the oldest first."""
    number, _ = find_incident(connection, name)
    other = incident.alias()
    rows = connection.execute(
        select(incident_change, other.c.id.label("other_id"))
        .outerjoin(other, other.c.number == incident_change.c.other)
        .where(incident_change.c.incident == number)
        .order_by(incident_change.c.number)
    )
    return [ChangeLine(r.at, ChangeKind(r.change), r.other_id, r.n_accounts) for r in rows]


def list_contradictions(
    connection: Connection,
    filters: Filters | None = None,
    *,
    kinds: Sequence[str] = (),
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[PairLine], int]:
    """What does not go together, the most reported incidents first.

    Args:
        connection: That reads a ledger.
        filters: On the incidents.
        kinds: In what statements differ; all where empty.
        limit: The most that are given.
        offset: How many are passed over.
    """
    query = (
        select(contradiction, incident.c.id, summary.c.title)
        .join(incident, incident.c.number == contradiction.c.incident)
        .join(summary, summary.c.incident == contradiction.c.incident)
    )
    query = narrow_incidents(query, filters or Filters())
    if kinds:
        query = query.where(contradiction.c.kind.in_(kinds))
    order = (
        summary.c.n_reports.desc(),
        incident.c.id,
        contradiction.c.kind,
        contradiction.c.one,
        contradiction.c.other,
    )
    return _pairs(connection, query, order, limit, offset, ("one", "other"))


def list_laundering(
    connection: Connection,
    filters: Filters | None = None,
    *,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[PairLine], int]:
    """Where attributions were dropped, the likest passages first.

    Args:
        connection: That reads a ledger.
        filters: On the incidents.
        limit: The most that are given.
        offset: How many are passed over.
    """
    query = (
        select(laundering, incident.c.id, summary.c.title)
        .join(incident, incident.c.number == laundering.c.incident)
        .join(summary, summary.c.incident == laundering.c.incident)
    )
    query = narrow_incidents(query, filters or Filters())
    order = (laundering.c.likeness.desc(), laundering.c.statement)
    return _pairs(connection, query, order, limit, offset, ("statement", "earlier"))


def _pairs(
    connection: Connection,
    query: Any,  # noqa: ANN401
    order: Sequence[Any],
    limit: int,
    offset: int,
    columns: tuple[str, str],
) -> tuple[list[PairLine], int]:
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar() or 0
    rows = connection.execute(query.order_by(*order).limit(limit).offset(offset)).all()
    known: dict[int, dict[str, Statement]] = {}
    lines = []
    for row in rows:
        if row.incident not in known:
            told = _statements(connection, row.incident, None)
            known[row.incident] = {one.id: one for one in told}
        one, other = (known[row.incident].get(getattr(row, name)) for name in columns)
        if one is None or other is None:
            continue
        fields = row._mapping
        kind = fields.get("kind", "laundering")
        lines.append(PairLine(row.id, row.title, kind, row.words, one, other))
    return lines, int(total)
