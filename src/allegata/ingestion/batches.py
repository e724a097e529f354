"""Results that wait to be kept, and the one transaction in which a batch of them is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from allegata.errors import InputError, StoreError
from allegata.ingestion.arrivals import Arrival
from allegata.ingestion.options import Outcome
from allegata.ingestion.visits import keep_visit
from allegata.ledger import Ledger
from allegata.ledger.writing import Run, Writing, write
from allegata.types import Document, Reading

__all__ = ["Batch", "Kept", "Result", "keep"]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an arrival.

    Attributes:
        arrival: The document, or the error in its place.
        made: Its reading; an error where it could not be read; None where the ledger knows it.
    """

    arrival: Arrival
    made: Reading | InputError | None = None


@dataclass(slots=True)
class Batch:
    """Results that wait to be kept.

    Attributes:
        results: In the order in which they came.
        since_s: When the first of them came.
    """

    results: list[Result] = field(default_factory=list)
    since_s: float = 0.0

    def add(self, result: Result) -> None:
        """One more waits."""
        if not self.results:
            self.since_s = time.monotonic()
        self.results.append(result)

    def is_due(self, size: int, seconds: float) -> bool:
        """Whether they have waited long enough, or are many enough, to be kept."""
        if not self.results:
            return False
        return len(self.results) >= size or time.monotonic() - self.since_s >= seconds


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a batch.

    Attributes:
        outcome: Counts.
        readings: Numbers of the new readings.
        faults: What was set aside, each with whether it is new.
    """

    outcome: Outcome
    readings: tuple[int, ...]
    faults: tuple[tuple[InputError, bool], ...] = ()


def keep(ledger: Ledger, run: Run, results: Sequence[Result]) -> Kept:
    """Keep a batch, all of it or nothing.

    Where the batch cannot be kept because of what one result holds, each is kept by itself, and
    that one is set aside.

    Args:
        ledger: Open for writing.
        run: By what the readings were made.
        results: Those that are there already add nothing.

    Raises:
        StoreError: Another one writes and does not finish, or nothing can be written.
    """
    try:
        return _keep_at_once(ledger, run, results)
    except (ArithmeticError, LookupError, TypeError, ValueError, StoreError) as error:
        if not _is_of_content(error):
            raise
    kept = [_keep_one(ledger, run, result) for result in results]
    return Kept(
        sum((one.outcome for one in kept), Outcome()),
        tuple(number for one in kept for number in one.readings),
        tuple(told for one in kept for told in one.faults),
    )


def _is_of_content(error: Exception) -> bool:
    """Whether an error lies in what is written, not in where."""
    if not isinstance(error, StoreError):
        return True
    cause = error.__cause__
    return isinstance(cause, DBAPIError) and not isinstance(
        cause, OperationalError | InterfaceError
    )


def _keep_one(ledger: Ledger, run: Run, result: Result) -> Kept:
    try:
        return _keep_at_once(ledger, run, [result])
    except (ArithmeticError, LookupError, TypeError, ValueError, StoreError) as error:
        if not _is_of_content(error):
            raise
        fault = InputError(
            _where(result),
            f"could not be kept ({type(error).__name__}: {error})."[:300],
            "This is a fault of allegata: please report it with the document, if you may.",
        )
    with write(ledger) as writing:
        return _set_aside(writing, fault, "reading")


def _where(result: Result) -> str:
    content = result.arrival.content
    return content.uri if isinstance(content, Document) else content.where


def _keep_at_once(ledger: Ledger, run: Run, results: Sequence[Result]) -> Kept:
    with write(ledger) as writing:
        kept = [_add(writing, run, result) for result in results]
    return Kept(
        sum((one.outcome for one in kept), Outcome()),
        tuple(number for one in kept for number in one.readings),
        tuple(told for one in kept for told in one.faults),
    )


def _add(writing: Writing, run: Run, result: Result) -> Kept:
    arrival = result.arrival
    if arrival.visit is not None:
        is_made = not isinstance(result.made, InputError)
        last = arrival.visit if is_made else arrival.visit.forget_version()
        keep_visit(writing.connection, last)
    if isinstance(arrival.content, InputError):
        return _set_aside(writing, arrival.content, "document")
    why = writing.find_erased(arrival.content.id)
    if why is not None:
        return _set_aside(writing, _refuse_erased(arrival.content.uri, why), "document")
    added = writing.add_report(arrival.content, arrival.raw)
    if isinstance(result.made, InputError):
        return _set_aside(writing, result.made, "reading")
    number = None
    if result.made is not None:
        number = writing.add_reading(added.report, writing.add_run(run), result.made)
    n_anew = int(added.is_found_anew)
    if number is not None:
        return Kept(Outcome(n_read=1, n_found_anew=n_anew), (number,))
    return Kept(Outcome(n_known=1, n_found_anew=n_anew), ())


def _refuse_erased(where: str, why: str) -> InputError:
    return InputError(
        where,
        f"was erased from this ledger and stays out of it: {why}",
        "`allegata erase --list` says when and by whom. Take it out of what you ingest.",
    )


def _set_aside(writing: Writing, error: InputError, step: str) -> Kept:
    is_new = writing.add_fault(error, step)
    outcome = Outcome(n_set_aside=1, n_new_faults=int(is_new))
    return Kept(outcome, (), ((error, is_new),))
