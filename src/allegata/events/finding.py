"""From triggers and their parts to events, each inside the claim that carries it."""

from collections.abc import Sequence
from dataclasses import dataclass

from allegata.encoder import Analysis, Encoder, Trigger
from allegata.events.arguments import dating_words, find_arguments, without_speaker
from allegata.events.carriers import Carriers
from allegata.events.confidence import Calibration
from allegata.events.counts import find_counts
from allegata.events.manner import modality_of, polarity_of
from allegata.types import Claim, Event, EventKind

__all__ = ["EventFinder"]


@dataclass(frozen=True)
class EventFinder:
    """Finds events, with everything that it needs opened once.

    Attributes:
        calibration: Turns probabilities of triggers into a confidence, and says from where on a
            word is taken for one.
        modalities: Names of the model's modalities, in its order.
        digest: Names the weights.
    """

    calibration: Calibration
    modalities: tuple[str, ...]
    digest: str

    @classmethod
    def open(cls, encoder: Encoder) -> "EventFinder":
        """Take from the weights what belongs to events."""
        weights = encoder.weights
        return cls(
            Calibration.of(weights.event_calibration), weights.labels.modalities, weights.digest
        )

    @property
    def name(self) -> str:
        """What made an event: this step and the weights it used."""
        return f"events@{self.digest}"

    def find(
        self, analysis: Analysis, claims: Sequence[Claim]
    ) -> tuple[tuple[Event, ...], tuple[Trigger, ...]]:
        """Find the events of a document.

        Args:
            analysis: What the model sees, triggers included.
            claims: `c0` and the others. Each event goes to the innermost one that holds it.

        Returns:
            The events in order of the text, and their triggers beside them. Place, time and
            entities are left open and every event is an episode of its own: other steps know more.
        """
        carriers = Carriers.of(claims)
        found = [
            trigger
            for trigger in analysis.triggers
            if trigger.probability >= self.calibration.least and not carriers.is_saying(trigger)
        ]
        events = tuple(
            self._event(analysis, carriers, trigger, number)
            for number, trigger in enumerate(found, start=1)
        )
        return events, tuple(found)

    def _event(
        self, analysis: Analysis, carriers: Carriers, trigger: Trigger, number: int
    ) -> Event:
        claim = carriers.innermost(trigger.span)
        kind = EventKind(trigger.kind)
        return Event(
            id=f"e{number}",
            claim=claim.id,
            kind=kind,
            trigger=trigger.span,
            polarity=polarity_of(trigger),
            modality=modality_of(trigger, self.modalities),
            arguments=without_speaker(
                find_arguments(analysis, trigger), kind, claim, analysis.text
            ),
            place=None,
            time=None,
            counts=find_counts(analysis, trigger),
            episode=f"p{number}",
            confidence=self.calibration.confidence(trigger),
            made_by=self.name,
            dated_by=dating_words(trigger),
        )
