"""Expressions that stand on the calendar: dates, months, years, seasons, and ranges of them."""

from datetime import date, timedelta

from allegata.grounding.times import calendars, days
from allegata.grounding.times.phrase import Kind, Phrase
from allegata.grounding.times.points import (
    Point,
    edged,
    nearest_year,
    ordinal_value,
    read_point,
)
from allegata.grounding.times.setting import (
    Meaning,
    Resolver,
    Setting,
    anchor_by_shape,
    is_ahead,
    relation,
)
from allegata.grounding.times.tense import looks_ahead
from allegata.grounding.times.timex import Anchor
from allegata.grounding.times.words import VALUES
from allegata.types import Interval, Precision

__all__ = ["ON_THE_CALENDAR", "meant"]


def _point(phrase: Phrase, setting: Setting) -> Meaning:
    names = phrase.symbol_names()
    waits = names[0] in ("until", "by", "for") and phrase.tokens.name(phrase.last) != "POSS"
    default = waits or (phrase.kind is Kind.WEEKDAY and relation(phrase) == "this")
    shown = looks_ahead(phrase.tokens, phrase.first, phrase.last)
    ahead = True if shown is None and default else shown
    point = read_point(phrase, setting.dct, ahead=ahead)
    if phrase.has("overnight") and point.interval and point.interval.start:
        # The night that begins on that day: its end is not known better than the next day.
        end = point.interval.start + timedelta(1)
        return meant(Point(Interval(point.interval.start, end, Precision.DAY), point.absolute))
    return meant(point)


def meant(point: Point) -> Meaning:
    """What a point means as an expression of its own."""
    return Meaning(point.interval, Anchor.ABSOLUTE if point.absolute else Anchor.PUBLICATION)


def _range(phrase: Phrase, setting: Setting) -> Meaning:
    ahead = is_ahead(phrase)
    last = read_point(phrase.part("b"), setting.dct, ahead=ahead)
    if last.interval is None:
        return meant(last)
    first = read_point(phrase.part("a"), setting.dct, ahead=ahead, until=last.interval)
    return meant(Point(_hull(first.interval, last.interval), last.absolute))


def _hull(first: Interval | None, last: Interval) -> Interval | None:
    if first is None or first.start is None or last.end is None:
        return None
    order = list(Precision)
    precision = max(first.precision, last.precision, key=order.index)
    return Interval(first.start, last.end, precision)


def _day_range(phrase: Phrase, setting: Setting) -> Meaning:
    first, last = (phrase.tokens.word(phrase.parts[name][0]) for name in "ab")
    # The last day decides the year; the first lies in the same month.
    begin = min(phrase.parts["m"][0], phrase.parts["b"][0])
    end = Phrase(phrase.tokens, begin, phrase.last, Kind.DATE, {}, begin)
    point = read_point(end, setting.dct, ahead=is_ahead(phrase))
    interval = point.interval
    if interval is None or interval.start is None:
        return meant(point)
    month = interval.start
    from_day, to_day = (month.replace(day=ordinal_value(day)) for day in (first, last))
    return meant(Point(Interval(from_day, to_day, Precision.DAY), point.absolute))


def _year_range(phrase: Phrase, _: Setting) -> Meaning:
    first = int(phrase.words("YYYY")[0])
    end = phrase.tokens.word(phrase.parts["b"][0])
    last = int(end) if len(end) == 4 else first - first % 100 + int(end)
    return Meaning(_hull(days.year(first), days.year(last)), Anchor.ABSOLUTE)


def _decade(phrase: Phrase, _: Setting) -> Meaning:
    first = int(phrase.words("DECADE", "YYYY")[0].rstrip("s"))
    if first < 100:
        first += 1900 if first >= 30 else 2000
    return Meaning(edged(phrase, days.decade(first)), Anchor.ABSOLUTE)


