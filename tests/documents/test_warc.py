import base64
import gzip
import hashlib
import random

import pytest

from allegata.documents import Intake
from allegata.errors import InputError
from allegata.types import Document

PAGE = b"<html><body><p>The council said %d times that all was quiet in the town.</p></body></html>"


def http(body, kind="text/html", status=200, extra=""):
    extra += f"Content-Length: {len(body)}\r\n\r\n"
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n{extra}"
    return head.encode() + body


def record(block, kind="response", extra=""):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Target-URI: https://example.org/1\r\nWARC-Date: 2018-11-25T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n{extra}"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


INFO = record(b"software: none\r\n", "warcinfo")
TEXTS = [http(b"The council said %d times that all was quiet." % i, "text/plain") for i in range(6)]
PLAIN = [INFO, *map(record, TEXTS)]
PACKED = [gzip.compress(part) for part in PLAIN]


def apart(found):
    docs = [item for item in found if isinstance(item, Document)]
    return docs, [item for item in found if isinstance(item, InputError)]


@pytest.mark.parametrize(
    ("name", "parts"), [("a.warc", PLAIN), ("a.warc.gz", PACKED), ("a", PACKED)]
)
def test_pages_are_read_with_their_place(read, name, parts):
    docs, errors = apart(read(name, b"".join(parts)))
    assert [doc.text.split()[3] for doc in docs] == list("012345")
    assert not errors
    assert docs[0].uri.endswith(f"#{len(parts[0])}")
    assert docs[0].canonical == "https://example.org/1"


def test_one_member_for_the_whole_archive_is_read_too(read):
    docs, errors = apart(read("a.warc.gz", gzip.compress(b"".join(PLAIN))))
    assert (len(docs), errors) == (6, [])


def test_html_pages_are_parsed(one):
    doc = one("a.warc", INFO + record(http(PAGE % 1, "text/html; charset=utf-8")))
    assert doc.text == "The council said 1 times that all was quiet in the town."
    assert doc.canonical == "https://example.org/1"


def test_a_page_that_was_cut_in_crawling_says_so(one):
    doc = one("a.warc", record(http(PAGE % 1), extra="WARC-Truncated: length\r\n"))
    assert any("WARC-Truncated: length" in warning for warning in doc.warnings)


@pytest.mark.parametrize(("altered", "told"), [(False, False), (True, True)])
def test_a_record_that_does_not_match_its_digest_says_so(one, altered, told):
    block = TEXTS[0]
    digest = base64.b32encode(hashlib.sha1(block + b"x" * altered).digest()).decode()
    doc = one("a.warc", record(block, extra=f"WARC-Block-Digest: sha1:{digest}\r\n"))
    assert any("digest" in warning for warning in doc.warnings) == told


@pytest.mark.parametrize(
    "block",
    [
        http(b"gone", status=404),
        http(b"moved", status=302),
        http(b"\x89PNG", "image/png"),
        b"",
    ],
)
def test_what_is_no_page_is_passed_over(read, block):
    docs, errors = apart(read("a.warc", record(block) + record(TEXTS[0])))
    assert (len(docs), errors) == (1, [])


def test_an_archive_without_pages_is_told(fault):
    assert "holds no page" in fault("a.warc", INFO).what


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (
            http(gzip.compress(b"The council said so."), "text/plain", 200,
                 "Content-Encoding: gzip\r\n"),
            "The council said so.",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"b\r\nThe council\r\n9\r\n said so.\r\n0\r\n\r\n",
            "The council said so.",
        ),
    ],
)  # fmt: skip
def test_packing_for_transport_is_undone(one, block, text):
    assert one("a.warc", record(block)).text == text


