"""Line breaks: whether a line was wrapped, or the next one is a line of its own."""

import re

__all__ = ["Lines"]

_BREAKS = "\n\x0b\x0c\u2028\u2029"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BULLET = re.compile(r"[-*•▪·–—>]\s|\d{1,2}[.)]\s")
_FIRST_WORD = re.compile(r"\S+")
# A line that ends with one of these is not over.
_GOES_ON = frozenset(
    "a an the of in on at to for from by with and or but that which who as than into over under"
    " near between against is are was were be been has have had said will would its his her their"
    " not after before during about".split()
)
_NARROWEST_WRAP = 40
_WIDEST_WRAP = 130


class Lines:
    """The lines of one text, asked about in order."""

    __slots__ = ("_end", "_n_lines", "_start", "_text", "_width")

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = self._width = self._n_lines = 0

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
        self._measure_block(at)
        if self._n_lines < 3 or not _NARROWEST_WRAP <= self._width <= _WIDEST_WRAP:
            return True
        word = _FIRST_WORD.match(text, after, after + 60)
        return at - line_start + 1 + (len(word.group()) if word else 0) <= self._width

    def _measure_block(self, at: int) -> None:
        """Width and number of the lines between the blank lines around a place."""
        if self._start <= at < self._end:
            return
        text = self._text
        self._start = at if at < self._end else max(self._end, text.rfind("\n\n", self._end, at))
        blank = _BLANK_LINE.search(text, at)
        self._end = blank.start() if blank else len(text)
        lines = text[self._start : self._end].strip("\n").split("\n")
        self._width = max(len(line) for line in lines)
        self._n_lines = len(lines)
