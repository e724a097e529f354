"""Whether confidences mean what they say: of all read at 0.8, eight in ten should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Judged", "calibration_error"]

N_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One prediction.

    Attributes:
        confidence: What the program said.
        right: How right it was: 0 or 1, or the share of annotators that bear it out.
    """

    confidence: float
    right: float


def calibration_error(judged: Sequence[Judged]) -> float | None:
    """Expected calibration error: mean distance between confidence and share of right.

    Predictions are sorted by confidence and cut into about `N_BINS` bins of equal number; those of
    one confidence stay together.

    Returns:
        Between 0 and 1, or None where nothing was predicted.
    """
    if not judged:
        return None
    ranked = sorted(judged, key=lambda one: one.confidence)
    bins: list[list[Judged]] = [[]]
    for one in ranked:
        last = bins[-1]
        if len(last) * N_BINS >= len(ranked) and one.confidence > last[-1].confidence:
            bins.append([])
        bins[-1].append(one)
    distances = (abs(sum(one.confidence - one.right for one in members)) for members in bins)
    return sum(distances) / len(ranked)
