"""Comparing what is new with what is there: copies among reports, ties among accounts.

Each pair is compared once, whichever came first, and its result hangs on the two alone. So the same
reports give the same pairs in whatever order and portions they came. Keys that very many share are
left to `crowding`.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import Column, Connection, Select, Table, func, insert, select

from allegata.incidents.blocking import MOST_OF_A_KEY
from allegata.incidents.copies import MOST_OF_A_COPY_KEY
from allegata.incidents.sharing import Numbers, pairs_within
from allegata.ledger.comparing import Known, insert_copies, insert_ties, weigh_numbers
from allegata.ledger.loading import chunks
from allegata.ledger.schema import (
    account,
    account_key,
    copy_key,
    current,
    paired,
    reading,
)

__all__ = ["pair_readings", "waiting_readings"]

_AT_ONCE = 100_000


def waiting_readings(connection: Connection, most: int) -> list[int]:
    """Numbers of readings that count and were not compared yet, the oldest first."""
    query = (
        select(current.c.reading)
        .outerjoin(paired, paired.c.reading == current.c.reading)
        .where(paired.c.reading.is_(None))
        .order_by(current.c.reading)
        .limit(most)
    )
    return list(connection.execute(query).scalars())


def pair_readings(
    connection: Connection, numbers: Sequence[int], known: Known | None = None
) -> None:
    """Compare readings with all that share a key with them, and note that this was done.

    Args:
        connection: Of a transaction that writes.
        numbers: Of readings that count, kept by an earlier transaction.
        known: What is remembered from one call to the next.
    """
    reports: list[int] = []
    accounts: list[int] = []
    for piece in chunks(numbers):
        reports += connection.execute(
            select(reading.c.report).where(reading.c.number.in_(piece))
        ).scalars()
        accounts += connection.execute(
            select(account.c.number).where(account.c.reading.in_(piece))
        ).scalars()
    pairs = _find_pairs(connection, copy_key, copy_key.c.report, reports, MOST_OF_A_COPY_KEY)
    insert_copies(connection, pairs)
    _pair_accounts(connection, accounts, known)
    connection.execute(insert(paired), [{"reading": number} for number in numbers])


def _pair_accounts(connection: Connection, accounts: Sequence[int], known: Known | None) -> None:
    pairs = _find_pairs(connection, account_key, account_key.c.account, accounts, MOST_OF_A_KEY)
    insert_ties(connection, pairs, weigh_numbers(connection, pairs, known))


def _find_pairs(
    connection: Connection, table: Table, owner: Column[Any], new: Sequence[int], most: int
) -> Numbers:
    """Pairs of owners that share a key: one of them new, the other new or older.

    Numbers grow with time, so the pair of two that both wait is found with the later one. A key
    that more than `most` have, counting those that wait, makes no pairs here.
    """
    if not new:
        return np.zeros((0, 2), dtype=np.int64)
    first, last = min(new), max(new)
    asked = select(table.c.key).where(owner.between(first, last))
    crowded = (
        select(table.c.key)
        .where(table.c.key.in_(asked))
        .group_by(table.c.key)
        .having(func.count() > most)
    )
    rows = select(table.c.key, owner).where(
        table.c.key.in_(asked), table.c.key.not_in(crowded), owner <= last
    )
    keys = _fetch(connection, rows)
    return pairs_within(keys[:, 0], keys[:, 1], np.array(new, dtype=np.int64))


def _fetch(connection: Connection, query: Select[Any]) -> Numbers:
    """Rows of two numbers."""

    def pieces() -> Iterator[Numbers]:
        result = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
        for rows in result.partitions(_AT_ONCE):
            flat = np.fromiter(chain.from_iterable(rows), np.int64, 2 * len(rows))
            yield flat.reshape(-1, 2)

    return np.concatenate([np.zeros((0, 2), dtype=np.int64), *pieces()])
