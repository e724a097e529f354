"""The overview: what is alleged, found by words, kinds, holders, places and days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection, func, select

from allegata.exports import FORMATS
from allegata.ledger.asking import IncidentLine, list_incidents, load_lines
from allegata.ledger.facets import Facets, count_facets
from allegata.ledger.filters import parse_box
from allegata.ledger.schema import report
from allegata.ledger.searching import Hit, parse_query, search
from allegata.ledger.stories import Found, incidents_with_words
from allegata.web.asking import PAGE, Asked, read_asked
from allegata.web.charts import Histogram, draw_histogram
from allegata.web.maps import Dot, draw_map
from allegata.web.pages.common import page_of, shelf_of, status_of
from allegata.web.shelf import Shelf
from allegata.web.tables import INCIDENT_COLUMNS, REPORT_COLUMNS

router = APIRouter()

LABELS = {
    "kind": "What is alleged",
    "source": "Who says so",
    "position": "Somebody",
    "actor": "Who is said to take part",
    "grade": "Suggested grade",
    "country": "Country told",
    "review": "Looked at by people",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a list shows.

    Attributes:
        lines: Incidents.
        found: For an incident, where the words that were searched stand.
        hits: Reports, where these are listed.
        total: How many there are in all.
        facets: Their spread.
    """

    lines: Sequence[IncidentLine]
    found: dict[str, Found]
    hits: Sequence[Hit]
    total: int
    facets: Facets


@router.get("/", response_class=HTMLResponse)
def show_overview(request: Request) -> HTMLResponse:
    """The list, its facets, histogram and map."""
    asked = read_asked(request.query_params.multi_items())
    shelf = shelf_of(request)
    with shelf.ledger.reading() as connection:
        result = _ask(connection, shelf, asked)
        status = status_of(shelf, connection)
        first, last = connection.execute(
            select(func.min(report.c.published), func.max(report.c.published))
        ).one()
    dots = [
        Dot(spot.name, spot.latitude, spot.longitude, spot.radius_km, spot.n,
            asked.query(place=spot.id or spot.name), _is_chosen(asked, spot.id, spot.name))
        for spot in result.facets.spots
    ]  # fmt: skip
    return page_of(
        "overview.html",
        request,
        status,
        asked=asked,
        result=result,
        labels=LABELS,
        formats=[(one.name, one.what) for one in FORMATS.values() if one.name != "csv"],
        columns=REPORT_COLUMNS if asked.view == "reports" else INCIDENT_COLUMNS,
        named=_named,
        chart=_histogram(result.facets.days, asked),
        map=draw_map(
            dots,
            width=720,
            height=360,
            box=parse_box(asked.box) if asked.box else None,
            without_far=True,
            basemap=shelf.basemap,
        ),
        published=(first, last, (last - first).days) if first and last else None,
        chosen_place=next((dot.name for dot in dots if dot.is_chosen), None),
        pages=-(-result.total // PAGE),
        ways_out=() if result.total else tuple(_ways_out(asked)),
    )


def _named(holders: Sequence[Sequence[str]]) -> list[str]:
    """Names of those who hold something of an incident, each once; its title names the first."""
    return list(dict.fromkeys(name for key, name, _ in holders if key != "nobody"))


def _ways_out(asked: Asked) -> Iterator[tuple[str, str]]:
    """What could be left out where nothing is found."""
    if not asked.narrows:
        return
    if asked.q:
        yield "Search for no words, keep the rest", asked.query(q="")
    if asked.first or asked.last:
        yield "Any time", asked.query(first=None, last=None)
    if asked.place or asked.country or asked.box:
        yield "Anywhere", asked.query(place="", country="", box="")
    for name, label in LABELS.items():
        if name != "country" and getattr(asked, name):
            yield f"Leave out “{label.lower()}”", asked.query(**{name: ()})
    if asked.as_of:
        yield "What is known now", asked.query(as_of=None)
    yield "Everything in the ledger", Asked().query()


def _is_chosen(asked: Asked, place: str | None, name: str) -> bool:
    return bool(asked.place) and asked.place in (place, name)


def _ask(connection: Connection, shelf: Shelf, asked: Asked) -> Result:
    filters = asked.filters(connection)
    query = parse_query(asked.q)
    offset = (asked.page - 1) * PAGE
    words = incidents_with_words(connection, query) if query else None
    spread = shelf.spread(connection)
    chosen = spread.choose(connection, filters, words.documents if words else None)
    facets = count_facets(spread, chosen)
    if asked.view == "reports":
        hits, total = search(connection, query, filters, limit=PAGE, offset=offset)
        return Result((), {}, hits, total, facets)
    if filters.as_of is not None:
        lines, total = list_incidents(
            connection,
            filters,
            order=asked.order,
            limit=PAGE,
            offset=offset,
            within=words.condition if words else None,
        )
    else:
        numbers, total = spread.list(chosen, asked.order, PAGE, offset)
        lines = load_lines(connection, numbers)
    found = words.find([line.id for line in lines]) if words else {}
    return Result(lines, found, (), total, facets)


def _histogram(days: Sequence[tuple[date, int]], asked: Asked) -> Histogram | None:
    def link(first: date, last: date) -> str:
        return asked.query(first=first, last=last)

    return draw_histogram(days, link, asked.first, asked.last)
