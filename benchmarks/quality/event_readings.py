"""Whole readings of plain texts, for the figures that speak of events."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from allegata.errors import InputError
from allegata.reading import Reader
from allegata.types import Document, Published, Reading, Segment, SegmentKind, Span

__all__ = ["as_document", "open_reading", "read_all"]


@cache
def open_reading(weights: Path | None = None) -> Reader:
    """The reader, opened once for all figures.

    Args:
        weights: A model folder; the one that comes with allegata by default.
    """
    return Reader(weights)


def as_document(name: str, text: str, published: date | None = None) -> Document:
    """A text that is report from its first to its last character.

    Corpora hold the report alone: nothing in them is looked for that stands around one.
    """
    body = Segment(SegmentKind.BODY, Span(0, len(text)))
    day = Published(published) if published else None
    return Document(text, name, (body,), published=day, language="en")


def read_all(
    documents: Mapping[str, Document], weights: Path | None = None
) -> Mapping[str, Reading]:
    """Read documents in this process.

    Raises:
        InputError: One could not be read.
    """
    readings = {}
    for name, reading in zip(
        documents, open_reading(weights).read_many(documents.values()), strict=True
    ):
        if isinstance(reading, InputError):
            raise reading
        readings[name] = reading
    return readings
