"""Processes that work side by side, and outlive an item that kills one of them.

It knows nothing of what the work is. Each process works on its items one after another and tells
each result at once, so that the item on which it ended or hung is known.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Generic, TypeVar, cast

from allegata.errors import AllegataError, InputError

__all__ = ["Loss", "Lost", "Workers"]

_AHEAD = 3
"""Items that wait in each process, so that none idles and memory stays flat."""

_MOST_TRIES = 2
_MOST_FAILED_STARTS = 3
_START_SECONDS = 120.0
_LOOK_S = 0.5
"""How often is looked for a process that hangs."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Loss(Enum):
    """Why an item has no result."""

    ENDED = "ended"
    LATE = "late"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Lost:
    """What came of an item that could not be worked on.

    Attributes:
        why: The process ended under it twice, it took too long, or the work raised an error.
        words: What is known beyond that: the signal, the seconds, the error.
    """

    why: Loss
    words: str


@dataclass(slots=True)
class _Worker(Generic[Item]):
    """One process and what it was handed.

    Attributes:
        process: The process.
        link: Our end of the connection.
        handed: Items without a result, by ticket, in the order of working.
        since_s: When it last told something or, where it idled, was handed something.
        is_open: Whether it is ready to work.
    """

    process: BaseProcess
    link: "Connection[object, object]"
    handed: dict[int, Item]
    since_s: float
    is_open: bool = False


class Workers(Generic[Item, Result]):
    """Processes that are handed items and give results in any order.

    Use it as a context manager, or close it. Should this process be killed, its processes end.

    Args:
        n_processes: How many.
        open_worker: Called once in each process; gives what does the work. A function of a
            module, so that it can be named to the process.
        arguments: For it.
        seconds: The longest that one item may take.
    """

    def __init__(
        self,
        n_processes: int,
        open_worker: Callable[..., Callable[[Item], Result]],
        arguments: tuple[object, ...] = (),
        *,
        seconds: float,
    ) -> None:
        self._opening = (open_worker, arguments)
        self._seconds = seconds
        self._n_tickets = 0
        self._n_failed_starts = 0
        self._tries: dict[int, int] = {}
        self._lost: list[tuple[int, Result | Lost]] = []
        self._workers = [self._start() for _ in range(n_processes)]

    @property
    def n_waiting(self) -> int:
        """Items that have no result yet."""
        handed = sum(len(worker.handed) for worker in self._workers)
        return handed + len(self._lost)

    @property
    def has_room(self) -> bool:
        """Whether another item may be put."""
        return self.n_waiting < len(self._workers) * _AHEAD

    @property
    def process_ids(self) -> list[int]:
        """The ids of the processes, as the system knows them."""
        return [worker.process.pid or 0 for worker in self._workers]

    def put(self, item: Item) -> int:
        """Hand an item in.

        Returns:
            Its ticket, by which its result is known.
        """
        self._n_tickets += 1
        self._hand(self._n_tickets, item)
        return self._n_tickets

    def wait(self, seconds: float) -> list[tuple[int, Result | Lost]]:
        """Wait for results.

        Args:
            seconds: The longest to wait.

        Returns:
            Tickets and results, as they came; none where none came in time.

        Raises:
            AllegataError: A process could not be opened, by the error that it met.
            InputError: The processes end before they can work.
        """
        end_s = monotonic() + seconds
        while True:
            results = self._look(min(max(0.0, end_s - monotonic()), _LOOK_S))
            if results or not self.n_waiting or monotonic() >= end_s:
                return results

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            _end(worker)
        self._workers = []

    def __enter__(self) -> "Workers[Item, Result]":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> _Worker[Item]:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, *self._opening), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, {}, monotonic())

    def _hand(self, ticket: int, item: Item) -> None:
        """Give an item to the process that has the fewest."""
        worker = min(self._workers, key=lambda one: len(one.handed))
        if not worker.handed and worker.is_open:
            worker.since_s = monotonic()
        worker.handed[ticket] = item
        with suppress(OSError):  # it has just ended, which is noticed when results are waited for
            worker.link.send((ticket, item))

    def _look(self, seconds: float) -> list[tuple[int, Result | Lost]]:
        links = [worker.link for worker in self._workers]
        ready = {id(link) for link in wait(links, 0.0 if self._lost else seconds)}
        results, self._lost = self._lost, []
        for index, worker in enumerate(self._workers):
            if id(worker.link) in ready:
                if not self._drain(worker, results):
                    self._replace(index, results, self._explain(worker))
            elif self._is_late(worker):
                late = Lost(Loss.LATE, f"{self._seconds:g} seconds")
                self._replace(index, results, late if worker.is_open else None)
        return results

    def _drain(self, worker: _Worker[Item], results: list[tuple[int, Result | Lost]]) -> bool:
        """Take all that a process has told; False where it has ended."""
        try:
            while worker.link.poll():
                told = worker.link.recv()
                worker.since_s = monotonic()
                if isinstance(told, AllegataError):
                    raise told
                if told is None:
                    worker.is_open, self._n_failed_starts = True, 0
                    continue
                ticket, result = cast("tuple[int, Result | Lost]", told)
                del worker.handed[ticket]
                self._tries.pop(ticket, None)
                results.append((ticket, result))
        except (EOFError, OSError):
            return False
        return True

    def _is_late(self, worker: _Worker[Item]) -> bool:
        """Whether a process is over its time; what waits in its connection was told in time."""
        limit = self._seconds if worker.is_open else _START_SECONDS
        is_busy = worker.handed or not worker.is_open
        return bool(is_busy) and monotonic() - worker.since_s > limit

    def _explain(self, worker: _Worker[Item]) -> Lost | None:
        """Why a process ended; None where it never began to work."""
        worker.process.join(5)
        code = worker.process.exitcode
        words = f"exit code {code}" if code is None or code >= 0 else _signal_name(-code)
        return Lost(Loss.ENDED, words) if worker.is_open else None

    def _replace(
        self, index: int, results: list[tuple[int, Result | Lost]], lost: Lost | None
    ) -> None:
        """Start another process in place of one that ended or hangs, and blame what it was at."""
        worker = self._workers[index]
        _end(worker)
        if lost is None:
            self._n_failed_starts += 1
            if self._n_failed_starts >= _MOST_FAILED_STARTS:
                raise InputError(
                    "reading",
                    f"the processes that read end before they can begin ({_code(worker.process)}).",
                    "There may be too little memory: close other programs, or use fewer processes.",
                )
        left = list(worker.handed.items())
        if left and lost is not None:
            ticket, _ = left[0]
            self._tries[ticket] = self._tries.get(ticket, 0) + 1
            if lost.why is Loss.LATE or self._tries[ticket] >= _MOST_TRIES:
                results.append((ticket, lost))
                del self._tries[ticket], left[0]
        self._workers[index] = self._start()
        for ticket, item in left:
            self._hand(ticket, item)


