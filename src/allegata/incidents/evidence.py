"""What a comparison of two accounts says: how much it weighs, and why."""

from collections.abc import Callable
from dataclasses import dataclass

from allegata.incidents.features import Features

__all__ = ["APART", "Comparison", "Evidence"]

APART = -8.0
"""Log-odds that no other evidence outweighs."""

Comparison = Callable[[Features, Features], tuple[float, str]]
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
