"""Telling the format of a document by its first bytes, its name and its declared type."""

import json
import re
from enum import Enum
from pathlib import PurePath

from allegata.documents.encodings import decode
from allegata.errors import InputError

__all__ = ["Format", "has_known_name", "tell_format"]


class Format(Enum):
    """What `allegata` reads."""

    TEXT = "plain text"
    HTML = "HTML"
    JSONL = "JSONL"
    CSV = "CSV"
    FEED = "RSS or Atom"
    WARC = "WARC"
    PARQUET = "Parquet"
    PDF = "PDF"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".xml": Format.FEED,
    ".rdf": Format.FEED,
    ".warc": Format.WARC,
    ".parquet": Format.PARQUET,
    ".pdf": Format.PDF,
}

_TYPES = {
    "text/plain": Format.TEXT,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
    "application/x-ndjson": Format.JSONL,
    "application/jsonl": Format.JSONL,
    "text/csv": Format.CSV,
    "text/tab-separated-values": Format.CSV,
}

_FOREIGN = (
    (b"PK\x03\x04", "a ZIP, Office or e-book file", "Unpack it, or save it as PDF, HTML or text."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as PDF, HTML or text."),
    (b"{\\rtf", "RTF", "Save it as PDF, HTML or text."),
    (b"\x89PNG", "a PNG picture", "Pictures are not read."),
    (b"\xff\xd8\xff", "a JPEG picture", "Pictures are not read."),
    (b"GIF8", "a GIF picture", "Pictures are not read."),
    (b"\x7fELF", "a program", "Give documents."),
    (b"SQLite format 3", "an SQLite database", "Export a table as CSV or JSONL."),
    (b"\x1f\x8b", "gzip inside gzip", "Unpack it once."),
    (b"BZh", "bzip2", "Unpack it first."),
    (b"\xfd7zXZ", "xz", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "zstandard", "Unpack it first."),
)

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|title)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def has_known_name(path: PurePath) -> bool:
    """Whether a file's name says that it is of a format that is read, packed or not."""
    return _suffix(path.name) in SUFFIXES


def tell_format(head: bytes, where: str, name: str, content_type: str | None = None) -> Format:
    """Tell the format of a document.

    What the bytes prove wins over the name, the name over a declared type, and that over a guess
    from the bytes.

    Args:
        head: The first bytes, unpacked.
        where: For messages.
        name: File name, or the path of an address.
        content_type: As declared by a server, without parameters.

    Returns:
        The format.

    Raises:
        InputError: It is empty or no document.
    """
    if not head:
        raise InputError(where, "is empty.", "Check that it was written to its end.")
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"WARC/"):
        return Format.WARC
    for magic, what, hint in _FOREIGN:
        if head.startswith(magic):
            raise InputError(where, f"is {what}, which is not read.", hint)
    named = SUFFIXES.get(_suffix(name)) or _TYPES.get((content_type or "").lower())
    if named in (Format.PDF, Format.PARQUET, Format.WARC):
        raise InputError(where, f"does not begin as {named.value}.", "The file may be damaged.")
    text = decode(head).text
    if _is_binary(text):
        raise InputError(where, "is binary, not text.", "Give a document in a known format.")
    return _told_by_text(text, where, named)


def _suffix(name: str) -> str:
    lower = name.lower()
    return PurePath(lower.removesuffix(".gz")).suffix


def _told_by_text(text: str, where: str, named: Format | None) -> Format:
    start = text.lstrip()
    if named is Format.FEED and not _FEED.search(text):
        if _HTML.search(text):
            return Format.HTML
        if "<!" in text.replace("<!--", ""):
            return Format.FEED  # its reader tells what is wrong with document types
        raise InputError(where, "is XML but no RSS or Atom feed.", "Convert it to text or JSONL.")
    if named is not None:
        return named
    if start.startswith("{") and _is_object(start.split("\n")[0]):
        return Format.JSONL
    if start.startswith("<"):
        if _HTML.search(text):
            return Format.HTML
        if _FEED.search(text):
            return Format.FEED
    return Format.TEXT


def _is_object(line: str) -> bool:
    """Whether a line, perhaps cut, begins a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except RecursionError:
        return False
    except ValueError:
        return re.match(r'\{\s*"[^"\n]{1,40}"\s*:', line) is not None and len(line) > 3000


def _is_binary(text: str) -> bool:
    """Whether too much of the beginning is no text: control characters, or not decodable.

    A few NULs do not make a text binary: damaged reports hold them.
    """
    n_odd = len(_CONTROLS.findall(text)) + text.count("\ufffd") + text.count("\0")
    return n_odd * 20 > len(text) + 100
