"""Checking a table against its form, with the line of whatever does not fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Never

from allegata.errors import KnowledgeError
from allegata.knowledge.source import Node

__all__ = ["Entries", "Field", "Form", "Free", "Sections", "check_form"]


@dataclass(frozen=True, slots=True)
class Field:
    """What one place of a table may hold.

    Attributes:
        kind: The type of its value, or of each value where `many`.
        required: Whether every entry has it.
        many: Whether it holds a list.
        allowed: The values that are allowed, or empty where any is.
    """

    kind: type = str
    required: bool = False
    many: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Free:
    """A mapping whose keys are free, like one from words to lemmas.

    Attributes:
        value: What each key holds.
        allowed: The keys that are allowed, or empty where any is.
        required: Whether every entry has it.
    """

    value: Field
    allowed: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of entries, each a mapping with these fields and no others.

    Attributes:
        fields: What an entry holds, by name.
        unique: Fields that together tell entries apart; empty where nothing does.
        required: Whether the section must be there.
    """

    fields: "Mapping[str, Form]"
    unique: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Sections:
    """A mapping with these keys and no others.

    Attributes:
        parts: What each key holds.
        required: Whether it must be there.
    """

    parts: "Mapping[str, Form]"
    required: bool = True


Form = Field | Free | Entries | Sections


def check_form(node: Node, form: Form, file: str, name: str = "the table") -> None:
    """Check a table, or a part of one.

    Args:
        node: As it was read.
        form: What it must look like.
        file: Name of the source, for the message.
        name: What the part is called, for the message.

    Raises:
        KnowledgeError: It does not follow the form; names file, line and what is allowed.
    """
    match form:
        case Field():
            _check_field(node, form, file, name)
        case Free():
            for key, value in _mapping(node, file, name).items():
                if form.allowed and key not in form.allowed:
                    _fail(value, file, f"{name!r} has no {key!r}", form.allowed)
                _check_field(value, form.value, file, key)
        case Entries():
            _check_entries(node, form, file, name)
        case Sections():
            _check_parts(node, form.parts, file, name)


def _check_entries(node: Node, form: Entries, file: str, name: str) -> None:
    if not isinstance(node.value, list):
        _fail(node, file, f"{name!r} is not a list of entries")
    seen: dict[tuple[str, ...], int] = {}
    for entry in node.value:
        fields = _check_parts(entry, form.fields, file, "an entry")
        key = tuple(repr(fields[part].plain()) for part in form.unique if part in fields)
        if form.unique and key in seen:
            _fail(entry, file, f"same {' and '.join(form.unique)} as in line {seen[key]}")
        seen[key] = entry.line


def _check_parts(node: Node, parts: Mapping[str, Form], file: str, name: str) -> Mapping[str, Node]:
    found = _mapping(node, file, name)
    for key, value in found.items():
        if key not in parts:
            _fail(value, file, f"{name} has no {key!r}", parts)
        check_form(value, parts[key], file, key)
    for key, part in parts.items():
        if part.required and key not in found:
            _fail(node, file, f"{key!r} is missing", _values(part))
    return found


def _check_field(node: Node, field: Field, file: str, name: str) -> None:
    if field.many and not isinstance(node.value, list):
        _fail(node, file, f"{name!r} is not a list", _values(field))
    for value in node.value if field.many and isinstance(node.value, list) else [node]:
        fits = type(value.value) is field.kind and value.value != ""
        if not fits or (field.allowed and value.value not in field.allowed):
            _fail(value, file, f"{name!r} is {value.plain()!r}", _values(field))


def _mapping(node: Node, file: str, name: str) -> Mapping[str, Node]:
    if not isinstance(node.value, dict):
        _fail(node, file, f"{name} is not a mapping")
    return node.value


def _values(form: Form) -> tuple[str, ...]:
    if not isinstance(form, Field):
        return ()
    return form.allowed or (f"any {form.kind.__name__}",)


def _fail(node: Node, file: str, what: str, allowed: Iterable[str] = ()) -> Never:
    named = ", ".join(allowed)
    raise KnowledgeError(f"{file}:{node.line}: {what}." + (f" Allowed: {named}." if named else ""))
