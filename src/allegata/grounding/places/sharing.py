"""Events that tell no place and happened where another event of their sentence did."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from allegata.encoder import Analysis
from allegata.types import Event, Place, PlacePrecision

__all__ = ["FINENESS", "share_places"]

FINENESS: Mapping[PlacePrecision | None, int] = {
    PlacePrecision.EXACT: 0,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.DISTRICT: 2,
    PlacePrecision.PROVINCE: 3,
    PlacePrecision.COUNTRY: 4,
    None: 5,
}
"""Places in order of how exactly they are known."""

_JOINED = ("compound", "flat", "fixed", "aux", "aux:pass", "cop")
"""Relations by which a word is only a part of what its head names or joins."""


def share_places(events: Sequence[Event], analysis: Analysis) -> tuple[Event, ...]:
    """Give events without a place, or with a country alone, that of an event tied to them.

    Two events of one claim and one sentence are tied where they share words of an argument, where
    the trigger of one governs that of the other, or where both hang on one word: "air strikes kill
    ten in Homs" tells of both where they were.

    Args:
        events: With the places that their own arguments name.
        analysis: Of their document.

    Returns:
        The events in the same order.
    """
    words = [_word_at(analysis, event.trigger.start) for event in events]
    here: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        if word is not None:
            here.setdefault(analysis.sentence_of[word], []).append(at)
    placed = []
    for at, event in enumerate(events):
        word = words[at]
        near = [
            other.place
            for number in (here[analysis.sentence_of[word]] if word is not None else ())
            if number != at
            and (other := events[number]).claim == event.claim
            and other.place is not None
            and _is_finer(other.place, event.place)
            and _are_tied(analysis, (event, words[at]), (other, words[number]))
        ]
        finest = min(near, key=lambda place: FINENESS[place.precision], default=event.place)
        placed.append(event if finest is event.place else replace(event, place=finest))
    return tuple(placed)


def _word_at(analysis: Analysis, start: int) -> int | None:
    """The word that a character lies in."""
    at = bisect_right(analysis.words, start, key=lambda word: word[0]) - 1
    return at if at >= 0 and start < analysis.words[at][1] else None


def _is_finer(place: Place, own: Place | None) -> bool:
    """Whether a place says more than an event's own, and nothing else."""
    if place.latitude is None or place.precision is PlacePrecision.COUNTRY:
        return own is None and place.latitude is not None
    if own is None or own.latitude is None:
        return own is None
    return own.precision is PlacePrecision.COUNTRY and place.country in (own.country, None)


def _are_tied(
    analysis: Analysis, one: tuple[Event, int | None], other: tuple[Event, int | None]
) -> bool:
    """Whether the words of a sentence tie two events."""
    (event, word), (another, there) = one, other
    if word is None or there is None or analysis.sentence_of[word] != analysis.sentence_of[there]:
        return False
    if any(a.span.overlaps(b.span) for a in event.arguments for b in another.arguments):
        return True
    mine, others = _heads(analysis, word), _heads(analysis, there)
    return word in others or there in mine or mine[-1] == others[-1]


def _heads(analysis: Analysis, word: int) -> list[int]:
    """A word, what it is joined to or part of, and then what that hangs on, if anything."""
    sentence = analysis.sentences[analysis.sentence_of[word]]
    tree = sentence.tree
    found, at = [word], word
    for _ in range(len(tree.heads)):
        relation = tree.relations[at - sentence.first]
        head = tree.heads[at - sentence.first]
        if head == at:
            break
        found.append(head)
        at = head
        if relation not in _JOINED:
            break
    return found
