"""Bringing an older ledger up to date, after a backup; a newer one is refused."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from allegata.errors import StoreError

__all__ = ["back_up_file", "migrate", "newest_revision", "revision_of"]

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, where: str, path: Path | None, *, read_only: bool) -> None:
    """Bring a ledger to the newest revision, all at once or not at all.

    Args:
        engine: The open ledger.
        where: For messages.
        path: The file, copied first where it has another revision; None for a server, whose
            owner makes backups.
        read_only: Whether nothing may be changed.

    Raises:
        StoreError: It was written by a newer version, or it is older and may not be changed.
    """
    scripts = _open_scripts()
    with engine.connect() as connection:
        found = revision_of(connection)
    newest = scripts.get_current_head()
    if found == newest:
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"{where}: was written by a newer version of allegata (revision {found};"
            f" this one knows {newest}). Install the newer version; nothing was changed."
        )
    if read_only:
        raise StoreError(
            f"{where}: was written by an older version of allegata."
            " Open it once with a command that writes, such as `ingest`."
        )
    if found is not None and path is not None:
        back_up_file(path, path.with_name(f"{path.name}.before-{newest}"))
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection = connection.execution_options(allegata_writes=True)
        with connection.begin():
            if revision_of(connection) != newest:  # another process may have been faster
                _upgrade(connection, scripts)


def revision_of(connection: Connection) -> str | None:
    """The revision of a ledger, or None where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision that this version writes."""
    newest = _open_scripts().get_current_head()
    if newest is None:
        raise StoreError("allegata: its migrations are absent. Install it again.")
    return newest


def back_up_file(path: Path, to: Path) -> None:
    """Copy a ledger that may be in use, whole or not at all.

    Args:
        path: A file of SQLite.
        to: Replaced where it exists.
    """
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(to)


def _open_scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _upgrade(connection: Connection, scripts: ScriptDirectory) -> None:
    options = {
        "fn": lambda revision, _: scripts._upgrade_revs("head", revision),
        "transactional_ddl": True,
    }
    context = MigrationContext.configure(connection, opts=options)
    from alembic.operations import Operations

    with Operations.context(context):
        context.run_migrations()
