"""The date that a text gives itself, where no metadata do: stamps around its headline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from allegata.documents.segment_phrases import load_phrases
from allegata.types import Span

__all__ = ["Stamp", "find_stamps", "find_text_date", "match_stamp"]

_TOP = 700
"""Characters in which a stamp may stand; deeper dates belong to the story."""
_LONGEST_HEADLINE = 320

_MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,? +)"
_CLOCK = r"\d{1,2}(?:[:.h]\d{2}(?::\d{2})?| ?(?=[ap]\.?m\b))(?: ?[ap]\.?m\b\.?)?"
_ZONE = (
    r"(?-i:(?:GMT|UTC|BST|[CEM]ES?T|EEST|E[DS]T|C[DS]T|M[DS]T|P[DS]T|[EP]T|MSK|KSA|IST|PKT|WAT|EAT"
    r"|CAT|SAST|AST|JST|HKT)\b(?: ?[+-]\d{1,2}(?::?\d{2})?)?)"
)
_DATE = (
    r"(?:(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? *[ -]?(?:of )?(?P<month2>{_MONTH_NAMES})\b\.?,?[ -]+"
    r"(?P<year2>(?:19|20)\d\d)"
    rf"|(?P<month3>{_MONTH_NAMES})\b\.? +(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?,? +"
    r"(?P<year3>(?:19|20)\d\d)"
    rf"|(?P<month4>{_MONTH_NAMES})\b\.? +(?P<day4>\d\d)(?P<year4>(?:19|20)\d\d)"
    r"|(?P<day5>\d{1,2})(?P<mark>[-/.])(?P<month5>\d{1,2})(?P=mark)(?P<year5>(?:19|20)\d\d))"
    r"(?![\d/-])"
)
_LABEL = (
    r"(?P<label>(?:(?:first |originally |last )?(?:published|posted|updated|update|modified|issued"
    r"|created|edited|released|revised)(?: (?:on|at|date))?|date(?:d| of publication|line)?"
    r"|publication date|publish(?:ed)? date|released?)\b *[:|]? *)"
)
_AFTER = (
    rf"(?:,? *(?:(?:at |- |– |— |\| )?(?:\d{{4}}|{_CLOCK})\b)?(?: *\(?{_ZONE}\)?)?)"
    rf"(?: *- *{_ZONE} *{_CLOCK})?"
)
_STAMP = re.compile(
    rf"{_LABEL}?(?:{_CLOCK}(?: *{_ZONE})?,? +|\d{{4}} +)?(?P<weekday>{_WEEKDAY})?(?:{_CLOCK} +)?"
    rf"{_DATE}{_AFTER}",
    re.IGNORECASE,
)
_DATE_START = re.compile(
    rf"\b(?:{_WEEKDAY}|{_LABEL}|(?=\d{{1,4}}[-/. a-z]|(?:{_MONTH_NAMES})\b\.? \d))", re.IGNORECASE
)
# The town may be followed by its country; the date of a dateline may lack the year.
_PLACE_DATE = re.compile(
    r"(?:[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,4}(?: ?\([^()\n]{2,25}\))?, +){1,3}"
    rf"(?:{_DATE}|(?P<day6>\d{{1,2}}) (?P<month6>{_MONTH_NAMES}) (?P<year6>\d\d)\b)"
    r"(?= *(?:\(|\[|--?|[–—/]))",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s|·•–—,;-]*")
_GOES_ON = re.compile(r"(?:\s*|,? +)(?!by [A-Z]|[a-z]+:)[a-z]")
_INNER_STOP = re.compile(r"[.!?][\"'”’)]* +[A-Z\"“]|\n")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that stands outside the sentences of a text.

    Attributes:
        span: The stamp with its label, weekday and time of day.
        day: The day, or None where the order of day and month cannot be told.
        words: The date alone.
        labelled: Whether a word such as "published" introduces it.
        is_update: Whether that word says that it is the date of a change.
    """

    span: Span
    day: date | None
    words: Span
    labelled: bool
    is_update: bool


def find_text_date(text: str) -> tuple[date, Span] | None:
    """Find the day of publication in the header or dateline of a text.

    Args:
        text: Text of a document.

    Returns:
        The day and the words it was read from. A date of publication wins over one of a change,
        otherwise the first wins. None where no stamp stands near the top, or where only one
        stands there whose day and month could be exchanged: a date inside a sentence tells
        nothing about when the text was written.
    """
    stamps = [stamp for stamp in find_stamps(text) if stamp.day is not None]
    for stamp in sorted(stamps, key=lambda stamp: stamp.is_update):
        if stamp.day is not None:
            return stamp.day, stamp.words
    return None


