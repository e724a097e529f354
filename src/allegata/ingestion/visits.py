"""What is remembered of addresses that were fetched, so that only what changed is fetched again."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from allegata.ledger.schema import visit

__all__ = ["Visit", "find_visit", "keep_visit"]


@dataclass(frozen=True, slots=True)
class Visit:
    """The last time that an address was fetched.

    Attributes:
        url: The address as it was asked for.
        checked_at: When.
        etag: The server's mark of the version that was kept, or None.
        last_modified: The server's word on its age, as it was sent, or None.
        n_failures: How often in a row it could not be had.
        not_before: When it may be asked again, where the server said so, or None.
    """

    url: str
    checked_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    n_failures: int = 0
    not_before: datetime | None = None

    def forget_version(self) -> "Visit":
        """The same visit, after which the server is to send again what it sent."""
        return replace(self, etag=None, last_modified=None)


def find_visit(connection: Connection, url: str) -> Visit | None:
    """The last time that an address was fetched, or None."""
    row = connection.execute(select(visit).where(visit.c.url == url)).first()
    if row is None:
        return None
    return Visit(
        row.url,
        datetime.fromisoformat(row.checked_at),
        row.etag,
        row.last_modified,
        row.n_failures,
        datetime.fromisoformat(row.not_before) if row.not_before else None,
    )


def keep_visit(connection: Connection, last: Visit) -> None:
    """Remember a visit in place of the one before it."""
    connection.execute(delete(visit).where(visit.c.url == last.url))
    connection.execute(
        insert(visit).values(
            url=last.url,
            checked_at=last.checked_at.isoformat(),
            etag=last.etag,
            last_modified=last.last_modified,
            n_failures=last.n_failures,
            not_before=last.not_before.isoformat() if last.not_before else None,
        )
    )
