"""How incidents that were asked for are spread: over kinds, holders, days, and on the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Select,
    Text,
    cast,
    func,
    literal_column,
    select,
    true,
)

from allegata.ledger.filters import Filters
from allegata.ledger.narrowing import narrow_incidents
from allegata.ledger.schema import summary

__all__ = ["Facet", "Facets", "Spot", "count_facets"]

_MOST = 12
_MOST_SPOTS = 1500


@dataclass(frozen=True, slots=True)
class Facet:
    """One value, and how many incidents have it.

    Attributes:
        value: As a filter takes it.
        name: As it is shown.
        n: Incidents.
    """

    value: str
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the gazetteer with incidents that most of their statements put there.

    Attributes:
        id: Of the place, or None.
        name: Of the place.
        latitude, longitude: Degrees.
        radius_km: How exactly the place is known.
        n: Incidents.
    """

    id: str | None
    name: str
    latitude: float
    longitude: float
    radius_km: float
    n: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The spread of incidents.

    Attributes:
        groups: By the name of the filter (`kind`, `source`, `position`, ...), the most
            frequent values.
        days: Incidents by the last day on which they are said to have happened, in order.
        spots: On the map, the fullest first.
        n_spots: How many places there are in all.
        n_placed: Incidents with a place on the map.
    """

    groups: Mapping[str, tuple[Facet, ...]]
    days: tuple[tuple[date, int], ...]
    spots: tuple[Spot, ...]
    n_spots: int
    n_placed: int


def count_facets(
    connection: Connection,
    filters: Filters | None = None,
    within: ColumnElement[bool] | None = None,
) -> Facets:
    """Count.

    Args:
        connection: That reads a ledger.
        filters: What must hold. `as_of` leaves out incidents that are said to have happened later.
        within: A further condition on `summary`.
    """
    asked = _Asked(connection, filters or Filters(), within)
    groups = {
        "kind": _count_listed(asked, "kinds", None),
        "source": _count_listed(asked, "holders", 1),
        "position": _count_listed(asked, "holders", 2),
        "actor": _count_listed(asked, "actors", 1),
        "grade": _count_plain(asked, "grade"),
        "country": _count_plain(asked, "country"),
    }
    days = asked.narrow(select(summary.c.last, func.count())).where(summary.c.last.is_not(None))
    dated = connection.execute(days.group_by(summary.c.last).order_by(summary.c.last)).all()
    spots, n_placed = _find_spots(asked)
    return Facets(
        groups=groups,
        days=tuple((row[0], row[1]) for row in dated),
        spots=tuple(spots[:_MOST_SPOTS]),
        n_spots=len(spots),
        n_placed=n_placed,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    connection: Connection
    filters: Filters
    within: ColumnElement[bool] | None

    def narrow(self, query: Select[Any]) -> Select[Any]:
        query = narrow_incidents(query, self.filters)
        if self.filters.as_of is not None:
            day = self.filters.as_of.day
            query = query.where((summary.c.last <= day) | summary.c.last.is_(None))
        return query if self.within is None else query.where(self.within)


def _count_plain(asked: _Asked, name: str) -> tuple[Facet, ...]:
    column = summary.c[name]
    query = asked.narrow(select(column, func.count().label("n")))
    query = query.where(column.is_not(None)).group_by(column)
    rows = asked.connection.execute(query.order_by(func.count().desc(), column).limit(_MOST))
    return tuple(Facet(row[0], row[0], row[1]) for row in rows)


def _count_listed(asked: _Asked, name: str, place: int | None) -> tuple[Facet, ...]:
    """Count values of a column that holds a list in JSON, or one place of each of its lists."""
    each, value, key = _unfold(summary.c[name], place, asked.connection.dialect.name)
    n = func.count(summary.c.incident.distinct())
    rows_of = summary.join(each, true())
    query = asked.narrow(select(value.label("value"), n.label("n")).select_from(rows_of))
    if key is not None:
        query = query.where(~key.startswith("words:"), ~key.startswith("nobody"))
    query = query.group_by(value).order_by(n.desc(), value).limit(_MOST)
    return tuple(Facet(row.value, row.value, row.n) for row in asked.connection.execute(query))


def _unfold(
    column: ColumnElement[Any], place: int | None, dialect: str
) -> tuple[Any, ColumnElement[Any], ColumnElement[Any] | None]:
    """A list in JSON as rows: what to join, the value that is counted, and the key beside it."""
    if dialect == "sqlite":
        rows = func.json_each(column).table_valued("value", name="each")
        if place is None:
            return rows, rows.c.value, None
        value, key = (func.json_extract(rows.c.value, f"$[{at}]") for at in (place, 0))
        return rows, value, key
    if place is None:
        items = func.json_array_elements_text(cast(column, JSON)).table_valued("value", name="each")
        return items, items.c.value, None
    items = func.json_array_elements(cast(column, JSON)).table_valued("value", name="each")
    told, name = (literal_column(f"each.value ->> {at:d}", Text) for at in (place, 0))
    return items, told, name


def _find_spots(asked: _Asked) -> tuple[list[Spot], int]:
    columns = summary.c
    query = asked.narrow(
        select(
            columns.place_id,
            func.min(columns.place).label("name"),
            columns.latitude,
            columns.longitude,
            func.min(columns.radius_km).label("radius"),
            func.count().label("n"),
        )
    ).where(columns.latitude.is_not(None), columns.longitude.is_not(None))
    query = query.group_by(columns.place_id, columns.latitude, columns.longitude)
    rows = asked.connection.execute(query.order_by(func.count().desc(), columns.place_id)).all()
    spots = [
        Spot(row.place_id, row.name, row.latitude, row.longitude, row.radius or 0.0, row.n)
        for row in rows
    ]
    return spots, sum(spot.n for spot in spots)
