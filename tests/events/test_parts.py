"""Parts of an event are runs of words, cut where one begins rather than goes on."""

import numpy as np
import pytest

from allegata.encoder.layout import FARTHEST, distance_bucket
from allegata.encoder.parts import PartHead, find_runs

TAGS = ("O", "B-actor", "I-actor", "B-target", "I-target")


def chances(*tags: str) -> np.ndarray:
    rows = np.full((len(tags), len(TAGS)), 0.025, dtype=np.float32)
    for at, tag in enumerate(tags):
        rows[at, TAGS.index(tag)] = 0.9
    return rows


@pytest.mark.parametrize(
    ("tags", "runs"),
    [
        (("O", "O"), []),
        (("B-actor", "I-actor", "O"), [("actor", 0, 2)]),
        (("B-actor", "B-actor"), [("actor", 0, 1), ("actor", 1, 2)]),
        # a part that begins with an inner word is a part all the same
        (("O", "I-target", "I-target"), [("target", 1, 3)]),
        (("B-actor", "I-target"), [("actor", 0, 1), ("target", 1, 2)]),
        (("I-actor",), [("actor", 0, 1)]),
    ],
)
def test_runs(tags: tuple[str, ...], runs: list[tuple[str, int, int]]) -> None:
    assert [run[:3] for run in find_runs(chances(*tags), TAGS)] == runs


def test_beginning_and_going_on_count_together_against_nothing() -> None:
    rows = np.array([[0.4, 0.3, 0.3, 0.0, 0.0]], dtype=np.float32)
    ((role, first, end, sure),) = find_runs(rows, TAGS)
    assert (role, first, end) == ("actor", 0, 1)
    assert sure == pytest.approx(0.6)


@pytest.mark.parametrize("gap", [0, 1, 6, 7, 20, 1000])
def test_distances_are_mirrored(gap: int) -> None:
    assert distance_bucket(gap) + distance_bucket(-gap) == 2 * FARTHEST


def test_distance_buckets_rise_and_stay_inside() -> None:
    buckets = [distance_bucket(gap) for gap in range(-400, 401)]
    assert buckets == sorted(buckets)
    assert (buckets[0], buckets[-1]) == (0, 2 * FARTHEST)


def test_words_of_other_sentences_have_distances_of_their_own() -> None:
    n_buckets = 2 * FARTHEST + 1
    distances = np.zeros((2 * n_buckets, 1), dtype=np.float32)
    distances[n_buckets:] = 5.0
    head = PartHead(
        distances,
        np.array([[0.0], [1.0]], dtype=np.float32),
        np.zeros(2, np.float32),
        ("O", "B-actor"),
    )
    words, trigger = np.zeros((3, 1), np.float32), np.zeros(1, np.float32)
    found = head.score(words, trigger, 1, 1, 2)
    assert found.argmax(-1).tolist() == [1, 0, 1]
    assert found.sum(-1) == pytest.approx(np.ones(3))
