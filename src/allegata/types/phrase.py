"""Words of a page with their looks, and how names are put among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from allegata.types.event import Argument
from allegata.types.visible import make_line_visible
from allegata.types.wording import shorten

__all__ = [
    "Look",
    "Words",
    "cut_words",
    "join_lists",
    "mean_the_same",
    "name_argument",
    "share_a_word",
    "show_words",
]

_MOST_NAME = 72
_MOST_ENTITY = 48
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "a an the of and or in on at to for from by with its his her their this that".split()
)
_OPENERS = ("A ", "An ", "The ")
_ENDS = '.!?:"”\n'


class Look(Enum):
    """What a page sets apart, by whatever means it has. No look carries a meaning of its own."""

    PLAIN = "plain"
    KIND = "kind"
    """What sort of event it is."""
    NAME = "name"
    """Words of the document."""
    MANNER = "manner"
    """How the claim puts it: denied, planned, supposed."""
    FAINT = "faint"
    """What is unknown, and the words behind a value."""
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Words:
    """Words on a page.

    Attributes:
        words: What is shown. What comes from the document may hold anything: whoever draws it
            makes it harmless.
        look: How it is shown.
    """

    words: str
    look: Look = Look.PLAIN


def name_argument(argument: Argument, text: str, names: Mapping[str, str]) -> str:
    """The words of an argument, and who is meant where they do not tell.

    Args:
        argument: Of an event of the document.
        text: Of the document.
        names: Names of its entities by their ids.

    Returns:
        `they (= the Northern Front)`; the words alone where they share a word with the name.
    """
    span = argument.span
    words = shorten(span.words(text), _MOST_NAME)
    before = text[: span.start].rstrip(" \t")[-1:]
    if words.startswith(_OPENERS) and (not before or before in _ENDS):
        words = words[0].lower() + words[1:]
    name = names.get(argument.entity or "", "")
    if not name or share_a_word(words, name):
        return words
    return f"{words} (= {shorten(name, _MOST_ENTITY)})"


def show_words(words: Words) -> str:
    """Words as they may be drawn on a line: harmless, the blanks at their edges kept."""
    seen = make_line_visible(words.words)
    if not seen:
        return " " * bool(words.words)
    return " " * words.words.startswith(" ") + seen + " " * words.words.endswith(" ")


def share_a_word(one: str, other: str) -> bool:
    """Whether a word that means something stands in both, whatever its case."""
    return not cut_words(one).isdisjoint(cut_words(other))


def mean_the_same(one: Argument, other: Argument, text: str) -> bool:
    """Whether two arguments are one entity, or the words of one say no more than the other's."""
    if one.entity is not None and other.entity is not None:
        return one.entity == other.entity
    here, there = (cut_words(argument.span.words(text)) for argument in (one, other))
    return bool(here and there) and (here <= there or there <= here)


@lru_cache(maxsize=4096)
def cut_words(words: str) -> frozenset[str]:
    """The words of a name in small letters, without those that only join others."""
    return frozenset(_WORD.findall(words.casefold())) - _SMALL


def join_lists(lists: Sequence[Sequence[Words]]) -> list[Words]:
    """Join names to a list: `a, b and c`."""
    joined: list[Words] = []
    for place, words in enumerate(lists):
        if place:
            joined.append(Words(" and " if place == len(lists) - 1 else ", "))
        joined += words
    return joined
