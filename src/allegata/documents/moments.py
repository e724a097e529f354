"""Reading publication times, keeping the day at the place of publication."""

import re
from datetime import date, datetime

from allegata.types.document import Published

__all__ = ["parse_published"]

_ISO_LIKE = re.compile(
    r"""(?P<day>\d{4}-\d\d?-\d\d?)
        (?:[T\s]+(?P<clock>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?
        \s*(?P<offset>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?\b""",
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?")
_PDF = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")
YEARS = range(1800, 2200)


def parse_published(words: str, origin: str = "metadata") -> Published | None:
    """Read a time as machines write it: ISO 8601 and its looser forms, RFC 822, PDF.

    Args:
        words: For example `2018-11-25T00:43:00+03:00` or `Sun, 25 Nov 2018 00:43:00 +0300`.
        origin: What to record as the origin.

    Returns:
        The day as written, whatever its offset (00:43+03:00 stays that day), with the moment
        where a clock time is given; None where nothing is understood.
    """
    words = words.strip()[:100]
    moment = _read_iso(words) or _read_pdf(words) or _read_mail(words)
    if isinstance(moment, datetime):
        found = Published(moment.date(), moment, origin)
    elif isinstance(moment, date):
        found = Published(moment, None, origin)
    else:
        return None
    return found if found.day.year in YEARS else None


def _read_iso(words: str) -> datetime | date | None:
    compact = _COMPACT.fullmatch(words)
    if compact:
        return _day(*compact.groups())
    match = _ISO_LIKE.match(words)
    if match is None:
        return None
    day = _day(*match["day"].split("-"))
    if day is None or match["clock"] is None:
        return day
    clock = match["clock"] if match["clock"][1] != ":" else "0" + match["clock"]
    offset = (match["offset"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{clock}{offset}")
    except ValueError:
        return day


def _read_pdf(words: str) -> datetime | date | None:
    match = _PDF.fullmatch(words)
    if match is None:
        return None
    year, month, day, hour, minute, second, zulu, hours, minutes = match.groups()
    offset = "Z" if zulu else f"{hours}:{minutes or '00'}" if hours else ""
    if hour is None:
        return _day(year, month, day)
    try:
        return datetime.fromisoformat(
            f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"
        )
    except ValueError:
        return _day(year, month, day)


def _read_mail(words: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # few documents have such a time

    try:
        return parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
