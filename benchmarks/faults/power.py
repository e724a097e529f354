"""Simulated power cuts below SQLite: nothing that was told as kept may be lost.

    python -m benchmarks.faults.power [--trials 300]

A file system of APSW notes each write and each sync. A cut is made at a random write: of the writes
since the last sync of a file, a random part is kept, some are torn, the rest is gone. What a
transaction told as kept before the cut must be there after it. The control is the same with
`synchronous = OFF`, which must lose something, or the trial proves nothing.
"""

import argparse
import random
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from allegata.ledger import Ledger
from allegata.ledger.migrating import back_up_file
from benchmarks.speed.machine import describe_machine

_SECTOR = 512


class _PowerCutError(Exception):
    """The power is gone."""


@dataclass
class _Disk:
    """What was written to files, and what of it is sure.

    Attributes:
        left: Writes until the cut.
        unsure: By file, writes since its last sync: offset and what stood there before.
    """

    left: int
    unsure: dict[str, list[tuple[int, bytes, int]]] = field(default_factory=dict)

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise _PowerCutError


class _System(apsw.VFS):
    """Files that tell a disk what happens to them."""

    def __init__(self, name: str, disk: _Disk) -> None:
        self.disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:  # noqa: ANN401, N802
        return _File(self.disk, name, flags)


class _File(apsw.VFSFile):
    def __init__(self, disk: _Disk, name: Any, flags: Any) -> None:  # noqa: ANN401
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.step()
        size = super().xFileSize()
        n_old = max(0, min(len(data), size - offset))
        before = super().xRead(n_old, offset) if n_old else b""
        self._disk.unsure.setdefault(self._name, []).append((offset, before, size))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.step()
        super().xSync(flags)
        self._disk.unsure.pop(self._name, None)


def main() -> int:
    """Cut, look, print. Returns 1 where something was lost, or where the control lost nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    options = parser.parse_args()
    print(describe_machine())
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.db")
        with Ledger.open(empty, create=True):
            pass
        for mode in ("FULL", "OFF"):
            lost = broken = 0
            for trial in range(options.trials):
                path = Path(folder, f"{mode}{trial}.db")
                back_up_file(empty, path)
                kept, there, whole = _try(path, mode, random.Random(f"{mode}{trial}"))
                lost += there < kept
                broken += not whole
                for file in Path(folder).glob(f"{mode}{trial}.db*"):
                    file.unlink()
            results[mode] = (lost, broken)
            print(f"synchronous={mode}: {options.trials} cuts, {lost} lost, {broken} broken")
    return int(results["FULL"] != (0, 0) or results["OFF"] == (0, 0))


def _try(path: Path, mode: str, dice: random.Random) -> tuple[int, int, bool]:
    """One trial: transactions told as kept, those that are there, and whether the file is whole."""
    disk = _Disk(dice.randrange(20, 400))
    name = f"cut{id(disk)}"
    system = _System(name, disk)
    kept = 0
    connection = apsw.Connection(
        str(path), vfs=system.vfs_name if hasattr(system, "vfs_name") else f"cut{id(disk)}"
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {mode}")
        connection.execute("PRAGMA wal_autocheckpoint = 20")
        for n in range(1, 200):
            connection.execute("BEGIN IMMEDIATE")
            words = "word " * dice.randrange(10, 600)
            connection.execute(
                "INSERT INTO document VALUES (?, ?, ?, NULL, ?)", (n, f"sha256:{n}", words, words)
            )
            connection.execute("COMMIT")
            kept = n
    except (_PowerCutError, apsw.Error):
        pass
    _lose(disk, dice)
    there, whole = _look(path, dice)
    disk.left = 10**9
    with suppress(apsw.Error, _PowerCutError):
        connection.close(force=True)
    del system
    return kept, there, whole


def _lose(disk: _Disk, dice: random.Random) -> None:
    """Take back a random part of the writes that no sync made sure, some of them in part."""
    for name, writes in disk.unsure.items():
        path = Path(name)
        if not path.exists():
            continue
        with path.open("r+b") as file:
            for offset, before, size in reversed(writes):
                if dice.random() < 0.5:
                    continue
                torn = dice.randrange(0, len(before) + 1, _SECTOR) if before else 0
                file.seek(offset + torn)
                file.write(before[torn:])
                if offset >= size:
                    file.truncate(max(size, offset))


def _look(path: Path, dice: random.Random) -> tuple[int, bool]:
    """Copy the files as they lie, as after a restart, and open the copy."""
    copy = path.with_suffix(f".{dice.randrange(10**9)}")
    for end in ("", "-wal"):
        source = Path(f"{path}{end}")
        if source.exists():
            Path(f"{copy}{end}").write_bytes(source.read_bytes())
    try:
        connection = apsw.Connection(str(copy))
        whole = next(connection.execute("PRAGMA integrity_check")) == ("ok",)
        (there,) = next(connection.execute("SELECT count(*) FROM document"))
        connection.close(force=True)
    except apsw.Error:
        return 0, False
    finally:
        for file in copy.parent.glob(f"{copy.name}*"):
            file.unlink()
    return there, whole


if __name__ == "__main__":
    sys.exit(main())
