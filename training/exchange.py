"""Sides exchanged: names of countries, peoples and groups replaced by others, word for word.

A reading must not depend on whose side is speaking. Now and then a window is read with other names
in it, all consistently replaced, so that the model learns from what is said and not from whom. A
country that nowhere in the window is a place may become a group, and a group a country: either can
deny, shell and sign.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

_NAMES = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
_ROWS: list[list[str]] = _NAMES["countries"]
_GROUPS: list[str] = [*_NAMES["groups"], *_NAMES["short"]]
_SETS: list[list[str]] = [
    _NAMES["groups"],
    _NAMES["short"],
    _NAMES["outlets"],
    _NAMES["people"],
    _NAMES["bodies"],
]
_WHEREABOUTS = frozenset(_NAMES["whereabouts"])
_KIND: dict[str, tuple[int, int]] = {}
for _row, _words in enumerate(_ROWS):
    for _place, _name in enumerate(_words):
        _KIND.setdefault(_name, (_row, _place))

ACROSS = 0.3
"""How often a country that is no place in a window becomes a group, and a group a country."""


def exchange(words: Sequence[str], rng: random.Random) -> list[str]:
    """The words with their countries, groups, outlets and people of a side exchanged for others."""
    rows: dict[int, int] = {}
    others = _across(words, rng)
    result = []
    for word in words:
        base, suffix = _base(word)
        if base in others:
            result.append(others[base] + suffix)
        elif base in _KIND:
            row, place = _KIND[base]
            chosen = rows.setdefault(row, rng.randrange(len(_ROWS)))
            new = _ROWS[chosen][place] + suffix
            result.append(new.upper() if _is_shouted(word) else new)
        else:
            result.append(_exchanged(word, others, rng))
    return result


def _exchanged(word: str, others: dict[str, str], rng: random.Random) -> str:
    """Another word of its set, the same one throughout, with a capital where it had one."""
    if word in others:
        return others[word]
    low = word.lower() if word[:1].isupper() and not _is_shouted(word) else word
    found = next((names for names in _SETS if word in names), None)
    if found is not None:
        return others.setdefault(word, rng.choice(found))
    found = next((names for names in _SETS if low in names), None)
    if found is None:
        return word
    return others.setdefault(low, rng.choice(found)).capitalize()


def _across(words: Sequence[str], rng: random.Random) -> dict[str, str]:
    """Countries that become groups and groups that become countries, by their words."""
    others: dict[str, str] = {}
    for name in _sides(words):
        if rng.random() < ACROSS:
            others[name] = rng.choice(_GROUPS) if name in _KIND else rng.choice(_ROWS)[0]
    return others


def _sides(words: Sequence[str]) -> Iterator[str]:
    """Countries and groups that stand in a window only by their own name, and never as a place."""
    bases = [_base(word)[0] for word in words]
    for name in dict.fromkeys(bases):
        is_country = name in _KIND and _KIND[name][1] == 0
        if not is_country and name not in _GROUPS:
            continue
        before = [
            bases[at - 1].lower() if at else "" for at, one in enumerate(bases) if one == name
        ]
        if _WHEREABOUTS.isdisjoint(before) and "the" not in before and "," not in before:
            forms = _ROWS[_KIND[name][0]][1:] if is_country else []
            if not any(form in bases for form in forms):
                yield name


def _base(word: str) -> tuple[str, str]:
    """A word as its set has it, and the s that it bears besides."""
    base = word.capitalize() if _is_shouted(word) and word.capitalize() in _KIND else word
    if base not in _KIND and base.endswith("s") and base[:-1] in _KIND:
        return base[:-1], "s"
    return base, ""


def _is_shouted(word: str) -> bool:
    return word.isupper() and len(word) > 4
