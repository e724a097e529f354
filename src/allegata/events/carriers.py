"""Which claim carries an event: the innermost one whose content holds the trigger."""

from collections.abc import Sequence
from dataclasses import dataclass

from allegata.encoder import Trigger
from allegata.types import Claim, Span, SpanMap

__all__ = ["Carriers"]


@dataclass(frozen=True, slots=True)
class Carriers:
    """The claims of a document, asked for what they hold.

    Attributes:
        own_voice: `c0`.
        pieces: Every span of every content with its claim.
        cues: The words that are cues of claims.
    """

    own_voice: Claim
    pieces: SpanMap[tuple[Span, Claim]]
    cues: SpanMap[Span]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> "Carriers":
        """Gather contents and cues."""
        pieces = [(span, claim) for claim in claims for span in claim.content]
        return cls(
            next(claim for claim in claims if claim.parent is None),
            SpanMap(
                (piece[0], piece)
                for piece in sorted(pieces, key=lambda piece: (piece[0].start, piece[0].end))
            ),
            SpanMap((claim.cue, claim.cue) for claim in claims if claim.cue is not None),
        )

    def innermost(self, span: Span) -> Claim:
        """The claim with the shortest content around a span; the own voice where none is."""
        first = Span(span.start, span.start + 1)
        around = self.pieces.overlapping(first)
        return min(around, key=lambda piece: len(piece[0]))[1] if around else self.own_voice

    def is_saying(self, trigger: Trigger) -> bool:
        """Whether a trigger is itself the cue of a claim: saying is no event."""
        return any(trigger.span in cue for cue in self.cues.overlapping(trigger.span))
