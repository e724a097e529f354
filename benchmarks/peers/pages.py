"""Text of web pages against plain trafilatura: the same pages, both sides.

    python -m benchmarks.peers.pages [--pages 300]

Invented articles are set into page layouts as news sites have them: menus, related stories, share
buttons, captions, cookie notices, comments, a live ticker, lists of headlines. It is known of each
character whether it is the article's. allegata asks trafilatura too, and keeps what that leaves
out: for a reading no paragraph may be lost, and what is not the article is marked as such and
yields no claim. So three figures are told: the paragraphs of articles that were kept whole, the
share of what was kept that is article (for allegata: of what claims are read from), and headline,
day and outlet.
"""

import argparse
import html
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers import version_of
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what is the article's in it.

    Attributes:
        layout: Its name.
        markup: As a server sends it.
        headline, outlet, day: As its metadata have them.
        paragraphs: Of the article, in order.
        others: What stands around it, a text each.
    """

    layout: str
    markup: str
    headline: str
    outlet: str
    day: date
    paragraphs: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What one side made of a page.

    Attributes:
        text: What it takes for the article, or for what claims are read from.
        headline, outlet, day: None where it found none.
    """

    text: str
    headline: str | None
    outlet: str | None
    day: date | None


def read_with_allegata(pages: Sequence[Page]) -> list[Kept]:
    """Read the pages as `allegata read` does; empty where one was set aside."""
    from allegata.documents import read_documents
    from allegata.reading import READ_SEGMENTS
    from allegata.types import Document

    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:05}.html") for number in range(len(pages))]
        for path, page in zip(paths, pages, strict=True):
            path.write_text(page.markup, encoding="utf-8")
        found = list(read_documents([str(path) for path in paths]))
    kept = []
    for one in found:
        if not isinstance(one, Document):
            kept.append(Kept("", None, None, None))
            continue
        read = [one_.span.words(one.text) for one_ in one.segments if one_.kind in READ_SEGMENTS]
        day = one.published.day if one.published else None
        kept.append(Kept("\n".join(read), one.title, one.publisher, day))
    return kept


def read_with_trafilatura(pages: Sequence[Page]) -> list[Kept]:
    """As its documentation shows it: text and metadata, its default settings."""
    import trafilatura

    kept = []
    for page in pages:
        found = trafilatura.bare_extraction(page.markup, with_metadata=True)
        if not isinstance(found, trafilatura.settings.Document):
            kept.append(Kept("", None, None, None))
            continue
        day = date.fromisoformat(found.date) if found.date else None
        kept.append(Kept(found.text or "", found.title, found.sitename, day))
    return kept


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    print(f"{describe_machine()}, trafilatura {version_of('trafilatura')}", flush=True)
    pages = make_pages(options.pages)
    print(f"{len(pages)} pages in {len(LAYOUTS)} layouts")
    head = ("paragraphs", "article", "headline", "outlet", "day", "pages/s")
    print(f"{'':24}" + "".join(f"{word:>11}" for word in head))
    for name, read in (("allegata", read_with_allegata), ("trafilatura", read_with_trafilatura)):
        started = time.perf_counter()
        kept = read(pages)
        rate = len(pages) / (time.perf_counter() - started)
        print(_row(name, pages, kept) + f"{rate:11.0f}")
        for layout in LAYOUTS:
            pairs = [(p, k) for p, k in zip(pages, kept, strict=True) if p.layout == layout]
            print(_row(f"  {layout}", [p for p, _ in pairs], [k for _, k in pairs]))
    return 0


def _row(name: str, pages: Sequence[Page], kept: Sequence[Kept]) -> str:
    shares = (
        _mean([share_whole(page, one) for page, one in zip(pages, kept, strict=True)]),
        _mean([share_own(page, one) for page, one in zip(pages, kept, strict=True)]),
        _mean([one.headline == page.headline for page, one in zip(pages, kept, strict=True)]),
        _mean([one.outlet == page.outlet for page, one in zip(pages, kept, strict=True)]),
        _mean([one.day == page.day for page, one in zip(pages, kept, strict=True)]),
    )
    return f"{name:24}" + "".join(f"{100 * share:10.1f}%" for share in shares)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def share_whole(page: Page, kept: Kept) -> float:
    """The share of the article's paragraphs that were kept word for word."""
    words = " ".join(kept.text.split())
    return _mean([paragraph in words for paragraph in page.paragraphs])


