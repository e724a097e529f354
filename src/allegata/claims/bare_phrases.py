"""The words that a headline may end in: a bare noun phrase or name of somebody who can speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from allegata.encoder import Analysis
from allegata.errors import KnowledgeError
from allegata.knowledge import load_words
from allegata.knowledge.actors import ActorTable, Found, KnownActor, Use
from allegata.types import EntityType

__all__ = ["BarePhrase", "BareSort", "BareWords", "find_bare_phrase", "open_bare_words"]

_LONGEST_NOUN = 3
_LONGEST_NAME = 6
_MOST_WORDS = 4
_ACRONYM = range(3, 7)
_NAMES = frozenset((Use.NAME, Use.ALIAS))
_PLAIN = ("NOUN", "VERB")
_LEAST_SMALL = 0.7
"""Share of nouns and verbs in small letters from which on a capital says something."""


class BareSort(Enum):
    """What can be told from a phrase about what may stand before it."""

    WATCHER = "watcher"
    OUTLET = "outlet"
    ACCOUNT = "account"
    PERSON = "person"
    PEOPLE = "people"
    OFFICE = "office"
    FORCE = "force"
    NAME = "name"
    """A name of which nobody knows whose it is."""


@dataclass(frozen=True, slots=True)
class BareWords:
    """What is known of sources without a cue.

    Attributes:
        nouns: The sort of each noun, by its words in small letters.
        forms: The other words of the table by form.
        actors: Whose names are known.
    """

    nouns: Mapping[tuple[str, ...], BareSort]
    forms: Mapping[str, frozenset[str]]
    actors: ActorTable

    def among(self, form: str, word: str) -> bool:
        """Whether a word, as it stands, is listed under a form."""
        return word.lower() in self.forms[form]

    def is_people(self, word: str) -> bool:
        """Whether a word names the people of a state, or who is of it: "Palestinians"."""
        return self._is_used(word, Use.PEOPLE)

    def is_of_state(self, word: str) -> bool:
        """Whether a word says of which state something is: "Syrian"."""
        return self._is_used(word, Use.ADJECTIVE)

    def _is_used(self, word: str, use: Use) -> bool:
        return any(found.use is use for found in self.actors.find(word))


@dataclass(frozen=True, slots=True)
class BarePhrase:
    """The last words of a headline.

    Attributes:
        first, end: Its words, end excluded.
        sort: What may stand before it.
        is_opened: Whether it begins with a capital that only a new beginning explains.
    """

    first: int
    end: int
    sort: BareSort
    is_opened: bool = False


def open_bare_words() -> BareWords:
    """Read the compiled table of bare sources.

    Raises:
        KnowledgeError: The table lacks a form.
    """
    forms = load_words("bare_sources")
    try:
        nouns = {
            tuple(noun.split()): sort
            for sort in BareSort
            if sort is not BareSort.NAME
            for noun in forms[sort.value]
        }
        others = (
            "before", "felled", "adverb", "unit", "which", "amount", "many", "inside", "while",
            "region",
        )  # fmt: skip
        listed = {form: frozenset(forms[form]) for form in others}
    except KeyError as error:
        raise KnowledgeError(f"bare_sources.yaml: no entry of form {error}. Add it.") from error
    return BareWords(nouns, listed, ActorTable.open())


def find_bare_phrase(
    analysis: Analysis, first: int, end: int, words: BareWords
) -> BarePhrase | None:
    """Find the source that a headline may end in.

    Args:
        analysis: Holds the headline.
        first: Its first word.
        end: One past its last word, marks at the end not counted.
        words: What is known.

    Returns:
        The longest phrase that can be read as one source, or None where the last words name nobody
        who could speak.
    """
    noun = _find_noun(analysis, first, end, words)
    if noun is None:
        return _find_name(analysis, first, end, words)
    at, sort = noun
    start = at
    while start - 1 > first and end - start < _MOST_WORDS and _opens(analysis, start - 1, words):
        start -= 1
    if _has_small_letters(analysis, first, start):
        for word in range(start, at + 1):
            if _has_capital(analysis, word, words):
                return BarePhrase(word, end, sort, is_opened=True)
    return BarePhrase(start, end, sort)


def _find_noun(
    analysis: Analysis, first: int, end: int, words: BareWords
) -> tuple[int, BareSort] | None:
    for at in range(max(first + 1, end - _LONGEST_NOUN), end):
        sort = words.nouns.get(tuple(analysis.word(word).lower() for word in range(at, end)))
        if sort is not None:
            return at, sort
    return None


def _find_name(analysis: Analysis, first: int, end: int, words: BareWords) -> BarePhrase | None:
    for at in range(max(first + 1, end - _LONGEST_NAME), end):
        span = analysis.span(at, end)
        for found in words.actors.find(span.words(analysis.text)):
            if _is_name(found, span.words(analysis.text)):
                return BarePhrase(at, end, _sort_of(found.actor))
    last = analysis.word(end - 1)
    kinds = {name.kind for name in analysis.names if name.first == end - 1 and name.end == end}
    is_acronym = last.isalpha() and last.isupper() and len(last) in _ACRONYM
    if is_acronym and kinds <= {"org"} and _has_other_letters(analysis, first, end - 1):
        return BarePhrase(end - 1, end, BareSort.NAME)
    if kinds == {"per"} and "PROPN" not in analysis.upos[end - 2 : end - 1]:
        return BarePhrase(end - 1, end, BareSort.NAME)
    return None


def _is_name(found: Found, written: str) -> bool:
    """Whether words name somebody who speaks: no state, and no word that means other things."""
    if found.use is Use.SEAT:
        return True
    is_plain = found.use is Use.SHARED and (" " in written or written.isupper())
    return not found.actor.is_land and (found.use in _NAMES or is_plain)


def _sort_of(actor: KnownActor) -> BareSort:
    return BareSort.FORCE if actor.kind is EntityType.ARMED_GROUP else BareSort.WATCHER


def _opens(analysis: Analysis, word: int, words: BareWords) -> bool:
    """Whether a word may open a source: "state", "medical", "Syrian"."""
    return words.among("before", analysis.word(word)) or words.is_of_state(analysis.word(word))


def _has_capital(analysis: Analysis, word: int, words: BareWords) -> bool:
    """Whether a word has a capital that it would not have inside a sentence."""
    written = analysis.word(word)
    return written.istitle() and not words.is_of_state(written)


def _has_small_letters(analysis: Analysis, first: int, end: int) -> bool:
    """Whether a headline is written like a sentence: its nouns and verbs in small letters."""
    plain = [
        analysis.word(word).islower()
        for word in range(first + 1, end)
        if analysis.upos[word] in _PLAIN and analysis.word(word).isalpha()
    ]
    return len(plain) > 1 and sum(plain) >= _LEAST_SMALL * len(plain)


def _has_other_letters(analysis: Analysis, first: int, end: int) -> bool:
    return any(not analysis.word(word).isupper() for word in range(first, end))
