"""Who did it to whom, how many, and in what words: what two accounts have in common of it."""

from collections.abc import Set

from allegata.incidents.evidence import Reason
from allegata.incidents.features import Features
from allegata.incidents.kindred import are_rivals

__all__ = ["actors_agree", "counts_agree", "names_agree", "targets_agree", "words_agree"]

_MOST_OF_FEW = 2
_FEW_WORDS = 8
_TOLL_GROWS = 2.5
"""A toll may grow so many times from the first report to the last."""


def targets_agree(one: Features, other: Features) -> tuple[float, Reason]:
    """The same ones who suffer it, or others."""
    if not one.targets or not other.targets:
        return 0.0, "it is not told on both sides whom it hit"
    shared = one.targets & other.targets
    if any(":" in key for key in shared):
        return 1.0, lambda: "both name " + _list_keys(shared)
    if shared:
        return min(1.0, 0.35 * len(shared)), lambda: "both name " + _list_keys(shared)
    return -0.6, "other ones who suffer it"


def actors_agree(one: Features, other: Features) -> tuple[float, Reason]:
    """The same ones who are said to have done it. Others are a rival account, hardly a sign."""
    if not one.actors or not other.actors:
        return 0.0, "it is not told on both sides who did it"
    ours, theirs = _roots(one.actors), _roots(other.actors)
    shared = ours & theirs
    if shared:
        return 0.5, lambda: "both name " + _list_keys(shared)
    if are_rivals(one, other):
        return -1.8, "others are said to have done it, by other means"
    return -0.4, "others are said to have done it"


def _roots(keys: frozenset[str]) -> frozenset[str]:
    """Keys, and for each part of a state the state: its army, its air force."""
    states = {key.partition("/")[0] for key in keys if key.startswith("actor:")}
    return keys | states


def counts_agree(one: Features, other: Features) -> tuple[float, str]:
    """Numbers that are the same, go together, or do not."""
    found = [
        _compare_counts(kind, (low, high), (other_low, other_high))
        for kind, low, high in one.counts
        for other_kind, other_low, other_high in other.counts
        if kind == other_kind
    ]
    if not found:
        return 0.0, "no numbers of one kind on both sides"
    best, worst = max(found), min(found)
    return best if best[0] > 0 else worst


_Range = tuple[int | None, int | None]


def _compare_counts(kind: str, here: _Range, there: _Range) -> tuple[float, str]:
    least = here[0] or here[1] or 0
    if here[0] is not None and here[0] == there[0] and least > _MOST_OF_FEW:
        return (1.8 if least % 10 else 1.2), f"the same number {kind}: {least}"
    most = [x for x in (here[1], there[1]) if x is not None]
    lows = sorted((here[0] or 0, there[0] or 0))
    if lows[1] <= _MOST_OF_FEW:
        return 0.0, f"few {kind} on both sides"
    if not most or lows[1] <= min(most):
        return 0.3, f"numbers {kind} that go together"
    if lows[1] > _TOLL_GROWS * max(1, lows[0]):
        return -0.9, f"other numbers {kind}: {lows[0]} and {lows[1]}"
    return -0.3, f"numbers {kind} that differ: {lows[0]} and {lows[1]}"


def words_agree(one: Features, other: Features) -> tuple[float, Reason]:
    """Words in common, of those that tell what is spoken of."""
    if not one.words or not other.words:
        return 0.0, "no words to compare"
    shared = one.words & other.words
    share = len(shared) / max(_FEW_WORDS, min(len(one.words), len(other.words)))
    weight = min(1.8, 4.0 * (share - 0.22))
    return weight, lambda: f"{share:.0%} of the words of the shorter one{_show_longest(shared)}"


def names_agree(one: Features, other: Features) -> tuple[float, Reason]:
    """Names that both passages hold, of people, places, bodies and things."""
    if not one.names or not other.names:
        return 0.0, "no names to compare"
    shared = set(one.names) & set(other.names)
    if not shared:
        return -0.4, "no name in common"
    return min(1.2, 0.3 * (len(shared) - 1)), lambda: f"the same names{_show_longest(shared)}"


def _show_longest(words: Set[str]) -> str:
    """The longest few words in brackets; nothing where there are none."""
    longest = sorted(words, key=lambda word: (-len(word), word))[:4]
    return f" ({', '.join(longest)})" if longest else ""


def _list_keys(keys: frozenset[str]) -> str:
    return ", ".join(sorted(key.partition(":")[2] or key for key in keys)[:3])
