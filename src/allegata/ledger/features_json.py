"""Accounts as columns: statements and features as JSON, the same text for the same value."""

import json
import zlib
from functools import lru_cache
from sys import intern

from pydantic import TypeAdapter

from allegata.incidents.features import Days, Features, Spot
from allegata.ledger.packing import to_json, unpack
from allegata.types import EventKind
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
    """Features from a row.

    Raises:
        ValueError, LookupError, TypeError: They were altered.
    """
    plain = json.loads(words)
    days = plain["days"]
    return Features(
        account=plain["account"],
        report=plain["report"],
        published=plain["published"],
        kinds=_kinds(tuple(plain["kinds"])),
        days=Days(days["first"], days["last"], days["is_exact"]) if days else None,
        spots=tuple(Spot(**spot) for spot in plain["spots"]),
        actors=frozenset(map(intern, plain["actors"])),
        targets=frozenset(map(intern, plain["targets"])),
        counts=tuple((kind, low, high) for kind, low, high in plain["counts"]),
        words=frozenset(map(intern, plain["words"])),
        leads=plain["leads"],
        names=tuple(map(intern, plain["names"])),
    )


@lru_cache(maxsize=4096)
def _kinds(values: tuple[str, ...]) -> frozenset[EventKind]:
    return frozenset(map(EventKind, values))
