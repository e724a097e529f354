"""What the pieces of a word do not say: its case, the breaks before it, whether it is quoted.

Also the windows in which a document is read: whole sentences, as many as fit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from allegata.types import Span

__all__ = [
    "FARTHEST",
    "LAYOUTS",
    "SHAPES",
    "WINDOW_PIECES",
    "distance_bucket",
    "lay_out",
    "pack",
    "rank_breaks",
    "shape_of",
]

SHAPES = 6
"""Case shapes: none, lower, Title, UPPER, miXed, digits."""

LAYOUTS = 6
"""Breaks before the word (none, sentence, paragraph) times two, plus one where it is quoted."""

WINDOW_PIECES = 126
"""Pieces of a window, without its two special ones."""


FARTHEST = 12
"""The highest bucket of distances, on either side."""


def distance_bucket(gap: int) -> int:
    """The bucket of a distance in words: each up to 6 has its own, farther ones share some.

    Returns:
        From 0 (far before) over `FARTHEST` (the same word) to twice `FARTHEST` (far behind).
    """
    size = abs(gap)
    bucket = size if size <= 6 else 6 + sum(size > limit for limit in (6, 9, 14, 20, 30, 50))
    return FARTHEST + (bucket if gap > 0 else -bucket)


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


def pack(
    n_pieces: Sequence[int], breaks: Sequence[int] = (), most: int = WINDOW_PIECES
) -> Iterator[tuple[int, int]]:
    """Gather neighbouring sentences into windows.

    A window ends where a paragraph does, if one ends in its second half; else not inside a
    quotation, for which it may grow by half.

    Args:
        n_pieces: Pieces of each sentence.
        breaks: How good it is to end a window before each sentence, by `rank_breaks`; empty
            where all are alike.
        most: Pieces that fit into a window. A longer sentence has a window of its own.

    Yields:
        First sentence, and one past the last, of each window.
    """
    first = 0
    while first < len(n_pieces):
        end = _window_end(n_pieces, breaks, first, most)
        yield first, end
        first = end


def rank_breaks(
    words: Sequence[tuple[int, int]],
    firsts: Sequence[int],
    layouts: Sequence[int],
    quotations: Sequence[Span],
) -> list[int]:
    """How good it is to end a window before each sentence.

    Returns:
        2 before a paragraph, 1 before a sentence, 0 inside a quotation.
    """
    opens = [quotation.start for quotation in quotations]
    ranks = []
    for first in firsts:
        start = words[first][0]
        nearest = bisect_left(opens, start) - 1
        inside = nearest >= 0 and start < quotations[nearest].end
        ranks.append(0 if inside else 2 if layouts[first] >= 4 else 1)
    return ranks


def _window_end(n_pieces: Sequence[int], breaks: Sequence[int], first: int, most: int) -> int:
    held = n_pieces[first]
    best, best_rank = first + 1, -1
    for end in range(first + 1, len(n_pieces) + 1):
        rank = 3 if end == len(n_pieces) else breaks[end] if breaks else 1
        if held <= most and (rank >= best_rank or held < most // 2):
            best, best_rank = end, rank
        elif held > most and best_rank < 1 <= rank:
            return end
        if end == len(n_pieces):
            break
        held += n_pieces[end]
        if held > (most if best_rank else most * 3 // 2):
            break
    return best
