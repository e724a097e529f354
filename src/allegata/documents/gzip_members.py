"""Reading gzip so that nothing is lost unseen: each member is checked to its last byte."""

import io
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO

from allegata.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["MAGIC", "GzipMembers", "GzipStream"]

MAGIC = b"\x1f\x8b\x08"
MOST_RATIO = 100
"""Text seldom packs better than 20 to 1. What unpacks to more than this is taken for a bomb."""

FREE_BYTES = 2**20
"""So much may unpack at any ratio."""

_PIECE = 2**14
_MOST_HEADER = 2**16


class GzipMembers:
    """The members of a gzip file, one after another.

    Attributes:
        start: Where the open member begins, in bytes of the packed file.
    """

    def __init__(self, packed: BinaryIO, where: str) -> None:
        self.start = 0
        self._packed = packed
        self._where = where
        self._held = b""
        self._read = 0
        self._inflater: zlib._Decompress | None = None
        self._crc = 0
        self._n_out = 0

    def open_next(self) -> bool:
        """Open the next member.

        Returns:
            False at the end of the file; zeros that pad it are passed over.

        Raises:
            InputError: What follows is no member.
        """
        while self._more(1) and self._held[0] == 0:
            self._held = self._held.lstrip(b"\0")
        if not self._held:
            return False
        self.start = self._at()
        self._skip_header()
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._crc, self._n_out = 0, 0
        return True

    def read(self, size: int) -> bytes:
        """Unpack some of the open member.

        Args:
            size: The most that is wanted.

        Returns:
            At most `size` bytes; none at the end, when length and checksum have been proved.

        Raises:
            InputError: The member is cut short, damaged, or unpacks to far too much.
        """
        inflater = self._inflater
        if inflater is None:
            return b""
        while not inflater.eof:
            if not self._more(1):
                raise self._damage("ends in the middle of a gzip member")
            packed, self._held = self._held[:_PIECE], self._held[_PIECE:]
            try:
                out = inflater.decompress(packed, size)
            except zlib.error as error:
                raise self._damage("holds damaged gzip data") from error
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            self._held = left + self._held
            if out:
                self._account(out)
                return out
        self._prove()
        self._inflater = None
        return b""

    def find_next(self) -> bool:
        """After damage, go to the next place that looks like the head of a member.

        Returns:
            False where there is none. The place is not opened yet.
        """
        if self._packed.seekable():
            self._packed.seek(self.start + 1)
            self._held, self._read = b"", self.start + 1
        self._inflater = None
        while self._more(len(MAGIC) + 1):
            place = self._held.find(MAGIC)
            while place >= 0 and self._held[place + 3 : place + 4] > b"\x1f":
                place = self._held.find(MAGIC, place + 1)
            if place >= 0:
                self._held = self._held[place:]
                return True
            self._held = self._held[-len(MAGIC) :]
            if not self._more(len(MAGIC) + 1):
                break
        self._held = b""
        return False

    def _at(self) -> int:
        return self._read - len(self._held)

    def _more(self, n_bytes: int) -> bool:
        """Hold at least so many packed bytes, where the file has them."""
        while len(self._held) < n_bytes:
            piece = self._packed.read(_PIECE)
            if not piece:
                return False
            self._held += piece
            self._read += len(piece)
        return True

    def _take(self, n_bytes: int) -> bytes:
        if not self._more(n_bytes):
            raise self._damage("ends in the middle of a gzip member")
        taken, self._held = self._held[:n_bytes], self._held[n_bytes:]
        return taken

    def _skip_header(self) -> None:
        """Pass over the head by RFC 1952."""
        head = self._take(10)
        if not head.startswith(MAGIC):
            raise self._damage("holds bytes that are no gzip member")
        flags = head[3]
        if flags & 4:
            self._take(struct.unpack("<H", self._take(2))[0])
        for flag in (8, 16):
            n_taken = 0
            while flags & flag and self._take(1) != b"\0":
                n_taken += 1
                if n_taken > _MOST_HEADER:
                    raise self._damage("holds a gzip member with an endless head")
        if flags & 2:
            self._take(2)

    def _account(self, out: bytes) -> None:
        self._crc = zlib.crc32(out, self._crc)
        self._n_out += len(out)
        n_packed = self._at() - self.start
        if self._n_out > FREE_BYTES and self._n_out > n_packed * MOST_RATIO:
            raise InputError(
                f"{self._where}, byte {self.start}",
                f"unpacks to more than {MOST_RATIO} times its size; reading stopped.",
                "Unpack it yourself if you trust it.",
            )

    def _prove(self) -> None:
        crc, n_out = struct.unpack("<II", self._take(8))
        if crc != self._crc or n_out != self._n_out & 0xFFFFFFFF:
            raise self._damage("holds a gzip member whose checksum is wrong")

    def _damage(self, what: str) -> InputError:
        return InputError(
            f"{self._where}, byte {self._at()}", f"{what}.", "Fetch or copy the file again."
        )


class GzipStream(io.RawIOBase):
    """All members of a gzip file as one unpacked stream; raises `InputError` on any damage."""

    def __init__(self, packed: BinaryIO, where: str) -> None:
        self._members = GzipMembers(packed, where)
        self._open = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill some of the buffer; 0 at the end."""
        view = memoryview(buffer)
        while True:
            if not self._open and not self._members.open_next():
                return 0
            self._open = True
            out = self._members.read(len(view))
            if out:
                view[: len(out)] = out
                return len(out)
            self._open = False
