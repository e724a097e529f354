"""Plain text: one file, one document."""

from allegata.documents.encodings import decode
from allegata.documents.found import Found, Results, normalise_newlines
from allegata.documents.lines import read_all
from allegata.documents.opening import Opened

__all__ = ["read_plain"]


def read_plain(source: Opened) -> Results:
    """Read a whole file as one document.

    Yields:
        The document.

    Raises:
        InputError: It is over the cap.
    """
    raw = read_all(source.stream, source.where, source.intake.max_bytes)
    decoded = decode(raw, source.charset)
    yield Found(
        text=normalise_newlines(decoded.text),
        uri=source.where,
        encoding=decoded.encoding,
        warnings=decoded.warnings,
    )
