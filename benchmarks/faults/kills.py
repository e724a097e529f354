"""kill -9 at random moments of an ingestion, then the same command again.

    python -m benchmarks.faults.kills [--trials 10] [--documents 60] [--seed 0]

A child process ingests invented documents and is killed at a moment drawn evenly from the time
between the opening of the ledger and its end. The process that reads for it is left to itself, and
must end. Then the child runs again, to the end, and its ledger is compared with one that nobody
interrupted: same documents, same readings, same incidents, a whole chain. Exit code 1 where one
differs.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from allegata.ingestion import Options, ingest
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.chain import EMPTY, hash_entry, hash_row
from allegata.ledger.schema import KEPT, current, document, entry, location, reading, report
from allegata.ledger.stats import digest
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine

_OPENING = "opening"
_PATIENCE_S = 10.0
_TABLES = (document, report, location, reading)


class _Incidents:
    """Builds incidents as the command line does."""

    def after_batch(self, ledger: Ledger, readings: Sequence[int]) -> None:
        """Build from new readings."""
        if readings:
            build_incidents(ledger)

    def finish(self, ledger: Ledger) -> None:
        """Build from what is left."""
        build_incidents(ledger)


@dataclass(frozen=True, slots=True)
class Held:
    """What a ledger holds, to be compared.

    Attributes:
        ids: Of kept rows, by table; a row that is there twice stands twice.
        digest: Over all of it and its incidents.
    """

    ids: dict[str, list[str]]
    digest: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What one kill did."""

    n_kept: int
    n_lost: int
    n_doubled: int
    faults: tuple[str, ...]
    resume_s: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        _ingest(*options.child)
        return
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "documents.jsonl")
        _write(source, options.documents, options.seed)
        wanted, seconds = _run_whole(Path(folder, "whole.db"), source)
        dice = random.Random(options.seed)
        trials = []
        for number in range(options.trials):
            path = Path(folder, f"{number}.db")
            trials.append(_try(path, source, dice.uniform(0, seconds), wanted))
            for left in Path(folder).glob(f"{number}.db*"):
                left.unlink()
    sys.exit(_report(trials, seconds, options.documents))


def _write(path: Path, n_documents: int, seed: int) -> None:
    texts = invent_documents(n_documents, n_sentences=4, seed=seed)
    records = [
        {"text": text, "published": f"2019-06-{1 + n % 28:02}", "language": "en"}
        for n, text in enumerate(texts)
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def _ingest(ledger: str, source: str) -> None:
    print(_OPENING, flush=True)
    with Ledger.open(ledger, create=True) as opened:
        options = Options(batch_size=8, batch_seconds=0.2)
        ingest([source], opened, options, building=_Incidents())


def _start(path: Path, source: Path) -> "subprocess.Popen[bytes]":
    """Start a child and wait until it opens the ledger."""
    command = [sys.executable, "-m", "benchmarks.faults.kills", "--child", str(path), str(source)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if child.stdout is None or not child.stdout.readline():
        raise RuntimeError(child.communicate()[1].decode())
    return child


def _run_whole(path: Path, source: Path) -> tuple[Held, float]:
    child = _start(path, source)
    began_s = time.monotonic()
    _, said = child.communicate()
    if child.returncode:
        raise RuntimeError(said.decode())
    return _hold(path), time.monotonic() - began_s


def _try(path: Path, source: Path, moment_s: float, wanted: Held) -> Trial:
    faults = []
    child = _start(path, source)
    time.sleep(moment_s)
    readers = _children(child.pid)
    child.kill()
    child.communicate()
    if not _have_ended(readers):
        faults.append("the process that reads lives on")
    n_kept = _count_readings(path)
    began_s = time.monotonic()
    child = _start(path, source)
    _, said = child.communicate()
    resume_s = time.monotonic() - began_s
    if child.returncode:
        faults.append(f"resuming fails: {said.decode().strip().splitlines()[-1]}")
        return Trial(n_kept, 0, 0, tuple(faults), resume_s)
    held = _hold(path)
    n_lost = n_doubled = 0
    for name, ids in held.ids.items():
        n_lost += len(set(wanted.ids[name]) - set(ids))
        n_doubled += len(ids) - len(set(ids)) + len(set(ids) - set(wanted.ids[name]))
    if held.digest != wanted.digest:
        faults.append("the digest differs")
    return Trial(n_kept, n_lost, n_doubled, (*faults, *_check(path)), resume_s)


def _count_readings(path: Path) -> int:
    """How much a killed ingestion had kept; without opening the ledger, which would mend it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return int(file.execute("SELECT count(*) FROM reading").fetchone()[0])
    except sqlite3.Error:
        return 0


def _hold(path: Path) -> Held:
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        ids = {
            table.name: list(connection.execute(select(table.c.id)).scalars()) for table in _TABLES
        }
        ids["current"] = [str(n) for n in connection.execute(select(current.c.report)).scalars()]
        return Held(ids, digest(connection))


def _check(path: Path) -> list[str]:
    """What is broken in a ledger: its file, its references, its chain."""
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        broken = [str(words) for words in said if words != "ok"]
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            broken.append("a row refers to one that is not there")
        hashes = {
            (table.name, row.number): hash_row(table, dict(row._mapping))
            for table in KEPT
            for row in connection.execute(select(table))
        }
        head, rows = EMPTY, connection.execute(select(entry).order_by(entry.c.number)).all()
        for number, row in enumerate(rows, 1):
            head = hash_entry(head, number, row.kind, row.ref, row.hash, row.at)
            if (row.number, row.head) != (number, head):
                return [*broken, f"the chain breaks at {number}"]
            if hashes.pop((row.kind, row.ref), None) != row.hash:
                broken.append(f"{row.kind} {row.ref} is not what was written")
        return broken + [f"{kind} {ref} has no entry" for kind, ref in hashes]


def _children(pid: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _have_ended(pids: list[int]) -> bool:
    end_s = time.monotonic() + _PATIENCE_S
    while any(_is_alive(pid) for pid in pids):
        if time.monotonic() > end_s:
            return False
        time.sleep(0.01)
    return True


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _report(trials: list[Trial], seconds: float, n_documents: int) -> int:
    lost = sum(trial.n_lost for trial in trials)
    doubled = sum(trial.n_doubled for trial in trials)
    broken = [trial for trial in trials if trial.faults]
    kept = sorted(trial.n_kept for trial in trials)
    resumes = sorted(trial.resume_s for trial in trials)
    print(f"{n_documents} documents, uninterrupted {seconds:.1f} s; {len(trials)} kills")
    print(f"kept when killed: least {kept[0]}, median {kept[len(kept) // 2]}, most {kept[-1]}")
    print(f"lost {lost}, doubled {doubled}, broken {len(broken)} of {len(trials)}")
    print(f"resuming: median {resumes[len(resumes) // 2]:.1f} s,"
          f" p95 {resumes[int(len(resumes) * 0.95)]:.1f} s")  # fmt: skip
    for trial in broken[:10]:
        print(f"  {'; '.join(trial.faults)}")
    return int(bool(lost or doubled or broken))


if __name__ == "__main__":
    main()
