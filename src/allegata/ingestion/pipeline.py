"""From sources into the ledger: read by several processes, written by this one, in batches.

At any moment the process may be killed: what a batch has kept stays, the rest is done by the next
start, which passes over what the ledger has.
"""

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

from sqlalchemy import and_, select

from allegata.documents.opening import Advance
from allegata.errors import InputError
from allegata.ingestion.arrivals import Ahead, Arrival, find_arrivals
from allegata.ingestion.batches import Batch, Result, keep
from allegata.ingestion.identity import identify_run
from allegata.ingestion.options import Building, Options, Outcome, Progress, Silent, Unbuilt
from allegata.ledger import Ledger
from allegata.ledger.packing import report_id, storable
from allegata.ledger.schema import location, reading, report
from allegata.ledger.schema import run as run_table
from allegata.reading import explain_loss, open_worker
from allegata.types import Document, Reading
from allegata.workers import Lost, Workers

__all__ = ["Ingestion", "OnFault", "ingest"]

OnFault = Callable[[InputError], None]
"""Told of each input that is set aside."""

_WAITING_DOCUMENTS = 16
_AT_ONCE = 64
_LOOK_S = 0.05


def ingest(
    sources: Sequence[str],
    ledger: Ledger,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
    building: Building | None = None,
    on_fault: OnFault | None = None,
) -> Outcome:
    """Bring sources into a ledger; what it has already read is passed over.

    Args:
        sources: As for `read_documents`.
        ledger: Open for writing.
        options: How to read.
        progress: Who is told how far it is.
        building: What is built from the readings, after each batch and at the end.
        on_fault: Told of each input that is set aside.

    Returns:
        What came of them.

    Raises:
        StoreError: The ledger cannot be written. What was kept before stays.
        WeightsError: The reading model is absent or altered.
        KnowledgeError: A table of the knowledge is.
        KeyboardInterrupt: As it was raised, once all that had been read is kept.
    """
    with Ingestion(
        ledger, options, progress=progress, building=building, on_fault=on_fault
    ) as ingestion:
        return ingestion.take_sources(sources)


