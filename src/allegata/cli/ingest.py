"""The command `ingest`: documents into a ledger, and their reports into incidents."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from allegata.cli.asked import open_ledger
from allegata.cli.exits import ExitCode, say
from allegata.cli.interrupts import shield_workers
from allegata.cli.progress import ProgressBar
from allegata.cli.read import end_loading
from allegata.cli.second import check_endpoint, read_second
from allegata.documents import Intake, n_bytes
from allegata.errors import InputError
from allegata.ingestion import Options, Outcome, Progress
from allegata.ingestion.pipeline import Ingestion
from allegata.ledger import Ledger
from allegata.ledger.building import Built, build_incidents, compare_new
from allegata.ledger.comparing import Known
from allegata.ledger.loading import reports_of_readings
from allegata.ledger.stats import count_all
from allegata.reading import UsersKnowledge

__all__ = ["IngestOrder", "fetch_sources", "ingest_readings", "ingest_sources", "watch_folder"]

_LONG_BYTES = 60_000
_MOST_JOBS = 4
_COMPARED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class IngestOrder:
    """What a person asked `ingest` to do.

    Attributes:
        sources: Paths, globs, addresses, `-`.
        ledger: Where to, or None for the usual file.
        as_json: Whether what came of it is told as JSON.
        published: The day of all documents, or None.
        fetch: Whether addresses may be fetched.
        gazetteers: Files of the user's own places.
        actors: Files of the user's own actors.
        jobs: Processes that read, or None to choose by the length of the input.
        second_reader: Address and name of a language model that reads new reports too, or None.
    """

    sources: tuple[str, ...]
    ledger: str | None
    as_json: bool = False
    published: date | None = None
    fetch: bool = False
    gazetteers: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()
    jobs: int | None = None
    second_reader: tuple[str, str] | None = None


def ingest_sources(order: IngestOrder) -> ExitCode:
    """Bring sources into a ledger and tell what came of them.

    Returns:
        `OK`, or `SET_ASIDE` when there was input that could not be read.

    Raises:
        AllegataError: Nothing can be read or kept at all.
    """
    endpoint = check_endpoint(order.second_reader) if order.second_reader else None
    size = n_bytes(order.sources)
    with (
        open_ledger(order.ledger, create=True, read_only=False) as ledger,
        _choose_bar(size) as progress,
        _open(order, ledger, order.jobs or _choose_jobs(size), progress) as (ingestion, built),
    ):
        outcome = ingestion.take_sources(order.sources)
        _tell(ledger, outcome, built.built, as_json=order.as_json)
        code = read_second(ledger, endpoint, built.reports(ledger)) if endpoint else ExitCode.OK
    return ExitCode.SET_ASIDE if outcome.n_set_aside else code


def ingest_readings(order: IngestOrder, folder: Path) -> ExitCode:
    """Bring what `scale read` wrote into a ledger and tell what came of it.

    Returns:
        `OK`, or `SET_ASIDE` where something was set aside when it was read.
    """
    from allegata.scale import merge_readings

    with open_ledger(order.ledger, create=True, read_only=False) as ledger:
        outcome = merge_readings(folder, ledger, on_fault=lambda one: say(f"set aside: {one}"))
        _tell(ledger, outcome, None, as_json=order.as_json)
    return ExitCode.SET_ASIDE if outcome.n_set_aside else ExitCode.OK


def watch_folder(order: IngestOrder) -> ExitCode:
    """Ingest what is put into a folder, until interrupted.

    Raises:
        InputError: The source is no folder.
        KeyboardInterrupt: It was interrupted; all that had been read is kept.
    """
    from allegata.ingestion.watching import watch

    if len(order.sources) != 1:
        raise InputError("--watch", "watches one folder.", "Name one.")
    if order.second_reader:
        raise InputError("--second-reader", "does not go with --watch.", "Use `review second`.")
    with (
        open_ledger(order.ledger, create=True, read_only=False) as ledger,
        _open(order, ledger, order.jobs or _choose_jobs(None), _Unseen()) as (ingestion, built),
    ):
        watch(
            Path(order.sources[0]),
            ingestion,
            on_turn=lambda outcome: _tell(ledger, outcome, built.built, as_json=order.as_json),
            on_fault=lambda fault: say(str(fault)),
        )
    return ExitCode.OK


def fetch_sources(order: IngestOrder) -> ExitCode:
    """Fetch feeds and their pages into a ledger.

    Returns:
        `OK`, or `SET_ASIDE` when there was something that could not be had or read.
    """
    from allegata.ingestion.feeds import fetch_feeds

    with (
        open_ledger(order.ledger, create=True, read_only=False) as ledger,
        _open(order, ledger, order.jobs or 1, _Unseen()) as (ingestion, built),
    ):
        outcome = fetch_feeds(order.sources, ledger, ingestion)
        _tell(ledger, outcome, built.built, as_json=order.as_json)
    return ExitCode.SET_ASIDE if outcome.n_set_aside else ExitCode.OK


@contextmanager
def _open(
    order: IngestOrder, ledger: Ledger, n_processes: int, progress: Progress
) -> "Iterator[tuple[Ingestion, _Incidents]]":
    options = Options(
        intake=Intake(published=order.published, allow_fetch=order.fetch),
        knowledge=UsersKnowledge(order.gazetteers, order.actors),
        n_processes=n_processes,
    )
    shield_workers()
    end_loading()
    incidents = _Incidents()
    with Ingestion(
        ledger,
        options,
        progress=progress,
        building=incidents,
        on_fault=lambda fault: say(f"set aside: {fault}"),
    ) as ingestion:
        yield ingestion, incidents


class _Incidents:
    """Compares what is new while others read, and builds incidents when all is done with.

    Built at once, incidents get the same ids in whatever order reports come.
    """

    def __init__(self) -> None:
        self.built: Built | None = None
        self._known = Known()
        self._n_waiting = 0
        self._new: list[int] = []

    def after_batch(self, ledger: Ledger, readings: Sequence[int]) -> None:
        """Compare them with what is there, some at a time."""
        self._n_waiting += len(readings)
        self._new += readings
        if self._n_waiting >= _COMPARED_AT_ONCE:
            self._n_waiting = 0
            compare_new(ledger, self._known)

    def reports(self, ledger: Ledger) -> list[str]:
        """Ids of the reports that were read."""
        with ledger.reading() as connection:
            return reports_of_readings(connection, self._new)

    def finish(self, ledger: Ledger) -> None:
        """Put all that is new to what is known."""
        self.built = build_incidents(ledger)


class _Bar(ProgressBar):
    """A bar that is told of outcomes."""

    def __enter__(self) -> "_Bar":
        super().__enter__()
        return self

    def tell(self, outcome: Outcome) -> None:
        """Something was done."""
        self.show(outcome.n_done, outcome.n_set_aside)


class _Unseen:
    """Progress that nobody would see."""

    def advance(self, n_bytes: int) -> None:
        """Nothing moves."""

    def tell(self, outcome: Outcome) -> None:
        """Nothing is counted."""


def _choose_bar(size: int | None) -> AbstractContextManager[Progress]:
    if sys.stderr.isatty():
        return _Bar(size)
    return nullcontext(_Unseen())


def _choose_jobs(size: int | None) -> int:
    if size is not None and size < _LONG_BYTES:
        return 1
    return min(_MOST_JOBS, os.cpu_count() or 1)


def _tell(ledger: Ledger, outcome: Outcome, built: Built | None, *, as_json: bool) -> None:
    held = count_all(ledger)
    if as_json:
        line = {
            **asdict(outcome),
            "n_incidents_changed": built.n_incidents if built else 0,
            "documents": held.documents,
            "claims": held.claims,
            "events": held.events,
            "incidents": held.incidents,
            "head": held.head.hash,
            "digest": held.digest,
        }
        print(json.dumps(line))
        return
    parts = [f"{outcome.n_read:,} read"]
    if outcome.n_known:
        parts.append(f"{outcome.n_known:,} known already")
    if outcome.n_set_aside:
        parts.append(f"{outcome.n_set_aside:,} set aside (`allegata quarantine` lists them)")
    say(f"{', '.join(parts)}.")
    changed = built.n_incidents if built else 0
    say(
        f"{ledger.where} holds {held.documents:,} documents with {held.claims:,} claims of"
        f" {held.events:,} events in {held.incidents:,} incidents; {changed:,} incidents are new"
        " or changed."
    )
