"""Let the n-th write or sync of a ledger fail, for every n, and look at what is left.

    python -m benchmarks.faults.writes [--every 1]

A small library stands before the C library (`failing.c`, built with `cc`): from the n-th write,
sync or truncation of the ledger's files on, all fail, once as on a full disk and once as on a
broken one. The product's own code meets that while it opens a ledger, keeps three reports in three
transactions and puts incidents together. It must end with an error of its own; then, with the disk
mended, the ledger must hold all that was told as kept, verify, and come to the same digest as one
that nothing happened to. The control keeps the same reports while failures are not looked for and
must count as many writes as there are trials; and a ledger whose last transaction is taken away by
hand must be found to lack it, or the comparison sees nothing. Exit code 1 where one is not so.
"""

import argparse
import ctypes
import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allegata.documents import read_text
from allegata.errors import AllegataError
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.stats import count_all, digest
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run, write
from allegata.reading import Reader
from allegata.types import Document, Reading
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine

_SOURCE = Path(__file__).with_name("failing.c")
_RUN = Run("0", "model", "knowledge")
_ERRORS = (("full disk", errno.ENOSPC), ("broken disk", errno.EIO), ("lying disk (control)", 0))
_CONTROL_EVERY = 20
_MARK = "tried.db"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one failing write.

    Attributes:
        n_kept: Transactions that were told as kept before it.
        told: The error, or None where the work was done before.
        fault: What is wrong afterwards, or None.
    """

    n_kept: int
    told: str | None
    fault: str | None


def main() -> int:
    """Try and print. Returns 1 where something was lost or not told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try every so manieth write")
    options = parser.parse_args()
    if "ALLEGATA_FAILING" not in os.environ:
        return _start_again(sys.argv[1:])
    print(describe_machine())
    library = ctypes.CDLL(os.environ["ALLEGATA_FAILING"])
    library.allegata_counted.restype = ctypes.c_long
    library.allegata_fail.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_int]
    reader = Reader()
    documents = [as_document(text, n) for n, text in enumerate(invent_documents(4, n_sentences=3))]
    first, *rest = (reader.read(document) for document in documents)
    n_bad = 0
    with tempfile.TemporaryDirectory() as folder:
        start, path = Path(folder, "start.db"), Path(folder, _MARK)
        with Ledger.open(start, create=True) as ledger:
            _keep(ledger, [first], lambda: None)
        wanted, n_calls = _run_whole(library, start, path, rest)
        print(f"{n_calls} writes and syncs where nothing fails")
        for name, error in _ERRORS:
            every = options.every if error else max(_CONTROL_EVERY, options.every)
            trials = {
                n: _try(library, start, path, rest, n, error, wanted)
                for n in range(0, n_calls, every)
            }
            bad = {n: trial for n, trial in trials.items() if trial.fault}
            kept = sum(trial.n_kept > 0 for trial in trials.values())
            print(
                f"{name}: {len(trials)} tried, {len(trials) - len(bad)} intact and told"
                f" ({kept} with something kept before)"
            )
            for n, trial in list(bad.items())[:3]:
                print(f"  write {n}: {trial.fault}")
            n_bad += len(bad) if error else not bad
    return int(n_bad > 0)


def _start_again(arguments: Sequence[str]) -> int:
    """Build the library and run this program behind it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        print("needs a C compiler (cc)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder, "failing.so")
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(built), str(_SOURCE), "-ldl"]
        subprocess.run(command, check=True)
        environment = os.environ | {"LD_PRELOAD": str(built), "ALLEGATA_FAILING": str(built)}
        command = [sys.executable, "-m", "benchmarks.faults.writes", *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


def as_document(text: str, number: int) -> Document:
    """An invented text as a report of its own day."""
    return read_text(text, uri=f"{number}.txt", published=date(2019, 6, 1 + number % 28))


def _keep(ledger: Ledger, readings: Sequence[Reading], told: Callable[[], None]) -> None:
    for reading in readings:
        with write(ledger) as writing:
            number = writing.add_run(_RUN)
            added = writing.add_report(reading.document, reading.document.text.encode())
            writing.add_reading(added.report, number, reading)
        told()
    build_incidents(ledger)


def _work(path: Path, readings: Sequence[Reading], told: Callable[[], None]) -> None:
    with Ledger.open(path, create=True) as ledger:
        _keep(ledger, readings, told)


def _digest(path: Path) -> str:
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        return digest(connection)


def _lay(start: Path, path: Path) -> None:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copyfile(start, path)


def _run_whole(
    library: ctypes.CDLL, start: Path, path: Path, readings: Sequence[Reading]
) -> tuple[str, int]:
    _lay(start, path)
    library.allegata_fail(_MARK.encode(), -1, 0)
    _work(path, readings, lambda: None)
    n_calls = library.allegata_counted()
    return _digest(path), n_calls


def _try(
    library: ctypes.CDLL,
    start: Path,
    path: Path,
    readings: Sequence[Reading],
    n: int,
    error: int,
    wanted: str,
) -> Trial:
    """Let the write after `n` ones fail in a process of its own, then mend the disk and look."""
    _lay(start, path)
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        library.allegata_fail(_MARK.encode(), n, error)
        os._exit(_meet_failure(path, readings, tell))
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as lines:
        said = [json.loads(line) for line in lines]
    _, status = os.waitpid(child, 0)
    n_kept = sum(one == "kept" for one in said)
    error_told = next((one["error"] for one in said if isinstance(one, dict)), None)
    return Trial(n_kept, error_told, _look(path, readings, status, n_kept, error_told, wanted))


def _meet_failure(path: Path, readings: Sequence[Reading], tell: int) -> int:
    """What the child does: 0 where it ends well, 1 with an error of ours, 2 with any other."""
    try:
        _work(path, readings, lambda: _say(tell, "kept"))
    except AllegataError as error:
        _say(tell, {"error": str(error)})
        return 1
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
        _say(tell, {"error": f"{type(error).__name__}: {error}"})
        return 2
    return 0


def _say(pipe: int, what: object) -> None:
    os.write(pipe, (json.dumps(what) + "\n").encode())


def _look(
    path: Path,
    readings: Sequence[Reading],
    status: int,
    n_kept: int,
    told: str | None,
    wanted: str,
) -> str | None:
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        return f"ends with {code}: {told}"
    if code == 1 and not told:
        return "ends without a word"
    try:
        return _look_inside(path, readings, n_kept, wanted)
    except (AllegataError, sqlite3.Error) as error:
        return f"cannot be used: {error}"


def _look_inside(path: Path, readings: Sequence[Reading], n_kept: int, wanted: str) -> str | None:
    with Ledger.open(path) as ledger:
        n_there = count_all(ledger).reports - 1
        if n_there < n_kept:
            return f"{n_kept} told as kept, {n_there} there"
        damages = verify(ledger).damages
        if damages:
            return f"{damages[0].table} {damages[0].row}: {damages[0].what}"
        _keep(ledger, readings, lambda: None)
    return None if _digest(path) == wanted else "comes to another digest when run again"


if __name__ == "__main__":
    sys.exit(main())
