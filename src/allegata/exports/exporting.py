"""Asking a ledger, making the files of a format, and putting them in place whole."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from allegata.errors import InputError, StoreError
from allegata.exports.formats import FORMATS, Made
from allegata.exports.options import Options
from allegata.incidents.dossier import Dossier
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.filters import Filters

__all__ = ["Exported", "export"]

_MOST = 10_000_000
REPORT = "export.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported.

    Attributes:
        report: As it stands in `export.json`: format, head, files with their hashes and rows, what
            was left out and why, what the format cannot say.
        files: Where the files lie.
    """

    report: dict[str, Any]
    files: tuple[Path, ...]


def export(
    connection: Connection,
    head: str,
    name: str,
    folder: Path,
    filters: Filters | None = None,
    options: Options | None = None,
) -> Exported:
    """Write what a ledger holds in one format into a folder.

    Each file is written beside its place and then put there whole; an older one of the same name
    is replaced.

    Args:
        connection: That reads the ledger.
        head: The hash of the ledger's last entry, which every export carries.
        name: Of a format in `FORMATS`.
        folder: Made where it is absent.
        filters: Which incidents.
        options: What may be chosen.

    Raises:
        InputError: There is no such format, or the folder is a file.
        StoreError: A file could not be written.
    """
    if name not in FORMATS:
        raise InputError(f"format {name!r}", f"is none of {', '.join(FORMATS)}.")
    if folder.exists() and not folder.is_dir():
        raise InputError(str(folder), "is a file.", "Name a folder.")
    chosen = FORMATS[name]
    dossiers = list(_dossiers(connection, filters or Filters()))
    made = chosen.make(dossiers, options or Options(), head)
    report = _report(made, name, head, len(dossiers), chosen.loses)
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    contents = [*made.files.items(), (REPORT, text.encode())]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = tuple(_put(folder / file, content) for file, content in contents)
    except OSError as error:
        raise StoreError(
            str(error.filename or folder),
            error.strerror or str(error),
            "Nothing was replaced by half.",
        ) from error
    return Exported(report, files)


def _dossiers(connection: Connection, filters: Filters) -> Iterator[Dossier]:
    lines, _ = list_incidents(connection, filters, limit=_MOST)
    for line in lines:
        yield load_dossier(connection, line.id, filters.as_of)


def _report(
    made: Made, name: str, head: str, n_incidents: int, loses: Iterable[str]
) -> dict[str, Any]:
    return {
        "format": name,
        "head": head,
        "n_incidents": n_incidents,
        "files": [
            {
                "name": file,
                "rows": made.n_rows[file],
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for file, content in made.files.items()
        ],
        "left_out": [{"why": why, "n": n} for why, n in sorted(made.left_out.items())],
        "cannot_say": list(loses),
    }


def _put(path: Path, content: bytes) -> Path:
    """Write a file beside its place, and put it there when all of it is on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
