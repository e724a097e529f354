"""What a page shows, to take away: the same rows, with the state of the ledger."""

import io
import zipfile

from fastapi import APIRouter, Request
from fastapi.responses import Response

from allegata.errors import InputError
from allegata.exports import ground_of, make_files
from allegata.ledger.asking import list_incidents, load_dossier, resolve_as_of
from allegata.ledger.searching import parse_query
from allegata.ledger.stories import incidents_with_words
from allegata.web.asking import read_asked
from allegata.web.pages.common import shelf_of
from allegata.web.tables import (
    INCIDENT_COLUMNS,
    STATEMENT_COLUMNS,
    as_csv,
    as_geojson,
    as_json,
    incident_rows,
    statement_rows,
)

router = APIRouter()

_MOST = 20_000
_MOST_DOSSIERS = 2_000
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
}


@router.get("/export.{ending}")
def export_list(request: Request, ending: str) -> Response:
    """All incidents that the address asks for, whatever page of the list is shown."""
    _check(ending, tuple(_TYPES))
    asked = read_asked(request.query_params.multi_items())
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        query = parse_query(asked.q)
        within = incidents_with_words(connection, query).condition if query else None
        lines, total = list_incidents(
            connection, asked.filters(connection), order=asked.order, limit=_MOST, within=within
        )
        head = shelf.ledger.head(connection).hash
    rows = incident_rows(lines, _origin(request))
    words = asked.query()
    if ending == "csv":
        body = as_csv(rows, INCIDENT_COLUMNS)
    elif ending == "json":
        body = as_json(rows, head, words, total)
    else:
        body = as_geojson(rows, head, words)
    return _file(body, ending, f"allegata-incidents-{head[:8]}")


@router.get("/export/{name}.zip")
def export_for_others(request: Request, name: str) -> Response:
    """The incidents asked for in a format of others, as `allegata export` writes it."""
    asked = read_asked(request.query_params.multi_items())
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        filters, query = asked.filters(connection), parse_query(asked.q)
        within = incidents_with_words(connection, query).condition if query else None
        lines, total = list_incidents(
            connection, filters, order=asked.order, limit=_MOST_DOSSIERS, within=within
        )
        if total > _MOST_DOSSIERS:
            raise InputError(
                f"{total:,} incidents",
                f"are more than a page hands out in this format ({_MOST_DOSSIERS:,}).",
                f"Ask for fewer, or use `allegata export --format {name}`.",
            )
        head = shelf.ledger.head(connection).hash
        dossiers = (load_dossier(connection, line.id, filters.as_of) for line in lines)
        files, _ = make_files(name, dossiers, ground_of(connection, head))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    disposition = f'attachment; filename="allegata-{name}-{head[:8]}.zip"'
    return Response(
        packed.getvalue(),
        media_type="application/zip",
        headers={"content-disposition": disposition},
    )


@router.get("/incidents/{name}.{ending}")
def export_incident(request: Request, name: str, ending: str) -> Response:
    """One incident: a row for each statement, or the whole dossier."""
    _check(ending, ("csv", "json"))
    asked = read_asked(request.query_params.multi_items())
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        as_of = resolve_as_of(connection, asked.as_of) if asked.as_of else None
        dossier = load_dossier(connection, name, as_of)
        head = shelf.ledger.head(connection).hash
    if ending == "csv":
        body = as_csv(statement_rows(dossier, _origin(request)), STATEMENT_COLUMNS)
    else:
        body = as_json(dossier, head, asked.query(), len(dossier.statements))
    return _file(body, ending, f"allegata-{dossier.id}-{head[:8]}")


def _check(ending: str, allowed: tuple[str, ...]) -> None:
    if ending not in allowed:
        raise InputError(f".{ending}", f"is none of {', '.join(allowed)}.")


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _file(body: str, ending: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}.{ending}"'
    return Response(
        body.encode("utf-8", "replace"),
        media_type=_TYPES[ending],
        headers={"content-disposition": disposition} if ending != "json" else {},
    )
