"""How sure the reading is of a claim: probabilities of its spans, calibrated."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Calibration", "log_odds"]

_ROLES = ("cue", "source", "content")
_BY_RULE = 0.8
"""For claims by rule, which the model gives no probability: of 36 of them in the tables of
`tests/claims` 30 were right, of the 21 in the part that no rule was written from 16."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over the log odds of a claim's spans.

    Fitted by `training.calibrate` on documents that the weights were not trained on.

    Attributes:
        bias: Its constant.
        weights: One for each role: cue, source, content.
        absent: What stands for the log odds of a role without a span.
    """

    bias: float = 0.0
    weights: tuple[float, ...] = (1.0, 0.0, 0.0)
    absent: float = 0.0

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Calibration":
        """From its five numbers; the probability of the cue alone where there are none."""
        if len(numbers) != len(_ROLES) + 2:
            return cls()
        return cls(numbers[0], tuple(numbers[1:4]), numbers[4])

    def confidence(self, probabilities: Mapping[str, float]) -> float:
        """A calibrated probability that the claim has this source and content.

        Args:
            probabilities: Of its spans by role; empty for a claim that a rule found.
        """
        if not probabilities:
            return _BY_RULE
        total = self.bias
        for role, weight in zip(_ROLES, self.weights, strict=True):
            total += weight * (
                log_odds(probabilities[role]) if role in probabilities else self.absent
            )
        return 1 / (1 + math.exp(-total))


def log_odds(probability: float) -> float:
    """The log odds of a probability, kept within 1 in 10,000."""
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))
