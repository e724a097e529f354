"""The chain: every kept row has a hash, and each hash holds the ones before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table

__all__ = ["EMPTY", "Head", "hash_entry", "hash_row", "sign_row"]

EMPTY = "0" * 64
"""The head of a ledger that holds nothing."""


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a ledger in one hash.

    Attributes:
        number: Of the last entry; 0 where there is none.
        hash: Of that entry and, by the head that it holds, of all before it.
    """

    number: int
    hash: str


def hash_row(table: Table, row: Mapping[str, object]) -> str:
    """The hash of one kept row.

    Args:
        table: Its table; the name is part of the hash.
        row: Every column but `number`, which the entry holds.

    Returns:
        SHA-256 in hex, of the canonical JSON of the columns in alphabetical order; bytes stand in
        it by their own hash.
    """
    cells = [[name, _plain(row[name])] for name in sorted(table.c.keys()) if name != "number"]
    return _digest([table.name, cells])


def sign_row(table: Table, row: Mapping[str, object]) -> dict[str, object]:
    """A row of issued ids with its own hash, which shows a bit that flipped.

    Args:
        table: Its table.
        row: Every column but `hash`.
    """
    cells = [[name, _plain(row[name])] for name in sorted(table.c.keys()) if name != "hash"]
    return {**row, "hash": _digest([table.name, cells])}


def hash_entry(head: str, number: int, kind: str, ref: int, row_hash: str, at: str) -> str:
    """The head after one more entry: a hash of the head before it and all that it says."""
    return _digest([head, number, kind, ref, row_hash, at])


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    return value.isoformat() if isinstance(value, date) else value


def _digest(value: object) -> str:
    return hashlib.sha256(
        json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    ).hexdigest()
