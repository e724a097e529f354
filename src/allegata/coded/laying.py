"""Coded incidents beside those of a ledger: by days, places and kinds, never by who is blamed.

An incident beside a row is not thereby the same, nor is either right: what differs is told.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from allegata.coded.rows import CodedIncident
from allegata.grounding.actors.linking import actor_of
from allegata.knowledge.actor_names import fold_name
from allegata.knowledge.actors import ActorTable
from allegata.ledger.asking import IncidentLine, list_incidents
from allegata.ledger.filters import Filters
from allegata.types import EventKind

__all__ = ["Beside", "Laid", "lay_beside"]

_MOST_DAYS = 3
_SLACK_KM = 10.0
_OTHER_KIND = 0.5
"""What another kind than the one that is meant counts, where days and places count 1 at most."""

_EARTH_KM = 6371.0
_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Beside:
    """A coded incident with the one of the ledger that comes nearest, or none.

    Attributes:
        coded: As people coded it.
        line: Of the ledger, or None where none lies near enough.
        days: How many days lie between both; 0 where they overlap.
        km: Between both places.
        numbers: How the coded number of dead stands to what sources say: `within`, `below`,
            `above`, `not coded`, `not told`; empty where there is no incident.
        actors: Of the coded actors those of whom, or of whose state, some source says that they
            took part.
        others: Ids of further incidents that lie near enough, the nearest first.
    """

    coded: CodedIncident
    line: IncidentLine | None
    days: int
    km: float
    numbers: str
    actors: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """All rows beside a ledger.

    Attributes:
        rows: In the order of the table.
        alone: Incidents of the ledger of a kind, within the days and near the places of the table,
            that lie beside no row.
    """

    rows: tuple[Beside, ...]
    alone: tuple[IncidentLine, ...]


def lay_beside(
    connection: Connection, coded: Sequence[CodedIncident], filters: Filters | None = None
) -> Laid:
    """Find for each coded incident the one of the ledger that comes nearest.

    Args:
        connection: That reads the ledger.
        coded: Of one table.
        filters: On the ledger's incidents.
    """
    lines, _ = list_incidents(connection, filters, limit=_MOST)
    placed = [line for line in lines if _is_placed(line)]
    field = _Field(placed)
    table = ActorTable.open()
    rows = [_lay(one, field, placed, table) for one in coded]
    near: set[int] = set()
    for one in coded:
        near |= set(np.flatnonzero(field.near(one)).tolist())
    taken = {name for row in rows if row.line for name in (row.line.id, *row.others)}
    alone = [placed[place] for place in sorted(near) if placed[place].id not in taken]
    return Laid(tuple(rows), tuple(alone))


def _is_placed(line: IncidentLine) -> bool:
    fields = line.fields
    return fields["latitude"] is not None and fields["last"] is not None


class _Field:
    """Days and places of incidents in arrays."""

    def __init__(self, lines: Sequence[IncidentLine]) -> None:
        def column(values: Iterable[float]) -> NDArray[np.float64]:
            return np.fromiter(values, dtype=np.float64, count=len(lines))

        self._lasts = column(_day(line.fields["last"]) for line in lines)
        self._firsts = column(_day(line.fields["first"] or line.fields["last"]) for line in lines)
        self._ys = np.radians(column(line.fields["latitude"] for line in lines))
        self._xs = np.radians(column(line.fields["longitude"] for line in lines))
        self._radii = column(line.fields["radius_km"] or 0.0 for line in lines)

    def gaps(self, one: CodedIncident) -> NDArray[np.float64]:
        """Days between a coded incident and each of the ledger."""
        before = self._firsts - one.last.toordinal()
        after = one.first.toordinal() - self._lasts
        gaps: NDArray[np.float64] = np.maximum(0.0, np.maximum(before, after))
        return gaps

    def distances(self, one: CodedIncident) -> NDArray[np.float64]:
        """Kilometres between both."""
        y, x = math.radians(one.latitude), math.radians(one.longitude)
        inner = (
            np.sin((self._ys - y) / 2) ** 2
            + np.cos(self._ys) * math.cos(y) * np.sin((self._xs - x) / 2) ** 2
        )
        distances: NDArray[np.float64] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, inner)))
        return distances

    def reach(self, one: CodedIncident) -> NDArray[np.float64]:
        """Within how many kilometres both may be at one place."""
        reach: NDArray[np.float64] = self._radii + one.radius_km + _SLACK_KM
        return reach

    def near(self, one: CodedIncident) -> NDArray[np.bool_]:
        """Which lie near enough in days and places."""
        near: NDArray[np.bool_] = (self.gaps(one) <= _MOST_DAYS) & (
            self.distances(one) <= self.reach(one)
        )
        return near


def _lay(
    one: CodedIncident, field: _Field, lines: Sequence[IncidentLine], table: ActorTable
) -> Beside:
    gaps, distances, reach = field.gaps(one), field.distances(one), field.reach(one)
    found = []
    for place in np.flatnonzero(field.near(one)).tolist():
        kinds = {EventKind(kind) for kind in lines[place].fields["kinds"]}
        if not kinds & one.kinds:
            continue
        # the nearest in days, then in kilometres by what both know; of equals the most reported
        far = float(gaps[place]) / _MOST_DAYS + float(distances[place] / reach[place])
        far += 0.0 if kinds & one.meant else _OTHER_KIND
        found.append((far, -lines[place].fields["n_reports"], lines[place].id, place))
    if not found:
        return Beside(one, None, 0, 0.0, "", (), ())
    found.sort()
    best = found[0][3]
    line = lines[best]
    return Beside(
        coded=one,
        line=line,
        days=int(gaps[best]),
        km=round(float(distances[best]), 1),
        numbers=_compare_numbers(one, line),
        actors=tuple(name for name in one.actors if _is_named(name, line, table)),
        others=tuple(name for _, _, name, _ in found[1:]),
    )


def _compare_numbers(one: CodedIncident, line: IncidentLine) -> str:
    """How the coded dead stand to the range that sources give."""
    low, high = line.fields["killed_low"], line.fields["killed_high"]
    if one.killed_low is None and one.killed_high is None:
        return "not coded"
    if low is None and high is None:
        return "not told"
    least = one.killed_low if one.killed_low is not None else one.killed_high
    most = one.killed_high if one.killed_high is not None else one.killed_low
    if high is not None and least is not None and least > high:
        return "above"
    if low is not None and most is not None and most < low:
        return "below"
    return "within"


def _is_named(name: str, line: IncidentLine, table: ActorTable) -> bool:
    """Whether some source names a coded actor, by an actor of the tables or by the same name."""
    bare = name.partition("(")[0].strip()
    known = actor_of(bare, actors=table)
    ids = {f"actor:{known.id}", f"actor:{known.id.partition('/')[0]}"} if known else set()
    folded = fold_name(bare)
    return any(
        key in ids or (ids and _state(key) in ids) or (folded and fold_name(told) == folded)
        for key, told, _ in line.fields["actors"]
    )


def _state(key: str) -> str:
    """The key of the state that an actor belongs to: `actor:ee/navy` is `actor:ee`'s."""
    return key.partition("/")[0]


def _day(day: date | str) -> int:
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()
