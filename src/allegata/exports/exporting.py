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
from allegata.exports.formats import FORMATS
from allegata.exports.ground import Ground, ground_of
from allegata.exports.making import Made
from allegata.exports.options import Options
from allegata.exports.withholding import WITHHELD, Withholder
from allegata.incidents.dossier import Dossier
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.filters import Filters

__all__ = ["Exported", "export", "make_files"]

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
    if folder.exists() and not folder.is_dir():
        raise InputError(str(folder), "is a file.", "Name a folder.")
    filters = filters or Filters()
    lines, _ = list_incidents(connection, filters, limit=_MOST)
    dossiers = (load_dossier(connection, line.id, filters.as_of) for line in lines)
    contents, report = make_files(name, dossiers, ground_of(connection, head), options)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = tuple(_put(folder / file, content) for file, content in contents.items())
    except OSError as error:
        raise StoreError(
            str(error.filename or folder),
            error.strerror or str(error),
            "Nothing was replaced by half.",
        ) from error
    return Exported(report, files)


def make_files(
    name: str, dossiers: Iterable[Dossier], ground: Ground, options: Options | None = None
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of a format, `export.json` among them, and what stands in that.

    Args:
        name: Of a format in `FORMATS`.
        dossiers: Of the incidents.
        ground: The ledger's head and its reports.
        options: What may be chosen.

    Raises:
        InputError: There is no such format, or the key cannot sign.
    """
    if name not in FORMATS:
        raise InputError(f"format {name!r}", f"is none of {', '.join(FORMATS)}.")
    chosen = FORMATS[name]
    n_incidents = 0

    def counted() -> Iterator[Dossier]:
        nonlocal n_incidents
        for dossier in dossiers:
            n_incidents += 1
            yield dossier

    options = options or Options()
    told: Iterable[Dossier] = counted()
    loses = chosen.loses
    if options.is_public:
        if chosen.has_texts:
            raise InputError(
                f"--public with {name}",
                "cannot be: it holds whole texts.",
                "Choose another format.",
            )
        withholder = Withholder(ground)
        told, loses = map(withholder.dossier, told), (*WITHHELD, *loses)
    made = chosen.make(told, options, ground)
    report = _report(made, name, ground.head, n_incidents, loses)
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    return {**made.files, REPORT: text.encode()}, report


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
    path.parent.mkdir(parents=True, exist_ok=True)
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
