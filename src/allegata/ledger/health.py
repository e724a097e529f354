"""How a ledger is: what a person should know before trusting years of work to it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from allegata.ledger.migrating import revision_of
from allegata.ledger.opening import Ledger
from allegata.ledger.schema import current, entry, fault, reading, report

__all__ = ["Finding", "examine_ledger"]

_LARGE_WAL = 256 * 1024 * 1024
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: Which.
        words: How it is.
        to_do: What to do about it; empty where all is well.
    """

    what: str
    words: str
    to_do: str = ""


def examine_ledger(ledger: Ledger) -> Iterator[Finding]:
    """Look at a ledger without changing it. Its hashes are `verify`'s business.

    Args:
        ledger: Open.

    Raises:
        StoreError: It cannot be read.
    """
    with ledger.reading() as connection:
        head = ledger.head(connection)
        last = connection.execute(select(func.max(entry.c.at))).scalar()
        n_reports, n_read, n_faults = (
            connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for table in (report, current, fault)
        )
        n_readings = connection.execute(select(func.count()).select_from(reading)).scalar() or 0
        revision = revision_of(connection)
        settings: dict[str, object] = {}
        if ledger.is_sqlite:
            for name in ("journal_mode", "synchronous"):
                settings[name] = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            settings["sqlite"] = connection.exec_driver_sql("SELECT sqlite_version()").scalar()
        else:
            settings["server"] = connection.exec_driver_sql("SHOW server_version").scalar()
    yield Finding("ledger", ledger.where)
    yield Finding("schema", revision or "none")
    yield Finding("entries", f"{head.number:,}, the last {(last or 'never')[:19]} UTC")
    yield Finding("head", head.hash)
    waiting = n_reports - n_read
    yield Finding(
        "reports",
        f"{n_reports:,}, {n_readings:,} readings of them, {n_faults:,} set aside",
        f"{waiting:,} were not read yet: repeat the `ingest` that added them." if waiting else "",
    )
    yield from _examine_engine(settings)
    if ledger.path is not None:
        yield from _examine_file(ledger)


def _examine_engine(settings: dict[str, object]) -> Iterator[Finding]:
    if "server" in settings:
        yield Finding("server", f"PostgreSQL {settings['server']}")
        return
    mode = str(settings["journal_mode"])
    yield Finding("SQLite", str(settings["sqlite"]))
    yield Finding(
        "journal",
        mode,
        "" if mode == "wal" else "Another program changed it: open it once with `ingest`.",
    )


def _examine_file(ledger: Ledger) -> Iterator[Finding]:
    assert ledger.path is not None  # noqa: S101 - for the type checker
    path = ledger.path
    size = path.stat().st_size
    wal = path.with_name(path.name + "-wal")
    wal_size = wal.stat().st_size if wal.exists() else 0
    free = shutil.disk_usage(path.absolute().parent).free
    yield Finding("size", f"{size / _MB:,.1f} MB")
    yield Finding(
        "write-ahead log",
        f"{wal_size / _MB:,.1f} MB",
        "It is large: end programs that keep the ledger open, then run any command on it."
        if wal_size > _LARGE_WAL
        else "",
    )
    yield Finding(
        "free on its disk",
        f"{free / _MB:,.0f} MB",
        "A backup before the next change of its schema needs as much as the ledger is large."
        if free < 2 * size
        else "",
    )
    mode = path.stat().st_mode & 0o077
    yield Finding(
        "who may read it",
        "others too" if mode else "its owner alone",
        f"Names of witnesses may stand in it: chmod 600 {path}." if mode else "",
    )
