"""Review: one doubtful statement after another, and what a person decides about it."""

from collections.abc import Mapping, Sequence
from itertools import islice
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from allegata.errors import InputError
from allegata.ledger import Ledger
from allegata.ledger.decisions import decide, list_decisions, undo
from allegata.ledger.ordering import Order
from allegata.ledger.queue import Doubt, find_doubt, list_doubts
from allegata.ledger.second import list_differences
from allegata.ledger.verdicts import Action
from allegata.types import EventKind, Modality, Polarity
from allegata.types.statement import Statement
from allegata.web.correcting import chosen_edits
from allegata.web.pages.common import page_of, shelf_of, status_of

router = APIRouter()

_EDITABLE: Mapping[str, Sequence[str]] = {
    "kind": [kind.value for kind in EventKind],
    "polarity": [polarity.value for polarity in Polarity],
    "modality": [modality.value for modality in Modality],
}
_MOST_SHOWN = 12


@router.get("/review", response_class=HTMLResponse)
def show_review(
    request: Request, statement: str = "", skip: int = 0, done: int = 0, who: str = ""
) -> Response:
    """The next statement of the queue, or one that was asked for."""
    shelf = shelf_of(request)
    skip = max(0, min(skip, 1_000_000))
    with shelf.ledger.reading() as connection:
        doubts, total = list_doubts(connection, limit=1, offset=skip)
        if statement:
            doubt: Doubt | None = find_doubt(connection, statement)
        else:
            doubt = doubts[0] if doubts else None
        decisions = list_decisions(connection)[::-1][:_MOST_SHOWN]
        differences = list(islice(list_differences(connection), _MOST_SHOWN))
        status = status_of(shelf, connection)
    return page_of(
        "review.html",
        request,
        status,
        doubt=doubt,
        marks=_marks(doubt.statement) if doubt else (),
        total=total,
        skip=skip,
        wanted=statement,
        done=done,
        who=who,
        editable=_EDITABLE,
        decisions=decisions,
        differences=differences,
    )


@router.post("/decisions", status_code=303, response_class=RedirectResponse)
async def keep_decision(request: Request) -> Response:
    """Keep what a form decides, and go on."""
    form = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    given = dict(form)
    order = _order(given, form)
    number = await run_in_threadpool(_keep, shelf_of(request).where, order)
    return _back(given, done=number)


@router.post("/undo", status_code=303, response_class=RedirectResponse)
async def take_back(request: Request) -> Response:
    """Undo a decision, the last one by default, and show what it was about."""
    form = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    given = dict(form)
    number = given.get("number", "")
    which = int(number) if number.isascii() and number.isdecimal() else None
    undone = await run_in_threadpool(_undo, shelf_of(request).where, which, given.get("who", ""))
    return _back(given, done=-undone)


def _keep(where: object, order: Order) -> int:
    with Ledger.open(str(where)) as ledger:
        return decide(ledger, order)


def _undo(where: object, number: int | None, who: str) -> int:
    if not who.strip():
        raise InputError("who", "is empty.", "Say who decides.")
    with Ledger.open(str(where)) as ledger:
        return undo(ledger, number, who=who)


def _order(given: Mapping[str, str], form: Sequence[tuple[str, str]]) -> Order:
    action = given.get("action", "")
    allowed = [one.value for one in Action if one is not Action.UNDO]
    if action not in allowed:
        raise InputError(f"action {action!r}", f"is none of {', '.join(allowed)}.")
    target = given.get("target", "")
    value: dict[str, str] = {}
    if action == "edit":
        value = chosen_edits(given, "claim" if "#c" in target else "event")
    elif action == "grade" and given.get("grade"):
        value = {"grade": given["grade"]}
    return Order(
        Action(action),
        target,
        given.get("who", ""),
        given.get("why", ""),
        value,
        tuple(value.strip() for name, value in form if name == "others" and value.strip()),
    )


def _back(given: Mapping[str, str], *, done: int) -> RedirectResponse:
    """To the page that the form names, never out of this server."""
    back = given.get("back", "/review")
    if not back.startswith("/") or back.startswith(("//", "/\\")) or "\\" in back:
        back = "/review"
    if back.startswith("/review"):
        skip = given.get("skip", "0")
        values = {"done": str(done), "who": given.get("who", "")}
        if skip.isascii() and skip.isdecimal() and skip != "0":
            values["skip"] = skip
        back = f"/review?{urlencode(values)}"
    elif back.startswith("/documents/"):
        path, mark, place = back.partition("#")
        back = f"{path.partition('?')[0]}?done={done}{mark}{place}"
    return RedirectResponse(back, status_code=303)


def _marks(one: Statement) -> tuple[tuple[int, int], ...]:
    """Where in the words of a passage its event is named."""
    start = one.trigger.start - one.passage.start
    end = one.trigger.end - one.passage.start
    inside = 0 <= start < end <= len(one.words)
    return ((start, end),) if inside and one.words[start:end] == one.trigger_words else ()
