"""Incidents of readings without a ledger: every step in one process, all in memory."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from allegata.incidents.accounts import make_accounts
from allegata.incidents.blocking import MOST_OF_A_KEY, account_keys
from allegata.incidents.clustering import Tie, cluster
from allegata.incidents.features import Features, make_features
from allegata.incidents.holders import find_outlet
from allegata.incidents.sharing import pairs_within
from allegata.incidents.statements import make_statements
from allegata.incidents.weighing import weigh_pairs
from allegata.knowledge.actors import ActorTable
from allegata.ledger.packing import number_keys
from allegata.reading import Reader
from allegata.types import Document, Reading
from allegata.types.incident import Account
from allegata.types.reading_parsing import parse_reading
from allegata.types.statement import ReportedBy

__all__ = ["Grouped", "group", "make_all_accounts", "read_all"]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Accounts in groups, and what it took.

    Attributes:
        groups: The largest first.
        n_pairs: Compared.
        seconds: For keys, comparing, and grouping.
    """

    groups: tuple[frozenset[str], ...]
    n_pairs: int
    seconds: tuple[float, float, float]


def read_all(docs: Iterable[Document], cache: Path | None, n_processes: int) -> Iterator[Reading]:
    """Read documents, or take readings from a file that an earlier run left.

    Args:
        docs: What is read. A faulty one is left out.
        cache: JSON lines; written where it is absent. None keeps nothing.
        n_processes: That read side by side.
    """
    if cache is not None and cache.exists():
        with cache.open(encoding="utf-8") as lines:
            for line in lines:
                yield parse_reading(json.loads(line))
        return
    lines_out: list[str] = []
    for reading in Reader().read_many(docs, n_processes=n_processes):
        if isinstance(reading, Reading):
            if cache is not None:
                lines_out.append(json.dumps(reading.to_dict(), ensure_ascii=False))
            yield reading
    if cache is not None:
        cache.write_text("\n".join(lines_out) + "\n", encoding="utf-8")


def make_all_accounts(
    readings: Iterable[Reading], name: Callable[[Document], str] = lambda doc: doc.uri
) -> dict[str, Account]:
    """The accounts of readings, by id.

    Args:
        readings: Any number.
        name: Gives the id of a report.
    """
    actors = ActorTable.open()
    accounts = {}
    for reading in readings:
        doc = reading.document
        report = name(doc)
        day = doc.published.day if doc.published else None
        outlet = find_outlet(doc.publisher, report, actors)
        by = ReportedBy(report, doc.id, outlet, doc.title, doc.uri, day, None)
        for account in make_accounts(make_statements(by, reading)):
            accounts[account.id] = account
    return accounts


def group(features: Mapping[str, Features]) -> Grouped:
    """Group accounts, as the ledger does it."""
    started = time.perf_counter()
    names = sorted(features)
    ordered = [features[name] for name in names]
    made = [number_keys(account_keys(one)) for one in ordered]
    keys = np.array([key for found in made for key in found], dtype=np.int64)
    owners = np.repeat(np.arange(len(names)), [len(found) for found in made])
    _, place, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    few = sizes[place] <= MOST_OF_A_KEY
    pairs = pairs_within(keys[few], owners[few], np.arange(len(names)))
    keyed = time.perf_counter()
    weights = weigh_pairs(ordered, pairs[:, 0], pairs[:, 1])
    held = weights > 0
    ties: list[Tie] = [
        (names[one], names[other], weight)
        for (one, other), weight in zip(pairs[held].tolist(), weights[held].tolist(), strict=True)
    ]
    compared = time.perf_counter()
    groups = sorted(cluster(features, ties), key=lambda g: (-len(g), min(g)))
    done = time.perf_counter()
    return Grouped(tuple(groups), len(pairs), (keyed - started, compared - keyed, done - compared))


def features_of(accounts: Mapping[str, Account]) -> dict[str, Features]:
    """What is compared of each account."""
    return {name: make_features(account) for name, account in accounts.items()}
