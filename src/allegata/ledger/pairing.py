"""Comparing what is new with what is there: copies among reports, ties among accounts.

Each pair is compared once, whichever came first, and its result hangs on the two alone. So the same
reports give the same pairs in whatever order and portions they came.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select

from allegata.incidents.blocking import MOST_OF_A_KEY
from allegata.incidents.comparing import compare
from allegata.incidents.copies import MOST_OF_A_COPY_KEY, compare_copies
from allegata.incidents.features import Features
from allegata.incidents.shingles import Body, read_body
from allegata.ledger.features_json import read_features
from allegata.ledger.loading import chunks, load_document
from allegata.ledger.schema import (
    account,
    account_key,
    copy,
    copy_key,
    current,
    paired,
    reading,
    report,
    tie,
)

__all__ = ["load_features", "pair_readings", "waiting_readings"]

_NEIGHBOURS = 40
_LEAST_WEIGHT = 0.0


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


def pair_readings(connection: Connection, numbers: list[int]) -> None:
    """Compare readings with all that share a key with them, and note that this was done.

    Args:
        connection: Of a transaction that writes.
        numbers: Of readings that count.
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
    _pair_copies(connection, reports)
    _pair_accounts(connection, accounts)
    connection.execute(insert(paired), [{"reading": number} for number in numbers])


def _pair_copies(connection: Connection, reports: list[int]) -> None:
    pairs = _find_pairs(connection, copy_key, copy_key.c.report, reports, MOST_OF_A_COPY_KEY)
    known = set()
    for piece in chunks(reports):
        for row in connection.execute(
            select(copy.c.earlier, copy.c.later).where(
                copy.c.earlier.in_(piece) | copy.c.later.in_(piece)
            )
        ):
            known.add((min(row), max(row)))
    bodies = _Bodies(connection)
    rows = []
    for one, other in sorted(pairs - known):
        found = compare_copies(bodies.get(one), bodies.get(other))
        if found is not None:
            first, second = (
                (one, other) if found.earlier == bodies.get(one).report else (other, one)
            )
            rows.append(
                {
                    "earlier": first,
                    "later": second,
                    "kind": found.kind.value,
                    "share": found.share,
                    "reason": found.reason,
                }
            )
    if rows:
        connection.execute(insert(copy), rows)


class _Bodies:
    """The words of reports, the last few kept at hand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.get = lru_cache(maxsize=512)(self._load)

    def _load(self, number: int) -> Body:
        name = self._connection.execute(
            select(report.c.id).where(report.c.number == number)
        ).scalar_one()
        return read_body(name, load_document(self._connection, number))


def _pair_accounts(connection: Connection, accounts: list[int]) -> None:
    pairs = _find_pairs(connection, account_key, account_key.c.account, accounts, MOST_OF_A_KEY)
    features = load_features(connection, {number for pair in pairs for number in pair})
    rows = []
    for one, other in sorted(pairs):
        weight = compare(features[one], features[other])
        if weight > _LEAST_WEIGHT:
            rows.append({"one": one, "other": other, "weight": round(weight, 6)})
    if rows:
        connection.execute(insert(tie), rows)


def load_features(connection: Connection, numbers: Iterable[int]) -> Mapping[int, Features]:
    """Features of accounts, by their numbers."""
    found = {}
    for piece in chunks(sorted(numbers)):
        for row in connection.execute(
            select(account.c.number, account.c.features).where(account.c.number.in_(piece))
        ):
            found[row.number] = read_features(row.features)
    return found


def _find_pairs(
    connection: Connection, table: Table, owner: Column[Any], new: list[int], most: int
) -> set[tuple[int, int]]:
    """Pairs of owners that share a key: one of them new, the other new or older.

    Numbers grow with time, so the pair of two that both wait is found with the later one. Of a key
    that more than `most` share, each is paired with its neighbours by number alone.
    """
    if not new:
        return set()
    last = max(new)
    own: dict[int, list[int]] = defaultdict(list)
    for piece in chunks(new):
        for row in connection.execute(
            select(table.c.key, owner.label("owner")).where(owner.in_(piece))
        ):
            own[row.key].append(row.owner)
    pairs: set[tuple[int, int]] = set()
    for piece in chunks(sorted(own)):
        sizes = connection.execute(
            select(table.c.key, func.count().label("n"))
            .where(table.c.key.in_(piece), owner <= last)
            .group_by(table.c.key)
            .having(func.count() > 1)
        ).all()
        small = [row.key for row in sizes if row.n <= most]
        for key, members in _members(connection, table, owner, small, last).items():
            _add_pairs(pairs, own[key], members)
        for row in sizes:
            if row.n > most:
                members = _members(connection, table, owner, [row.key], last)[row.key]
                _add_neighbours(pairs, own[row.key], members)
    return pairs


def _members(
    connection: Connection, table: Table, owner: Column[Any], keys: list[int], last: int
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for piece in chunks(keys):
        for row in connection.execute(
            select(table.c.key, owner.label("owner")).where(table.c.key.in_(piece), owner <= last)
        ):
            found[row.key].append(row.owner)
    return found


def _add_pairs(pairs: set[tuple[int, int]], new: list[int], members: list[int]) -> None:
    for one, other in product(new, members):
        if one != other:
            pairs.add((one, other) if one < other else (other, one))


def _add_neighbours(pairs: set[tuple[int, int]], new: list[int], members: list[int]) -> None:
    members.sort()
    place = {number: n for n, number in enumerate(members)}
    for one in new:
        here = place[one]
        near = members[max(0, here - _NEIGHBOURS) : here + _NEIGHBOURS + 1]
        _add_pairs(pairs, [one], near)
