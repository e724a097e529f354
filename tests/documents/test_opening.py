import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from allegata.documents import Intake, n_bytes, read_documents
from allegata.errors import InputError
from allegata.types import Document

TEXT = b"The council said that all was quiet."


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.txt", "deep/er/c.md", ".hidden/d.txt", ".e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXT)
    return tmp_path


def names(found, folder):
    return [str(Path(doc.uri).relative_to(folder)) for doc in found if isinstance(doc, Document)]


def test_a_directory_is_read_to_its_depths_in_order(folder):
    found = list(read_documents([str(folder)]))
    assert names(found, folder) == ["a.txt", "b.txt", str(Path("deep/er/c.md"))]
    assert len(found) == 3


def test_other_files_of_a_directory_are_told_once(folder):
    for name in ("x.jpg", "y.jpg", "z.css", "noname"):
        (folder / name).write_bytes(b"\0")
    found = list(read_documents([str(folder)]))
    assert len(found) == 4
    assert "4 files set aside" in found[-1].what
    assert "2 .jpg" in found[-1].what


@pytest.mark.parametrize("make", [lambda path: None, lambda path: (path / "a.jpg").touch()])
def test_a_directory_without_documents_is_told(tmp_path, make):
    make(tmp_path)
    (error,) = read_documents([str(tmp_path)])
    assert isinstance(error, InputError)
    assert "holds no document that can be read" in error.what
    assert error.where == str(tmp_path)


def test_patterns_are_sorted(folder):
    found = list(read_documents([str(folder / "**" / "*.*")]))
    assert names(found, folder) == ["a.txt", "b.txt", str(Path("deep/er/c.md"))]
    (error,) = read_documents([str(folder / "*.pdf")])
    assert "matches no file" in error.what


def test_a_file_named_like_a_pattern_is_a_file(tmp_path):
    (tmp_path / "a[1].txt").write_bytes(TEXT)
    (doc,) = read_documents([str(tmp_path / "a[1].txt")])
    assert isinstance(doc, Document)


@pytest.mark.parametrize("source", ["nowhere.txt", "a\0b", "", "x" * 5000])
def test_what_does_not_exist_is_told_and_the_rest_is_read(folder, source):
    found = list(read_documents([source, str(folder / "a.txt")]))
    assert [type(item) for item in found] == [InputError, Document]


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT)))
    (doc,) = read_documents(["-"])
    assert (doc.text, doc.uri) == (TEXT.decode(), "standard input")


def test_standard_input_that_trickles_is_told_by_its_beginning(monkeypatch):
    class Trickle(io.RawIOBase):
        left = b'{"text": "The council said so."}\n' * 2

        def readable(self):
            return True

        def readinto(self, buffer):
            piece, self.left = self.left[:1], self.left[1:]
            buffer[: len(piece)] = piece
            return len(piece)

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Trickle()))
    docs = list(read_documents(["-"]))
    assert [doc.text for doc in docs] == ["The council said so."] * 2


def test_the_sizes_add_up(folder):
    assert n_bytes([str(folder)]) == 3 * len(TEXT)
    assert n_bytes([str(folder / "a.txt"), str(folder / "*.txt")]) == 3 * len(TEXT)
    assert n_bytes(["nowhere"]) == 0
    assert n_bytes([str(folder), "-"]) is None
    assert n_bytes(["https://example.org/"]) is None


def test_addresses_are_not_fetched_unless_allowed():
    (error,) = read_documents(["https://example.org/a"])
    assert "fetching is off" in error.what
    assert "--fetch" in error.hint


@pytest.mark.parametrize(
    ("name", "raw", "text"),
    [
        ("a", b"<!DOCTYPE html><p>The council said so.", "The council said so."),
        ("a", b'{"text": "The council said so."}', "The council said so."),
        ("a.log", b"The council said so.", "The council said so."),
        ("a.txt", b"<p>The council said so.", "<p>The council said so."),
        ("a", b"{The council said so.}", "{The council said so.}"),
        ("a.xml", b"<html><body><p>The council said so.</body></html>", "The council said so."),
    ],
)
def test_the_format_is_told_by_name_and_bytes(one, name, raw, text):
    assert one(name, raw).text == text


@pytest.mark.parametrize(
    ("name", "raw", "what"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"PK\x03\x04....", "a ZIP, Office or e-book file"),
        ("a.doc", b"\xd0\xcf\x11\xe0....", "an old Office file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("a.txt", bytes(range(256)) * 20, "is binary, not text"),
        ("a.html", bytes(range(256)) * 20, "is binary, not text"),
        ("a.jsonl", bytes(range(256)) * 20, "is binary, not text"),
        ("a.pdf", b"The council said so.", "does not begin as PDF"),
        ("a.warc", b"The council said so.", "does not begin as WARC"),
        ("a.parquet", b"The council said so.", "does not begin as Parquet"),
        ("a.xml", b"<?xml version='1.0'?><svg/>", "is XML but no RSS or Atom feed"),
    ],
)
def test_what_is_no_document_is_told(fault, name, raw, what):
    error = fault(name, raw)
    assert what in error.what
    assert error.where.endswith(name)
    assert error.hint


def test_a_file_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(io, "FileIO", refuse)
    (error,) = read_documents([str(path)], Intake())
    assert "Permission denied" in error.what
