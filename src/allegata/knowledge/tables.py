"""The compiled tables, as they lie in the package. The only reader of `knowledge/data/`.

A table is a list of entries or a mapping. Whoever uses one checks its shape while turning it into
types of its own and raises `KnowledgeError` where it does not fit.
"""

import json
from functools import cache
from pathlib import Path
from typing import TypeAlias, cast

from allegata.errors import KnowledgeError

__all__ = ["Table", "Value", "load_table", "load_words"]

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Table: TypeAlias = "list[Value] | dict[str, Value]"

DATA = Path(__file__).resolve().parent / "data"


@cache
def load_table(name: str) -> Table:
    """Load one compiled table.

    The same object is returned every time, so it must not be changed.

    Args:
        name: Name of the source file in `knowledge/`, without its ending: `cues`.

    Returns:
        A list of entries or a mapping, in the order of the source.

    Raises:
        KnowledgeError: There is no such table, or it is not JSON.
    """
    file = DATA / f"{name}.json"
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KnowledgeError(
            f"{name}.json: no such table in allegata/knowledge/data. Run `make knowledge`."
        ) from None
    except ValueError as error:
        raise KnowledgeError(f"{name}.json: {error}. Run `make knowledge`.") from error
    if not isinstance(table, list | dict):
        raise KnowledgeError(f"{name}.json: neither a list nor a mapping. Run `make knowledge`.")
    return cast("Table", table)


def load_words(name: str) -> dict[str, tuple[str, ...]]:
    """Load a table that is lists of words, each with the form that they have in common.

    Args:
        name: Name of the source file in `knowledge/`, without its ending: `hedges`.

    Returns:
        The words of each form.

    Raises:
        KnowledgeError: There is no such table, or an entry has no form or no words.
    """
    lists: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(load_table(name)):
        words = entry.get("words") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(words, list):
            raise KnowledgeError(f"{name}.yaml: entry {number + 1} has no list of words.")
        lists[str(entry.get("form"))] = tuple(str(word) for word in words)
    return lists
