from datetime import date

import pytest

from allegata.documents import Intake
from allegata.errors import InputError
from allegata.types import Document

TEXT = "The ministry said that the bridge was closed."


@pytest.mark.parametrize("name", ["text", "Body", "CONTENT", "article", "full text", "maintext"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_text_column_is_found_by_name(one, name, delimiter):
    rows = [["id", name, "Date", "Outlet"], ["1", f'"{TEXT}"', "2018-11-25", "The Example"]]
    doc = one("a.csv", "\n".join(delimiter.join(row) for row in rows).encode())
    assert doc.text == TEXT
    assert doc.published.day == date(2018, 11, 25)
    assert doc.publisher == "The Example"
    assert doc.uri.endswith("a.csv#2")


def test_a_text_may_hold_newlines_quotes_and_nul(one):
    doc = one("a.csv", b'text,title\n"He said ""no"".\r\nThat was\0 all, the council said.",T\n')
    assert doc.text == 'He said "no".\nThat was\0 all, the council said.'


def test_a_table_without_a_text_column_names_what_it_has(fault):
    error = fault("a.csv", b"id,where,when\n1,here,now\n")
    assert "its columns are 'id', 'where', 'when'" in error.what
    assert "text, body, content" in error.hint


def test_rows_without_text_are_named_and_empty_ones_passed_over(read):
    found = read("a.csv", b"id,text\n1,\n\n2,The council said so.\n3\n")
    assert [type(item) for item in found] == [InputError, Document, InputError]
    assert found[0].where.endswith("#2")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256", "utf-8"])
def test_the_encoding_is_detected(one, encoding):
    text = "قالت الوزارة يوم الأحد إن الجسر مغلق وإن أحدا لم يصب بأذى في المدينة"
    doc = one("a.csv", f"id,text\n1,{text}\n".encode(encoding))
    assert doc.text == text


def test_damage_is_counted(one):
    raw = b"text\n" + ("é" * 40).encode() + b" \xff said\n"
    assert "1 characters are U+FFFD" in one("a.csv", raw).warnings[0]


def test_a_row_over_the_cap_stops_the_table_with_its_place(read):
    rows = b"text\nThe council said so.\n" + b"x" * 5000 + b"\nThe council said so.\n"
    found = read("a.csv", rows, Intake(max_bytes=1000))
    assert isinstance(found[0], Document)
    assert isinstance(found[-1], InputError)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'id,text\n1,"The council said so.\nIt was', "ends inside quotation marks"),
        (b'id,text\n1,"The council said so.\nIt was\n', "ends inside quotation marks"),
        (b"id,text\n1,The council sa", "last line of the table has no end"),
        (b'id,text\n1,The council said so.\n2,"It was qui', "ends inside quotation marks"),
        (b"id,text\n1,The council said so.\n", None),
        (b'id,text\n1,"The council said ""so""."\n', None),
        (b'id,text\n1,A board of 5" width the council said so.\n2,The council said so.\n', None),
    ],
)
def test_a_table_that_was_cut_in_a_row_says_so(read, raw, told):
    found = read("a.csv", raw)
    assert all(isinstance(item, Document) for item in found)
    cut = [note for note in found[-1].warnings if "cut short" in note]
    assert [told is not None and told in note for note in cut] == [True] * (told is not None)
    assert not any("cut short" in note for item in found[:-1] for note in item.warnings)
