"""Chains and trees against brute force."""

from itertools import product

import numpy as np
import pytest

from allegata.encoder.chain import Chain
from allegata.encoder.trees import decode_tree


def _score(tags, emissions, chain):
    total = chain.start[tags[0]] + emissions[0, tags[0]]
    for at in range(1, len(tags)):
        total += chain.step[tags[at - 1], tags[at]] + emissions[at, tags[at]]
    return total + chain.end[tags[-1]]


@pytest.mark.parametrize("seed", range(20))
def test_chain_equals_enumeration(seed):
    rng = np.random.default_rng(seed)
    n_tags, lengths = 3, np.array([4, 2, 1])
    chain = Chain(*(rng.normal(size=shape).astype(np.float32) for shape in ((3,), (3, 3), (3,))))
    emissions = rng.normal(size=(3, 4, n_tags)).astype(np.float32)
    for row, decoded in enumerate(chain.decode(emissions, lengths)):
        n = int(lengths[row])
        scored = {t: _score(t, emissions[row], chain) for t in product(range(n_tags), repeat=n)}
        best = max(scored, key=scored.__getitem__)
        assert tuple(decoded.tags) == best
        total = sum(np.exp(score) for score in scored.values())
        for first in range(n):
            for end in range(first + 1, n + 1):
                wanted = sum(
                    np.exp(s) for t, s in scored.items() if t[first:end] == best[first:end]
                )
                found = chain.span_probability(decoded, first, end)
                assert found == pytest.approx(wanted / total, rel=1e-3)


def _trees(n):
    for heads in product(range(n), repeat=n):
        roots = [w for w, head in enumerate(heads) if head == w]
        if len(roots) == 1 and all(_reaches(w, roots[0], heads) for w in range(n)):
            yield heads


def _reaches(word, root, heads):
    for _ in heads:
        if word == root:
            return True
        word = heads[word]
    return word == root


@pytest.mark.parametrize("seed", range(60))
def test_tree_is_the_best_with_its_root(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    scores = rng.normal(size=(n, n)).astype(np.float32)
    heads = decode_tree(scores)
    root = int(np.diagonal(scores).argmax())
    assert heads[root] == root
    value = lambda h: sum(scores[w, head] for w, head in enumerate(h))  # noqa: E731
    best = max((h for h in _trees(n) if h[root] == root), key=value)
    assert value(heads) == pytest.approx(value(best), rel=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_many_cycles_in_cycles_are_one_tree(seed):
    """Words that prefer each other in twos, the twos in fours, up to a whole sentence."""
    rng = np.random.default_rng(seed)
    n = 64
    apart = np.array([[(row ^ column).bit_length() for column in range(n)] for row in range(n)])
    scores = (rng.normal(size=(n, n)) - 4.0 * apart).astype(np.float32)
    heads = decode_tree(scores)
    root = int(np.diagonal(scores).argmax())
    assert all(_reaches(word, root, heads) for word in range(n))
    assert [word for word, head in enumerate(heads) if word == head] == [root]
    dice = np.random.default_rng(seed + 100)
    value = sum(scores[word, head] for word, head in enumerate(heads) if word != root)
    for _ in range(300):  # no other head for a word makes a better tree
        word, head = dice.integers(n, size=2)
        other = [*heads]
        other[word] = int(head)
        if word not in (root, head) and all(_reaches(w, root, other) for w in range(n)):
            assert value >= value - scores[word, heads[word]] + scores[word, head] - 1e-3
