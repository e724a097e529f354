"""Attributions as the model reads them: each cue with the sources and contents that belong to it.

All of them, attitudes and plans included; what counts as a claim is decided elsewhere.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allegata.encoder import Analysis, Mark

__all__ = ["Attribution", "find_attributions"]


_A_WORD, _A_SENTENCE, _NO_LINK = 0.5, 2.0, -8.0
"""Costs of distance beside the learned link, chosen on training documents that were kept apart."""

_FARTHEST = 250
_LONGEST = 500
"""More words than any window has."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with what belongs to it.

    Attributes:
        cue: The words that make it an attribution.
        sources: Who says so, in order. Empty where nobody is named.
        contents: What is said, in order. Empty where the model found none.
    """

    cue: Mark
    sources: tuple[Mark, ...]
    contents: tuple[Mark, ...]


def find_attributions(analysis: Analysis) -> list[Attribution]:
    """Join the marks of an analysis into attributions.

    Each source and content goes to the cue that its learned link and its distance prefer.

    Returns:
        One attribution a cue, in order of the cues.
    """
    cues = [mark for mark in analysis.marks if mark.role == "cue"]
    near = _Near(cues)
    sources: dict[int, list[Mark]] = {}
    contents: dict[int, list[Mark]] = {}
    for mark in analysis.marks:
        if mark.role == "cue":
            continue
        number = _preferred_cue(analysis, mark, near)
        if number is not None:
            (sources if mark.role == "source" else contents).setdefault(number, []).append(mark)
    return [
        Attribution(cue, tuple(sources.get(number, ())), tuple(contents.get(number, ())))
        for number, cue in enumerate(cues)
    ]


class _Near:
    """Cues with their numbers, asked for those that a mark may belong to."""

    def __init__(self, cues: Sequence[Mark]) -> None:
        self._by_window: dict[int, list[tuple[int, Mark]]] = {}
        for number, cue in enumerate(cues):
            self._by_window.setdefault(cue.window, []).append((number, cue))
        self._windows = sorted(self._by_window)

    def around(self, mark: Mark) -> Iterator[tuple[int, Mark]]:
        """Those of its own window, and for a mark at its border the near ones of others."""
        yield from self._by_window.get(mark.window, ())
        if mark.open_start or mark.open_end:
            first = bisect_left(self._windows, mark.first - _FARTHEST - _LONGEST)
            end = bisect_right(self._windows, mark.end + _FARTHEST)
            for window in self._windows[first:end]:
                if window != mark.window:
                    near = self._by_window[window]
                    yield from ((n, cue) for n, cue in near if _gap(cue, mark) < _FARTHEST)


def _preferred_cue(analysis: Analysis, mark: Mark, near: _Near) -> int | None:
    """The number of the cue that a source or content belongs to, None where there is none near.

    The learned link decides, less what distance takes away. Cues of other windows are asked only
    where the mark touches the border of its own.
    """
    rated = [(_attachment(analysis, mark, cue), number) for number, cue in near.around(mark)]
    return max(rated)[1] if rated else None


def _attachment(analysis: Analysis, mark: Mark, cue: Mark) -> float:
    same = cue.window == mark.window
    link = float(mark.links[cue.first - mark.window]) if same else _NO_LINK
    sentences = abs(analysis.sentence_of[cue.first] - analysis.sentence_of[mark.first])
    return link - _A_WORD * math.log1p(_gap(cue, mark)) - _A_SENTENCE * sentences


def _gap(a: Mark, b: Mark) -> int:
    return max(a.first - b.end, b.first - a.end, 0)
