"""Times as intervals of days, never points."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from allegata.types.span import Span

__all__ = ["Interval", "Precision"]


class Precision(Enum):
    """How exactly an interval is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    BOUNDED = "bounded"
    """Only an outer limit is known."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The days within which something lies.

    Attributes:
        start: First day, or None where no earliest day is known.
        end: Last day, included, or None where no latest day is known.
        precision: How exactly the interval is known.
        evidence: The temporal expression it was read from, or None where it follows from the
            publication date alone.
    """

    start: date | None
    end: date | None
    precision: Precision
    evidence: Span | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"an interval that ends before it starts: {self.start} to {self.end}")
