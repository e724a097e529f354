"""Rows of ACLED, UCDP GED and Airwars as incidents that people coded.

Nothing of a row enters the ledger: it is another one's word, and stands beside what sources say.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from allegata.errors import InputError
from allegata.knowledge.kinds import load_kinds
from allegata.types import EventKind

__all__ = ["FORMS", "CodedIncident", "read_rows"]

_MOST_FIELD_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class CodedIncident:
    """An incident as a row has it.

    Attributes:
        id: As its makers have it.
        line: Of the file, from 1.
        first, last: The days within which it is coded to have happened.
        place: Its name, or nothing.
        latitude, longitude: Degrees.
        radius_km: How exactly the place is coded to be known.
        code: The kind in the words of its makers.
        kinds: Ours that may be meant.
        meant: Of these the ones that the code names most closely.
        actors: Those who are coded to have taken part.
        killed_low, killed_high: Dead; None where none is coded.
    """

    id: str
    line: int
    first: date
    last: date
    place: str
    latitude: float
    longitude: float
    radius_km: float
    code: str
    kinds: frozenset[EventKind]
    meant: frozenset[EventKind]
    actors: tuple[str, ...]
    killed_low: int | None
    killed_high: int | None


Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one makers' table.

    Attributes:
        tells: Columns by which it is known.
        make: Makes an incident of a row; raises ValueError where a cell is none.
    """

    tells: tuple[str, ...]
    make: Callable[[Row, int], CodedIncident]


def read_rows(path: Path, form: str | None = None) -> Iterator[CodedIncident | InputError]:
    """Read a table.

    Args:
        path: CSV with a heading.
        form: `acled`, `ucdp` or `airwars`; by default what its columns tell.

    Yields:
        Incidents in the order of the file; for a row that is none, what is wrong with it.

    Raises:
        InputError: There is no such file, or its columns are of no known form.
    """
    try:
        file = path.open(encoding="utf-8-sig", newline="", errors="replace")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}.") from error
    with file:
        csv.field_size_limit(_MOST_FIELD_BYTES)
        rows = csv.DictReader(file)
        try:
            make = _choose(path, form, rows.fieldnames or ()).make
            for row in rows:
                try:
                    yield make(
                        {name: value or "" for name, value in row.items() if name}, rows.line_num
                    )
                except (ValueError, KeyError) as error:
                    yield InputError(f"{path}, line {rows.line_num}", f"is no incident: {error}.")
        except csv.Error as error:
            raise InputError(f"{path}, line {rows.line_num}", f"is no CSV: {error}.") from error


def _choose(path: Path, form: str | None, columns: object) -> Form:
    if form is not None:
        if form not in FORMS:
            raise InputError(f"--as {form!r}", f"is none of {', '.join(FORMS)}.")
        return FORMS[form]
    names = set(columns) if isinstance(columns, (list, tuple)) else set()
    for one in FORMS.values():
        if names.issuperset(one.tells):
            return one
    raise InputError(
        str(path), f"has the columns of none of {', '.join(FORMS)}.", "Name its form with --as."
    )


def _acled(row: Row, line: int) -> CodedIncident:
    day = date.fromisoformat(row["event_date"])
    spread = {"1": 0, "2": 3, "3": 15}.get(row.get("time_precision", "1"), 0)
    code = row.get("sub_event_type") or row["event_type"]
    killed = _number(row.get("fatalities", ""))
    return CodedIncident(
        id=row["event_id_cnty"],
        line=line,
        first=day - timedelta(spread),
        last=day + timedelta(spread),
        place=row.get("location", ""),
        latitude=_degrees(row["latitude"], 90.0),
        longitude=_degrees(row["longitude"], 180.0),
        radius_km={"1": 5.0, "2": 25.0, "3": 100.0}.get(row.get("geo_precision", "1"), 25.0),
        code=code,
        kinds=_kinds_of_acled(row["event_type"]),
        meant=_meant_by_acled(row["event_type"], row.get("sub_event_type", "")),
        actors=_names(row.get("actor1", ""), row.get("actor2", "")),
        killed_low=killed,
        killed_high=killed,
    )


