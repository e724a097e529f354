"""The dossier of an incident: all that its sources hold, side by side."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from allegata.exports import ground_of
from allegata.exports.withholding import WITHHELD, Withholder
from allegata.ledger.asking import find_incident, history_of, load_dossier, resolve_as_of
from allegata.web.asking import read_asked
from allegata.web.dossier_view import view_dossier
from allegata.web.pages.common import page_of, shelf_of, status_of
from allegata.web.tables import STATEMENT_COLUMNS

router = APIRouter()


@router.get("/incidents/{name}", response_class=HTMLResponse)
def show_incident(request: Request, name: str, *, public: bool = False) -> Response:
    """The dossier; an id that was merged into another leads there.

    With `public=1` it withholds what `export --public` withholds.
    """
    asked = read_asked(request.query_params.multi_items())
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        _, found = find_incident(connection, name)
        if found != name:
            return RedirectResponse(f"/incidents/{found}", status_code=303)
        as_of = resolve_as_of(connection, asked.as_of) if asked.as_of else None
        dossier = load_dossier(connection, found, as_of)
        if public:
            head = shelf.ledger.head(connection).hash
            dossier = Withholder(ground_of(connection, head)).dossier(dossier)
        view = view_dossier(connection, dossier, basemap=shelf.basemap, is_public=public)
        history = history_of(connection, found)
        status = status_of(shelf, connection)
    return page_of(
        "incident.html",
        request,
        status,
        as_of=asked.as_of,
        view=view,
        dossier=view.dossier,
        history=history,
        columns=STATEMENT_COLUMNS,
        withheld=WITHHELD if public else (),
        shown_on=date.today(),  # noqa: DTZ011 - the day of printing, where the reader is
    )
