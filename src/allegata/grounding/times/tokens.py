"""A stretch of text as tokens, each with a one-character symbol that the grammar matches on.

A phrase of the grammar is then a regular expression over one character a token: short, bounded
and fast, whatever the text holds.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from allegata.grounding.times.words import WORD_SYMBOLS
from allegata.types import Span

__all__ = ["NAMES", "SYMBOLS", "Tokens", "shouts", "tokenise"]

_TOKEN = re.compile(
    r"""
    [AaPp]\.[Mm]\b\.?
    | [A-Za-z\u00c0-\u024f]++
    | (?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d) | \d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)
       | \d{1,2}/\d{1,2}/\d\d(?!\d))
       (?![-/.]\d) (?:T\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?   # numeric date
    | \d{1,2}:\d\d(?::\d\d)?(?![\d:])    # clock
    | \d{1,2}/\d{1,2}(?![\d/])           # 9/11
    | \d++(?:[.,]\d++)+                  # 1,800 and 2.5
    | (?:\d\d)?\d0s\b                    # 1990s
    | \d{1,2}(?:st|nd|rd|th)\b
    | \d++
    | ['’]s\b
    | [^\w\s]
    | \n[ \t]*+\n
    | [^\W\d_]++
    """,
    re.VERBOSE,
)
_NUMERIC_DATE = re.compile(
    r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4}|\d{1,2}/\d{1,2}/\d\d)(?:T|$)"
)
_PUNCTUATION = {
    ",": "comma", "(": "open", "[": "open", ")": "close", "]": "close", "-": "dash", "–": "dash",
    "—": "longdash", ".": "dot", "'": "quote", "’": "quote", ";": "stop", ":": "stop",
    "!": "stop", "?": "stop", "/": "slash",
}  # fmt: skip
_CLASS_NAMES = (
    "LOW CAP MARK BREAK POSS NUMDATE CLOCK SLASHED OTHERNUM DECADE ORD DD NN NNN HHMM YYYY BIG"
).split()
_NAMES = sorted({*WORD_SYMBOLS.values(), *_PUNCTUATION.values(), *_CLASS_NAMES})
SYMBOLS = {name: chr(0xE000 + n) for n, name in enumerate(_NAMES)}
"""The character that stands for each symbol of the grammar."""
NAMES = {char: name for name, char in SYMBOLS.items()}
_BY_TOKEN = {
    **{word: SYMBOLS[name] for word, name in WORD_SYMBOLS.items()},
    **{mark: SYMBOLS[name] for mark, name in _PUNCTUATION.items()},
    "'s": SYMBOLS["POSS"],
    "’s": SYMBOLS["POSS"],
}
_LONGEST_KEY = 40
"""No token of the grammar is longer, so more of one need not be looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of one stretch.

    Attributes:
        words: Each token as written.
        starts: First character of each, in the document.
        symbols: One character of `SYMBOLS` for each token.
    """

    words: list[str]
    starts: list[int]
    symbols: str

    def name(self, index: int) -> str:
        """Symbol name of a token; "" outside the stretch."""
        return NAMES[self.symbols[index]] if 0 <= index < len(self.words) else ""

    def word(self, index: int) -> str:
        """A token as written; "" outside the stretch."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def span(self, first: int, last: int) -> Span:
        """The characters from the token `first` up to, not including, the token `last`."""
        return Span(self.starts[first], self.starts[last - 1] + len(self.words[last - 1]))


def tokenise(text: str, span: Span) -> Tokens:
    """Cut a stretch of text into tokens."""
    matches = list(_TOKEN.finditer(text, span.start, span.end))
    words = [match[0] for match in matches]
    starts = [match.start() for match in matches]
    symbols = "".join([_BY_TOKEN.get(word) or _other(word[:_LONGEST_KEY]) for word in words])
    return Tokens(words, starts, symbols)


@lru_cache(maxsize=2)
def shouts(tokens: Tokens) -> bool:
    """Whether nearly all of a stretch is in capitals, so that a capital says nothing of a word."""
    n_small = sum(word.islower() for word in tokens.words)
    return 4 * n_small < sum(word.isupper() and len(word) > 1 for word in tokens.words)


@lru_cache(maxsize=10_000)
def _other(word: str) -> str:
    """The symbol of a token that is no word or mark of the grammar."""
    first = word[0]
    if first.isdecimal():
        return SYMBOLS[_number(word)]
    if first.isalpha():
        return SYMBOLS["CAP" if first.isupper() else "LOW"]
    return SYMBOLS["BREAK" if first == "\n" else "MARK"]


def _number(word: str) -> str:
    if word.isdecimal():
        return _whole_number(word)
    if word[-1] == "s":
        return "DECADE"
    if word[-2:] in ("st", "nd", "rd", "th"):
        return "ORD" if 1 <= int(word[:-2]) <= 31 else "BIG"
    if ":" in word[:3] and len(word) <= 8:
        return "CLOCK"
    if word.count("/") == 1 and len(word) <= 5:
        return "SLASHED"
    return "NUMDATE" if _is_numeric_date(word) else "OTHERNUM"


def _is_numeric_date(word: str) -> bool:
    return _NUMERIC_DATE.match(word) is not None


def _whole_number(word: str) -> str:
    if len(word) <= 2:
        return "DD" if 1 <= int(word) <= 31 else "NN"
    if len(word) == 3:
        return "NNN"
    if len(word) == 4:
        return "YYYY" if word[0] in "12" else "HHMM"
    return "BIG"
