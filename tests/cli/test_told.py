"""The events on the page for the terminal: never without their holder, at every width."""

import io
import os
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from allegata.cli.page import draw_page
from allegata.types import Document, Reading, Segment, SegmentKind, Span

WIDTHS = [40, 60, 84, 120, 200]


def render(reading: Reading, width: int, *, styled: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=styled,
        color_system="256" if styled else None,
        highlight=False,
        _environ={},
    )
    for line in draw_page(reading, width):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return out.getvalue()


def branch(page: str, start: str) -> str:
    """The lines of one claim, as one line without what draws the tree."""
    tree = page.rpartition("──\n")[2]
    lines = tree[tree.index(start) :].split("\n  │\n")[0]
    return " ".join(re.sub("[│├└─]", " ", lines).split())


def test_the_page_is_the_golden_one(told):
    page = render(told.MARKET, 84)
    path = Path(__file__).parent / "golden" / "market-84-plain.txt"
    if os.environ.get("ALLEGATA_REWRITE_GOLDEN"):
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_page(told, width):
    assert max(map(cell_len, render(told.MARKET, width).splitlines())) <= width


def test_styles_add_nothing_that_shapes_do_not_say(told):
    styled = render(told.MARKET, 84, styled=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", styled) == render(told.MARKET, 84)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_event_stands_under_its_claim(told, width):
    page = render(told.MARKET, width)
    assert "“hit”" in branch(page, "1 state radio")
    assert "✗ said not to have happened: shelling" in branch(page, "2 The army")
    assert "attempted: staging of the attack by the Northern Front" in branch(page, "3 It = ")
    assert "demanded: withdrawal of the Front" in branch(page, "4 The governor")
    own = branch(page, "Velmar Wire, in its own voice")
    for words in (
        "with nobody cited, no later than 9 Mar 2031 where no date is given:",
        "“killed”",
        "“struck”",
        "“took in”",
        "supposed or feared:",
    ):
        assert words in own
    assert page.count("“hit”") == page.count("“shelling”") == 1


def test_the_rails_of_the_tree_run_past_the_events(told):
    tree = render(told.MARKET, 60).partition("in its own voice")[2].partition("└─")[0]
    assert all(line.startswith(("  │", "  ├─")) for line in tree.splitlines()[1:-1])


def test_the_page_says_how_many_events(told):
    assert "4 claims · 9 events in 6 episodes" in render(told.MARKET, 120)


def test_the_page_closes_with_who_tells_of_the_same(told):
    page = " ".join(render(told.MARKET, 200).split())
    assert (
        "p1 shelling: 1 state radio, Velmar Wire, 2 The army (✗ said not to have happened)" in page
    )
    assert (
        "Velmar Wire: p7 air strike said to be in response to p1 shelling · “In response”" in page
    )


def test_a_page_without_claims_tells_its_events_all_the_same(told):
    text = "Gunmen shot a guard."
    event = told.make_event(text, "e1", "c0", "shooting", "shot", actors=["Gunmen"])
    doc = Document(text, "a.txt", (Segment(SegmentKind.BODY, Span(0, len(text))),))
    page = render(Reading(doc, told.MARKET.claims[:1], (), (event,)), 84)
    assert "The document itself, in its own voice for 100% of the text\n" in page
    assert "shooting by gunmen" not in page, "words of the document stay as they are"
    assert "• shooting by Gunmen · place and time unknown · “shot”" in page


def test_no_event_is_drawn_without_a_holder(told):
    text = "Gunmen shot a guard."
    event = told.make_event(text, "e1", "c7", "shooting", "shot")
    doc = Document(text, "a.txt", (Segment(SegmentKind.BODY, Span(0, len(text))),))
    page = render(Reading(doc, told.MARKET.claims[:1], (), (event,)), 84)
    assert "shooting" not in page


def test_nothing_of_an_event_commands_the_terminal(told):
    text = (
        "\x1b[2Jmen\u202e hit\x07 the \x9b31mmill\x1b]52;c;aGk=\x07, \x1b[31mTown, 5\x1b[0m shells"
    )
    place = told.make_place(text, "T\x1b[2J\u2066own", "\x1b[31mTown")
    event = told.make_event(
        text,
        "e1",
        "c0",
        "shelling",
        "hit\x07",
        actors=["\x1b[2Jmen\u202e"],
        targets=["the \x9b31mmill\x1b]52;c;aGk=\x07"],
        place=place,
        counts=[("items", 5, 6, "shells\x1b[0m", "5\x1b[0m shells")],
    )
    doc = Document(text, "a.txt", (Segment(SegmentKind.BODY, Span(0, len(text))),))
    page = render(Reading(doc, told.MARKET.claims[:1], (), (event,)), 84)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", page)
    for sign in ("␛[2Jmen<U+202E>", "“hit␇”", "<U+009B>31mmill", "T␛[2J<U+2066>own", "shells␛[0m"):
        assert sign in page
