import gzip
import json
from datetime import date

import pytest

from allegata.documents import Intake, n_bytes, read_documents
from allegata.errors import InputError
from allegata.types import Document

TEXT = "The ministry said that the bridge was closed."


def line(**values):
    return json.dumps(values).encode() + b"\n"


def test_every_field_is_taken(one):
    doc = one(
        "a.jsonl",
        line(
            text=TEXT + "\r\nMore.",
            published="2018-11-25T00:43:00+03:00",
            publisher="The Example",
            title="Bridge closed",
            uri="https://example.org/1",
            language="en-GB",
            author=["A. Writer", "B. Writer"],
        ),
    )
    assert doc.text == TEXT + "\nMore."
    assert doc.published.day == date(2018, 11, 25)
    assert doc.published.moment.isoformat() == "2018-11-25T00:43:00+03:00"
    assert doc.published.origin == "given"
    assert (doc.publisher, doc.title) == ("The Example", "Bridge closed")
    assert (doc.uri, doc.language) == ("https://example.org/1", "en")
    assert doc.author == "A. Writer, B. Writer"
    assert doc.warnings == ()


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2018-11-25", "2018-11-25"),
        ("Friday 24 Oct 2014", "2014-10-24"),
        ("Fri, 24 Oct 2014 23:00:00 -0400", "2014-10-24"),
    ],
)
def test_a_given_day_wins_over_one_in_the_text(one, published, day):
    doc = one("a.jsonl", line(text="date 2001-01-01 " + TEXT, published=published))
    assert (doc.published.day.isoformat(), doc.published.origin) == (day, "given")


def test_a_day_that_is_not_understood_is_told_and_the_text_serves(one):
    doc = one("a.jsonl", line(text="date 2001-01-01 " + TEXT, published="lately"))
    assert (doc.published.day.isoformat(), doc.published.origin) == ("2001-01-01", "text")
    assert "The publication time 'lately' was not understood." in doc.warnings


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"{bad\n", "is not JSON: Expecting property name"),
        (b'{"text": "cut\n', "is not JSON"),
        (b'"text"\n', "is a JSON str, not an object"),
        (b"[" * 100_000 + b"\n", "is not JSON: it is nested too deeply"),
        (b'{"text": 3}\n', "`text` is int, not a string"),
        (b'{"text": null}\n', "`text` is null, not a string"),
        (b'{"headline": "x", "n": 1}\n', "no field `text`; the fields are 'headline', 'n'"),
        (b"{}\n", "no field `text`; the fields are none"),
        (b'{"text": " "}\n', "has no text"),
        (b'{"text": "' + b"x" * 3000 + b'"}\n', "is larger than 2,000 bytes"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(read, bad, message):
    found = read("a.jsonl", line(text=TEXT) + bad + b"\n" + line(text=TEXT), Intake(max_bytes=2000))
    if len(bad) > 2001 and bad.startswith(b"["):
        message = "is larger than 2,000 bytes"
    assert [type(item) for item in found] == [Document, InputError, Document]
    assert found[1].where.endswith("a.jsonl#2")
    assert message in found[1].what
    assert found[1].hint
    assert found[2].uri.endswith("a.jsonl#4")


def test_deep_json_within_the_cap_is_named(fault):
    error = fault("a.jsonl", b'{"text": ' + b"[" * 200_000)
    assert "not JSON" in error.what


def test_lone_surrogates_of_escapes_are_kept(one):
    doc = one("a.jsonl", b'{"text": "The council said \\ud800 so. \\u0000 \\ud83d\\ude00"}\n')
    assert doc.text == "The council said \ud800 so. \0 \U0001f600"


def test_a_file_is_streamed(tmp_path):
    """What comes after is not touched before it is asked for."""
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for i in range(20_000):
            file.write(line(text=f"{TEXT} {i}"))
    read = 0

    def advance(n_more):
        nonlocal read
        read += n_more

    found = read_documents([str(path)], advance=advance)
    next(found)
    assert 0 < read <= 2**17 < path.stat().st_size
    found.close()


def test_progress_adds_up(tmp_path):
    for name, n_lines in (("a.jsonl", 3000), ("b.jsonl", 1)):
        (tmp_path / name).write_bytes(line(text=TEXT) * n_lines)
    (tmp_path / "d.txt").write_bytes(b"x" * 9_000_000)  # set aside over the cap
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(line(text=TEXT) * 5))
    steps = []
    found = list(read_documents([str(tmp_path)], advance=steps.append))
    assert len(found) == 3007
    assert sum(steps) == n_bytes([str(tmp_path)])


def test_utf16_is_refused_with_advice(fault):
    error = fault("a.jsonl", '{"text": "The council."}\n'.encode("utf-16"))
    assert "UTF-16" in error.what
    assert "Convert" in error.hint


def test_a_byte_order_mark_is_no_part_of_the_line(one):
    assert one("a.jsonl", b"\xef\xbb\xbf" + line(text=TEXT)).text == TEXT
