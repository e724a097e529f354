"""A reading as a static page for notebooks: escaped, without script, legible on light and dark."""

import html
import re
from collections.abc import Iterator, Sequence

from allegata.types._page_events import Told, draw_closing
from allegata.types.claim import Claim
from allegata.types.closing import Ending
from allegata.types.document import Document, SegmentKind
from allegata.types.entity import Entity
from allegata.types.event import Event, Link
from allegata.types.event_wording import EPISODE_LEGEND, describe_own_voice
from allegata.types.outline import (
    READ_KINDS,
    Mark,
    MarkKind,
    Paragraph,
    Piece,
    build_branches,
    cut_paragraphs,
    find_headline,
    is_crossed,
    measure_own_voice,
)
from allegata.types.telling import gather_tellings
from allegata.types.visible import make_line_visible, make_visible
from allegata.types.wording import (
    ARROW,
    DOCUMENT_ITSELF,
    SEGMENT_LABELS,
    choose_arrow,
    choose_title,
    describe_claim,
    describe_confidence,
    describe_count,
    describe_event_count,
    describe_published,
    name_antecedent,
    quote_signs,
    raise_number,
    shorten,
)

__all__ = ["draw_page"]

_MOST_BYTES = 48_000
_MOST_TEXT_BYTES = 27_000
_MOST_TITLE_BYTES = 3_000
_MOST_WARNINGS = 5
_MOST_LEVELS = 12
_MOST_LINE = 240
_WHITE = re.compile(r"[ \t\n]+")

# Tints are translucent: they deepen where contents nest, and suit any ground and any ink.
_PAGE = "max-width:46em;line-height:1.55"
_LIST = (
    '<ul style="list-style:none;margin:0.4em 0;padding-left:1em;'
    'border-left:1px solid rgba(128,128,128,0.4)">'
)
_ITEM = '<li style="margin:0.5em 0">'
_FAINT = "opacity:0.65"


