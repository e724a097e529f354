"""Files made on the spot, and everything that is read from them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from allegata.documents import Intake, read_documents, sources
from allegata.documents.isolation import Isolation
from allegata.errors import InputError
from allegata.types import Document

Read = Callable[..., list[Document | InputError]]

PATIENT = Intake(seconds=300)
"""For documents that are harmless, on machines that are busy."""


class Kept:
    """An isolation that stays open from test to test: starting its process takes a second."""

    def __init__(self, isolation: Isolation) -> None:
        self.run, self.run_one = isolation.run, isolation.run_one

    def close(self) -> None:
        """Left open."""


@pytest.fixture(scope="session")
def isolation() -> Iterator[Isolation]:
    kept = Isolation(PATIENT.seconds)
    yield kept
    kept.close()


@pytest.fixture
def read(tmp_path: Path, isolation: Isolation, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Write a file and read it: `read("a.txt", b"...")`."""

    monkeypatch.setattr(sources, "Isolation", lambda _: Kept(isolation))

    def read_file(name: str, data: bytes, intake: Intake = PATIENT) -> list[Document | InputError]:
        (tmp_path / name).write_bytes(data)
        return list(read_documents([str(tmp_path / name)], intake))

    return read_file


@pytest.fixture
def one(read: Read) -> Callable[..., Document]:
    """As `read`, where one document is expected."""

    def read_one(name: str, data: bytes, intake: Intake = PATIENT) -> Document:
        (found,) = read(name, data, intake)
        assert isinstance(found, Document), found
        return found

    return read_one


@pytest.fixture
def fault(read: Read) -> Callable[..., InputError]:
    """As `read`, where one error is expected."""

    def read_fault(name: str, data: bytes, intake: Intake = PATIENT) -> InputError:
        (found,) = read(name, data, intake)
        assert isinstance(found, InputError), found
        return found

    return read_fault
