"""What two accounts, or two reports, come to where they are compared; kept as ties and copies."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert, select

from allegata.incidents.copies import compare_copies
from allegata.incidents.features import Features
from allegata.incidents.sharing import Numbers
from allegata.incidents.shingles import Body, read_body
from allegata.incidents.weighing import weigh_pairs
from allegata.ledger.features_json import read_features
from allegata.ledger.loading import chunks, load_documents
from allegata.ledger.schema import account, copy, tie

__all__ = ["Known", "insert_copies", "insert_ties", "load_features", "weigh_numbers"]

_COPIES_AT_ONCE = 500
_MOST_KNOWN = 6000


def insert_copies(connection: Connection, pairs: Numbers) -> None:
    """Look which pairs of reports are copies, and keep those that were not known.

    Args:
        connection: Of a transaction that writes.
        pairs: Numbers of reports, the smaller first.
    """
    known: set[tuple[int, int]] = set()
    for piece in chunks(np.unique(pairs[:, 0]).tolist()):
        for column in (copy.c.earlier, copy.c.later):
            query = select(copy.c.earlier, copy.c.later).where(column.in_(piece))
            known |= {(min(row), max(row)) for row in connection.execute(query)}
    fresh = [(one, other) for one, other in pairs.tolist() if (one, other) not in known]
    bodies: dict[int, Body] = {}
    rows = []
    for place in range(0, len(fresh), _COPIES_AT_ONCE):
        piece = fresh[place : place + _COPIES_AT_ONCE]
        bodies = _load_bodies(connection, {number for pair in piece for number in pair}, bodies)
        for one, other in piece:
            found = compare_copies(bodies[one], bodies[other])
            if found is None:
                continue
            is_first = found.earlier == bodies[one].report
            rows.append(
                {
                    "earlier": one if is_first else other,
                    "later": other if is_first else one,
                    "kind": found.kind.value,
                    "share": found.share,
                    "reason": found.reason,
                }
            )
    if rows:
        connection.execute(insert(copy), rows)


def _load_bodies(
    connection: Connection, numbers: Iterable[int], known: Mapping[int, Body]
) -> dict[int, Body]:
    """The words of reports, of which some are at hand."""
    wanted = sorted(numbers)
    found = {number: known[number] for number in wanted if number in known}
    missing = [number for number in wanted if number not in found]
    for number, (name, doc) in load_documents(connection, missing).items():
        found[number] = read_body(name, doc)
    return found


class Known(OrderedDict[int, Features]):
    """Features of accounts that were asked for of late, by number: rows of `account` stay."""

    def keep(self, found: Mapping[int, Features]) -> None:
        """Remember some, and forget those that were not asked for the longest."""
        for number, features in found.items():
            self[number] = features
            self.move_to_end(number)
        while len(self) > _MOST_KNOWN:
            self.popitem(last=False)


def weigh_numbers(
    connection: Connection, pairs: Numbers, known: Known | None = None
) -> NDArray[np.float64]:
    """How much speaks for one happening, for pairs of accounts by their numbers.

    Args:
        connection: That reads the ledger.
        pairs: Numbers of accounts that were kept by an earlier transaction.
        known: Of earlier pairs; added to.
    """
    numbers, places = np.unique(pairs, return_inverse=True)
    wanted = numbers.tolist()
    at_hand = {number: known[number] for number in wanted if number in known} if known else {}
    loaded = load_features(connection, [number for number in wanted if number not in at_hand])
    features = at_hand | loaded
    if known is not None:
        known.keep(features)
    ordered = [features[number] for number in wanted]
    places = places.reshape(pairs.shape)
    return weigh_pairs(ordered, places[:, 0], places[:, 1])


def insert_ties(connection: Connection, pairs: Numbers, weights: NDArray[np.float64]) -> None:
    """Keep those pairs that are more likely of one happening than not."""
    held = weights > 0.0
    rows = [
        {"one": one, "other": other, "weight": round(weight, 6)}
        for (one, other), weight in zip(pairs[held].tolist(), weights[held].tolist(), strict=True)
    ]
    if rows:
        connection.execute(insert(tie), rows)


def load_features(connection: Connection, numbers: Iterable[int]) -> dict[int, Features]:
    """Features of accounts, by their numbers."""
    found = {}
    for piece in chunks(sorted(numbers)):
        for row in connection.execute(
            select(account.c.number, account.c.features).where(account.c.number.in_(piece))
        ):
            found[row.number] = read_features(row.features)
    return found
