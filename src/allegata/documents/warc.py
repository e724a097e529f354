"""WARC: the pages in a web archive, each record checked."""

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from allegata.documents.encodings import decode
from allegata.documents.found import Found, Results, normalise_newlines
from allegata.documents.gzip_members import MAGIC, GzipStream
from allegata.documents.html_pages import found_from, isolate_page
from allegata.documents.lines import read_all
from allegata.documents.opening import Opened
from allegata.documents.warc_frames import Frame, cut_packed, cut_plain
from allegata.errors import InputError

__all__ = ["read_warc"]

_HTML = ("text/html", "application/xhtml+xml")
_DIGEST = re.compile(rb"^WARC-Block-Digest:\s*(sha1|sha256|md5):([\w=+/-]+)\s*$", re.M | re.I)


def read_warc(source: Opened) -> Results:
    """Read the pages of an archive, packed or not.

    Yields:
        A document for each page that was answered in full (HTML, plain text or PDF), and an
        error with its byte for each record that is damaged.

    Raises:
        InputError: There was no page and no damage either.
    """
    cut = cut_packed if source.peek(3) == MAGIC else cut_plain
    n_given = 0
    for frame in cut(source.stream, source.where, source.intake.max_bytes):
        for found in [frame] if isinstance(frame, InputError) else _read_frame(source, frame):
            n_given += 1
            yield found
    if not n_given:
        raise InputError(
            source.where, "holds no page.", "Only HTML, plain text and PDF records are read."
        )


def _read_frame(source: Opened, frame: Frame) -> Iterator[Found | InputError]:
    where = f"{source.where}#{frame.start}"
    try:
        found = _read_record(source, frame, where)
    except InputError as error:
        yield InputError(where, error.what, error.hint)
        return
    if found is not None:
        yield found


def _read_record(source: Opened, frame: Frame, where: str) -> Found | None:
    """The document in a record; None where it holds no page."""
    from fastwarc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    archive = ArchiveIterator(
        io.BytesIO(frame.head + frame.block + b"\r\n\r\n"),
        record_types=wanted,
        parse_http=True,
        auto_decode="transfer",
    )
    try:
        record = next(iter(archive), None)
        if record is None:
            return None
        http = record.http_headers
        if http is not None and http.status_code not in (None, 200):
            return None
        kind = (record.http_content_type if http else record.headers.get("Content-Type")) or ""
        kind = kind.split(";")[0].strip().lower()
        if kind not in (*_HTML, "text/plain", "application/pdf"):
            return None
        raw = record.reader.read()
        packing = (http.get("Content-Encoding") if http else None) or ""
        charset, address = record.http_charset, record.headers.get("WARC-Target-URI")
        cut = record.headers.get("WARC-Truncated")
    except (OSError, ValueError) as error:
        raise InputError(where, f"holds a damaged record ({str(error)[:80]}).") from error
    raw = _unpack(raw, packing.strip().lower(), where, source.intake.max_bytes)
    found = _read_payload(source, kind, raw, where, charset)
    return replace(
        found,
        canonical=found.canonical or address,
        warnings=found.warnings + _doubts(frame, cut),
        raw=raw,
    )


def _read_payload(source: Opened, kind: str, raw: bytes, where: str, charset: str | None) -> Found:
    if not raw.strip():
        raise InputError(where, "is empty.", "The archive holds no content for this page.")
    if kind in _HTML:
        return isolate_page(source, raw, where, charset)
    if kind == "text/plain":
        decoded = decode(raw, charset)
        text = normalise_newlines(decoded.text)
        return Found(text, where, encoding=decoded.encoding, warnings=decoded.warnings)
    options = {"path": "", "max_bytes": source.intake.max_bytes}
    return found_from(source.isolation.run_one("pdf", where, options, raw), where, None)


def _unpack(raw: bytes, packing: str, where: str, cap: int) -> bytes:
    """Undo the packing for transport."""
    if packing in ("", "identity") or (packing == "gzip" and not raw.startswith(MAGIC)):
        return raw
    if packing in ("gzip", "x-gzip"):
        stream = io.BufferedReader(GzipStream(io.BytesIO(raw), where))
        return read_all(stream, where, cap)
    raise InputError(where, f"is packed as {packing[:20]!r}, which is not read.")


def _doubts(frame: Frame, cut: str | None) -> tuple[str, ...]:
    doubts = []
    if cut:
        why = ascii(cut[:40])[1:-1]
        doubts.append(f"The archive holds only part of the page (WARC-Truncated: {why}).")
    match = _DIGEST.search(frame.head)
    if match is not None and not _proves(match, frame.block):
        doubts.append("The record does not match its digest: it was altered after archiving.")
    return tuple(doubts)


def _proves(match: re.Match[bytes], block: bytes) -> bool:
    """Whether a digest, in base 32 or hexadecimal, is that of the block."""
    digest = hashlib.new(match[1].decode().lower(), block, usedforsecurity=False)
    stated = match[2].decode().rstrip("=")
    base32 = base64.b32encode(digest.digest()).decode().rstrip("=")
    return stated.upper() == base32 or stated.lower() == digest.hexdigest()
