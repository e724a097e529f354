import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.documents.encodings import decode

ENGLISH = "The ministry said on Sunday that the bridge was closed. “Nobody was hurt,” it said."
ARABIC = "قالت الوزارة يوم الأحد إن الجسر مغلق، وإن أحدا لم يصب بأذى في المدينة القديمة."
RUSSIAN = "Министерство заявило в воскресенье, что мост закрыт и что никто не пострадал."


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "found"),
    [
        (ENGLISH, "utf-8", None, "utf-8"),
        (ENGLISH, "utf-8-sig", None, "utf-8"),
        (ENGLISH, "cp1252", None, "cp1252"),
        (ENGLISH, "cp1252", "iso-8859-1", "cp1252"),  # what browsers take it for
        (ENGLISH, "utf-16", None, "utf-16-le"),
        (ENGLISH, "utf-16-le", None, "utf-16-le"),  # no byte order mark
        (ENGLISH, "utf-16-be", None, "utf-16-be"),
        (ENGLISH, "utf-32", None, "utf-32-le"),
        (ARABIC, "utf-8", None, "utf-8"),
        (ARABIC, "cp1256", None, "cp1256"),
        (ARABIC, "cp1256", "windows-1256", "cp1256"),
        (ARABIC, "utf-16-le", None, "utf-16-le"),
        (RUSSIAN, "cp1251", "windows-1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r", "koi8-r"),
        ("平和な日曜日だった、と市は言った。" * 4, "shift_jis", "shift_jis", "cp932"),
        ("平和な日曜日だった、と市は言った。" * 4, "iso2022_jp", "iso-2022-jp", "iso2022_jp"),
    ],
)
def test_the_encoding_is_told_and_the_text_is_whole(text, encoding, declared, found):
    decoded = decode(text.encode(encoding), declared)
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, found, ())


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        (ARABIC.encode(), "windows-1256", ARABIC),
        (ENGLISH.encode(), "us-ascii", ENGLISH),
        (ARABIC.encode("cp1256"), "utf-8", ARABIC),
        (ARABIC.encode("cp1256"), "iso-8859-1", ARABIC),
        (codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le"), "utf-8", ENGLISH),
        (ENGLISH.encode("utf-16-le"), "utf-8", ENGLISH),
    ],
)
def test_a_wrong_declaration_is_overruled_and_told(raw, declared, text):
    decoded = decode(raw, declared)
    assert decoded.text == text
    assert f"declared as {declared}" in decoded.warnings[0]


@pytest.mark.parametrize("declared", ["no-such-encoding", "utf-7", "hex", "", "x" * 999, "a\0b"])
def test_a_declaration_that_means_nothing_is_passed_over(declared):
    assert decode(ENGLISH.encode(), declared).text == ENGLISH


def test_replaced_characters_are_counted():
    raw = ARABIC.encode() + b" \xff\xfe and \xe2\x82 more"
    decoded = decode(raw)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 3
    assert decoded.warnings == ("3 characters could not be decoded from utf-8 and became U+FFFD.",)


def test_a_replacement_character_of_the_author_is_not_counted():
    assert decode("one \ufffd here".encode()).warnings == ()


def test_lone_surrogates_nul_and_marks_of_direction_are_kept():
    text = "a\ud800b\0c\u202ed\ufeffe\x1bf\u0301g"
    decoded = decode(text.encode("utf-8", "surrogatepass"))
    assert decoded.text == text
    assert decoded.warnings == ("1 lone surrogate kept as read.",)


def test_lone_surrogates_are_kept_beside_damage():
    raw = "a\udc80b".encode("utf-8", "surrogatepass") + "é".encode() * 20 + b"\xff"
    assert decode(raw).text == "a\udc80b" + "é" * 20 + "\ufffd"


def test_a_few_bytes_of_another_encoding_among_utf8_are_replaced_not_believed():
    raw = ("é" * 50).encode() + b"\xe9"
    decoded = decode(raw)
    assert decoded.text == "é" * 50 + "\ufffd"


@settings(deadline=None)
@given(st.text())
def test_utf8_is_read_back(text):
    if not text.startswith("\ufeff"):
        raw = text.encode()
        decoded = decode(raw)
        assert decoded.text == text or decoded.encoding.startswith("utf-16")


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "latin-1", "gb2312", "utf-16"]))
def test_no_bytes_fail(raw, declared):
    assert isinstance(decode(raw, declared).text, str)
