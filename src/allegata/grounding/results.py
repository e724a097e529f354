"""Counts of what came of an attack, told in the sentence that tells of the attack."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from allegata.encoder import Analysis
from allegata.grounding.syntax import Syntax
from allegata.types import Claim, Count, CountKind, Event, EventKind

__all__ = ["share_counts"]

_MEANS = frozenset(
    {
        EventKind.CHEMICAL_ATTACK,
        EventKind.SHELLING,
        EventKind.AIR_STRIKE,
        EventKind.BOMBING,
        EventKind.SHOOTING,
        EventKind.CLASH,
        EventKind.ATTACK,
        EventKind.EXPLOSION,
    }
)
_RESULTS = {EventKind.KILLING: CountKind.KILLED, EventKind.HARM: CountKind.INJURED}
_FARTHEST = 2
"""How many bonds may lie between an attack and its result."""


def share_counts(
    events: Sequence[Event], claims: Sequence[Claim], analysis: Analysis
) -> tuple[Event, ...]:
    """Give attacks the numbers of the killed and injured that their sentence gives as their result.

    "Air strikes killed ten" counts ten killed for the killing and for the air strikes. A result
    belongs to an attack of the same claim, polarity and modality that tells of the same happening;
    an attack with a number of the kind keeps its own.

    Args:
        events: With their counts, in any order.
        claims: Of the same document.
        analysis: Supplies the syntax.

    Returns:
        The events in the same order.
    """
    syntax = Syntax(analysis, events, claims)
    results: dict[int, list[tuple[int, Event]]] = {}
    for event in events:
        found = syntax.find(event.trigger) if event.kind in _RESULTS and event.counts else None
        if found is not None:
            results.setdefault(found[0], []).append((found[1], event))
    return tuple(_with_results(event, syntax, results) for event in events)


def _with_results(
    event: Event, syntax: Syntax, results: Mapping[int, list[tuple[int, Event]]]
) -> Event:
    found = syntax.find(event.trigger) if event.kind in _MEANS and results else None
    if found is None or found[0] not in results:
        return event
    sentence, word = found
    near = _near(syntax, sentence, word)
    own = {count.kind for count in event.counts}
    added: list[Count] = []
    for at, result in results[sentence]:
        if at in near and _agree(event, result):
            kind = _RESULTS[result.kind]
            added += [one for one in result.counts if one.kind is kind and kind not in own]
    unique = dict.fromkeys([*event.counts, *added])
    counts = sorted(unique, key=lambda count: (count.evidence, count.kind.value))
    return replace(event, counts=tuple(counts))


def _near(syntax: Syntax, sentence: int, word: int) -> set[int]:
    """The words that tell of the same happening as a word."""
    happenings = syntax.sentence(sentence)
    found = {word}
    if happenings.is_brought_about(word):
        return found
    for _ in range(_FARTHEST):
        found |= {bond.word for at in found for bond in happenings.bonds(at) if not bond.leading}
    return found


def _agree(event: Event, result: Event) -> bool:
    mine = (event.claim, event.polarity, event.modality)
    return mine == (result.claim, result.polarity, result.modality)
