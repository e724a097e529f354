"""What every incident is counted by, in arrays: facets of a large ledger without asking it anew."""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from allegata.ledger.filters import Filters
from allegata.ledger.narrowing import decided_incidents, narrow_incidents
from allegata.ledger.schema import (
    account,
    current,
    decision,
    incident,
    incident_change,
    membership,
    report,
    summary,
)

__all__ = ["Spread", "load_spread", "state_of"]

Ints = NDArray[np.int64]

_UNDATED = date.min.toordinal()
_COUNTED = ("n_reports", "n_claims", "n_contradictions")
_ORDERS = {
    "reports": ("n_reports", "n_claims"),
    "date": ("last", "n_reports"),
    "contested": ("n_contradictions", "n_reports"),
}


class Values:
    """What incidents have of one sort, none or several each, in the order of the incidents.

    Args:
        of: The values of each incident; one that it has twice counts once.
    """

    def __init__(self, of: Iterable[Iterable[Hashable]]) -> None:
        numbers: dict[Hashable, int] = {}
        codes: list[int] = []
        rows: list[int] = []
        for row, values in enumerate(of):
            for value in dict.fromkeys(values):
                codes.append(numbers.setdefault(value, len(numbers)))
                rows.append(row)
        self.values = list(numbers)
        self._codes = np.array(codes, dtype=np.int64)
        self._rows = np.array(rows, dtype=np.int64)

    def count(self, chosen: NDArray[np.bool_]) -> Counter[Any]:
        """How many of the chosen incidents have each value."""
        codes = self._codes[chosen[self._rows]]
        counts = np.bincount(codes, minlength=len(self.values))
        return Counter({self.values[code]: int(counts[code]) for code in np.flatnonzero(counts)})

    def having(self, value: Hashable) -> Ints:
        """The incidents, by their places, that have a value."""
        if value not in self.values:
            return np.zeros(0, dtype=np.int64)
        found: Ints = self._rows[self._codes == self.values.index(value)]
        return found


@dataclass(frozen=True, slots=True)
class Spread:
    """All incidents of a ledger.

    Attributes:
        numbers: Of their rows, ascending.
        groups: By the name of the filter (`kind`, `source`, ...), the values that are counted.
        spots: The place of each that has one on the map: id, latitude and longitude.
        told: Of a spot the first of its names and its smallest radius in kilometres.
        last: The last day on which each is said to have happened, as an ordinal; of those without
            a day that of `date.min`.
        orders: Places of all in `numbers`, by the name of an order.
        tellers: Which incident, as its place in `numbers`, is told of by which text.
    """

    numbers: Ints
    groups: dict[str, Values]
    spots: Values
    told: dict[tuple[str | None, float, float], tuple[str, float]]
    last: Ints
    orders: dict[str, Ints]
    tellers: tuple[Ints, Ints]

    def choose(
        self,
        connection: Connection,
        filters: Filters | None = None,
        documents: Sequence[int] | None = None,
    ) -> NDArray[np.bool_]:
        """Which incidents a filter lets through.

        Args:
            connection: That reads the ledger.
            filters: What must hold. `as_of` leaves out what is said to have happened later.
            documents: Numbers of texts; then only incidents that one of them tells of are meant.

        Returns:
            bool [incidents].
        """
        filters = filters or Filters()
        chosen = np.ones(len(self.numbers), dtype=np.bool_)
        query = narrow_incidents(select(summary.c.incident), filters)
        if query.whereclause is not None:
            found = np.array(connection.execute(query).scalars().all(), dtype=np.int64)
            chosen &= np.isin(self.numbers, found)
        if documents is not None:
            told, by = self.tellers
            rows = told[np.isin(by, np.asarray(documents, dtype=np.int64))]
            among = np.zeros(len(self.numbers), dtype=np.bool_)
            among[rows] = True
            chosen &= among
        if filters.as_of is not None:
            chosen &= self.last <= filters.as_of.day.toordinal()
        return chosen

    def list(
        self, chosen: NDArray[np.bool_], order: str, limit: int, offset: int
    ) -> tuple[list[int], int]:
        """Numbers of the chosen incidents in an order, and how many there are in all."""
        places = self.orders[order]
        found = places[chosen[places]]
        return self.numbers[found[offset : offset + limit]].tolist(), len(found)

    def days(self, chosen: NDArray[np.bool_]) -> tuple[tuple[date, int], ...]:
        """How many of the chosen are said to have happened until when, in order."""
        days, counts = np.unique(self.last[chosen & (self.last != _UNDATED)], return_counts=True)
        return tuple(
            (date.fromordinal(int(day)), int(n)) for day, n in zip(days, counts, strict=True)
        )


