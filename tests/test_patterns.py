"""No pattern of ours takes exponential time: each is looked at by regexploit."""

import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator

import pytest

import allegata

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from regexploit.ast.sre import SreOpParser
    from regexploit.redos import find

_HARMFUL = 3
"""From so many stars on (a cubic time) a finding counts; texts are capped before they are read."""


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that a module holds, also in lists and tables, with where it stands."""
    for module in pkgutil.walk_packages(allegata.__path__, "allegata."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for found in inside(value):
                yield f"{module.name}.{name}", found


def inside(value: object, depth: int = 0) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from inside(one, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        for one in value.values():
            yield from inside(one, depth + 1)


def judge(pattern: str | bytes, flags: int) -> list[int]:
    """Stars of each finding; empty where none is."""
    words = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    parsed = SreOpParser().parse_sre(words, flags)
    return [redos.starriness for redos in find(parsed)]


PATTERNS = list({(p.pattern, p.flags): (name, p) for name, p in patterns()}.values())


def test_there_are_many():
    assert len(PATTERNS) > 140


@pytest.mark.parametrize(("name", "pattern"), PATTERNS)
def test_no_pattern_takes_exponential_time(name, pattern):
    if re.search(r"[*+?}]\+", str(pattern.pattern)):
        return  # a possessive repetition never goes back; regexploit cannot read it
    assert [stars for stars in judge(pattern.pattern, pattern.flags) if stars >= _HARMFUL] == []


def test_one_that_does_is_seen():
    assert max(judge(r"(?:[A-Z]\w+\s?)+reported", 0)) >= _HARMFUL