def share_own(page: Page, kept: Kept) -> float:
    """The share of the letters kept that are the article's or its headline's."""
    rest = " ".join(kept.text.split())
    n_foreign = 0
    for other in page.others:
        n_foreign += len(other) * rest.count(other)
    return 1 - n_foreign / max(1, len(rest))


# ------------------------------------------------------------------------------------------------
# Pages as news sites have them

_HEADLINES = (
    "Shells fall on {place} as talks stall",
    "Relief boats wait off {place}",
    "Council of {place} calls for an inquiry",
    "What is known about the night in {place}",
)
_PLACES = ("Torvik", "Kol Dara", "Amburo", "Lower Vesk", "Port Selim")
_OUTLETS = ("The Harbour Post", "Valley Wire", "Amburo Today", "Radio Torvik")
_MENU = ("Home", "World", "Politics", "Sport", "Weather", "Contact us")
_TEASERS = (
    "Fishermen of Amburo hope for an early spring and better prices",
    "Why the old bridge at Kol Dara was never rebuilt",
    "A bakery that has been open every day for ninety years",
    "Opinion: the harbour belongs to all of us",
    "Ten dishes for a long evening, from the cooks of the valley",
)
_NOTICE = "We use cookies to give you the best experience on our site. Accept all or choose."
_SIGN_UP = "Sign up for our newsletter and get the news of the valley every morning."
_CAPTION = "A street in the old quarter on a quiet morning. Photograph: The agency"
_COMMENT = "Thank you for this report, I grew up there and hardly know it again."
_FOOT = "All rights reserved. No part may be reproduced without permission of the publisher."


def make_pages(n_pages: int) -> list[Page]:
    """Articles in every layout in turn. The same number makes the same pages."""
    dice = random.Random(7)
    texts = list(invent_documents(n_pages, n_sentences=12, seed=7))
    names = list(LAYOUTS)
    return [_make(names[n % len(names)], text, dice) for n, text in enumerate(texts)]


def _make(layout: str, text: str, dice: random.Random) -> Page:
    headline = dice.choice(_HEADLINES).format(place=dice.choice(_PLACES))
    outlet = dice.choice(_OUTLETS)
    day = date(2019, 1, 1) + timedelta(days=dice.randrange(900))
    paragraphs = tuple(" ".join(one.split()) for one in text.strip().split("\n\n"))
    teasers = tuple(dice.sample(_TEASERS, 3))
    body = LAYOUTS[layout](headline, paragraphs, teasers)
    meta = (
        f'<meta property="og:title" content="{html.escape(headline)}">'
        f'<meta property="og:site_name" content="{html.escape(outlet)}">'
        f'<meta property="article:published_time" content="{day.isoformat()}T08:00:00Z">'
    )
    markup = (
        f"<!DOCTYPE html><html lang=en><head><title>{html.escape(headline)} | {outlet}</title>"
        f"{meta}</head><body>{body}</body></html>"
    )
    others = (_NOTICE, _SIGN_UP, _CAPTION, _COMMENT, _FOOT, *teasers)
    return Page(layout, markup, headline, outlet, day, paragraphs, others)


def _p(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)


def _menu() -> str:
    return (
        "<nav><ul>" + "".join(f"<li><a href=/x>{word}</a></li>" for word in _MENU) + "</ul></nav>"
    )


def _related(teasers: Sequence[str]) -> str:
    links = "".join(f"<li><a href=/y>{html.escape(teaser)}</a></li>" for teaser in teasers)
    return f"<aside class=related><h3>More on this</h3><ul>{links}</ul></aside>"


def _plain(headline: str, paragraphs: Sequence[str], _: Sequence[str]) -> str:
    return f"{_menu()}<main><article><h1>{headline}</h1>{_p(paragraphs)}</article></main>"


