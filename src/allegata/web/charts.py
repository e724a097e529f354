"""Small charts as numbers that a template draws: how often, how many, when."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from allegata.incidents.ranges import Range
from allegata.types.brief import show_range
from allegata.types.incident import CountReport
from allegata.types.statement import Holder

__all__ = [
    "Bar",
    "Histogram",
    "RangeChart",
    "RangeRow",
    "draw_histogram",
    "draw_ranges",
]

_BARS = 60
_STEPS = (1, 7, 14, 30, 91, 182, 365, 730, 1825, 3650)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days.

    Attributes:
        first, last: Days.
        n: Incidents.
        height: Share of the highest bar, 0 to 1.
        query: Asks for these days.
        is_chosen: Whether these days lie in what is asked for.
    """

    first: date
    last: date
    n: int
    height: float
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """Incidents by day.

    Attributes:
        bars: In order, without gaps.
        step: Days that a bar stands for.
        n: Incidents in all bars.
        n_outside: Those far away in time from all others, which are not drawn.
    """

    bars: tuple[Bar, ...]
    step: int
    n: int
    n_outside: int


def draw_histogram(
    days: Sequence[tuple[date, int]],
    link: Callable[[date, date], str],
    first: date | None,
    last: date | None,
) -> Histogram | None:
    """Bars of equal length over the days on which most are said to have happened.

    Args:
        days: With numbers, in order.
        link: A query string for a stretch of days.
        first: From when is asked, or None.
        last: Until when is asked, or None.

    Returns:
        None where there is no day.
    """
    if not days:
        return None
    kept = _without_stragglers(days)
    start, end = kept[0][0], kept[-1][0]
    span = (end - start).days + 1
    step = next((step for step in _STEPS if span <= step * _BARS), _STEPS[-1])
    counts = [0] * ((span - 1) // step + 1)
    for day, n in kept:
        counts[(day - start).days // step] += n
    most = max(counts)
    bars = []
    for at, n in enumerate(counts):
        begin = start + timedelta(days=at * step)
        stop = begin + timedelta(days=step - 1)
        chosen = (first is None or stop >= first) and (last is None or begin <= last)
        bars.append(Bar(begin, stop, n, n / most, link(begin, stop), chosen))
    n_kept = sum(counts)
    return Histogram(tuple(bars), step, n_kept, sum(n for _, n in days) - n_kept)


def _without_stragglers(days: Sequence[tuple[date, int]]) -> Sequence[tuple[date, int]]:
    """Days without the hundredth part at either end, where these lie far away."""
    total = sum(n for _, n in days)
    before, low, high = 0, 0, len(days)
    for at, (_, n) in enumerate(days):
        if before + n <= total / 100:
            low = at + 1
        before += n
        if before >= total - total / 100:
            high = min(high, at + 1)
    middle = days[low:high] or days
    span = max((middle[-1][0] - middle[0][0]).days, 30)
    return [
        (day, n)
        for day, n in days
        if (middle[0][0] - day).days <= span / 4 and (day - middle[-1][0]).days <= span / 4
    ]


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One number that one holder gives, on the scale of the chart.

    Attributes:
        holder: Who gives it.
        start, end: Share of the chart's width, 0 to 1. `end` is 1 where no most is given.
        is_open: Whether no most is given.
        is_beyond: Whether it lies beyond the scale, which a few far-off numbers do not stretch.
        words: The numbers as they are shown.
        quote: The report's words.
        when: The day, or None.
        statement: Id of the statement.
        is_later: Whether the same holder gave another number before.
    """

    holder: Holder
    start: float
    end: float
    is_open: bool
    is_beyond: bool
    words: str
    quote: str
    when: date | None
    statement: str
    is_later: bool


@dataclass(frozen=True, slots=True)
class RangeChart:
    """Numbers of one kind by source.

    Attributes:
        range: What the last numbers of all holders span.
        rows: By day.
        ticks: Numbers and where they stand, 0 to 1.
        n_parts: Numbers that count a part of a whole, and are not drawn.
    """

    range: Range
    rows: tuple[RangeRow, ...]
    ticks: tuple[tuple[float, int], ...]
    n_parts: int


def draw_ranges(ranges: Iterable[Range], counts: Sequence[CountReport]) -> tuple[RangeChart, ...]:
    """A chart for each kind of count; never an average.

    Args:
        ranges: Of a dossier.
        counts: Of the same dossier.
    """
    charts = []
    for span in ranges:
        own = [one for one in counts if one.kind is span.kind]
        whole = [one for one in own if not one.is_part]
        top = _top(whole)
        seen: set[str] = set()
        rows = []
        for one in sorted(whole, key=lambda c: (c.when is None, c.when or date.max, c.holder.key)):
            low = (one.low or 0) / top
            high = 1.0 if one.high is None else one.high / top
            rows.append(
                RangeRow(
                    holder=one.holder,
                    start=min(low, 1.0),
                    end=min(high, 1.0),
                    is_open=one.high is None,
                    is_beyond=low > 1.0 or high > 1.0,
                    words=show_range(one.low, one.high),
                    quote=one.words,
                    when=one.when,
                    statement=one.statement,
                    is_later=one.holder.key in seen,
                )
            )
            seen.add(one.holder.key)
        ticks = tuple((share, round(top * share)) for share in (0.0, 0.5, 1.0))
        charts.append(RangeChart(span, tuple(rows), ticks, len(own) - len(whole)))
    return tuple(charts)


def _top(counts: Sequence[CountReport]) -> int:
    """The end of the scale: the highest number, or five times what three of four stay below."""
    numbers = sorted(x for one in counts for x in (one.low, one.high) if x is not None)
    if not numbers:
        return 2
    return _round_up(max(1, min(numbers[-1], 5 * numbers[(3 * len(numbers) - 1) // 4])))


def _round_up(n: int) -> int:
    size = 1
    while True:
        for step in (2, 5, 10):
            if n <= step * size:
                return step * size
        size *= 10