def find_stamps(text: str) -> list[Stamp]:
    """Find the stamps near the top of a text.

    They stand on lines of their own, around the headline, or in the dateline.

    Args:
        text: Text of a document.

    Returns:
        Stamps in order of the text, never overlapping.
    """
    found: list[Stamp] = []
    for start in _line_starts(text):
        taken = found[-1].span.end if found else 0
        start = max(start, taken)
        stamp = match_stamp(text, start) or _in_dateline(text, start)
        if stamp is None and not found:
            stamp = _after_headline(text, start)
        while stamp is not None:
            found.append(stamp)
            stamp = match_stamp(text, _skip(text, stamp.span.end))
    return found


def match_stamp(text: str, start: int) -> Stamp | None:
    """Match a stamp that begins at a place.

    Args:
        text: Text of a document.
        start: Where to look, in brackets or not.

    Returns:
        The stamp, or None where there is none or where the words after it make it the beginning
        of a sentence ("4 April 2017 was").
    """
    bracketed = text[start : start + 1] in ("(", "[")
    match = _STAMP.match(text, start + bracketed, start + 160)
    if match is None:
        return None
    end = match.end()
    if bracketed:
        if text[end : end + 1] not in (")", "]"):
            return None
        end += 1
    elif match["label"] is None and _GOES_ON.match(text, end, end + 16):
        return None
    return _stamp(match, start, end)


def _stamp(match: re.Match[str], start: int, end: int) -> Stamp:
    label = (match["label"] or "").lower()
    first = min(match.start(name) for name in _GROUPS if match.start(name) >= 0)
    last = max(match.end(name) for name in _GROUPS)
    return Stamp(
        span=Span(start, start + len(match.string[start:end].rstrip(" ,"))),
        day=_day(match),
        words=Span(match.start("weekday") if match["weekday"] else first, last),
        labelled=bool(label),
        is_update=any(word in label for word in ("update", "modified", "edited", "revised")),
    )


_GROUPS = tuple(
    f"{part}{number}" for number in ("", "2", "3", "4", "5") for part in ("year", "month", "day")
)


def _day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    for number in ("", "2", "3", "4", "5", "6"):
        day, month, year = (groups.get(f"{part}{number}") for part in ("day", "month", "year"))
        if day and month and year:
            return _date(int(year), _month(month), int(day), groups.get("mark") or "")
    return None


def _month(words: str) -> int:
    return int(words) if words.isdigit() else _MONTHS.index(words[:3].lower()) + 1


def _date(year: int, month: int, day: int, mark: str) -> date | None:
    """Stops stand between day and month in this order only; strokes in either."""
    if year < 100:
        year += 1900 if year >= 50 else 2000
    if mark in ("/", "-") and month <= 12 and day <= 12 and month != day:
        return None
    if mark and month > 12:
        month, day = day, month
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _line_starts(text: str) -> Iterator[int]:
    """Beginnings of the lines near the top, after white space."""
    start = _skip(text, 0)
    limit = start + _TOP
    while start < min(limit, len(text)):
        yield start
        line_break = text.find("\n", start, limit)
        if line_break < 0:
            return
        start = _skip(text, line_break)


def _skip(text: str, start: int) -> int:
    match = _SEPARATORS.match(text, start)
    return match.end() if match else start


def _in_dateline(text: str, start: int) -> Stamp | None:
    match = _PLACE_DATE.match(text, start, start + 160)
    if match is None:
        return None
    names = [name for name in (*_GROUPS, "year6", "month6", "day6") if match.start(name) >= 0]
    words = Span(min(map(match.start, names)), max(map(match.end, names)))
    return Stamp(words, _day(match), words, labelled=False, is_update=False)


def _after_headline(text: str, start: int) -> Stamp | None:
    """A stamp that ends a headline without a stop: "Raid kills ten AFP Friday 24 Oct 2014"."""
    stop = _INNER_STOP.search(text, start, start + _LONGEST_HEADLINE)
    end = stop.start() if stop else min(len(text), start + _LONGEST_HEADLINE)
    for match in _DATE_START.finditer(text, start + 10, end):
        before = text[start : match.start()].rstrip()
        if before.rsplit(None, 1)[-1].lower() in _TIES:
            continue
        stamp = _match_inner_stamp(text, match.start())
        if stamp is not None:
            return stamp
    return None


# A date after one of these belongs to a sentence.
_TIES = frozenset(
    "on in at by of since from until till to for after before between and or the this that last"
    " next early late during through around about as than is was are were be been mid".split()
)


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"\s+{load_phrases().agency}(?=\s+[A-Z])")


def _match_inner_stamp(text: str, start: int) -> Stamp | None:
    """Inside a line a stamp has a weekday, a label or marks, or stands before a source."""
    match = _STAMP.match(text, start, start + 160)
    if match is None:
        return None
    if not (match["weekday"] or match["label"] or match["mark"]) and not _agency().match(
        text, match.end(), match.end() + 40
    ):
        return None
    following = text[match.end() : match.end() + 2].lstrip()
    if following[:1] in (",", ".", ";", ")"):
        return None
    return _stamp(match, start, match.end())
