"""Line breaks: whether a line was wrapped, or the next one is a line of its own."""

import re
from functools import cached_property
from itertools import pairwise

__all__ = ["Lines"]

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"[-*•▪·–—>]\s|\d{1,2}[.)]\s")
_FIRST_WORD = re.compile(r"\S+")
# A line that ends with one of these is not over.
_GOES_ON = frozenset(
    "a an the of in on at to for from by with and or but that which who as than into over under"
    " near between against is are was were be been has have had said will would its his her their"
    " not after before during about".split()
)
_NARROWEST = 40
_WIDEST = 130
_RAGGED = 8
"""How much shorter than its block a wrapped line may be."""


class Lines:
    """The lines of one text, asked about in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = self._block_width = 0

    @staticmethod
    def is_blank(gap: str) -> bool:
        """Whether a run of white space holds an empty line or a page break."""
        return gap.count("\n") > 1 or gap[0] != "\n"

    def ends_at(self, at: int, after: int) -> bool:
        """Whether a line that ends without a stop is over nevertheless.

        Args:
            at: Where its line break stands.
            after: Where the next line begins, after white space.

        Returns:
            False for wrapped text: the next line goes on in lower case, or this one ends with a
            word that cannot be the last, or the next word would not have fitted on it.
        """
        text = self._text
        if after >= len(text) or _BULLET.match(text, after):
            return True
        line_start = max(text.rfind("\n", max(0, at - 400), at) + 1, at - 400, 0)
        line = text[line_start:at].rstrip()
        if not line:
            return True
        if text[after].islower() or line[-1] in ",-" or line.split()[-1].lower() in _GOES_ON:
            return False
        width = self._measure_block(at) or self._width
        if not width:
            return True
        word = _FIRST_WORD.match(text, after, after + 60)
        fills = at - line_start + 1 + (len(word.group()) if word else 0) > width - _RAGGED
        # Old wire copy begins behind a dateline that may have been cut off.
        return not fills and not (line_start == 0 and self._in_capitals)

    @cached_property
    def _in_capitals(self) -> bool:
        sample = self._text[:2_000]
        return sample == sample.upper()

    @cached_property
    def _width(self) -> int:
        """The width that blocks of this text were wrapped to, or nothing."""
        return max(map(_wrapped_width, _BLANK_LINE.split(self._text)), default=0)

    def _measure_block(self, at: int) -> int:
        """The width that the lines between the blank lines around a place were wrapped to."""
        if at >= self._end:
            blank = _BLANK_LINE.search(self._text, at)
            self._start = max(self._end, self._text.rfind("\n\n", self._end, at))
            self._end = blank.start() if blank else len(self._text)
            self._block_width = _wrapped_width(self._text[self._start : self._end])
        return self._block_width


def _wrapped_width(block: str) -> int:
    """The width that a block of three or more lines was wrapped to, or nothing."""
    lines = [line.rstrip() for line in block.strip("\n").split("\n")]
    width = max(map(len, lines))
    if len(lines) < 3 or not _NARROWEST <= width <= _WIDEST:
        return 0
    full = 0
    for line, following in pairwise(lines):
        word = _FIRST_WORD.search(following)
        full += len(line) + 1 + (len(word.group()) if word else 0) > width - _RAGGED
    return width if full * 4 >= (len(lines) - 1) * 3 else 0
