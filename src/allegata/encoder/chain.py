"""Decoding a linear-chain CRF: the likeliest tags, and how likely each span is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chain", "Decoded"]

_LEAST = np.float32(1e-30)
"""What no path reaches counts as this much of the likeliest."""

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Tags of one window with what is needed to weigh its spans.

    Attributes:
        tags: The likeliest tags, one a word.
        forward, backward: Log scores of everything before, and after, each word and tag:
            float32 [words, tags].
        emissions: float32 [words, tags].
        total: Log score of all tag sequences together.
    """

    tags: Ints
    forward: Floats
    backward: Floats
    emissions: Floats
    total: float


class Chain:
    """Start, step and end scores of a chain.

    Args:
        start: float32 [tags].
        step: float32 [tags, tags], from one tag to the next.
        end: float32 [tags].
    """

    def __init__(self, start: Floats, step: Floats, end: Floats) -> None:
        self.start, self.step, self.end = start, step, end
        self._step_by_next = np.ascontiguousarray(step.T)
        self._likely = np.exp(step)
        self._likely_back = np.ascontiguousarray(self._likely.T)

    def decode(self, emissions: Floats, lengths: Ints) -> list[Decoded]:
        """Decode a batch of windows.

        Args:
            emissions: float32 [batch, words, tags].
            lengths: Words of each window; those behind are padding.

        Returns:
            One result a window, cut to its length.
        """
        tags = self._viterbi(emissions, lengths)
        forward = self._forward(emissions)
        backward = self._backward(emissions, lengths)
        results = []
        for row, length in enumerate(lengths):
            last = forward[row, length - 1] + self.end
            results.append(
                Decoded(
                    tags[row, :length],
                    forward[row, :length],
                    backward[row, :length],
                    emissions[row, :length],
                    float(_log_sum(last[None])[0]),
                )
            )
        return results

    def span_probability(self, decoded: Decoded, first: int, end: int) -> float:
        """Posterior probability that exactly these words carry exactly these tags."""
        tags = decoded.tags
        score = decoded.forward[first, tags[first]]
        for at in range(first + 1, end):
            score += self.step[tags[at - 1], tags[at]] + decoded.emissions[at, tags[at]]
        score += decoded.backward[end - 1, tags[end - 1]] - decoded.total
        return float(np.exp(min(0.0, score)))

    def _viterbi(self, emissions: Floats, lengths: Ints) -> Ints:
        batch, words, n_tags = emissions.shape
        best = np.empty_like(emissions)
        best[:, 0] = self.start + emissions[:, 0]
        back = np.empty(emissions.shape, dtype=np.intp)
        for t in range(1, words):
            scores = best[:, t - 1, None, :] + self._step_by_next
            back[:, t] = scores.argmax(2)
            np.add(scores.max(2), emissions[:, t], out=best[:, t])
        rows = np.arange(batch)
        inside = np.arange(words) < lengths[:, None]
        back[~inside] = np.arange(n_tags)  # behind a window's end, the last tag stays
        tags = np.empty((batch, words), dtype=np.intp)
        current = (best[rows, lengths - 1] + self.end).argmax(1)
        for t in range(words - 1, 0, -1):
            tags[:, t] = current
            current = back[rows, t, current]
        tags[:, 0] = current
        tags[~inside] = 0
        return tags

    def _forward(self, emissions: Floats) -> Floats:
        forward = np.empty_like(emissions)
        forward[:, 0] = self.start + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            forward[:, t] = _carry(forward[:, t - 1], self._likely) + emissions[:, t]
        return forward

    def _backward(self, emissions: Floats, lengths: Ints) -> Floats:
        backward = np.empty_like(emissions)
        after = np.broadcast_to(self.end, emissions[:, 0].shape)
        for t in range(emissions.shape[1] - 1, -1, -1):
            if t < emissions.shape[1] - 1:
                moved = _carry(emissions[:, t + 1] + after, self._likely_back)
                after = np.where((t + 1 < lengths)[:, None], moved, self.end)
            backward[:, t] = after
        return backward


def _carry(scores: Floats, likely: Floats) -> Floats:
    """Log scores one step further: a product of matrices, scaled so that the best score is 1.

    Args:
        scores: float32 [batch, tags].
        likely: float32 [tags, tags], the exponent of each step; 0 where the scheme forbids it.
    """
    top = scores.max(1, keepdims=True)
    carried: Floats = np.log(np.maximum(np.exp(scores - top) @ likely, _LEAST)) + top
    return carried


def _log_sum(scores: Floats) -> Floats:
    top = scores.max(-1, keepdims=True)
    summed: Floats = np.log(np.exp(scores - top).sum(-1)) + top[..., 0]
    return summed
