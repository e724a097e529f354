"""The words by which people and things are counted, from `knowledge/numbers.yaml`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from allegata.errors import KnowledgeError
from allegata.knowledge import load_table

__all__ = ["NumberWords", "load_number_words"]

_VALUED = ("number", "scale", "group", "several")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of each form, all in small letters.

    Attributes:
        values: Of the words of the forms `number`, `scale`, `group` and `several`, by form.
        phrases: Of every form, each a tuple of words, the longest first, by their first word.
        singles: Of every form the phrases of one word.
    """

    values: Mapping[str, Mapping[str, int]]
    phrases: Mapping[str, Mapping[str, list[tuple[str, ...]]]]
    singles: Mapping[str, frozenset[str]]

    def match(self, form: str, words: Sequence[str], at: int) -> int:
        """How many words from a place on are the longest phrase of a form: 0 where none is."""
        if at >= len(words):
            return 0
        for phrase in self.phrases[form].get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def has(self, form: str, word: str) -> bool:
        """Whether a word, or its singular, is one of a form."""
        return not self.singles[form].isdisjoint(_singulars(word))


def _singulars(word: str) -> list[str]:
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s"):
        forms.append(word[:-1])
    return forms


@cache
def load_number_words() -> NumberWords:
    """Read the compiled table.

    Raises:
        KnowledgeError: It does not have its form, or words and values do not match.
    """
    try:
        entries = cast("list[dict[str, Any]]", load_table("numbers"))
        lists: dict[str, list[str]] = {entry["form"]: entry["words"] for entry in entries}
        values = {
            entry["form"]: dict(zip(entry["words"], entry["values"], strict=True))
            for entry in entries
            if entry["form"] in _VALUED
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(
            f"numbers.yaml: {error}. Words and values of a form go in pairs."
        ) from error
    split = {form: [tuple(word.split()) for word in words] for form, words in lists.items()}
    return NumberWords(
        values,
        {form: _by_first(words) for form, words in split.items()},
        {form: frozenset(p[0] for p in words if len(p) == 1) for form, words in split.items()},
    )


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
        found.setdefault(phrase[0], []).append(phrase)
    return found
