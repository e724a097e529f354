"""How alike two partitions of the same mentions are: MUC, B-cubed, CEAF-e and their mean.

By their definitions: Vilain et al. 1995, Bagga and Baldwin 1998, Luo 2005, Pradhan et al. 2014.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["Score", "Scores", "score"]

Clusters = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The three measures."""

    muc: Score
    b_cubed: Score
    ceaf_e: Score

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def score(gold: Iterable[frozenset[str]], system: Iterable[frozenset[str]]) -> Scores:
    """Compare clusters.

    Args:
        gold: Clusters of mentions; each mention stands in one.
        system: Clusters of the same mentions.
    """
    ours, theirs = list(system), list(gold)
    return Scores(
        Score(_muc(ours, theirs), _muc(theirs, ours)),
        Score(_b_cubed(ours, theirs), _b_cubed(theirs, ours)),
        _ceaf_e(theirs, ours),
    )


def _homes(clusters: Clusters) -> dict[str, int]:
    return {mention: n for n, cluster in enumerate(clusters) for mention in cluster}


def _muc(one: Clusters, other: Clusters) -> float:
    """Of the links that hold the clusters of one together, the share that other has."""
    homes = _homes(other)
    links = sum(len(cluster) - 1 for cluster in one)
    kept = sum(len(cluster) - len({homes[m] for m in cluster}) for cluster in one)
    return kept / links if links else 0.0


def _b_cubed(one: Clusters, other: Clusters) -> float:
    """For a mention of one, the share of its cluster that is with it in other."""
    homes = _homes(other)
    total = n_mentions = 0.0
    for cluster in one:
        n_mentions += len(cluster)
        shared: dict[int, int] = defaultdict(int)
        for mention in cluster:
            shared[homes[mention]] += 1
        total += sum(n * n for n in shared.values()) / len(cluster)
    return total / n_mentions if n_mentions else 0.0


def _ceaf_e(gold: Clusters, system: Clusters) -> Score:
    homes = _homes(system)
    near: dict[int, dict[int, int]] = {}
    for n, cluster in enumerate(gold):
        row = near.setdefault(n, defaultdict(int))
        for mention in cluster:
            row[homes[mention]] += 1
    total = 0.0
    for rows, columns in _components(near):
        place = {column: n for n, column in enumerate(columns)}
        likeness = np.zeros((len(rows), len(columns)))
        for n, row_id in enumerate(rows):
            for column, shared in near[row_id].items():
                sizes = len(gold[row_id]) + len(system[column])
                likeness[n, place[column]] = 2 * shared / sizes
        total += _best_assignment(likeness)
    return Score(total / max(1, len(system)), total / max(1, len(gold)))


def _components(near: dict[int, dict[int, int]]) -> Iterable[tuple[list[int], list[int]]]:
    """Gold clusters and system clusters that hang together by shared mentions."""
    back: dict[int, list[int]] = defaultdict(list)
    for row, columns in near.items():
        for column in columns:
            back[column].append(row)
    seen: set[int] = set()
    for start in near:
        if start in seen:
            continue
        rows, waiting = {start}, [start]
        found: set[int] = set()
        while waiting:
            for column in near[waiting.pop()]:
                found.add(column)
                new = set(back[column]) - rows
                rows |= new
                waiting += new
        seen |= rows
        yield sorted(rows), sorted(found)


def _best_assignment(likeness: np.ndarray) -> float:
    """The largest sum of likenesses of pairs, no row and no column twice (Kuhn and Munkres)."""
    cost = -(likeness if likeness.shape[0] <= likeness.shape[1] else likeness.T)
    n_rows, n_columns = cost.shape
    by_row, by_column = np.zeros(n_rows + 1), np.zeros(n_columns + 1)
    owner = np.zeros(n_columns + 1, dtype=int)
    for row in range(1, n_rows + 1):
        owner[0], column = row, 0
        slack = np.full(n_columns + 1, np.inf)
        used = np.zeros(n_columns + 1, dtype=bool)
        way = np.zeros(n_columns + 1, dtype=int)
        while True:
            used[column] = True
            current = owner[column]
            free = ~used
            free[0] = False
            reduced = np.full(n_columns + 1, np.inf)
            reduced[1:] = cost[current - 1] - by_row[current] - by_column[1:]
            better = free & (reduced < slack)
            slack[better], way[better] = reduced[better], column
            candidate = int(np.argmin(np.where(free, slack, np.inf)))
            step = slack[candidate]
            by_row[owner[used]] += step
            by_column[used] -= step
            slack[free] -= step
            column = candidate
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[way[column]]
            column = int(way[column])
    return float(sum(-cost[owner[c] - 1, c - 1] for c in range(1, n_columns + 1) if owner[c]))
