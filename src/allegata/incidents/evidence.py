"""What a comparison of two accounts says: how much it weighs, and why."""

from collections.abc import Callable
from dataclasses import dataclass

from allegata.incidents.features import Features

__all__ = ["APART", "Comparison", "Evidence", "Reason"]

APART = -8.0
"""Log-odds that no other evidence outweighs."""

Reason = str | Callable[[], str]
"""Why, in words; or how to put it in words, where that takes longer than weighing."""

Comparison = Callable[[Features, Features], tuple[float, Reason]]
"""Gives log-odds that two accounts tell of one happening, and why in words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one comparison says.

    Attributes:
        name: Of the comparison.
        weight: Log-odds.
        words: Why, for people.
    """

    name: str
    weight: float
    words: str
