"""From a phrase to the days it means, given the publication day and what was said before it."""

from datetime import date, timedelta

from allegata.grounding.times.from_expression import FROM_EXPRESSION
from allegata.grounding.times.from_publication import FROM_PUBLICATION
from allegata.grounding.times.on_calendar import ON_THE_CALENDAR
from allegata.grounding.times.phrase import Phrase
from allegata.grounding.times.setting import Meaning, Setting, anchor_by_shape, is_ahead
from allegata.types import Interval, Precision

__all__ = ["resolve"]

_RESOLVERS = {**ON_THE_CALENDAR, **FROM_PUBLICATION, **FROM_EXPRESSION}
_BOUNDS = {
    "since": "since", "starting": "since", "until": "until", "through": "until", "by": "until",
    "as": "until", "up": "until", "before": "before", "prior": "before", "after": "after",
}  # fmt: skip
_CLOCKED = ("CLOCK", "AMPM", "ZONE", "DAWN", "HHMM", "OTHERNUM", "local")
_RITES = frozenset("prayer prayers sermon sermons".split())


def resolve(phrase: Phrase, setting: Setting) -> Meaning:
    """Give the days that a phrase means.

    A phrase that names an impossible day, or one outside Python's calendar, has no days.
    """
    try:
        meaning = _RESOLVERS[phrase.kind](phrase, setting)
        if meaning.interval is None:
            return meaning
        bounded = _bounded(phrase, meaning.interval, setting.dct)
        return Meaning(bounded, meaning.anchor, meaning.antecedent)
    except (ValueError, OverflowError):
        return Meaning(None, anchor_by_shape(phrase))


def _bounded(phrase: Phrase, interval: Interval, dct: date | None) -> Interval:
    """Open an interval by "since", "until", "before" or "after" in front of it."""
    bound = _bound(phrase)
    start, end = interval.start, interval.end
    if bound is None or start is None or end is None:
        return interval
    # "before Friday's vote" may be the same day, "before Friday" is not.
    gap = timedelta(0 if phrase.tokens.name(phrase.last) == "POSS" else 1)
    if bound == "since":
        return Interval(start, dct if dct and start <= dct else None, Precision.BOUNDED)
    if bound == "until":
        from_now = dct if dct is not None and dct <= end and is_ahead(phrase) else None
        return Interval(from_now, end, Precision.BOUNDED)
    if bound == "before":
        return Interval(None, start - gap, Precision.BOUNDED)
    return Interval(end + gap, None, Precision.BOUNDED)


def _bound(phrase: Phrase) -> str | None:
    first = phrase.symbol_names()[0]
    bound = _BOUNDS.get(first)
    # "before dawn on Saturday" and "after Friday prayers" are times of that day.
    clocked = first in ("before", "after", "by") and phrase.has(*_CLOCKED)
    named = phrase.tokens.word(phrase.last).lower() in _RITES
    return None if clocked or named else bound
