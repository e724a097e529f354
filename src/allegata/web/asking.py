"""What the address of a page asks for, and addresses that ask for a little more or less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Connection

from allegata.errors import InputError
from allegata.ledger.asking import resolve_as_of
from allegata.ledger.filters import REVIEW, Filters, parse_box
from allegata.types import EventKind
from allegata.types.incident import Grade, PositionKind

__all__ = ["ORDERS", "PAGE", "Asked", "read_asked"]

PAGE = 30
"""Rows on a page of a list."""

ORDERS = ("reports", "date", "contested")

_MOST_VALUES = 40
_MOST_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the whole state of a list stands in its address.

    Attributes:
        q: Words to search for.
        view: `incidents` or `reports`.
        kind, actor, source, outlet, position, grade, review: As filters; several of one are
            alternatives.
        place, country, box: As filters.
        first, last: Days, both included.
        as_of: An earlier day.
        order: One of `ORDERS`.
        page: From 1.
    """

    q: str = ""
    view: str = "incidents"
    kind: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    place: str = ""
    country: str = ""
    box: str = ""
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    order: str = "reports"
    page: int = 1

    def filters(self, connection: Connection) -> Filters:
        """The filters that this stands for.

        Raises:
            InputError: The box is none.
        """
        return Filters(
            kinds=self.kind,
            actors=self.actor,
            sources=self.source,
            outlets=self.outlet,
            place=self.place or None,
            country=self.country or None,
            box=parse_box(self.box) if self.box else None,
            first=self.first,
            last=self.last,
            grades=self.grade,
            positions=self.position,
            review=self.review,
            as_of=resolve_as_of(connection, self.as_of) if self.as_of else None,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for that leaves something out."""
        return self.without_page() != Asked(view=self.view, order=self.order)

    def without_page(self) -> "Asked":
        """The same from the first page on."""
        return replace(self, page=1)

    def query(self, **changes: Any) -> str:  # noqa: ANN401
        """A query string, with changes; what is as it is by itself is left out.

        Args:
            changes: New values of attributes. A change of anything but the page begins at page 1.
        """
        base = self if set(changes) == {"page"} else self.without_page()
        asked = replace(base, **changes)
        pairs: list[tuple[str, str]] = []
        for one in fields(Asked):
            value = getattr(asked, one.name)
            if value == one.default or value is None:
                continue
            values = value if isinstance(value, tuple) else (value,)
            pairs += [(_NAMES.get(one.name, one.name), str(each)) for each in values]
        return urlencode(pairs)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the query, for the hidden fields of a form."""
        return parse_qsl(self.query())

    def toggle(self, name: str, value: str) -> str:
        """A query string in which one value of a filter is put in, or left out where it stands."""
        present: tuple[str, ...] = getattr(self, name)
        kept = tuple(one for one in present if one != value)
        return self.query(**{name: kept if value in present else (*present, value)})


_NAMES = {"first": "from", "last": "to"}


def read_asked(pairs: Sequence[tuple[str, str]]) -> Asked:
    """Read the query string of an address.

    Args:
        pairs: Its names and values, in order; names that mean nothing are passed over.

    Raises:
        InputError: A value is none that is allowed, or there are far too many.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value.strip()[:_MOST_LENGTH])
    if any(len(values) > _MOST_VALUES for values in given.values()):
        raise InputError("the address", f"asks for more than {_MOST_VALUES} values of one sort.")
    one = {name: values[-1] for name, values in given.items()}
    return Asked(
        q=one.get("q", ""),
        view=_choose("view", one.get("view"), ("incidents", "reports")),
        kind=_all(given, "kind", [kind.value for kind in EventKind]),
        actor=_all(given, "actor"),
        source=_all(given, "source"),
        outlet=_all(given, "outlet"),
        position=_all(given, "position", [position.value for position in PositionKind]),
        grade=_all(given, "grade", [grade.value for grade in Grade]),
        review=_all(given, "review", REVIEW),
        place=one.get("place", ""),
        country=one.get("country", ""),
        box=one.get("box", ""),
        first=_day("from", one.get("from")),
        last=_day("to", one.get("to")),
        as_of=_day("as_of", one.get("as_of")),
        order=_choose("order", one.get("order"), ORDERS),
        page=_page(one.get("page")),
    )


def _all(given: Mapping[str, list[str]], name: str, allowed: Sequence[str] = ()) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in given.get(name, ()) if value))
    for value in values:
        if allowed and value not in allowed:
            raise InputError(f"{name}={value}", f"is none of {', '.join(allowed)}.")
    return values


def _choose(name: str, value: str | None, allowed: Sequence[str]) -> str:
    if not value:
        return allowed[0]
    if value not in allowed:
        raise InputError(f"{name}={value}", f"is none of {', '.join(allowed)}.")
    return value


def _day(name: str, value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"{name}={value}", "is no day.", "Write it as 2018-11-24.") from None


def _page(value: str | None) -> int:
    return (
        min(int(value), 100_000)
        if value and value.isascii() and value.isdecimal() and int(value)
        else 1
    )