@pytest.mark.parametrize(
    ("body", "packing", "what"),
    [
        (gzip.compress(b"word " * 4_000_000), "gzip", "100 times"),
        (gzip.compress(b"The council said so.")[:-4], "gzip", "ends in the middle"),
        (b"xxxx", "br", "is packed as 'br'"),
        (b"", "identity", "is empty"),
    ],
)
def test_a_payload_that_cannot_be_unpacked_is_told(read, body, packing, what):
    bad = record(http(body, "text/plain", 200, f"Content-Encoding: {packing}\r\n"))
    docs, errors = apart(read("a.warc", bad + record(TEXTS[0])))
    assert len(docs) == 1
    assert what in errors[0].what
    assert errors[0].where.endswith("a.warc#0")


@pytest.mark.parametrize(("name", "parts"), [("a.warc", PLAIN), ("a.warc.gz", PACKED)])
def test_at_every_cut_what_was_before_is_kept_and_the_loss_is_told(read, name, parts):
    whole = b"".join(parts)
    ends = [sum(map(len, parts[: i + 1])) for i in range(len(parts))]
    for cut in random.Random(3).sample(range(30, len(whole) - 5), 100):
        docs, errors = apart(read(name, whole[:cut]))
        n_whole = sum(1 for end in ends[1:] if end <= cut)
        assert len(docs) in (n_whole, n_whole + 1)  # only the newlines behind it may be missing
        if cut not in ends and len(docs) == n_whole:
            assert errors
            assert "byte" in errors[-1].where or "holds no page" in errors[-1].what


@pytest.mark.parametrize("place", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("i", [1, 3, 6])
def test_after_a_damaged_member_reading_goes_on(read, i, place):
    parts = list(PACKED)
    at = int(len(parts[i]) * place)
    parts[i] = parts[i][:at] + bytes(b ^ 0xFF for b in parts[i][at : at + 3]) + parts[i][at + 3 :]
    docs, errors = apart(read("a.warc.gz", b"".join(parts)))
    assert [int(doc.text.split()[3]) for doc in docs] == [k for k in range(6) if k != i - 1]
    assert errors
    assert all("byte" in error.where for error in errors)


@pytest.mark.parametrize(
    "damage",
    [
        lambda part: part.replace(b"WARC/1.0", b"XARC/1.0"),
        lambda part: part.replace(b"Content-Length: ", b"Content-Langth: ", 1),
        lambda part: part.replace(b"Content-Length: 1", b"Content-Length: 9", 1),
        lambda part: part.replace(b"Content-Length: 1", b"Content-Length: ", 1),
        lambda part: part.replace(b"Content-Length: 1", b"Content-Length: 99999999991", 1),
        lambda part: part[:-40],
        lambda part: b"garbage\r\n" * 10_000 + part[-50:],
    ],
)
def test_after_a_damaged_record_reading_goes_on(read, damage):
    parts = list(PLAIN)
    parts[3] = damage(parts[3])
    docs, errors = apart(read("a.warc", b"".join(parts)))
    assert [int(doc.text.split()[3]) for doc in docs] == [0, 1, 3, 4, 5]
    assert errors
    assert "byte" in errors[0].where


@pytest.mark.parametrize(("name", "pack"), [("a.warc", bytes), ("a.warc.gz", gzip.compress)])
def test_a_record_over_the_cap_is_told_and_the_rest_is_read(read, name, pack):
    noise = bytes(random.Random(4).choices(range(256), k=70_000))
    parts = [record(TEXTS[0]), record(http(noise, "text/plain")), record(TEXTS[1])]
    docs, errors = apart(read(name, b"".join(map(pack, parts)), Intake(max_bytes=20_000)))
    assert len(docs) == 2
    assert "larger than 20,000 bytes" in errors[0].what


def test_a_packed_bomb_is_told_and_the_rest_is_read(read):
    bomb = gzip.compress(record(http(b"word " * 1_000_000, "text/plain")))
    docs, errors = apart(read("a.warc.gz", PACKED[1] + bomb + PACKED[2]))
    assert len(docs) == 2
    assert errors
