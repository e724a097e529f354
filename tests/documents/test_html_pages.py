from datetime import date

import pytest

from allegata.documents import Intake
from allegata.types import SegmentKind as Kind

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="{charset}">
<title>Bridge closed, council says - The Example</title>
<meta property="og:site_name" content="The Example">
<meta property="article:published_time" content="2018-11-25T00:43:00+03:00">
<link rel="canonical" href="https://example.org/1">
<script>var x = "<p>never shown</p>";</script><style>p {{ color: red }}</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<article><h1>Bridge closed, council says</h1><div class="byline">By A. Writer</div>
<time datetime="2018-11-25T00:43:00+03:00">25 Nov</time>
<p>The council said on Sunday that the old bridge over the river was <b>closed</b> to cars.</p>
<figure><img src="x"><figcaption>The old bridge in spring. Photo: Example</figcaption></figure>
<p>Residents denied that, saying that &quot;nobody was there&quot;.<br>They spoke by telephone.</p>
<div class="related-links"><p><a href="/r">Another bridge, another river</a></p></div>
<p hidden>Not shown at all.</p><p style="display: none">Nor is this.</p>
<p>The mayor told reporters that four people had been taken to the hospital of the town.</p>
</article><div class="newsletter">Subscribe to our newsletter</div>
<footer>© The Example</footer></body></html>"""


def kinds(doc):
    return {segment.span.words(doc.text): segment.kind for segment in doc.segments}


def test_a_page_is_read_with_its_parts_marked(one):
    doc = one("a.html", PAGE.format(charset="utf-8").encode())
    found = kinds(doc)
    assert found["Bridge closed, council says"] is Kind.HEADLINE
    assert found["By A. Writer"] is Kind.HEADER
    assert found["The old bridge in spring. Photo: Example"] is Kind.CAPTION
    assert found["Another bridge, another river"] is Kind.PROMO
    for words in ("Home", "World", "Subscribe to our newsletter", "© The Example"):
        assert found[words] is Kind.BOILERPLATE
    body = [words for words, kind in found.items() if kind is Kind.BODY]
    assert body[0].startswith("The council said on Sunday that the old bridge over the river was")
    assert body[0].endswith("was closed to cars.")
    assert 'saying that "nobody was there".' in " ".join(body)
    assert body[-1].startswith("The mayor told reporters")
    assert "shown" not in doc.text
    assert "Nor is this" not in doc.text


def test_what_a_page_says_about_itself_is_taken(one):
    doc = one("a.html", PAGE.format(charset="utf-8").encode())
    assert doc.title == "Bridge closed, council says"
    assert doc.publisher == "The Example"
    assert doc.published.day == date(2018, 11, 25)  # the day before in UTC
    assert doc.published.moment.isoformat() == "2018-11-25T00:43:00+03:00"
    assert doc.published.origin == "metadata"
    assert doc.canonical == "https://example.org/1"
    assert (doc.language, doc.encoding, doc.warnings) == ("en", "utf-8", ())


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta name="author" content="A. Writer">', "author", "A. Writer"),
        ('<meta property="article:author" content="https://example.org/me">', "author", None),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline":'
            ' "Closed", "datePublished": "2018-11-25", "author": [{"name": "A"}, {"name": "B"}],'
            ' "publisher": {"name": "The Example"}}]}</script>',
            "author",
            "A, B",
        ),
        ('<script type="application/ld+json">{broken</script>', "author", None),
        ('<link rel="canonical" href="javascript:alert(1)">', "canonical", None),
        ('<link rel="canonical" href="data:text/html,x">', "canonical", None),
        ('<link rel="canonical" href="http://[bad">', "canonical", None),
        ('<meta property="og:url" content="https://example.org/2">', "canonical",
         "https://example.org/2"),
    ],
)  # fmt: skip
def test_metadata_in_its_many_forms(one, head, field, value):
    page = f"<html><head>{head}</head><body><p>The council said so.</p></body></html>"
    assert getattr(one("a.html", page.encode()), field) == value


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2018-11-25">',
        '<meta itemprop="datePublished" content="2018-11-25T23:00:00-05:00">',
        '<meta name="pubdate" content="Sun, 25 Nov 2018 00:43:00 +0300">',
        '<meta name="dc.date.issued" content="2018-11-25">',
        '<script type="application/ld+json">{"@type": ["Report", "NewsArticle"],'
        ' "datePublished": "2018-11-25T00:43+03:00"}</script>',
        '<meta name="pubdate" content="lately"><meta name="date" content="2018-11-25">',
    ],
)
def test_the_day_of_publication_in_its_many_forms(one, head):
    page = f"<html><head>{head}</head><body><p>On 1 May 2001 it was quiet.</p></body></html>"
    published = one("a.html", page.encode()).published
    assert (published.day, published.origin) == (date(2018, 11, 25), "metadata")


def test_the_given_day_wins_over_metadata(one):
    intake = Intake(published=date(2020, 1, 1), seconds=60)
    doc = one("a.html", PAGE.format(charset="utf-8").encode(), intake)
    assert (doc.published.day, doc.published.origin) == (date(2020, 1, 1), "given")


@pytest.mark.parametrize(
    ("real", "declared"),
    [("utf-8", "windows-1251"), ("cp1252", "utf-8"), ("utf-16", "utf-8"), ("cp1252", "cp1252")],
)
def test_a_wrong_declaration_does_not_harm(one, real, declared):
    doc = one("a.html", PAGE.format(charset=declared).encode(real))
    assert "© The Example" in doc.text
    told = any("encoding is declared as" in warning for warning in doc.warnings)
    # In UTF-16 the page's own declaration is as wide as its text, and nobody looks for it.
    assert told == (real not in (declared, "utf-16"))


def test_nul_and_lone_surrogates_survive_the_parser(one):
    page = "<html><body><p>The council\0 said\ud800 that\udfff all \u202ewas\u202c quiet.</p>"
    doc = one("a.html", page.encode("utf-8", "surrogatepass"))
    assert doc.text == "The council\0 said\ud800 that\udfff all \u202ewas\u202c quiet."
    for segment in doc.segments:
        assert doc.text[segment.span.start : segment.span.end] == segment.span.words(doc.text)


@pytest.mark.parametrize("depth", [254, 255, 256, 300, 500])
def test_text_nested_deeply_is_not_lost(one, depth):
    page = "<div>" * depth + "<p>The council said so.</p>" + "</div>" * depth
    assert one("a.html", page.encode()).text == "The council said so."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("<p>one<br>two</p>", "one\ntwo"),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),
        ("<div>one<p>two</p>three</div>", "one\n\ntwo\n\nthree"),
        ("<p>  one \n two\t</p>", "one two"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\n\nc"),
        ("<p>a<!-- c -->b<?pi?>c</p>", "abc"),
        ("<p>one</p><template>no</template><noscript>no</noscript>", "one"),
        ("<p>caf\u00e9 &eacute; &#x2014; &nbsp;x</p>", "caf\u00e9 \u00e9 \u2014 \u00a0x"),
    ],
)
def test_the_text_is_what_a_browser_shows(one, markup, text):
    assert one("a.html", f"<html><body>{markup}</body></html>".encode()).text == text


def test_a_title_that_is_not_shown_becomes_the_headline(one):
    page = b"<html><head><title>All quiet</title></head><body><p>The council said so.</p></body>"
    doc = one("a.html", page)
    assert doc.text == "All quiet\n\nThe council said so."
    assert doc.segments[0].kind is Kind.HEADLINE


def test_a_page_that_shows_nothing_is_a_fault(fault):
    script = b"<script>" + b"var x = 1;" * 2000 + b"</script>"
    error = fault("a.html", b"<html><body><div id='app'></div>" + script + b"</body></html>")
    assert "shows only 0 characters" in error.what
    assert "browser" in error.hint
