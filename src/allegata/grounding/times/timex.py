"""What a temporal expression is once it has been read."""

from dataclasses import dataclass
from enum import Enum

from allegata.types import Interval, Span

__all__ = ["Anchor", "Timex"]


class Anchor(Enum):
    """What an expression counts from."""

    ABSOLUTE = "absolute"
    """Its own words suffice: "26 April 2017", "in 2019", "the 1990s"."""
    PUBLICATION = "publication"
    """The day of publication: "yesterday", "on Saturday", "in July", "three years ago"."""
    EXPRESSION = "expression"
    """Another expression of the same text: "two days earlier", "the same day"."""
    EVENT = "event"
    """Something that happened: "four days after the attack". Left unresolved here."""


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression and the days it means.

    Attributes:
        span: The whole expression with its preposition ("on Saturday", "late on Saturday").
        interval: The days, with `span` as evidence; None where the expression is recognised but
            not resolved: no publication date, nothing to count from, a repeated time ("every
            Friday"), an impossible or ambiguous date, a feast or a day of another calendar.
        anchor: What it counts from.
        antecedent: The other expression it counts from, for `Anchor.EXPRESSION` where found.
    """

    span: Span
    interval: Interval | None
    anchor: Anchor
    antecedent: Span | None = None
