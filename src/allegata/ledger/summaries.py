"""Summaries of incidents: what lists show and filter by, drawn from their dossiers."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from allegata.incidents.dossier import Dossier, build_dossier
from allegata.ledger.loading import chunks, load_copies, load_statements
from allegata.ledger.packing import storable, to_json
from allegata.ledger.schema import contradiction, incident, laundering, membership, summary
from allegata.ledger.verdicts import Verdicts, apply_verdicts
from allegata.types import CountKind, Role
from allegata.types.incident import CopyLink, PositionKind
from allegata.types.statement import HolderKind

__all__ = ["draw_summaries", "redraw", "summarise"]

_MOST_NAMES = 60


def draw_summaries(
    connection: Connection,
    names: Sequence[str],
    verdicts: Verdicts,
    advance: Callable[[str, int, int], None] | None = None,
) -> None:
    """Draw the summaries of incidents anew.

    Args:
        connection: Of a transaction that writes.
        names: Ids of incidents. Those without members lose their summary.
        verdicts: What people decided.
        advance: Told how it goes.
    """
    done = 0
    for piece in chunks(names):
        numbers = {
            row.number: row.id
            for row in connection.execute(
                select(incident.c.number, incident.c.id).where(incident.c.id.in_(piece))
            )
        }
        drawn = redraw(connection, numbers, verdicts)
        for table in (summary, contradiction, laundering):
            connection.execute(delete(table).where(table.c.incident.in_(numbers)))
            rows = [row for number in sorted(numbers) for row in drawn[table.name].get(number, ())]
            if rows:
                connection.execute(insert(table), rows)
        done += len(piece)
        if advance:
            advance("summaries", done, len(names))


def redraw(
    connection: Connection, numbers: Mapping[int, str], verdicts: Verdicts
) -> dict[str, dict[int, list[dict[str, Any]]]]:
    """The rows of incidents as they follow from their accounts, by table and incident.

    Args:
        connection: That reads a ledger.
        numbers: Ids of incidents by their numbers.
        verdicts: What people decided.
    """
    rows: dict[str, dict[int, list[dict[str, Any]]]] = {
        table.name: {} for table in (summary, contradiction, laundering)
    }
    for number, dossier in _build(connection, numbers, verdicts):
        rows[summary.name][number] = [{"incident": number, **summarise(dossier)}]
        rows[contradiction.name][number] = _contradictions(number, dossier)
        rows[laundering.name][number] = _launderings(number, dossier)
    return rows


def _build(
    connection: Connection, numbers: Mapping[int, str], verdicts: Verdicts
) -> Iterator[tuple[int, Dossier]]:
    members = _members(connection, list(numbers))
    statements = load_statements(
        connection, sorted({one for ids in members.values() for one in ids})
    )
    told = {
        number: apply_verdicts(
            (one for member in members.get(number, ()) for one in statements[member]), verdicts
        )
        for number in sorted(numbers)
    }
    links = load_copies(connection, {one.by.report for ones in told.values() for one in ones})
    by_report: dict[str, list[CopyLink]] = defaultdict(list)
    for link in links:
        by_report[link.earlier].append(link)
    for number, ones in told.items():
        if ones:
            reports = {one.by.report for one in ones}
            own = [
                link
                for name in reports
                for link in by_report.get(name, ())
                if link.later in reports
            ]
            yield number, build_dossier(numbers[number], ones, own)


def _members(connection: Connection, numbers: Sequence[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for row in connection.execute(
        select(membership.c.incident, membership.c.account)
        .where(membership.c.incident.in_(numbers), membership.c.until.is_(None))
        .order_by(membership.c.account)
    ):
        members[row.incident].append(row.account)
    return members


def _contradictions(number: int, dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "incident": number,
            "kind": one.kind.value,
            "one": one.one,
            "other": one.other,
            "words": storable(one.words),
        }
        for one in dossier.contradictions
    ]


def _launderings(number: int, dossier: Dossier) -> list[dict[str, Any]]:
    outlets = {s.id: s.by.outlet.key if s.by.outlet else "" for s in dossier.statements}
    return [
        {
            "incident": number,
            "statement": one.statement,
            "earlier": one.earlier,
            "outlet": storable(outlets[one.statement]),
            "holder": storable(one.holder.key),
            "likeness": one.likeness,
            "words": storable(one.words),
        }
        for one in dossier.laundering
    ]


def summarise(dossier: Dossier) -> dict[str, Any]:
    """The columns of a summary, without the incident's number."""
    place = dossier.places[0].place if dossier.places else None
    ranges = {one.kind: one for one in dossier.ranges}
    killed, injured = ranges.get(CountKind.KILLED), ranges.get(CountKind.INJURED)
    held = {
        kind: {
            p.holder.key
            for p in dossier.positions
            if p.kind is kind and p.holder.kind is not HolderKind.NOBODY
        }
        for kind in PositionKind
    }
    outlets = {s.by.outlet.key for s in dossier.statements if s.by.outlet}
    holders = {(p.holder.key, p.holder.name, p.kind.value) for p in dossier.positions}
    actors = {
        (party.key, party.name, party.role.value)
        for one in dossier.statements
        for party in one.parties
        if party.role in (Role.ACTOR, Role.TARGET)
    }
    return {
        "title": storable(dossier.title),
        "kind": dossier.kind.value,
        "kinds": to_json([kind.value for kind, _ in dossier.kinds]),
        "place": storable(place.name) if place else None,
        "place_id": place.id if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "radius_km": place.radius_km if place else None,
        "country": place.country if place else None,
        "first": dossier.first,
        "last": dossier.last,
        "grade": dossier.grading.grade.value,
        "n_reports": dossier.origins.n_reports,
        "n_outlets": len(outlets),
        "n_own_texts": dossier.origins.n_own_texts,
        "n_origins": dossier.origins.n_independent,
        "n_claims": len(dossier.statements),
        "n_affirm": len(held[PositionKind.AFFIRMS]),
        "n_deny": len(held[PositionKind.DENIES]),
        "n_contradictions": len(dossier.contradictions),
        "n_laundered": len(dossier.laundering),
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "injured_low": injured.low if injured else None,
        "injured_high": injured.high if injured else None,
        "holders": to_json(sorted(holders)[:_MOST_NAMES]),
        "actors": to_json(sorted(actors)[:_MOST_NAMES]),
    }
