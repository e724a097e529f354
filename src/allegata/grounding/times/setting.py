"""What an expression may count from, and what it turns out to mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from allegata.grounding.times.phrase import Phrase
from allegata.grounding.times.tense import looks_ahead
from allegata.grounding.times.timex import Anchor, Timex
from allegata.types import Interval, Span

__all__ = ["Meaning", "Resolver", "Setting", "anchor_by_shape", "is_ahead", "relation"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: see `Timex`."""

    interval: Interval | None
    anchor: Anchor
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression may count from.

    Attributes:
        dct: The publication day, or None.
        earlier: The expressions before it in the text, in order.
        stretch: Where the stretch that holds it begins.
    """

    dct: date | None
    earlier: Sequence[Timex]
    stretch: int


Resolver = Callable[[Phrase, Setting], Meaning]
"""Gives the days of phrases of one shape."""


def anchor_by_shape(phrase: Phrase) -> Anchor:
    """Whether a phrase that is not resolved names a year of its own."""
    absolute = phrase.has("YYYY", "NUMDATE", "DECADE", "CENTURY")
    return Anchor.ABSOLUTE if absolute else Anchor.PUBLICATION


def is_ahead(phrase: Phrase, *, default: bool = False) -> bool:
    """Whether a phrase lies ahead; `default` where no word shows a tense."""
    shown = looks_ahead(phrase.tokens, phrase.first, phrase.last)
    return default if shown is None else shown


def relation(phrase: Phrase) -> str:
    """Its word of the kind of "last", "this", "next"; "" where it has none."""
    return phrase.tokens.name(phrase.parts["r"][1] - 1) if "r" in phrase.parts else ""
