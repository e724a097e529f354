"""How fast a ledger is filled, and how fast it answers meanwhile.

    python -m benchmarks.speed.ledger [--documents 4000] [--jobs 2]

Documents are put together from invented sentences, with outlets, days and towns of their own, so
that there is something to put together. While `allegata ingest` runs, the ledger is asked for
words, lists and dossiers again and again; how long each answer takes is noted, and every error.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from allegata.errors import AllegataError
from allegata.ledger import Ledger
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.schema import reading
from allegata.ledger.searching import parse_query, search
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine

_TOWNS = ("Mosul", "Gao", "Mariupol", "Hodeidah", "Sittwe", "Goma", "Kandahar", "Buenaventura")
_OUTLETS = tuple(f"{a} {b}" for a in ("North", "River", "Coast", "Union") for b in ("Post", "Wire"))
_EVERY_S = 0.25


@dataclass(slots=True)
class Seen:
    """What was noted while documents were ingested.

    Attributes:
        answers_s: How long each answer took, by question.
        n_errors: Answers that were errors.
        most_mb: The most memory that the program and its processes held at once.
        read_s: When the last reading was there, from the start.
        whole_s: When the program ended.
    """

    answers_s: dict[str, list[float]] = field(default_factory=dict)
    n_errors: int = 0
    most_mb: float = 0.0
    read_s: float = 0.0
    whole_s: float = 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder, "reports.jsonl"), Path(folder, "ledger.db")
        _write(source, options.documents)
        seen = _ingest(source, path, options.jobs, options.documents)
        size_mb = path.stat().st_size / 1e6
    n = options.documents
    print(f"{n} documents in {seen.whole_s:.0f} s, {n / seen.whole_s:.1f}/s, {size_mb:.0f} MB")
    share = seen.read_s / seen.whole_s
    print(f"the last was read after {seen.read_s:.0f} s: {share:.0%} of the time")
    print(f"most memory of all processes {seen.most_mb:.0f} MB")
    for name, taken in seen.answers_s.items():
        ranked = sorted(taken)
        p50, p99 = ranked[len(ranked) // 2], ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
        print(f"{name}: {len(ranked)} answers, median {p50 * 1e3:.0f} ms, p99 {p99 * 1e3:.0f} ms")
    print(f"errors: {seen.n_errors}")


def _write(path: Path, n_documents: int) -> None:
    dice = random.Random(1)
    with path.open("w", encoding="utf-8") as lines:
        for text in invent_documents(n_documents, seed=2):
            town = dice.choice(_TOWNS)
            day = date(2019, 1, 1) + timedelta(days=dice.randrange(max(1, n_documents // 40)))
            for made_up in ("Torvik", "Kol Dara", "Amburo", "Lower Vesk", "Port Selim"):
                text = text.replace(made_up, town)
            record = {
                "text": text,
                "published": day.isoformat(),
                "publisher": dice.choice(_OUTLETS),
            }
            lines.write(json.dumps(record) + "\n")


def _ingest(source: Path, path: Path, jobs: int, n_documents: int) -> Seen:
    seen = Seen()
    program = str(Path(sys.executable).with_name("allegata"))
    command = [program, "ingest", str(source), "--ledger", str(path), "--jobs", str(jobs)]
    started = time.monotonic()
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        while run.poll() is None:
            time.sleep(_EVERY_S)
            seen.most_mb = max(seen.most_mb, _memory_mb(run.pid))
            if path.exists() and path.stat().st_size:
                _ask(path, seen, started, n_documents)
    seen.whole_s = time.monotonic() - started
    _ask(path, seen, started, n_documents)
    return seen


def _ask(path: Path, seen: Seen, started: float, n_documents: int) -> None:
    questions: dict[str, Callable[[Connection], object]] = {
        "search": lambda c: search(c, parse_query("hospital pharmacy")),
        "incidents": lambda c: list_incidents(c),
        "dossier": lambda c: [load_dossier(c, one.id) for one in list_incidents(c, limit=1)[0]],
    }
    try:
        with Ledger.open(path, read_only=True) as ledger, ledger.reading() as connection:
            for name, question in questions.items():
                began = time.monotonic()
                question(connection)
                seen.answers_s.setdefault(name, []).append(time.monotonic() - began)
            number = connection.exec_driver_sql(f"SELECT count(*) FROM {reading.name}").scalar()
            if number and number >= n_documents and not seen.read_s:
                seen.read_s = time.monotonic() - started
    except AllegataError as error:
        if "no ledger" not in str(error) and "older version" not in str(error):
            seen.n_errors += 1


def _memory_mb(pid: int) -> float:
    """What a process and its children hold, each page that they share counted once for each."""
    total = 0.0
    for one in [pid, *_children(pid)]:
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="ascii")
        except OSError:
            continue
        for line in status.splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1]) / 1000
    return total


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
