"""How fast a ledger is filled, and how fast it answers meanwhile.

    python -m benchmarks.speed.ledger [--documents 4000] [--jobs 2] [--onto LEDGER] [--keep FILE]

Reports are invented (`reported`): forty a day, most happenings told of by one or two, a few by very
many. While `allegata ingest` runs, the ledger is asked for words, lists and dossiers again and
again; how long each answer takes is noted, and every error. With `--onto` the reports come to a
copy of a ledger that has the first of them, such as `--keep` of an earlier run: so it is seen how a
large ledger answers, and how long it takes to grow, without filling it anew.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from allegata.errors import AllegataError
from allegata.ledger import Ledger
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.schema import reading
from allegata.ledger.searching import parse_query, search
from benchmarks.speed.machine import describe_machine
from benchmarks.speed.reported import write_reports

_WORDS = ("hospital pharmacy", "car bomb", "people", "shells residents")
_DOSSIERS = 3
_EVERY_S = 0.25
_NOTED_EVERY = 1000


@dataclass(slots=True)
class Seen:
    """What was noted while documents were ingested.

    Attributes:
        answers_s: How long each answer took, by question.
        n_errors: Answers that were errors.
        most_mb: The most memory that the program and its processes held at once.
        most_writer_mb: The most that the program itself held.
        writer_mb: What the program itself held, by how many documents were read.
        read_s: When the last reading was there, from the start.
        whole_s: When the program ended.
    """

    answers_s: dict[str, list[float]] = field(default_factory=dict)
    n_errors: int = 0
    most_mb: float = 0.0
    most_writer_mb: float = 0.0
    writer_mb: list[tuple[int, float]] = field(default_factory=list)
    read_s: float = 0.0
    whole_s: float = 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--onto", type=Path, help="a ledger that has the first of the reports")
    parser.add_argument("--keep", type=Path, help="where the ledger is left")
    options = parser.parse_args()
    print(describe_machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder, "reports.jsonl"), Path(folder, "ledger.db")
        write_reports(source, options.documents)
        n_before = _copy(options.onto, path) if options.onto else 0
        seen = _ingest(source, path, options.jobs, options.documents)
        size_mb = path.stat().st_size / 1e6
        if options.keep:
            _copy(path, options.keep)
    n = options.documents - n_before
    print(f"{n} documents after {n_before} in {seen.whole_s:.0f} s, {n / seen.whole_s:.1f}/s")
    print(f"the ledger holds {size_mb:.0f} MB")
    share = seen.read_s / seen.whole_s
    print(f"the last was read after {seen.read_s:.0f} s: {share:.0%} of the time")
    print(f"most memory of all processes {seen.most_mb:.0f} MB", end=", ")
    print(f"of the one that writes {seen.most_writer_mb:.0f} MB")
    for done, megabytes in seen.writer_mb:
        print(f"  {megabytes:.0f} MB with {done} documents read")
    for name, taken in seen.answers_s.items():
        ranked = sorted(taken)
        p50, p99 = ranked[len(ranked) // 2], ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
        print(f"{name}: {len(ranked)} answers, median {p50 * 1e3:.0f} ms, p99 {p99 * 1e3:.0f} ms")
    print(f"errors: {seen.n_errors}")


def _copy(there: Path, here: Path) -> int:
    """Copy a ledger, and tell how many documents it has read."""
    if not there.exists():
        sys.exit(f"{there}: there is no ledger.")
    with sqlite3.connect(there) as old, sqlite3.connect(here) as new:
        old.backup(new)
        number = new.execute(f"SELECT count(*) FROM {reading.name}").fetchone()[0]
    return int(number)


def _ingest(source: Path, path: Path, jobs: int, n_documents: int) -> Seen:
    seen = Seen()
    program = str(Path(sys.executable).with_name("allegata"))
    command = [program, "ingest", str(source), "--ledger", str(path), "--jobs", str(jobs)]
    started = time.monotonic()
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        while run.poll() is None:
            time.sleep(_EVERY_S)
            seen.most_mb = max(seen.most_mb, sum(map(_memory_mb, _family(run.pid))))
            seen.most_writer_mb = max(seen.most_writer_mb, _memory_mb(run.pid))
            if path.exists() and path.stat().st_size:
                _ask(path, seen, started, n_documents, run.pid)
    seen.whole_s = time.monotonic() - started
    _ask(path, seen, started, n_documents)
    return seen


def _ask(
    path: Path, seen: Seen, started: float, n_documents: int, writer: int | None = None
) -> None:
    questions: dict[str, Callable[[Connection], object]] = {
        "incidents": lambda c: list_incidents(c),
    }
    for words in _WORDS:
        questions[f"search {words}"] = partial(_search, words)
    try:
        with Ledger.open(path, read_only=True) as ledger, ledger.reading() as connection:
            for name, question in questions.items():
                began = time.monotonic()
                question(connection)
                seen.answers_s.setdefault(name, []).append(time.monotonic() - began)
            for line in list_incidents(connection, limit=_DOSSIERS)[0]:
                began = time.monotonic()
                load_dossier(connection, line.id)
                seen.answers_s.setdefault("dossier", []).append(time.monotonic() - began)
            number = connection.exec_driver_sql(f"SELECT count(*) FROM {reading.name}").scalar()
            last = seen.writer_mb[-1][0] if seen.writer_mb else 0
            if writer and number and number >= last + _NOTED_EVERY:
                seen.writer_mb.append((number, _memory_mb(writer)))
            if number and number >= n_documents and not seen.read_s:
                seen.read_s = time.monotonic() - started
    except AllegataError as error:
        if "no ledger" not in str(error) and "older version" not in str(error):
            seen.n_errors += 1


def _search(words: str, connection: Connection) -> object:
    return search(connection, parse_query(words))


def _family(pid: int) -> list[int]:
    return [pid, *_children(pid)]


def _memory_mb(pid: int) -> float:
    """What a process holds; a page that several share counts in each."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines() if line.startswith("VmRSS:"))
    return sum(int(line[1]) / 1000 for line in lines)


def _children(pid: int) -> list[int]:
    found = []
    for task in sorted(Path(f"/proc/{pid}").glob("task/*")):
        try:
            words = (task / "children").read_text(encoding="ascii")
        except OSError:
            continue
        for child in words.split():
            found += [int(child), *_children(int(child))]
    return found


if __name__ == "__main__":
    main()
