"""Amounts of time, "two and a half years", "nearly a decade", and days so far off."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from allegata.grounding.times import days
from allegata.grounding.times.phrase import Phrase
from allegata.grounding.times.words import VALUES
from allegata.types import Interval, Precision

__all__ = ["Amount", "amount_of", "displaced"]

_UNITS = ("UNIT", "UNITS", "year", "week", "day", "hour", "hours", "CENTURY", "CENTURIES", "PART")
_BELOW = frozenset({"nearly", "almost", "less", "under", "barely"})
_ABOVE = frozenset({"more", "over", "least", "well"})
_AT_LEAST = 2
"""What a plural without a number means at least: "years ago"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units.

    Attributes:
        count: How many; None where the words only say several.
        unit: `minute`, `hour`, `day`, `week`, `fortnight`, `month`, `year`, `decade`, `century`.
        half: Whether half a unit comes on top.
        hedge: -1 for less than that, 1 for more than that, 0 otherwise.
    """

    count: int | None
    unit: str
    half: bool = False
    hedge: int = 0

    @property
    def is_clock(self) -> bool:
        """Whether its unit is shorter than a day."""
        return self.unit in ("hour", "minute")

    def shift(self, day: date, sign: int, *, extra: int = 0) -> date:
        """A day moved by the amount and so many units more; hours count as days begun."""
        count = (_AT_LEAST if self.count is None else self.count) + extra
        if self.is_clock:
            per_day = 24 if self.unit == "hour" else 1440
            return day + timedelta(sign * ceil(count / per_day))
        return days.shift(day, sign * count, self.unit)


def amount_of(phrase: Phrase) -> Amount:
    """The amount that a phrase names; its unit is in the part `u`, its number in `n`."""
    unit = phrase.part("u").words(*_UNITS)[0]
    singular = {"centuries": "century"}.get(unit, unit.removesuffix("s"))
    if phrase.part("u").has("PART"):
        singular = "day"
    return Amount(
        _count(phrase), singular, "f" in phrase.parts or "g" in phrase.parts, _hedge(phrase)
    )


def _count(phrase: Phrase) -> int | None:
    for name in ("n", "w"):
        if name in phrase.parts:
            part = phrase.part(name)
            if part.has("couple"):
                return 2
            numbers = part.words("DD", "NN", "NNN", "YYYY", "WNUM")
            if numbers:
                return sum(int(w) if w.isdecimal() else VALUES[w] for w in numbers)
            return 1 if part.has("a") and not part.has("few") else None
    return None if phrase.part("u").has("UNITS", "hours", "CENTURIES") else 1


def _hedge(phrase: Phrase) -> int:
    words = phrase.lead()
    if _BELOW.intersection(words):
        return -1
    return int(bool(_ABOVE.intersection(words)))


def displaced(base: date, amount: Amount, sign: int, *, limit: date | None) -> Interval:
    """The days that lie an amount before (-1) or after (1) a day.

    Args:
        base: The day to count from.
        amount: How far.
        sign: The direction.
        limit: Where "nearly a year" ends: the day counted from, or None for no limit.
    """
    far = amount.shift(base, sign)
    if amount.is_clock and amount.count is None:
        start, end = sorted((base, base + timedelta(sign)))
        return Interval(start, end, Precision.DAY)
    if amount.count is None or amount.hedge > 0:
        return _ordered(None, far, sign)
    if amount.hedge < 0:
        return _ordered(limit, far, -sign)
    if amount.half:
        return _ordered(far, amount.shift(base, sign, extra=1), sign)
    if amount.is_clock:
        whole_days = 0 if amount.unit == "minute" else amount.count // 24
        near = base + timedelta(sign * whole_days)
        start, end = sorted((near, far if amount.unit == "hour" else base))
        return Interval(start, end, Precision.DAY)
    if amount.unit in ("decade", "century"):
        reach = 5 if amount.unit == "decade" else 50
        return days.decade(max(1, far.year - reach), years=2 * reach + 1)
    return days.unit_around(far, amount.unit)


def _ordered(near: date | None, far: date, sign: int) -> Interval:
    """From `near` to `far` in the direction of time; `near` None leaves the far side open."""
    if near is None:
        open_before = sign < 0
        return Interval(
            None if open_before else far, far if open_before else None, Precision.BOUNDED
        )
    start, end = sorted((near, far))
    return Interval(start, end, Precision.BOUNDED)
