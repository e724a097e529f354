"""The application: pages, files, and what is shown where something cannot be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from allegata.errors import AllegataError, InputError
from allegata.ledger import Ledger
from allegata.web.basemaps import Basemap
from allegata.web.pages import (
    common,
    documents,
    exports,
    incidents,
    overview,
    review,
    sources,
    tiles,
)
from allegata.web.rendering import STATIC, render
from allegata.web.shelf import Shelf

__all__ = ["make_app"]

_FAILURE: dict[str, Any] = {
    "description": "What could not be shown, and why.",
    "content": {"text/html": {}},
}


def make_app(where: str | Path, *, basemap: Path | None = None) -> FastAPI:
    """The pages of one ledger, without the guard that stands before them.

    Args:
        where: The ledger: a path or the address of a database.
        basemap: A file of the user's own (`.pmtiles`) under the map, instead of ours.

    Raises:
        InputError: There is no such ledger, or no such map.
        StoreError: It cannot be used.
    """
    app = FastAPI(
        title="allegata",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses=dict.fromkeys((404, 422, 503), _FAILURE),
    )
    under = Basemap(basemap) if basemap else None
    app.state.shelf = Shelf(where, Ledger.open(where, read_only=True), under)
    for page in (common, overview, exports, incidents, documents, sources, review, tiles):
        app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(AllegataError, _explain)
    app.add_exception_handler(HTTPException, _explain_status)
    app.add_exception_handler(RequestValidationError, _explain_values)
    app.middleware("http")(_keep_files)
    return app


async def _keep_files(request: Request, call_next: Callable[..., object]) -> Response:
    """Let the browser keep files that never change under their address for an hour."""
    answer: Response = await call_next(request)  # type: ignore[misc]
    if request.url.path.startswith("/static/"):
        answer.headers["cache-control"] = "private, max-age=3600"
    return answer


def _explain(request: Request, error: Exception) -> HTMLResponse:
    status = 404 if isinstance(error, InputError) else 503
    page = render("failure.html", request=request, status=None, as_of=None, words=str(error))
    return HTMLResponse(page, status_code=status)


def _explain_values(request: Request, error: Exception) -> HTMLResponse:
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    names = ", ".join(sorted({str(one["loc"][-1]) for one in faults}))
    words = f"{names}: what the address gives for it is no value that it can have."
    page = render("failure.html", request=request, status=None, as_of=None, words=words)
    return HTMLResponse(page, status_code=422)


def _explain_status(request: Request, error: Exception) -> HTMLResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "There is no such page.", 405: "This page cannot be asked that way."}
    told = words.get(status, "This could not be shown.")
    page = render("failure.html", request=request, status=None, as_of=None, words=told)
    return HTMLResponse(page, status_code=status)