def state_of(connection: Connection) -> tuple[int, ...]:
    """What changes whenever incidents do, and not while reports are only read and compared.

    An incident gains or loses an account, or has another one, which a later reading drew and which
    has a higher number, in the place of one; or a person decides.
    """
    columns = (incident_change.c.number, membership.c.account, decision.c.number)
    most = (select(func.max(column)).scalar_subquery() for column in columns)
    return tuple(int(value or 0) for value in connection.execute(select(*most)).one())


def load_spread(connection: Connection) -> Spread:
    """Load what all incidents are counted by: a second for fifty thousand of them."""
    columns = summary.c
    asked = select(
        columns.incident, columns.kinds, columns.holders, columns.actors, columns.grade,
        columns.country, columns.place, columns.place_id, columns.latitude, columns.longitude,
        columns.radius_km, columns.last, *(columns[name] for name in _COUNTED), incident.c.id,
    ).join(incident, incident.c.number == columns.incident)  # fmt: skip
    rows = connection.execute(asked.order_by(columns.incident)).all()
    decided = set(connection.execute(decided_incidents()).scalars())
    holders = [json.loads(row.holders) for row in rows]
    on_map = [
        None if row.latitude is None or row.longitude is None
        else (row.place_id, row.latitude, row.longitude)
        for row in rows
    ]  # fmt: skip
    told: dict[tuple[str | None, float, float], tuple[str, float]] = {}
    for row, spot in zip(rows, on_map, strict=True):
        if spot is not None:
            name, radius = row.place or "", row.radius_km or 0.0
            before = told.get(spot, (name, radius))
            told[spot] = (min(name, before[0]), min(radius, before[1]))
    groups: dict[str, Values] = {
        "kind": Values(json.loads(row.kinds) for row in rows),
        "source": Values([one[1] for one in held if _is_named(one[0])] for held in holders),
        "position": Values([one[2] for one in held if _is_named(one[0])] for held in holders),
        "actor": Values(
            [one[1] for one in json.loads(row.actors) if _is_named(one[0])] for row in rows
        ),
        "grade": Values([row.grade] for row in rows),
        "country": Values([row.country] if row.country else [] for row in rows),
        "review": Values(["decided" if row.incident in decided else "waiting"] for row in rows),
    }
    numbers: dict[str, Ints] = {
        name: np.array([getattr(row, name) for row in rows], dtype=np.int64) for name in _COUNTED
    }
    numbers["last"] = np.array(
        [row.last.toordinal() if row.last else _UNDATED for row in rows], dtype=np.int64
    )
    places = {row.incident: place for place, row in enumerate(rows)}
    return Spread(
        numbers=np.array(list(places), dtype=np.int64),
        groups=groups,
        spots=Values([spot] if spot else [] for spot in on_map),
        told=told,
        last=numbers["last"],
        orders=_orders(numbers, [row.id for row in rows]),
        tellers=_tellers(connection, places),
    )


def _tellers(connection: Connection, places: Mapping[int, int]) -> tuple[Ints, Ints]:
    asked = (
        select(membership.c.incident, report.c.document)
        .join(account, account.c.number == membership.c.account)
        .join(current, current.c.reading == account.c.reading)
        .join(report, report.c.number == current.c.report)
        .where(membership.c.until.is_(None))
    )
    pairs = [
        (places[row.incident], row.document)
        for row in connection.execute(asked)
        if row.incident in places
    ]
    told, by = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return told, by


def _orders(numbers: dict[str, Ints], ids: Sequence[str]) -> dict[str, Ints]:
    by_id = np.empty(len(ids), dtype=np.int64)
    at: Callable[[int], str] = ids.__getitem__
    by_id[sorted(range(len(ids)), key=at)] = np.arange(len(ids))
    return {
        name: np.lexsort((by_id, -numbers[second], -numbers[first]))
        for name, (first, second) in _ORDERS.items()
    }


def _is_named(key: str) -> bool:
    return not key.startswith(("words:", "nobody"))
