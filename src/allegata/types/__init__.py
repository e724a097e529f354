"""What allegata speaks in: frozen values that check themselves and do nothing else."""

from allegata.types.claim import Act, Claim, Quotation
from allegata.types.document import Document, Published, Segment, SegmentKind
from allegata.types.entity import Alias, Entity, EntityType
from allegata.types.interval import Interval, Precision
from allegata.types.reading import Reading
from allegata.types.span import Span

__all__ = [
    "Act",
    "Alias",
    "Claim",
    "Document",
    "Entity",
    "EntityType",
    "Interval",
    "Precision",
    "Published",
    "Quotation",
    "Reading",
    "Segment",
    "SegmentKind",
    "Span",
]
