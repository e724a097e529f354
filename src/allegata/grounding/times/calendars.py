"""Days of the Islamic lunar and the Persian and Afghan solar calendar.

The solar year follows the equinox and is exact for the years given here. The lunar months follow
the sighting of the moon, which differs between countries by a day or two, so a lunar date is
bounded: the tabular day and two days to either side.
"""

from datetime import date, timedelta

from allegata.types import Interval, Precision

__all__ = ["lunar", "solar"]

_LUNAR_EPOCH = date(622, 7, 19)
"""1 Muharram 1 in the Gregorian calendar."""
_SIGHTING_DAYS = 2
_SOLAR_YEARS = range(1244, 1473)
"""Where the cycle of 33 years gives the true equinox year."""


def lunar(year: int, month: int, day: int | None) -> Interval:
    """A day or month of the Islamic calendar, with the margin of the sighting."""
    first = _lunar_day(year, month, day or 1)
    last = first if day else _lunar_day(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    margin = timedelta(_SIGHTING_DAYS)
    return Interval(first - margin, last + margin, Precision.BOUNDED)


def solar(year: int, month: int, day: int | None) -> Interval | None:
    """A day or month of the Persian and Afghan calendar; None outside the years that are exact."""
    if year not in _SOLAR_YEARS:
        return None
    first = _solar_day(year, month, day or 1)
    if day:
        return Interval(first, first, Precision.DAY)
    last = _solar_day(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return Interval(first, last, Precision.MONTH)


def _lunar_day(year: int, month: int, day: int) -> date:
    if not 1 <= day <= 30:
        raise ValueError("a lunar month has 29 or 30 days")
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return _LUNAR_EPOCH + timedelta(before + day - 1)


def _solar_day(year: int, month: int, day: int) -> date:
    if not 1 <= day <= (31 if month <= 6 else 30):
        raise ValueError("no such day in a solar month")
    # 1 Farvardin 1396 is 21 March 2017; eight of 33 years are leap years.
    leaps = (year * 8 + 21) // 33 - (1396 * 8 + 21) // 33
    new_year = date(2017, 3, 21) + timedelta((year - 1396) * 365 + leaps)
    in_year = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    return new_year + timedelta(in_year + day - 1)
