"""Watching a folder: what is put there or changed is ingested, until somebody says stop.

The folder is looked through every few seconds, which needs nothing of the system and works on
drives of a network as well.
"""

import stat
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from allegata.documents.formats import has_known_name
from allegata.errors import InputError
from allegata.ingestion.options import Outcome
from allegata.ingestion.pipeline import Ingestion

__all__ = ["EVERY_S", "Watch", "watch"]

EVERY_S = 2.0
"""How long is waited between two looks."""

Sleep = Callable[[float], None]
OnTurn = Callable[[Outcome], None]
"""Told what came of the files of one look, where there were any."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file as one look found it.

    Attributes:
        n_bytes: Its size.
        changed_ns: When it was last changed, by the clock of whoever holds it.
        number: Tells it from another file that takes its name.
    """

    n_bytes: int
    changed_ns: int
    number: int


class Watch:
    """Tells which files of a folder are new or changed, once they have settled.

    A file has settled when two looks find it alike: whoever writes it has finished, or pauses; if
    it grows later it has changed and is given again.

    Args:
        folder: Searched to its depths; hidden files, and those of no known format, are passed over.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before: dict[Path, Look] = {}
        self._given: dict[Path, Look] = {}

    def look(self) -> list[Path]:
        """Look once.

        Returns:
            Files that have settled since they appeared or changed, in order of their paths.

        Raises:
            InputError: The folder is not there, or cannot be read.
        """
        now = _look_through(self._folder)
        settled = [
            path
            for path, found in sorted(now.items())
            if self._before.get(path) == found != self._given.get(path)
        ]
        self._before = dict(now)
        self._given = {path: found for path, found in self._given.items() if path in now}
        self._given |= {path: now[path] for path in settled}
        return settled


def watch(
    folder: Path,
    ingestion: Ingestion,
    *,
    sleep: Sleep = time.sleep,
    on_turn: OnTurn | None = None,
    on_fault: Callable[[InputError], None] | None = None,
) -> None:
    """Ingest what is put into a folder, until interrupted.

    What is there at the beginning is ingested as well; what the ledger has of it is passed over.

    Args:
        folder: Must be there at the beginning. If it is away later, as the drive of a network may
            be, it is waited for.
        ingestion: Where documents go; stays open.
        sleep: Waits between looks.
        on_turn: Told what came of the files of one look.
        on_fault: Told once each time that the folder is away.

    Raises:
        InputError: There is no such folder.
        KeyboardInterrupt: It was interrupted; all that had been read is kept.
        StoreError: The ledger cannot be written.
    """
    watched, is_away = Watch(folder), False
    found = watched.look()
    while True:
        if found:
            outcome = ingestion.take_sources([str(path) for path in found])
            if on_turn is not None:
                on_turn(outcome)
        sleep(EVERY_S)
        try:
            found, is_away = watched.look(), False
        except InputError as error:
            if on_fault is not None and not is_away:
                on_fault(error)
            found, is_away = [], True


def _look_through(folder: Path) -> Mapping[Path, Look]:
    if not folder.is_dir():
        raise InputError(str(folder), "is no folder that could be watched.", "Check the spelling.")
    found = {}
    for path in folder.rglob("*"):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if not has_known_name(path):
            continue
        try:
            status = path.stat()
        except OSError:  # it was there a moment ago
            continue
        if stat.S_ISREG(status.st_mode):
            found[path] = Look(status.st_size, status.st_mtime_ns, status.st_ino)
    return found
