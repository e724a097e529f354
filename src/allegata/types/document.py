"""A document as it was read: its text, its segments, and what its metadata say."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from allegata.types.span import Span

__all__ = ["Document", "Published", "Segment", "SegmentKind"]


class SegmentKind(Enum):
    """What a stretch of a document is for. Claims are read from the first three."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BODY = "body"
    HEADER = "header"
    CAPTION = "caption"
    PROMO = "promo"
    NOTE = "note"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document with one purpose.

    Attributes:
        kind: Its purpose.
        span: Where it lies. Segments never overlap, and together cover all text but white space.
    """

    kind: SegmentKind
    span: Span


@dataclass(frozen=True, slots=True)
class Published:
    """When a document says that it was published (the document creation time, DCT).

    Attributes:
        day: The calendar day at the place of publication: 00:43+03:00 is still that day, although
            it is the day before in UTC.
        moment: Day and time with the offset as given, or None where only a day is known.
        origin: Where it was found: `given` (by the user or beside the text), `metadata`, `text`.
        evidence: The words in the text it was read from, for `text`; None otherwise.
    """

    day: date
    moment: datetime | None = None
    origin: str = "given"
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    r"""One report as it was read.

    Attributes:
        text: Decoded, newlines normalised to `\n`, nothing else changed, nothing removed. Every
            offset of a reading counts its code points.
        uri: Where it was found: a path, a path with a record (`news.jsonl#12`), or an address.
        segments: In order of the text, never overlapping, covering all text but white space.
        publisher: Whose voice the document is, or None where nothing says so.
        title: From metadata or the headline, or None.
        author: From metadata, or None.
        published: When it says that it was published, or None.
        language: BCP 47 code, or None where it could not be told.
        canonical: The address that the document gives for itself, or None.
        encoding: The encoding the bytes were decoded from, or None where the text came decoded.
        warnings: What was noticed while reading that a user should know, one sentence each
            (characters replaced, a record cut short, an unknown language).
    """

    text: str
    uri: str
    segments: tuple[Segment, ...]
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    published: Published | None = None
    language: str | None = None
    canonical: str | None = None
    encoding: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`sha256:` and the hash of the text in UTF-8: the same text always has the same id."""
        return "sha256:" + hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
