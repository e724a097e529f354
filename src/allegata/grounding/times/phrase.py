"""A run of tokens that the grammar takes for a temporal expression, and its shape."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from allegata.grounding.times.tokens import NAMES, SYMBOLS, Tokens
from allegata.grounding.times.words import VALUES

__all__ = ["Kind", "Phrase"]


class Kind(Enum):
    """The shape of an expression, which decides how it is resolved."""

    DATE = auto()
    NUMERIC = auto()
    DAY_RANGE = auto()
    WEEKDAY = auto()
    MONTH = auto()
    YEAR = auto()
    YEAR_RANGE = auto()
    DECADE = auto()
    CENTURY = auto()
    SEASON = auto()
    RANGE = auto()
    DEICTIC = auto()
    CALENDAR = auto()
    ROLLING = auto()
    NTH = auto()
    AGO = auto()
    AHEAD = auto()
    OFFSET = auto()
    OFFSET_POINT = auto()
    STEP = auto()
    SAME = auto()
    BEFORE_LAST = auto()
    MARKED = auto()
    CLOCK = auto()
    REPEATED = auto()
    OTHER_CALENDAR = auto()
    FEAST = auto()
    NEW_YEAR = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of tokens that a rule matched.

    Attributes:
        tokens: The stretch it lies in.
        first: Its first token.
        last: One past its last token.
        kind: Its shape.
        parts: First and last token of the named parts of the rule.
        core: Where what may stand before it (prepositions, "early on", a clock time) ends.
    """

    tokens: Tokens
    first: int
    last: int
    kind: Kind
    parts: dict[str, tuple[int, int]]
    core: int

    def words(self, *names: str) -> list[str]:
        """Its words of these symbols, in small letters, in order."""
        tokens = self.tokens
        return [
            tokens.words[index].lower()
            for index in range(self.first, self.last)
            if NAMES[tokens.symbols[index]] in names
        ]

    def has(self, *names: str) -> bool:
        """Whether it holds a token of these symbols."""
        return not _chars(names).isdisjoint(self._symbols)

    def symbol_names(self) -> list[str]:
        """Symbol names of its tokens."""
        return [NAMES[char] for char in self._symbols]

    def value(self, *names: str) -> int | None:
        """Number, month or weekday that the first word of these symbols counts for."""
        found = self.words(*names)
        return VALUES[found[0]] if found else None

    def part(self, name: str) -> "Phrase":
        """A named part of it, as a phrase of its own."""
        first, last = self.parts[name]
        return Phrase(self.tokens, first, last, self.kind, {}, first)

    def lead(self) -> list[str]:
        """Symbol names of what stands before its core."""
        return [NAMES[char] for char in self.tokens.symbols[self.first : self.core]]

    @property
    def _symbols(self) -> str:
        return self.tokens.symbols[self.first : self.last]


@cache
def _chars(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(SYMBOLS[name] for name in names)
