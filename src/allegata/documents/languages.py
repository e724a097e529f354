"""Telling the language of a text: a quick look for plain English, a model for all else."""

import re
from functools import lru_cache
from typing import Protocol, cast

__all__ = ["identify_language"]

LOOKED_AT = 4000
"""Characters that are looked at; more adds nothing."""

FEWEST_LETTERS = 20
"""Below this, no method tells languages apart."""

LEAST_PROBABILITY = 0.8

ENGLISH = frozenset(
    "the of and to in that is was for on with as by at from were have has had been which who "
    "this their they he she it are be not but after its said an his her would will".split()
)
"""Closed-class words. `in`, `was`, `on`, `as`, `at`, `an`, `he`, `her` and others occur in other
languages too, so a text counts as English only where several different ones are frequent."""

_WORD = re.compile(r"[^\W\d_]+")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def identify_language(text: str) -> str | None:
    """Tell the language of a text.

    Args:
        text: Any text; only its first 4,000 characters are looked at.

    Returns:
        A two-letter code (ISO 639-1) where there is one, or None where the text is too short or
        no language is at least 80 % probable.
    """
    sample = text[:LOOKED_AT]
    words = [word.lower() for word in _WORD.findall(sample)]
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None
    if _reads_as_english(words):
        return "en"
    code, probability = _identifier().classify(sample)
    return code if probability >= LEAST_PROBABILITY else None


def _reads_as_english(words: list[str]) -> bool:
    """Whether a fifth of the words are closed-class English: `the`, and different ones.

    Four different ones are asked for in a text of sixteen words or more, two in a short one.
    """
    closed = [word for word in words if word in ENGLISH]
    n_different = min(4, max(2, len(words) // 4))
    return len(closed) * 5 >= len(words) and len(set(closed)) >= n_different and "the" in closed


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    """The model, loaded when the first text is in doubt: that takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
