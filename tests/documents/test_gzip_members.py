import gzip
import io
import random
import time
import zlib

import pytest

from allegata.documents import Intake
from allegata.documents.gzip_members import GzipMembers, GzipStream
from allegata.errors import InputError
from allegata.types import Document

LINES = b"".join(b'{"text": "The council said %d times that so it was."}\n' % i for i in range(400))


BOMBS = (
    gzip.compress(b"word " * 4_000_000, 1) * 10,
    gzip.compress(b'{"text": "' + b"a" * 50_000_000 + b'"}', 1),
)


def unpack(packed):
    return io.BufferedReader(GzipStream(io.BytesIO(packed), "a.gz")).read()


@pytest.mark.parametrize("n_padding", [0, 1, 700])
def test_all_members_are_read(n_padding):
    packed = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two")
    assert unpack(packed + b"\0" * n_padding) == b"one two"


def test_heads_with_names_comments_and_checksums_are_passed_over():
    plain = gzip.compress(b"text", mtime=0)
    head = plain[:3] + b"\x1e" + plain[4:10] + b"\x02\x00ab" + b"name\0" + b"comment\0" + b"cc"
    assert unpack(head + plain[10:]) == b"text"


@pytest.mark.parametrize(
    ("packed", "what"),
    [
        (gzip.compress(LINES)[:-9], "ends in the middle"),
        (gzip.compress(LINES)[:-1], "ends in the middle"),
        (gzip.compress(LINES)[:-8] + b"\0" * 8, "checksum is wrong"),
        (gzip.compress(LINES)[:5], "ends in the middle"),
        (gzip.compress(LINES) + b"tail", "ends in the middle|no gzip member"),
        (gzip.compress(LINES) + b"tail of other bytes", "no gzip member"),
        (gzip.compress(LINES)[:100] + b"\xff" * 100, "damaged|ends in"),
        (b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"x" * 100_000, "endless head"),
    ],
)
def test_damage_is_told_with_its_byte(packed, what):
    with pytest.raises(InputError, match=what) as caught:
        unpack(packed)
    assert "a.gz, byte " in caught.value.where


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz", "a.html.gz", "a.csv.gz", "a.gz"])
def test_packed_files_are_read(read, name):
    body = {
        "a.jsonl.gz": b'{"text": "The council said so."}\n',
        "a.html.gz": b"<html><body><p>The council said so.</p></body></html>",
        "a.csv.gz": b"id,text\n1,The council said so.\n",
    }.get(name, b"The council said so.")
    (doc,) = read(name, gzip.compress(body))
    assert isinstance(doc, Document)
    assert doc.text == "The council said so."


def test_at_every_cut_the_lines_before_it_are_kept_and_the_damage_is_told(read):
    packed = gzip.compress(LINES)
    whole = LINES.decode().splitlines()
    cuts = random.Random(1).sample(range(20, len(packed) - 1), 15)
    for cut in cuts:
        found = read("a.jsonl.gz", packed[:cut])
        assert isinstance(found[-1], InputError)
        assert "byte" in found[-1].where
        n_there = zlib.decompressobj(31).decompress(packed[:cut]).count(b"\n")
        assert len(found) == n_there + 1
        texts = [doc.text for doc in found[:-1] if isinstance(doc, Document)]
        assert len(texts) == len(found) - 1
        assert all(text in line for text, line in zip(texts, whole, strict=False))


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.html.gz"])
@pytest.mark.parametrize("packed", BOMBS)
def test_bombs_stop_at_once(fault, name, packed):
    started = time.process_time()
    error = fault(name, packed)
    assert time.process_time() - started < 1.0
    assert "unpacks to more than 100 times" in error.what or "is larger than" in error.what


@pytest.mark.parametrize("packed", BOMBS)
def test_a_bomb_is_told_by_how_it_unpacks_however_much_is_allowed(packed):
    with pytest.raises(InputError, match="unpacks to more than 100 times"):
        unpack(packed)


def test_what_unpacks_slowly_stops_at_the_cap(fault):
    body = bytes(random.Random(2).choices(b"abcdefghij klmnop", k=300_000))
    assert "is larger than" in fault("a.txt.gz", gzip.compress(body), Intake(max_bytes=1000)).what


def test_gzip_inside_gzip_is_refused(fault):
    assert "gzip inside gzip" in fault("a.gz", gzip.compress(gzip.compress(b"x" * 99))).what


def test_the_next_member_is_found_after_damage():
    noise = random.Random(6).randbytes(300)
    members = [gzip.compress(b"record %d " % i + noise) for i in range(3)]
    damaged = members[0] + members[1][:40] + b"\xff" * 20 + members[1][60:] + members[2]
    stream = GzipMembers(io.BytesIO(damaged), "a.gz")
    assert stream.open_next()
    assert stream.read(100).startswith(b"record 0")
    while stream.read(100):
        pass
    assert stream.open_next()
    with pytest.raises(InputError):
        while stream.read(100):
            pass
    while stream.find_next():
        try:
            assert stream.open_next()
            assert stream.read(8) == b"record 2"
            break
        except InputError:
            continue
    else:
        pytest.fail("the last member was not found")
    assert stream.start == len(members[0]) + len(members[1])
