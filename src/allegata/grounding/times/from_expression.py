"""Expressions that count from another one: "two days earlier", "the same day", "the next week"."""

from datetime import date, timedelta

from allegata.grounding.times import days
from allegata.grounding.times.amounts import amount_of, displaced
from allegata.grounding.times.on_calendar import meant
from allegata.grounding.times.phrase import Kind, Phrase
from allegata.grounding.times.points import MONTHS, Point, read_point
from allegata.grounding.times.setting import Meaning, Resolver, Setting, is_ahead
from allegata.grounding.times.timex import Anchor, Timex
from allegata.types import Interval, Precision

__all__ = ["FROM_EXPRESSION", "same_unit"]

_REACH = 1500
"""How many characters back an expression may look for another one to count from."""


def _antecedent(phrase: Phrase, setting: Setting, unit: str) -> Timex | None:
    """The nearest earlier expression that is known finely enough to count such units from it."""
    fine = list(Precision)
    limit = {"week": Precision.WEEK, "month": Precision.MONTH, "year": Precision.YEAR}
    coarsest = limit.get(unit, Precision.YEAR if unit in ("decade", "century") else Precision.DAY)
    here = phrase.tokens.starts[phrase.first]
    for timex in reversed(setting.earlier):
        if here - timex.span.end > _REACH:
            return None
        interval = timex.interval
        if interval is None or interval.start is None or interval.end is None:
            continue
        one_day = interval.start == interval.end or coarsest is not Precision.DAY
        if one_day and fine.index(interval.precision) <= fine.index(coarsest):
            return timex
    return None


def _offset(phrase: Phrase, setting: Setting) -> Meaning:
    direction = phrase.tokens.name(phrase.parts["d"][0])
    sign = -1 if direction in ("earlier", "before", "previously", "prior", "beforehand") else 1
    if direction in ("before", "after", "prior") and not _ends_clause(phrase):
        return Meaning(None, Anchor.EVENT)
    amount = amount_of(phrase)
    timex = _antecedent(phrase, setting, amount.unit)
    if timex is None or timex.interval is None or timex.interval.start is None:
        return Meaning(None, Anchor.EXPRESSION)
    found = displaced(timex.interval.start, amount, sign, limit=timex.interval.start)
    return Meaning(found, Anchor.EXPRESSION, timex.span)


def _ends_clause(phrase: Phrase) -> bool:
    after = phrase.tokens.name(phrase.last)
    ends = ("", "comma", "dot", "stop", "BREAK", "close", "longdash", "that", "and", "in", "at")
    return after in ends or phrase.tokens.word(phrase.last) in ("’", '"', "”", "but", "near")


def _offset_point(phrase: Phrase, setting: Setting) -> Meaning:
    point = read_point(phrase.part("b"), setting.dct, ahead=is_ahead(phrase))
    if point.interval is None or point.interval.start is None:
        return meant(point)
    sign = -1 if phrase.tokens.name(phrase.parts["d"][0]) == "before" else 1
    found = displaced(point.interval.start, amount_of(phrase), sign, limit=point.interval.start)
    return meant(Point(found, point.absolute))


def _step(phrase: Phrase, setting: Setting) -> Meaning:
    sign = -1 if phrase.tokens.name(phrase.parts["d"][0]) == "previous" else 1
    unit = phrase.part("u")
    word = unit.words("UNIT", "year", "week", "day", "PART", "WEEKDAY", "WEEKEND", *MONTHS)[0]
    grain = {"WEEKDAY": "day", "PART": "day", "WEEKEND": "week"}.get(unit.symbol_names()[0], word)
    if unit.has(*MONTHS):
        grain = "month"
    timex = _antecedent(phrase, setting, grain)
    if timex is None or timex.interval is None or timex.interval.start is None:
        return Meaning(None, Anchor.EXPRESSION)
    base = timex.interval.start
    return Meaning(_stepped(unit, base, sign, grain), Anchor.EXPRESSION, timex.span)


def _stepped(unit: Phrase, base: date, sign: int, grain: str) -> Interval:
    if unit.has("WEEKDAY"):
        gap = ((unit.value("WEEKDAY") or 0) - base.weekday()) * sign
        return days.one_day(base + timedelta(sign * ((gap - 1) % 7 + 1)))
    if unit.has("WEEKEND"):
        monday = base - timedelta(base.weekday())
        shift = 0 if sign > 0 and base.weekday() < 5 else 7 * sign
        return days.weekend(monday + timedelta(shift))
    if unit.has(*MONTHS):
        month = unit.value(*MONTHS) or 1
        later = month <= base.month if sign > 0 else month >= base.month
        return days.month(base.year + sign * later, month)
    return days.unit_around(days.shift(base, sign, grain), grain)


def same_unit(phrase: Phrase, setting: Setting) -> Meaning:
    """The day, week, month or year of the nearest earlier expression: "the same day"."""
    unit = phrase.part("u")
    month = unit.value(*MONTHS)
    word = "year" if month else "day"
    if not month and not unit.has("PART"):
        word = unit.words("UNIT", "year", "week", "day")[0]
    timex = _antecedent(phrase, setting, word)
    if timex is None or timex.interval is None or timex.interval.start is None:
        return Meaning(None, Anchor.EXPRESSION)
    if month:
        in_that_year = days.month(timex.interval.start.year, month)
        return Meaning(in_that_year, Anchor.EXPRESSION, timex.span)
    around = days.unit_around(timex.interval.start, word)
    return Meaning(around, Anchor.EXPRESSION, timex.span)


def _clock(phrase: Phrase, setting: Setting) -> Meaning:
    timex = _antecedent(phrase, setting, "day")
    if timex is None or timex.interval is None or timex.span.start < setting.stretch:
        return Meaning(None, Anchor.EXPRESSION)
    return Meaning(timex.interval, Anchor.EXPRESSION, timex.span)


FROM_EXPRESSION: dict[Kind, Resolver] = {
    Kind.OFFSET: _offset,
    Kind.OFFSET_POINT: _offset_point,
    Kind.STEP: _step,
    Kind.SAME: same_unit,
    Kind.CLOCK: _clock,
}
"""How each of these shapes is resolved."""
