"""Sentences a second: the encoder alone, one process, two processes, in turns on the same texts.

Loading is not part of it: every process opens its reader and reads a text before the clock starts.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.speed.reading import Read, count_sentences, open_encoder, open_reader

__all__ = ["Rate", "measure_throughput"]

_CHUNK = 4
_N_PROCESSES = 2

_read: Read = count_sentences
"""The reader of a worker process, set when it starts."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Sentences a second over several runs.

    Attributes:
        what: What ran.
        runs: One figure a run, in order.
    """

    what: str
    runs: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.runs)


def measure_throughput(texts: Sequence[str], n_runs: int) -> list[Rate]:
    """Time every way of reading `n_runs` times, taking turns so that a busy moment hits all alike.

    Args:
        texts: At least one; the first also warms up.
        n_runs: At least one.
    """
    n_sentences = sum(map(count_sentences, texts))
    encode, read = open_encoder(), open_reader()
    encode(texts[0])
    read(texts[0])
    times: dict[str, list[float]] = {}
    with multiprocessing.get_context("spawn").Pool(_N_PROCESSES, _start, (texts[0],)) as pool:
        pool.map(_read_in_worker, list(texts[: 4 * _N_PROCESSES]), 1)
        ways: dict[str, Callable[[], object]] = {
            "encoder alone, one process": lambda: [encode(text) for text in texts],
            "reading, one process": lambda: [read(text) for text in texts],
            "reading, two processes": lambda: pool.map(_read_in_worker, texts, _CHUNK),
        }
        for _ in range(n_runs):
            for what, way in ways.items():
                times.setdefault(what, []).append(_time(way))
    return [
        Rate(what, tuple(n_sentences / seconds for seconds in runs)) for what, runs in times.items()
    ]


def _time(way: Callable[[], object]) -> float:
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


def _start(text: str) -> None:
    global _read
    _read = open_reader()
    _read(text)


def _read_in_worker(text: str) -> None:
    _read(text)