def _century(phrase: Phrase, _: Setting) -> Meaning:
    number = ordinal_value(phrase.words("WORD", "ORD")[-1])
    return Meaning(edged(phrase, days.decade(number * 100 - 99, years=100)), Anchor.ABSOLUTE)


def _season(phrase: Phrase, setting: Setting) -> Meaning:
    name = phrase.words("SEASON")[0]
    years = phrase.words("YYYY")
    dct = setting.dct
    if "b" in phrase.parts:
        first = int(years[0])
        end = days.month(first + 1, 2).end
        whole = Interval(date(first, 12, 1), end, Precision.MONTH)
        return Meaning(edged(phrase, whole), Anchor.ABSOLUTE)
    if years:
        return Meaning(edged(phrase, days.season(int(years[0]), name)), Anchor.ABSOLUTE)
    if dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    if "y" in phrase.parts:
        shift = {"last": -1, "next": 1}.get(phrase.part("y").symbol_names()[-2], 0)
        return Meaning(edged(phrase, days.season(dct.year + shift, name)), Anchor.PUBLICATION)
    return Meaning(edged(phrase, _season_near(phrase, name, dct)), Anchor.PUBLICATION)


def _season_near(phrase: Phrase, name: str, dct: date) -> Interval:
    def one(year: int) -> Interval:
        if name != "winter":
            return days.season(year, name)
        return Interval(date(year, 12, 1), days.month(year + 1, 2).end, Precision.MONTH)

    word = relation(phrase)
    found = nearest_year(one, dct, ahead=is_ahead(phrase) or word in ("next", "coming"))
    start, end = found.start, found.end
    if word in ("last", "past", "next") and start and end and start <= dct <= end:
        return one(start.year + (1 if word == "next" else -1))
    return found


def _new_year(phrase: Phrase, setting: Setting) -> Meaning:
    month, day = (12, 31) if phrase.part("u").has("eve") else (1, 1)
    years = phrase.words("YYYY")
    if years:
        return Meaning(days.one_day(date(int(years[0]), month, day)), Anchor.ABSOLUTE)
    if setting.dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    found = nearest_year(
        lambda year: days.one_day(date(year, month, day)), setting.dct, ahead=is_ahead(phrase)
    )
    return Meaning(found, Anchor.PUBLICATION)


def _marked(_: Phrase, __: Setting) -> Meaning:
    return Meaning(days.one_day(date(2001, 9, 11)), Anchor.ABSOLUTE)


def _repeated(_: Phrase, __: Setting) -> Meaning:
    return Meaning(None, Anchor.PUBLICATION)


def _feast(phrase: Phrase, _: Setting) -> Meaning:
    return Meaning(None, anchor_by_shape(phrase))


def _other_calendar(phrase: Phrase, _: Setting) -> Meaning:
    years, names = phrase.words("YYYY"), phrase.words("LUNAR", "SOLAR")
    if not years or not names:
        return Meaning(None, anchor_by_shape(phrase))
    found = [ordinal_value(word) for word in phrase.words("DD", "ORD")]
    convert = calendars.lunar if phrase.has("LUNAR") else calendars.solar
    interval = convert(int(years[-1]), VALUES[names[0]], found[-1] if found else None)
    return Meaning(interval, Anchor.ABSOLUTE)


ON_THE_CALENDAR: dict[Kind, Resolver] = {
    Kind.DATE: _point,
    Kind.NUMERIC: _point,
    Kind.WEEKDAY: _point,
    Kind.MONTH: _point,
    Kind.YEAR: _point,
    Kind.RANGE: _range,
    Kind.DAY_RANGE: _day_range,
    Kind.YEAR_RANGE: _year_range,
    Kind.DECADE: _decade,
    Kind.CENTURY: _century,
    Kind.SEASON: _season,
    Kind.NEW_YEAR: _new_year,
    Kind.MARKED: _marked,
    Kind.REPEATED: _repeated,
    Kind.FEAST: _feast,
    Kind.OTHER_CALENDAR: _other_calendar,
}
"""How each of these shapes is resolved."""
