"""The steps of finding, without an engine: from lists of values to lists of values."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from allegata.incidents.clustering import cluster
from allegata.incidents.copies import MOST_DAYS, MOST_OF_A_COPY_KEY, compare_copies
from allegata.incidents.features import Features
from allegata.incidents.identity import continue_incidents
from allegata.incidents.sharing import window_pairs
from allegata.incidents.shingles import Body, read_body
from allegata.incidents.weighing import weigh_pairs
from allegata.ledger.crowding import COPY_NEIGHBOURS, NEIGHBOURS
from allegata.ledger.features_json import read_features
from allegata.scale.rows import document_of

__all__ = [
    "copy_of",
    "group_accounts",
    "half_of",
    "pair_accounts",
    "pair_near_accounts",
    "pair_reports",
    "weigh",
]

_LATE = "9999-12-31"
_KNOWN = 4000


def pair_reports(reports: Sequence[str], days: Sequence[date | None]) -> list[str]:
    """Pairs of reports that share a key: all, or of a crowded one the neighbours by day.

    Those that lie more than 400 days apart are left out: no copy is told over so long a time.
    """
    when = dict(zip(reports, days, strict=True))
    order = sorted(when, key=lambda name: (str(when[name] or "~"), name))
    width = COPY_NEIGHBOURS if len(order) > MOST_OF_A_COPY_KEY else len(order)
    return [
        _pair(one, other)
        for one, other in _window(order, width)
        if not _are_far(when[one], when[other])
    ]


def _are_far(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) > MOST_DAYS


def pair_accounts(accounts: Sequence[str]) -> list[str]:
    """All pairs of accounts that share a key."""
    order = sorted(set(accounts))
    return [_pair(one, other) for one, other in _window(order, len(order))]


def pair_near_accounts(accounts: Sequence[str], orders: Sequence[str]) -> list[str]:
    """Of accounts that share a crowded key those that are near each other in one of two orders."""
    ranks = {name: json.loads(words) for name, words in zip(accounts, orders, strict=True)}
    pairs: set[str] = set()
    for way in (0, 1):
        order = sorted(ranks, key=lambda name: ranks[name][way])
        pairs |= {_pair(one, other) for one, other in _window(order, NEIGHBOURS)}
    return sorted(pairs)


def _window(order: Sequence[str], width: int) -> Iterator[tuple[str, str]]:
    found = window_pairs(np.arange(len(order), dtype=np.int64), min(width, len(order) - 1))
    for one, other in found.tolist():
        yield order[one], order[other]


def _pair(one: str, other: str) -> str:
    return f"{one} {other}" if one < other else f"{other} {one}"


def half_of(pair: str, side: int) -> str:
    """One of the two ids of a pair."""
    return pair.split(" ")[side]


def copy_of(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any] | None:
    """Whether a report copies another, from the columns of both."""
    found = compare_copies(*(_body(Frozen(row)) for row in (one, other)))
    if found is None:
        return None
    return {
        "earlier": found.earlier,
        "later": found.later,
        "kind": found.kind.value,
        "share": found.share,
        "reason": found.reason,
    }


class Frozen(dict[str, Any]):
    """A row that is known by its report."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self["report"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frozen) and self["report"] == other["report"]


@lru_cache(maxsize=_KNOWN)
def _body(row: Frozen) -> Body:
    return read_body(row["report"], document_of(row))


def weigh(ones: Sequence[str], others: Sequence[str]) -> list[float]:
    """How much speaks for one happening, for pairs of features."""
    if not ones:
        return []
    places: dict[str, int] = {}
    for words in (*ones, *others):
        places.setdefault(words, len(places))
    features = [_features(words) for words in places]
    found = weigh_pairs(
        features,
        np.array([places[words] for words in ones]),
        np.array([places[words] for words in others]),
    )
    return [round(float(weight), 6) for weight in found]


@lru_cache(maxsize=_KNOWN)
def _features(words: str) -> Features:
    return read_features(words)


def group_accounts(
    accounts: Sequence[str],
    features: Sequence[str],
    days: Sequence[date | None],
    ones: Sequence[str],
    others: Sequence[str],
    weights: Sequence[float],
) -> list[dict[str, str]]:
    """The incidents of accounts that hang together, as a ledger that is new would issue them."""
    if len(accounts) == 1:
        groups: tuple[frozenset[str], ...] = (frozenset(accounts),)
    else:
        known = {name: _features(words) for name, words in zip(accounts, features, strict=True)}
        groups = cluster(known, list(zip(ones, others, weights, strict=True)))
    when = {
        name: day.isoformat() if day else _LATE for name, day in zip(accounts, days, strict=True)
    }
    founders = [min(group, key=lambda name: (when[name], name)) for group in groups]
    told = continue_incidents(groups, founders, [])
    return [
        {"incident": incident, "account": account}
        for incident, group in sorted(told.accounts.items())
        for account in sorted(group)
    ]
