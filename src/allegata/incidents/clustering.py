"""Accounts that tell of one happening, from the pairs that may: groups that hold together.

Pairs are taken by weight, the surest first, and two groups become one where their members agree on
the average, not where one pair of them does: otherwise a town that is shelled every day would melt
into one incident, day by day.
"""

from collections.abc import Iterable, Mapping
from itertools import product

from allegata.incidents.comparing import APART, compare
from allegata.incidents.features import Features

__all__ = ["Tie", "cluster"]

Tie = tuple[str, str, float]
"""Two accounts and the log-odds that they tell of one happening."""

_LEAST = 0.0
_WORST = -4.0
_BEST = 11.0
"""More than any pair weighs."""

_SAMPLE = 6
_MOST_APART = 0.25
"""So large a share of pairs that are certainly apart keeps two groups apart."""


def cluster(
    features: Mapping[str, Features],
    ties: Iterable[Tie],
    joined: Iterable[tuple[str, str]] = (),
    parted: Iterable[tuple[str, str]] = (),
) -> tuple[frozenset[str], ...]:
    """Group accounts.

    Args:
        features: Of every account, by id.
        ties: Pairs with weights above zero; the order does not matter.
        joined: Pairs that a person said are one happening.
        parted: Pairs that a person said are not.

    Returns:
        Groups that hold every account once, those with the smallest id first.
    """
    groups = _Groups(features)
    forbidden = {frozenset(pair) for pair in parted}
    for one, other in sorted(tuple(sorted(pair)) for pair in joined):
        if one in features and other in features:
            groups.join(one, other)
    ordered = sorted(ties, key=lambda tie: (-tie[2], *sorted(tie[:2])))
    for one, other, weight in ordered:
        if weight > _LEAST and one in features and other in features:
            groups.consider(one, other, forbidden)
    return groups.all()


class _Groups:
    """Groups that grow; each is known by the account that stands for it."""

    def __init__(self, features: Mapping[str, Features]) -> None:
        self._features = features
        self._home = {account: account for account in features}
        self._members = {account: [account] for account in features}
        self._refused: set[tuple[str, str, int, int]] = set()
        self._weights: dict[tuple[str, str], float] = {}

    def consider(self, one: str, other: str, forbidden: set[frozenset[str]]) -> None:
        """Join the groups of two accounts, where they hold together."""
        here, there = sorted((self._home[one], self._home[other]))
        if here == there:
            return
        state = (here, there, len(self._members[here]), len(self._members[there]))
        if state in self._refused:
            return
        if self._agree(here, there) and not self._is_forbidden(here, there, forbidden):
            self.join(one, other)
        else:
            self._refused.add(state)

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        here, there = sorted((self._home[one], self._home[other]))
        if here == there:
            return
        for account in self._members[there]:
            self._home[account] = here
        self._members[here] = sorted([*self._members[here], *self._members.pop(there)])

    def all(self) -> tuple[frozenset[str], ...]:
        """The groups, by the smallest id in each."""
        return tuple(frozenset(self._members[name]) for name in sorted(self._members))

    def _agree(self, here: str, there: str) -> bool:
        pairs = list(product(_sample(self._members[here]), _sample(self._members[there])))
        total, n_apart = 0.0, 0
        for place, (one, other) in enumerate(pairs):
            weight = self._weigh(one, other)
            n_apart += weight <= APART
            total += max(weight, _WORST)
            left = len(pairs) - place - 1
            if n_apart > _MOST_APART * len(pairs) or total + left * _BEST < _LEAST:
                return False
        return total / len(pairs) > _LEAST

    def _weigh(self, one: str, other: str) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._weights:
            self._weights[pair] = compare(self._features[pair[0]], self._features[pair[1]])
        return self._weights[pair]

    def _is_forbidden(self, here: str, there: str, forbidden: set[frozenset[str]]) -> bool:
        if not forbidden:
            return False
        ours, theirs = set(self._members[here]), set(self._members[there])
        return any((pair & ours and pair & theirs) for pair in forbidden if pair <= (ours | theirs))


def _sample(members: list[str]) -> list[str]:
    """A few members, evenly from the whole, always the same ones."""
    if len(members) <= _SAMPLE:
        return members
    return [members[n * len(members) // _SAMPLE] for n in range(_SAMPLE)]
