"""Sides are exchanged, and the reading must stay the same but for their names."""

import pytest

from benchmarks.quality.swaps import PARTS, find_differences, load_swaps, read_articles, read_swaps

MOST_DIFFERING = {"swaps read alike": 0.46, "claims alike": 0.08, "events alike": 0.13}
"""The share of exchanged sentences that may differ: at all (in any field, role or border of words),
in a claim, and in the claim, kind, polarity or modality of an event."""

PAIRS_A_SENTENCE = 2


@pytest.mark.slow
def test_sentences_read_alike_whichever_side_stands_where():
    read = read_swaps(load_swaps(most=PAIRS_A_SENTENCE))
    for name, part in PARTS.items():
        differing = {key: pair for key, pair in read.items() if part(pair[0]) != part(pair[1])}
        told = "\n".join(
            f"{key}\n    {find_differences(*pair)[0]}" for key, pair in differing.items()
        )
        assert len(differing) <= MOST_DIFFERING[name] * len(read), f"{name}\n{told}"


@pytest.mark.shared
@pytest.mark.slow
def test_articles_have_two_sides_that_can_be_exchanged(shared):
    assert len(read_articles(shared / "gold" / "dev")) >= 4
