"""The confidence of an event, from the probabilities of its trigger."""

import math
from dataclasses import dataclass

from allegata.encoder import Trigger

__all__ = ["Calibration"]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over the log odds of a trigger and of its kind.

    Attributes:
        bias, trigger, kind: Its numbers, fitted on passages that were kept apart.
        least: A word is taken for a trigger from this probability on.
    """

    bias: float = 0.0
    trigger: float = 1.0
    kind: float = 0.0
    least: float = 0.5

    @classmethod
    def of(cls, numbers: tuple[float, ...]) -> "Calibration":
        """From the numbers in the weights, or the plain probability where there are none."""
        return cls(*numbers) if numbers else cls()

    def confidence(self, trigger: Trigger) -> float:
        """Probability that this is an event of this kind."""
        raw = (
            self.bias
            + self.trigger * log_odds(trigger.probability)
            + self.kind * log_odds(trigger.kind_probability)
        )
        return 1 / (1 + math.exp(-raw))


def log_odds(probability: float) -> float:
    """Of a probability, held away from certainty."""
    held = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(held / (1 - held))
