"""Questions to a headline whose last words may be its source."""

from collections.abc import Container
from dataclasses import dataclass

from allegata.claims.bare_phrases import BarePhrase, BareSort, BareWords
from allegata.encoder import Analysis

__all__ = ["NOUNS", "Headline"]

NOUNS = frozenset(("NOUN", "PROPN"))
_NOMINAL = NOUNS | {"ADJ", "NUM"}
_ABOUT = frozenset("at least most over more than about nearly almost up to some".split())
_PLURALS = ("s", "men", "people", "children")


@dataclass(frozen=True)
class Headline:
    """A headline with the phrase that it ends in, and questions to what stands before that.

    Attributes:
        analysis: Holds it.
        words: What is known of sources without a cue.
        first: Its first word.
        phrase: Its last words.
    """

    analysis: Analysis
    words: BareWords
    first: int
    phrase: BarePhrase

    @property
    def sort(self) -> BareSort:
        """The sort of the phrase."""
        return self.phrase.sort

    @property
    def last(self) -> int:
        """The last word before the phrase."""
        return self.phrase.first - 1

    def lower(self, word: int) -> str:
        """A word in small letters, empty before the headline."""
        return self.analysis.word(word).lower() if word >= self.first else ""

    def upos(self, word: int) -> str:
        """The part of speech, empty before the headline; "IS" in capitals is a name."""
        if word < self.first:
            return ""
        is_name = self.analysis.upos[word] == "AUX" and self.analysis.word(word).isupper()
        return "PROPN" if is_name else self.analysis.upos[word]

    def among(self, form: str, word: int) -> bool:
        """Whether a word is listed under a form."""
        return self.words.among(form, self.lower(word))

    def has(self, *upos: str) -> bool:
        """Whether a part of speech stands before the phrase."""
        return any(self.upos(word) in upos for word in range(self.first, self.phrase.first))

    @property
    def counts(self) -> bool:
        """Whether something is counted before the phrase."""
        return self.has("NUM") or any(
            self.among("amount", word) for word in range(self.first, self.phrase.first)
        )

    @property
    def tells_event(self) -> bool:
        """Whether what stands before the phrase tells what happened, not only what it is about."""
        signs = (
            self.has("VERB"),
            self.counts,
            any(map(self.is_event, range(self.first, self.phrase.first))),
        )
        return sum(signs) > 1

    def is_event(self, word: int, kinds: Container[str] | None = None) -> bool:
        """Whether a word names an event, of any kind or of some, as the model sees it."""
        return any(
            trigger.first <= word < trigger.end and (kinds is None or trigger.kind in kinds)
            for trigger in self.analysis.triggers
        )

    def is_plural(self, word: int) -> bool:
        """Whether a word stands for several; places that end in an s are none ("Honduras")."""
        lower = self.lower(word)
        if self.among("many", word):
            return True
        if not lower.endswith(_PLURALS) or lower.endswith("ss"):
            return False
        if self.upos(word) == "PROPN" and not self.is_named(word, "geo", "gpe"):
            return True
        return self.upos(word) == "NOUN" or self.words.is_people(self.analysis.word(word))

    def is_named(self, word: int, *kinds: str) -> bool:
        """Whether a name of one of some kinds ends with a word."""
        return any(name.kind in kinds and name.end == word + 1 for name in self.analysis.names)

    def before_nouns(self, word: int) -> int:
        """The word before the run of nouns, adjectives and numbers that a word ends."""
        while word >= self.first and (
            self.upos(word) in _NOMINAL or self.lower(word) == "-" or self.lower(word - 1) == "-"
        ):
            word -= 1
        return word

    def number_of(self, word: int) -> int | None:
        """Where the number of a plural stands: "kills four | hill farmers"; None without one."""
        if not self.is_plural(word):
            return None
        start = self.before_nouns(word) + 1
        numbers = [
            at
            for at in range(start, word + 1)
            if self.upos(at) == "NUM" or self.among("amount", at)
        ]
        return numbers[-1] if numbers else None

    def ruler(self, word: int) -> int:
        """The word before a number and what makes it more or less: "kills | at least ten"."""
        while word > self.first and self.lower(word - 1) in _ABOUT:
            word -= 1
        return word - 1

    def is_inside(self, word: int) -> bool:
        """Whether a noun ends the name of a place where something is: "in parts of Zarfa"."""
        if self.upos(word) not in NOUNS:
            return False
        at = self.before_nouns(word)
        if at == word or self.upos(at) != "ADP":
            return False
        if self.lower(at) == "of":
            return self.among("region", at - 1)
        return self.among("inside", at)
