"""Pairing what people marked with what was read, one to one, the most alike first."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from allegata.types import Span

__all__ = ["alike", "pair_best"]

Gold = TypeVar("Gold")
Read = TypeVar("Read")


def pair_best(
    golds: Sequence[Gold], found: Sequence[Read], likeness: Callable[[Gold, Read], float]
) -> list[tuple[int, int]]:
    """Pairs of an index into `golds` and one into `found`, in order of the first.

    Args:
        golds: What people marked.
        found: What was read.
        likeness: How alike two are; those of 0 are never paired.
    """
    ranked = sorted(
        (-value, g, f)
        for g, gold in enumerate(golds)
        for f, one in enumerate(found)
        if (value := likeness(gold, one)) > 0
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, f in ranked:
        if g not in pairs and f not in taken:
            pairs[g] = f
            taken.add(f)
    return sorted(pairs.items())


def alike(one: Span, other: Span) -> bool:
    """The same mention: half of the shorter and a quarter of the longer are shared."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter, longer = sorted((len(one), len(other)))
    return shared > 0 and shared >= 0.5 * shorter and shared >= 0.25 * longer
