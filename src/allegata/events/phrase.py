"""A part of a sentence that may count somebody, with the words around it."""

from bisect import bisect_left
from dataclasses import dataclass

from allegata.encoder import Analysis, Name
from allegata.events.number_words import load_number_words
from allegata.types import Span

__all__ = ["NAMING", "NOUNS", "Counted", "Phrase"]

NOUNS = frozenset({"NOUN", "PROPN"})
NAMING = NOUNS | {"ADJ", "NUM"}
"""Parts of speech of the words that tell who is counted."""

_AROUND = 64
"""How many words around a part are looked at."""
_BACK = 12
"""How many words before a number its correction may stand."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody or something with a number.

    Attributes:
        low: At least so many, or None.
        high: At most so many, or None.
        of: Who or what, in the words of the text, or None where it is left out.
        span: The words of the number and of who is counted.
        single: Whether a noun phrase or a name says that it is one, and no number does.
    """

    low: int | None
    high: int | None
    of: str | None
    span: Span
    single: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence to read counts from.

    Attributes:
        analysis: Holds the sentence.
        offset: The first word that is looked at, in the part's sentence.
        lower: The words from there on, in small letters.
        names: The named entities among them.
        first, end: The part's words, numbered from `offset`, end excluded.
        people: Whether people are counted, and not things.
        bare: Whether a noun without an article is somebody ("Policeman shot in market").
        stop: The first word behind the part that is no part of its last noun phrase: the trigger.
    """

    analysis: Analysis
    offset: int
    lower: tuple[str, ...]
    names: tuple[Name, ...]
    first: int
    end: int
    people: bool
    bare: bool
    stop: int

    @classmethod
    def of(
        cls,
        analysis: Analysis,
        first: int,
        end: int,
        *,
        people: bool,
        bare: bool = False,
        trigger: int | None = None,
    ) -> "Phrase":
        """Words of the analysis, with those around them in the sentence of the first."""
        sentence = analysis.sentences[analysis.sentence_of[first]]
        end = min(end, sentence.end)
        start, stop = max(sentence.first, first - _AROUND), min(sentence.end, end + _AROUND)
        lower = tuple(analysis.word(number).lower() for number in range(start, stop))
        names = _names_among(analysis, start, stop)
        limit = trigger if trigger is not None and end <= trigger < stop else stop
        ends = first - start, end - start
        return cls(analysis, start, lower, names, *ends, people, bare, limit - start)

    def adjoins(self, at: int) -> bool:
        """Whether a word touches both its neighbours: the dash of "12-year-old"."""
        words, at = self.analysis.words, at + self.offset
        if not 0 < at < len(words) - 1:
            return False
        return words[at - 1][1] == words[at][0] and words[at][1] == words[at + 1][0]

    def is_capital(self, at: int) -> bool:
        """Whether a word begins with a capital and goes on in small letters."""
        return self.analysis.word(at + self.offset).istitle()

    def upos(self, at: int) -> str:
        """Part of speech of a word; "" outside the sentence."""
        inside = 0 <= at < len(self.lower)
        return self.analysis.upos[self.offset + at] if inside else ""

    def span(self, first: int, end: int) -> Span:
        """The characters of some of its words."""
        return self.analysis.span(self.offset + first, self.offset + end)

    def name(self, first: int, end: int) -> str:
        """Kind of the first named entity among some of its words; "" without one."""
        first, end = first + self.offset, end + self.offset
        found = (name.kind for name in self.names if name.first < end and first < name.end)
        return next(found, "")

    def is_corrected(self, at: int) -> bool:
        """Whether words before a number tell that another one takes its place."""
        change = load_number_words().singles["change"]
        return not change.isdisjoint(self.lower[max(0, at - _BACK) : at])

    def is_replaced(self) -> bool:
        """Whether the part is the old number of a correction: "rose from 19 | to 23"."""
        before = self.lower[max(0, self.first - 2) : self.first]
        return "from" in before and self.is_corrected(self.first)

    def is_date(self, first: int, end: int) -> bool:
        """Whether a number stands in a date: "in 2019", "12 March"."""
        if self.upos(end) in NAMING and self.name(end - 1, end + 1) != "tim":
            return False
        word = self.lower[end - 1]
        year = word.isdecimal() and len(word) == 4 and word[0] in "12"
        return self.name(first, end) == "tim" and (year or self.upos(end) == "PROPN")


def _names_among(analysis: Analysis, first: int, end: int) -> tuple[Name, ...]:
    low = bisect_left(analysis.names, first, key=lambda name: name.end)
    high = bisect_left(analysis.names, end, key=lambda name: name.first)
    return analysis.names[low:high]
