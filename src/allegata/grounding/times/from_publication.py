"""Expressions that count from the publication day: "yesterday", "last week", "three years ago"."""

from datetime import date, timedelta

from allegata.grounding.times import days
from allegata.grounding.times.amounts import amount_of, displaced
from allegata.grounding.times.from_expression import same_unit
from allegata.grounding.times.on_calendar import meant
from allegata.grounding.times.phrase import Kind, Phrase
from allegata.grounding.times.points import MONTHS, Point, edged, ordinal_value, read_point
from allegata.grounding.times.setting import Meaning, Resolver, Setting, is_ahead, relation
from allegata.grounding.times.timex import Anchor
from allegata.types import Interval, Precision

__all__ = ["FROM_PUBLICATION"]


def _deictic(phrase: Phrase, setting: Setting) -> Meaning:
    if setting.dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    word = phrase.part("d").symbol_names()[0]
    offset = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    day = setting.dct + timedelta(offset)
    start = day - timedelta(1) if word == "overnight" else day
    return Meaning(Interval(start, day, Precision.DAY), Anchor.PUBLICATION)


def _calendar(phrase: Phrase, setting: Setting) -> Meaning:
    dct = setting.dct
    unit = phrase.part("u").words("UNIT", "year", "week", "day", "PART", "WEEKEND")[0]
    if unit == "day":
        return same_unit(phrase, setting)
    if dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    word = relation(phrase)
    shift = {"last": -1, "next": 1}.get(word, 0)
    if phrase.part("u").has("PART"):
        return Meaning(days.one_day(dct + timedelta(shift)), Anchor.PUBLICATION)
    if unit.startswith("weekend"):
        return Meaning(_weekend(phrase, dct, word), Anchor.PUBLICATION)
    whole = days.unit_around(days.shift(dct, shift, unit), unit)
    found = edged(phrase, whole)
    if "t" in phrase.parts and _is_over(phrase, found, dct):
        found = edged(phrase, days.unit_around(days.shift(dct, -1, unit), unit))
    return Meaning(_so_far(phrase, found, dct), Anchor.PUBLICATION)


def _is_over(phrase: Phrase, found: Interval, dct: date) -> bool:
    """Whether a part of the running unit lies ahead although the words look back.

    "Prices rose at the end of the year", written in January, means the year before.
    """
    waits = phrase.tokens.name(phrase.first) in ("by", "until", "before", "through")
    return bool(
        found.start and found.start > dct and not waits and not is_ahead(phrase, default=True)
    )


def _so_far(phrase: Phrase, whole: Interval, dct: date) -> Interval:
    """What "earlier" leaves of the running unit, and what "later" leaves."""
    if whole.start is None or whole.end is None or not whole.start <= dct <= whole.end:
        return whole
    if phrase.has("earlier"):
        return Interval(whole.start, dct, whole.precision)
    if phrase.has("later") and is_ahead(phrase, default=not phrase.has("in")):
        return Interval(dct, whole.end, whole.precision)
    return whole


def _weekend(phrase: Phrase, dct: date, word: str) -> Interval:
    monday = dct - timedelta(dct.weekday())
    if word in ("last", "next"):
        return days.weekend(monday + timedelta(7 if word == "next" else -7))
    ahead = is_ahead(phrase, default=word == "this")
    begun = dct.weekday() >= 5
    return days.weekend(monday if ahead or begun else monday - timedelta(7))


def _rolling(phrase: Phrase, setting: Setting) -> Meaning:
    dct = setting.dct
    if dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    amount = amount_of(phrase)
    back = relation(phrase) in ("past", "last", "recent")
    if amount.count is None:
        one = Interval(None, dct, Precision.BOUNDED) if back else _open(dct)
        return Meaning(one, Anchor.PUBLICATION)
    other = amount.shift(dct, -1 if back else 1)
    start, end = (other, dct) if back else (dct, other)
    return Meaning(days.stretch(start, end, amount.unit), Anchor.PUBLICATION)


def _open(start: date) -> Interval:
    return Interval(start, None, Precision.BOUNDED)


def _nth(phrase: Phrase, setting: Setting) -> Meaning:
    part, dct = phrase.part("b"), setting.dct
    if part.has("YYYY") or part.has(*MONTHS):
        point = read_point(part, dct, ahead=False)
        found = point.interval and _nth_of(phrase, point.interval)
        return meant(Point(found, point.absolute))
    if dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    unit = part.words("UNIT", "year")[0]
    shift = -1 if part.has("last") else int(part.has("next"))
    found = _nth_of(phrase, days.unit_around(days.shift(dct, shift, unit), unit))
    if found and "r" not in phrase.parts and _is_over(phrase, found, dct):
        found = _nth_of(phrase, days.unit_around(days.shift(dct, -1, unit), unit))
    return Meaning(found, Anchor.PUBLICATION)


def _nth_of(phrase: Phrase, whole: Interval) -> Interval | None:
    if whole.start is None or whole.end is None:
        return None
    amount = amount_of(phrase)
    last = phrase.part("o").has("last", "final")
    if amount.count is None:
        return days.part_of(whole, "late" if last else "early")
    if last:
        start = days.shift(whole.end + timedelta(1), -amount.count, amount.unit)
        return days.stretch(max(start, whole.start), whole.end, amount.unit)
    skipped = ordinal_value(phrase.part("o").words("WORD", "ORD")[0]) - 1
    start = days.shift(whole.start, skipped, amount.unit)
    end = days.shift(start, amount.count, amount.unit) - timedelta(1)
    return days.stretch(start, min(end, whole.end), amount.unit)


def _ago(phrase: Phrase, setting: Setting) -> Meaning:
    if setting.dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    found = displaced(setting.dct, amount_of(phrase), -1, limit=setting.dct)
    return Meaning(found, Anchor.PUBLICATION)


def _in_future(phrase: Phrase, setting: Setting) -> Meaning:
    if setting.dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    amount = amount_of(phrase)
    if phrase.has("within") or amount.is_clock:
        within = Interval(setting.dct, amount.shift(setting.dct, 1), Precision.BOUNDED)
        return Meaning(within, Anchor.PUBLICATION)
    return Meaning(displaced(setting.dct, amount, 1, limit=None), Anchor.PUBLICATION)


def _before_last(phrase: Phrase, setting: Setting) -> Meaning:
    if setting.dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    unit = phrase.part("u")
    word = "day" if unit.has("PART") else unit.words("UNIT", "year", "week", "day")[0]
    sign = -1 if phrase.has("before") else 1
    day = days.shift(setting.dct, 2 * sign, word)
    return Meaning(days.unit_around(day, word), Anchor.PUBLICATION)


FROM_PUBLICATION: dict[Kind, Resolver] = {
    Kind.DEICTIC: _deictic,
    Kind.CALENDAR: _calendar,
    Kind.ROLLING: _rolling,
    Kind.NTH: _nth,
    Kind.AGO: _ago,
    Kind.AHEAD: _in_future,
    Kind.BEFORE_LAST: _before_last,
}
"""How each of these shapes is resolved."""
