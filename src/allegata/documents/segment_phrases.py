"""The words that give away what a stretch is for, compiled from `knowledge/segments.yaml`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from allegata.errors import KnowledgeError
from allegata.knowledge import load_table
from allegata.types import SegmentKind

__all__ = ["Phrases", "Rule", "find_first_word", "load_phrases"]

_FIRST_WORD = re.compile(r"\w+")
_WHERE = ("whole", "starts", "ends", "holds", "tail", "inline")


@dataclass(frozen=True)
class Rule:
    """Phrases that stand at one place of a piece and make it one kind.

    Attributes:
        kind: What they make it.
        where: `whole`, `starts`, `ends`, `holds`, `tail` or `inline`.
        phrases: All of them, in lower case.
        longest: The most words of a piece that they are believed about.
    """

    kind: SegmentKind
    where: str
    phrases: tuple[str, ...]
    longest: int

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words that the phrases begin with, whatever marks stand before them.

        Where a rule looks at the beginning, others need not be tried.
        """
        return frozenset(map(find_first_word, self.phrases))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the phrases; compiled when a text first calls for it, for that is slow."""
        return _pattern(self.phrases, self.where)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything that the table knows.

    Attributes:
        pieces: Rules about a whole piece, in order.
        inline: Rules about what follows the end of a sentence.
        tail: Rules about the end of a document.
        crumbs: A word or number of the kind that stands beside dates in a header.
        agency: The name of an agency, as the table writes it or in capitals.
        source: The name of an agency after a stroke or "via".
        credit_words: Words that credits are made of, in lower case.
    """

    pieces: tuple[Rule, ...]
    inline: tuple[Rule, ...]
    tail: tuple[Rule, ...]
    crumbs: str
    agency: str
    source: re.Pattern[str]
    credit_words: frozenset[str]


@cache
def load_phrases() -> Phrases:
    """The table, compiled once.

    Raises:
        KnowledgeError: The table does not have the form that `knowledge/segments.yaml` describes.
    """
    table = load_table("segments")
    if not isinstance(table, dict):
        raise KnowledgeError("segments.yaml: not a mapping.")
    rules = tuple(_rules(table.get("phrases")))
    agencies = _words(table.get("agencies"), "agencies")
    agency = _either([*agencies, *map(str.upper, agencies)])
    return Phrases(
        pieces=tuple(rule for rule in rules if rule.where != "tail"),
        inline=tuple(rule for rule in rules if rule.where == "inline"),
        tail=tuple(rule for rule in rules if rule.where == "tail"),
        crumbs=_either(_words(table.get("crumbs"), "crumbs")).removeprefix(r"(?<!\w)"),
        agency=agency,
        source=re.compile(rf"(?:/|\bvia |\bfor |\bby )\s*(?:the )?{agency}"),
        credit_words=frozenset(_words(table.get("credit_words"), "credit_words")),
    )


def find_first_word(text: str) -> str:
    """The first word of a text, in lower case and without marks before it, or nothing."""
    match = _FIRST_WORD.search(text)
    return match[0].lower() if match else ""


def _rules(entries: object) -> Iterator[Rule]:
    if not isinstance(entries, list):
        raise KnowledgeError("segments.yaml: 'phrases' is not a list of entries.")
    for number, entry in enumerate(entries, start=1):
        where = f"segments.yaml: entry {number} of 'phrases'"
        if not isinstance(entry, dict):
            raise KnowledgeError(f"{where} is not a mapping.")
        if entry.get("where") not in _WHERE:
            raise KnowledgeError(f"{where}: 'where' must be one of {', '.join(_WHERE)}.")
        longest = entry.get("longest", 150)
        if not isinstance(longest, int):
            raise KnowledgeError(f"{where}: 'longest' must be a number of words.")
        place = str(entry["where"])
        words = _words(entry.get("phrases"), where)
        kind = _kind(entry.get("kind"), where)
        yield Rule(kind, place, tuple(map(str.lower, words)), longest)


def _kind(name: object, where: str) -> SegmentKind:
    try:
        return SegmentKind(name)
    except ValueError:
        kinds = ", ".join(kind.value for kind in SegmentKind)
        raise KnowledgeError(f"{where}: 'kind' must be one of {kinds}.") from None


def _words(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise KnowledgeError(f"{where}: not a list of words.")
    return [str(word) for word in value]


def _either(words: list[str]) -> str:
    """One pattern for any of the words, the longest first, none in the middle of a word."""
    longest_first = sorted(set(words), key=len, reverse=True)
    return r"(?<!\w)(?:" + "|".join(map(_loose, longest_first)) + r")(?!\w)"


def _loose(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+")


def _pattern(phrases: Sequence[str], where: str) -> re.Pattern[str]:
    ordered = sorted(set(phrases), key=len, reverse=True)
    # A phrase that ends with a mark needs no border after it.
    either = "|".join(
        _loose(phrase) + (r"(?!\w)" if phrase[-1].isalnum() else "") for phrase in ordered
    )
    shapes = {
        "whole": rf"\W*(?:(?:{either})[\W\d]*)+\Z",
        "starts": rf"[^\w\"“‘'(©@]*(?:{either})",
        "inline": rf"(?:{either})",
        "ends": rf"(?<!\w)(?:{either})\W*\Z",
        "holds": rf"(?<!\w)(?:{either})",
        "tail": rf"(?<!\w)(?:{either})",
    }
    return re.compile(shapes[where], re.IGNORECASE)
