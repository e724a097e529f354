"""Single bits flipped in a ledger: each that changes what it says, or breaks it, must be named.

    python -m benchmarks.faults.flips [--trials 300]

The control is what SQLite's own `integrity_check` names of the harmful ones.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from allegata.documents import read_text
from allegata.errors import AllegataError
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run, write
from allegata.reading import Reader
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine


def main() -> int:
    """Flip, verify, print. Returns 1 where a harmful flip was not named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--documents", type=int, default=12)
    options = parser.parse_args()
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        original = _make(path, options.documents)
        before = _everything(path)
        dice = random.Random(20181124)
        harmful = named = by_sqlite = 0
        for _ in range(options.trials):
            raw = bytearray(original)
            raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
            path.write_bytes(raw)
            if _everything(path) == before:
                continue
            harmful += 1
            named += _is_named(path)
            by_sqlite += _is_named_by_sqlite(path)
    print(f"{options.trials} flips in {len(original) / 1e6:.1f} MB: {harmful} harmful")
    print(f"named by verify {named}; by SQLite's integrity_check alone {by_sqlite}")
    return int(named < harmful)


def _make(path: Path, n_documents: int) -> bytes:
    reader = Reader()
    with Ledger.open(path, create=True) as ledger:
        with write(ledger) as writing:
            run = writing.add_run(Run("1", "m", "k"))
            for n, text in enumerate(invent_documents(n_documents, n_sentences=8)):
                doc = read_text(text, uri=f"{n}.txt", publisher=f"Outlet {n % 3}")
                added = writing.add_report(doc, text.encode())
                writing.add_reading(added.report, run, reader.read(doc))
        build_incidents(ledger)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def _everything(path: Path) -> object:
    """All rows, or why they cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                " AND name NOT LIKE 'document_fts%' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            return {
                name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
                for (name,) in names
            }
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


def _is_named(path: Path) -> bool:
    try:
        with Ledger.open(path, read_only=True) as ledger:
            return bool(verify(ledger).damages)
    except AllegataError:
        return True


def _is_named_by_sqlite(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone() != ("ok",))
    except (sqlite3.Error, UnicodeDecodeError):
        return True


if __name__ == "__main__":
    sys.exit(main())
