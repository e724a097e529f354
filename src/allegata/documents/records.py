"""Records with named fields (a JSONL line, a CSV or Parquet row) as documents."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from allegata.documents.found import Found, normalise_newlines
from allegata.documents.moments import parse_published
from allegata.documents.text_dates import find_text_date
from allegata.errors import InputError
from allegata.types.document import Published

__all__ = ["find_columns", "read_record"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "full_text", "fulltext", "article_text",
        "article_body", "articlebody", "maintext", "main_text", "body_text", "document", "story",
    ),
    "published": (
        "published", "published_at", "publication_date", "published_date", "publish_date",
        "date_published", "datepublished", "date_publish", "pubdate", "pub_date", "publishedat",
        "date", "datetime", "timestamp",
    ),
    "publisher": (
        "publisher", "outlet", "site_name", "source_name", "publication", "newspaper", "source",
        "source_domain", "domain",
    ),
    "title": ("title", "headline"),
    "uri": ("uri", "url", "link"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang"),
}  # fmt: skip
"""The names under which each field is looked for, the surest first; case does not matter."""

Columns = Mapping[str, str]
"""For each field that was found, the column that holds it, as it is written there."""


def find_columns(names: Iterable[str]) -> Columns:
    """Find which column holds which field.

    Args:
        names: The columns as they are written.

    Returns:
        Fields to columns; without `text` where no column for it is known.
    """
    known = {name.strip().lower().replace(" ", "_").replace("-", "_"): name for name in names}
    found = {}
    for field, spellings in COLUMNS.items():
        for spelling in spellings:
            if spelling in known:
                found[field] = known[spelling]
                break
    return found


def read_record(
    record: Mapping[str, object],
    columns: Columns,
    where: str,
    *,
    encoding: str | None = None,
    warnings: tuple[str, ...] = (),
    raw: bytes | None = None,
) -> Found:
    """Make one record a document.

    Args:
        record: Values by column.
        columns: What `find_columns` gave for its names.
        where: File and line or row, for messages, and as address where the record has none.
        encoding: What the record was decoded from.
        warnings: What was noticed while decoding it.
        raw: Its bytes; a record that came without any is kept as JSON.

    Returns:
        The document as the record has it.

    Raises:
        InputError: The record has no text, or it is not a string.
    """
    text = record.get(columns["text"]) if "text" in columns else None
    if text is None and "text" not in columns:
        names = ", ".join(map(repr, list(record)[:20])) or "none"
        raise InputError(
            where, f"no field `text`; the fields are {names}.", "Rename one to `text`."
        )
    if not isinstance(text, str):
        kind = "null" if text is None else type(text).__name__
        raise InputError(
            where, f"`{columns['text']}` is {kind}, not a string.", "Correct the line."
        )
    words = {field: _words(record.get(columns[field])) for field in columns if field != "text"}
    published, doubts = _published(record.get(columns.get("published", "")))
    return Found(
        text=normalise_newlines(text),
        uri=words.get("uri") or where,
        title=words.get("title"),
        publisher=words.get("publisher"),
        author=words.get("author"),
        published=published,
        language=words.get("language"),
        encoding=encoding,
        warnings=warnings + doubts,
        raw=json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
        if raw is None
        else raw,
    )


def _words(value: object) -> str | None:
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    return value.strip() or None if isinstance(value, str) else None


def _published(value: object) -> tuple[Published | None, tuple[str, ...]]:
    """The day beside the text, and a warning where one is given but not understood."""
    if value is None or value == "":
        return None, ()
    if isinstance(value, datetime):
        return Published(value.date(), value, "given"), ()
    if isinstance(value, date):
        return Published(value, None, "given"), ()
    words = str(value)
    published = parse_published(words, "given")
    if published is None:
        day = find_text_date(words)
        published = Published(day[0], None, "given") if day else None
    if published is None:
        return None, (f"The publication time {words[:40]!r} was not understood.",)
    return published, ()
