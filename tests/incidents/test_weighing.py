"""Many comparisons at once come to what each of them comes to alone; pairs by keys are complete."""

import random
from itertools import combinations

import numpy as np
import pytest

from allegata.incidents.comparing import COMPARISONS, compare
from allegata.incidents.features import Days, Features, Spot
from allegata.incidents.sharing import pairs_within, window_pairs
from allegata.incidents.weighing import STEPS, weigh_pairs
from allegata.types import EventKind

DAY = 737_000
KINDS = tuple(EventKind)
WORDS = tuple(f"word{n}" for n in range(40))
KEYS = ("actor:army", "actor:army/air", "actor:rebels", "trader", "soldier", "child")


def invent(dice: random.Random, n: int) -> Features:
    first = DAY + dice.randint(0, 4)
    days = dice.choice(
        (None, Days(first, first, True), Days(None, first, False), Days(first, first + 6, False))
    )
    spots = tuple(
        Spot(
            f"s{n}",
            33 + n / 9,
            36.0,
            dice.choice((2.0, 8.0)),
            dice.choice(("SY", "IQ", None)),
            n > 4,
        )
        for n in sorted(dice.sample(range(7), dice.randint(0, 3)))
    )
    low = dice.choice((None, 1, 7, 40))
    return Features(
        account=f"r{n % 30}/p{n}",
        report=f"r{n % 30}",
        published=dice.choice((None, first + 1)),
        kinds=frozenset(dice.sample(KINDS, dice.randint(1, 3))),
        days=days,
        spots=spots,
        actors=frozenset(dice.sample(KEYS, dice.randint(0, 3))),
        targets=frozenset(dice.sample(KEYS, dice.randint(0, 3))),
        counts=(("killed", low, low),) if dice.random() < 0.7 else (),
        words=frozenset(dice.sample(WORDS, dice.randint(0, 30))),
        leads=dice.random() < 0.5,
        names=tuple(dice.sample(WORDS[:12], dice.randint(0, 8))),
    )


@pytest.mark.parametrize("seed", range(4))
def test_weights_of_many_are_those_of_each(seed: int) -> None:
    dice = random.Random(seed)
    features = [invent(dice, n) for n in range(120)]
    pairs = np.array(list(combinations(range(120), 2)))
    ones, others = pairs[:, 0], pairs[:, 1]
    weights = weigh_pairs(features, ones, others)
    alone = np.array([compare(features[one], features[other]) for one, other in pairs.tolist()])
    assert ((weights > 0) == (alone > 0)).all()
    assert (weights[weights > 0] == alone[weights > 0]).all()
    assert (weights > 0).sum() > 50
    assert (weigh_pairs(features, others, ones) == weights).all()


def test_no_comparison_adds_more_than_it_is_held_to() -> None:
    dice = random.Random(9)
    assert {step.comparison for step in STEPS} == set(COMPARISONS)
    features = [invent(dice, n) for n in range(60)]
    for one, other in combinations(features, 2):
        for step in STEPS:
            assert step.comparison(one, other)[0] <= step.most


@pytest.mark.parametrize("seed", range(4))
def test_pairs_are_those_that_share_a_key(seed: int) -> None:
    dice = random.Random(seed)
    held = {owner: set(dice.sample(range(-5, 20), dice.randint(0, 5))) for owner in range(40)}
    new = dice.sample(range(40), 12)
    rows = [(key, owner) for owner, keys in held.items() for key in keys]
    dice.shuffle(rows)
    table = np.array(rows, dtype=np.int64)
    found = pairs_within(table[:, 0], table[:, 1], np.array(new))
    expected = [
        (one, other)
        for one, other in combinations(range(40), 2)
        if held[one] & held[other] and {one, other} & set(new)
    ]
    assert [tuple(pair) for pair in found.tolist()] == expected


def test_neighbours_in_a_list() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert pairs_within(none, none, none).tolist() == []
    assert window_pairs(none, 3).tolist() == []
    assert window_pairs(np.array([5, 1, 9]), 1).tolist() == [[1, 5], [1, 9]]
    assert window_pairs(np.array([5, 1, 9]), 7).tolist() == [[1, 5], [1, 9], [5, 9]]
