"""The page for notebooks: static, escaped, small, and the same without its styles."""

from html.parser import HTMLParser

import pytest

from allegata.types import Act, Claim, Document, Quotation, Reading, Segment, SegmentKind, Span

NAMES = ["DEPOT", "ARABIC", "HOSTILE", "BARE", "WIDE"]
TAGS = {"div", "p", "b", "i", "br", "hr", "span", "small", "bdi", "ul", "li"}
VOID = {"br", "hr"}
PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</div></script><script>alert(1)</script>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=javascript:alert(1)><input type=submit>",
    '" onmouseover="alert(1)',
    "<a href='javascript:alert(1)'>a</a><!--",
]


class Checked(HTMLParser):
    """Parses a page, and fails on anything that is not plain marked-up text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        for name, value in attrs:
            assert name in {"style", "dir"}
            assert "url" not in value
            assert "expression" not in value
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def body(text: str, *claims: Claim, **metadata: object) -> Reading:
    segment = Segment(SegmentKind.BODY, Span(0, len(text)))
    return Reading(Document(text, "a.txt", (segment,), **metadata), claims)


def claim(number: int, start: int, end: int, parent: str = "c0") -> Claim:
    return Claim(
        id=f"c{number}",
        parent=parent,
        source=Span(start, start + 1),
        entity=None,
        cue=Span(start + 1, start + 2),
        content=(Span(start + 2, end),),
        act=Act.STATE,
        quotation=Quotation.INDIRECT,
        said=None,
        confidence=0.9,
        made_by="test@0",
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_plain_marked_up_text(samples, name):
    page = getattr(samples, name)._repr_html_()
    checked = Checked(page)
    assert len(page.encode("utf-8")) <= 50_000
    assert 'dir="auto"' in page
    assert "color:" not in page.replace("background-color:", ""), "the ink is the reader's own"
    for character in "\x1b\x00\u202e\u2066\u2028":
        assert character not in checked.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_document_is_markup(payload):
    text = f"{payload} said {payload}"
    claims = [claim(1, 0, len(text))]
    fields = dict.fromkeys(("publisher", "title", "language"), payload)
    reading = body(text, *claims, warnings=(payload,), **fields)
    assert Checked(reading._repr_html_()).text.count(payload.split()[0]) >= 5


def test_who_says_what_stands_on_the_page(samples):
    text = Checked(samples.DEPOT._repr_html_()).text
    assert "‹State radio›⁵ _quoted_ ⌜⁵‹the army›⁶ as _saying_⁶ ⌜⁶that ‹villagers›⁷ had" in text
    assert "he = A spokesman for the Northern Front → said (state) → We have not fired" in text
    assert "source not named → allegedly (state) → started by a tank shell" in text
    assert "denied (deny) ↛ firing on the depot" in text
    assert "unsure reading, 62%" in text
    assert "┊ caption, not read:" in text


def test_inner_claims_are_lists_inside_the_claim_they_sit_in(samples):
    page = samples.DEPOT._repr_html_()
    inner = page[page.index("6 <b><bdi>the army") : page.index("8 <i>source not named")]
    assert page.index("5 <b><bdi>State radio") < page.index("6 <b><bdi>the army")
    assert inner.count("<ul") == 1
    assert inner.count("</ul>") == 2


LONG = {
    "one long line": "x" * 500_000,
    "all of it escaped": "&<>" * 100_000,
    "wide characters": "漢字" * 100_000,
    "characters made visible": "\u202e\x9b" * 50_000,
    "many paragraphs": "A ferry left.\n\n" * 6_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_page_is_small_whatever_the_length(kind):
    text = LONG[kind]
    page = body(text, title=text, publisher=text, warnings=(text,) * 20)._repr_html_()
    assert len(page.encode("utf-8")) <= 50_000
    assert "more characters of text are not shown here." in page
    Checked(page)


def test_a_page_is_small_whatever_the_number_of_claims():
    text = "a b c d e f g " * 900
    claims = [claim(n, 14 * n, 14 * n + 13) for n in range(1, 890)]
    page = body(text, *claims)._repr_html_()
    assert len(page.encode("utf-8")) <= 50_000
    assert "more claims are not shown here." in page
    Checked(page)


def test_deep_nesting_is_drawn_and_ends():
    text = "ab" * 700
    claims = [claim(n, 2 * n - 2, len(text), f"c{n - 1}") for n in range(1, 600)]
    page = body(text, *claims)._repr_html_()
    assert len(page.encode("utf-8")) <= 50_000
    Checked(page)
