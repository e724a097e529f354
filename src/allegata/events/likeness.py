"""How alike two events of one document are: a list of small comparisons, each with a weight.

The weights are fitted by `training.calibrate` on annotated passages and lie beside the model's
other numbers.
"""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from allegata.encoder import Analysis, Trigger
from allegata.types import Event, EventKind, Polarity, Role

__all__ = ["COMPARISONS", "Comparer", "Sighting", "compare"]

_VIOLENT = frozenset(
    EventKind(name)
    for name in (
        "attack bombing shelling air_strike chemical_attack shooting explosion clash killing harm"
        " destruction"
    ).split()
)
_RESULTS = frozenset((EventKind.KILLING, EventKind.HARM, EventKind.DESTRUCTION))
_KNOWN = frozenset("the this that these those his her its their".split())
_NEW = frozenset("a an another other more new further fresh second".split())
_EMPTY = frozenset(
    "the a an of in at on by and or to for from with his her its their he she it they them him"
    " people person man men woman women others who".split()
)
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sighting:
    """An event with what its comparison needs, computed once."""

    event: Event
    trigger: Trigger
    analysis: Analysis

    @cached_property
    def sentence(self) -> int:
        """Number of its sentence."""
        return self.analysis.sentence_of[self.trigger.first]

    @cached_property
    def stem(self) -> str:
        """The first letters of its trigger, without most endings."""
        word = self.analysis.word(self.trigger.first).lower()
        return word[: max(4, len(word) - 3)] if len(word) > 4 else word

    @cached_property
    def words(self) -> dict[Role, frozenset[str]]:
        """Words of its arguments by role, without those that tell nothing."""
        found: dict[Role, set[str]] = {}
        for argument in self.event.arguments:
            words = argument.span.words(self.analysis.text).lower().replace("'s", "").split()
            found.setdefault(argument.role, set()).update(w.strip(",.\"'()") for w in words)
        return {role: frozenset(words - _EMPTY) for role, words in found.items()}

    @cached_property
    def places(self) -> frozenset[str]:
        """Words of all arguments that say where."""
        return frozenset().union(
            *(self.words.get(r, ()) for r in (Role.PLACE, Role.ORIGIN, Role.DESTINATION))
        )

    @cached_property
    def actors(self) -> frozenset[str]:
        """Words of who did it."""
        return self.words.get(Role.ACTOR, _NOTHING)

    @cached_property
    def targets(self) -> frozenset[str]:
        """Words of whom it struck."""
        return self.words.get(Role.TARGET, _NOTHING)

    @cached_property
    def is_violent(self) -> bool:
        """Whether it is an act of violence, or the result of one."""
        return self.event.kind in _VIOLENT

    @cached_property
    def is_result(self) -> bool:
        """Whether it is what an act led to."""
        return self.event.kind in _RESULTS

    @cached_property
    def counts(self) -> frozenset[tuple[str, int | None, int | None]]:
        """What it counts, low and high."""
        return frozenset((one.kind.value, one.low, one.high) for one in self.event.counts)

    @cached_property
    def is_dated(self) -> bool:
        """Whether words of the text say when."""
        return self.event.time is not None and self.event.time.evidence is not None

    @cached_property
    def determiner(self) -> str:
        """A word just before a nominal trigger, or two before it."""
        if self.analysis.upos[self.trigger.first] != "NOUN":
            return ""
        first = self.analysis.sentences[self.sentence].first
        before = [
            self.analysis.word(at).lower()
            for at in range(max(first, self.trigger.first - 3), self.trigger.first)
        ]
        return next((word for word in reversed(before) if word in _KNOWN or word in _NEW), "")


Comparison = Callable[[Sighting, Sighting], float]


def are_near_for_the_model(a: Sighting, b: Sighting) -> float:
    """How near the model puts the two triggers, from -1 to 1."""
    return float(a.trigger.point @ b.trigger.point)


def have_one_word(a: Sighting, b: Sighting) -> float:
    """Whether their triggers are forms of one word."""
    return float(a.stem == b.stem)


def have_one_kind(a: Sighting, b: Sighting) -> float:
    """Whether they are of one kind."""
    return float(a.event.kind is b.event.kind)


def are_both_violent(a: Sighting, b: Sighting) -> float:
    """Whether both are acts of violence, or results of such, of different kinds."""
    return float(a.event.kind is not b.event.kind and a.is_violent and b.is_violent)


