"""What people decided, as far as it changes what incidents are made of."""

from dataclasses import dataclass

from sqlalchemy import Connection

__all__ = ["Verdicts", "load_verdicts"]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decisions that count, in the terms of accounts and statements.

    Attributes:
        joined: Pairs of accounts that are one happening.
        parted: Pairs of accounts that are not.
        fresh_accounts: Accounts whose incident a decision may have changed since the last building.
        rejected: Ids of statements that do not count.
    """

    joined: tuple[tuple[str, str], ...] = ()
    parted: tuple[tuple[str, str], ...] = ()
    fresh_accounts: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()


def load_verdicts(connection: Connection) -> Verdicts:
    """Read the decisions that count now."""
    del connection
    return Verdicts()