def draw_page(
    document: Document,
    claims: tuple[Claim, ...],
    entities: tuple[Entity, ...] = (),
    events: tuple[Event, ...] = (),
    links: tuple[Link, ...] = (),
) -> str:
    """Draw a reading as HTML.

    Args:
        document: What was read.
        claims: Of the same reading.
        entities: Of the same reading: they tell who "he" is.
        events: Of the same reading: each stands inside the claim that carries it.
        links: Of the same reading.

    Returns:
        One `div` of at most 50 kB: what of text, claims and events does not fit is counted in
        words. Everything that comes from the document is escaped; nothing is fetched, linked or
        run. Without its styles it says the same.
    """
    top = _draw_title(document, claims) + "".join(_draw_facts(document, claims, events))
    text = _draw_text(document, claims)
    text += f'<p style="{_FAINT}">{EPISODE_LEGEND}</p>' if events else ""
    left = _MOST_BYTES - _count_bytes(top) - _count_bytes(text)
    told = Told(document, entities, gather_tellings(events, links, document.text))
    closing = _draw_closings(Ending(document, claims, entities, events, links), left // 6)
    tree = _draw_tree(claims, told, left - _count_bytes(closing))
    return f'<div style="{_PAGE}">{top}{text}{tree}{closing}</div>'


def _draw_title(doc: Document, claims: Sequence[Claim]) -> str:
    """The headline with its marks, or else the title that metadata give."""
    headline = find_headline(doc)
    if headline is not None:
        for paragraph in cut_paragraphs(doc, claims):
            if paragraph.pieces[0].start == headline.start:
                return _draw_paragraph(doc.text, paragraph, _MOST_TITLE_BYTES)[0]
    return f'<p dir="auto"><b>{_show_line(choose_title(doc))}</b></p>'


def _draw_facts(doc: Document, claims: Sequence[Claim], events: Sequence[Event]) -> Iterator[str]:
    facts = [
        doc.publisher or "publisher unknown",
        describe_published(doc.published),
        f"language {doc.language}" if doc.language else "language unknown",
        describe_count(claims),
        describe_event_count(events),
    ]
    yield '<p dir="auto">'
    yield " · ".join(f"<bdi>{_show_line(fact)}</bdi>" for fact in facts)
    if doc.uri != choose_title(doc):
        yield f'<br><span style="{_FAINT}"><bdi>{_show_line(doc.uri)}</bdi></span>'
    for warning in doc.warnings[:_MOST_WARNINGS]:
        yield f"<br>! {_show_line(warning)}"
    yield "</p><hr>"


def _draw_text(doc: Document, claims: Sequence[Claim]) -> str:
    parts: list[str] = []
    left, n_left = _MOST_TEXT_BYTES, 0
    headline = find_headline(doc)
    for paragraph in cut_paragraphs(doc, claims):
        if headline is not None and paragraph.pieces[0].start == headline.start:
            continue
        if left <= 0:
            n_left = len(doc.text) - paragraph.pieces[0].start
            break
        part, n_left = _draw_paragraph(doc.text, paragraph, left)
        left -= _count_bytes(part)
        parts.append(part)
        if n_left:
            break
    if n_left:
        parts.append(f"<p>… {n_left:,} more characters of text are not shown here.</p>")
    return "".join([*parts, "<hr>", _LEGEND])


def _draw_paragraph(text: str, paragraph: Paragraph, left: int) -> tuple[str, int]:
    """As much of a paragraph as fits, and how many characters of the text come after that."""
    open_, close = _choose_frame(paragraph.kind)
    parts = [open_]
    for piece in paragraph.pieces:
        words = _show(text[piece.start : piece.end])
        part = _draw_piece(piece, words)
        left -= _count_bytes(part)
        if left < 0:
            # What shows a character takes 16 bytes at most.
            n_fitting = max(0, min(piece.end - piece.start, (left + _count_bytes(words)) // 16))
            words = _show(text[piece.start : piece.start + n_fitting])
            parts += [_draw_piece(piece, words) if n_fitting else "", close]
            return "".join(parts), len(text) - piece.start - n_fitting
        parts.append(part)
    return "".join([*parts, close]), 0


def _choose_frame(kind: SegmentKind) -> tuple[str, str]:
    if kind is SegmentKind.HEADLINE:
        return '<p dir="auto"><b>', "</b></p>"
    if kind in READ_KINDS:
        return '<p dir="auto">', "</p>"
    label = f"<i>┊ {SEGMENT_LABELS[kind]}, not read:</i> "
    return f'<p dir="auto" style="{_FAINT}"><small>{label}', "</small></p>"


def _draw_piece(piece: Piece, words: str) -> str:
    kinds = [mark.kind for mark in piece.held]
    for kind, tag in _TAGS.items():
        if kind in kinds:
            words = f"<{tag}>{words}</{tag}>"
    opening = "".join(_open(mark) for mark in piece.opening)
    closing = "".join(_close(mark, piece) for mark in piece.closing)
    depth = kinds.count(MarkKind.CONTENT)
    whole = opening + words + closing
    return f'<span style="{_tint(depth)}">{whole}</span>' if depth else whole


def _open(mark: Mark) -> str:
    if mark.kind is MarkKind.CONTENT:
        return f"⌜{raise_number(mark.numbers)}"
    return "‹" if mark.kind is MarkKind.SOURCE else "_"


def _close(mark: Mark, piece: Piece) -> str:
    if mark.kind is MarkKind.CONTENT:
        return "⌟" + (raise_number(mark.numbers) if is_crossed(mark, piece) else "")
    return ("›" if mark.kind is MarkKind.SOURCE else "_") + raise_number(mark.numbers)


def _draw_tree(claims: Sequence[Claim], told: Told, left: int) -> str:
    voice, n_untold = _draw_voice(claims, told, left)
    parts = [voice]
    left -= _count_bytes(voice)
    n_open = n_drawn = 0
    branches = build_branches(claims)
    for branch in branches:
        level = min(len(branch.more), _MOST_LEVELS)
        part = "</li></ul>" * (n_open - level) + (_LIST if level > n_open else "</li>")
        part += f"{_ITEM}{_describe_saying(told, branch.claim, branch.number)}"
        left -= _count_bytes(part)
        if left < 0:
            break
        events, n_left = told.draw(branch.claim, left // 2)
        left -= _count_bytes(events)
        parts += [part, events]
        n_untold += n_left
        n_open, n_drawn = level, n_drawn + 1
    parts.append("</li></ul>" * n_open)
    n_untold += sum(told.count(branch.claim) for branch in branches[n_drawn:])
    for n_more, what in ((len(branches) - n_drawn, "claims"), (n_untold, "events")):
        parts.append(f"<p>… {n_more:,} more {what} are not shown here.</p>" if n_more else "")
    return "".join(parts)


def _draw_voice(claims: Sequence[Claim], told: Told, left: int) -> tuple[str, int]:
    """The document's own voice with what it tells, and how many of its events are left out."""
    voice = f"<p>{_describe_voice(told.document, claims)}</p>"
    own = next((claim for claim in claims if claim.parent is None), None)
    if own is None or not told.count(own):
        return voice, 0
    events, n_left = told.draw(own, left // 3)
    words = describe_own_voice(told.tellings[own.id], told.document)
    lead = f'<div style="{_FAINT}"><i>{words}</i></div>'
    return f"<div>{voice}{lead}{events}</div>", n_left


def _draw_closings(ending: Ending, left: int) -> str:
    parts: list[str] = []
    for closing in ending.lists():
        part = draw_closing(closing)
        left -= _count_bytes(part)
        parts += [part] if left >= 0 else []
    return "".join(parts)


def _describe_voice(doc: Document, claims: Sequence[Claim]) -> str:
    name = doc.publisher or DOCUMENT_ITSELF
    share = measure_own_voice(doc, claims)
    words = "" if share is None else f", in its own voice for {share:.0%} of the text"
    return f"<b><bdi>{_show_line(name[:1].upper() + name[1:])}</bdi></b>{words}"


def _describe_saying(told: Told, claim: Claim, number: str) -> str:
    doc = told.document
    source = "<i>source not named</i>"
    if claim.source is not None:
        source = f"<b><bdi>{_show_line(claim.source.words(doc.text))}</bdi></b>"
        antecedent = name_antecedent(claim, doc.text, told.entities)
        source += f" = <bdi>{_show_line(antecedent)}</bdi>" if antecedent else ""
    cue = "no cue"
    if claim.cue is not None:
        cue = f"<i><bdi>{_show_line(quote_signs(claim.cue.words(doc.text)))}</bdi></i>"
    content = _show_line(" […] ".join(_cut(span.words(doc.text)) for span in claim.content[:9]))
    facts = filter(None, [describe_claim(claim, doc.text), describe_confidence(claim.confidence)])
    return (
        f"{_show_line(number)} {source} {ARROW} {cue} ({claim.act.value}) "
        f"{choose_arrow(claim.act)} <bdi>{content}</bdi>"
        f'<br><small style="{_FAINT}">{_show_line(" · ".join(facts))}</small>'
    )


def _cut(words: str) -> str:
    """Enough of very long words to shorten them from."""
    return words if len(words) <= 2 * _MOST_LINE else words[:_MOST_LINE] + words[-_MOST_LINE:]


def _tint(depth: int) -> str:
    return f"background-color:rgba(0,135,175,{min(0.12 * depth, 0.6):.2f})"


def _show(words: str) -> str:
    return html.escape(make_visible(_WHITE.sub(" ", words)), quote=False)


def _show_line(words: str) -> str:
    return html.escape(shorten(make_line_visible(_cut(words)), _MOST_LINE), quote=False)


def _count_bytes(part: str) -> int:
    return len(part.encode())


_TAGS = {MarkKind.SOURCE: "b", MarkKind.CUE: "i"}
_LEGEND = (
    f'<p style="{_FAINT}">‹<b>who says it</b>› <i>_the words that say so_</i> '
    f'<span style="{_tint(1)}">⌜what is said⌟</span> ¹ its number</p>'
)
