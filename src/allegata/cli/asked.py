"""What a person asks of a ledger, as options give it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from allegata.errors import InputError
from allegata.ledger import DEFAULT_NAME, Ledger
from allegata.ledger.asking import resolve_as_of
from allegata.ledger.filters import Filters, parse_box
from allegata.types import EventKind
from allegata.types.incident import Grade

__all__ = ["Asked", "open_ledger"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Options that lists share."""

    ledger: str | None
    as_json: bool
    limit: int
    offset: int
    kinds: Sequence[str] | None
    actors: Sequence[str] | None
    sources: Sequence[str] | None
    outlets: Sequence[str] | None
    place: str | None
    country: str | None
    box: str | None
    first: date | None
    last: date | None
    grades: Sequence[str] | None
    as_of: date | None

    def filters(self, connection: Connection) -> Filters:
        """The filters that they stand for.

        Raises:
            InputError: A kind, a grade or the box is none.
        """
        return Filters(
            kinds=_choose("--kind", self.kinds, [kind.value for kind in EventKind]),
            actors=tuple(self.actors or ()),
            sources=tuple(self.sources or ()),
            outlets=tuple(self.outlets or ()),
            place=self.place,
            country=self.country,
            box=parse_box(self.box) if self.box else None,
            first=self.first,
            last=self.last,
            grades=_choose("--grade", self.grades, [grade.value for grade in Grade]),
            as_of=resolve_as_of(connection, self.as_of) if self.as_of else None,
        )


def _choose(option: str, given: Sequence[str] | None, allowed: Sequence[str]) -> tuple[str, ...]:
    values = tuple(value.strip().casefold().replace(" ", "_") for value in given or ())
    for value in values:
        if value not in allowed:
            raise InputError(f"{option} {value!r}", f"is none of {', '.join(allowed)}.")
    return values


def open_ledger(where: str | None, *, create: bool = False, read_only: bool = True) -> Ledger:
    """Open the ledger that a command is about.

    Args:
        where: As the option gives it; None for `allegata.db` in the working directory.
        create: Whether to make one where there is none.
        read_only: Whether nothing is written.

    Raises:
        InputError: There is none.
        StoreError: It cannot be used.
    """
    return Ledger.open(where or Path(DEFAULT_NAME), create=create, read_only=read_only)
