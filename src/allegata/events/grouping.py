"""Which events of a document are one event in the world: episodes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from allegata.encoder import Analysis, Trigger
from allegata.events.likeness import COMPARISONS, Comparer, sightings
from allegata.types import Event

__all__ = ["Grouping", "group_events"]

_BEST = 0.75
"""How much an episode's best member counts beside the mean of all."""
_MOST_BACK = 60
"""Earlier events that one is compared with."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The weights of the comparisons.

    Attributes:
        bias: Added to their weighted sum: how rarely two events are one.
        weights: One for each of `COMPARISONS`.
        least: An event joins an episode from this mean log odds on.
    """

    bias: float
    weights: tuple[float, ...]
    least: float = 0.0

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Grouping":
        """From the numbers in the weights: least, bias, and one weight a comparison.

        Raises:
            ValueError: There are as many weights as there are not comparisons.
        """
        if len(numbers) != len(COMPARISONS) + 2:
            raise ValueError(
                f"{len(numbers)} numbers for episodes, {len(COMPARISONS) + 2} are needed"
            )
        return cls(numbers[1], tuple(numbers[2:]), numbers[0])


def group_events(
    analysis: Analysis,
    events: Sequence[Event],
    triggers: Sequence[Trigger],
    grouping: Grouping,
) -> tuple[Event, ...]:
    """Give the events of one episode the same id.

    An event joins the episode whose members it resembles most on average, or opens a new one.

    Args:
        analysis: Supplies the words.
        events: In order of the text, with arguments, counts and times.
        triggers: Theirs, in the same order.
        grouping: How comparisons are weighed.

    Returns:
        The events in the same order; episodes are numbered by their first event.
    """
    comparer = Comparer(sightings(analysis, events, triggers))
    weights = np.array(grouping.weights)
    episodes: list[list[int]] = []
    member: list[int] = []
    for at in range(len(events)):
        first = max(0, at - _MOST_BACK)
        odds = comparer.compare_before(at, first) @ weights + grouping.bias
        best = _best(odds, member[first:])
        if best is not None and best[1] > grouping.least:
            member.append(best[0])
            episodes[best[0]].append(at)
        else:
            member.append(len(episodes))
            episodes.append([at])
    return tuple(
        replace(event, episode=f"p{number + 1}")
        for event, number in zip(events, member, strict=True)
    )


def _best(odds: NDArray[np.float64], members: Sequence[int]) -> tuple[int, float] | None:
    """The episode with the highest log odds: mostly those of its best member, partly their mean."""
    if not members:
        return None
    by_episode: dict[int, list[float]] = {}
    for odd, number in zip(odds, members, strict=True):
        by_episode.setdefault(number, []).append(float(odd))
    scored = [
        ((1 - _BEST) * sum(found) / len(found) + _BEST * max(found), number)
        for number, found in by_episode.items()
    ]
    score, number = max(scored)
    return number, score
