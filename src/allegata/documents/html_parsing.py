"""Parsing a page, in the process set aside for it: text, hints and metadata from its tree."""

import copy
import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree, html

from allegata.documents.html_metadata import PageFacts, find_facts
from allegata.documents.html_scan import Scan, scan_page
from allegata.documents.html_text import Block, Walk, walk_page
from allegata.documents.isolation import Message
from allegata.errors import InputError
from allegata.types.document import SegmentKind

__all__ = ["parse_fragment", "parse_page"]

_ODD = re.compile("[\0\ud800-\udfff]")
_STAND_INS = (0xF0000, 0x100000, 0xE000)
"""Private characters that stand for NUL and lone surrogates while the parser works: it would
lose the first and stop at the second."""

_SQUEEZE = re.compile(r"[\W_]+")
_LEAST_LINKED = 0.8
MOST_EXTRACTED = 300_000
"""Letters beyond which a page is no article and the extractor, which is slow, is not asked."""

_FEW_LETTERS = 50
_BIG_PAGE = 20_000

Hint = tuple[SegmentKind, int, int]


def parse_page(page: str, address: str) -> Message:
    """Read a page.

    Args:
        page: Its markup, decoded.
        address: Where it was found.

    Returns:
        `text`, `hints` as triples of kind, start and end, and the metadata.

    Raises:
        InputError: Parsing it would be unsafe, or lost text that the markup holds.
    """
    scan = scan_page(page)
    root, base = _parse(page)
    walk = walk_page(root)
    warnings = _check_loss(scan, walk, len(page))
    main, facts = None, find_facts(root, address)
    if walk.n_letters <= MOST_EXTRACTED:
        main, facts = _find_main(root, facts)
    blocks = _mark_headline(_mark_outside(walk.blocks, main), facts.title)
    title = _shorten_title(facts.title, blocks)
    text, hints = _compose(blocks)
    return {
        "text": _restore(text, base),
        "hints": [[kind.value, start, end] for kind, start, end in hints],
        "title": _restore(title, base),
        "publisher": _restore(facts.publisher, base),
        "author": _restore(facts.author, base),
        "published": facts.published,
        "language": facts.language,
        "canonical": facts.canonical,
        "warnings": warnings,
    }


def parse_fragment(markup: str) -> str:
    """The visible text of a piece of markup, such as the content of a feed's entry.

    Raises:
        InputError: Parsing it would be unsafe, or lost text.
    """
    scan = scan_page(markup)
    root, base = _parse(f"<html><body>{markup}</body></html>")
    walk = walk_page(root)
    _check_loss(scan, walk, 0)
    return _restore("\n\n".join(block.text for block in walk.blocks), base) or ""


def _parse(page: str) -> tuple[etree._Element, int]:
    base = 0
    if _ODD.search(page):
        base = next(
            (b for b in _STAND_INS if not re.search(f"[{chr(b)}-{chr(b + 0x800)}]", page)), 0
        )
        page = _ODD.sub(lambda odd: _stand_in(odd[0], base), page)
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=False)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        hint = "Check that it was written to its end."
        raise InputError("page", "holds nothing but white space and comments.", hint) from error
    return root, base


def _stand_in(odd: str, base: int) -> str:
    if not base:
        return "\ufffd"
    return chr(base + (0 if odd == "\0" else ord(odd) - 0xD800 + 1))


def _restore(text: str | None, base: int) -> str | None:
    """Put NULs and lone surrogates back."""
    if not base or text is None:
        return text
    return re.sub(f"[{chr(base)}-{chr(base + 0x800)}]", lambda c: _odd(ord(c[0]) - base), text)


def _odd(n: int) -> str:
    return chr(0xD800 + n - 1) if n else "\0"


def _check_loss(scan: Scan, walk: Walk, n_characters: int) -> list[str]:
    """Compare what the parser gave with what the markup holds."""
    lost = scan.n_letters - walk.n_letters
    shown = sum(len(block.text) for block in walk.blocks)
    if lost > 200 and walk.n_letters * 2 < scan.n_letters:
        raise InputError(
            "page",
            f"lost {lost:,} of {scan.n_letters:,} characters in parsing.",
            "Save its text as plain text.",
        )
    if shown == 0 or (shown < _FEW_LETTERS and n_characters > _BIG_PAGE):
        raise InputError(
            "page",
            f"shows only {shown} characters of text in {n_characters:,} of markup.",
            "It may need a browser: open it there and save its text.",
        )
    if lost > 200 and lost * 5 > scan.n_letters:
        return [f"About {lost:,} of {scan.n_letters:,} characters were lost in parsing."]
    return []