def are_of_different_sorts(a: Sighting, b: Sighting) -> float:
    """Whether their kinds differ and are not both of violence."""
    return float(a.event.kind is not b.event.kind and not (a.is_violent and b.is_violent))


def are_act_and_result(a: Sighting, b: Sighting) -> float:
    """Whether one sentence tells of an act and of its result."""
    one_is = a.is_result is not b.is_result
    return float(one_is and a.sentence == b.sentence and are_both_violent(a, b))


def are_two_results(a: Sighting, b: Sighting) -> float:
    """Whether one sentence tells of two different results."""
    both = a.is_result and b.is_result
    return float(both and a.sentence == b.sentence and a.event.kind is not b.event.kind)


def stand_in_one_sentence(a: Sighting, b: Sighting) -> float:
    """Whether they do."""
    return float(a.sentence == b.sentence)


def are_far_apart(a: Sighting, b: Sighting) -> float:
    """Sentences between them, on a scale that flattens."""
    return math.log1p(abs(a.sentence - b.sentence))


def is_referred_back_to(_: Sighting, b: Sighting) -> float:
    """Whether the later one is spoken of as known ("the attack")."""
    return float(b.determiner in _KNOWN)


def is_introduced(_: Sighting, b: Sighting) -> float:
    """Whether the later one is spoken of as new ("another attack")."""
    return float(b.determiner in _NEW)


def share_actor(a: Sighting, b: Sighting) -> float:
    """Share of words of the shorter actor that both have."""
    return _shared(a.actors, b.actors)


def differ_in_actor(a: Sighting, b: Sighting) -> float:
    """Whether both have an actor and no word of them in common."""
    return _differ(a.actors, b.actors)


def share_target(a: Sighting, b: Sighting) -> float:
    """Share of words of the shorter target that both have."""
    return _shared(a.targets, b.targets)


def differ_in_target(a: Sighting, b: Sighting) -> float:
    """Whether both have a target and no word of them in common."""
    return _differ(a.targets, b.targets)


def share_place(a: Sighting, b: Sighting) -> float:
    """Share of words of the shorter place that both have."""
    return _shared(a.places, b.places)


def differ_in_place(a: Sighting, b: Sighting) -> float:
    """Whether both have a place and no word of them in common."""
    return _differ(a.places, b.places)


def differ_in_manner(a: Sighting, b: Sighting) -> float:
    """Whether one is real and the other planned, supposed or a habit."""
    return float(a.event.modality is not b.event.modality)


def differ_in_polarity(a: Sighting, b: Sighting) -> float:
    """Whether only one is said not to have happened."""
    negative = (a.event.polarity is Polarity.NEGATIVE) != (b.event.polarity is Polarity.NEGATIVE)
    return float(negative)


def share_count(a: Sighting, b: Sighting) -> float:
    """Whether they have a count in common."""
    return float(not a.counts.isdisjoint(b.counts))


def differ_in_count(a: Sighting, b: Sighting) -> float:
    """Whether both count the same sort of harm, with no number in common."""
    if not a.counts or not b.counts or not a.counts.isdisjoint(b.counts):
        return 0.0
    return float(bool({kind for kind, _, _ in a.counts} & {kind for kind, _, _ in b.counts}))


def differ_in_time(a: Sighting, b: Sighting) -> float:
    """Whether both are dated and their days never meet."""
    return float(a.is_dated and b.is_dated and not _meet(a, b))


def share_time(a: Sighting, b: Sighting) -> float:
    """Whether both are dated, and alike."""
    one, other = a.event.time, b.event.time
    same = (
        one is not None and other is not None and (one.start, one.end) == (other.start, other.end)
    )
    return float(a.is_dated and b.is_dated and same)


COMPARISONS: tuple[Comparison, ...] = (
    are_near_for_the_model,
    have_one_word,
    have_one_kind,
    are_both_violent,
    are_of_different_sorts,
    are_act_and_result,
    are_two_results,
    stand_in_one_sentence,
    are_far_apart,
    is_referred_back_to,
    is_introduced,
    share_actor,
    differ_in_actor,
    share_target,
    differ_in_target,
    share_place,
    differ_in_place,
    differ_in_manner,
    differ_in_polarity,
    share_count,
    differ_in_count,
    differ_in_time,
    share_time,
)


def compare(a: Sighting, b: Sighting) -> list[float]:
    """All comparisons of two events, `a` before `b` in the text."""
    return [comparison(a, b) for comparison in COMPARISONS]


