"""Coreference scores against examples that are worked out by hand."""

import pytest

from benchmarks.incidents.scoring import score


def _parts(words: str) -> list[frozenset[str]]:
    return [frozenset(part) for part in words.split()]


def test_the_same_partition_has_full_marks() -> None:
    assert score(_parts("abc de f"), _parts("f abc de")).conll == pytest.approx(1.0)


def test_one_cluster_split() -> None:
    scores = score(_parts("abcd"), _parts("ab cd"))
    assert (scores.muc.precision, scores.muc.recall) == pytest.approx((1.0, 2 / 3))
    assert (scores.b_cubed.precision, scores.b_cubed.recall) == pytest.approx((1.0, 0.5))
    # The best pair has likeness 2 * 2 / 6; two of ours, one of gold.
    assert (scores.ceaf_e.precision, scores.ceaf_e.recall) == pytest.approx((1 / 3, 2 / 3))


def test_the_best_assignment_is_not_the_greedy_one() -> None:
    scores = score(_parts("abcx dy"), _parts("abcy dx"))
    assert scores.ceaf_e.f1 == pytest.approx((6 / 8 + 2 / 4) / 2)
