"""Calendar points: a date, a month, a year, a weekday or a season as the days it means.

What a point leaves out (the year of "October 9", the week of "on Saturday") is taken from the
publication day: the latest that is not after it, or the first that is not before it where the
expression looks ahead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from allegata.grounding.times import days
from allegata.grounding.times.phrase import Phrase
from allegata.grounding.times.words import MARKED_DAYS, VALUES
from allegata.types import Interval

__all__ = ["MONTHS", "Point", "edged", "nearest_year", "ordinal_value", "read_point"]

MONTHS = ("MONTH", "XMONTH", "MABBR", "LMONTH", "XLOW")
_WEEKDAYS = ("WEEKDAY", "WEEKDAYS", "WABBR")
_EDGES = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "late", "close": "late",
}  # fmt: skip
_YEARS_AROUND = 9
"""29 February recurs after at most eight years."""
_SOON_DAYS = 60
_NO_YEAR = ("ZONE", "hours", "hour", "local", "AMPM")
_ATTACKS = frozenset("attack attacks massacre assault bombings bombing terror terrorist".split())


@dataclass(frozen=True, slots=True)
class Point:
    """The days of a point, and whether its words alone say so."""

    interval: Interval | None
    absolute: bool


def read_point(
    phrase: Phrase, dct: date | None, *, ahead: bool | None, until: Interval | None = None
) -> Point:
    """Read a phrase that names a date, month, year, weekday or numeric date.

    Args:
        phrase: The phrase; clock times, parts of the day and prepositions in it are passed over.
        dct: The publication day.
        ahead: Whether the expression looks ahead of it; None where nothing says so.
        until: For the first point of a range, the second one: supplies what the first leaves out.

    Raises:
        ValueError: There is no such day.
        OverflowError: Python's calendar does not reach it.
    """
    if phrase.has("NUMDATE"):
        return Point(_numeric(phrase.words("NUMDATE")[0]), absolute=True)
    base, direction = dct, ahead
    if until is not None and until.start is not None:
        base, direction = until.start, False
    if phrase.has(*MONTHS):
        return _month_or_day(phrase, base, dct, ahead=direction)
    if phrase.has("WEEKDAY", "WEEKDAYS"):
        if base is None:
            return Point(None, absolute=False)
        return Point(days.one_day(_weekday(phrase, base, ahead=direction)), absolute=False)
    if phrase.has("YYYY"):
        year = _explicit_year(phrase)
        return Point(edged(phrase, days.year(year)) if year else None, absolute=True)
    if dct is None:
        return Point(None, absolute=False)
    offset = -1 if phrase.has("yesterday") else int(phrase.has("tomorrow"))
    return Point(days.one_day(dct + timedelta(offset)), absolute=False)


def edged(phrase: Phrase, whole: Interval) -> Interval:
    """The part of an interval that "early", "the end of", "the first half of" leave of it."""
    if phrase.has("half", "quarter"):
        ordinal = phrase.words("WORD", "ORD")
        n_parts = 2 if phrase.has("half") else 4
        return days.split(whole, n_parts)[ordinal_value(ordinal[0]) - 1 if ordinal else -1]
    for name in phrase.symbol_names():
        if name in _EDGES:
            return days.part_of(whole, _EDGES[name])
    return whole


def nearest_year(make: Callable[[int], Interval], dct: date, *, ahead: bool | None) -> Interval:
    """The latest of yearly intervals that has begun by a day, or the first not over by then."""
    # The winter of last year may not be over.
    for step in range(-1 if ahead else 0, _YEARS_AROUND):
        try:
            found = make(dct.year + step if ahead else dct.year - step)
        except ValueError:
            continue
        limit = found.end if ahead else found.start
        if limit is not None and (limit >= dct if ahead else limit <= dct):
            return found
    raise ValueError("no such day near the publication day")


def ordinal_value(word: str) -> int:
    """What "third", "3rd" or "3" counts for."""
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdecimal() else VALUES[word]


def _month_or_day(
    phrase: Phrase, base: date | None, dct: date | None, *, ahead: bool | None
) -> Point:
    month, day = _month_and_day(phrase)
    year = _explicit_year(phrase)
    absolute = year is not None
    if year is None and dct is not None:
        year = _relative_year(phrase, dct)

    def in_year(year_: int) -> Interval:
        if day is not None:
            return days.one_day(date(year_, month, day))
        return edged(phrase, days.month(year_, month))

    if year is not None:
        return Point(in_year(year), absolute)
    marked = MARKED_DAYS.get((month, day or 0))
    after = phrase.tokens.word(phrase.last).lower()
    if marked and after in _ATTACKS and (dct is None or date(marked, month, day or 1) < dct):
        return Point(in_year(marked), absolute=True)
    if base is None:
        return Point(None, absolute=False)
    if ahead is None:
        ahead = _is_near(in_year, base)
    found = nearest_year(in_year, base, ahead=ahead)
    weekday = phrase.value(*_WEEKDAYS)
    if day is not None and weekday is not None and not _falls_on(found, weekday):
        other = nearest_year(in_year, base, ahead=not ahead)
        found = other if _falls_on(other, weekday) else found
    return Point(found, absolute=False)


def _is_near(in_year: Callable[[int], Interval], day: date) -> bool:
    """Whether the next one comes so soon that one a year back would have been given its year."""
    start = nearest_year(in_year, day, ahead=True).start
    return start is not None and day < start <= day + timedelta(_SOON_DAYS)


def _falls_on(interval: Interval, weekday: int) -> bool:
    return interval.start is not None and interval.start.weekday() == weekday


def _month_and_day(phrase: Phrase) -> tuple[int, int | None]:
    tokens = phrase.tokens
    at = next(n for n in range(phrase.first, phrase.last) if tokens.name(n) in MONTHS)
    month = VALUES[tokens.words[at].lower()]
    for step in (-1, 1):
        index = at + step
        while phrase.first <= index < phrase.last and tokens.name(index) in (
            "of", "dash", "the", "dot",
        ):  # fmt: skip
            index += step
        inside = phrase.first <= index < phrase.last
        if inside and tokens.name(index) in ("DD", "ORD") and tokens.name(index + 1) != "AMPM":
            return month, ordinal_value(tokens.words[index])
    return month, None


def _explicit_year(phrase: Phrase) -> int | None:
    tokens = phrase.tokens
    for index in range(phrase.last - 1, phrase.first - 1, -1):
        name, before = tokens.name(index), tokens.name(index - 1)
        if name == "YYYY" and tokens.name(index + 1) not in _NO_YEAR:
            return int(tokens.words[index])
        if name == "NN" and (before == "quote" or before in MONTHS) and index > phrase.first:
            return _of_century(int(tokens.words[index]))
    return None


def _of_century(two_digits: int) -> int:
    return two_digits + (1900 if two_digits >= 50 else 2000)


def _relative_year(phrase: Phrase, dct: date) -> int | None:
    tokens = phrase.tokens
    for index in range(phrase.first, phrase.last - 1):
        if tokens.name(index + 1) == "year":
            shift = {"last": -1, "past": -1, "this": 0, "next": 1}.get(tokens.name(index))
            return None if shift is None else dct.year + shift
    return _year_of_rank(phrase, dct)


def _year_of_rank(phrase: Phrase, dct: date) -> int | None:
    """The year of "last December" or "next March": never the publication month itself."""
    if "r" not in phrase.parts:
        return None
    month = phrase.value(*MONTHS) or 1
    relation = phrase.tokens.name(phrase.parts["r"][0])
    if relation in ("this", "current"):
        return dct.year
    if relation in ("last", "past"):
        return dct.year - (month >= dct.month)
    if relation in ("next", "coming"):
        return dct.year + (month <= dct.month)
    return None


def _weekday(phrase: Phrase, base: date, *, ahead: bool | None) -> date:
    weekday = phrase.value("WEEKDAY", "WEEKDAYS") or 0
    week = _week_shift(phrase)
    if week is not None:
        return base - timedelta(base.weekday()) + timedelta(7 * week + weekday)
    relation = _relation(phrase)
    if "next" in relation or "coming" in relation:
        return base + timedelta((weekday - base.weekday() - 1) % 7 + 1)
    if "last" in relation or "past" in relation:
        return base - timedelta((base.weekday() - weekday - 1) % 7 + 1)
    if ahead:
        return base + timedelta((weekday - base.weekday()) % 7)
    return base - timedelta((base.weekday() - weekday) % 7)


def _relation(phrase: Phrase) -> list[str]:
    if "r" not in phrase.parts:
        return []
    return [phrase.tokens.name(index) for index in range(*phrase.parts["r"])]


def _week_shift(phrase: Phrase) -> int | None:
    if "w" not in phrase.parts:
        return None
    return {"last": -1, "this": 0, "next": 1}[phrase.tokens.name(phrase.parts["w"][0])]


def _numeric(word: str) -> Interval | None:
    """A date in digits; None where day and month could change places."""
    parts = re.split(r"[-/.]", word.lower().split("t")[0])
    first, second, third = (int(part) for part in parts)
    if first > 31:
        return days.one_day(date(first, second, third))
    year = third if third > 99 else _of_century(third)
    if "." in word or first > 12 or first == second:
        return days.one_day(date(year, second, first))
    return days.one_day(date(year, first, second)) if second > 12 else None
