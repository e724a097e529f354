"""A run of characters of one document, the smallest piece of evidence."""

from dataclasses import dataclass

__all__ = ["Span"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters of one document.

    Attributes:
        start: First character, counted in code points of `Document.text`.
        end: One past the last character. Always greater than `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def words(self, text: str) -> str:
        """The words themselves: `text` must be the text of the span's document."""
        return text[self.start : self.end]
