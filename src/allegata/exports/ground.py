"""What exports stand on besides incidents: the ledger's head, and its reports as they count."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from allegata.ledger.loading import number_of_report
from allegata.ledger.verdicts import load_corrected, load_verdicts
from allegata.types import Reading

__all__ = ["Ground", "ground_of"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What exports stand on.

    Attributes:
        head: The hash of the ledger's last entry, which every export carries.
        read: Gives the reading of a report by its id, as people left it; None where
            it was not read.
    """

    head: str
    read: Callable[[str], Reading | None]


def ground_of(connection: Connection, head: str) -> Ground:
    """What exports of a ledger stand on.

    Args:
        connection: That reads it, for as long as the export takes.
        head: The hash of its last entry.
    """
    verdicts = load_verdicts(connection)

    def read(report: str) -> Reading | None:
        return load_corrected(connection, number_of_report(connection, report), verdicts)

    return Ground(head, read)
