"""One paragraph of a document with its sources, cues and contents marked."""

import re

from rich.style import Style
from rich.text import Text

from allegata.cli.styles import CUE, DIM, SOURCE, choose_tint
from allegata.types.outline import Mark, MarkKind, Paragraph, Piece, is_crossed
from allegata.types.visible import make_visible
from allegata.types.wording import raise_number

__all__ = ["mark_words"]

_WHITE = re.compile(r"[ \t\n]+")


def mark_words(paragraph: Paragraph, text: str) -> Text:
    """The words of a paragraph on one line, however long, with their marks.

    Args:
        paragraph: Of the document that the text belongs to. All its words are shown, in order;
            what would command a terminal is made visible.
        text: The document's.
    """
    words = Text()
    for piece in paragraph.pieces:
        for mark in piece.opening:
            _open(words, mark)
        shown = make_visible(_WHITE.sub(" ", text[piece.start : piece.end]))
        words.append(shown, _choose_style(piece))
        for mark in piece.closing:
            _close(words, mark, piece)
    words.rstrip()
    return words


def _choose_style(piece: Piece) -> Style | None:
    if not piece.held:
        return None
    innermost = piece.held[-1]
    looks = {MarkKind.SOURCE: SOURCE, MarkKind.CUE: CUE}
    return looks.get(innermost.kind) or choose_tint(innermost.depth)


def _open(words: Text, mark: Mark) -> None:
    if mark.kind is MarkKind.CONTENT:
        words.append("⌜" + raise_number(mark.numbers), choose_tint(mark.depth))
    elif mark.kind is MarkKind.SOURCE:
        words.append("‹", SOURCE)
    else:
        words.append("_", DIM)


def _close(words: Text, mark: Mark, piece: Piece) -> None:
    if mark.kind is MarkKind.CONTENT:
        number = raise_number(mark.numbers) if is_crossed(mark, piece) else ""
        words.append("⌟" + number, choose_tint(mark.depth))
    elif mark.kind is MarkKind.SOURCE:
        words.append("›" + raise_number(mark.numbers), SOURCE)
    else:
        words.append("_", DIM).append(raise_number(mark.numbers), CUE)
