"""Folding of actors' names: one key for every spelling that differs in case, marks and article."""

import re
import string
import unicodedata

__all__ = ["fold_name", "is_spelt"]

_ARTICLE = re.compile(r"\b(?:(?:a[lnrstdz]|ash|el)-|(?:al|el) )(?=\w)")
_ARTICLES = ("al ", "el ")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u200b-\u200f]+")
_SPELT = str.maketrans(
    {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ı": "i", "ł": "l", "ø": "o", "đ": "d"}
    | {"’": "'", "ʼ": "'", "‐": "-", "–": "-"}
)
_GAPS = str.maketrans("", "", string.punctuation + string.whitespace + "«»“”‘״׳—…·")
_SHORTEST_ORDINARY = 4


def fold_name(words: str) -> str:
    """The key of a name: without case, accents, vowel marks, spaces, hyphens and "the".

    The Arabic article has one form ("an-Noor" is "al Noor"), and Arabic letters that are written
    for each other are one. A possessive at the end is cut.

    Args:
        words: A name as it stands.

    Returns:
        Empty where no letter or digit is left.
    """
    lower = words.lower() if words.isascii() else _fold_marks(words)
    if lower.endswith(("'s", "'")):
        lower = lower[: lower.rindex("'")]
    lower = lower.removeprefix("the ")
    if "-" in lower or " al " in lower or " el " in lower or lower.startswith(_ARTICLES):
        lower = _ARTICLE.sub("al", lower)
    key = lower.replace(" ", "").replace("-", "").replace("'", "").replace(".", "")
    return key if key.isalnum() else key.translate(_GAPS)


def _fold_marks(words: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", words.casefold())).translate(_SPELT)


def is_spelt(words: str, name: str) -> bool:
    """Whether words may stand for a name although they differ in case.

    Initials of three letters or fewer ("UN", "WHO") stand in capitals; longer ones begin with one
    ("Unicef"), as every name does that begins with one in the table, but for Arabic articles.

    Args:
        words: As they stand in a text.
        name: As it stands in the table, with the same key.
    """
    words = words.removeprefix("the ").removeprefix("The ")
    first = words[:1]
    if name.isupper():
        letters = name.replace(".", "")
        return words.isupper() or (len(letters) >= _SHORTEST_ORDINARY and not first.islower())
    return not first.islower() or not name[:1].isupper() or words[:3] in ("al-", "al ", "an-")
