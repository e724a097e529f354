"""A look at a page before it is parsed: refuse what parsers choke on, count what they must find."""

import re
from dataclasses import dataclass

from allegata.errors import InputError

__all__ = ["Scan", "scan_page"]

MOST_DEPTH = 512
MOST_ATTRIBUTES = 1_000
MOST_TAGS = 200_000

_TAG = re.compile(
    r"""<(?:
        !--.*?(?:-->|\Z)
      | (?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
        (?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>?
      | [!?/][^>]*+>?
    )""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""[^\s=>/"']+(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?""")
_ENTITY = re.compile(r"&#?\w{1,31};")
_SPACE = re.compile(r"\s+")

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr frame".split()
)
_CLOSED_BY_NEXT = frozenset("p li dt dd tr td th thead tbody tfoot option optgroup rt rp".split())
"""Elements whose end may be left out; they never nest without another element between."""

_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements that hold no tags. What they hold is not seen, but for `textarea`."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a page holds, roughly.

    Attributes:
        n_letters: Visible characters other than white space, counted without parsing.
        depth: The deepest nesting.
    """

    n_letters: int
    depth: int


def scan_page(page: str) -> Scan:
    """Walk over the tags of a page in time linear to its length.

    Raises:
        InputError: It is nested too deeply, or has too many attributes on a tag or too many tags.
    """
    depth = deepest = n_tags = n_letters = place = 0
    while (match := _TAG.search(page, place)) is not None:
        n_letters += _count_letters(page[place : match.start()])
        place = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        n_tags += 1
        nests = name not in VOID and name not in _CLOSED_BY_NEXT
        if match["close"]:
            depth = max(0, depth - nests)
            continue
        _check_attributes(match["attributes"], name)
        if name in _RAW:
            close = _find_close(page, name, place)
            n_letters += _count_letters(page[place:close]) if name == "textarea" else 0
            place = close
        elif nests and not match["attributes"].endswith("/"):
            depth += 1
            deepest = max(deepest, depth)
        _check_size(deepest, n_tags)
    return Scan(n_letters + _count_letters(page[place:]), deepest)


def _check_attributes(attributes: str, name: str) -> None:
    if len(attributes) > 2 * MOST_ATTRIBUTES:
        n_attributes = sum(1 for _ in _ATTRIBUTE.finditer(attributes))
        if n_attributes > MOST_ATTRIBUTES:
            raise InputError(
                "page",
                f"has {n_attributes:,} attributes on one <{name[:20]}>; the most is"
                f" {MOST_ATTRIBUTES:,}.",
                "No article looks like that; save its text as plain text.",
            )


def _check_size(depth: int, n_tags: int) -> None:
    if depth > MOST_DEPTH:
        raise InputError(
            "page",
            f"is nested more than {MOST_DEPTH} elements deep.",
            "No article looks like that; save its text as plain text.",
        )
    if n_tags > MOST_TAGS:
        raise InputError(
            "page", f"has more than {MOST_TAGS:,} tags.", "Split it, or save its text."
        )


def _find_close(page: str, name: str, place: int) -> int:
    """Where the end tag of an element begins that holds no tags; the end of the page if none."""
    match = re.compile(rf"</{name}\b", re.IGNORECASE).search(page, place)
    return match.start() if match else len(page)


def _count_letters(markup: str) -> int:
    if "&" in markup:
        markup = _ENTITY.sub("x", markup)
    return len(markup) - sum(map(len, _SPACE.findall(markup)))
