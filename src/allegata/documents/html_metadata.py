"""What a page says about itself: title, publisher, author, time, language, address."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from allegata.documents.moments import parse_published

__all__ = ["PageFacts", "find_facts"]

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline")
_PUBLISHERS = ("og:site_name", "dc.publisher", "publisher", "application-name")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
_TIMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article.published", "article:published", "publication_date", "publish-date", "publishdate",
    "pubdate", "published", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "ptime", "rnews:datepublished", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_ARTICLES = ("NewsArticle", "Article", "BlogPosting", "Report", "WebPage", "LiveBlogPosting")
_MOST_JSON = 2**20
_MOST_NODES = 10_000


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about itself; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    canonical: str | None = None


def find_facts(root: etree._Element, address: str = "") -> PageFacts:
    """Read a page's metadata.

    Args:
        root: Its tree.
        address: Where it was found, to complete a relative canonical address.

    Returns:
        The facts; `published` in the page's own words, understood by `parse_published`.
    """
    metas = _metas(root)
    linked = _linked_data(root)
    return PageFacts(
        title=_first(metas, _TITLES) or _words(linked.get("headline")) or _title(root),
        publisher=_first(metas, _PUBLISHERS) or _name(linked.get("publisher")),
        author=_name(linked.get("author")) or _person(_first(metas, _AUTHORS)),
        published=_time(root, metas, linked),
        language=_words(root.get("lang")) or _words(root.get("xml:lang")),
        canonical=_canonical(root, metas, address),
    )


def _metas(root: etree._Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = _words(meta.get("content"))
        for key in ("property", "name", "itemprop"):
            name = meta.get(key)
            if name and content:
                metas.setdefault(name.strip().lower(), content)
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _words(value: object) -> str | None:
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None


def _person(value: str | None) -> str | None:
    """Author tags often hold the address of a profile."""
    return None if value is None or "://" in value else value


def _name(value: object) -> str | None:
    """The name in a linked-data value: a string, an object with a name, or a list of these."""
    if isinstance(value, list):
        names = [name for item in value[:20] if (name := _name(item))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        value = value.get("name")
    return _person(_words(value))


def _title(root: etree._Element) -> str | None:
    title = root.find(".//head/title")
    return _words("".join(title.itertext())) if title is not None else None


def _linked_data(root: etree._Element) -> dict[str, object]:
    """The JSON-LD object that describes the article, or an empty one."""
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "") or not script.text:
            continue
        try:
            data: object = json.loads(script.text[:_MOST_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            telling = "datePublished" in node or "headline" in node
            if telling and any(kind in _ARTICLES for kind in kinds if isinstance(kind, str)):
                return node
    return {}


def _nodes(data: object) -> Iterator[dict[str, object]]:
    """All objects within a JSON value, outermost first."""
    waiting, n_seen = [data], 0
    while waiting and n_seen < _MOST_NODES:
        value = waiting.pop(0)
        n_seen += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _time(root: etree._Element, metas: dict[str, str], linked: dict[str, object]) -> str | None:
    """The first publication time that is understood, in the page's words."""
    candidates = [metas.get(name) for name in _TIMES]
    candidates.insert(2, _words(linked.get("datePublished")))
    for element in root.iter("time", "span", "abbr", "p"):
        marked = "datepublished" in (element.get("itemprop") or "").lower()
        if marked or (element.tag == "time" and element.get("pubdate") is not None):
            candidates.append(element.get("datetime") or element.get("content") or element.text)
    candidates.extend(time.get("datetime") for time in root.iterfind(".//article//time"))
    for words in candidates:
        if words and parse_published(words) is not None:
            return words.strip()[:100]
    return None


def _canonical(root: etree._Element, metas: dict[str, str], address: str) -> str | None:
    links = [
        link.get("href")
        for link in root.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for candidate in (*links, metas.get("og:url")):
        if not candidate:
            continue
        try:
            whole: str = urljoin(address, candidate.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return whole[:2000]
    return None
