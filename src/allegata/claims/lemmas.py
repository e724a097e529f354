"""Lemmas of English words, with little data: rules for regular forms, a table for the others."""

from collections.abc import Iterator, Mapping

__all__ = ["find_lemmas"]

_VOWELS = frozenset("aeiou")


def find_lemmas(word: str, forms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The lemmas that an English word may be a form of, right or not: a lexicon chooses.

    Args:
        word: In small letters.
        forms: Lemmas of irregular forms.

    Returns:
        The likeliest first; the word itself is always among them. British spellings also give
        the American lemma.
    """
    found = dict.fromkeys((*forms.get(word, ()), word, *_stems(word)))
    for lemma in tuple(found):
        found.update(dict.fromkeys(_respell(lemma)))
    return tuple(found)


def _stems(word: str) -> Iterator[str]:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        if word.endswith("ies"):
            yield word[:-3] + "y"
        if word.endswith(("ches", "shes", "ses", "xes", "zes", "oes")):
            yield word[:-2]
        yield word[:-1]
    elif word.endswith("ied") and len(word) > 4:
        yield word[:-3] + "y"
        yield word[:-1]
    elif word.endswith("ed") and len(word) > 3:
        yield from _unsuffixed(word[:-2])
    elif word.endswith("ying") and len(word) < 7:
        yield word[:-3]
        yield word[:-4] + "ie"
    elif word.endswith("ing") and len(word) > 4:
        yield from _unsuffixed(word[:-3])


def _unsuffixed(stem: str) -> Iterator[str]:
    """The lemmas of a stem that lost -ed or -ing: plann-, hop-, urg-, visit-."""
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    short = len(stem) > 1 and stem[-1] not in _VOWELS | {"w", "x", "y"} and stem[-2] in _VOWELS
    if doubled:
        yield stem[:-1]
        yield stem
    elif short or stem.endswith(("c", "g", "v", "s", "u", "z", "dl", "bl", "tl")):
        yield stem + "e"
        yield stem
    else:
        yield stem
        yield stem + "e"


def _respell(lemma: str) -> Iterator[str]:
    if lemma.endswith("ise"):
        yield lemma[:-3] + "ize"
    if lemma.endswith("yse"):
        yield lemma[:-3] + "yze"
    if lemma.endswith("our") and len(lemma) > 5:
        yield lemma[:-3] + "or"
    if lemma.endswith("ll") and len(lemma) > 5:
        yield lemma[:-1]
