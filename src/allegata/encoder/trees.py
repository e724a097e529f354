"""Dependency trees from arc scores: greedy where that is a tree, Chu-Liu-Edmonds elsewhere."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["decode_tree"]

Floats = NDArray[np.float32]


def decode_tree(scores: Floats) -> list[int]:
    """The best tree with exactly one root.

    Args:
        scores: float32 [words, words], how well each word (row) attaches to each head (column);
            the diagonal says how well a word serves as root.

    Returns:
        The head of each word; the root is its own head.
    """
    n = len(scores)
    root_scores = np.diagonal(scores)
    root = int(root_scores.argmax())
    others = scores.copy()
    np.fill_diagonal(others, -np.inf)
    heads = others.argmax(1)
    heads[root] = root
    if n == 1 or not _cycle(heads, root):
        return [int(head) for head in heads]
    return _chu_liu_edmonds(others, root)


def _cycle(heads: NDArray[np.intp], root: int) -> list[int]:
    state = [0] * len(heads)
    state[root] = 2
    for start in range(len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return []


def _chu_liu_edmonds(scores: Floats, root: int) -> list[int]:
    """Maximum arborescence rooted at `root`; `scores[dependent, head]`, no self-loops."""
    heads = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return [int(head) for head in heads]
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    held = scores[cycle, heads[cycle]]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf, dtype=scores.dtype)
    small[:-1, :-1] = scores[outside][:, outside]
    leaving = scores[outside][:, cycle]
    small[:-1, -1] = leaving.max(1)
    leaves_from = np.asarray(cycle)[leaving.argmax(1)]
    entering = scores[cycle][:, outside] - held[:, None]
    small[-1, :-1] = entering.max(0)
    enters_at = np.asarray(cycle)[entering.argmax(0)]
    reduced = _chu_liu_edmonds(small, int(np.flatnonzero(outside == root)[0]))
    for index, head in enumerate(reduced[:-1]):
        node = int(outside[index])
        heads[node] = leaves_from[index] if head == len(outside) else outside[head]
    entry = int(enters_at[reduced[-1]])
    heads[entry] = outside[reduced[-1]]
    return [int(head) for head in heads]
