"""An event belongs to the innermost claim that holds it, and saying is no event."""

import numpy as np
import pytest

from allegata.encoder import Trigger
from allegata.events.carriers import Carriers
from allegata.types import Act, Claim, Quotation, Span

TEXT = "The ministry said that rebels admitted that they had shelled the bridge. Shells fell again."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def claim(number: int, parent: str | None, cue: str | None, *content: str) -> Claim:
    return Claim(
        f"c{number}",
        parent,
        None,
        None,
        span(cue) if cue else None,
        tuple(map(span, content)),
        Act.STATE,
        Quotation.INDIRECT,
        None,
        0.9,
        "test",
    )


def trigger(words: str) -> Trigger:
    return Trigger("attack", 0, 1, span(words), 0.9, 0.9, 0.0, (1.0,), (), np.zeros(2, np.float32))


CARRIERS = Carriers.of(
    [
        claim(0, None, None),
        claim(1, "c0", "said", "that rebels admitted that they had shelled the bridge"),
        claim(2, "c1", "admitted", "that they had shelled the bridge"),
    ]
)


@pytest.mark.parametrize(
    ("words", "carrier"),
    [("shelled", "c2"), ("rebels", "c1"), ("Shells fell", "c0"), ("ministry", "c0")],
)
def test_the_innermost_claim_carries_an_event(words: str, carrier: str) -> None:
    assert CARRIERS.innermost(span(words)).id == carrier


@pytest.mark.parametrize(("words", "is_saying"), [("admitted", True), ("shelled", False)])
def test_a_cue_is_no_event(words: str, is_saying: bool) -> None:
    assert CARRIERS.is_saying(trigger(words)) is is_saying


def test_without_claims_the_own_voice_carries_everything() -> None:
    assert Carriers.of([claim(0, None, None)]).innermost(span("shelled")).id == "c0"
