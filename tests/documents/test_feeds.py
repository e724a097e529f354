from datetime import date

import pytest

from allegata.errors import InputError
from allegata.types import Document
from allegata.types import SegmentKind as Kind

RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>
<title>The Example</title><language>en-gb</language>
<item><title>Bridge closed</title><link>https://example.org/1</link>
<pubDate>Sun, 25 Nov 2018 00:43:00 +0300</pubDate><author>A. Writer</author>
<description>&lt;p&gt;The council said that the bridge was closed.&lt;/p&gt;
&lt;p&gt;“No,” he said.&lt;/p&gt;</description>
</item>
<item><title>Second &amp; last</title><link>javascript:alert(1)</link></item>
<item><link>https://example.org/3</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title>
<entry><title>Bridge closed</title><link href="https://example.org/1"/>
<published>2018-11-25T00:43:00+03:00</published><updated>2019-01-01T00:00:00Z</updated>
<summary>Short.</summary>
<content type="html">
<![CDATA[<p>The council said that the <b>bridge</b> was closed.</p>]]></content>
</entry></feed>"""


def test_each_entry_is_a_document(read):
    first, second, third = read("a.rss", RSS.format(encoding="utf-8").encode())
    assert isinstance(first, Document)
    paragraphs = ["Bridge closed", "The council said that the bridge was closed.", "“No,” he said."]
    assert first.text == "\n\n".join(paragraphs)
    assert first.segments[0].kind is Kind.HEADLINE
    assert (first.title, first.publisher) == ("Bridge closed", "The Example")
    assert first.published.day == date(2018, 11, 25)
    assert first.published.moment.isoformat() == "2018-11-25T00:43:00+03:00"
    assert first.canonical == "https://example.org/1"
    assert first.uri.endswith("a.rss#1")
    assert second.text == "Second & last"
    assert second.canonical is None  # javascript: is no address
    assert isinstance(third, InputError)
    assert third.where.endswith("a.rss#3")


def test_atom_is_read(one):
    doc = one("a.atom", ATOM.encode())
    assert doc.text == "Bridge closed\n\nThe council said that the bridge was closed."
    assert doc.published.day == date(2018, 11, 25)


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16"])
def test_the_encoding_is_detected(read, encoding):
    found = read("a.rss", RSS.format(encoding=encoding).encode(encoding))
    assert "“No,” he said." in found[0].text


LAUGHS = (
    "<!DOCTYPE r [" + "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10)) + "]>"
)


@pytest.mark.parametrize(
    "prologue",
    [
        LAUGHS,
        '<!DOCTYPE r [<!ENTITY a "' + "a" * 100_000 + '">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd">',
        "<!doctype r>",
        '<!-- <![CDATA[ --><!DOCTYPE r [<!ENTITY a "b">]><!-- ]]> -->',
        '<! ENTITY a "b">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(fault, prologue, encoding):
    feed = RSS.format(encoding=encoding).replace("<rss", prologue + "<rss", 1)
    error = fault("a.rss", feed.replace("Bridge", "&a;").encode(encoding))
    assert "unsafe" in error.what
    assert "line 1" in error.where


def test_a_document_type_inside_an_entry_is_text(one):
    feed = ATOM.replace("<p>The", "<!DOCTYPE html><p>The")
    assert "The council said" in one("a.atom", feed.encode()).text


@pytest.mark.parametrize("raw", [b"<rss><channel></channel></rss>", b"<feed>broken"])
def test_a_feed_without_entries_is_told(fault, raw):
    assert "has no entries" in fault("a.rss", raw).what


@pytest.mark.parametrize("missing", ["</rss>", "</item>", "</channel>"])
def test_a_feed_that_was_cut_gives_its_entries_and_says_so(read, missing):
    whole = RSS.format(encoding="utf-8")
    n_entries = len(read("a.rss", whole.encode()))
    cut = whole[: whole.rindex(missing) + 3]
    *entries, last = read("a.rss", cut.encode())
    assert len(entries) == n_entries
    assert isinstance(last, InputError)
    assert "ends in the middle" in last.what
    assert last.where.endswith(f"a.rss, byte {len(cut.encode()):,}")
