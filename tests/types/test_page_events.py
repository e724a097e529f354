"""The events on the page for notebooks: inside their claims, escaped, within its size."""

from html.parser import HTMLParser

import pytest

from allegata.types import Document, Segment, SegmentKind, Span
from allegata.types._page import draw_page

PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "</li></ul></div><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "<a href='javascript:alert(1)'>a</a><!--",
]
TAGS = {"div", "p", "b", "i", "br", "hr", "span", "small", "bdi", "ul", "li"}


class Nested(HTMLParser):
    """The text of every list item with the text that stands above it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[list[str]] = []
        self.items: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        assert {name for name, _ in attrs} <= {"style", "dir"}
        if tag not in ("br", "hr"):
            self.open.append([tag, ""])

    def handle_endtag(self, tag):
        open_, text = self.open.pop()
        assert open_ == tag
        if tag == "li":
            self.items.append("".join(inner for _, inner in self.open) + text)

    def handle_data(self, data):
        self.text += data
        for level in self.open:
            level[1] += data

    def handle_comment(self, data):
        raise AssertionError(data)


def draw(reading) -> str:
    return draw_page(
        reading.document, reading.claims, reading.entities, reading.events, reading.links
    )


def test_every_event_stands_inside_its_claim(told):
    parsed = Nested(draw(told.MARKET))
    for source, words in (
        ("1 state radio", "shelling of the market of Karsu (VX, town ±5 km)"),
        ("2 The army", "✗ said not to have happened: shelling of the market"),
        ("3 It = The army", "attempted: staging of the attack by the Northern Front"),
        ("4 The governor", "demanded: withdrawal of the Front from Upper Velm"),
        ("Velmar Wire", "p1 killing of 12 people, including at least eight children"),
    ):
        holders = [item for item in parsed.items if words in item]
        assert holders
        assert all(source in item for item in holders)
    assert "9 events in 6 episodes" in parsed.text
    assert "p7 air strike said to be in response to p1 shelling · “In response”" in parsed.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_an_event_is_markup(told, payload):
    text = f"{payload} hit {payload}"
    span = {"actors": [payload], "targets": [f"{payload}@2"]}
    event = told.make_event(
        text,
        "e1",
        "c0",
        "attack",
        "hit",
        **span,
        place=told.make_place(text, payload, payload),
        counts=[("killed", 1, 3, payload, payload)],
    )
    doc = Document(text, "a.txt", (Segment(SegmentKind.BODY, Span(0, len(text))),))
    page = draw_page(doc, told.MARKET.claims[:1], (), (event,))
    assert Nested(page).text.count(payload.split()[0]) >= 4


@pytest.mark.parametrize("claim", ["c0", "c1"])
def test_a_page_is_small_whatever_the_number_of_events(told, claim):
    text = told.MARKET.document.text
    events = tuple(
        told.make_event(text, f"e{n}", claim, "shelling", "hit", targets=["the market of Karsu"])
        for n in range(1, 2_000)
    )
    page = draw_page(told.MARKET.document, told.MARKET.claims, (), events)
    assert len(page.encode()) <= 50_000
    parsed = Nested(page)
    assert "more events are not shown here." in parsed.text
    assert "4 The governor" in parsed.text, "events leave room for claims"


def test_without_events_the_page_says_so(told):
    page = draw_page(told.MARKET.document, told.MARKET.claims, told.MARKET.entities)
    assert "no events" in Nested(page).text
    assert "with nobody cited" not in page
