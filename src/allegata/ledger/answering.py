"""A ledger that answers in Python: incidents, statements and reports, one after another."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import Connection

from allegata.errors import InputError
from allegata.incidents.dossier import Dossier
from allegata.ledger.asking import find_incident, list_incidents, load_dossier, resolve_as_of
from allegata.ledger.filters import REVIEW, Box, Filters, parse_box
from allegata.ledger.loading import number_of_report
from allegata.ledger.opening import Ledger
from allegata.ledger.searching import Hit, parse_query, search
from allegata.ledger.verdicts import load_corrected
from allegata.types import EventKind, Reading
from allegata.types.incident import Grade, PositionKind
from allegata.types.statement import Statement

__all__ = ["AnsweringLedger", "Asking", "filters_of"]

_PORTION = 2000


class Asking(TypedDict, total=False):
    """What may be asked for, by name; everything that is given must hold.

    `kind`, `actor`, `source`, `outlet`, `grade`, `position` and `review` take one value or
    several, which are alternatives. `box` is `(west, south, east, north)` in degrees, `as_of` an
    earlier day.
    """

    kind: str | Iterable[str]
    actor: str | Iterable[str]
    source: str | Iterable[str]
    outlet: str | Iterable[str]
    grade: str | Iterable[str]
    position: str | Iterable[str]
    review: str | Iterable[str]
    place: str
    country: str
    box: str | tuple[float, float, float, float]
    first: date
    last: date
    as_of: date


def filters_of(connection: Connection, asked: Asking) -> Filters:
    """Filters as the ledger's own functions take them.

    Raises:
        InputError: A kind, a grade, a position, the box or a name is none.
    """
    unknown = set(asked) - set(Asking.__annotations__)
    if unknown:
        names = ", ".join(Asking.__annotations__)
        raise InputError(", ".join(sorted(unknown)), f"cannot be asked for. These can: {names}.")
    box, as_of = asked.get("box"), asked.get("as_of")
    return Filters(
        kinds=_among(asked.get("kind"), "kind", [one.value for one in EventKind]),
        actors=_several(asked.get("actor")),
        sources=_several(asked.get("source")),
        outlets=_several(asked.get("outlet")),
        place=asked.get("place"),
        country=asked.get("country"),
        box=_box(box) if box else None,
        first=asked.get("first"),
        last=asked.get("last"),
        grades=_among(asked.get("grade"), "grade", [one.value for one in Grade]),
        positions=_among(asked.get("position"), "position", [one.value for one in PositionKind]),
        review=_among(asked.get("review"), "review", REVIEW),
        as_of=resolve_as_of(connection, as_of) if as_of else None,
    )


def _box(box: str | tuple[float, float, float, float]) -> Box:
    return parse_box(box if isinstance(box, str) else ",".join(map(str, box)))


def _several(values: str | Iterable[str] | None) -> tuple[str, ...]:
    if values is None:
        return ()
    return (values,) if isinstance(values, str) else tuple(values)


def _among(values: str | Iterable[str] | None, what: str, known: Sequence[str]) -> tuple[str, ...]:
    found = _several(values)
    for value in found:
        if value not in known:
            raise InputError(f"{what} {value!r}", f"is none of {', '.join(known)}.")
    return found


class AnsweringLedger(Ledger):
    """A ledger that is open, with what is asked of it most as methods.

    Everything that it gives is a value that does not change, and holds the words it rests on.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with AnsweringLedger.open(Path(folder, "allegata.db"), create=True) as ledger:
        ...         [dossier.title for dossier in ledger.incidents(kind="shelling")]
        []
    """

    def incidents(self, **asked: Unpack[Asking]) -> Iterator[Dossier]:
        """Dossiers of incidents, those with most reports first.

        Args:
            asked: See `Asking`.

        Yields:
            One at a time, of one state of the ledger, whatever is written meanwhile.

        Raises:
            InputError: What is asked for is none.
            StoreError: The ledger cannot be read.
        """
        with self.reading() as connection:
            filters = filters_of(connection, asked)
            offset, total = 0, 1
            while offset < total:
                lines, total = list_incidents(connection, filters, limit=_PORTION, offset=offset)
                for line in lines:
                    yield load_dossier(connection, line.id, filters.as_of)
                offset += _PORTION

    def incident(self, name: str, *, as_of: date | None = None) -> Dossier:
        """The dossier of one incident.

        Args:
            name: Its id, or the beginning of it.
            as_of: An earlier day.

        Raises:
            InputError: There is none, or it held nothing by then.
        """
        with self.reading() as connection:
            _, found = find_incident(connection, name)
            when = resolve_as_of(connection, as_of) if as_of else None
            return load_dossier(connection, found, when)

    def statements(self, **asked: Unpack[Asking]) -> Iterator[Statement]:
        """Everything that is stated of the incidents that are asked for, each with its holders.

        Also what is denied, feared or demanded: see `polarity` and `modality`.
        """
        for dossier in self.incidents(**asked):
            yield from dossier.statements

    def search(
        self, words: str, *, limit: int = 20, offset: int = 0, **asked: Unpack[Asking]
    ) -> list[Hit]:
        """Reports that hold all the words, the best first.

        Args:
            words: As a person types them; in quotation marks those that stand in a row.
            limit: The most that are given.
            offset: How many are passed over.
            asked: See `Asking`.
        """
        with self.reading() as connection:
            filters = filters_of(connection, asked)
            hits, _ = search(connection, parse_query(words), filters, limit=limit, offset=offset)
        return hits

    def report(self, name: str) -> Reading:
        """The reading of one report that counts, as people left it.

        Args:
            name: Its id, or the beginning of it.

        Raises:
            InputError: There is none, or it was not read.
        """
        with self.reading() as connection:
            found = load_corrected(connection, number_of_report(connection, name))
        if found is None:
            raise InputError(name, "was not read.", "`allegata quarantine` may say why.")
        return found
