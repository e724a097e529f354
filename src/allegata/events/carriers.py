"""Which claim carries an event: the innermost one whose content holds the trigger."""

from collections.abc import Sequence
from dataclasses import dataclass

from allegata.encoder import Trigger
from allegata.types import Claim, Span

__all__ = ["Carriers"]


@dataclass(frozen=True, slots=True)
class Carriers:
    """The claims of a document, asked for what they hold.

    Attributes:
        own_voice: `c0`.
        pieces: Every span of every content with its claim, in order of their start.
        cues: The words that are cues of claims.
    """

    own_voice: Claim
    pieces: tuple[tuple[Span, Claim], ...]
    cues: tuple[Span, ...]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> "Carriers":
        """Gather contents and cues."""
        pieces = [(span, claim) for claim in claims for span in claim.content]
        return cls(
            next(claim for claim in claims if claim.parent is None),
            tuple(sorted(pieces, key=lambda piece: (piece[0].start, piece[0].end))),
            tuple(claim.cue for claim in claims if claim.cue is not None),
        )

    def innermost(self, span: Span) -> Claim:
        """The claim with the shortest content around a span; the own voice where none is."""
        around = [
            (len(piece), number)
            for number, (piece, _) in enumerate(self.pieces)
            if piece.start <= span.start < piece.end
        ]
        return self.pieces[min(around)[1]][1] if around else self.own_voice

    def is_saying(self, trigger: Trigger) -> bool:
        """Whether a trigger is itself the cue of a claim: saying is no event."""
        return any(trigger.span in cue for cue in self.cues)
