"""Comparing accounts by the thousand: the same weights as `compare` gives, without its detours.

Most pairs are told apart by kind, day and place, and few values of these are about: each two values
are compared once. Where even the most that is left could not bring a pair above zero, the rest of
it is not looked at.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from allegata.incidents.affected import (
    actors_agree,
    counts_agree,
    names_agree,
    targets_agree,
    words_agree,
)
from allegata.incidents.comparing import BIAS, COMPARISONS, reports_differ
from allegata.incidents.evidence import APART, Comparison
from allegata.incidents.features import Features
from allegata.incidents.kindred import kinds_agree
from allegata.incidents.nearness import places_meet, times_meet

__all__ = ["STEPS", "Step", "weigh_pairs"]

_AT_ONCE = 250_000
_SLACK = 1e-9

Places = NDArray[np.intp]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison, as it is done for many pairs.

    Attributes:
        comparison: The function.
        most: The most that it can add.
        part: What of an account it looks at, where few values of that are about; else None.
    """

    comparison: Comparison
    most: float
    part: Callable[[Features], Hashable] | None = None


STEPS = (
    Step(kinds_agree, 1.5, lambda one: one.kinds),
    Step(times_meet, 2.2, lambda one: (one.days, one.published, one.leads)),
    Step(places_meet, 3.0, lambda one: one.spots),
    Step(counts_agree, 1.8, lambda one: one.counts),
    Step(actors_agree, 0.5, lambda one: (one.actors, one.kinds)),
    Step(targets_agree, 1.0, lambda one: one.targets),
    Step(reports_differ, 0.0),
    Step(words_agree, 1.8),
    Step(names_agree, 1.2),
)
"""All of `COMPARISONS`, what is told soonest and tells most apart first."""


def weigh_pairs(features: Sequence[Features], ones: Places, others: Places) -> Weights:
    """How much speaks for one happening, for many pairs.

    Args:
        features: Of accounts.
        ones: Of each pair the place of one in `features`.
        others: And of the other.

    Returns:
        What `compare` gives, where that is above zero; `APART` for all others.
    """
    ids = [one.account for one in features]
    swap = np.fromiter(
        (ids[other] < ids[one] for one, other in zip(ones.tolist(), others.tolist(), strict=True)),
        dtype=bool,
        count=len(ones),
    )
    first, second = np.where(swap, others, ones), np.where(swap, ones, others)
    tables = [_Table.of(step, features) for step in STEPS]
    weights = np.full(len(ones), APART)
    for start in range(0, len(ones), _AT_ONCE):
        piece = slice(start, start + _AT_ONCE)
        weights[piece] = _weigh(features, tables, first[piece], second[piece])
    return weights


@dataclass(slots=True)
class _Table:
    """One comparison over accounts: which value each has, and what two values weigh."""

    step: Step
    values: Places | None
    examples: list[Features]
    known: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, step: Step, features: Sequence[Features]) -> "_Table":
        if step.part is None:
            return cls(step, None, [])
        numbers: dict[Hashable, int] = {}
        values = np.fromiter(
            (numbers.setdefault(step.part(one), len(numbers)) for one in features),
            dtype=np.intp,
            count=len(features),
        )
        _, first = np.unique(values, return_index=True)
        return cls(step, values, [features[place] for place in first.tolist()])

    def weigh(self, features: Sequence[Features], ones: Places, others: Places) -> Weights:
        """The weights of pairs."""
        compare = self.step.comparison
        if self.values is None:
            pairs = zip(ones.tolist(), others.tolist(), strict=True)
            found = (compare(features[one], features[other])[0] for one, other in pairs)
            return np.fromiter(found, dtype=np.float64, count=len(ones))
        n_values = len(self.examples)
        codes, back = np.unique(
            self.values[ones] * n_values + self.values[others], return_inverse=True
        )
        return np.fromiter(map(self._look_up, codes.tolist()), np.float64, len(codes))[back]

    def _look_up(self, code: int) -> float:
        weight = self.known.get(code)
        if weight is None:
            one, other = divmod(code, len(self.examples))
            weight, _ = self.step.comparison(self.examples[one], self.examples[other])
            self.known[code] = weight
        return weight


def _weigh(
    features: Sequence[Features], tables: Sequence[_Table], ones: Places, others: Places
) -> Weights:
    left = np.arange(len(ones))
    so_far = np.full(len(ones), BIAS)
    hope = sum(step.most for step in STEPS)
    found: dict[Comparison, Weights] = {}
    for table in tables:
        hope -= table.step.most
        more = table.weigh(features, ones[left], others[left])
        so_far += more
        stay = (so_far + hope > -_SLACK) & (more > APART)
        left, so_far = left[stay], so_far[stay]
        found = {name: weights[stay] for name, weights in found.items()}
        found[table.step.comparison] = more[stay]
    # Summed in the order in which `compare` does it, so that the last digit is the same.
    total = np.full(len(left), BIAS)
    for comparison in COMPARISONS:
        total += found[comparison]
    weights = np.full(len(ones), APART)
    weights[left] = np.where(total > 0.0, total, APART)
    return weights
