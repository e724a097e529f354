"""Seals: what a ledger was at one moment, in a few lines that can be signed and kept elsewhere.

A chain shows every change against its own head. Whoever owns the file can write it all anew, with a
new head: only a head that was signed, or given away, before that shows it.
"""

import re
from dataclasses import dataclass

from allegata.errors import InputError
from allegata.ledger.chain import Head

__all__ = ["Seal", "make_seal", "read_seal"]

_FORM = re.compile(
    r"allegata seal 1\nhead ([0-9a-f]{64})\nentry (\d{1,18})\n"
    r"at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
)
_MOST_BYTES = 1000


@dataclass(frozen=True, slots=True)
class Seal:
    """What a ledger was.

    Attributes:
        head: Hash and number of its last entry then.
        at: When, by the clock of the machine that sealed it: UTC, ISO 8601.
    """

    head: Head
    at: str


def make_seal(seal: Seal) -> bytes:
    """The lines of a seal, the same for the same seal."""
    return (
        f"allegata seal 1\nhead {seal.head.hash}\nentry {seal.head.number}\nat {seal.at}\n"
    ).encode()


def read_seal(content: bytes, name: str) -> Seal:
    """Read the lines of a seal.

    Args:
        content: Of the file.
        name: Of the file, for the error.

    Raises:
        InputError: They are no seal.
    """
    found = _FORM.fullmatch(content[:_MOST_BYTES].decode("utf-8", "replace"))
    if found is None or len(content) > _MOST_BYTES:
        raise InputError(
            name, "is no seal of a ledger, or was changed.", "`allegata seal` makes one."
        )
    return Seal(Head(int(found[2]), found[1]), found[3])
