"""PDF: the text layer of a file as one document."""

from dataclasses import replace
from typing import cast

from allegata.documents.found import Results
from allegata.documents.html_pages import found_from
from allegata.documents.isolation import Message
from allegata.documents.lines import read_all
from allegata.documents.moments import parse_published
from allegata.documents.opening import Opened
from allegata.errors import InputError

__all__ = ["parse_pdf", "read_pdf"]

PACKED_TIMES = 16
"""A PDF's pictures may weigh so many times what its text may."""


def read_pdf(source: Opened) -> Results:
    """Read a PDF as one document.

    Yields:
        The document: its pages one after another, parted by an empty line.

    Raises:
        InputError: It has no text, is locked or damaged, or its text is over the cap.
    """
    most = source.intake.max_bytes
    path = str(source.path.resolve()) if source.path else ""
    payload = b"" if path else read_all(source.stream, source.where, most * PACKED_TIMES)
    options = {"path": path, "max_bytes": most}
    item = source.isolation.run_one("pdf", source.where, options, payload)
    yield replace(
        found_from(item, source.where, None), made=parse_published(str(item.get("made", "")))
    )


def parse_pdf(source: str | bytes, max_bytes: int) -> Message:
    """Take the text from a PDF, in the process set aside for it.

    Args:
        source: Its path or its bytes.
        max_bytes: The most text that is allowed.

    Returns:
        An item as for a page, and `made`, when the file was made.

    Raises:
        InputError: It has no text, is locked or damaged, or has too much text.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("pdf", "is locked with a password.", "Save a copy without.") from error
        raise InputError("pdf", "is damaged.", "Fetch or copy the file again.") from error
    pages, size = [], 0
    for page in pdf:
        pages.append(page.get_textpage().get_text_bounded().replace("\r\n", "\n").strip("\n"))
        size += len(pages[-1])
        if size > max_bytes:
            raise InputError("pdf", f"holds more than {max_bytes:,} characters.", "Split it.")
    text = "\n\n".join(page for page in pages if page)
    if not text.strip():
        raise InputError(
            "pdf",
            f"has no text on its {len(pages)} pages: it is scanned or drawn.",
            "Run a text recogniser over it first, such as `ocrmypdf`.",
        )
    facts = cast(dict[str, str], pdf.get_metadata_dict())
    return {
        "text": text,
        "title": facts.get("Title", "").strip(),
        "author": facts.get("Author", "").strip(),
        "made": facts.get("CreationDate", ""),
        "warnings": [],
    }
