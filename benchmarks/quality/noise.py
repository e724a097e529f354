"""How much of a drop is chance: both versions are scored again on documents drawn anew.

A score is a mean over few documents, and other documents would have given another one. What
matters is whether the drop itself would have been there: so the same documents are drawn for both
versions (a paired bootstrap), and what both find hard does not count as noise.
"""

import random
from collections.abc import Sequence
from statistics import stdev

from benchmarks.quality.tally import Tally

__all__ = ["MOST", "measure_noise"]

MOST = 0.01
"""Noise never excuses more than this: with eight documents a bootstrap would excuse anything."""

N_DRAWS = 1000
ONE_SIDED_95 = 1.645


def measure_noise(before: Sequence[Tally], after: Sequence[Tally]) -> float:
    """How far a figure may drop before the drop is more than chance.

    Args:
        before: A tally for each document, from the version that set the floor.
        after: The same documents in the same order, from the version under test.

    Returns:
        The drop that one in twenty draws would show if there were none, at most `MOST`.
    """
    dice = random.Random(0)
    n_documents = len(before)
    drops = []
    for _ in range(N_DRAWS):
        drawn = dice.choices(range(n_documents), k=n_documents)
        one, other = _f1([before[i] for i in drawn]), _f1([after[i] for i in drawn])
        if one is not None and other is not None:
            drops.append(one - other)
    return min(MOST, ONE_SIDED_95 * stdev(drops)) if len(drops) > 1 else 0.0


def _f1(tallies: Sequence[Tally]) -> float | None:
    right = sum(tally.right for tally in tallies)
    total = sum(tally.predicted + tally.gold for tally in tallies)
    return 2 * right / total if total else None
