"""The visible text of a page, block by block, with what the markup says about each block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from allegata.documents.html_regions import region_of
from allegata.types.document import SegmentKind

__all__ = ["Block", "Walk", "walk_page"]

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol option p pre search section select summary table tbody tfoot thead tr ul caption textarea "
    "button".split()
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(
    "head script style template noscript iframe object embed svg canvas audio video noembed "
    "noframes xmp".split()
)
_NEVER_TEXT = frozenset("script style iframe noembed noframes xmp".split())
_KEEPS_SPACE = frozenset(("pre", "textarea"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOSTLY = 0.8
"""A block that lies so far within inline elements of one kind is of that kind."""

_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or row of a page.

    Attributes:
        text: As a browser shows it: runs of white space are one space, `<br>` is a newline.
        region: What the markup around it says it is for, or None.
        tag: The element it stands in.
        by_tag: Whether `region` comes from an element's own name, which is sure, or only from
            class names.
        link_share: How much of it is link text, from 0 to 1.
    """

    text: str
    region: SegmentKind | None
    tag: str
    by_tag: bool
    link_share: float


@dataclass(slots=True)
class Walk:
    """What a walk over a page came upon.

    Attributes:
        blocks: In order of the page.
        n_letters: Letters in all text of the page, hidden text included.
    """

    blocks: list[Block] = field(default_factory=list)
    n_letters: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page the walk is."""

    tag: str
    region: SegmentKind | None = None
    by_tag: bool = False
    inline: SegmentKind | None = None
    in_article: bool = False
    in_link: bool = False
    keeps_space: bool = False
    unseen: bool = False
    never_text: bool = False


@dataclass(slots=True)
class _Line:
    """The block that is being gathered."""

    place: _Place
    pieces: list[str] = field(default_factory=list)
    n_linked: int = 0
    marked: dict[SegmentKind, int] = field(default_factory=dict)


def walk_page(root: etree._Element) -> Walk:
    """Gather the blocks of a page.

    Args:
        root: Its tree.

    Returns:
        All visible text, and how much text there was.
    """
    walk = Walk()
    places = [_Place("html")]
    line = _Line(places[0])
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            place = _enter(element, places[-1])
            places.append(place)
            line = _break_at(element.tag, place, line, walk)
            _add(element.text, place, line, walk)
        else:
            if event == "end":
                places.pop()
                line = _break_at(element.tag, places[-1], line, walk, leaving=True)
            if element is not root:
                _add(element.tail, places[-1], line, walk)
    _finish(line, walk)
    return walk


def _enter(element: etree._Element, parent: _Place) -> _Place:
    tag = element.tag
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
    region, by_tag = region_of(element, in_article=parent.in_article)
    if region is None or parent.region in (SegmentKind.BOILERPLATE, SegmentKind.PROMO):
        region, by_tag = parent.region, parent.by_tag
    shapes = tag in _BLOCKS or tag in _CELLS
    return _Place(
        tag=tag if tag in _BLOCKS else parent.tag,
        region=region if shapes else parent.region,
        by_tag=by_tag if shapes else parent.by_tag,
        inline=None if shapes else region or parent.inline,
        in_article=parent.in_article or tag in ("article", "main"),
        in_link=parent.in_link or tag == "a",
        keeps_space=parent.keeps_space or tag in _KEEPS_SPACE,
        unseen=parent.unseen or tag in _UNSEEN or bool(hidden),
        never_text=parent.never_text or tag in _NEVER_TEXT,
    )


def _break_at(tag: str, place: _Place, line: _Line, walk: Walk, *, leaving: bool = False) -> _Line:
    """Begin a new block where an element begins or ends one; mark line breaks and cells."""
    if tag in _BLOCKS:
        _finish(line, walk)
        return _Line(place)
    if not leaving and not place.unseen:
        if tag == "br":
            line.pieces.append("\v")
        elif tag in _CELLS and line.pieces:
            line.pieces.append("\t")
    return line


def _add(text: str | None, place: _Place, line: _Line, walk: Walk) -> None:
    if not text or place.never_text:
        return
    n_letters = len(text) - sum(map(len, _SPACES.findall(text)))
    walk.n_letters += n_letters
    if place.unseen:
        return
    if place.keeps_space:
        line.pieces.append(text.replace("\r\n", "\n").replace("\n", "\v"))
    else:
        line.pieces.append(_SPACES.sub(" ", text))
    if place.in_link:
        line.n_linked += n_letters
    if place.inline is not None:
        line.marked[place.inline] = line.marked.get(place.inline, 0) + n_letters


def _finish(line: _Line, walk: Walk) -> None:
    """Close a block; two line breaks in a row make two of it."""
    raw = "".join(line.pieces)
    if not raw or raw.isspace():
        return
    n_letters = len(raw) - sum(map(len, _SPACES.findall(raw))) - raw.count("\v")
    place, region = line.place, line.place.region
    for inline, n_marked in line.marked.items():
        if region is None and n_marked > _MOSTLY * n_letters:
            region = inline
    for text in _paragraphs(raw):
        share = min(1.0, line.n_linked / n_letters) if n_letters else 0.0
        walk.blocks.append(Block(text, region, place.tag, place.by_tag, share))


_BREAKS = re.compile(r"[ \t]*\v[ \t]*")
_PARTINGS = re.compile(r"\n{2,}")
_RUNS = re.compile(r" +")


def _paragraphs(raw: str) -> Iterator[str]:
    text = _RUNS.sub(" ", raw)
    text = _BREAKS.sub("\n", text) if "\v" in text else text
    for part in _PARTINGS.split(text):
        part = part.strip(" \t\n")
        if part:
            yield part
