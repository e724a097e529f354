"""What allegata speaks in: frozen values that check themselves and do nothing else."""

from allegata.types.claim import Act, Claim, Quotation
from allegata.types.document import Document, Published, Segment, SegmentKind
from allegata.types.entity import Alias, Entity, EntityType
from allegata.types.event import (
    Argument,
    Count,
    CountKind,
    Event,
    EventKind,
    Link,
    LinkKind,
    Modality,
    Polarity,
    Role,
)
from allegata.types.interval import Interval, Precision
from allegata.types.place import Place, PlacePrecision
from allegata.types.reading import Reading
from allegata.types.span import Span
from allegata.types.span_map import SpanMap

__all__ = [
    "Act",
    "Alias",
    "Argument",
    "Claim",
    "Count",
    "CountKind",
    "Document",
    "Entity",
    "EntityType",
    "Event",
    "EventKind",
    "Interval",
    "Link",
    "LinkKind",
    "Modality",
    "Place",
    "PlacePrecision",
    "Polarity",
    "Precision",
    "Published",
    "Quotation",
    "Reading",
    "Role",
    "Segment",
    "SegmentKind",
    "Span",
    "SpanMap",
]
