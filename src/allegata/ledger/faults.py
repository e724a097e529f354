"""What can go wrong with a store, in words for the user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from allegata.errors import DamageError, StoreError

__all__ = ["explain"]

_BUSY = "Another process writes to it. Wait for it to finish, and try again."
_REASONS: tuple[tuple[str, str, str, type[StoreError]], ...] = (
    ("database is locked", "is locked.", _BUSY, StoreError),
    ("lock timeout", "is locked.", _BUSY, StoreError),
    (
        "readonly database",
        "cannot be written.",
        "Check that you may write the file and its folder.",
        StoreError,
    ),
    (
        "unable to open database file",
        "cannot be opened.",
        "Check that you may write its folder, where SQLite keeps two files beside it.",
        StoreError,
    ),
    (
        "database or disk is full",
        "the disk is full.",
        "Nothing that was told as kept is lost. Make room and run it again.",
        StoreError,
    ),
    (
        "disk i/o error",
        "the disk gives an error or is full.",
        "Nothing that was told as kept is lost. Check the disk and run it again.",
        StoreError,
    ),
    (
        "file is not a database",
        "is no ledger, or its first page is damaged.",
        "Take it from a backup.",
        DamageError,
    ),
    (
        "malformed",
        "is damaged.",
        "`allegata verify` says where. Take it from a backup.",
        DamageError,
    ),
)


@contextmanager
def explain(where: str) -> Iterator[None]:
    """Turn what the database says into an error that says what, where, and what to do.

    Args:
        where: The ledger.

    Raises:
        StoreError: In place of any error of the database.
        DamageError: Where it says that the file is damaged.
    """
    try:
        yield
    except DBAPIError as error:
        raise _translate(where, str(error.orig), error) from error
    except sqlite3.Error as error:
        raise _translate(where, str(error), error) from error
    except UnicodeDecodeError as error:
        raise DamageError(f"{where}: is damaged. Take it from a backup.") from error
    except OSError as error:
        raise StoreError(f"{where}: cannot be used: {error.strerror or error}.") from error


def _translate(where: str, said: str, error: Exception) -> StoreError:
    lowered = said.casefold()
    for words, what, hint, kind in _REASONS:
        if words in lowered:
            return kind(f"{where}: {what} {hint}")
    if isinstance(error, OperationalError | InterfaceError | sqlite3.OperationalError):
        return StoreError(f"{where}: the database gives an error: {said[:200]}")
    return StoreError(f"{where}: the database refuses what was asked: {said[:200]}")
