"""A claim: who says so, by which words, and what is said."""

from dataclasses import dataclass
from enum import Enum

from allegata.types.interval import Interval
from allegata.types.span import Span

__all__ = ["Act", "Claim", "Quotation"]


class Act(Enum):
    """What a source does by saying it."""

    STATE = "state"
    CONFIRM = "confirm"
    ADMIT = "admit"
    """Takes responsibility for its own deed."""
    DENY = "deny"
    ACCUSE = "accuse"
    PREDICT = "predict"
    DEMAND = "demand"
    THREATEN = "threaten"
    PROMISE = "promise"
    DOUBT = "doubt"
    CONDEMN = "condemn"
    ASK = "ask"


class Quotation(Enum):
    """How much of a claim's content stands inside quotation marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Claim:
    """One source-cue-content relation.

    Attributes:
        id: `c0` for the document's own voice, then `c1`, `c2`, ... in order of the text.
        parent: The claim whose content this one sits in; None for `c0` alone.
        source: The words that name who speaks, or None where nobody is named (and for `c0`).
        entity: Id of the entity that the source refers to, or None where it is unknown.
        cue: The words that make it an attribution, or None for `c0` and where only layout does.
        content: What is said, in order: several spans where the attribution interrupts it.
            Empty for `c0` alone.
        act: What the source does by saying it.
        quotation: How much of the content is quoted.
        said: When it was said, or None.
        confidence: Calibrated probability that this is a claim with this source and content.
        made_by: The step that made it and the hash of its settings and weights.
    """

    id: str
    parent: str | None
    source: Span | None
    entity: str | None
    cue: Span | None
    content: tuple[Span, ...]
    act: Act
    quotation: Quotation
    said: Interval | None
    confidence: float
    made_by: str
