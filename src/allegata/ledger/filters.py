"""By what lists of incidents, reports and claims can be narrowed down."""

from dataclasses import dataclass
from datetime import date

from allegata.errors import InputError

__all__ = ["AsOf", "Box", "Filters", "parse_box"]


@dataclass(frozen=True, slots=True)
class Box:
    """A box on the map, in degrees; it may cross the 180th meridian (`west` > `east`)."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class AsOf:
    """What counts when a ledger is asked about an earlier time.

    Attributes:
        day: Reports count that were published on this day or before.
        entry: Number of the last entry of the chain that counts, or None for all: a ledger that
            was begun after the day holds nothing of that time.
    """

    day: date
    entry: int | None = None


REVIEW = ("decided", "waiting")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for. Fields that are empty or None narrow nothing down; several all apply.

    Attributes:
        kinds: Kinds of events; one of them must be told.
        actors: Names, parts of names or ids of who or what took part.
        sources: Names, parts of names or ids of who says so.
        outlets: Names or parts of names of publishers.
        place: A name, or part of one, or an id of the gazetteer.
        country: ISO 3166 code.
        box: Where it is said to have happened.
        first, last: Days within which it is said to have happened, both included.
        grades: Suggested grades, or a person's where one was set.
        positions: What somebody holds of it (`denies`, `doubts`, ...).
        review: `decided` where a person decided about the incident or one of its reports, and
            `waiting` where nobody did.
        as_of: An earlier time.
    """

    kinds: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    box: Box | None = None
    first: date | None = None
    last: date | None = None
    grades: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    as_of: AsOf | None = None


def parse_box(words: str) -> Box:
    """Read a box written as `WEST,SOUTH,EAST,NORTH`.

    Raises:
        InputError: It is no box.
    """
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError:
        west = south = east = north = 999.0
    inside = all(-180 <= x <= 180 for x in (west, east)) and -90 <= south <= north <= 90
    if not inside:
        raise InputError(
            f"box {words!r}", "is no box.", "Write it as WEST,SOUTH,EAST,NORTH in degrees."
        )
    return Box(west, south, east, north)
