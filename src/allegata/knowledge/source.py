"""One YAML source, read strictly and with the line of every value.

Stricter than YAML: no key twice, no value forgotten, no tags, and nothing that one YAML reader
takes for a word and another for a truth value, a date or a number in base sixty (`no`, `on`,
`2018-11-24`, `12:30`): those stand in quotes.

Only `compile` imports this module: PyYAML is needed to change knowledge, not to use it.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from allegata.errors import KnowledgeError
from allegata.knowledge.tables import Value

__all__ = ["Node", "read_source"]

Content: TypeAlias = "str | int | float | bool | list[Node] | dict[str, Node] | None"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where PyYAML was built with it
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_CONSTANTS: dict[str, bool | None] = {"null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a source, and the line it begins on.

    Attributes:
        value: A scalar, or a list or mapping of nodes.
        line: Counted from one.
    """

    value: Content
    line: int

    def plain(self) -> Value:
        """The value without its lines."""
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return self.value


def read_source(path: Path) -> Node:
    """Read one source.

    Args:
        path: A YAML file in UTF-8 that holds one document.

    Returns:
        Its root, with the lines of everything in it.

    Raises:
        KnowledgeError: It is not YAML, or not of the strict kind; names file and line.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path.name}: not UTF-8: {error}.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError(f"{path.name}:{line}: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: {error}.") from error
    if root is None:
        raise KnowledgeError(f"{path.name}:1: empty. A table is a list of entries or a mapping.")
    return _read(root, path.name)


def _read(node: yaml.Node, file: str) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Node([_read(item, file) for item in node.value], line)
    if isinstance(node, yaml.MappingNode):
        return Node(_mapping(node, file), line)
    return Node(_scalar(node, f"{file}:{line}"), line)


def _mapping(node: yaml.MappingNode, file: str) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in node.value:
        where = f"{file}:{key.start_mark.line + 1}"
        name = _scalar(key, where) if isinstance(key, yaml.ScalarNode) else None
        if not isinstance(name, str):
            raise KnowledgeError(f"{where}: a key that is not a word. Put it in quotes.")
        if name in entries:
            raise KnowledgeError(f"{where}: {name!r} stands twice in one mapping.")
        if value.value == "" and not value.style:
            raise KnowledgeError(f"{where}: {name!r} has no value.")
        entries[name] = _read(value, file)
    return entries


def _scalar(node: yaml.Node, where: str) -> str | int | float | bool | None:
    """The value of a scalar that every YAML reader understands the same way."""
    text = str(node.value)
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "str":
        return text
    if text in _CONSTANTS and kind in {"null", "bool"}:
        return _CONSTANTS[text]
    if kind == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "float" and _NUMBER.fullmatch(text):
        return float(text)
    raise KnowledgeError(f"{where}: {text!r} is not plain text to every YAML reader. Quote it.")
