"""A copy of a ledger, whole, also while it is written to."""

from pathlib import Path

from allegata.errors import InputError
from allegata.ledger.faults import explain
from allegata.ledger.migrating import back_up_file
from allegata.ledger.opening import Ledger

__all__ = ["back_up"]


def back_up(ledger: Ledger, to: Path) -> None:
    """Copy a ledger to another file.

    Args:
        ledger: A file; a server has ways of its own.
        to: Replaced where it exists; what was there stays until the copy is whole.

    Raises:
        InputError: The ledger is on a server.
        StoreError: It cannot be read, or the copy cannot be written.
    """
    if ledger.path is None:
        raise InputError(ledger.where, "is on a server.", "Use the server's own backup.")
    with explain(str(to)):
        back_up_file(ledger.path, to)
