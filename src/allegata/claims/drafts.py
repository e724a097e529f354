"""A claim while it is being read: spans and words at hand, not yet numbered or frozen."""

from dataclasses import dataclass, field

from allegata.encoder import Analysis
from allegata.types import Span

__all__ = ["Draft"]


@dataclass(slots=True, eq=False)
class Draft:
    """A claim in the making.

    Attributes:
        analysis: The analysis it was read from; word numbers below count in it.
        cue: Words of the cue, end excluded.
        source: Who says so, or None.
        content: What is said, in order.
        probabilities: Of the spans the model marked, by role. Empty for a claim by rule.
        parent: The claim that it sits inside, None under the document's own voice.
        depth: How many claims it sits inside.
        hedge: Whether its cue is a hedge.
        is_bare: Whether nothing but the order of words makes it an attribution. It has no cue then,
            and `cue` holds the words of its source.
    """

    analysis: Analysis
    cue: tuple[int, int]
    source: Span | None
    content: tuple[Span, ...]
    probabilities: dict[str, float] = field(default_factory=dict)
    parent: "Draft | None" = None
    depth: int = 0
    hedge: bool = False
    is_bare: bool = False

    @property
    def cue_span(self) -> Span:
        """The characters of its cue, or of what stands for it."""
        return self.analysis.span(*self.cue)

    @property
    def reach(self) -> Span:
        """From the first to the last character of its content."""
        return Span(self.content[0].start, self.content[-1].end)

    def holds(self, span: Span) -> bool:
        """Whether a span lies inside its content."""
        return any(span in piece for piece in self.content)
