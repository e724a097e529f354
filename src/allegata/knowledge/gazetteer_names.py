"""Names of places made comparable: a key for each spelling, a skeleton for transliterations."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

__all__ = ["fold_name", "name_skeleton"]

_HARAKAT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_ARTICLE = re.compile(r"(?:^|(?<=\s))ال(?=\w{2})")
_ARABIC_ALEF = re.compile(r"(?:^|(?<=\s))[اأإآ]")
_ARABIC_LETTERS = str.maketrans({"ة": "a", "ى": "a", "ی": "y", "ک": "k"})
_APOSTROPHES = re.compile(r"['’‘`´ʿʾʻʼ′\"]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")

_ARTICLES = frozenset(("al", "el", "ul", "il"))
_SUN_ARTICLES = {
    article: letter
    for letter in ("s", "n", "r", "t", "d", "z", "l")
    for article in (f"a{letter}", f"e{letter}")
} | {"ash": "sh", "esh": "sh", "adh": "dh", "ath": "th"}
"""The article before a letter that swallows its own: "an" in "an Numan", not in "an Aleppo"."""

_DIGRAPHS = (
    ("tch", "c"), ("sch", "c"), ("sh", "c"), ("ch", "c"), ("kh", "k"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("dj", "g"), ("ck", "k"), ("tz", "z"), ("ts", "z"),
)  # fmt: skip
_LETTERS = str.maketrans({"q": "k", "j": "g", "x": "k"})
_SOFT = re.compile(r"(?!^)[aeiouyhw]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """The key of a name: two spellings that differ in nothing that matters share it.

    Case, accents, scripts, apostrophes, hyphens, spaces and the Arabic article do not matter:
    "Al-Bab", "el Bab" and "AL BĀB" have one key.

    Args:
        name: In any script.

    Returns:
        Letters and digits of ASCII in lower case; empty where the name holds none.
    """
    if name.isascii():
        plain = name.lower()
    else:
        plain = unicodedata.normalize("NFKC", name)
        if _ARABIC.search(plain):
            plain = _fold_arabic(plain)
        plain = anyascii(plain).lower()
    words = _NOT_A_WORD.split(_APOSTROPHES.sub("", plain))
    words = [word for word in words if word]
    return "".join(
        word
        for at, word in enumerate(words)
        if at + 1 == len(words) or not _is_article(word, words[at + 1])
    )


def _fold_arabic(name: str) -> str:
    bare = _ARABIC_ARTICLE.sub("", _HARAKAT.sub("", name))
    return _ARABIC_ALEF.sub("a", bare).translate(_ARABIC_LETTERS)


def _is_article(word: str, following: str) -> bool:
    if word in _ARTICLES:
        return True
    swallows = _SUN_ARTICLES.get(word)
    return swallows is not None and following.startswith(swallows)


@lru_cache(maxsize=65_536)
def name_skeleton(key: str) -> str:
    """What the transliterations of a name have in common: its consonants, sorted out.

    "Dayr az Zawr" and "Deir Ezzor", "Khalidiye" and "Khaldiyeh" share theirs. So do names that have
    nothing to do with each other: a skeleton finds candidates, and never is enough to choose one.

    Args:
        key: As `fold_name` makes it.

    Returns:
        Consonants, doubled ones once; a leading vowel is "a". Empty for an empty key.
    """
    for letters, letter in _DIGRAPHS:
        if letters in key:
            key = key.replace(letters, letter)
    key = _TWICE.sub(r"\1", key.translate(_LETTERS))
    first = "a" if key[:1] in ("a", "e", "i", "o", "u") else key[:1]
    return _SOFT.sub("", first + key[1:])
