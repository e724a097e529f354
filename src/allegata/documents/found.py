"""What a format finds in its bytes, and how a document is built from it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from allegata.documents.languages import identify_language
from allegata.documents.segments import find_segments
from allegata.documents.text_dates import find_text_date
from allegata.errors import InputError
from allegata.types.document import Document, Published, Segment, SegmentKind

__all__ = ["Found", "Results", "build_document", "normalise_newlines"]


@dataclass(frozen=True, slots=True)
class Found:
    r"""One document before its segments, day and language are settled.

    Attributes:
        text: Newlines are `\n` alone; otherwise as the source has it.
        uri: Path, path with a record, or address.
        hints: Segments that the format itself marks (a caption, a menu), in order of the text.
        title: From metadata, or None.
        publisher: From metadata, or None.
        author: From metadata, or None.
        published: From beside the text or from metadata, or None.
        made: When the file was made; used only where nothing else gives a day.
        language: As declared, or None.
        canonical: The address that the document gives for itself, or None.
        encoding: What the bytes were decoded from, or None.
        warnings: What was noticed on the way.
        raw: The bytes of its record, where it is one of several in a file: a line, the payload of
            an archive's record; a row of a table as JSON. None where it is a file of its own.
    """

    text: str
    uri: str
    hints: tuple[Segment, ...] = ()
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: Published | None = None
    made: Published | None = None
    language: str | None = None
    canonical: str | None = None
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    raw: bytes | None = None


_AGENCY = re.compile(r"\((?P<agency>[^\W\d_a-z][^()\n]{1,58})\)")

Results = Iterator[Found | InputError]
"""What every format gives: documents, and errors in place of those that were set aside."""

UNDATED = (
    "No publication day was found, so relative times stay unresolved. Give one with --published."
)
UNKNOWN_LANGUAGE = "The language could not be told, so little may be found in the text."


def normalise_newlines(text: str) -> str:
    r"""The text with `\r\n` and `\r` as `\n`, and nothing else changed."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def build_document(found: Found, published: date | None = None) -> Document:
    """Settle day, language and segments.

    Args:
        found: What the format found.
        published: The day given by the user; overrules every other.

    Returns:
        The document, with a warning for each thing that could not be settled.

    Raises:
        InputError: There is no text, although there were bytes.
    """
    if not found.text.strip("\ufeff\0 \t\n\r\f\v\xa0"):
        raise InputError(found.uri, "has no text.", "Check that the file is what its name says.")
    day = _settle_day(found, published)
    language, guessed = _settle_language(found)
    warnings = list(found.warnings)
    if day is None:
        warnings.append(UNDATED)
    elif day is found.made:
        warnings.append(f"The day {day.day} is when the file was made; the text has none.")
    if language is None:
        warnings.append(UNKNOWN_LANGUAGE)
    elif guessed:
        warnings.append(guessed)
    segments = find_segments(found.text, found.hints, title=found.title)
    return Document(
        text=found.text,
        uri=found.uri,
        segments=segments,
        publisher=found.publisher or _find_publisher(found.text, segments),
        title=found.title,
        author=found.author,
        published=day,
        language=language,
        canonical=found.canonical,
        encoding=found.encoding,
        warnings=tuple(warnings),
    )


def _find_publisher(text: str, segments: Iterable[Segment]) -> str | None:
    """The agency that a dateline names: whose report it is, where nothing else says so."""
    for segment in segments:
        if segment.kind is SegmentKind.DATELINE:
            named = _AGENCY.search(segment.span.words(text))
            return named["agency"] if named else None
    return None


def _settle_day(found: Found, given: date | None) -> Published | None:
    if given is not None:
        if found.published is not None and found.published.day == given:
            return replace(found.published, origin="given")
        return Published(given)
    if found.published is not None:
        return found.published
    in_text = find_text_date(found.text)
    if in_text is not None:
        return Published(in_text[0], origin="text", evidence=in_text[1])
    return found.made


def _settle_language(found: Found) -> tuple[str | None, str | None]:
    """The language, and a warning where text and declaration disagree."""
    declared = _primary(found.language)
    identified = identify_language(found.text)
    if identified is None or declared is None or identified == declared:
        return identified or declared, None
    return identified, f"The language is declared as {declared} but reads as {identified}."


def _primary(tag: str | None) -> str | None:
    """The language of a BCP 47 tag without region and script: `en-GB` is `en`."""
    if tag is None:
        return None
    code = tag.strip().replace("_", "-").split("-")[0].lower()
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else None
