"""What the names of elements, roles and classes say that a part of a page is for."""

import re
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from allegata.types.document import SegmentKind

__all__ = ["region_of"]

BOILERPLATE = SegmentKind.BOILERPLATE

_BY_TAG = {
    "nav": BOILERPLATE,
    "form": BOILERPLATE,
    "button": BOILERPLATE,
    "select": BOILERPLATE,
    "menu": BOILERPLATE,
    "dialog": BOILERPLATE,
    "search": BOILERPLATE,
    "figcaption": SegmentKind.CAPTION,
    "figure": SegmentKind.CAPTION,
    "h1": SegmentKind.HEADLINE,
    "address": SegmentKind.HEADER,
    "time": SegmentKind.HEADER,
}
_OUTSIDE_ARTICLE = {"header": BOILERPLATE, "footer": BOILERPLATE, "aside": BOILERPLATE}
_ROLES = frozenset("navigation banner contentinfo complementary search dialog alert menu".split())

_WORDS = {
    SegmentKind.PROMO: frozenset(
        "related recommended recommendations promo promos teaser teasers trending outbrain taboola "
        "sponsored readmore morestories mostread mostpopular seealso".split()
    ),
    SegmentKind.CAPTION: frozenset("caption credit credits imagecredit photocredit".split()),
    SegmentKind.NOTE: frozenset("footnote footnotes disclaimer correction corrections".split()),
    SegmentKind.HEADER: frozenset("byline bylines author authors timestamp pubdate".split()),
    BOILERPLATE: frozenset(
        "cookie cookies consent gdpr newsletter newsletters subscribe subscription share sharing "
        "social breadcrumb breadcrumbs navbar navigation sidebar comments advert advertisement "
        "ads paywall copyright pagination skiplink".split()
    ),
}
_WHOLE_PAGE = frozenset("html body main article".split())
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def region_of(element: etree._Element, *, in_article: bool) -> tuple[SegmentKind | None, bool]:
    """What an element says that its content is for.

    Args:
        element: Only its own name, role, class and id are looked at.
        in_article: Whether it stands inside an article or main element.

    Returns:
        A kind, or None where it says nothing; and whether the element's name or role says it.
    """
    tag = element.tag
    kind = _BY_TAG.get(tag) or (None if in_article else _OUTSIDE_ARTICLE.get(tag))
    if kind is None and element.get("role") in _ROLES:
        kind = BOILERPLATE
    if kind is not None:
        return kind, True
    if tag in _WHOLE_PAGE:
        return None, False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return (_by_names(names[:200]), False) if names != " " else (None, False)


@lru_cache(maxsize=4096)
def _by_names(names: str) -> SegmentKind | None:
    """What class names say: single words, and words that stand next to each other in one name."""
    for name in names.split():
        parts = [part.lower() for part in _PARTS.findall(name)]
        words = {*parts, *(a + b for a, b in pairwise(parts))}
        for kind, known in _WORDS.items():
            if not known.isdisjoint(words):
                return kind
    return None
