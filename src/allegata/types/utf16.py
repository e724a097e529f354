"""Offsets as programs count them whose letters are UTF-16 units: scripts in browsers, Java."""

from bisect import bisect_left

from allegata.types.span import Span

__all__ = ["Utf16"]


class Utf16:
    """Offsets in code points as offsets in UTF-16 units.

    Args:
        text: Whose offsets.
    """

    def __init__(self, text: str) -> None:
        self._wide = [at for at, letter in enumerate(text) if ord(letter) > 0xFFFF]

    def of(self, offset: int) -> int:
        """An offset in UTF-16 units."""
        return offset + bisect_left(self._wide, offset) if self._wide else offset

    def back(self, offset: int) -> int:
        """An offset in UTF-16 units as one in code points."""
        low, high = 0, offset
        while low < high:
            middle = (low + high) // 2
            if self.of(middle) < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def span(self, span: Span | None) -> str:
        """`12-45`, or nothing."""
        return "" if span is None else f"{self.of(span.start)}-{self.of(span.end)}"
