"""The command `read`: documents in, one page or one line of JSON out for each."""

import gc
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Protocol

from allegata.cli.exits import ExitCode, say
from allegata.cli.interrupts import shield_workers
from allegata.documents import Intake, n_bytes, read_documents
from allegata.errors import InputError
from allegata.reading import Reader, UsersKnowledge
from allegata.types import Reading

__all__ = ["Order", "end_loading", "read_files"]

_LONG_BYTES = 300_000
"""From this much input on, a second process and a progress bar are worth their start."""

_MOST_JOBS = 4
_GOOD_WIDTH = 84

Write = Callable[[Reading], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked `read` to do.

    Attributes:
        sources: Paths, globs, addresses, `-`.
        published: The day of all documents, or None to look for each document's own.
        fetch: Whether addresses may be fetched.
        as_json: Whether JSON is wanted.
        width: Of the page, in cells, or None to follow the terminal.
        jobs: Processes that read, or None to choose by the length of the input.
        gazetteers: Files of the user's own places.
        actors: Files of the user's own actors.
    """

    sources: tuple[str, ...]
    published: date | None = None
    fetch: bool = False
    as_json: bool = False
    width: int | None = None
    jobs: int | None = None
    gazetteers: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()


def read_files(order: Order) -> ExitCode:
    """Read what was ordered, write each reading as soon as it is there, and report the rest.

    Args:
        order: What to read and how to show it.

    Returns:
        `OK`, or `SET_ASIDE` when there was input that could not be read.

    Raises:
        AllegataError: Nothing can be read at all.
    """
    size = n_bytes(order.sources)
    is_long = size is None or size >= _LONG_BYTES
    write = write_json if order.as_json else choose_page(order.width)
    n_read = n_aside = 0
    with _choose_progress(size, is_long) as progress:
        intake = Intake(published=order.published, allow_fetch=order.fetch)
        documents = read_documents(order.sources, intake, advance=progress.advance)
        n_processes = order.jobs or _choose_jobs(size)
        if n_processes > 1:
            shield_workers()
        reader = Reader(knowledge=UsersKnowledge(order.gazetteers, order.actors))
        for warning in reader.warnings:
            say(warning)
        end_loading()
        for result in reader.read_many(documents, n_processes=n_processes):
            if isinstance(result, InputError):
                n_aside += 1
                say(f"set aside: {result}")
            else:
                n_read += 1
                write(result)
                progress.count()
    return _sum_up(n_read, n_aside)


def end_loading() -> None:
    """Collect garbage from now on, where `main` has put that off, but not among what is loaded."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def write_json(reading: Reading) -> None:
    """Write a reading as one line of UTF-8 to standard output, whatever the locale."""
    sys.stdout.buffer.write(reading.to_json().encode() + b"\n")
    sys.stdout.buffer.flush()


def choose_page(width: int | None) -> Write:
    """What draws pages on standard output.

    Args:
        width: In cells, or None for a good measure that fits the terminal.
    """
    from rich.console import Console

    from allegata.cli.page import draw_page

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    cells = width or max(40, min(_GOOD_WIDTH, shutil.get_terminal_size().columns))
    console = Console(file=sys.stdout, width=cells, highlight=False, legacy_windows=False)

    pages = count()

    def write(reading: Reading) -> None:
        console.print()
        for line in draw_page(reading, cells, with_legend=next(pages) == 0):
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
        console.print()
        sys.stdout.flush()

    return write


class _Progress(Protocol):
    def advance(self, n_bytes: int) -> None: ...
    def count(self) -> None: ...


class _Unseen:
    """Progress that nobody would see."""

    def advance(self, n_bytes: int) -> None:
        """Nothing moves."""

    def count(self) -> None:
        """Nothing is counted."""


def _choose_progress(size: int | None, is_long: bool) -> AbstractContextManager[_Progress]:
    """A bar for long input, unless nobody would see it, or pages on a terminal show progress."""
    if not is_long or not sys.stderr.isatty() or sys.stdout.isatty():
        return nullcontext(_Unseen())
    from allegata.cli.progress import ProgressBar

    return ProgressBar(size)


def _choose_jobs(size: int | None) -> int:
    if size is None or size < _LONG_BYTES:
        return 1
    return min(_MOST_JOBS, os.cpu_count() or 1)


def _sum_up(n_read: int, n_aside: int) -> ExitCode:
    if n_aside == 0:
        return ExitCode.OK
    inputs = "1 input" if n_aside == 1 else f"{n_aside:,} inputs"
    documents = "1 document" if n_read == 1 else f"{n_read:,} documents"
    say(f"{documents} read, {inputs} set aside.")
    return ExitCode.SET_ASIDE
