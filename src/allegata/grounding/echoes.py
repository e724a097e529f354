"""Words that repeat a time told before: "since then", "during that period"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from allegata.grounding.times import Anchor, Timex
from allegata.types import Interval, Precision, Span

__all__ = ["with_echoes"]

_SINCE = re.compile(r"\b(?:ever )?since (?:then|that time|that date)\b", re.IGNORECASE)
_DURING = re.compile(
    r"\b(?:during|in|over|within|throughout) (?:that|the same|this) "
    r"(?:same )?(?:time|period|span|stretch|timeframe)\b",
    re.IGNORECASE,
)
_REACH = 1500
"""How many characters back the time may stand that is repeated."""


def with_echoes(
    text: str, sentences: Sequence[Span], timexes: Sequence[Timex], published: date | None
) -> tuple[Timex, ...]:
    """The temporal expressions of a document, and the words that repeat one of them.

    "Since then" counts from the first day of the nearest one before it to the publication;
    "during that time" means the days of the nearest one before it that is longer than a day.

    Args:
        text: The text of the document.
        sentences: Where to look, in order.
        timexes: Those found, in order.
        published: The publication day, or None.

    Returns:
        All of them in order of the text, never overlapping.
    """
    found = list(timexes)
    ends = [timex.span.end for timex in timexes]
    for span, is_since in _echoes(text, sentences):
        at = bisect_left(ends, span.start + 1)
        if at < len(timexes) and timexes[at].span.overlaps(span):
            continue
        before = timexes[max(0, at - 20) : at]
        found.append(_since(span, before, published) if is_since else _during(span, before))
    return tuple(sorted(found, key=lambda timex: timex.span))


def _echoes(text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, bool]]:
    for sentence in sentences:
        for pattern in (_SINCE, _DURING):
            for match in pattern.finditer(text, sentence.start, sentence.end):
                yield Span(*match.span()), pattern is _SINCE


def _since(span: Span, before: Sequence[Timex], published: date | None) -> Timex:
    for timex in reversed(before):
        if span.start - timex.span.end > _REACH:
            break
        start = timex.interval.start if timex.interval else None
        if start is not None and (published is None or start <= published):
            since = Interval(start, published, Precision.BOUNDED, span)
            return Timex(span, since, Anchor.EXPRESSION, timex.span)
    return Timex(span, None, Anchor.EXPRESSION)


def _during(span: Span, before: Sequence[Timex]) -> Timex:
    for timex in reversed(before):
        if span.start - timex.span.end > _REACH:
            break
        interval = timex.interval
        if interval is not None and interval.start is not None and interval.start != interval.end:
            return Timex(span, replace(interval, evidence=span), Anchor.EXPRESSION, timex.span)
    return Timex(span, None, Anchor.EXPRESSION)
