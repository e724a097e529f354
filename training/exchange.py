"""Sides exchanged: names of countries, peoples and groups replaced by others, word for word.

A reading must not depend on whose side is speaking. Now and then a window is read with other names
in it, all consistently replaced, so that the model learns from what is said and not from whom.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import yaml

_NAMES = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
_ROWS: list[list[str]] = _NAMES["countries"]
_SETS: list[list[str]] = [_NAMES["groups"], _NAMES["short"], _NAMES["outlets"]]
_KIND: dict[str, tuple[int, int]] = {}
for _row, _words in enumerate(_ROWS):
    for _place, _name in enumerate(_words):
        _KIND.setdefault(_name, (_row, _place))


def exchange(words: Sequence[str], rng: random.Random) -> list[str]:
    """The words with their countries, groups and outlets exchanged for others."""
    rows: dict[int, int] = {}
    others: dict[str, str] = {}
    result = []
    for word in words:
        base = word.capitalize() if word.isupper() and len(word) > 4 else word
        suffix = ""
        if base not in _KIND and base.endswith("s") and base[:-1] in _KIND:
            base, suffix = base[:-1], "s"
        if base in _KIND:
            row, place = _KIND[base]
            chosen = rows.setdefault(row, rng.randrange(len(_ROWS)))
            new = _ROWS[chosen][place] + suffix
            result.append(new.upper() if word.isupper() and len(word) > 4 else new)
            continue
        group = next((names for names in _SETS if word in names), None)
        result.append(others.setdefault(word, rng.choice(group)) if group else word)
    return result
