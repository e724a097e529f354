"""What every page is made with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import Connection

from allegata.web.rendering import render
from allegata.web.shelf import Shelf

__all__ = ["Status", "page_of", "router", "shelf_of", "status_of"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Status:
    """The ledger as the foot of a page tells it.

    Attributes:
        name: Of the ledger.
        head: Hash of its last entry.
        number: Of its last entry.
    """

    name: str
    head: str
    number: int


def shelf_of(request: Request) -> Shelf:
    """What is at hand for a request."""
    shelf: Shelf = request.app.state.shelf
    return shelf


def status_of(shelf: Shelf, connection: Connection) -> Status:
    """The state of the ledger that the connection sees."""
    head = shelf.ledger.head(connection)
    return Status(shelf.name, head.hash, head.number)


def page_of(
    template: str,
    request: Request,
    status: Status,
    as_of: date | None = None,
    **values: Any,  # noqa: ANN401
) -> HTMLResponse:
    """Draw a page.

    Args:
        template: Its name.
        request: What was asked.
        status: Of the ledger.
        as_of: An earlier day that it shows.
        values: What the template shows.
    """
    shown = as_of or getattr(values.get("asked"), "as_of", None)
    return HTMLResponse(render(template, request=request, status=status, as_of=shown, **values))


@router.get("/print.css", response_class=Response, responses={200: {"content": {"text/css": {}}}})
def style_print(request: Request) -> Response:
    """What stands on every printed page: the ledger's head, and the number of the page."""
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        head = shelf.ledger.head(connection)
    style = (
        "@page {"
        f' @bottom-left {{ content: "ledger head {head.hash} (entry {head.number})";'
        " font: 6.5pt monospace; color: #444; }"
        ' @bottom-right { content: counter(page) " of " counter(pages); font: 7pt sans-serif; } }'
    )
    return Response(style, media_type="text/css")
