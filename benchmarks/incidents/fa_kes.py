"""Incidents of FA-KES, printed for a person to judge: the largest, and pairs of one day and place.

    python -m benchmarks.incidents.fa_kes --half 0 [--corpora ../shared/corpora] [--cache FILE]

Articles are parted by the hash of their address: rules may be set on half 0, half 1 is the figure.
The judgments are counts, kept in the pages of the project; no text of the articles is.
"""

import argparse
import hashlib
import random
import textwrap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from allegata.documents import Intake, read_documents
from allegata.incidents.features import Features
from allegata.types import Document
from allegata.types.incident import Account
from benchmarks.incidents.building import features_of, group, make_all_accounts, read_all
from benchmarks.speed.machine import describe_machine

_SHOWN = 14


def main() -> None:
    """Build and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--half", type=int, choices=(0, 1), default=0)
    parser.add_argument("--cache", type=Path, help="readings, kept between runs")
    parser.add_argument("--largest", type=int, default=30)
    parser.add_argument("--pairs", type=int, default=80)
    options = parser.parse_args()
    path = options.corpora / "fa_kes" / "articles.jsonl"
    docs = (doc for doc in read_documents([str(path)], Intake()) if isinstance(doc, Document))
    readings = (
        reading
        for reading in read_all(docs, options.cache, 2)
        if _half_of(reading.document.uri) == options.half
    )
    accounts = make_all_accounts(readings)
    features = features_of(accounts)
    grouped = group(features)
    print(describe_machine())
    n_reports = len({one.report for one in features.values()})
    print(f"{n_reports} reports with {len(features)} accounts, {grouped.n_pairs} pairs compared")
    print(f"{len(grouped.groups)} incidents; the largest: {[len(g) for g in grouped.groups[:30]]}")
    for n, members in enumerate(grouped.groups[: options.largest]):
        print(f"\n== {n + 1}: {len(members)} accounts")
        for name in sorted(members, key=lambda one: (features[one].published or 0, one))[:_SHOWN]:
            print("  ", _tell(accounts[name], features[name]))
    _print_pairs(accounts, features, grouped.groups, options.pairs)


def _print_pairs(
    accounts: Mapping[str, Account],
    features: Mapping[str, Features],
    groups: Sequence[frozenset[str]],
    n_pairs: int,
) -> None:
    home = {name: n for n, members in enumerate(groups) for name in members}
    by_report = defaultdict(list)
    for name in sorted(features):
        by_report[features[name].report].append(name)
    for one, other in _sample(features, n_pairs):
        ours, theirs = ({home[name] for name in by_report[report]} for report in (one, other))
        print(f"\n-- {'JOINED' if ours & theirs else 'apart'}")
        for report in (one, other):
            for name in [name for name in by_report[report] if features[name].leads][:2]:
                mark = "*" if home[name] in ours & theirs else " "
                print("  ", mark, _tell(accounts[name], features[name]))


def _half_of(uri: str) -> int:
    return hashlib.sha256(uri.encode()).digest()[0] % 2


def _tell(account: Account, features: Features) -> str:
    first = account.statements[0]
    outlet = first.by.outlet.name[:10] if first.by.outlet else "?"
    kinds = "/".join(sorted(kind.value for kind in features.kinds))
    place = next((s.place.name for s in account.statements if s.place), "-")
    time = next((s.time for s in account.statements if s.time), None)
    days = f"{time.start}..{time.end}" if time else "-"
    words = textwrap.shorten(" ".join(s.words for s in account.statements[:1]), 170)
    return f"{outlet} {first.by.published} {kinds} @{place} {days} {account.id[-16:]} | {words}"


def _sample(features: Mapping[str, Features], n: int) -> list[tuple[str, str]]:
    """Pairs of reports of a day and the next that begin with something in one settlement."""
    by_place = defaultdict(set)
    for one in features.values():
        for spot in one.spots[:1]:
            if one.leads and not spot.is_area and spot.id and one.published:
                by_place[spot.id].add((one.published, one.report))
    pairs = {
        (min(one, other), max(one, other))
        for reports in by_place.values()
        for (day, one), (other_day, other) in combinations(sorted(reports), 2)
        if one != other and abs(day - other_day) <= 1
    }
    found = sorted(pairs)
    return random.Random(0).sample(found, min(n, len(found)))


if __name__ == "__main__":
    main()
