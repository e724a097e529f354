"""Attributions as the model reads them: each cue with the sources and contents that belong to it.

All of them, attitudes and plans included; what counts as a claim is decided elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from allegata.encoder import Analysis, Mark

__all__ = ["Attribution", "find_attributions"]


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

    Each source and content goes to the cue that its learned link prefers, among the cues of its
    window; where its window has none, to the nearest cue of the neighbouring sentence.

    Returns:
        One attribution a cue, in order of the cues.
    """
    cues = [mark for mark in analysis.marks if mark.role == "cue"]
    sources: dict[int, list[Mark]] = {}
    contents: dict[int, list[Mark]] = {}
    for mark in analysis.marks:
        if mark.role == "cue":
            continue
        number = _preferred_cue(analysis, mark, cues)
        if number is not None:
            (sources if mark.role == "source" else contents).setdefault(number, []).append(mark)
    return [
        Attribution(cue, tuple(sources.get(number, ())), tuple(contents.get(number, ())))
        for number, cue in enumerate(cues)
    ]


def _preferred_cue(analysis: Analysis, mark: Mark, cues: Sequence[Mark]) -> int | None:
    here = [number for number, cue in enumerate(cues) if cue.window == mark.window]
    if here:
        return max(here, key=lambda number: mark.links[cues[number].first - mark.window])
    if not (mark.open_start or mark.open_end):
        return None
    near = [
        (_gap(cue, mark), number)
        for number, cue in enumerate(cues)
        if abs(analysis.sentence_of[cue.first] - analysis.sentence_of[mark.first]) <= 1
    ]
    return min(near)[1] if near else None


def _gap(a: Mark, b: Mark) -> int:
    return max(a.first - b.end, b.first - a.end, 0)
