"""Events as the model sees them: triggers, and the part of each word in each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allegata.encoder.layout import distance_bucket
from allegata.types import Span

__all__ = ["Part", "PartHead", "Trigger", "find_runs", "softmax"]

Floats = NDArray[np.float32]

_FAR = 300
_BUCKETS = np.array([distance_bucket(gap) for gap in range(-_FAR, _FAR + 1)])


@dataclass(frozen=True, slots=True)
class Part:
    """Words with a part in an event.

    Attributes:
        role: A role of arguments, `time`, or a kind of count (`killed`, `injured`, ...).
        first, end: The words, numbered through the analysis, end excluded.
        span: The same in characters.
        probability: Mean probability of the part over its words.
    """

    role: str
    first: int
    end: int
    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an event.

    Attributes:
        kind: What sort of event it names.
        first, end: Its words, numbered through the analysis, end excluded.
        span: The same in characters.
        probability: Probability that it names an event at all.
        kind_probability: Probability of the kind, given that it names one.
        negative: Probability that the text says that it did not happen.
        modalities: Probability of each modality, in the order of the model's labels.
        parts: Words with a part in it, in order of the text.
        point: float32 [size], of length one: triggers of one episode lie near each other.
    """

    kind: str
    first: int
    end: int
    span: Span
    probability: float
    kind_probability: float
    negative: float
    modalities: tuple[float, ...]
    parts: tuple[Part, ...]
    point: Floats


@dataclass(frozen=True, slots=True)
class PartHead:
    """The last layer of the head of parts.

    Attributes:
        distances: float32 [2 * buckets, size], added for the distance of a word from the trigger;
            the second half for words of other sentences.
        weight: float32 [tags, size].
        bias: float32 [tags].
        tags: `O`, then `B-role` and `I-role` for each role.
    """

    distances: Floats
    weight: Floats
    bias: Floats
    tags: tuple[str, ...]

    def score(self, words: Floats, trigger: Floats, at: int, first: int, end: int) -> Floats:
        """Probabilities of each word's part in one event.

        Args:
            words: float32 [words, size], what the network says of the words of a window.
            trigger: float32 [size], what it says of the trigger.
            at: The trigger's number in the window.
            first: First word of its sentence there.
            end: Its end.

        Returns:
            float32 [words, tags].
        """
        gaps = np.arange(-at, len(words) - at).clip(-_FAR, _FAR) + _FAR
        buckets = _BUCKETS[gaps]
        buckets[:first] += len(self.distances) // 2
        buckets[end:] += len(self.distances) // 2
        hidden = np.maximum(words * (1 + trigger) + trigger + self.distances[buckets], 0.0)
        return softmax(hidden @ self.weight.T + self.bias)


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers: Floats = np.exp(scores - scores.max(-1, keepdims=True))
    powers /= powers.sum(-1, keepdims=True)
    return powers


def find_runs(probabilities: Floats, tags: tuple[str, ...]) -> list[tuple[str, int, int, float]]:
    """Runs of words with one part.

    A role's words are taken together, whether they begin or go on, before they are held against
    the other roles; a run is cut where a word rather begins than goes on.

    Args:
        probabilities: float32 [words, tags], tags in pairs of `B-role`, `I-role` after `O`.
        tags: Their names.

    Returns:
        Role, first word, end, and mean probability, in order.
    """
    n_words = len(probabilities)
    roles = probabilities[:, 1:].reshape(n_words, -1, 2)
    whole = roles.sum(-1)
    best = whole.argmax(-1)
    inside = whole[np.arange(n_words), best] > probabilities[:, 0]
    if not inside.any():
        return []
    begins = roles[np.arange(n_words), best, 0] > roles[np.arange(n_words), best, 1]
    runs = []
    opened = -1
    for at in range(n_words + 1):
        here = at < n_words and bool(inside[at])
        goes_on = here and opened >= 0 and best[at] == best[opened] and not begins[at]
        if opened >= 0 and not goes_on:
            role = int(best[opened])
            sure = float(whole[opened:at, role].mean())
            runs.append((tags[1 + 2 * role][2:], opened, at, sure))
            opened = -1
        if here and not goes_on:
            opened = at
    return runs
