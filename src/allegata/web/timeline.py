"""When something is said to have happened, beside when it was said."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from allegata.incidents.dossier import Dossier
from allegata.incidents.positions import said_on
from allegata.incidents.stances import own_stance
from allegata.types.incident import PositionKind
from allegata.types.statement import Statement

__all__ = ["Spell", "Tick", "Timeline", "draw_timeline"]

WIDTH = 800
_EDGE = 12
_ROW = 14
_MOST_DAYS = 400
_DOT = 9
_MOST_ROWS = 14
_LABEL = 104
_MARKS = {
    PositionKind.AFFIRMS: "affirms",
    PositionKind.DENIES: "denies",
    PositionKind.DOUBTS: "doubts",
    PositionKind.SUPPOSES: "supposes",
}


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which some say that it happened.

    Attributes:
        x, width: Pixels.
        n: Statements that give these days.
        words: The days.
        y: Row.
    """

    x: float
    width: float
    n: int
    words: str
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A statement, on the day on which it was made.

    Attributes:
        x, y: Pixels.
        look: What its holder holds.
        statement: Itself.
    """

    x: float
    y: float
    look: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chart.

    Attributes:
        spells: Days that are told.
        ticks: Statements by day of saying.
        days: Days with their places, for the scale.
        line: Where happening is parted from saying, pixels from the top.
        width, height: Pixels.
        n_outside: Statements outside the stretch that is drawn, or without a day.
    """

    spells: tuple[Spell, ...]
    ticks: tuple[Tick, ...]
    days: tuple[tuple[float, str, str], ...]
    line: float
    width: int
    height: int
    n_outside: int


def draw_timeline(dossier: Dossier) -> Timeline | None:
    """Draw the days that statements give above the days on which they were made.

    Returns:
        None where no statement has a day of its own.
    """
    said = [(day, one) for one in dossier.statements if (day := said_on(one, one.speaker))]
    if not said:
        return None
    first = min(day for day, _ in said)
    start = min(first, dossier.first or dossier.last or first) - timedelta(days=1)
    end = min(max(day for day, _ in said), start + timedelta(days=_MOST_DAYS))
    end = max(end, start + timedelta(days=6))
    scale = _Scale(start, (end - start).days + 1)
    spells = _spells(dossier, scale)
    line = 18.0 + max((spell.y for spell in spells), default=0.0) + _ROW
    wide = max(1, int(scale.day // _DOT))
    filled: dict[date, int] = {}
    ticks = []
    n_outside = len(dossier.statements) - len(said)
    for day, one in sorted(said, key=lambda pair: (pair[0], pair[1].id)):
        at = filled.get(day, 0)
        filled[day] = at + 1
        if day > end or at >= wide * _MOST_ROWS:
            n_outside += 1
            continue
        look = _MARKS.get(own_stance(one), "other")
        x = scale.x(day) + scale.day / 2 + (at % wide - (wide - 1) / 2) * _DOT
        ticks.append(Tick(x, line + 12 + at // wide * _DOT, look, one))
    rows = min(_MOST_ROWS, -(-max(filled.values()) // wide))
    height = int(line + 12 + rows * _DOT + 22)
    return Timeline(spells, tuple(ticks), scale.marks(), line, WIDTH, height, n_outside)


class _Scale:
    def __init__(self, start: date, n_days: int) -> None:
        self.start, self.n_days = start, n_days
        self.day = (WIDTH - 2 * _EDGE) / n_days

    def x(self, day: date) -> float:
        return round(_EDGE + (day - self.start).days * self.day, 1)

    def marks(self) -> tuple[tuple[float, str, str], ...]:
        """A handful of days with their names, the outer ones turned inwards."""
        step = max(1, math.ceil(_LABEL / self.day))
        found = []
        for at in range(0, max(1, self.n_days - step // 2), step):
            day = self.start + timedelta(days=at)
            x = self.x(day) + self.day / 2
            anchor = "start" if x < 60 else "end" if x > WIDTH - 60 else "middle"
            found.append((round(x, 1), f"{day.day} {day:%b %Y}", anchor))
        return tuple(found)


def _spells(dossier: Dossier, scale: _Scale) -> tuple[Spell, ...]:
    counts: dict[tuple[date, date], int] = {}
    for one in dossier.statements:
        time = one.time
        if time is not None and time.start is not None and time.end is not None:
            counts[time.start, time.end] = counts.get((time.start, time.end), 0) + 1
    spells: list[Spell] = []
    last = scale.start + timedelta(days=scale.n_days - 1)
    for (start, end), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:6]:
        if end < scale.start or start > last:
            continue
        x = scale.x(max(start, scale.start))
        width = scale.x(min(end, last)) + scale.day - x
        words = f"{start.isoformat()}" if start == end else f"{start} to {end}"
        spells.append(Spell(x, round(width, 1), n, words, 18.0 + len(spells) * _ROW))
    return tuple(spells)
