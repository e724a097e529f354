"""What every page is made with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from allegata.web.rendering import render
from allegata.web.shelf import Shelf

__all__ = ["Status", "page_of", "shelf_of", "status_of"]


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
