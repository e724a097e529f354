"""Those who speak: outlets, and whom they cite."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection, select

from allegata.ledger.citing import list_sources
from allegata.ledger.profiles import Deed, load_profile
from allegata.ledger.schema import incident, summary
from allegata.ledger.spread import Spread
from allegata.web.asking import PAGE, read_asked
from allegata.web.pages.common import page_of, shelf_of, status_of

router = APIRouter()

_MOST_INCIDENTS = 200


@dataclass(frozen=True, slots=True)
class Told:
    """An incident of which a source holds something: its id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """A sort of event in which one is said to have a part, with all who say so."""

    kind: str
    n: int
    told: tuple[Deed, ...]


@router.get("/sources", response_class=HTMLResponse)
def show_sources(request: Request) -> HTMLResponse:
    """Who is cited, the most cited first."""
    asked = read_asked(request.query_params.multi_items())
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        head = shelf.ledger.head(connection).hash
        lines, total = shelf.remember(
            (head, "sources", asked.q, asked.page),
            lambda: list_sources(
                connection, asked.q or None, limit=PAGE, offset=(asked.page - 1) * PAGE
            ),
        )
        status = status_of(shelf, connection)
    return page_of(
        "sources.html", request, status, words=asked.q, lines=lines, total=total,
        page=asked.page, pages=-(-total // PAGE),
    )  # fmt: skip


@router.get("/sources/{key:path}", response_class=HTMLResponse)
def show_source(request: Request, key: str) -> HTMLResponse:
    """One of them."""
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        head = shelf.ledger.head(connection).hash
        profile = shelf.remember((head, "source", key), lambda: load_profile(connection, key))
        positions = shelf.remember(
            (head, "positions", key), lambda: _positions(connection, shelf.spread(connection), key)
        )
        status = status_of(shelf, connection)
    return page_of(
        "source.html",
        request,
        status,
        profile=profile,
        positions=positions,
        done=_parts(profile.deeds, "actor"),
        suffered=_parts(profile.deeds, "target"),
    )


def _positions(connection: Connection, spread: Spread, key: str) -> dict[str, list[Told]]:
    """Incidents by what the source holds of them, the most reported first."""
    chosen = np.zeros(len(spread.numbers), dtype=np.bool_)
    chosen[spread.groups["source"].having(key)] = True
    numbers, _ = spread.list(chosen, "reports", _MOST_INCIDENTS, 0)
    asked = (
        select(summary.c.incident, incident.c.id, summary.c.title, summary.c.holders)
        .join(incident, incident.c.number == summary.c.incident)
        .where(summary.c.incident.in_(numbers))
    )
    rows = {row.incident: row for row in connection.execute(asked)}
    found: dict[str, list[Told]] = {}
    for row in (rows[number] for number in numbers if number in rows):
        held = {position for name, _, position in json.loads(row.holders) if name == key}
        for position in sorted(held):
            found.setdefault(position, []).append(Told(row.id, row.title))
    return found


def _parts(deeds: Sequence[Deed], role: str) -> tuple[Part, ...]:
    by_kind: dict[str, list[Deed]] = {}
    for deed in deeds:
        if deed.role == role:
            by_kind.setdefault(deed.kind, []).append(deed)
    parts = [Part(kind, sum(one.n for one in told), tuple(told)) for kind, told in by_kind.items()]
    return tuple(sorted(parts, key=lambda part: (-part.n, part.kind)))
