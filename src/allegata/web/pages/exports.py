"""What a page shows, to take away: the same rows, with the state of the ledger."""

import io
import tempfile
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from allegata.errors import InputError
from allegata.exports import ground_of, make_files
from allegata.ledger.asking import (
    find_incident,
    list_incidents,
    load_dossier,
    resolve_as_of,
)
from allegata.ledger.loading import id_of_report, number_of_report
from allegata.ledger.searching import parse_query, search
from allegata.ledger.stories import incidents_with_words
from allegata.web.asking import Asked, read_asked
from allegata.web.pages.common import shelf_of
from allegata.web.shelf import Shelf
from allegata.web.tables import (
    INCIDENT_COLUMNS,
    PART_COLUMNS,
    REPORT_COLUMNS,
    STATEMENT_COLUMNS,
    as_csv,
    as_geojson,
    as_json,
    incident_rows,
    part_rows,
    report_rows,
    statement_rows,
)

router = APIRouter()

_MOST = 20_000
_MOST_DOSSIERS = 2_000
_PRINTING = threading.Lock()
"""A browser is started for each page that is printed: one at a time."""

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
}


def _files(*types: str) -> dict[int | str, dict[str, Any]]:
    """What the schema says of pages that are files."""
    return {200: {"content": {name: {} for name in types}}}


_PDF = "application/pdf"


@router.get(
    "/export.{ending}",
    response_class=Response,
    responses=_files("text/csv", "application/json", "application/geo+json", _PDF),
)
def export_list(request: Request, ending: str) -> Response:
    """All incidents that the address asks for, whatever page of the list is shown."""
    _check(ending, (*_TYPES, "pdf"))
    asked = read_asked(request.query_params.multi_items())
    shelf = shelf_of(request)
    if ending == "pdf":
        return _printed(shelf, f"/?{asked.query()}", "allegata-incidents")
    if asked.view == "reports" and ending != "geojson":
        return _export_reports(request, asked, ending)
    columns = _columns(request, INCIDENT_COLUMNS)
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
        body = as_csv(rows, columns)
    elif ending == "json":
        chosen = [{name: row[name] for name in columns} for row in rows]
        body = as_json(chosen, head, words, total)
    else:
        body = as_geojson(rows, head, words)
    return _file(body, ending, f"allegata-incidents-{head[:8]}")


def _export_reports(request: Request, asked: Asked, ending: str) -> Response:
    """The reports that a list shows, all of its pages."""
    shelf = shelf_of(request)
    columns = _columns(request, REPORT_COLUMNS)
    with shelf.ledger.reading() as connection:
        filters, query = asked.filters(connection), parse_query(asked.q)
        hits, total = search(connection, query, filters, limit=_MOST)
        head = shelf.ledger.head(connection).hash
    rows = [{name: row[name] for name in columns} for row in report_rows(hits, _origin(request))]
    words = asked.query()
    body = (
        as_csv(rows, columns) if ending == "csv" else as_json(rows, head, words, total, "reports")
    )
    return _file(body, ending, f"allegata-reports-{head[:8]}")


def _columns(request: Request, known: Sequence[str]) -> tuple[str, ...]:
    """The columns that were chosen, in their order; what tells rows apart is always among them."""
    chosen = request.query_params.getlist("column")
    for name in chosen:
        if name not in known:
            raise InputError(f"column={name}", f"is none of {', '.join(known)}.")
    return tuple(name for name in known if not chosen or name in (*chosen, "id", "address"))


@router.get("/documents/{name}.pdf", response_class=Response, responses=_files(_PDF))
def print_document(request: Request, name: str) -> Response:
    """A report with who says what, printed."""
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        report = id_of_report(connection, number_of_report(connection, name))
    return _printed(shelf, f"/documents/{report}", f"allegata-{report[:12]}")


@router.get("/documents/{name}.csv", response_class=Response, responses=_files("text/csv"))
def export_document_rows(request: Request, name: str) -> Response:
    """The claims and events of a report as rows."""
    return _export_document(request, name, "csv")


@router.get("/documents/{name}.json", response_class=Response, responses=_files("application/json"))
def export_document(request: Request, name: str) -> Response:
    """The reading of a report."""
    return _export_document(request, name, "json")


def _export_document(request: Request, name: str, ending: str) -> Response:
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        head = shelf.ledger.head(connection).hash
        report = id_of_report(connection, number_of_report(connection, name))
        reading = ground_of(connection, head).read(report)
    if reading is None:
        raise InputError(name, "was not read yet.", "Run the `ingest` again that added it.")
    if ending == "csv":
        columns = _columns(request, PART_COLUMNS)
        body = as_csv(part_rows(report, reading, _origin(request)), columns)
    else:
        body = reading.to_json() + "\n"
    return _file(body, ending, f"allegata-{report[:12]}-{head[:8]}")


@router.get("/incidents/{name}.pdf", response_class=Response, responses=_files(_PDF))
def print_incident(request: Request, name: str, *, public: bool = False) -> Response:
    """A dossier, printed; with `public=1` as for the public."""
    asked = read_asked(request.query_params.multi_items())
    more = {"as_of": str(asked.as_of)} if asked.as_of else {}
    more |= {"public": "1"} if public else {}
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        _, found = find_incident(connection, name)
    return _printed(shelf, f"/incidents/{found}?{urlencode(more)}", f"allegata-{found}")


def _printed(shelf: Shelf, page: str, name: str) -> Response:
    """A page as PDF, by the browser of this machine."""
    from allegata.web.printing import print_page  # it serves the pages that import this

    with _PRINTING, tempfile.TemporaryDirectory(prefix="allegata-") as folder:
        target = Path(folder, "page.pdf")
        basemap = shelf.basemap.path if shelf.basemap else None
        print_page(shelf.where, page, target, basemap=basemap)
        content = target.read_bytes()
    headers = {"content-disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, media_type=_PDF, headers=headers)


@router.get("/export/{name}.zip", response_class=Response, responses=_files("application/zip"))
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


@router.get(
    "/incidents/{name}.{ending}",
    response_class=Response,
    responses=_files("text/csv", "application/json"),
)
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
        columns = _columns(request, STATEMENT_COLUMNS)
        body = as_csv(statement_rows(dossier, _origin(request)), columns)
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
