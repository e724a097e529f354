"""The page of a report: its text, and who says what in it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from allegata.errors import InputError
from allegata.ledger.loading import load_document, number_of_report
from allegata.web.correcting import make_form
from allegata.web.document_view import view_document
from allegata.web.pages.common import page_of, shelf_of, status_of

router = APIRouter()

_MOST_WORDS = 300


@router.get("/documents/{name}.txt", response_class=PlainTextResponse)
def show_text(request: Request, name: str) -> PlainTextResponse:
    """The text alone, as it is kept."""
    with shelf_of(request).ledger.reading() as connection:
        doc = load_document(connection, number_of_report(connection, name))
    return PlainTextResponse(doc.text.encode("utf-8", "replace"))


@router.get("/documents/{name}", response_class=HTMLResponse)
def show_document(
    request: Request, name: str, find: str = "", correct: str = "", done: int = 0
) -> Response:
    """The report; the beginning of an id leads to the whole.

    With `correct=c2` it holds a form by which this claim or event is set right.
    """
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        view = view_document(connection, name, find[:_MOST_WORDS])
        status = status_of(shelf, connection)
    if view is None:
        raise InputError(name, "was not read yet.", "Run the `ingest` again that added it.")
    if view.report != name:
        return RedirectResponse(f"/documents/{view.report}", status_code=303)
    form = make_form(view.reading, correct) if correct else None
    return page_of(
        "document.html",
        request,
        status,
        view=view,
        doc=view.reading.document,
        form=form,
        done=done,
    )
