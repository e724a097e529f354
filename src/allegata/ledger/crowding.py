"""Keys that very many share: of these only neighbours are compared, in an order of their own.

The order hangs on the accounts (or reports) alone, not on when they came. As more come, two may
cease to be neighbours: then what was found by that key alone is taken back. So what is tied in the
end hangs on the set alone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Column, Connection, Select, Table, delete, func, select, tuple_

from allegata.incidents.blocking import MOST_OF_A_KEY, account_keys, neighbour_orders
from allegata.incidents.copies import MOST_OF_A_COPY_KEY
from allegata.incidents.sharing import Numbers, pairs_within, window_pairs
from allegata.ledger.comparing import insert_copies, insert_ties, load_features, weigh_numbers
from allegata.ledger.loading import chunks
from allegata.ledger.packing import number_keys
from allegata.ledger.schema import (
    account,
    account_key,
    contradiction,
    copy,
    copy_key,
    entry,
    incident_change,
    laundering,
    membership,
    reading,
    report,
    summary,
    tie,
)

__all__ = ["COPY_NEIGHBOURS", "NEIGHBOURS", "settle_copies", "settle_ties"]

NEIGHBOURS = 40
COPY_NEIGHBOURS = 8
"""Who copies one text stand next to each other by day; each need not be compared with all."""

Orders = Callable[[Sequence[int]], list[list[int]]]
"""Puts owners of a key in order, in one or more ways."""


@dataclass(slots=True)
class _Crowds:
    """The keys of a table, and who is near whom in those that are crowded."""

    connection: Connection
    table: Table
    owner: Column[Any]
    most: int
    orders: Orders
    width: int
    known: dict[int, set[tuple[int, int]]] = field(default_factory=dict)

    def members(self, key: int) -> list[int]:
        """Who has a key."""
        query = select(self.owner).where(self.table.c.key == key).order_by(self.owner)
        return list(self.connection.execute(query).scalars())

    def near(self, key: int) -> set[tuple[int, int]]:
        """The pairs of a crowded key that are compared."""
        if key not in self.known:
            pairs: set[tuple[int, int]] = set()
            for order in self.orders(self.members(key)):
                found = window_pairs(np.array(order, dtype=np.int64), self.width)
                pairs |= {(one, other) for one, other in found.tolist()}
            self.known[key] = pairs
        return self.known[key]

    def find(self, asked: Select[Any], least: int) -> dict[int, int]:
        """Of some keys those that more than `least` have, with how many."""
        key = self.table.c.key
        query = select(key, func.count()).where(key.in_(asked)).group_by(key)
        rows = self.connection.execute(query.having(func.count() > least)).all()
        return {row[0]: row[1] for row in rows}

    def disallow(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Pairs that are compared by none of the keys that they share."""
        wanted = sorted(set(pairs))
        held: dict[int, set[int]] = {}
        for piece in chunks(sorted({number for pair in wanted for number in pair})):
            rows = self.connection.execute(
                select(self.table.c.key, self.owner).where(self.owner.in_(piece))
            )
            for key, number in rows:
                held.setdefault(number, set()).add(key)
        shared = {pair: held.get(pair[0], set()) & held.get(pair[1], set()) for pair in wanted}
        crowded: set[int] = set()
        for piece in chunks(sorted({key for keys in shared.values() for key in keys})):
            asked = select(self.table.c.key).where(self.table.c.key.in_(piece))
            crowded |= self.find(asked, self.most).keys()
        return [
            pair
            for pair, keys in shared.items()
            if all(key in crowded and pair not in self.near(key) for key in keys)
        ]


def settle_ties(
    connection: Connection,
    new: Select[Any],
    gone: Sequence[int],
    most: int = MOST_OF_A_KEY,
) -> set[int]:
    """Bring the ties of crowded keys up to date.

    Args:
        connection: Of a transaction that writes.
        new: Asks for numbers of accounts that came since the last time.
        gone: Numbers of accounts that have ceased to count since then.
        most: A key that more have is crowded.

    Returns:
        Numbers of accounts whose ties have changed.
    """
    key = account_key.c.key
    crowds = _Crowds(
        connection,
        account_key,
        account_key.c.account,
        most,
        lambda numbers: _ordered(connection, numbers),
        NEIGHBOURS,
    )
    crowded = {*crowds.find(select(key).where(account_key.c.account.in_(new)), most)}
    thawed: set[int] = set()
    if gone:
        for one, n_now, n_before in _shrunk(crowds, gone):
            if n_now > most:
                crowded.add(one)
            elif n_before > most:
                thawed.add(one)
    if not crowded and not thawed:
        return set()
    wanted: set[tuple[int, int]] = set()
    surplus: set[tuple[int, int]] = set()
    known: set[tuple[int, int]] = set()
    for one in sorted(crowded | thawed):
        members = crowds.members(one)
        there = _known_pairs(connection, tie.c.one, tie.c.other, members)
        pairs = crowds.near(one) if one in crowded else _all_pairs(members)
        wanted |= pairs
        known |= there
        surplus |= there - pairs
    return _change_ties(connection, wanted - known, crowds.disallow(surplus - wanted))


