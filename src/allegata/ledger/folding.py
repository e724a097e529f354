"""The copy of a text that is searched: spellings that a reader takes for one are one in it.

Letters lose case, accents and Arabic vowel signs; forms of alef, ya and ta marbuta are one; hyphens
and apostrophes inside names are blanks or nothing; characters of scripts that are written without
blanks stand apart. So `al-Khalidiye`, `Al Khalidiye` and `AL-KHALIDIYÉ` are found by each other.
"""

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "fold_with_places"]

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None}
)
_JOINERS = frozenset("'’‘ʼ`´ʿʾʻ\u200c\u200d\u200e\u200f\u00ad\ufeff")
"""Characters inside words that a search passes over."""

_HYPHENS = frozenset("-‐‑‒–—−_/\0")
_UNBROKEN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff]")
_PLAIN = re.compile(r"[a-z0-9 \n.,;:!?()\"]*")
_RUN = re.compile(r"[A-Za-z0-9 \n.,;:!?()\"]+|.", re.DOTALL)
"""Characters that fold to one each, as many as stand together; or one of any other."""


def fold(text: str) -> str:
    """Fold a text for searching.

    Args:
        text: Any text.

    Returns:
        The folded text; as long as the text is plain ASCII, with the same length.
    """
    lowered = text.lower()
    if _PLAIN.fullmatch(lowered):
        return lowered
    return "".join(map(_fold_character, text))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Fold a text, and tell for each character of the result which one of the text it comes from.

    Returns:
        The folded text, and as many offsets as it has characters.
    """
    pieces: list[str] = []
    places: list[int] = []
    for found in _RUN.finditer(text):
        start, run = found.start(), found.group()
        if len(run) > 1:
            pieces.append(run.lower())
            places.extend(range(start, start + len(run)))
        else:
            piece = _fold_character(run)
            pieces.append(piece)
            places.extend([start] * len(piece))
    return "".join(pieces), places


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    if character in _JOINERS:
        return ""
    if character in _HYPHENS or "\ud800" <= character <= "\udfff":
        return " "
    folded = unicodedata.normalize("NFKC", character).casefold()
    parts = unicodedata.normalize("NFD", folded.translate(_ARABIC))
    plain = "".join(part for part in parts if not unicodedata.combining(part)).translate(_ARABIC)
    return f" {plain} " if _UNBROKEN.search(plain) else plain
