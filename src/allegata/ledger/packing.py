"""Readings and documents as the columns of rows, and back."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from allegata.errors import DamageError
from allegata.ledger.folding import fold
from allegata.types import Document, Published, Reading, Segment, SegmentKind, Span
from allegata.types.reading_parsing import parse_reading

__all__ = [
    "document_row",
    "number_keys",
    "pack",
    "reading_json",
    "report_id",
    "report_row",
    "rows_document",
    "storable",
    "text_of",
    "to_json",
    "unpack",
    "unpack_reading",
]

_LEVEL = 6


def to_json(value: object) -> str:
    """Canonical JSON: the same text for the same value, and nothing but ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def pack(raw: bytes) -> bytes:
    """Bytes made small."""
    return zlib.compress(raw, _LEVEL)


def unpack(packed: bytes, where: str) -> bytes:
    """Bytes that were packed.

    Args:
        packed: By `pack`.
        where: The row, for the message.

    Raises:
        DamageError: They were altered.
    """
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise DamageError(f"{where}: its bytes are damaged ({error}).") from error


def report_id(doc: Document) -> str:
    """The id of a document as one outlet published it.

    It holds all that a reading depends on, so a text found again with other metadata is another
    report of the same document, and one found again with the same is the same report.
    """
    row = report_row(doc)
    row["published"] = row["published"] and row["published"].isoformat()
    return "r" + hashlib.sha256(to_json([doc.id, row]).encode()).hexdigest()[:24]


def report_row(doc: Document) -> dict[str, Any]:
    """The columns of `report` that describe it."""
    published = doc.published
    moment = published.moment if published else None
    evidence = published.evidence if published else None
    return {
        "publisher": storable(doc.publisher),
        "title": storable(doc.title),
        "author": storable(doc.author),
        "published": published.day if published else None,
        "published_at": moment.isoformat() if moment else None,
        "published_origin": published.origin if published else None,
        "published_evidence": to_json([evidence.start, evidence.end]) if evidence else None,
        "language": doc.language,
        "segments": to_json([[s.kind.value, s.span.start, s.span.end] for s in doc.segments]),
    }


def document_row(text: str) -> dict[str, Any]:
    """The columns of `document` that hold a text.

    No database holds lone surrogates, and PostgreSQL no NUL: `text` then shows a replacement for
    them and `exact` has the bytes.
    """
    shown = "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
    exact = None if shown == text else text.encode("utf-8", "surrogatepass")
    return {"text": shown, "exact": exact, "folded": fold(text)}


def text_of(text: str, exact: bytes | None) -> str:
    """The text of a row, each character as it was read."""
    return text if exact is None else bytes(exact).decode("utf-8", "surrogatepass")


def number_keys(keys: Iterable[str]) -> tuple[int, ...]:
    """Keys as numbers of 64 bits, which take less room; sorted, each once."""
    return tuple(sorted({_number(key) for key in keys}))


def _number(key: str) -> int:
    raw = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "big", signed=True)


def storable(words: str | None) -> str | None:
    """Words that every database can hold: what none can is written as an escape."""
    if words is None:
        return None
    return words.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def rows_document(text: str, report: Row[Any], location: Row[Any]) -> Document:
    """The document as it was read, found where `location` says.

    Args:
        text: By `text_of`.
        report: A row of `report`.
        location: A row of `location`.
    """
    published = None
    if report.published is not None:
        evidence = json.loads(report.published_evidence) if report.published_evidence else None
        published = Published(
            report.published,
            datetime.fromisoformat(report.published_at) if report.published_at else None,
            report.published_origin,
            Span(*evidence) if evidence else None,
        )
    return Document(
        text=text,
        uri=location.uri,
        segments=tuple(
            Segment(SegmentKind(kind), Span(start, end))
            for kind, start, end in json.loads(report.segments)
        ),
        publisher=report.publisher,
        title=report.title,
        author=report.author,
        published=published,
        language=report.language,
        canonical=location.canonical,
        encoding=location.encoding,
        warnings=tuple(json.loads(location.warnings)),
    )


def reading_json(reading: Reading) -> bytes:
    """A reading without its document, as canonical JSON."""
    data = reading.to_dict()
    del data["document"], data["segments"]
    return to_json(data).encode()


def unpack_reading(packed: bytes, document: Document, where: str) -> Reading:
    """The reading of a document.

    Raises:
        DamageError: It was altered.
    """
    return parse_reading(json.loads(unpack(packed, where)), document)
