"""The options of an ingestion, what it tells while it runs, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from allegata.documents import Intake
from allegata.ledger import Ledger
from allegata.reading import MOST_SECONDS, UsersKnowledge

__all__ = ["Building", "Options", "Outcome", "Progress", "Silent", "Unbuilt"]


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are brought into a ledger.

    Attributes:
        intake: How documents are read from their bytes.
        knowledge: The user's own gazetteers and actors.
        weights: A folder of weights, those that come with allegata by default.
        n_processes: Processes that read; this one writes.
        seconds: The longest that one document may take to read.
        batch_size: The most results that are kept at once.
        batch_seconds: The longest that a result waits to be kept.
    """

    intake: Intake = field(default_factory=Intake)
    knowledge: UsersKnowledge = field(default_factory=UsersKnowledge)
    weights: Path | None = None
    n_processes: int = 1
    seconds: float = MOST_SECONDS
    batch_size: int = 50
    batch_seconds: float = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sources, or has come of them so far.

    Attributes:
        n_read: Documents that were read and kept.
        n_known: Documents that the ledger had read already.
        n_found_anew: Documents that the ledger had and that were found at one more place.
        n_set_aside: Inputs that could not be read.
        n_new_faults: Those among them that had not been set aside for the same reason before.
    """

    n_read: int = 0
    n_known: int = 0
    n_found_anew: int = 0
    n_set_aside: int = 0
    n_new_faults: int = 0

    @property
    def n_done(self) -> int:
        """All that is done with."""
        return self.n_read + self.n_known + self.n_set_aside

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.n_read + other.n_read,
            self.n_known + other.n_known,
            self.n_found_anew + other.n_found_anew,
            self.n_set_aside + other.n_set_aside,
            self.n_new_faults + other.n_new_faults,
        )


class Progress(Protocol):
    """Who is told how far an ingestion is. Rate and time left are for them to reckon."""

    def advance(self, n_bytes: int) -> None:
        """So many more bytes of the sources were read. Told from another thread."""

    def tell(self, outcome: Outcome) -> None:
        """Something was done; `outcome` is all so far."""


class Silent:
    """Progress that nobody is told."""

    def advance(self, n_bytes: int) -> None:
        """Nobody is told."""

    def tell(self, outcome: Outcome) -> None:
        """Nobody is told."""


class Building(Protocol):
    """What is built from readings as they are kept, such as incidents.

    A process may be killed between keeping readings and building from them: whoever builds knows
    by the ledger itself what is still to be done, and does it in `finish` at the latest.
    """

    def after_batch(self, ledger: Ledger, readings: Sequence[int]) -> None:
        """A batch was kept.

        Args:
            ledger: Where; no transaction is open.
            readings: Numbers of the readings that are new in it, perhaps none.
        """

    def finish(self, ledger: Ledger) -> None:
        """All sources are done with."""


class Unbuilt:
    """Nothing is built."""

    def after_batch(self, ledger: Ledger, readings: Sequence[int]) -> None:
        """Nothing is built."""

    def finish(self, ledger: Ledger) -> None:
        """Nothing is built."""
