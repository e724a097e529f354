"""HTML: the visible text of a page with its parts marked, and what it says about itself."""

import re
from collections.abc import Mapping

from allegata.documents.encodings import decode, find_mark
from allegata.documents.found import Found, Results
from allegata.documents.isolation import Message
from allegata.documents.lines import read_all
from allegata.documents.moments import parse_published
from allegata.documents.opening import Opened
from allegata.types.document import Segment, SegmentKind
from allegata.types.span import Span

__all__ = ["found_from", "isolate_page", "read_html"]

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096


def read_html(source: Opened) -> Results:
    """Read a page as one document.

    Yields:
        The document.

    Raises:
        InputError: It is over the cap, or cannot be parsed safely.
    """
    raw = read_all(source.stream, source.where, source.intake.max_bytes)
    yield isolate_page(source, raw, source.where, source.charset)


def isolate_page(source: Opened, raw: bytes, where: str, charset: str | None) -> Found:
    """Decode a page and have it parsed in the process set aside for that.

    Args:
        source: Supplies the process.
        raw: The page.
        where: Its path or address.
        charset: The encoding that its carrier declares, which wins over the page's own.

    Raises:
        InputError: It cannot be parsed safely.
    """
    declared = None
    if find_mark(raw)[0] is None and (match := _DECLARED.search(raw[:_HEAD_BYTES])):
        declared = (match[1] or match[2]).decode("ascii", "replace")
        if declared.lower().startswith("utf-16"):
            declared = None
    decoded = decode(raw, charset or declared)
    payload = decoded.text.encode("utf-8", "surrogatepass")
    item = source.isolation.run_one("html", where, {"address": where}, payload)
    return found_from(item, where, decoded.encoding, decoded.warnings)


def found_from(
    item: Message, uri: str, encoding: str | None, warnings: tuple[str, ...] = ()
) -> Found:
    """What the process gave, as a document in the making."""
    published = _words(item, "published")
    hints = item.get("hints")
    more = item.get("warnings")
    return Found(
        text=str(item["text"]),
        uri=uri,
        hints=tuple(
            Segment(SegmentKind(kind), Span(start, end))
            for kind, start, end in (hints if isinstance(hints, list) else ())
        ),
        title=_words(item, "title"),
        publisher=_words(item, "publisher"),
        author=_words(item, "author"),
        published=parse_published(published) if published else None,
        language=_words(item, "language"),
        canonical=_words(item, "canonical"),
        encoding=encoding,
        warnings=warnings + tuple(str(w) for w in (more if isinstance(more, list) else ())),
    )


def _words(item: Mapping[str, object], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and value else None
