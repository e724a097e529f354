"""kill -9 while an older ledger is brought up to date, at random moments.

    python -m benchmarks.faults.changes [--trials 100] [--documents 200]

A ledger as the first revision left it is opened by a child process, which copies it and changes it;
the child is killed at a moment drawn evenly from the time that this takes. Afterwards the ledger
must open, verify and hold all its reports, and a copy, where there is one, must be the whole older
ledger. The control is a change that is made by halves, which must be found out. Exit code 1 where
one is not so.
"""

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from allegata.errors import AllegataError
from allegata.ledger import Ledger
from allegata.ledger.migrating import newest_revision
from allegata.ledger.stats import count_all
from allegata.ledger.verifying import verify
from allegata.ledger.writing import write
from benchmarks.faults.writes import as_document
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine

_OLDER = "0001"


def main() -> int:
    """Kill, look, print. Returns 1 where a ledger was broken, or the control was not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(describe_machine())
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        older = Path(folder, "older.db")
        _make_older(older, options.documents)
        seconds = _time_change(older, Path(folder, "whole.db"))
        broken: list[str] = []
        found = {"older": 0, "newer": 0}
        for number in range(options.trials):
            path = Path(folder, f"{number}.db")
            path.write_bytes(older.read_bytes())
            _kill_while_opening(path, dice.uniform(0, seconds * 1.1))
            found["older" if _revision(path) == _OLDER else "newer"] += 1
            fault = _look(path, options.documents)
            broken += [fault] if fault else []
            for left in Path(folder).glob(f"{number}.db*"):
                left.unlink()
        control = Path(folder, "control.db")
        control.write_bytes(older.read_bytes())
        with closing(sqlite3.connect(control)) as raw, raw:
            raw.execute("UPDATE alembic_version SET version_num = ?", (newest_revision(),))
        sees = _look(control, options.documents)
    print(
        f"{options.trials} kills within {seconds * 1100:.0f} ms: {found['older']} left the older"
        f" ledger, {found['newer']} the newer one; broken {len(broken)}"
    )
    for fault in broken[:5]:
        print(f"  {fault}")
    print(f"control, a change by halves: {sees or 'NOT FOUND OUT'}")
    return int(bool(broken) or not sees)


def _make_older(path: Path, n_documents: int) -> None:
    with Ledger.open(path, create=True) as ledger, write(ledger) as writing:
        for number, text in enumerate(invent_documents(n_documents, n_sentences=12)):
            writing.add_report(as_document(text, number), text.encode())
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TABLE tombstone")
        raw.execute("DROP TABLE second_reading")
        raw.execute("UPDATE alembic_version SET version_num = ?", (_OLDER,))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _time_change(older: Path, path: Path) -> float:
    path.write_bytes(older.read_bytes())
    began_s = time.monotonic()
    os.waitpid(_open_in_child(path), 0)
    return time.monotonic() - began_s


def _open_in_child(path: Path) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        Ledger.open(path).close()
        code = 0
    finally:
        os._exit(code)


def _kill_while_opening(path: Path, after_s: float) -> None:
    child = _open_in_child(path)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _look(path: Path, n_documents: int) -> str | None:
    """What is broken, or None."""
    try:
        for copy in path.parent.glob(f"{path.name}.before-*"):
            if ".part" not in copy.name:
                with closing(sqlite3.connect(copy)) as raw:
                    held = raw.execute("SELECT count(*) FROM report").fetchone()[0]
                if (held, _revision(copy)) != (n_documents, _OLDER):
                    return "the copy is not the older ledger"
        with Ledger.open(path) as ledger:
            damages = verify(ledger).damages
            if damages:
                return f"{damages[0].table} {damages[0].row}: {damages[0].what}"
            n_there = count_all(ledger).reports
            return None if n_there == n_documents else f"{n_there} of {n_documents} reports"
    except (AllegataError, sqlite3.Error) as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main())
