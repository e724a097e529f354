"""The comparisons with others see what they say they see."""

import pytest

from benchmarks.peers.pages import (
    LAYOUTS,
    Kept,
    make_pages,
    read_with_allegata,
    read_with_trafilatura,
    share_own,
    share_whole,
)


def test_what_is_an_articles_and_what_is_not_is_told_apart():
    page = make_pages(2)[1]
    whole = "\n".join(page.paragraphs)
    assert share_whole(page, Kept(whole, None, None, None)) == 1.0
    assert share_own(page, Kept(whole, None, None, None)) == 1.0
    part = Kept("\n".join((*page.paragraphs[1:], page.others[0])), None, None, None)
    assert share_whole(page, part) == pytest.approx(1 - 1 / len(page.paragraphs))
    assert share_own(page, part) < 1.0


@pytest.mark.parametrize("read", [read_with_allegata, read_with_trafilatura])
def test_both_sides_read_pages_of_every_layout(read):
    pages = make_pages(len(LAYOUTS))
    kept = read(pages)
    assert [one.headline for one in kept] == [page.headline for page in pages]
    assert all(share_whole(page, one) == 1.0 for page, one in zip(pages, kept, strict=True))
