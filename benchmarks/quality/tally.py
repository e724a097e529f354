"""Counting what is right, in a form that can be added up and drawn again."""

from dataclasses import dataclass

__all__ = ["Tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was right of what was predicted and of what should have been.

    A rate ("right in 9 of 10") has the same number on both sides, so that every figure is an F1.

    Attributes:
        right: Found and right.
        predicted: All that was found.
        gold: All that should have been found.
    """

    right: float = 0.0
    predicted: float = 0.0
    gold: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.right + other.right, self.predicted + other.predicted, self.gold + other.gold
        )

    def times(self, weight: float) -> "Tally":
        """All three counts times a weight."""
        return Tally(self.right * weight, self.predicted * weight, self.gold * weight)

    @property
    def precision(self) -> float | None:
        """Right of predicted, or None where nothing was predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Right of gold, or None where there is none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, or None where there was nothing to find or say."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else None