class Comparer:
    """Compares each event of a document with all before it at once.

    It gives the same numbers as `compare` does pair by pair: only what two sets of words have in
    common is worked out for single pairs, and only where both have words.

    Args:
        seen: The events in order of the text.
    """

    def __init__(self, seen: Sequence[Sighting]) -> None:
        self._seen = seen
        self._points = np.array([one.trigger.point for one in seen])
        self._stems = _numbered([one.stem for one in seen])
        self._kinds = _numbered([one.event.kind for one in seen])
        self._modalities = _numbered([one.event.modality for one in seen])
        self._sentences = np.array([one.sentence for one in seen])
        self._violent = np.array([one.is_violent for one in seen])
        self._results = np.array([one.is_result for one in seen])
        self._negative = np.array([one.event.polarity is Polarity.NEGATIVE for one in seen])
        self._dated = np.array([one.is_dated for one in seen])
        self._counted = np.array([bool(one.counts) for one in seen])
        self._with_actor = np.array([bool(one.actors) for one in seen])
        self._with_target = np.array([bool(one.targets) for one in seen])
        self._with_place = np.array([bool(one.places) for one in seen])

    def compare_before(self, at: int, first: int) -> NDArray[np.float64]:
        """Compare the events from `first` on with the one at `at`, which is behind them.

        Returns:
            float64 [at - first, comparisons], in the order of `COMPARISONS`.
        """
        back = slice(first, at)
        later = self._seen[at]
        kinds = self._kinds[back] == self._kinds[at]
        violent = ~kinds & self._violent[back] & self._violent[at]
        sentences = self._sentences[back] == self._sentences[at]
        results = self._results[back]
        columns: dict[Comparison, NDArray[np.generic] | float] = {
            are_near_for_the_model: self._points[back] @ later.trigger.point,
            have_one_word: self._stems[back] == self._stems[at],
            have_one_kind: kinds,
            are_both_violent: violent,
            are_of_different_sorts: ~kinds & ~violent,
            are_act_and_result: sentences & violent & (results != self._results[at]),
            are_two_results: sentences & ~kinds & results & self._results[at],
            stand_in_one_sentence: sentences,
            are_far_apart: np.log1p(np.abs(self._sentences[back] - self._sentences[at])),
            is_referred_back_to: is_referred_back_to(later, later),
            is_introduced: is_introduced(later, later),
            differ_in_manner: self._modalities[back] != self._modalities[at],
            differ_in_polarity: self._negative[back] != self._negative[at],
            **self._pairwise(at, first, self._with_actor, share_actor, differ_in_actor),
            **self._pairwise(at, first, self._with_target, share_target, differ_in_target),
            **self._pairwise(at, first, self._with_place, share_place, differ_in_place),
            **self._pairwise(at, first, self._counted, share_count, differ_in_count),
            **self._pairwise(at, first, self._dated, share_time, differ_in_time),
        }
        found = np.empty((at - first, len(COMPARISONS)))
        for number, comparison in enumerate(COMPARISONS):
            found[:, number] = columns[comparison]
        return found

    def _pairwise(
        self, at: int, first: int, has: NDArray[np.bool_], *comparisons: Comparison
    ) -> dict[Comparison, NDArray[np.generic] | float]:
        """Comparisons that are 0 unless both events have something."""
        if not has[at]:
            return dict.fromkeys(comparisons, 0.0)
        pairs = np.flatnonzero(has[first:at])
        columns: dict[Comparison, NDArray[np.generic] | float] = {}
        for comparison in comparisons:
            column = np.zeros(at - first)
            for number in pairs:
                column[number] = comparison(self._seen[int(first + number)], self._seen[at])
            columns[comparison] = column
        return columns


def _numbered(values: Sequence[Hashable]) -> NDArray[np.intp]:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.intp)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def _differ(one: frozenset[str], other: frozenset[str]) -> float:
    return float(bool(one) and bool(other) and one.isdisjoint(other))


def _meet(a: Sighting, b: Sighting) -> bool:
    one, other = a.event.time, b.event.time
    if one is None or other is None:
        return True
    apart = (one.end and other.start and one.end < other.start) or (
        other.end and one.start and other.end < one.start
    )
    return not apart


def sightings(
    analysis: Analysis, events: Sequence[Event], triggers: Sequence[Trigger]
) -> list[Sighting]:
    """Events beside their triggers."""
    return [
        Sighting(event, trigger, analysis) for event, trigger in zip(events, triggers, strict=True)
    ]
