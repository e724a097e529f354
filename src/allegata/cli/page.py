"""A reading as a page for the terminal: who speaks, the text with its marks, who says what."""

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from allegata.cli.marked import mark_words
from allegata.cli.styles import CUE, DIM, LABEL, SOURCE, STRONG, WARN, choose_tint
from allegata.cli.tree import draw_tree
from allegata.cli.wrapping import wrap
from allegata.types import Document, Reading, SegmentKind
from allegata.types.event_wording import EPISODE_LEGEND
from allegata.types.outline import READ_KINDS, Paragraph, cut_paragraphs, find_headline
from allegata.types.visible import make_line_visible
from allegata.types.wording import (
    SEGMENT_LABELS,
    choose_title,
    describe_count,
    describe_event_count,
    describe_published,
)

__all__ = ["draw_page"]

_MARGIN = "  "
_MOST_BOILERPLATE = 200


def draw_page(reading: Reading, width: int, *, with_legend: bool = True) -> Iterator[Text]:
    """Draw a reading as lines for a terminal.

    Args:
        reading: What is drawn: the whole text, and every claim.
        width: Cells that a line may take.
        with_legend: Whether to tell what the marks mean.

    Yields:
        Lines with styles. Without the styles they say the same.
    """
    room = width - 2 * len(_MARGIN)
    for line in _draw_lines(reading, room, with_legend):
        yield Text(_MARGIN) + line if line.plain else line


def _draw_lines(reading: Reading, room: int, with_legend: bool) -> Iterator[Text]:
    doc = reading.document
    paragraphs = list(cut_paragraphs(doc, reading.claims))
    yield from wrap(_take_title(doc, paragraphs), room)
    yield from _draw_header(reading, room)
    yield Text("─" * room, DIM)
    yield Text()
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind):
        words = [mark_words(paragraph, doc.text) for paragraph in group]
        yield from _draw_group(kind, words, room)
    yield Text("─" * room, DIM)
    if with_legend:
        yield from wrap(_describe_marks(), room)
        if reading.events:
            yield from wrap(Text(EPISODE_LEGEND, DIM), room)
    yield Text()
    yield from draw_tree(reading, room)


def _take_title(doc: Document, paragraphs: list[Paragraph]) -> Text:
    """The headline with its marks, taken from the text, or else the title that metadata give."""
    headline = find_headline(doc)
    for place, paragraph in enumerate(paragraphs):
        if headline is not None and paragraph.pieces[0].start == headline.start:
            return _strengthen(mark_words(paragraphs.pop(place), doc.text))
    return Text.assemble((make_line_visible(choose_title(doc)), STRONG))


def _draw_header(reading: Reading, room: int) -> Iterator[Text]:
    doc = reading.document
    facts = [
        doc.publisher or "publisher unknown",
        describe_published(doc.published),
        f"language {doc.language}" if doc.language else "language unknown",
        describe_count(reading.claims),
        describe_event_count(reading.events),
    ]
    if doc.author:
        facts.insert(1, f"by {doc.author}")
    yield from wrap(Text(" · ".join(map(make_line_visible, facts))), room)
    if doc.uri != choose_title(doc):
        yield from wrap(Text(make_line_visible(doc.uri), DIM), room)
    for warning in doc.warnings:
        yield from wrap(Text(f"! {make_line_visible(warning)}", WARN), room)


def _draw_group(kind: SegmentKind, group: list[Text], room: int) -> Iterator[Text]:
    if kind in READ_KINDS:
        for words in group:
            yield from wrap(_strengthen(words) if kind is SegmentKind.HEADLINE else words, room)
            yield Text()
        return
    words = Text(" · " if kind is SegmentKind.BOILERPLATE else " ").join(group)
    names_itself = words.plain.casefold().startswith(SEGMENT_LABELS[kind])
    label = Text("" if names_itself else f"{SEGMENT_LABELS[kind]}: ", LABEL)
    if kind is SegmentKind.BOILERPLATE and len(words) > _MOST_BOILERPLATE:
        n_words = len(words.plain.split())
        n_shown = max(words.plain.rfind(" ", 0, _MOST_BOILERPLATE), 0) or _MOST_BOILERPLATE
        words = words[:n_shown] + Text(f" … ({n_words:,} words in all)")
    words.stylize(DIM)
    for line in wrap(label + words, room - 2):
        yield Text.assemble(("┊ ", DIM), line)
    yield Text()


def _describe_marks() -> Text:
    return Text.assemble(
        ("‹who says it›", SOURCE),
        "  ",
        ("_", DIM),
        ("the words that say so", CUE),
        ("_", DIM),
        "  ",
        ("⌜what is said⌟", choose_tint(1)),
        ("  ¹ number  ┊ not read", DIM),
    )


def _strengthen(words: Text) -> Text:
    strong = words.copy()
    strong.stylize(STRONG)
    return strong
