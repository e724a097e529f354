"""Nouns that head names and descriptions of those who speak: what sort of thing each stands for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import cast

from allegata.encoder.words import find_words
from allegata.errors import KnowledgeError
from allegata.knowledge import load_table
from allegata.mentions.names import fold
from allegata.types import EntityType, Span

__all__ = [
    "AGENTS",
    "Gender",
    "Head",
    "HeadLexicon",
    "Sort",
    "load_given_names",
    "load_heads",
    "read_nouns",
]


AGENTS = (
    "er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "ee", "ees", "ant",
    "ants",
)  # fmt: skip
"""How nouns end that mostly stand for somebody who does something."""


class Sort(Enum):
    """What a noun stands for."""

    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    LAND = "land"
    THING = "thing"


class Gender(Enum):
    """By which pronoun a human is spoken of."""

    HE = "he"
    SHE = "she"


@dataclass(frozen=True, slots=True)
class Head:
    """A noun as head of a phrase.

    Attributes:
        ideas: What it means: nouns that share one may stand for each other.
        sort: What it stands for.
        type: The type of an entity named or described by it; None for a document.
        plural: Whether it is a plural.
        gender: The gender it tells, or None.
        covers: Other ideas, and types by their value, that it may stand for as well.
        apposed: Whether it may follow a name that it is no part of.
        n_words: How many words it has.
        many: Whether it is the regular plural of its noun: several armies, not the armed forces.
    """

    ideas: frozenset[str]
    sort: Sort
    type: EntityType | None
    plural: bool
    gender: Gender | None
    covers: frozenset[str]
    apposed: bool
    n_words: int
    many: bool

    @property
    def is_human(self) -> bool:
        """Whether it stands for one human."""
        return self.sort is Sort.PERSON and not self.plural


@dataclass(frozen=True, slots=True)
class HeadLexicon:
    """What is known of head nouns.

    Attributes:
        heads: By the words of the noun, in lower case.
        light: Words that do not tell two of a kind apart.
        never: Names that never speak.
        new: Words that bring somebody new in.
        last_words: The last words of all nouns.
    """

    heads: Mapping[tuple[str, ...], Head]
    light: frozenset[str]
    never: frozenset[str]
    new: frozenset[str]
    last_words: frozenset[str]

    def find(self, words: Sequence[str]) -> Head | None:
        """The longest noun of the table that some words end in.

        Args:
            words: Of a phrase up to its head, as they stand.
        """
        if not words or words[-1].lower() not in self.last_words:
            return None
        lower = tuple(word.lower().replace("’", "'") for word in words[-_LONGEST:])
        for at in range(len(lower)):
            head = self.heads.get(lower[at:])
            if head is not None:
                return head
        return None


_LONGEST = 5


@cache
def load_heads() -> HeadLexicon:
    """Read the compiled table.

    Raises:
        KnowledgeError: It does not have its form.
    """
    try:
        table = cast("dict[str, list[object]]", load_table("heads"))
        heads: dict[tuple[str, ...], Head] = {}
        for entry in table["heads"]:
            for words, head in read_nouns(cast("dict[str, object]", entry)):
                heads[words] = _join(heads[words], head) if words in heads else head
        light, never, new = (frozenset(map(str, table[key])) for key in ("light", "never", "new"))
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"heads.json: lacks {error}. Run `make knowledge`.") from error
    last = frozenset(words[-1] for words in heads)
    return HeadLexicon(heads, light, never, new, last)


@cache
def load_given_names() -> Mapping[str, Gender]:
    """Read the compiled table of given names: the gender of each, folded.

    Raises:
        KnowledgeError: It does not have its form.
    """
    try:
        entries = cast("list[dict[str, object]]", load_table("given_names"))
        return {
            fold(name): Gender(entry["gender"])
            for entry in entries
            for name in _texts(entry, "names")
        }
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"given_names.json: lacks {error}. Run `make knowledge`.") from error


def read_nouns(entry: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], Head]]:
    """The nouns of an entry of a table, singular and plural."""
    sort = Sort(entry["sort"])
    many = EntityType(entry["type"]) if "type" in entry else None
    one = EntityType.PERSON if sort is Sort.PERSON else many
    he, she = _texts(entry, "he"), _texts(entry, "she")
    covers = frozenset(_texts(entry, "covers"))
    nouns = [(noun, False, False) for noun in _texts(entry, "nouns")]
    nouns += [(make_plural(noun), True, True) for noun, *_ in nouns if not noun.endswith(".")]
    nouns += [(noun, True, sort is Sort.PERSON) for noun in _texts(entry, "plural")]
    for noun, plural, several in nouns:
        # nearly all are one word, and cutting two thousand of them takes its time
        cut = [(0, len(noun))] if noun.isalpha() else find_words(noun, Span(0, len(noun)))
        words = tuple(noun[start:end] for start, end in cut)
        gender = Gender.HE if noun in he else Gender.SHE if noun in she else None
        yield (
            words,
            Head(
                ideas=frozenset((str(entry["idea"]),)),
                sort=sort,
                type=many if plural else one,
                plural=plural,
                gender=None if plural else gender,
                covers=covers,
                apposed=entry.get("apposed") is True,
                n_words=len(words),
                many=several,
            ),
        )


def _texts(entry: Mapping[str, object], key: str) -> list[str]:
    return list(map(str, cast("list[object]", entry.get(key, []))))


def _join(one: Head, other: Head) -> Head:
    """A noun of two entries: what it is by the first, what it may mean by both."""
    return Head(
        one.ideas | other.ideas, one.sort, one.type, one.plural, one.gender or other.gender,
        one.covers | other.covers, one.apposed or other.apposed, one.n_words, one.many,
    )  # fmt: skip


def make_plural(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")
