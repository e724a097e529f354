"""Numbers of prose as intervals: "at least ten", "between 40 and 50", "tens of thousands".

A number that is hedged on both sides ("about 40") stays what it is. "Nearly" and "almost" make it
a most, as "up to" does. A vague word ("dozens") is a least; with a most before it ("up to several
hundred") it says nothing that could be kept, and is no amount.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from allegata.events.number_words import NumberWords, load_number_words

__all__ = ["Amount", "read_amount"]

_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")
_DECIMAL = re.compile(r"[0-9]{1,6}\.[0-9]{1,2}")
_GROUP_OF_DIGITS = re.compile(r"[0-9]{3}")
_DASHES = ("-", "–", "—")
_LINKS = ("to", "or", *_DASHES)
_MOST = 10**12
_FEW = frozenset({"one", "two", "three", "1", "2", "3"})
_PAIR, _HUNDRED = 2, 100
_SHORTEST = 3
"""Shorter words of a scale ("k", "m") count only behind digits."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is told.

    Attributes:
        end: One past its last word.
        low: At least so many, or None.
        high: At most so many, or None.
        is_range: Whether two numbers bound it.
    """

    end: int
    low: int | None
    high: int | None
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    end: int
    scale: int = 1
    vague: bool = False


def read_amount(words: Sequence[str], at: int) -> Amount | None:
    """Read the amount that begins at a word.

    Args:
        words: In small letters.
        at: Where its first word stands, the words that bound it ("at least") included.

    Returns:
        None where no amount begins, and where the number is an age, a share, a measure, the first
        part of a compound ("a two-day visit") or a label ("F-16").
    """
    known = load_number_words()
    bound, start = _bound(known, words, at)
    if start == at and (n_words := known.match("none", words, at)):
        return Amount(at + n_words, 0, 0)
    found = _read_range(known, words, start) or _read_one(known, words, start, bound)
    if found is None or _is_other(known, words, at, found.end):
        return None
    return found


def _bound(known: NumberWords, words: Sequence[str], at: int) -> tuple[str, int]:
    """Which side the words before a number bound, and where they end."""
    side = "about"
    moved = True
    while moved:
        moved = False
        for form in ("from", "to", "about"):
            if n_words := known.match(form, words, at):
                side = side if form == "about" else form
                at += n_words
                moved = True
                break
    return side, at


def _read_one(known: NumberWords, words: Sequence[str], at: int, bound: str) -> Amount | None:
    number = _read_number(known, words, at)
    if number is None or number.value % 1:
        return None
    value, end = int(number.value), number.end
    for form, side in (("and more", "from"), ("and less", "to"), ("and so", bound)):
        if n_words := known.match(form, words, end):
            bound, end = side, end + n_words
            break
    if bound == "to":
        return None if number.vague else Amount(end, None, value)
    return Amount(end, value, None if number.vague or bound == "from" else value)


def _read_range(known: NumberWords, words: Sequence[str], at: int) -> Amount | None:
    opened = known.match("between", words, at)
    low = _read_number(known, words, at + opened)
    if low is None or low.vague:
        return None
    links = (*_LINKS, "and") if opened else _LINKS
    if "".join(words[low.end : low.end + 1]) not in links:
        return None
    high = _read_number(known, words, low.end + 1)
    if high is None or high.vague or high.value % 1:
        return None
    shared = low.scale == 1 and low.value * high.scale < high.value
    least = low.value * (high.scale if shared else 1)
    if least % 1 or least >= high.value:
        return None
    return Amount(high.end, int(least), int(high.value), is_range=True)


def _read_number(
    known: NumberWords, words: Sequence[str], at: int, limit: float = _MOST
) -> _Number | None:
    """A number below a limit without what bounds it: "12", "1.5 million", "two dozen"."""
    number = _first_number(known, words, at)
    while number is not None and number.value < limit:
        grown = _grow(known, words, number, limit)
        if grown is None:
            return number
        number = grown
    return None


def _first_number(known: NumberWords, words: Sequence[str], at: int) -> _Number | None:
    word = _word(words, at)
    if word in ("a", "an", "half"):
        return _multiplied(known, words, at)
    if _WHOLE.fullmatch(word):
        # The cutting of words takes "1.2m" apart at its point.
        joined = word + "".join(words[at + 1 : at + 3])
        sign = _word(words, at + 3)
        if len(sign) < _SHORTEST and sign in known.values["scale"] and _DECIMAL.fullmatch(joined):
            return _Number(float(joined), at + 3)
        if len(word) <= 3 and word[0] != "0" and _GROUP_OF_DIGITS.fullmatch(_word(words, at + 1)):
            return _Number(float(word + words[at + 1]), at + 2)
        return _Number(float(word.replace(",", "")), at + 1)
    if _DECIMAL.fullmatch(word):
        return _Number(float(word), at + 1)
    for form in ("number", "scale", "group", "several"):
        if word in known.values[form] and len(word) >= _SHORTEST:
            value = known.values[form][word]
            return _tens(known, words, _Number(value, at + 1, vague=form == "several"))
    return None


def _multiplied(known: NumberWords, words: Sequence[str], at: int) -> _Number | None:
    """A dozen, half a million, a half-dozen, a few, a couple."""
    factor = 1.0
    for _ in range(3):
        word = _word(words, at)
        if word == "half":
            factor = 0.5
        elif word not in ("a", "an", "-"):
            break
        at += 1
    word = _word(words, at)
    for form in ("group", "scale", "several"):
        value = known.values[form].get(word)
        if value is not None and len(word) >= _SHORTEST and (form != "several" or factor == 1):
            many = form == "several"
            return _Number(factor * value, at + 1, 1 if many else value, vague=many)
    return None


def _tens(known: NumberWords, words: Sequence[str], number: _Number) -> _Number:
    """Twenty-one, twenty one."""
    if not (20 <= number.value < 100 and number.value % 10 == 0) or number.vague:
        return number
    at = number.end + (_word(words, number.end) == "-")
    unit = known.values["number"].get(_word(words, at), 0)
    return _Number(number.value + unit, at + 1) if 0 < unit < 10 else number


def _grow(
    known: NumberWords, words: Sequence[str], number: _Number, limit: float
) -> _Number | None:
    """A number with the next words that multiply it or add to it, if there are any."""
    return (
        _times_plural(known, words, number)
        or _times(known, words, number, limit)
        or _added(known, words, number)
    )


def _times_plural(known: NumberWords, words: Sequence[str], number: _Number) -> _Number | None:
    """Tens | of thousands, a couple | of hundred."""
    if _word(words, number.end) != "of" or not (number.vague or number.value == _PAIR):
        return None
    inner = _word(words, number.end + 1)
    # The plural alone means two of its unit, behind another number only the unit.
    unit = known.values["scale"].get(inner.removesuffix("s")) or known.values["group"].get(inner)
    if unit is None or len(inner) < _SHORTEST:
        return None
    return _Number(number.value * unit, number.end + 2, unit, number.vague)


def _times(
    known: NumberWords, words: Sequence[str], number: _Number, limit: float
) -> _Number | None:
    """Two | hundred, 1.5 | million, several | dozen."""
    word = _word(words, number.end)
    scale = known.values["scale"].get(word)
    if word == "dozen" and number.scale == 1:
        scale = known.values["group"][word]
    if scale is None or number.scale >= scale or number.value * scale >= limit:
        return None
    return _Number(number.value * scale, number.end + 1, scale, number.vague)


def _added(known: NumberWords, words: Sequence[str], number: _Number) -> _Number | None:
    """Two thousand | five hundred, one hundred | and twenty, one | and a half."""
    at = number.end
    if tuple(words[at : at + 3]) == ("and", "a", "half"):
        return _Number(number.value + 0.5, at + 3, number.scale, number.vague)
    at += _word(words, at) == "and"
    if number.vague or number.scale < _HUNDRED or _word(words, at) not in known.values["number"]:
        return None
    rest = _read_number(known, words, at, number.scale)
    return rest and _Number(number.value + rest.value, rest.end, number.scale)


def _is_other(known: NumberWords, words: Sequence[str], at: int, end: int) -> bool:
    """Whether a number is no count but an age, a share, a measure, a label or half a compound."""
    before, after = _word(words, at - 1), _word(words, end)
    if known.has("age", before) or (before in ("-", "/", "$", "€", "£") and at > 0):
        return True
    if _is_share(known, words, end):
        return True
    if after == "of":
        after = _word(words, end + 1)
    in_word = after in ("-", "/") and _word(words, end + 1)[:1].isalnum()
    return in_word or after in known.singles["measure"] or after == "another"


def _is_share(known: NumberWords, words: Sequence[str], end: int) -> bool:
    """Whether a number is told as part of another: "one in five", "nine out of ten"."""
    if tuple(words[end : end + 2]) == ("out", "of"):
        whole = _word(words, end + 2)
    elif _word(words, end) == "in" and _word(words, end - 1) in _FEW:
        whole = _word(words, end + 1)
    else:
        return False
    return whole in known.values["number"] or (whole.isdecimal() and len(whole) < _SHORTEST)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