def _change_ties(
    connection: Connection, missing: set[tuple[int, int]], surplus: list[tuple[int, int]]
) -> set[int]:
    touched = {number for pair in surplus for number in pair}
    for piece in chunks(surplus):
        connection.execute(delete(tie).where(tuple_(tie.c.one, tie.c.other).in_(piece)))
    if missing:
        pairs = np.array(sorted(missing), dtype=np.int64)
        weights = weigh_numbers(connection, pairs)
        insert_ties(connection, pairs, weights)
        touched |= set(pairs[weights > 0.0].ravel().tolist())
    return touched


def _all_pairs(members: Sequence[int]) -> set[tuple[int, int]]:
    owners = np.array(members, dtype=np.int64)
    return {(one, other) for one, other in pairs_within(owners * 0, owners, owners).tolist()}


def _ordered(connection: Connection, numbers: Sequence[int]) -> list[list[int]]:
    ranks = {
        number: neighbour_orders(features)
        for number, features in load_features(connection, numbers).items()
    }
    return [
        sorted(numbers, key=lambda number: ranks[number][0]),
        sorted(numbers, key=lambda number: ranks[number][1]),
    ]


def _shrunk(crowds: _Crowds, gone: Sequence[int]) -> list[tuple[int, int, int]]:
    """Keys that may be or may have been crowded of accounts that count no more; now and before."""
    held: list[Numbers] = [np.zeros(0, dtype=np.int64)]
    for piece in chunks(gone):
        features = load_features(crowds.connection, piece).values()
        made = [key for one in features for key in number_keys(account_keys(one))]
        held.append(np.array(made, dtype=np.int64))
    keys, counts = np.unique(np.concatenate(held), return_counts=True)
    before = dict(zip(keys.tolist(), counts.tolist(), strict=True))
    half = crowds.most // 2
    now = {
        key: n for key, n in crowds.find(select(crowds.table.c.key), half).items() if key in before
    }
    many = [key for key, n in before.items() if n > half and key not in now]
    for piece in chunks(many):
        now |= crowds.find(select(crowds.table.c.key).where(crowds.table.c.key.in_(piece)), 0)
    return [(key, n, n + before[key]) for key, n in sorted(now.items())]


def _known_pairs(
    connection: Connection, one: Column[Any], other: Column[Any], members: Sequence[int]
) -> set[tuple[int, int]]:
    there = set(members)
    found = set()
    for piece in chunks(members):
        for row in connection.execute(select(one, other).where(one.in_(piece))):
            if row[1] in there:
                found.add((min(row), max(row)))
    return found


def settle_copies(connection: Connection, most: int = MOST_OF_A_COPY_KEY) -> None:
    """Bring the copies of crowded keys up to date.

    Args:
        connection: Of a transaction that writes.
        most: A key that more have is crowded.
    """

    def ordered(numbers: Sequence[int]) -> list[list[int]]:
        ranks: dict[int, tuple[str, str]] = {}
        for piece in chunks(numbers):
            columns = (report.c.number, report.c.published, report.c.id)
            for row in connection.execute(select(*columns).where(report.c.number.in_(piece))):
                ranks[row.number] = (str(row.published or "~"), row.id)
        return [sorted(numbers, key=ranks.__getitem__)]

    crowds = _Crowds(connection, copy_key, copy_key.c.report, most, ordered, COPY_NEIGHBOURS)
    new = _reports_since_last(connection)
    wanted: set[tuple[int, int]] = set()
    surplus: set[tuple[int, int]] = set()
    for key in sorted(crowds.find(select(copy_key.c.key).where(copy_key.c.report.in_(new)), most)):
        near = crowds.near(key)
        wanted |= near
        there = _known_pairs(connection, copy.c.earlier, copy.c.later, crowds.members(key))
        surplus |= there - near
    if wanted:
        insert_copies(connection, np.array(sorted(wanted), dtype=np.int64))
    for one, other in crowds.disallow(surplus - wanted):
        _take_back(connection, one, other)


def _reports_since_last(connection: Connection) -> Select[Any]:
    """Asks for reports that came since incidents changed the last time, or a little earlier."""
    last = connection.execute(select(func.max(incident_change.c.since))).scalar() or 0
    return select(entry.c.ref).where(entry.c.kind == report.name, entry.c.number > last)


def _take_back(connection: Connection, one: int, other: int) -> None:
    """Two reports are no longer held for copies; summaries that may tell so are drawn anew."""
    pair = (one, other)
    connection.execute(delete(copy).where(copy.c.earlier.in_(pair), copy.c.later.in_(pair)))
    homes = (
        select(membership.c.incident)
        .join(account, account.c.number == membership.c.account)
        .join(reading, reading.c.number == account.c.reading)
        .where(reading.c.report.in_(pair), membership.c.until.is_(None))
    )
    numbers = list(connection.execute(homes.distinct()).scalars())
    for table in (summary, contradiction, laundering):
        for piece in chunks(numbers):
            connection.execute(delete(table).where(table.c.incident.in_(piece)))
