"""The hostile and broken inputs that must never stop, hang or silently thin out a run."""

import gzip
import random
import time

import pytest

from allegata.documents import Intake, read_documents
from allegata.errors import InputError
from allegata.types import Document

GOOD = b"The council said on Sunday that all was quiet in the town."
NOISE = bytes(random.Random(5).choices(range(256), k=20_000))


def page(inside: bytes) -> bytes:
    return b"<html><body><p>The council said so.</p>" + inside + b"</body></html>"


SET_ASIDE = {
    "empty.txt": (b"", "is empty"),
    "space.txt": (b" \n\t \n", "has no text"),
    "binary.txt": (NOISE, "is binary"),
    "binary.html": (NOISE, "is binary"),
    "huge.txt": (b"word " * 20_000_000, "is larger than"),
    "line.jsonl": (b'{"text": "' + b"a" * 100_000_000 + b'"}', "is larger than"),
    "broken.jsonl": (b'{"text": "The council\n', "is not JSON"),
    "deep.html": (page(b"<div>" * 100_000), "nested more than 512"),
    "deep513.html": (page(b"<i>" * 513), "nested more than 512"),
    "attributes.html": (
        page(b"<p " + b" ".join(b"a%d=1" % i for i in range(50_000)) + b">"),
        "50,000 attributes",
    ),
    "attributes5k.html": (
        page(b"<p " + b" ".join(b"a%d" % i for i in range(5_000)) + b">"),
        "5,000 attributes",
    ),
    "tags.html": (page(b"<br>" * 500_000), "more than 200,000 tags"),
    "script.html": (b"<html><script>" + b"a();" * 9999 + b"</script></html>", "shows only 0"),
    "cut.txt.gz": (gzip.compress(GOOD)[:-10], "ends in the middle"),
    "cut.warc.gz": (gzip.compress(b"WARC/1.0\r\nContent-Length: 9\r\n\r\n")[:-10], "ends in"),
    "cut.warc": (b"WARC/1.0\r\nContent-Length: 9000\r\n\r\nHTTP", "cut short: 4 of 9,000"),
    "crc.txt.gz": (gzip.compress(GOOD)[:-8] + b"\0" * 8, "checksum is wrong"),
    "bomb.txt.gz": (gzip.compress(b"word " * 4_000_000), "100 times its size"),
    "notext.csv": (b"a,b\n1,2\n", "its columns are 'a', 'b'"),
    "bare.xml": (b"<?xml version='1.0'?><x/>", "is XML but no RSS or Atom feed"),
    "entities.rss": (b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>", "unsafe"),
    "damaged.pdf": (b"%PDF-1.7" + NOISE, "is damaged"),
    "damaged.parquet": (b"PAR1" + NOISE, ""),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + NOISE, "a PNG picture"),
}


@pytest.mark.parametrize("name", SET_ASIDE)
def test_it_is_set_aside_with_file_place_and_advice(fault, name):
    raw, what = SET_ASIDE[name]
    error = fault(name, raw)
    assert what in error.what
    assert name in error.where
    assert error.hint


HARD_BUT_READABLE = {
    "angles.html": page(b"<" * 300_000),
    "comments.html": page(b"<!-- x -->" * 30_000),
    "entities.html": page(b"&amp;" * 100_000),
    "attributes900.html": page(b"<p " + b" ".join(b"a%d=1" % i for i in range(900)) + b">x"),
    "node.html": page(b"word " * 100_000),
    "paragraphs.html": page(b"<p>Quiet." * 2_000),
    "deep500.html": page(b"<div>" * 500),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HARD_BUT_READABLE)
def test_it_is_read_or_set_aside_but_never_lost(read, name):
    (found,) = read(name, HARD_BUT_READABLE[name])
    if isinstance(found, Document):
        assert found.text.startswith("The council said so.")
    else:
        assert isinstance(found, InputError)


@pytest.mark.slow
def test_nothing_hangs_and_the_rest_is_read(tmp_path):
    """A page that no parser finishes is stopped on time; its neighbours are read."""
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_bytes(GOOD)
    heavy = b"<p " + b" ".join(b"a%d=1" % i for i in range(999)) + b">x</p>"
    (tmp_path / "b.html").write_bytes(heavy * 900)
    started = time.monotonic()
    found = list(read_documents([str(tmp_path)], Intake(seconds=1.0)))
    assert time.monotonic() - started < 12
    assert [type(item) for item in found] == [Document, InputError, Document]
    assert "took longer than 1 seconds" in found[1].what


def test_one_bad_document_among_many_leaves_the_rest(tmp_path):
    for i in range(30):
        (tmp_path / f"{i:02}.txt").write_bytes(GOOD if i != 13 else NOISE)
    found = list(read_documents([str(tmp_path)]))
    assert [i for i, item in enumerate(found) if isinstance(item, InputError)] == [13]


@pytest.mark.slow
def test_memory_stays_flat_over_a_long_line_and_many_documents(tmp_path):
    """Lines are read one by one, and one that is too long is never held."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b'{"text": "' + GOOD * 20 + b'", "published": "2018-11-25"}\n')
        file.write(b'{"text": "' + b"x" * 60_000_000 + b'"}\n')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    n_found = sum(1 for _ in read_documents([str(path)]))
    assert n_found == 201
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80_000
