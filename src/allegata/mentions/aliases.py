"""Names that a text says to be the same: "Daesh (aka Islamic State/IS/ISIS)", "the ... (NCR)"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allegata.mentions.names import fold, is_acronym_of
from allegata.types import Span

__all__ = ["StatedAlias", "find_aliases", "group_names", "join_name"]

_WORD = r"(?:[A-Z\u00c0-\u00de][\w'’.\-]*|al-\w+)"
_SMALL = r"(?:of|for|and|the|in|de|du|la|to|al|bin)"
_NAME = rf"{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD}){{0,8}}"
_KNOWN = r"(?:a\.?k\.?a\.?|(?:also|better|formerly|previously|commonly)?\s*known\s+as|formerly|or)"
_BEFORE = re.compile(rf"({_NAME})\*?\s*\Z")
_BRACKETS = re.compile(rf"\(\s*({_KNOWN}\s+)?([^()\n]{{1,80}})\)", re.IGNORECASE)
_KNOWN_AS = re.compile(
    rf"({_NAME})\*?,\s+(?:also|better|formerly|commonly)\s+known\s+as\s+(?:the\s+)?({_NAME})"
)
_SPLIT = re.compile(r"\s*(?:/|,|;|\bor\b)\s*")
_FOREIGN = re.compile(r"[A-Z]{3,7}")
_FARTHEST = 140
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class StatedAlias:
    """Two or more names of one thing.

    Attributes:
        names: The first is what the others are said to be names of.
        evidence: Where the text says so.
    """

    names: tuple[str, ...]
    evidence: Span


def find_aliases(text: str) -> list[StatedAlias]:
    """Find what a text, its notes included, states about other names, in order."""
    found = [*_in_brackets(text), *_known_as(text)]
    return sorted(found, key=lambda alias: alias.evidence)


def _in_brackets(text: str) -> Iterator[StatedAlias]:
    for brackets in _BRACKETS.finditer(text):
        before = text[max(0, brackets.start() - _FARTHEST) : brackets.start()]
        name = _BEFORE.search(before)
        if name is None:
            continue
        parts = _SPLIT.split(brackets[2].strip(" *'\"“”‘’"))
        others = tuple(part.removeprefix("the ") for part in parts if part)
        first = name[1] if brackets[1] else _spelt_out(name[1], others)
        if first is None or not all(_is_name(other) for other in others):
            continue
        start = brackets.start() - len(before) + name.end(1) - len(first)
        yield StatedAlias((first, *others), Span(start, brackets.end()))


def _spelt_out(name: str, others: Sequence[str]) -> str | None:
    """The end of a name whose initials are given in brackets, all of it where they are foreign."""
    if len(others) != 1:
        return None
    words = name.split()
    for at in range(len(words) - 1):
        if words[at][0].isupper() and is_acronym_of(others[0], words[at:]):
            return name[name.index(words[at], sum(map(len, words[:at]))) :]
    return name if len(words) > 1 and _FOREIGN.fullmatch(others[0]) else None


def _is_name(words: str) -> bool:
    return len(words) <= _LONGEST and words[:1].isupper()


def _known_as(text: str) -> Iterator[StatedAlias]:
    if "known as" not in text:
        return
    for found in _KNOWN_AS.finditer(text):
        yield StatedAlias((found[1], found[2]), Span(*found.span()))


def join_name(words: str) -> str:
    """A name as one folded word, without its article."""
    parts = [fold(part) for part in words.split()]
    return "".join(parts[1:] if parts[:1] == ["the"] else parts)


def group_names(aliases: Sequence[StatedAlias]) -> dict[str, int]:
    """The number of its group for each folded name; names of one group are the same thing."""
    groups: dict[str, int] = {}
    for number, alias in enumerate(aliases):
        names = [join_name(name) for name in alias.names]
        known = next((groups[name] for name in names if name in groups), number)
        for name in names:
            groups.setdefault(name, known)
    return groups
