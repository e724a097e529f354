"""Lines of a stream that may be larger than memory, each within a cap."""

from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["read_all", "read_lines", "too_large"]

from allegata.errors import InputError

_PIECE = 2**20


def too_large(where: str, cap: int) -> InputError:
    """The error for a document over the cap."""
    return InputError(
        where,
        f"is larger than {cap:,} bytes, the most that one document may hold.",
        "Split it; from Python, `Intake(max_bytes=...)` allows more.",
    )


def read_all(stream: BinaryIO, where: str, cap: int) -> bytes:
    """Read one whole document.

    Raises:
        InputError: It is larger than `cap` bytes.
    """
    pieces, left = [], cap + 1
    while left > 0 and (piece := stream.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise too_large(where, cap)
    return b"".join(pieces)


def read_lines(stream: BinaryIO, cap: int) -> Iterator[tuple[int, bytes | None]]:
    """Read line by line, never holding more than one.

    Args:
        stream: Read to its end.
        cap: The longest line that is given, in bytes.

    Yields:
        Number, from 1, and the line with its newline; None for a line over the cap, which is
        skipped to its end.
    """
    number = 0
    while line := stream.readline(cap + 1):
        number += 1
        if len(line) <= cap or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)
        yield number, None
