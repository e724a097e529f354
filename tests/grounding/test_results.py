"""Numbers of the killed and injured that an attack takes over from its result."""

from dataclasses import replace

import pytest

from allegata.grounding.results import share_counts
from allegata.types import (
    Act,
    Claim,
    Count,
    CountKind,
    Event,
    EventKind,
    Modality,
    Polarity,
    Quotation,
)
from tests.events.marked import analyse, read_marked

OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "t")

# `{kind:trigger}`, `[2killed:a count of the second]`; counts of each event after sharing
TABLE = [
    ("Air {air_strike:strikes} {killing:killed} [2killed:ten miners].", [10], [10]),
    ("[1killed:Ten miners] were {killing:killed} in {air_strike:air strikes}.", [10], [10]),
    ("Troops {attack:stormed} a camp, {killing:killing} [2killed:ten miners].", [10], [10]),
    ("An {attack:attack} which {killing:killed} [2killed:ten miners] shook the town.", [10], [10]),
    ("A {bombing:bomb} {killing:killed} [2killed:ten miners].", [10], [10]),
    # came of something else
    ("Gunmen fled after the {shelling:shelling}, and police {killing:shot} [2killed:ten miners].",
     [], [10]),
    ("Residents condemned the {attack:raid}. Floods {killing:killed} [2killed:ten miners].",
     [], [10]),
    # no attack
    ("{protest:Protesters} {killing:killed} [2killed:ten miners].", [], [10]),
]  # fmt: skip


def _events(marked: str) -> tuple[str, list[Event]]:
    read = read_marked(marked)
    events = []
    for number, (kind, modality, trigger) in enumerate(read.triggers, 1):
        parts = read.parts.get(number, ())
        counts = tuple(Count(CountKind(role), 10, 10, None, span) for role, span in parts)
        told = (EventKind(kind), trigger, Polarity.POSITIVE, Modality(modality))
        taken = ((), None, None, counts, f"p{number}", 1.0, "t")
        events.append(Event(f"e{number}", "c0", *told, *taken))
    return read.text, events


def _lows(event: Event) -> list[int | None]:
    return [count.low for count in event.counts]


@pytest.mark.parametrize(("marked", "first", "second"), TABLE)
def test_results(marked: str, first: list[int], second: list[int]) -> None:
    text, events = _events(marked)
    shared = share_counts(events, [OWN], analyse(text))
    assert [_lows(event) for event in shared] == [first, second]


def test_a_number_of_its_own_stays() -> None:
    text, (strike, killing) = _events("Air {air_strike:strikes} {killing:killed} [2killed:ten].")
    own = replace(killing.counts[0], low=20, high=20)
    shared = share_counts([replace(strike, counts=(own,)), killing], [OWN], analyse(text))
    assert _lows(shared[0]) == [20]


@pytest.mark.parametrize(
    "other",
    [{"claim": "c1"}, {"polarity": Polarity.NEGATIVE}, {"modality": Modality.HYPOTHETICAL}],
    ids=str,
)
def test_what_is_told_otherwise_is_another_matter(other) -> None:
    text, (strike, killing) = _events("Air {air_strike:strikes} {killing:killed} [2killed:ten].")
    shared = share_counts([replace(strike, **other), killing], [OWN], analyse(text))
    assert _lows(shared[0]) == []
