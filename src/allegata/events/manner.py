"""How a claim puts an event: whether it happened, and whether it is real, planned or supposed."""

from allegata.encoder import Trigger
from allegata.types import Modality, Polarity

__all__ = ["modality_of", "polarity_of"]


def polarity_of(trigger: Trigger) -> Polarity:
    """Whether the text says that it happened; the denial that carries it counts too."""
    return Polarity.NEGATIVE if trigger.negative > 0.5 else Polarity.POSITIVE


def modality_of(trigger: Trigger, labels: tuple[str, ...]) -> Modality:
    """The likeliest modality of a trigger.

    Args:
        trigger: What the model sees of it.
        labels: Names of the model's modalities, in its order.
    """
    best = max(range(len(labels)), key=lambda number: trigger.modalities[number])
    return Modality(labels[best])