class Ingestion:
    """Brings documents into a ledger. Its processes start with the first document to be read.

    Use it as a context manager, or close it. Arguments as for `ingest`.

    Attributes:
        run: By what it reads.
        outcome: What came of all that it took so far.
    """

    def __init__(
        self,
        ledger: Ledger,
        options: Options | None = None,
        *,
        progress: Progress | None = None,
        building: Building | None = None,
        on_fault: OnFault | None = None,
    ) -> None:
        self.options = options or Options()
        self.run = identify_run(self.options.weights, self.options.knowledge)
        self.outcome = Outcome()
        self._ledger = ledger
        self._progress = progress or Silent()
        self._building = building or Unbuilt()
        self._on_fault = on_fault
        self._workers: Workers[Document | InputError, Reading | InputError] | None = None
        self._at_work: dict[int, Arrival] = {}
        self._batch = Batch()
        self._under_way: set[str] = set()

    def take_sources(self, sources: Sequence[str]) -> Outcome:
        """Bring sources into the ledger; as `ingest` otherwise."""
        advance: Advance = self._progress.advance
        return self.take(find_arrivals(sources, self.options.intake, advance))

    def take(self, arrivals: Iterator[Arrival]) -> Outcome:
        """Bring documents into the ledger.

        Args:
            arrivals: Taken in a thread of their own.

        Returns:
            What came of these; when it returns all of it is kept, and built from.
        """
        before = self.outcome
        self.outcome = Outcome()
        ahead = Ahead(arrivals, _WAITING_DOCUMENTS)
        try:
            self._take_all(ahead)
            self._building.finish(self._ledger)
        except KeyboardInterrupt:
            self._keep()
            raise
        finally:
            ahead.close()
            self._forget()
            came, self.outcome = self.outcome, before + self.outcome
        return came

    def close(self) -> None:
        """End the processes."""
        workers, self._workers = self._workers, None
        if workers is not None:
            workers.close()

    def __enter__(self) -> "Ingestion":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take_all(self, ahead: Ahead) -> None:
        while not ahead.is_over or self._at_work:
            self._admit(ahead)
            self._collect()
            if self._batch.is_due(self.options.batch_size, self.options.batch_seconds):
                self._flush()
        self._flush()

    def _admit(self, ahead: Ahead) -> None:
        """Take what has arrived, as far as there is room for it."""
        for _ in range(_AT_ONCE):
            if self._workers is not None and not self._workers.has_room:
                return
            arrival = ahead.get(0.0 if self._at_work else _LOOK_S)
            if arrival is None:
                return
            self._pass(arrival)

    def _pass(self, arrival: Arrival) -> None:
        """Have an arrival read, unless there is nothing to read."""
        doc = arrival.content
        if isinstance(doc, InputError):
            self._batch.add(Result(arrival))
            return
        found_id = report_id(doc)
        is_read, is_placed = self._look_up(found_id, doc)
        if not is_read and found_id not in self._under_way:
            self._under_way.add(found_id)
            self._at_work[self._open_workers().put(doc)] = arrival
        elif is_placed and arrival.visit is None:
            self._count(Outcome(n_known=1))
        else:
            self._batch.add(Result(arrival))

    def _look_up(self, found_id: str, doc: Document) -> tuple[bool, bool]:
        """Whether the ledger has this run's reading of a report, and has it from this place."""
        by_this_run = select(run_table.c.number).where(run_table.c.id == self.run.id)
        ours = and_(
            reading.c.report == report.c.number,
            reading.c.run == by_this_run.scalar_subquery(),
        )
        here = and_(
            location.c.report == report.c.number,
            location.c.uri == storable(doc.uri),
            location.c.canonical.is_not_distinct_from(storable(doc.canonical)),
        )
        query = (
            select(reading.c.number, location.c.number)
            .select_from(report.outerjoin(reading, ours).outerjoin(location, here))
            .where(report.c.id == found_id)
            .limit(1)
        )
        with self._ledger.reading() as connection:
            row = connection.execute(query).first()
        return (False, False) if row is None else (row[0] is not None, row[1] is not None)

    def _open_workers(self) -> Workers[Document | InputError, Reading | InputError]:
        if self._workers is None:
            self._workers = Workers(
                max(1, self.options.n_processes),
                open_worker,
                (self.options.weights, self.options.knowledge),
                seconds=self.options.seconds,
            )
        return self._workers

    def _collect(self) -> None:
        """Take what has been read."""
        if self._workers is None or not self._at_work:
            return
        for ticket, made in self._workers.wait(_LOOK_S):
            arrival = self._at_work.pop(ticket)
            if isinstance(made, Lost):
                made = explain_loss(arrival.content, made)
            self._batch.add(Result(arrival, made))

    def _flush(self) -> None:
        """Keep what waits, and have built from it."""
        if not self._batch.results:
            return
        readings = self._keep()
        self._building.after_batch(self._ledger, readings)

    def _keep(self) -> tuple[int, ...]:
        if not self._batch.results:
            return ()
        kept = keep(self._ledger, self.run, self._batch.results)
        self._under_way -= {
            report_id(result.arrival.content)
            for result in self._batch.results
            if isinstance(result.arrival.content, Document) and result.made is not None
        }
        self._batch = Batch()
        if self._on_fault is not None:
            for error, _ in kept.faults:
                self._on_fault(error)
        self._count(kept.outcome)
        return kept.readings

    def _count(self, more: Outcome) -> None:
        self.outcome += more
        self._progress.tell(self.outcome)

    def _forget(self) -> None:
        """Leave what is unfinished: after an error nothing of it may reach the next sources."""
        if self._at_work:
            self.close()
        self._at_work, self._batch, self._under_way = {}, Batch(), set()