def _find_main(root: etree._Element, facts: PageFacts) -> tuple[str | None, PageFacts]:
    """The main text as the extractor sees it, and metadata completed by it."""
    from trafilatura import bare_extraction

    options = {"original_date": True, "extensive_search": False}
    try:
        main = bare_extraction(
            copy.deepcopy(root),
            include_comments=False,
            favor_recall=True,
            with_metadata=True,
            date_extraction_params=options,
        )
    except Exception:  # noqa: BLE001
        return None, facts  # without it, the markup's own marks have to do
    if main is None or isinstance(main, dict):
        return None, facts
    return main.text, replace(
        facts,
        title=facts.title or main.title,
        publisher=facts.publisher or main.sitename,
        author=facts.author or main.author,
        published=facts.published or main.date,
    )


def _mark_outside(blocks: Sequence[Block], main: str | None) -> list[Block]:
    """Clear class-name marks inside the main text; mark what lies before and after it."""
    lines = {_squeeze(line) for line in (main or "").split("\n")}
    joined = _squeeze(main or "")
    inside = [_is_main(_squeeze(block.text), lines, joined) for block in blocks]
    places = [i for i, within in enumerate(inside) if within and blocks[i].region is None]
    marked = []
    for i, block in enumerate(blocks):
        if inside[i] and not block.by_tag and block.region is SegmentKind.BOILERPLATE:
            block = replace(block, region=None)
        elif block.region is None and not inside[i]:
            block = replace(block, region=_region_outside(block, i, places))
        marked.append(block)
    return marked


def _is_main(squeezed: str, lines: set[str], joined: str) -> bool:
    return squeezed in lines or (len(squeezed) > 24 and squeezed in joined)


def _region_outside(block: Block, i: int, places: list[int]) -> SegmentKind | None:
    """What a block that the extractor left out is for; None where the text has to tell."""
    if not places:
        return None
    if block.link_share >= _LEAST_LINKED:
        within = places[0] < i < places[-1]
        return SegmentKind.PROMO if within else SegmentKind.BOILERPLATE
    if places[0] < i < places[-1] or block.tag in ("h1", "h2"):
        return None
    return SegmentKind.BOILERPLATE if i > places[-1] or block.tag != "p" else None


def _mark_headline(blocks: list[Block], title: str | None) -> list[Block]:
    """Keep one headline: the heading that the title names, else the first `h1`.

    Where none is shown, the title itself becomes the first block: readers see it above the page.
    """
    headings = [i for i, block in enumerate(blocks) if block.region is SegmentKind.HEADLINE]
    wanted = _squeeze(title or "")
    best = next(
        (i for i, block in enumerate(blocks) if wanted and _names(block, wanted)),
        headings[0] if headings else None,
    )
    kept = [
        replace(block, region=SegmentKind.HEADLINE if i == best else None)
        if i == best or i in headings
        else block
        for i, block in enumerate(blocks)
    ]
    if best is None and title:
        kept.insert(0, Block(title, SegmentKind.HEADLINE, "title", by_tag=True, link_share=0.0))
    return kept


def _shorten_title(title: str | None, blocks: Sequence[Block]) -> str | None:
    """The shown headline where the title is that and more, such as the name of the site."""
    shown = next((b.text for b in blocks if b.region is SegmentKind.HEADLINE), None)
    if title is None or shown is None:
        return title or shown
    return " ".join(shown.split()) if _squeeze(shown) in _squeeze(title) else title


def _names(block: Block, wanted: str) -> bool:
    squeezed = _squeeze(block.text)
    if block.tag in ("h1", "h2") or block.region is SegmentKind.HEADLINE:
        return bool(squeezed) and (squeezed in wanted or wanted in squeezed)
    return squeezed == wanted and block.region is None


def _compose(blocks: Sequence[Block]) -> tuple[str, list[Hint]]:
    pieces, hints, place = [], list[Hint](), 0
    for block in blocks:
        end = place + len(block.text)
        if block.region is not None:
            hints.append((block.region, place, end))
        pieces.append(block.text)
        place = end + 2
    return "\n\n".join(pieces), hints


def _squeeze(text: str) -> str:
    return _SQUEEZE.sub("", text).casefold()
