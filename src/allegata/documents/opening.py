"""Opening sources: which files, from where, and as what stream of bytes."""

import glob
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from allegata.documents.formats import has_known_name
from allegata.documents.intake import Intake
from allegata.documents.isolation import Isolation
from allegata.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Advance", "Opened", "find_files", "gather", "is_address", "n_bytes", "open_file"]

STDIN = "-"
ACCESS = "Check that you may read it."
HEAD_BYTES = 2**13

Advance = Callable[[int], None]
"""Told how many more bytes of the sources have been read."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A source as a stream, with what is known about it.

    Attributes:
        stream: Its bytes; unpacked where it was gzip and is no WARC.
        where: Its path or address, for messages and as the address of its documents.
        name: The name that may tell its format.
        intake: The options.
        isolation: The process in which dangerous formats are parsed.
        path: The file on disk where `stream` gives just its bytes, else None.
        content_type: As a server declares it, without parameters.
        charset: The encoding that a server declares.
        first_line: The number of its first line, where it is a part of a file of lines.
    """

    stream: io.BufferedReader
    where: str
    name: str
    intake: Intake
    isolation: Isolation
    path: Path | None = None
    content_type: str | None = None
    charset: str | None = None
    first_line: int = 1

    def peek(self, n_bytes: int = HEAD_BYTES) -> bytes:
        """The next bytes, at most so many, without moving on; none only at the end."""
        held: bytes = self.stream.peek(n_bytes)
        return held[:n_bytes]


class _Counted(io.RawIOBase):
    """A raw stream that tells how much of it was read, each byte once.

    Its first reading gathers enough to tell a format by, also from a pipe that trickles.
    """

    def __init__(self, raw: io.RawIOBase | io.BytesIO, advance: Advance | None) -> None:
        self._raw = raw
        self._advance = advance
        self._seen = 0
        self._place = 0
        self._fault: InputError | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._place = self._raw.seek(offset, whence)
        return self._place

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if self._fault is not None:
            raise self._fault
        view = memoryview(buffer)
        n_read = n_more = self._raw.readinto(view) or 0
        while self._seen == 0 and n_more and n_read < min(HEAD_BYTES, len(view)):
            try:
                n_more = self._raw.readinto(view[n_read:]) or 0
            except InputError as fault:
                self._fault, n_more = fault, 0  # what came before it is given first
            n_read += n_more
        self._place += n_read
        if self._place > self._seen:
            if self._advance is not None:
                self._advance(self._place - self._seen)
            self._seen = self._place
        return int(n_read)

    def close(self) -> None:
        self._raw.close()
        super().close()


def gather(raw: io.RawIOBase | io.BytesIO) -> io.BufferedReader:
    """A buffer over a raw stream whose first filling is large enough to tell a format by."""
    gathered: io.BufferedReader = io.BufferedReader(_Counted(raw, None), 2**16)
    return gathered


def is_address(source: str) -> bool:
    """Whether a source is to be fetched rather than opened."""
    return "://" in source and not Path(source).exists()


def find_files(source: str) -> Iterator[Path | InputError]:
    """Find the files that a path, directory or glob stands for.

    Args:
        source: A file, a directory (searched to its depths, in sorted order, hidden files left
            out) or a glob pattern (`**` for any depth).

    Yields:
        Files; an error where there is nothing to read, and one for all files of a directory
        that are of no known format.
    """
    if not source:
        yield InputError("''", "is no path.", "Name a file, a directory or `-`.")
        return
    path = Path(source)
    try:
        if path.is_dir():
            yield from _find_in_directory(path)
        elif path.exists():
            yield path
        elif glob.has_magic(source):
            yield from _find_by_pattern(source)
        else:
            yield InputError(source, "does not exist.", "Check the spelling.")
    except (OSError, ValueError) as error:
        shown = ascii(source)[1:-1][:200]
        yield InputError(shown, f"cannot be opened: {_reason(error)}.", "Check the spelling.")


def _find_in_directory(path: Path) -> Iterator[Path | InputError]:
    found, left = 0, Counter[str]()
    for file in sorted(path.rglob("*")):
        if any(part.startswith(".") for part in file.relative_to(path).parts):
            continue
        if not file.is_file():
            continue
        if has_known_name(file):
            found += 1
            yield file
        else:
            left[file.suffix.lower() or "no suffix"] += 1
    if not found:
        yield InputError(
            str(path), "holds no document that can be read.", "Name a file to have it tried anyway."
        )
    elif left:
        kinds = ", ".join(f"{n} {suffix}" for suffix, n in left.most_common(8))
        yield InputError(
            str(path),
            f"{left.total()} files set aside: their names are of no known format ({kinds}).",
            "Name a file to have it tried anyway.",
        )


def _find_by_pattern(pattern: str) -> Iterator[Path | InputError]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    if not matches:
        yield InputError(pattern, "matches no file.", "Check the pattern.")
    for match in matches:
        if Path(match).is_file():
            yield Path(match)


def open_file(path: Path, intake: Intake, isolation: Isolation, advance: Advance | None) -> Opened:
    """Open a file, or standard input for `-`.

    Raises:
        InputError: It cannot be opened.
    """
    try:
        if str(path) == STDIN:
            raw: io.BufferedReader = io.BufferedReader(
                _Counted(_Plain(sys.stdin.buffer), advance), 2**16
            )
            return Opened(raw, "standard input", "", intake, isolation)
        file: io.BufferedReader = io.BufferedReader(_Counted(io.FileIO(path), advance), 2**16)
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be opened: {_reason(error)}.", ACCESS) from error
    return Opened(file, str(path), path.name, intake, isolation, path)


class _Plain(io.RawIOBase):
    """Any binary stream as a raw one that cannot seek."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        piece: bytes = self._read(len(view))
        view[: len(piece)] = piece
        return len(piece)


def n_bytes(sources: Sequence[str]) -> int | None:
    """How many bytes the sources hold, for a progress bar.

    Args:
        sources: As for `read_documents`.

    Returns:
        The sum of the sizes of all files, or None where one is standard input or an address.
    """
    total = 0
    for source in sources:
        if source == STDIN or is_address(source):
            return None
        for file in find_files(source):
            if isinstance(file, Path):
                try:
                    total += file.stat().st_size
                except OSError:
                    continue
    return total


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
