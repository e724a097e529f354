"""RSS and Atom files: one document for each entry."""

import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from allegata.documents.encodings import decode, find_mark
from allegata.documents.found import Found, Results
from allegata.documents.html_pages import found_from
from allegata.documents.isolation import Message
from allegata.documents.lines import read_all
from allegata.documents.opening import Opened
from allegata.errors import InputError

__all__ = ["Entry", "parse_feed", "read_entries", "read_feed"]

_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_DTD = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!\s*(?P<dtd>DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)",
    re.DOTALL | re.IGNORECASE,
)
_PROLOGUE = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&#?\w{1,31};")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    Attributes:
        where: The feed and the number of the entry.
        link: The web address of its page, or None.
        found: What the feed itself says of it; the text may be empty.
    """

    where: str
    link: str | None
    found: Found


def read_feed(source: Opened) -> Results:
    """Read the entries of a feed.

    Yields:
        A document for each entry that has text, or an error that names the entry.

    Raises:
        InputError: It declares a document type or entities, is over the cap, is no feed, or ends
            in the middle.
    """
    for entry in read_entries(source):
        if entry.found.text:
            yield entry.found
        else:
            hint = "The entry holds a link alone: fetch that."
            yield InputError(entry.where, "has no text.", hint)


def read_entries(source: Opened) -> Iterator[Entry]:
    """Read the entries of a feed, also those that have no text.

    Yields:
        Entries in the order of the feed.

    Raises:
        InputError: As for `read_feed`, or it ends in the middle, after the entries that are there.
    """
    raw = read_all(source.stream, source.where, source.intake.max_bytes)
    declared = source.charset
    if declared is None and find_mark(raw)[0] is None and (match := _DECLARED.search(raw[:1024])):
        declared = match[1].decode("ascii")
    decoded = decode(raw, declared)
    _refuse_dtd(decoded.text, source.where)
    payload = decoded.text.encode("utf-8", "surrogatepass")
    for number, item in enumerate(source.isolation.run("feed", source.where, {}, payload), 1):
        where = f"{source.where}#{number}"
        found = found_from(item, where, decoded.encoding, decoded.warnings)
        yield Entry(where, found.canonical, found)
    _require_end(decoded.text, source.where, len(raw))


def _require_end(feed: str, where: str, n_bytes: int) -> None:
    """Check that a feed goes on to its end.

    Raises:
        InputError: Nothing behind its last entry closes it.
    """
    last = max((match.start() for match in _ENTRY.finditer(feed)), default=0)
    if not _END.search(feed, last):
        raise InputError(
            f"{where}, byte {n_bytes:,}",
            "ends in the middle: the feed is not closed.",
            "The entries before it were read, the last one as far as it goes; get the file again.",
        )


def _refuse_dtd(feed: str, where: str) -> None:
    """Refuse document types and entities: they can read files and grow without end.

    Raises:
        InputError: One is declared outside comments and CDATA.
    """
    for match in _DTD.finditer(feed):
        if match["dtd"]:
            line = feed.count("\n", 0, match.start()) + 1
            raise InputError(
                f"{where}, line {line}",
                f"declares a {match['dtd'].upper()}, which feeds do not need and which is unsafe.",
                "Remove it if you trust the file.",
            )


def parse_feed(feed: str) -> Iterator[Message]:
    """Parse a feed, in the process set aside for it.

    Args:
        feed: Decoded; without a document type.

    Yields:
        An item for each entry, as for a page; `text` is empty where an entry has none.

    Raises:
        InputError: It has no entries.
    """
    import feedparser

    data = _PROLOGUE.sub("", feed).encode("utf-8", "replace")
    parsed = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    channel = cast(Mapping[str, object], parsed.feed)
    entries = cast(list[Mapping[str, object]], parsed.entries)
    if not entries:
        raise InputError("feed", "has no entries.", "Check that it is an RSS or Atom feed.")
    for entry in entries:
        yield _read_entry(entry, channel)


def _read_entry(entry: Mapping[str, object], channel: Mapping[str, object]) -> Message:
    title = _plain(_string(entry.get("title")))
    body = _body(entry)
    if title and body and not body.startswith(title):
        text, hints = f"{title}\n\n{body}", [["headline", 0, len(title)]]
    else:
        text, hints = body or title, []
    return {
        "text": text,
        "hints": hints,
        "title": title or None,
        "publisher": _plain(_string(channel.get("title"))) or None,
        "author": _string(entry.get("author")) or None,
        "published": _string(entry.get("published")) or _string(entry.get("updated")) or None,
        "language": _string(channel.get("language")) or None,
        "canonical": _safe_link(_string(entry.get("link"))),
        "warnings": [],
    }


def _body(entry: Mapping[str, object]) -> str:
    """The longest of what an entry gives as its content or summary."""
    contents = entry.get("content")
    texts = [_string(entry.get("summary"))]
    if isinstance(contents, list):
        texts += [_string(content.get("value")) for content in contents]
    return _plain(max(texts, key=len))


def _plain(markup: str) -> str:
    if not _MARKUP.search(markup):
        return html.unescape(markup).strip()
    from allegata.documents.html_parsing import parse_fragment

    try:
        return parse_fragment(markup)
    except InputError:
        return ""


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _safe_link(link: str) -> str | None:
    """Only web addresses: feeds may carry `javascript:` and worse."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    return link.strip() if parts.scheme in ("http", "https") and parts.hostname else None
