"""Comparing names: the same letters whatever their case, accents, hyphens and apostrophes."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["fold", "initials", "is_acronym_of", "is_part_of", "is_same_word", "overlap"]

_ADJECTIVES = ("an", "ian", "n", "ish", "i", "ese", "ic", "ean", "s", "is", "ans", "ians")
_SHORTEST_STEM = 4
_LONGEST_ENDING = 3
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 7
_SMALL = frozenset("of for and the on in to a de du la le des".split())


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case, accents, hyphens, stops and the mark of a possessive."""
    lower = word.casefold().replace("’", "'")
    lower = lower.removesuffix("'s").removesuffix("'")
    plain = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in plain if char.isalnum())


@lru_cache(maxsize=65_536)
def is_same_word(one: str, other: str) -> bool:
    """Whether two folded words of names are the same.

    A possessive may have lost its apostrophe, and a country may stand as its adjective.
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and long == short + "s":
        return True
    stem = 0
    while stem < len(short) and short[stem] == long[stem]:
        stem += 1
    left, right = one[stem:], other[stem:]
    if stem < _SHORTEST_STEM or len(left) > _LONGEST_ENDING or len(right) > _LONGEST_ENDING:
        return False
    return left in _ADJECTIVES or right in _ADJECTIVES


def overlap(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of some words that are among others."""
    return frozenset(one for one in some if any(is_same_word(one, other) for other in others))


def is_part_of(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words of a name stand in a longer one in the same order."""
    rest = iter(whole)
    return bool(part) and all(any(is_same_word(one, other) for other in rest) for one in part)


def is_acronym_of(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are the initials of words, small ones counted or not.

    Args:
        letters: As they stand: "NCR", "U.N.".
        words: Of the long name, as they stand.
    """
    plain = letters.replace(".", "")
    if not _SHORTEST_ACRONYM <= len(plain) <= _LONGEST_ACRONYM or plain != plain.upper():
        return False
    parts = [part for word in words for part in word.split("-") if part]
    every = "".join(part[0] for part in parts).casefold()
    large = "".join(part[0] for part in parts if part.casefold() not in _SMALL).casefold()
    wanted = plain.casefold()
    starts = len(wanted) > _SHORTEST_ACRONYM and large.startswith(wanted)
    return starts or wanted in (every, large)


def initials(words: Sequence[str]) -> set[str]:
    """The initials of the folded words of a name, with and without the small ones."""
    return {
        "".join(word[0] for word in words if word),
        "".join(word[0] for word in words if word and word not in _SMALL),
    }
