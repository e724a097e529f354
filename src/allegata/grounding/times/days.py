"""Arithmetic of calendar days: the stretch of days that a unit, a part or a shift means.

Every function may raise ValueError or OverflowError where the calendar has no such day.
"""

from calendar import monthrange
from datetime import date, timedelta

from allegata.types import Interval, Precision

__all__ = [
    "decade",
    "month",
    "one_day",
    "part_of",
    "season",
    "shift",
    "split",
    "stretch",
    "unit_around",
    "weekend",
    "year",
]

_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def one_day(day: date) -> Interval:
    """That day alone."""
    return Interval(day, day, Precision.DAY)


def month(year_: int, month_: int) -> Interval:
    """A calendar month."""
    last = monthrange(year_, month_)[1]
    return Interval(date(year_, month_, 1), date(year_, month_, last), Precision.MONTH)


def year(year_: int) -> Interval:
    """A calendar year."""
    return Interval(date(year_, 1, 1), date(year_, 12, 31), Precision.YEAR)


def decade(first: int, *, years: int = 10) -> Interval:
    """Ten years, or another number of them: known by their outer limits only."""
    return Interval(date(first, 1, 1), date(first + years - 1, 12, 31), Precision.BOUNDED)


def weekend(monday: date) -> Interval:
    """Saturday and Sunday of the week that starts on that Monday."""
    return Interval(monday + timedelta(5), monday + timedelta(6), Precision.DAY)


def season(year_: int, name: str) -> Interval:
    """A season of the northern hemisphere, as months; of a winter both that touch the year."""
    first = _SEASON_STARTS[name]
    if name == "winter":
        end = month(year_ + 1, 2).end
        return Interval(date(year_ - 1, 12, 1), end, Precision.BOUNDED)
    return Interval(date(year_, first, 1), month(year_, first + 2).end, Precision.MONTH)


def unit_around(day: date, unit: str) -> Interval:
    """The calendar unit that holds a day; weeks run from Monday to Sunday."""
    if unit in ("week", "fortnight"):
        monday = day - timedelta(day.weekday())
        return Interval(monday, monday + timedelta(6), Precision.WEEK)
    if unit == "month":
        return month(day.year, day.month)
    if unit == "year":
        return year(day.year)
    if unit == "decade":
        return decade(day.year - day.year % 10)
    return one_day(day)


def shift(day: date, count: int, unit: str) -> date:
    """A day moved by whole units; the end of a shorter month stands in for a day it lacks."""
    if unit == "day":
        return day + timedelta(count)
    if unit in ("week", "fortnight"):
        return day + timedelta(count * (7 if unit == "week" else 14))
    months = count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
    total = day.year * 12 + day.month - 1 + months
    year_, month_ = total // 12, total % 12 + 1
    return date(year_, month_, min(day.day, monthrange(year_, month_)[1]))


def stretch(start: date, end: date, unit: str) -> Interval:
    """From a day to another, as precise as a unit."""
    fine = {"week": Precision.WEEK, "fortnight": Precision.WEEK, "month": Precision.MONTH}
    coarse = {"year": Precision.YEAR, "decade": Precision.BOUNDED}
    return Interval(start, end, {**fine, **coarse}.get(unit, Precision.DAY))


def part_of(whole: Interval, part: str) -> Interval:
    """The `early`, `mid` or `late` third, or the `first` or `second` half, of an interval.

    Thirds of a year are four months, of a month ten days. A part is one step less coarse than its
    whole.
    """
    if part in ("first", "second"):
        return split(whole, 2)[0 if part == "first" else 1]
    return split(whole, 3)[("early", "mid", "late").index(part)]


def split(whole: Interval, n_parts: int) -> list[Interval]:
    """An interval cut into parts: a year by months, a longer one by years, others by days."""
    start, end = whole.start, whole.end
    if start is None or end is None:
        raise ValueError("an open interval has no parts")
    n_months = (end.year - start.year) * 12 + end.month - start.month + 1
    if n_months >= 12:
        unit, size, finer = "month", n_months // n_parts, Precision.MONTH
        finer = Precision.BOUNDED if n_months > 12 else finer
    else:
        unit, size = "day", ((end - start).days + 1) // n_parts
        finer = Precision.WEEK if whole.precision is Precision.MONTH else whole.precision
    starts = [shift(start, n * size, unit) for n in range(n_parts)]
    ends = [*(day - timedelta(1) for day in starts[1:]), end]
    return [Interval(a, b, finer) for a, b in zip(starts, ends, strict=True)]
