"""What is read by one task: a file, several small ones, or a stretch of a file of lines.

Which tasks there are follows from the input alone, not from who works on them: so each part of the
output is the same wherever it was made, and what is there already need not be made again.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allegata.documents.intake import Intake
from allegata.documents.isolation import Isolation
from allegata.documents.opening import Opened, find_files, gather, open_file
from allegata.documents.sources import read_opened
from allegata.errors import InputError
from allegata.types import Document

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Task", "find_tasks", "read_task"]

_LINES = (".jsonl", ".ndjson")
_STRETCH_BYTES = 8 << 20
_SMALL_BYTES = 1 << 20
_MOST_SMALL = 1000
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """What one task reads.

    Attributes:
        number: Of its part of the output.
        paths: Local paths, or addresses of a store (`s3://...`, `gs://...`, `file:///...`).
        start, end: Bytes of the only one; None for all of all.
        first_line: The number of the line at `start`.
    """

    number: int
    paths: tuple[str, ...]
    start: int | None = None
    end: int | None = None
    first_line: int = 1

    def to_json(self) -> str:
        """As one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, words: str) -> "Task":
        """The same again."""
        told = json.loads(words)
        return cls(**{**told, "paths": tuple(told["paths"])})


def find_tasks(inputs: Sequence[str]) -> tuple[list[Task], list[InputError]]:
    """Cut inputs into tasks.

    Args:
        inputs: Files, folders, globs, or addresses of objects in a store, where a last `*` stands
            for what begins alike.

    Returns:
        Tasks, and what could not be found.
    """
    tasks: list[Task] = []
    faults: list[InputError] = []
    small: list[str] = []
    held = 0

    def close() -> None:
        nonlocal held
        if small:
            tasks.append(Task(len(tasks), tuple(small)))
            small.clear()
            held = 0

    for one in inputs:
        if "://" in one:
            close()
            for address in _list_store(one, faults):
                tasks.append(Task(len(tasks), (address,)))
            continue
        for path in find_files(one):
            if isinstance(path, InputError):
                faults.append(path)
                continue
            size = path.stat().st_size
            if size <= _SMALL_BYTES:
                if held + size > _STRETCH_BYTES or len(small) >= _MOST_SMALL:
                    close()
                small.append(str(path))
                held += size
                continue
            close()
            for start, end, line in _cut(path, size):
                tasks.append(Task(len(tasks), (str(path),), start, end, line))
    close()
    return tasks, faults


def _list_store(address: str, faults: list[InputError]) -> Iterator[str]:
    from pyarrow import fs

    if not address.endswith("*"):
        yield address
        return
    above, _, begun = address.removesuffix("*").rpartition("/")
    try:
        store, folder = fs.FileSystem.from_uri(above)
        for info in sorted(store.get_file_info(fs.FileSelector(folder)), key=lambda i: i.path):
            if info.type is fs.FileType.File and info.base_name.startswith(begun):
                yield f"{above}/{info.base_name}"
    except (OSError, ValueError) as error:
        faults.append(InputError(address, f"cannot be listed: {error}."))


def _cut(path: Path, size: int) -> Iterator[tuple[int | None, int | None, int]]:
    """Stretches of a long file of lines, each of whole lines; the whole of any other."""
    if path.suffix not in _LINES or size <= _STRETCH_BYTES:
        yield None, None, 1
        return
    start, line = 0, 1
    with path.open("rb") as file:
        while start < size:
            file.seek(min(size, start + _STRETCH_BYTES))
            file.readline()
            end = file.tell()
            yield start, end, line
            file.seek(start)
            left = end - start
            while left and (piece := file.read(min(_PIECE, left))):
                line += piece.count(b"\n")
                left -= len(piece)
            start = end


def read_task(task: Task, intake: Intake, isolation: Isolation) -> Iterator[Document | InputError]:
    """Read the documents of a task, in order, as the laptop reads them.

    Yields:
        Documents; errors in place of those that were set aside.
    """
    for path in task.paths:
        try:
            opened = _open(task, path, intake, isolation)
        except InputError as error:
            yield error
            continue
        try:
            yield from read_opened(opened)
        finally:
            opened.stream.close()


def _open(task: Task, where: str, intake: Intake, isolation: Isolation) -> Opened:
    if "://" in where:
        return _open_object(where, intake, isolation)
    path = Path(where)
    if task.start is None or task.end is None:
        return open_file(path, intake, isolation, None)
    try:
        stream = gather(_Stretch(path, task.start, task.end))
    except OSError as error:
        raise InputError(where, f"cannot be opened: {error.strerror or error}.") from error
    return Opened(stream, where, path.name, intake, isolation, first_line=task.first_line)


def _open_object(address: str, intake: Intake, isolation: Isolation) -> Opened:
    from pyarrow import fs

    try:
        store, path = fs.FileSystem.from_uri(address)
        stream = gather(_Object(store.open_input_stream(path)))
    except (OSError, ValueError) as error:
        raise InputError(address, f"cannot be opened: {error}.") from error
    return Opened(stream, address, path.rpartition("/")[2], intake, isolation)


class _Object(io.RawIOBase):
    """An object of a store as a raw stream."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        piece: bytes = self._stream.read(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Stretch(io.RawIOBase):
    """A stretch of a file as a raw stream."""

    def __init__(self, path: Path, start: int, end: int) -> None:
        self._file = path.open("rb")
        self._file.seek(start)
        self._left = end - start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        piece = self._file.read(min(len(view), self._left))
        view[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()