def _ucdp(row: Row, line: int) -> CodedIncident:
    radius = {"1": 5.0, "2": 25.0, "3": 50.0, "4": 150.0, "5": 150.0, "6": 500.0, "7": 100.0}
    return CodedIncident(
        id=row["id"],
        line=line,
        first=date.fromisoformat(row["date_start"][:10]),
        last=date.fromisoformat(row["date_end"][:10]),
        place=row.get("where_coordinates", ""),
        latitude=_degrees(row["latitude"], 90.0),
        longitude=_degrees(row["longitude"], 180.0),
        radius_km=radius.get(row.get("where_prec", "1"), 25.0),
        code=f"type of violence {row.get('type_of_violence', '')}",
        kinds=_violent(),
        meant=frozenset(),
        actors=_names(row.get("side_a", ""), row.get("side_b", "")),
        killed_low=_number(row.get("low", "")),
        killed_high=_number(row.get("high", "")),
    )


def _airwars(row: Row, line: int) -> CodedIncident:
    day = date.fromisoformat(row["date"][:10])
    accuracy = row.get("geolocation_accuracy", "").casefold()
    radius = next(
        (km for word, km in (("province", 100.0), ("district", 30.0), ("city", 15.0),
                             ("town", 8.0), ("village", 5.0)) if word in accuracy),
        3.0,
    )  # fmt: skip
    actors = [
        name.removeprefix("belligerent_").replace("_", " ").replace("-", " ")
        for name, value in row.items()
        if name.startswith("belligerent_") and value == "1"
    ]
    return CodedIncident(
        id=row["unique_reference_code"],
        line=line,
        first=day,
        last=day,
        place=row.get("location", "") or row.get("country", ""),
        latitude=_degrees(row["latitude"], 90.0),
        longitude=_degrees(row["longitude"], 180.0),
        radius_km=radius,
        code=row.get("strike_status", ""),
        kinds=_violent(),
        meant=frozenset(),
        actors=_names(*actors),
        killed_low=_number(row.get("civilians_killed_min", "")),
        killed_high=_number(row.get("civilians_killed_max", "")),
    )


FORMS: Mapping[str, Form] = {
    "acled": Form(("event_id_cnty", "event_date", "event_type", "latitude", "longitude"), _acled),
    "ucdp": Form(("id", "date_start", "date_end", "latitude", "longitude"), _ucdp),
    "airwars": Form(("unique_reference_code", "date", "latitude", "longitude"), _airwars),
}
"""What can be read, by name."""


def _number(words: str) -> int | None:
    return int(float(words)) if words.strip() else None


def _degrees(words: str, most: float) -> float:
    value = float(words)
    if not -most <= value <= most:
        raise ValueError(f"{words} is no place on the globe")
    return value


def _names(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


@cache
def _kinds_of_acled(event_type: str) -> frozenset[EventKind]:
    """Ours that ACLED has under an event type; all violent ones go together under its violent ones.

    Where a shelling is coded as a battle, or a killing as violence against civilians, hangs on
    sides that a report need not tell.
    """
    own = {
        kind.kind for kind in load_kinds().values() if kind.acled and kind.acled.event == event_type
    }
    violent = _violent()
    return frozenset(own | violent if own & violent else own)


@cache
def _meant_by_acled(event_type: str, sub_event_type: str) -> frozenset[EventKind]:
    return frozenset(
        kind.kind
        for kind in load_kinds().values()
        if kind.acled
        and kind.acled.event == event_type
        and kind.acled.mode in (sub_event_type or None, None)
    )


@cache
def _violent() -> frozenset[EventKind]:
    return frozenset(kind.kind for kind in load_kinds().values() if kind.ucdp)
