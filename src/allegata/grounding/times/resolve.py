"""From a phrase to the days it means, given the publication day and what was said before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from allegata.grounding.times import calendars, days
from allegata.grounding.times.amounts import Amount, amount_of, displaced
from allegata.grounding.times.phrase import Kind, Phrase
from allegata.grounding.times.points import (
    MONTHS,
    Point,
    edged,
    nearest_year,
    ordinal_value,
    read_point,
)
from allegata.grounding.times.tense import looks_ahead
from allegata.grounding.times.timex import Anchor, Timex
from allegata.grounding.times.words import VALUES
from allegata.types import Interval, Precision, Span

__all__ = ["Meaning", "Setting", "resolve"]

_REACH = 1500
"""How many characters back an expression may look for another one to count from."""
_POINTS = (Kind.DATE, Kind.NUMERIC, Kind.WEEKDAY, Kind.MONTH, Kind.YEAR)
_BOUNDS = {
    "since": "since", "starting": "since", "until": "until", "through": "until", "by": "until",
    "as": "until", "up": "until", "before": "before", "prior": "before", "after": "after",
}  # fmt: skip
_CLOCKED = ("CLOCK", "AMPM", "ZONE", "DAWN", "HHMM", "OTHERNUM", "local")
_AFTER_A_NAME = frozenset({"POSS"})
_RITES = frozenset("prayer prayers sermon sermons".split())
_SINGLE = (Precision.DAY,)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: see `Timex`."""

    interval: Interval | None
    anchor: Anchor
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression may count from.

    Attributes:
        dct: The publication day, or None.
        earlier: The expressions before it in the text, in order.
        stretch: Where the stretch that holds it begins.
    """

    dct: date | None
    earlier: Sequence[Timex]
    stretch: int


def resolve(phrase: Phrase, setting: Setting) -> Meaning:
    """Give the days that a phrase means.

    A phrase that names an impossible day, or one outside Python's calendar, has no days.
    """
    resolver = _RESOLVERS[phrase.kind]
    try:
        meaning = resolver(phrase, setting)
        if meaning.interval is None:
            return meaning
        bounded = _bounded(phrase, meaning.interval, setting.dct)
        return Meaning(bounded, meaning.anchor, meaning.antecedent)
    except (ValueError, OverflowError):
        return Meaning(None, _anchor_by_shape(phrase))


def _anchor_by_shape(phrase: Phrase) -> Anchor:
    absolute = phrase.has("YYYY", "NUMDATE", "DECADE", "CENTURY")
    return Anchor.ABSOLUTE if absolute else Anchor.PUBLICATION


def _ahead(phrase: Phrase, *, default: bool = False) -> bool:
    return looks_ahead(phrase.tokens, phrase.first, phrase.last, default=default)


# Points


def _point(phrase: Phrase, setting: Setting) -> Meaning:
    names = phrase.symbol_names()
    waits = names[0] in ("until", "by", "for") and phrase.tokens.name(phrase.last) != "POSS"
    default = waits or (phrase.kind is Kind.WEEKDAY and _relation(phrase) == "this")
    return _meant(read_point(phrase, setting.dct, ahead=_ahead(phrase, default=default)))


def _meant(point: Point) -> Meaning:
    return Meaning(point.interval, Anchor.ABSOLUTE if point.absolute else Anchor.PUBLICATION)


def _range(phrase: Phrase, setting: Setting) -> Meaning:
    ahead = _ahead(phrase)
    last = read_point(phrase.part("b"), setting.dct, ahead=ahead)
    if last.interval is None:
        return _meant(last)
    first = read_point(phrase.part("a"), setting.dct, ahead=ahead, until=last.interval)
    return _meant(Point(_hull(first.interval, last.interval), last.absolute))


def _hull(first: Interval | None, last: Interval) -> Interval | None:
    if first is None or first.start is None or last.end is None:
        return None
    order = list(Precision)
    precision = max(first.precision, last.precision, key=order.index)
    return Interval(first.start, last.end, precision)


def _day_range(phrase: Phrase, setting: Setting) -> Meaning:
    first, last = (phrase.tokens.word(phrase.parts[name][0]) for name in "ab")
    # The last day decides the year; the first lies in the same month.
    begin = phrase.parts["m"][0] if phrase.parts["m"][0] < phrase.parts["a"][0] else None
    end = Phrase(phrase.tokens, phrase.parts["b"][0], phrase.last, Kind.DATE, {})
    if begin is not None:
        end = Phrase(phrase.tokens, begin, phrase.last, Kind.DATE, {})
    point = read_point(end, setting.dct, ahead=_ahead(phrase))
    interval = point.interval
    if interval is None or interval.start is None:
        return _meant(point)
    month = interval.start
    from_day, to_day = (month.replace(day=ordinal_value(day)) for day in (first, last))
    return _meant(Point(Interval(from_day, to_day, Precision.DAY), point.absolute))


def _year_range(phrase: Phrase, _: Setting) -> Meaning:
    first = int(phrase.words("YYYY")[0])
    end = phrase.tokens.word(phrase.parts["b"][0])
    last = int(end) if len(end) == 4 else first - first % 100 + int(end)
    return Meaning(_hull(days.year(first), days.year(last)), Anchor.ABSOLUTE)


def _decade(phrase: Phrase, _: Setting) -> Meaning:
    first = int(phrase.words("DECADE")[0][:-1])
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

    relation = _relation(phrase)
    ahead = _ahead(phrase) or relation in ("next", "coming")
    found = nearest_year(one, dct, ahead=ahead)
    inside = found.start is not None and found.end is not None and found.start <= dct <= found.end
    if inside and relation in ("last", "past", "next"):
        assert found.start is not None
        return one(found.start.year + (1 if relation == "next" else -1))
    return found


def _relation(phrase: Phrase) -> str:
    if "r" not in phrase.parts:
        return ""
    first, last = phrase.parts["r"]
    return phrase.tokens.name(last - 1) if last > first else ""


# Counted from the publication day


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
        return _same(phrase, setting)
    if dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    relation = _relation(phrase)
    shift = {"last": -1, "next": 1}.get(relation, 0)
    if phrase.part("u").has("PART"):
        return Meaning(days.one_day(dct + timedelta(shift)), Anchor.PUBLICATION)
    if unit.startswith("weekend"):
        return Meaning(_weekend(phrase, dct, relation), Anchor.PUBLICATION)
    whole = days.unit_around(days.shift(dct, shift, unit), unit)
    return Meaning(_so_far(phrase, edged(phrase, whole), dct), Anchor.PUBLICATION)


def _so_far(phrase: Phrase, whole: Interval, dct: date) -> Interval:
    """What "earlier" leaves of the running unit, and what "later" leaves."""
    if whole.start is None or whole.end is None or not whole.start <= dct <= whole.end:
        return whole
    if phrase.has("earlier"):
        return Interval(whole.start, dct, whole.precision)
    if phrase.has("later") and _ahead(phrase, default=not phrase.has("in")):
        return Interval(dct, whole.end, whole.precision)
    return whole


def _weekend(phrase: Phrase, dct: date, relation: str) -> Interval:
    monday = dct - timedelta(dct.weekday())
    if relation in ("last", "next"):
        return days.weekend(monday + timedelta(7 if relation == "next" else -7))
    ahead = _ahead(phrase, default=relation == "this")
    begun = dct.weekday() >= 5
    return days.weekend(monday if ahead or begun else monday - timedelta(7))


def _rolling(phrase: Phrase, setting: Setting) -> Meaning:
    dct, relation = setting.dct, _relation(phrase)
    if dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    amount = amount_of(phrase)
    back = relation in ("past", "last", "recent")
    if amount.count is None:
        one = Interval(None, dct, Precision.BOUNDED) if back else _open(dct)
        return Meaning(one, Anchor.PUBLICATION)
    other = amount.shift(dct, -1 if back else 1)
    start, end = (other, dct) if back else (dct, other)
    return Meaning(days.stretch(start, end, amount.unit), Anchor.PUBLICATION)


def _open(start: date) -> Interval:
    return Interval(start, None, Precision.BOUNDED)


def _nth(phrase: Phrase, setting: Setting) -> Meaning:
    whole, anchor = _whole(phrase.part("b"), setting)
    if whole is None or whole.start is None or whole.end is None:
        return Meaning(None, anchor)
    amount = amount_of(phrase)
    last = phrase.part("o").has("last", "final")
    if amount.count is None:
        return Meaning(days.part_of(whole, "late" if last else "early"), anchor)
    if last:
        start = days.shift(whole.end + timedelta(1), -amount.count, amount.unit)
        return Meaning(days.stretch(max(start, whole.start), whole.end, amount.unit), anchor)
    skipped = ordinal_value(phrase.part("o").words("WORD", "ORD")[0]) - 1
    start = days.shift(whole.start, skipped, amount.unit)
    end = days.shift(start, amount.count, amount.unit) - timedelta(1)
    return Meaning(days.stretch(start, min(end, whole.end), amount.unit), anchor)


def _whole(phrase: Phrase, setting: Setting) -> tuple[Interval | None, Anchor]:
    if phrase.has("YYYY") or phrase.has(*MONTHS):
        point = read_point(phrase, setting.dct, ahead=False)
        return point.interval, Anchor.ABSOLUTE if point.absolute else Anchor.PUBLICATION
    if setting.dct is None:
        return None, Anchor.PUBLICATION
    unit = phrase.words("UNIT", "year")[0]
    shift = -1 if phrase.has("last") else int(phrase.has("next"))
    around = days.unit_around(days.shift(setting.dct, shift, unit), unit)
    return around, Anchor.PUBLICATION


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


def _new_year(phrase: Phrase, setting: Setting) -> Meaning:
    month, day = (12, 31) if phrase.part("u").has("eve") else (1, 1)
    years = phrase.words("YYYY")
    if years:
        return Meaning(days.one_day(date(int(years[0]), month, day)), Anchor.ABSOLUTE)
    if setting.dct is None:
        return Meaning(None, Anchor.PUBLICATION)
    found = nearest_year(
        lambda year: days.one_day(date(year, month, day)), setting.dct, ahead=_ahead(phrase)
    )
    return Meaning(found, Anchor.PUBLICATION)


# Counted from another expression


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
    point = read_point(phrase.part("b"), setting.dct, ahead=_ahead(phrase))
    if point.interval is None or point.interval.start is None:
        return _meant(point)
    sign = -1 if phrase.tokens.name(phrase.parts["d"][0]) == "before" else 1
    found = displaced(point.interval.start, amount_of(phrase), sign, limit=point.interval.start)
    return _meant(Point(found, point.absolute))


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


def _same(phrase: Phrase, setting: Setting) -> Meaning:
    unit = phrase.part("u")
    word = "day" if unit.has("PART") else unit.words("UNIT", "year", "week", "day")[0]
    timex = _antecedent(phrase, setting, word)
    if timex is None or timex.interval is None or timex.interval.start is None:
        return Meaning(None, Anchor.EXPRESSION)
    around = days.unit_around(timex.interval.start, word)
    return Meaning(around, Anchor.EXPRESSION, timex.span)


def _clock(phrase: Phrase, setting: Setting) -> Meaning:
    timex = _antecedent(phrase, setting, "day")
    if timex is None or timex.interval is None or timex.span.start < setting.stretch:
        return Meaning(None, Anchor.EXPRESSION)
    return Meaning(timex.interval, Anchor.EXPRESSION, timex.span)


# Recognised, and seldom resolved


def _marked(_: Phrase, __: Setting) -> Meaning:
    return Meaning(days.one_day(date(2001, 9, 11)), Anchor.ABSOLUTE)


def _repeated(_: Phrase, __: Setting) -> Meaning:
    return Meaning(None, Anchor.PUBLICATION)


def _feast(phrase: Phrase, _: Setting) -> Meaning:
    return Meaning(None, _anchor_by_shape(phrase))


def _other_calendar(phrase: Phrase, _: Setting) -> Meaning:
    years, names = phrase.words("YYYY"), phrase.words("LUNAR", "SOLAR")
    if not years or not names:
        return Meaning(None, _anchor_by_shape(phrase))
    found = [ordinal_value(word) for word in phrase.words("DD", "ORD")]
    convert = calendars.lunar if phrase.has("LUNAR") else calendars.solar
    interval = convert(int(years[-1]), VALUES[names[0]], found[-1] if found else None)
    return Meaning(interval, Anchor.ABSOLUTE)


# Open intervals


def _bounded(phrase: Phrase, interval: Interval, dct: date | None) -> Interval:
    """Open an interval by "since", "until", "before" or "after" in front of it."""
    bound = _bound(phrase)
    start, end = interval.start, interval.end
    if bound == "since" and start is not None:
        so_far = dct if dct is not None and start <= dct else None
        return Interval(start, so_far, Precision.BOUNDED)
    if bound == "until" and end is not None:
        from_now = dct if dct is not None and dct <= end and _ahead(phrase) else None
        return Interval(from_now, end, Precision.BOUNDED)
    if bound == "before" and start is not None:
        return Interval(None, start - timedelta(1), Precision.BOUNDED)
    if bound == "after" and end is not None:
        return _open(end + timedelta(1))
    return interval


def _bound(phrase: Phrase) -> str | None:
    names = phrase.symbol_names()
    bound = _BOUNDS.get(names[0])
    named = phrase.kind is Kind.WEEKDAY and (
        phrase.tokens.name(phrase.last) in _AFTER_A_NAME
        or phrase.tokens.word(phrase.last).lower() in _RITES
        or phrase.has("WEEKDAYS")
    )
    # "before dawn on Saturday" is a time of that day; "before Friday's vote" counts from the vote.
    if named or (bound in ("before", "after", "until") and phrase.has(*_CLOCKED)):
        return "until" if names[0] == "until" and not named else None
    return bound


_RESOLVERS: dict[Kind, Callable[[Phrase, Setting], Meaning]] = {
    **dict.fromkeys(_POINTS, _point),
    Kind.RANGE: _range,
    Kind.DAY_RANGE: _day_range,
    Kind.YEAR_RANGE: _year_range,
    Kind.DECADE: _decade,
    Kind.CENTURY: _century,
    Kind.SEASON: _season,
    Kind.DEICTIC: _deictic,
    Kind.CALENDAR: _calendar,
    Kind.ROLLING: _rolling,
    Kind.NTH: _nth,
    Kind.AGO: _ago,
    Kind.AHEAD: _in_future,
    Kind.OFFSET: _offset,
    Kind.OFFSET_POINT: _offset_point,
    Kind.STEP: _step,
    Kind.SAME: _same,
    Kind.BEFORE_LAST: _before_last,
    Kind.MARKED: _marked,
    Kind.CLOCK: _clock,
    Kind.REPEATED: _repeated,
    Kind.OTHER_CALENDAR: _other_calendar,
    Kind.FEAST: _feast,
    Kind.NEW_YEAR: _new_year,
}
