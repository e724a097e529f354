import contextlib
import time

import pytest

from allegata.documents.html_scan import MOST_ATTRIBUTES, MOST_DEPTH, scan_page
from allegata.errors import InputError


def nested(n):
    return "<div>" * n + "text" + "</div>" * n


@pytest.mark.parametrize(
    ("page", "n_letters", "depth"),
    [
        ("", 0, 0),
        ("text", 4, 0),
        ("<p>one <b>two</b><br><img src=x> three", 11, 1),
        ("<script>var a = '<div>';</script>text<style>b{}</style>", 4, 0),
        ("<script>never closed <div>", 0, 0),
        ("<!-- <div><div> -->text<!-- never closed <div>", 4, 0),
        ("a &amp; b", 3, 0),
        ("1 < 2 and 3 > 2", 9, 0),
        ('<div title="a > b"><i x=don\'t>text</i></div>', 4, 2),
        ("<p>one<p>two<p>three", 11, 0),
        ("<ul><li>a<ul><li>b</ul></ul>", 2, 2),
        ("<svg><path/><path/></svg>x", 1, 1),
        ("</div></div><div>x", 1, 1),
        (nested(254), 4, 254),
        (nested(MOST_DEPTH), 4, MOST_DEPTH),
    ],
)
def test_letters_and_depth_are_counted(page, n_letters, depth):
    scan = scan_page(page)
    assert (scan.n_letters, scan.depth) == (n_letters, depth)


def attributes(n):
    return "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">text"


@pytest.mark.parametrize(
    ("page", "what"),
    [
        (nested(MOST_DEPTH + 1), "nested more than 512"),
        ("<b>" * 100_000, "nested more than 512"),
        (attributes(MOST_ATTRIBUTES + 1), "1,001 attributes on one <p>"),
        (attributes(50_000), "50,000 attributes"),
        ("<p " + "a " * 5000, "5,000 attributes"),
        ("<br>" * 250_000, "more than 200,000 tags"),
    ],
)
def test_what_parsers_choke_on_is_refused(page, what):
    with pytest.raises(InputError, match=what):
        scan_page(page)


def test_as_many_attributes_as_allowed_are_let_through():
    scan_page(attributes(MOST_ATTRIBUTES))


@pytest.mark.parametrize(
    "unit", ["<", "<a ", '<a b="', "<a b='", "<!--", "<!", "</", "&amp;", "<a =", "=\"'", "<script"]
)
def test_the_time_is_linear(unit):
    """Twice the input may take twice the time, not four times."""

    def measure(n_bytes):
        page = unit * (n_bytes // len(unit))
        started = time.process_time()
        with contextlib.suppress(InputError):
            scan_page(page)
        return time.process_time() - started

    assert measure(1_000_000) < 3.0
    assert measure(1_600_000) < 5.0
