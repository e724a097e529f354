"""What whoever exports may choose."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

__all__ = ["Fatalities", "Options"]


class Fatalities(Enum):
    """What stands where a format wants one number of dead, and sources differ."""

    BLANK = "blank"
    """Nothing: the numbers of each source stand beside it."""
    LOW = "low"
    """The lowest that a source last gave, as ACLED's code book has it."""
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen.

    Attributes:
        fatalities: How one number is made of several. None is made where nobody chose.
        raw: Leave cells as they are that a spreadsheet would take for a formula.
        key: An SSH key that signs the manifest of an evidence package.
        is_public: Withhold names of people, numbers, addresses and exact places.
    """

    fatalities: Fatalities = Fatalities.BLANK
    raw: bool = False
    key: Path | None = None
    is_public: bool = False
