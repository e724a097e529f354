"""What every set of annotated data yields: tallies, document by document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.quality.tally import Tally

__all__ = ["Measured", "NotMeasured", "Outcome"]


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one set.

    Attributes:
        name: Of the set, as in `floors.json`.
        data: Digest of the texts and of what people marked in them.
        documents: Tallies by figure, by document.
        extra: Figures that are no tallies and have no floor, as shares of 1.
    """

    name: str
    data: str
    documents: Mapping[str, Mapping[str, Tally]]
    extra: Mapping[str, float] = field(default_factory=dict)

    def total(self, figure: str) -> Tally:
        """The tally of a figure over all documents."""
        return sum((doc[figure] for doc in self.documents.values() if figure in doc), Tally())

    def figures(self) -> list[str]:
        """Names of all figures, in the order in which they first appear."""
        return list(dict.fromkeys(name for doc in self.documents.values() for name in doc))

    def value(self, figure: str) -> float | None:
        """A figure as a share of 1, or None where it says nothing."""
        return self.extra[figure] if figure in self.extra else self.total(figure).f1


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """A set that could not be measured.

    Attributes:
        name: Of the set.
        why: One sentence without its full stop.
        absent: The data are not there, so that nobody is to blame; else something failed.
    """

    name: str
    why: str
    absent: bool


Outcome = Measured | NotMeasured
Progress = Callable[[str], None]
