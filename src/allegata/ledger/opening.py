"""Opening a ledger: which file or server it is, and whether it can be used."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from allegata.errors import InputError, StoreError
from allegata.ledger.chain import EMPTY, Head
from allegata.ledger.faults import explain
from allegata.ledger.migrating import migrate
from allegata.ledger.schema import entry

__all__ = ["APPLICATION_ID", "DEFAULT_NAME", "Ledger"]

APPLICATION_ID = 0x616C6C67
"""`allg`: tells a ledger from other SQLite files."""

DEFAULT_NAME = "allegata.db"
WAIT_S = 20.0
"""How long another writer is waited for."""

_MAGIC = b"SQLite format 3\0"
_WRITES = "allegata_writes"


class Ledger:
    """A ledger that is open. Any number may read it at once; one at a time writes.

    Use it as a context manager, or close it.

    Attributes:
        where: Its path, or its address without the password.
        engine: For whoever asks with SQLAlchemy.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Ledger.open(Path(folder, "allegata.db"), create=True) as ledger:
        ...         ledger.head().number
        0
    """

    def __init__(self, engine: Engine, where: str, path: Path | None) -> None:
        self.engine = engine
        self.where = where
        self.path = path

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False, read_only: bool = False) -> Self:
        """Open a ledger, and bring an older one up to date after a backup.

        Args:
            where: A path, or the address of a PostgreSQL database (`postgresql://...`).
            create: Whether to make one where there is none.
            read_only: Whether nothing will be written: neither the file nor the folder need be
                writable, and an older ledger is refused.

        Returns:
            The ledger.

        Raises:
            InputError: There is none, or what is there is no ledger.
            StoreError: It is there and cannot be used: damaged, locked, newer than this version.
        """
        if isinstance(where, str) and where.startswith(("postgresql:", "postgres:")):
            ledger = cls._open_server(where)
        else:
            ledger = cls._open_file(Path(where), create=create, read_only=read_only)
        try:
            with explain(ledger.where):
                migrate(ledger.engine, ledger.where, ledger.path, read_only=read_only)
        except BaseException:
            ledger.close()
            raise
        return ledger

    @classmethod
    def _open_file(cls, path: Path, *, create: bool, read_only: bool) -> Self:
        is_new = _check_file(path, create=create)
        if is_new and not read_only:
            with explain(str(path)), suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        engine = _open_sqlite(path, read_only=read_only)
        return cls(engine, str(path), path)

    @classmethod
    def _open_server(cls, where: str) -> Self:
        try:
            url = make_url(where.replace("postgres://", "postgresql://", 1))
        except ArgumentError as error:
            raise InputError(
                "--ledger", "is no address of a database.", "Write postgresql://USER@HOST/NAME."
            ) from error
        if not url.username or not url.database:
            raise InputError(
                "--ledger", "is no address of a database.", "Write postgresql://USER@HOST/NAME."
            )
        shown = url.render_as_string(hide_password=True)
        return cls(_open_postgres(url, shown), shown, None)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.path is not None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger, whatever is written meanwhile.

        Raises:
            StoreError: The ledger cannot be read.
        """
        with explain(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection that alone writes, until its block ends; then all is kept, or nothing.

        Raises:
            StoreError: Another one writes and does not finish, or nothing can be written.
        """
        options = {_WRITES: True}
        with (
            explain(self.where),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(WAIT_S * 1000)}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
            yield connection

    def _repr_html_(self) -> str:
        """What it holds, as a static page for notebooks."""
        from allegata.ledger.static_page import draw_ledger_page

        with self.reading() as connection:
            return draw_ledger_page(connection, self.where, self.head(connection).hash)

    def head(self, connection: Connection | None = None) -> Head:
        """The state of the ledger: number and hash of the last entry."""
        if connection is None:
            with self.reading() as own:
                return self.head(own)
        row = connection.execute(
            select(entry.c.number, entry.c.head).order_by(entry.c.number.desc()).limit(1)
        ).first()
        return Head(row.number, row.head) if row else Head(0, EMPTY)


def _check_file(path: Path, *, create: bool) -> bool:
    """Whether there is no file yet.

    Raises:
        InputError: There should be one, or it is none of ours.
    """
    try:
        if path.is_dir():
            raise InputError(str(path), "is a folder, not a ledger.", "Name a file in it.")
        if not path.exists():
            if not create:
                raise InputError(
                    str(path),
                    "there is no ledger.",
                    "Make one with `allegata ingest SOURCE --ledger FILE`.",
                )
            if not path.parent.is_dir():
                raise InputError(str(path.parent), "is no folder.", "Make it first.")
            return True
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{path}: cannot be opened: {reason}.") from error
    if not head:
        return create or _no_ledger(path, "is empty.")
    if not head.startswith(_MAGIC):
        return _no_ledger(path, "is no ledger: it is no SQLite file.")
    if len(head) == 100 and int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        return _no_ledger(path, "is no ledger: it is the SQLite file of another program.")
    return False


def _no_ledger(path: Path, what: str) -> bool:
    raise InputError(str(path), what, "Check the name; nothing was changed in it.")


def _open_sqlite(path: Path, *, read_only: bool) -> Engine:
    uri = path.absolute().as_uri() + ("?mode=ro" if read_only else "?mode=rw")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False
        )
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")
        if not read_only:
            # before WAL, so that it stands in the file itself and not beside it
            if cursor.execute("PRAGMA application_id").fetchone()[0] == 0:
                cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
        return connection

    with explain(str(path)):
        engine = create_engine(
            "sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=64
        )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _open_postgres(url: URL, shown: str) -> Engine:
    try:
        import pg8000  # noqa: F401
    except ImportError as error:
        raise InputError(
            shown,
            "needs the driver for PostgreSQL, which is not installed.",
            "Install it: pip install 'allegata[postgres]'.",
        ) from error
    engine = create_engine(
        url.set(drivername="postgresql+pg8000"), poolclass=QueuePool, pool_size=4, max_overflow=64
    )
    started = time.monotonic()
    try:
        with engine.connect():
            pass
    except (DBAPIError, OSError) as error:
        engine.dispose()
        reason = str(getattr(error, "orig", error))[:200]
        waited = time.monotonic() - started
        raise StoreError(f"{shown}: cannot be reached ({waited:.0f} s): {reason}") from error
    return engine
