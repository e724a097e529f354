"""Four that write and eight that read one ledger at once, for a minute.

    python -m benchmarks.faults.crowd [--seconds 60] [--writers 4] [--readers 8]

Each is a process. A writer keeps a report of its own, puts incidents together and decides
something now and then, as fast as it can; a reader asks what the pages ask: counts, lists, a
dossier, a search. Nobody may get an error. Each state that a reader sees must be whole: as many
reports as the chain has entries of them, and no entry that goes back. At the end everything that a
writer was told as kept must be there, and the ledger must verify. The control is a file of SQLite
as it comes, without waiting for one another, which must give errors. Exit code 1 where one is not
so.
"""

import argparse
import json
import multiprocessing
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from pathlib import Path

from sqlalchemy import func, select

from allegata.ledger import Ledger
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.building import build_incidents
from allegata.ledger.schema import entry, report
from allegata.ledger.searching import parse_query, search
from allegata.ledger.stats import count_all
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run, write
from allegata.reading import Reader
from allegata.types import Reading
from benchmarks.faults.writes import as_document
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine

_RUN = Run("0", "model", "knowledge")
_WORDS = ("army", "killed", "ministry", "attack", "said")


@dataclass(slots=True)
class Told:
    """What one process met.

    Attributes:
        role: `writer` or `reader`.
        waits_s: How long each of its actions took.
        kept: Reports that it was told as kept.
        errors: In words.
    """

    role: str
    waits_s: list[float] = field(default_factory=list)
    kept: int = 0
    errors: list[str] = field(default_factory=list)


def main() -> int:
    """Let them loose, look, print. Returns 1 where anybody met an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--readers", type=int, default=8)
    options = parser.parse_args()
    print(describe_machine())
    made = _read(options.writers, per_writer=int(options.seconds * 4))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "crowd.db")
        Ledger.open(path, create=True).close()
        told = _loose(path, made, options.readers, options.seconds)
        with Ledger.open(path) as ledger:
            n_there = count_all(ledger).reports
            damages = verify(ledger).damages
        n_control = _count_errors_of_control(Path(folder, "raw.db"), options.writers)
    errors = [words for one in told for words in one.errors]
    n_kept = sum(one.kept for one in told)
    for role in ("writer", "reader"):
        waits = sorted(wait for one in told if one.role == role for wait in one.waits_s)
        print(
            f"{role}s: {len(waits)} actions, median {_part(waits, 0.5) * 1000:.0f} ms,"
            f" p99 {_part(waits, 0.99) * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms"
        )
    print(f"{n_kept} told as kept, {n_there} there; {len(damages)} damages; {len(errors)} errors")
    for words in errors[:5]:
        print(f"  {words}")
    print(f"control, SQLite without waiting: {n_control} errors")
    return int(bool(errors or damages) or n_there != n_kept or not n_control)


def _read(n_writers: int, per_writer: int) -> list[list[Reading]]:
    """Readings for each writer: few texts, read once, each time of another day and place."""
    reader = Reader()
    count = min(per_writer, 60)
    texts = invent_documents(n_writers * count, n_sentences=3)
    made = [reader.read(as_document(text, n)) for n, text in enumerate(texts)]
    return [made[n::n_writers] for n in range(n_writers)]


def _loose(
    path: Path, made: Sequence[Sequence[Reading]], n_readers: int, seconds: float
) -> list[Told]:
    context = multiprocessing.get_context("fork")
    results: Queue[Told] = context.Queue()
    until_s = time.monotonic() + seconds
    crowd = [
        context.Process(target=_write, args=(path, readings, until_s, results)) for readings in made
    ]
    crowd += [
        context.Process(target=_ask, args=(path, n, until_s, results)) for n in range(n_readers)
    ]
    for one in crowd:
        one.start()
    told = [results.get() for _ in crowd]
    for one in crowd:
        one.join()
    return told


def _write(path: Path, readings: Sequence[Reading], until_s: float, results: "Queue[Told]") -> None:
    told = Told("writer")
    try:
        with Ledger.open(path) as ledger:
            for place, reading in enumerate(readings):
                if time.monotonic() > until_s:
                    break
                began_s = time.monotonic()
                with write(ledger) as writing:
                    number = writing.add_run(_RUN)
                    added = writing.add_report(reading.document)
                    writing.add_reading(added.report, number, reading)
                told.waits_s.append(time.monotonic() - began_s)
                told.kept += 1
                if place % 5 == 4:
                    build_incidents(ledger)
                _idle(until_s, len(readings) - place)
            build_incidents(ledger)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        told.errors.append(f"writer: {type(error).__name__}: {error}")
    results.put(told)


def _idle(until_s: float, n_left: int) -> None:
    """Spread what is left over the time that is left, at most."""
    time.sleep(max(0.0, min(0.2, (until_s - time.monotonic()) / max(n_left, 1) / 2)))


def _ask(path: Path, seed: int, until_s: float, results: "Queue[Told]") -> None:
    told, dice, last = Told("reader"), random.Random(seed), 0
    try:
        with Ledger.open(path, read_only=True) as ledger:
            while time.monotonic() < until_s:
                began_s = time.monotonic()
                with ledger.reading() as connection:
                    head = ledger.head(connection).number
                    lines, _ = list_incidents(connection)
                    if lines:
                        load_dossier(connection, dice.choice(lines).id)
                    search(connection, parse_query(dice.choice(_WORDS)))
                    n_reports = connection.execute(
                        select(func.count()).select_from(report)
                    ).scalar_one()
                    n_told = connection.execute(
                        select(func.count()).where(entry.c.kind == report.name)
                    ).scalar_one()
                told.waits_s.append(time.monotonic() - began_s)
                if n_reports != n_told or head < last:
                    told.errors.append(f"reader: a state that is not whole at entry {head}")
                last = head
                time.sleep(0.05)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        told.errors.append(f"reader: {type(error).__name__}: {error}")
    results.put(told)


def _count_errors_of_control(path: Path, n_writers: int) -> int:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE kept (words TEXT)")
    context = multiprocessing.get_context("fork")
    results: Queue[int] = context.Queue()
    crowd = [context.Process(target=_write_raw, args=(path, results)) for _ in range(n_writers)]
    for one in crowd:
        one.start()
    total = sum(results.get() for _ in crowd)
    for one in crowd:
        one.join()
    return total


def _write_raw(path: Path, results: "Queue[int]") -> None:
    n_errors = 0
    with closing(sqlite3.connect(path, timeout=0)) as raw:
        for n in range(200):
            try:
                with raw:
                    raw.execute("INSERT INTO kept VALUES (?)", (json.dumps(n) * 200,))
            except sqlite3.OperationalError:
                n_errors += 1
    results.put(n_errors)


def _part(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


if __name__ == "__main__":
    sys.exit(main())
