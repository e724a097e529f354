"""Events from marked texts: `{killing:killed}` is a trigger, `[killed:a man]` a part of it.

A trigger may carry a modality, `{attack/future:attack}`, and a part belongs to the trigger that its
number names, `[2time:on Friday]`, or else to the first. `<c1 ...>` is the content of a claim,
`<s1 ...>` its source and `<q1 ...>` its cue.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from allegata.encoder import Analysis, Encoder, Part, Trigger
from allegata.sentences import find_sentences
from allegata.types import Span

__all__ = ["MarkedEvents", "analyse", "encoder", "read_marked", "trigger_of"]

_MARK = re.compile(
    r"\{(?P<kind>[a-z_]+)(?:/(?P<modality>[a-z]+))?:"
    r"|\[(?P<number>\d*)(?P<role>[a-z]+):"
    r"|<(?P<piece>[csq]\d+) "
    r"|[}\]>]"
)


@dataclass
class MarkedEvents:
    """A text without its marks, and what they say.

    Attributes:
        text: The text.
        triggers: Kind, modality and span of each trigger, in order of the text.
        parts: Role and span of the parts of each trigger, by its number from one.
        pieces: Spans of contents, sources and cues by their name: `c1`, `s1`, `q1`.
    """

    text: str
    triggers: list[tuple[str, str, Span]]
    parts: dict[int, list[tuple[str, Span]]]
    pieces: dict[str, list[Span]]


@cache
def encoder() -> Encoder:
    """The reading model, opened once."""
    return Encoder.open()


def read_marked(marked: str) -> MarkedEvents:
    """Take the marks out of a text."""
    found = MarkedEvents("", [], {}, {})
    open_: list[tuple[re.Match[str], int]] = []
    at = 0
    for mark in _MARK.finditer(marked):
        found.text += marked[at : mark.start()]
        at = mark.end()
        if len(mark[0]) > 1:
            open_.append((mark, len(found.text)))
            continue
        opener, start = open_.pop()
        span = Span(start, len(found.text))
        if opener["kind"]:
            found.triggers.append((opener["kind"], opener["modality"] or "actual", span))
        elif opener["role"]:
            number = int(opener["number"] or 1)
            found.parts.setdefault(number, []).append((opener["role"], span))
        else:
            found.pieces.setdefault(opener["piece"], []).append(span)
    found.text += marked[at:]
    found.triggers.sort(key=lambda trigger: trigger[2])
    return found


def analyse(text: str) -> Analysis:
    """What the model sees in a text."""
    return encoder().read(text, find_sentences(text))


def trigger_of(analysis: Analysis, marked: MarkedEvents, number: int = 1) -> Trigger:
    """A trigger of a marked text, as the model would give it."""
    kind, _, span = marked.triggers[number - 1]
    parts = tuple(_part(analysis, role, where) for role, where in marked.parts.get(number, ()))
    first, end = _words(analysis, span)
    point = np.zeros(1, np.float32)
    return Trigger(kind, first, end, analysis.span(first, end), 1.0, 1.0, 0.0, (1.0,), parts, point)


def _part(analysis: Analysis, role: str, span: Span) -> Part:
    first, end = _words(analysis, span)
    return Part(role, first, end, analysis.span(first, end), 1.0)


def _words(analysis: Analysis, span: Span) -> tuple[int, int]:
    inside = [
        number for number, (start, end) in enumerate(analysis.words)
        if start < span.end and end > span.start
    ]  # fmt: skip
    return inside[0], inside[-1] + 1
