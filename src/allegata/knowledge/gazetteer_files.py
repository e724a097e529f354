"""Gazetteers of users: GeoNames dumps, GeoJSON and CSV, read row by row into a file of SQLite."""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from allegata.errors import InputError
from allegata.knowledge.gazetteer_rows import Broken, open_rows
from allegata.knowledge.gazetteer_store import SCHEMA_VERSION, PlaceStore, Record, write_records

__all__ = ["open_file"]

_CHUNK_BYTES = 1 << 20
_UNGUARDED = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
"""
"""A file that is thrown away when something fails needs no journal, and names come in no order."""

_SHOWN = 3
"""So many rows that were left out are named, the others counted."""


def open_file(path: Path) -> tuple[PlaceStore, tuple[str, ...]]:
    """Open a gazetteer of the user.

    The first time its rows are read, one after the other, into a file in the user's cache folder
    (`$XDG_CACHE_HOME/allegata`, readable by the user alone), which later runs open by the hash of
    its content.

    Args:
        path: A GeoNames dump, GeoJSON, or CSV with a header.

    Returns:
        The gazetteer, and a warning where rows were left out.

    Raises:
        InputError: It cannot be read, is none of the three, or holds no place.
    """
    try:
        compiled = _cache_folder() / f"{_digest(path)}.sqlite"
        if not compiled.is_file():
            _compile(path, compiled)
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read: {error.strerror or error}.", "Check path and rights."
        ) from error
    store = PlaceStore.open(compiled, by_user=True)
    return store, store.notes()


def _digest(path: Path) -> str:
    """The hash of what a gazetteer is made from: content, the name that leads ids, the tables."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {path.name}\n".encode("utf-8", "surrogatepass"))
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _cache_folder() -> Path:
    """The user's own folder; where it cannot be written, one that ends with the process."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home) / "allegata" / "gazetteers"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        _passing.append(tempfile.TemporaryDirectory(prefix="allegata-"))
        return Path(_passing[-1].name)


_passing: list["tempfile.TemporaryDirectory[str]"] = []
"""Folders that are removed when the process ends."""


def _compile(path: Path, compiled: Path) -> None:
    """Write beside the file and rename, so that no half of one is ever opened."""
    handle, name = tempfile.mkstemp(dir=compiled.parent, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        broken: list[Broken] = []
        database = sqlite3.connect(part)
        try:
            database.executescript(_UNGUARDED)
            count = write_records(database, _whole(open_rows(path), broken))
            if not count:
                raise InputError(str(path), "holds no place.", _describe(path, broken, count))
            database.execute("CREATE TABLE note (words TEXT)")
            if broken:
                note = (_describe(path, broken, count),)
                database.execute("INSERT INTO note VALUES (?)", note)
            database.commit()
        finally:
            database.close()
        part.replace(compiled)
    finally:
        part.unlink(missing_ok=True)


def _whole(rows: Iterable[Record | Broken], broken: list[Broken]) -> Iterator[Record]:
    """The rows that are whole; the others are kept aside, but no more than are shown."""
    for row in rows:
        if isinstance(row, Record):
            yield row
        else:
            broken.append(row if len(broken) < _SHOWN else Broken(0, ""))


def _describe(path: Path, broken: list[Broken], count: int) -> str:
    if not broken:
        return "Give a GeoNames dump, GeoJSON, or CSV with name, latitude and longitude."
    shown = "; ".join(f"line {row.line}: {row.what}" for row in broken[:_SHOWN])
    rest = f"; and {len(broken) - _SHOWN:,} more" if len(broken) > _SHOWN else ""
    total = len(broken) + count
    return f"{path}: {len(broken):,} of {total:,} rows were left out ({shown}{rest})."
