"""Cutting a web archive into its records, and finding the next one after damage."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from allegata.documents.gzip_members import GzipMembers
from allegata.documents.lines import too_large
from allegata.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Frame", "cut_packed", "cut_plain"]

_PIECE = 2**16
_MOST_LINE = 2**14
_MOST_LINES = 200
_START = b"WARC/"
_NEXT = re.compile(rb"WARC/\d\.\d\r?\n")
_OVERLAP = 9
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length\s*:\s*(\d{1,18})\s*$", re.IGNORECASE)
MOST_DAMAGED = 1_000
AGAIN = "Fetch or copy the file again."


@dataclass(frozen=True, slots=True)
class Frame:
    """One record.

    Attributes:
        start: Where it begins in the file, in bytes; in a packed file, where its member begins.
        head: Its header lines, with the empty line after them.
        block: What it holds, in full.
    """

    start: int
    head: bytes
    block: bytes


class _Tape:
    """A stream that bytes can be put back on."""

    def __init__(self, stream: BinaryIO | io.RawIOBase, *, start: int | None = None) -> None:
        self._read_some = getattr(stream, "read1", stream.read)
        self._held = b""
        self._read = 0
        self._start = start

    def place_of(self, line: bytes) -> int:
        """Where the line just taken stands in the file, or where its packed member begins."""
        at = self._read - len(self._held) - len(line)
        return at if self._start is None else self._start

    def take(self, n_bytes: int) -> bytes:
        """So many bytes, or fewer at the end."""
        while len(self._held) < n_bytes and self._fill(max(_PIECE, n_bytes - len(self._held))):
            pass
        taken, self._held = self._held[:n_bytes], self._held[n_bytes:]
        return taken

    def line(self) -> bytes:
        """One line with its newline, or as much as a line may hold."""
        while b"\n" not in self._held and len(self._held) < _MOST_LINE and self._fill(_PIECE):
            pass
        end = self._held.find(b"\n", 0, _MOST_LINE) + 1
        return self.take(end or min(len(self._held), _MOST_LINE))

    def put_back(self, data: bytes) -> None:
        self._held = data + self._held

    def find_next(self) -> bool:
        """Go to the next place that begins a record; False where there is none."""
        while True:
            match = _NEXT.search(self._held)
            if match is not None:
                self._held = self._held[match.start() :]
                return True
            self._held = self._held[-_OVERLAP:]
            if not self._fill(_PIECE):
                self._held = b""
                return False

    def _fill(self, n_bytes: int) -> bool:
        piece: bytes = self._read_some(n_bytes)
        self._held += piece
        self._read += len(piece)
        return bool(piece)


class _MemberReader(io.RawIOBase):
    """The open member of a packed archive as a stream."""

    def __init__(self, members: GzipMembers) -> None:
        self._members = members

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        out = self._members.read(len(view))
        view[: len(out)] = out
        return len(out)


def cut_plain(stream: BinaryIO, where: str, cap: int) -> Iterator[Frame | InputError]:
    """Cut an unpacked archive.

    Args:
        stream: The archive.
        where: For messages.
        cap: The most that one record may hold, in bytes.

    Yields:
        Whole records, and an error with its byte for each that is damaged, cut short or too
        large; reading goes on behind it.
    """
    yield from _cut(_Tape(stream), where, cap)


def cut_packed(stream: BinaryIO, where: str, cap: int) -> Iterator[Frame | InputError]:
    """Cut an archive whose records are gzip members; as `cut_plain` otherwise.

    A record is given only when the checksum behind it, or the record after it, has been read.
    """
    members = GzipMembers(stream, where)
    n_damaged = 0
    while n_damaged < MOST_DAMAGED:
        held: Frame | InputError | None = None
        try:
            if not members.open_next():
                return
            member = _MemberReader(members)
            for frame in _cut(_Tape(member, start=members.start), where, cap):
                if held is not None:
                    yield held
                held = frame
            while member.read(_PIECE):
                pass
        except InputError as error:
            n_damaged += 1
            yield error
            if not members.find_next():
                return
        else:
            if held is not None:
                yield held
    yield InputError(where, f"has more than {MOST_DAMAGED:,} damaged records; reading stopped.")


def _cut(tape: _Tape, where: str, cap: int) -> Iterator[Frame | InputError]:
    while (line := tape.line()) != b"":
        if not line.strip():
            continue
        start = tape.place_of(line)
        place = f"{where}, byte {start}"
        if not line.startswith(_START):
            yield InputError(place, "holds bytes that are no WARC record.", AGAIN)
            tape.put_back(line)
            if not tape.find_next():
                return
            continue
        frame = _read_frame(tape, line, place, start, cap)
        yield frame
        if isinstance(frame, InputError) and not tape.find_next():
            return


def _read_frame(tape: _Tape, line: bytes, place: str, start: int, cap: int) -> Frame | InputError:
    """Read one record; after an error the tape stands somewhere before the next one."""
    head, n_block = line, None
    for _ in range(_MOST_LINES):
        line = tape.line()
        head += line
        if not line.endswith(b"\n"):
            return InputError(place, "a WARC record is cut short in its header.", AGAIN)
        if not line.strip():
            break
        if match := _LENGTH.match(line):
            n_block = int(match[1])
    if n_block is None or line.strip():
        return InputError(place, "a WARC record has no length.", AGAIN)
    if n_block > cap:
        return too_large(place, cap)
    block = tape.take(n_block)
    if len(block) < n_block:
        tape.put_back(block)
        what = f"a WARC record is cut short: {len(block):,} of {n_block:,} bytes are there."
        return InputError(place, what, AGAIN)
    end = tape.take(len(_END))
    if end.strip(b"\r\n"):
        tape.put_back(block + end)
        return InputError(place, "a WARC record's length is wrong.", AGAIN)
    return Frame(start, head, block)
