"""Accounts as columns: statements and features as JSON, the same text for the same value."""

import zlib

from pydantic import TypeAdapter

from allegata.incidents.features import Features
from allegata.ledger.packing import to_json, unpack
from allegata.types.statement import Statement

__all__ = ["pack_statements", "read_features", "unpack_statements", "write_features"]

_STATEMENTS = TypeAdapter(tuple[Statement, ...])
_FEATURES = TypeAdapter(Features)


def pack_statements(statements: tuple[Statement, ...]) -> bytes:
    """Statements as JSON, packed."""
    return zlib.compress(_STATEMENTS.dump_json(statements), 4)


def unpack_statements(packed: bytes, where: str) -> tuple[Statement, ...]:
    """Statements from a row.

    Args:
        packed: By `pack_statements`.
        where: The row, for the message.

    Raises:
        DamageError: They were altered.
    """
    return _STATEMENTS.validate_json(unpack(packed, where))


def write_features(features: Features) -> str:
    """Features as canonical JSON."""
    plain = _FEATURES.dump_python(features, mode="json")
    for name in plain:
        if isinstance(getattr(features, name), frozenset):
            plain[name] = sorted(plain[name])
    return to_json(plain)


def read_features(words: str) -> Features:
    """Features from a row."""
    return _FEATURES.validate_json(words)
