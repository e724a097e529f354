"""Documents as they arrive from sources, read ahead of the rest by a thread of its own."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread

from allegata.documents import Intake, read_documents
from allegata.documents.opening import Advance
from allegata.errors import InputError
from allegata.ingestion.visits import Visit
from allegata.types import Document

__all__ = ["Ahead", "Arrival", "find_arrivals"]

_PATIENCE_S = 0.1
_CLOSING_S = 1.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document on its way into the ledger, or what was set aside in its place.

    Attributes:
        content: The document or the error.
        raw: The bytes that it was read from: of its file, or of its record (a line, what an
            archive holds of a page; a row of a table as JSON). None where they are not at hand:
            entries of a feed, and files that changed since.
        visit: What is to be remembered of the address once the document is kept, or None.
    """

    content: Document | InputError
    raw: bytes | None = None
    visit: Visit | None = None


def find_arrivals(
    sources: Sequence[str], intake: Intake, advance: Advance | None = None
) -> Iterator[Arrival]:
    """Read documents from sources, each with its bytes: of its file, or of its record in a file.

    Args:
        sources: As for `read_documents`.
        intake: The options.
        advance: Told how many more bytes were read.

    Yields:
        Documents in order, and errors in place of those that were set aside.
    """
    began_s = time.time()
    records: list[bytes] = []
    for found in read_documents(sources, intake, advance=advance, keep_raw=records.append):
        raw = records[-1] if records else None
        records.clear()
        if raw is None and isinstance(found, Document):
            raw = _raw_of(Path(found.uri), began_s, intake.max_bytes)
        yield Arrival(found, raw)


def _raw_of(path: Path, began_s: float, most: int) -> bytes | None:
    """The bytes of a file, where they are still those that were read."""
    with suppress(OSError, ValueError):  # most documents are no files of their own
        status = path.stat()
        if status.st_mtime < began_s and status.st_size <= most and path.is_file():
            return path.read_bytes()
    return None


class Ahead:
    """Reads arrivals in a thread, so that a source that is slow delays nothing that is done.

    Args:
        arrivals: Taken one by one; closed in the same thread when no more are wanted.
        most: How many may wait.
    """

    def __init__(self, arrivals: Iterator[Arrival], most: int) -> None:
        self._waiting: Queue[Arrival | BaseException | None] = Queue(most)
        self._unwanted = Event()
        self._is_over = False
        self._thread = Thread(target=self._fill, args=(arrivals,), daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether the last arrival was given."""
        return self._is_over

    def get(self, seconds: float) -> Arrival | None:
        """The next arrival, or None where none came in time or none will come.

        Raises:
            AllegataError: What ended the sources.
        """
        if self._is_over:
            return None
        try:
            arrival = self._waiting.get(timeout=seconds) if seconds else self._waiting.get_nowait()
        except Empty:
            return None
        if isinstance(arrival, BaseException):
            self._is_over = True
            raise arrival
        self._is_over = arrival is None
        return arrival

    def close(self) -> None:
        """Want no more. A source that hangs is not waited for."""
        self._unwanted.set()
        self._thread.join(_CLOSING_S)

    def _fill(self, arrivals: Iterator[Arrival]) -> None:
        end: BaseException | None = None
        try:
            for arrival in arrivals:
                if not self._put(arrival):
                    break
        except BaseException as error:  # noqa: BLE001
            end = error  # raised again where arrivals are taken
        finally:
            close = getattr(arrivals, "close", None)
            if close is not None:
                close()
        self._put(end)

    def _put(self, arrival: Arrival | BaseException | None) -> bool:
        while not self._unwanted.is_set():
            with suppress(Full):
                self._waiting.put(arrival, timeout=_PATIENCE_S)
                return True
        return False
