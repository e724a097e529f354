"""Find the temporal expressions of a text and give each the days it means."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from allegata.grounding.times.doubts import is_time
from allegata.grounding.times.grammar import find_phrases, may_hold_phrases
from allegata.grounding.times.phrase import Phrase
from allegata.grounding.times.resolve import resolve
from allegata.grounding.times.setting import Setting
from allegata.grounding.times.timex import Timex
from allegata.grounding.times.tokens import tokenise
from allegata.types import Span

__all__ = ["find_timexes"]

_NEUTRAL = frozenset("in on at during over throughout around about for within from".split())


def find_timexes(text: str, spans: Sequence[Span], dct: date | None) -> list[Timex]:
    """Find the temporal expressions of English news prose.

    A point without its year or week ("October 9", "on Saturday") is the latest that is not after
    the publication day, or the first that is not before it where the nearest verb looks ahead
    ("will meet on Friday"). The weekday of the publication day means that day.

    Seasons are those of the northern hemisphere, a weekend is Saturday and Sunday, and an
    expression that modifies a noun ("after the 2016 election") means its own days, not those of
    the clause.

    Args:
        text: The text of the document.
        spans: The stretches to search: sentences or segments, in order. No expression crosses
            from one to the next, but "two days earlier" may count from a stretch before.
        dct: The publication day. Without it, expressions that need it have no interval.

    Returns:
        The expressions in order of the text, never overlapping. Empty where there is none.
    """
    found: list[Timex] = []
    for stretch in sorted(set(spans)):
        if not may_hold_phrases(text[stretch.start : stretch.end]):
            continue
        tokens = tokenise(text, stretch)
        for phrase in _longest(find_phrases(tokens)):
            setting = Setting(dct, found, stretch.start)
            span = tokens.span(_first_of_expression(phrase), phrase.last)
            meaning = resolve(phrase, setting)
            interval = meaning.interval and replace(meaning.interval, evidence=span)
            found.append(Timex(span, interval, meaning.anchor, meaning.antecedent))
    return found


def _longest(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Of phrases that overlap keep the first, of those that begin together the longest."""
    chosen: list[Phrase] = []
    end = 0
    for phrase in sorted(phrases, key=lambda phrase: (phrase.first, -phrase.last)):
        if phrase.first >= end and is_time(phrase):
            chosen.append(phrase)
            end = phrase.last
    return chosen


def _first_of_expression(phrase: Phrase) -> int:
    """Where it begins: the "in" of "in Saturday's attack" belongs to the attack."""
    owns = phrase.tokens.name(phrase.last) == "POSS" or phrase.has("WEEKDAYS")
    one_word = phrase.core == phrase.first + 1
    return phrase.core if owns and one_word and phrase.lead()[0] in _NEUTRAL else phrase.first