def _end(worker: _Worker[Item]) -> None:
    worker.process.kill()
    worker.process.join()
    worker.link.close()


def _code(process: BaseProcess) -> str:
    code = process.exitcode
    return _signal_name(-code) if code is not None and code < 0 else f"exit code {code}"


def _signal_name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return f"signal {number}"


def _work(
    link: "Connection[object, object]",
    open_worker: Callable[..., Callable[[Item], Result]],
    arguments: tuple[object, ...],
) -> None:
    """Work until the other side is gone; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one answers it
    items: SimpleQueue[tuple[int, Item]] = SimpleQueue()
    Thread(target=_receive, args=(link, items), daemon=True).start()
    try:
        work = open_worker(*arguments)
    except AllegataError as error:
        link.send(error)
        return
    with suppress(OSError):
        link.send(None)
        while True:
            ticket, item = items.get()
            link.send((ticket, _try(work, item)))


def _try(work: Callable[[Item], Result], item: Item) -> Result | Lost:
    try:
        return work(item)
    except MemoryError:
        os._exit(1)  # nothing that is held now can be trusted to be whole
    except Exception as error:  # noqa: BLE001
        return Lost(Loss.RAISED, f"{type(error).__name__}: {error}"[:300])


def _receive(link: "Connection[object, object]", items: "SimpleQueue[tuple[int, Item]]") -> None:
    """Take what is handed in at once, so that whoever hands it in never waits.

    When the other side is gone the process ends, in the midst of whatever it is doing.
    """
    while True:
        try:
            items.put(link.recv())  # type: ignore[arg-type]
        except (EOFError, OSError):
            os._exit(0)
