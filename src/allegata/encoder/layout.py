"""What the pieces of a word do not say: its case, the breaks before it, whether it is quoted.

Also the windows in which a document is read: whole sentences, as many as fit.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from allegata.types import Span

__all__ = ["LAYOUTS", "SHAPES", "WINDOW_PIECES", "lay_out", "pack", "shape_of"]

SHAPES = 6
"""Case shapes: none, lower, Title, UPPER, miXed, digits."""

LAYOUTS = 6
"""Breaks before the word (none, sentence, paragraph) times two, plus one where it is quoted."""

WINDOW_PIECES = 126
"""Pieces of a window, without its two special ones."""


def shape_of(word: str) -> int:
    """The case shape of a word: 0 none, 1 lower, 2 Title, 3 UPPER, 4 miXed, 5 digits."""
    if word.islower():
        return 1
    if word[:1].isdigit():
        return 5
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle() or (word[:1].isupper() and word[1:].islower()):
        return 2
    return 4 if any(char.isalpha() for char in word) else 0


def lay_out(
    text: str,
    words: Sequence[tuple[int, int]],
    firsts: Sequence[int],
    quotations: Sequence[Span],
) -> list[int]:
    """The layout of each word.

    Args:
        text: The document's text.
        words: Start and end of each word.
        firsts: Index of each sentence's first word, rising.
        quotations: In order, never overlapping.

    Returns:
        One number below `LAYOUTS` a word.
    """
    opens = [quotation.start for quotation in quotations]
    layouts = [0] * len(words)
    for first in firsts:
        before = text[words[first - 1][1] if first else 0 : words[first][0]]
        layouts[first] = 4 if first == 0 or "\n" in before else 2
    for index, (start, _) in enumerate(words):
        nearest = bisect_right(opens, start) - 1
        if nearest >= 0 and start < quotations[nearest].end:
            layouts[index] += 1
    return layouts


def pack(n_pieces: Sequence[int], most: int = WINDOW_PIECES) -> Iterator[tuple[int, int]]:
    """Gather neighbouring sentences into windows.

    Args:
        n_pieces: Pieces of each sentence.
        most: Pieces that fit into a window. A longer sentence has a window of its own.

    Yields:
        First sentence, and one past the last, of each window.
    """
    first, held = 0, 0
    for index, pieces in enumerate(n_pieces):
        if held and held + pieces > most:
            yield first, index
            first, held = index, 0
        held += pieces
    if held:
        yield first, len(n_pieces)
