"""A toponym: words of a document that name a place, before it is known which."""

from dataclasses import dataclass
from enum import Enum

from allegata.knowledge.gazetteer import Sort

__all__ = ["Shift", "Strength", "Toponym"]


class Strength(Enum):
    """How sure it is that some words name a place, and not a person or an organisation."""

    SURE = 2
    """The model says so, or what stands around does ("the village of ...", "in ...")."""
    MAYBE = 1
    """A gazetteer has the name, and nothing speaks against it: the context must bear it out."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Where a place lies from the one that is named ("30 km south of ...", "near ...").

    Attributes:
        bearing: Degrees from north by east, or None where no direction is told.
        km: How far, or None where it is not told.
        margin_km: By so much the circle around the place widens.
        inside: Whether it is a part of the place ("the north of ..."). With a margin it is none of
            a town ("to the north of ...").
    """

    bearing: float | None
    km: float | None
    margin_km: float
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place.

    Attributes:
        first, end: Words of the name, numbered through the analysis, end excluded.
        outer_first, outer_end: The same with all that belongs to it: "the city of", "30 km south
            of", "district".
        name: The name as it is looked up.
        sort: What the noun beside it says it is, or None.
        strength: How sure it is a place.
        located: Whether a preposition of place stands before it.
        shift: Where it lies from the place that is named, or None where it is that place.
        vague: Whether it is close to a place that is not named itself ("the border with ...").
    """

    first: int
    end: int
    outer_first: int
    outer_end: int
    name: str
    sort: Sort | None
    strength: Strength
    located: bool
    shift: Shift | None = None
    vague: bool = False