def _busy(headline: str, paragraphs: Sequence[str], teasers: Sequence[str]) -> str:
    return (
        f"<div id=cookies>{_NOTICE}</div><header>{_menu()}</header><article><h1>{headline}</h1>"
        f"<figure><img src=a.jpg><figcaption>{_CAPTION}</figcaption></figure>{_p(paragraphs[:2])}"
        f"{_related(teasers)}{_p(paragraphs[2:4])}<div class=newsletter>{_SIGN_UP}</div>"
        f"{_p(paragraphs[4:])}</article><section id=comments><p>{_COMMENT}</p></section>"
        f"<footer>{_FOOT}</footer>"
    )


def _divs(headline: str, paragraphs: Sequence[str], teasers: Sequence[str]) -> str:
    texts = "".join(f"<div class=t>{html.escape(paragraph)}</div>" for paragraph in paragraphs)
    links = "".join(f"<div class=l><a href=/y>{teaser}</a></div>" for teaser in teasers)
    return (
        f"<div class=top>{' '.join(_MENU)}</div><div class=page><div class=h>{headline}</div>"
        f"<div class=body>{texts}</div><div class=side>{links}</div></div>"
        f"<div class=b>{_FOOT}</div>"
    )


def _breaks(headline: str, paragraphs: Sequence[str], _: Sequence[str]) -> str:
    text = "<br><br>".join(html.escape(paragraph) for paragraph in paragraphs)
    return (
        f"<table><tr><td>{'<br>'.join(_MENU)}</td><td><font size=5>{headline}</font><br>{text}"
        f"<br><br><font size=1>{_FOOT}</font></td></tr></table>"
    )


def _ticker(headline: str, paragraphs: Sequence[str], _: Sequence[str]) -> str:
    entries = "".join(
        f"<li><time>{8 + n}:00</time><h2>Update {n + 1}</h2><p>{html.escape(paragraph)}</p></li>"
        for n, paragraph in enumerate(paragraphs)
    )
    return f"{_menu()}<main><h1>{headline}</h1><ol class=live>{entries}</ol></main>"


def _discussed(headline: str, paragraphs: Sequence[str], _: Sequence[str]) -> str:
    comments = "".join(
        f"<li class=comment><b>reader{n}</b><p>{_COMMENT}</p></li>" for n in range(40)
    )
    return (
        f"{_menu()}<main><article><h1>{headline}</h1>{_p(paragraphs)}</article>"
        f"<div class=comments><h3>40 comments</h3><ol>{comments}</ol></div></main>"
    )


def _listed(headline: str, paragraphs: Sequence[str], teasers: Sequence[str]) -> str:
    cards = "".join(
        f"<article class=card><h3><a href=/y>{teaser}</a></h3><p>{_SIGN_UP}</p></article>"
        for teaser in [*teasers] * 4
    )
    return (
        f"{_menu()}<div id=story><h1>{headline}</h1>{_p(paragraphs)}</div>"
        f"<div class=grid>{cards}</div><footer>{_FOOT}</footer>"
    )


def _quoted(headline: str, paragraphs: Sequence[str], teasers: Sequence[str]) -> str:
    first, *rest = paragraphs
    quotes = f"<blockquote><p>{html.escape(rest[0])}</p></blockquote>"
    listed = "<ul>" + "".join(f"<li>{html.escape(one)}</li>" for one in rest[1:3]) + "</ul>"
    return (
        f"{_menu()}<article><header><h1>{headline}</h1></header><p>{html.escape(first)}</p>{quotes}"
        f"{listed}{_p(rest[3:])}</article>{_related(teasers)}<footer>{_FOOT}</footer>"
    )


LAYOUTS: dict[str, Callable[[str, Sequence[str], Sequence[str]], str]] = {
    "plain": _plain,
    "busy": _busy,
    "nothing but div": _divs,
    "old, with tables": _breaks,
    "live ticker": _ticker,
    "quotations and lists": _quoted,
    "long discussion": _discussed,
    "among other stories": _listed,
}
"""How an article stands in a page, by name."""


if __name__ == "__main__":
    sys.exit(main())
