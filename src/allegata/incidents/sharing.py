"""Pairs of those that share a key."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["Numbers", "pairs_within", "window_pairs"]

_AT_ONCE = 1_000_000

Numbers = NDArray[np.int64]


def pairs_within(keys: Numbers, owners: Numbers, new: Numbers) -> Numbers:
    """Pairs of owners that share a key, of which at least one is new.

    Args:
        keys: A key of each row.
        owners: Who has it, by numbers below 2**31; a row is there once.
        new: Owners whose pairs are wanted.

    Returns:
        A row for each pair, the smaller number first; sorted, each once.
    """
    is_new = np.isin(owners, new)
    # What is new comes first within its key, so that each row is paired with those after it only.
    order = np.lexsort((owners, ~is_new, keys))
    keys, owners, is_new = keys[order], owners[order], is_new[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else keys[:0]
    sizes = np.diff(np.r_[starts, len(keys)])
    ends = np.repeat(starts + sizes, sizes)
    follow = np.where(is_new, ends - np.arange(len(keys)) - 1, 0)
    codes = np.zeros(0, dtype=np.int64)
    for first, last in _pieces(follow):
        count = follow[first:last]
        one = np.repeat(np.arange(first, last), count)
        step = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count) + 1
        codes = np.union1d(codes, _code(owners[one], owners[one + step]))
    return _decode(codes)


def window_pairs(ordered: Numbers, width: int) -> Numbers:
    """Pairs of those that stand at most `width` from each other in a list; as `pairs_within`."""
    found = [_code(ordered[:-step], ordered[step:]) for step in range(1, width + 1)]
    return _decode(np.unique(np.concatenate([*found, np.zeros(0, dtype=np.int64)])))


def _pieces(counts: Numbers) -> Iterator[tuple[int, int]]:
    """Stretches of rows that have so many pairs together as can be held at once."""
    total = np.cumsum(counts)
    first = 0
    while first < len(counts):
        done = int(total[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(total, done + _AT_ONCE, side="right")))
        yield first, last
        first = last


def _code(ones: Numbers, others: Numbers) -> Numbers:
    return (np.minimum(ones, others) << 32) | np.maximum(ones, others)


def _decode(codes: Numbers) -> Numbers:
    return np.stack((codes >> 32, codes & 0xFFFFFFFF), axis=1)
