"""The page for the terminal, by golden pages of invented reports.

`ALLEGATA_REWRITE_GOLDEN=1 python -m pytest tests/cli` rewrites them; the diff is the review.
"""

import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from allegata.cli.page import draw_page
from allegata.cli.wrapping import wrap
from allegata.types import Document, Reading, Segment, SegmentKind, Span

GOLDEN = Path(__file__).parent / "golden"
PAGES = [
    *(("DEPOT", width, colour) for width in (60, 80, 120) for colour in ("plain", "colour")),
    ("ARABIC", 80, "plain"),
    ("BARE", 80, "plain"),
    ("HOSTILE", 80, "colour"),
    ("WIDE", 60, "plain"),
]
STYLES = re.compile(r"\x1b\[[\d;]*m")


def render(reading: Reading, width: int, colour: str = "plain") -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour != "plain",
        color_system="256" if colour != "plain" else None,
        no_color=colour == "no colour",
        highlight=False,
        _environ={},
    )
    for line in draw_page(reading, width):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return out.getvalue()


@pytest.mark.parametrize(("name", "width", "colour"), PAGES)
def test_a_page_is_the_golden_one(samples, name, width, colour):
    page = render(getattr(samples, name), width, colour)
    path = GOLDEN / f"{name.lower()}-{width}-{colour}.txt"
    if os.environ.get("ALLEGATA_REWRITE_GOLDEN"):
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 400])
@pytest.mark.parametrize("name", ["DEPOT", "ARABIC", "BARE", "HOSTILE", "WIDE"])
def test_no_line_is_wider_than_the_page(samples, name, width):
    lines = render(getattr(samples, name), width).splitlines()
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("name", ["DEPOT", "ARABIC", "BARE", "HOSTILE", "WIDE"])
def test_styles_add_nothing_that_shapes_do_not_say(samples, name):
    reading = getattr(samples, name)
    assert STYLES.sub("", render(reading, 80, "colour")) == render(reading, 80, "plain")


def test_without_colour_bold_and_italic_stay(samples):
    page = render(samples.DEPOT, 80, "no colour")
    codes = {code for style in STYLES.findall(page) for code in style[2:-1].split(";")}
    assert codes <= {"0", "1", "2", "3"}, "38 would be a colour"
    assert "1" in codes


def test_nothing_of_a_document_commands_the_terminal(samples):
    page = STYLES.sub("", render(samples.HOSTILE, 80, "colour"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", page)
    for sign in ("␛]52;c;aGk=␇", "<U+202E>", "<U+009B>31m", "<U+2028>", "<U+D800>", "␀", "␍"):
        assert sign in page


def test_text_outside_the_tree_is_never_shortened(samples):
    """All words of what is read stand on the page in their order, marks and line ends aside."""
    doc = samples.DEPOT.document
    page = render(samples.DEPOT, 60).partition("‹who says it›")[0]
    shown = re.sub(r"[‹›_⌜⌟⁰¹²³⁴-⁹]", "", page)
    for segment in doc.segments:
        assert " ".join(segment.span.words(doc.text).split()) in " ".join(
            re.sub(r"┊ ?", "", shown).split()
        )


def test_a_source_stands_before_all_that_is_said_in_the_tree(samples):
    tree = render(samples.DEPOT, 120).partition("‹who says it›")[2]
    rows = [line for line in tree.splitlines() if re.search(r"[├└]─ \d", line)]
    assert len(rows) == len(samples.DEPOT.claims) - 1
    for row in rows:
        assert re.search(r"\d+ .+ → .+ \(\w+\) [→↛]", row)


def test_long_boilerplate_is_cut_and_counted():
    text = "The ferry left. " + "menu entry " * 300
    segments = (
        Segment(SegmentKind.BODY, Span(0, 15)),
        Segment(SegmentKind.BOILERPLATE, Span(16, len(text) - 1)),
    )
    page = render(Reading(Document(text, "a.html", segments), ()), 120)
    page = " ".join(page.replace("┊", "").split())
    assert "(600 words in all)" in page
    assert page.count("menu entry") < 30


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One line.\n\nAnother.", ["One line.", "Another."]),
        (
            "A hard-wrapped\nparagraph.\n\nAnother\none.",
            ["A hard-wrapped paragraph.", "Another one."],
        ),
        # No blank line anywhere: every line is a paragraph, as extraction from HTML leaves it.
        ("First paragraph.\nSecond paragraph.", ["First paragraph.", "Second paragraph."]),
        ("x" * 101 + ".\nSecond.\n\nThird.", ["x" * 101 + ".", "Second.", "Third."]),
        ("Spaces\t and   tabs.", ["Spaces and tabs."]),
    ],
)
def test_line_breaks_make_paragraphs(text, paragraphs):
    segment = Segment(SegmentKind.BODY, Span(0, len(text)))
    page = render(Reading(Document(text, "a.txt", (segment,)), ()), 120)
    middle = page.split("─" * 116)[1].strip()
    assert [" ".join(part.split()) for part in middle.split("\n\n")] == paragraphs


@given(st.text(max_size=80), st.integers(2, 30))
def test_wrapping_loses_no_word(text, width):
    words = Text(" ".join(text.split()))
    lines = wrap(words, width)
    assert all(line.cell_len <= width for line in lines)
    assert "".join(line.plain for line in lines).replace(" ", "") == words.plain.replace(" ", "")
