"""How episodes are said to belong together: cause, response, purpose, by the words that say so."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from allegata.encoder import Analysis
from allegata.knowledge import load_words
from allegata.types import Event, Link, LinkKind, Span, SpanMap

__all__ = ["find_links"]

_REACH = 120
"""Characters between an event and the words that link it."""


def find_links(analysis: Analysis, events: Sequence[Event]) -> tuple[Link, ...]:
    """Find the links that the words of a sentence state between two of its events.

    Args:
        analysis: Supplies sentences and text.
        events: In order of the text, with their episodes.

    Returns:
        In order of the text, each pair of episodes once for each kind; never within one episode.
    """
    found: dict[tuple[LinkKind, str, str], Link] = {}
    by_place = SpanMap((event.trigger, event) for event in events)
    for sentence in analysis.sentences:
        around = by_place.overlapping(sentence.span)
        here = [event for event in around if event.trigger in sentence.span]
        if len(here) < 2:
            continue
        for link in _links_of(analysis.text, sentence.span, here):
            if link.source != link.target:
                found.setdefault((link.kind, link.source, link.target), link)
    return tuple(found.values())


def _links_of(text: str, sentence: Span, events: Sequence[Event]) -> Iterator[Link]:
    words = sentence.words(text)
    for pattern, kind, is_forward in _patterns():
        for match in pattern.finditer(words):
            evidence = Span(sentence.start + match.start(), sentence.start + match.end())
            pair = _around(evidence, events)
            if pair is None:
                continue
            first, second = pair if is_forward else pair[::-1]
            yield Link(kind, first.episode, second.episode, evidence)


def _around(evidence: Span, events: Sequence[Event]) -> tuple[Event, Event] | None:
    """The nearest events on either side of some words; both behind where these open a sentence."""
    before = [e for e in events if 0 <= evidence.start - e.trigger.end <= _REACH]
    after = [e for e in events if 0 <= e.trigger.start - evidence.end <= _REACH]
    if before and after:
        return before[-1], after[0]
    if len(after) > 1:
        return after[1], after[0]
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], LinkKind, bool], ...]:
    patterns = []
    for form, words in load_words("links").items():
        kind, _, order = form.partition(" ")
        longest = sorted(words, key=len, reverse=True)
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)
        patterns.append((pattern, LinkKind(kind), order == "forward"))
    return tuple(patterns)
