"""From sources to documents: open each, tell its format, have it read, and go on after faults."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from allegata.documents.csv_tables import read_csv
from allegata.documents.feeds import read_feed
from allegata.documents.fetching import Fetched
from allegata.documents.formats import Format, tell_format
from allegata.documents.found import Found, Results, build_document
from allegata.documents.gzip_members import MAGIC, GzipStream
from allegata.documents.html_pages import read_html
from allegata.documents.intake import Intake
from allegata.documents.isolation import Isolation
from allegata.documents.jsonl import read_jsonl
from allegata.documents.opening import (
    ACCESS,
    STDIN,
    Advance,
    Opened,
    find_files,
    gather,
    is_address,
    open_file,
)
from allegata.documents.parquet import read_parquet
from allegata.documents.pdf import read_pdf
from allegata.documents.plain import read_plain
from allegata.documents.warc import read_warc
from allegata.errors import InputError
from allegata.types.document import Document, Published

__all__ = ["READERS", "open_fetched", "read_documents", "read_fetched", "read_opened", "read_text"]

READERS: Mapping[Format, Callable[[Opened], Results]] = {
    Format.TEXT: read_plain,
    Format.HTML: read_html,
    Format.JSONL: read_jsonl,
    Format.CSV: read_csv,
    Format.FEED: read_feed,
    Format.WARC: read_warc,
    Format.PARQUET: read_parquet,
    Format.PDF: read_pdf,
}


def read_documents(
    sources: Sequence[str],
    intake: Intake | None = None,
    *,
    advance: Advance | None = None,
    keep_raw: Callable[[bytes], object] | None = None,
) -> Iterator[Document | InputError]:
    """Read documents of any known format, one after another, never holding more than one.

    Args:
        sources: Files, directories, glob patterns, `-` for standard input, and http or https
            addresses where the intake allows them.
        intake: The options.
        advance: Told how many more bytes of files and standard input have been read, for a
            progress bar whose length is `n_bytes(sources)`.
        keep_raw: Given the bytes of a document's record just before the document, where it is one
            of several in a file.

    Yields:
        Documents in order; in place of each that was set aside, an error that says what, where,
        and what to do. Nothing is raised for the fault of a document.
    """
    intake = intake or Intake()
    isolation = Isolation(intake.seconds)
    try:
        for source in sources:
            for found in _read_source(source, intake, isolation, advance):
                settled = _settle(found, intake.published)
                if keep_raw is not None and isinstance(found, Found) and found.raw is not None:
                    keep_raw(found.raw)
                yield settled
    finally:
        isolation.close()


def read_text(
    text: str,
    *,
    uri: str = "text",
    published: date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Document:
    """Make a document of a text that is already decoded.

    Args:
        text: Any text; its newlines are normalised, nothing else is changed.
        uri: What to call it.
        published: The day it was published, where known.
        publisher: Whose voice it is, where known.
        title: Where known; it need not stand in the text.
        language: A BCP 47 code, where known.

    Returns:
        The document.

    Raises:
        InputError: The text is empty.
    """
    found = Found(
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        uri=uri,
        publisher=publisher,
        title=title,
        language=language,
        published=Published(published) if published else None,
    )
    return build_document(found)


def _settle(found: Found | InputError, published: date | None) -> Document | InputError:
    if isinstance(found, InputError):
        return found
    try:
        return build_document(found, published)
    except InputError as error:
        return error


def _read_source(
    source: str, intake: Intake, isolation: Isolation, advance: Advance | None
) -> Results:
    """Read all that one source stands for; errors become values."""
    if source != STDIN and is_address(source):
        yield from _guarded(_fetch(source, intake, isolation))
        return
    files = [Path(STDIN)] if source == STDIN else find_files(source)
    for file in files:
        if isinstance(file, InputError):
            yield file
        else:
            yield from _guarded(_read_file(file, intake, isolation, advance))


def _guarded(results: Results) -> Results:
    """Give what a format raises as its last value, so that the next source is read."""
    try:
        yield from results
    except InputError as error:
        yield error


def _read_file(
    path: Path, intake: Intake, isolation: Isolation, advance: Advance | None
) -> Results:
    n_read = 0

    def count(n_more: int) -> None:
        nonlocal n_read
        n_read += n_more
        if advance is not None:
            advance(n_more)

    opened = open_file(path, intake, isolation, count)
    try:
        yield from _read_opened(opened)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(opened.where, f"cannot be read: {reason}.", ACCESS) from error
    finally:
        opened.stream.close()
        if opened.path is not None and advance is not None:
            with suppress(OSError):  # what a process of its own read, or what was passed over
                advance(max(0, opened.path.stat().st_size - n_read))


def _fetch(url: str, intake: Intake, isolation: Isolation) -> Results:
    if not intake.allow_fetch:
        raise InputError(
            url, "is not fetched: fetching is off.", "Turn it on with --fetch, or save the page."
        )
    from allegata.documents.fetching import fetch

    fetched = fetch(url, intake.max_bytes, intake.seconds)
    yield from _read_opened(open_fetched(fetched, intake, isolation))


def read_fetched(
    fetched: Fetched, intake: Intake, isolation: Isolation, beside: Found | None = None
) -> Iterator[Document | InputError]:
    """Read the documents in what a server gave.

    Args:
        fetched: Its answer.
        intake: The options.
        isolation: The process in which dangerous formats are parsed.
        beside: What a feed says of it, which fills in day, outlet and author where the page
            itself names none.

    Yields:
        Documents, and errors in place of those that were set aside.
    """
    for found in _guarded(_read_opened(open_fetched(fetched, intake, isolation))):
        if isinstance(found, Found) and beside is not None:
            found = replace(
                found,
                published=found.published or beside.published,
                publisher=found.publisher or beside.publisher,
                author=found.author or beside.author,
            )
        yield _settle(found, intake.published)


def read_opened(opened: Opened) -> Iterator[Document | InputError]:
    """Read the documents of a stream, as `read_documents` reads those of a file.

    Args:
        opened: Closed by the caller.
    """
    try:
        for found in _guarded(_read_opened(opened)):
            yield _settle(found, opened.intake.published)
    except OSError as error:
        reason = error.strerror or str(error)
        yield InputError(opened.where, f"cannot be read: {reason}.", ACCESS)


def open_fetched(fetched: Fetched, intake: Intake, isolation: Isolation) -> Opened:
    """What a server gave as a stream, with what is known about it."""
    return Opened(
        stream=gather(io.BytesIO(fetched.raw)),
        where=fetched.url,
        name=PurePosixPath(urlsplit(fetched.url).path).name,
        intake=intake,
        isolation=isolation,
        content_type=fetched.content_type,
        charset=fetched.charset,
    )


def _read_opened(opened: Opened) -> Results:
    """Unpack where packed, tell the format, and read."""
    head = opened.peek()
    if head.startswith(MAGIC):
        unpacked = gather(GzipStream(io.BytesIO(head), opened.where))
        if not _begins_archive(unpacked):
            stream = gather(GzipStream(opened.stream, opened.where))
            opened = replace(opened, stream=stream, path=None)
            head = opened.peek()
        else:
            head = b"WARC/"
    reader = READERS[tell_format(head, opened.where, opened.name, opened.content_type)]
    yield from reader(opened)


def _begins_archive(unpacked: io.BufferedReader) -> bool:
    try:
        return unpacked.peek(5).startswith(b"WARC/")
    except InputError:
        return False
