"""Runs of tokens that have the shape of a time and are none: "2019 people", "Theresa May"."""

from collections.abc import Callable

from allegata.grounding.times.phrase import Kind, Phrase
from allegata.grounding.times.tense import looks_ahead
from allegata.grounding.times.tokens import shouts
from allegata.grounding.times.words import COUNTED

__all__ = ["is_time"]

_MONTHS = ("MONTH", "XMONTH", "MABBR", "LMONTH", "XLOW")
_UNITS = ("UNIT", "UNITS", "year", "week", "day", "hour", "hours", "CENTURY", "CENTURIES")
_MANY = ("UNITS", "hours", "CENTURIES")
_IN_A_MONTH = frozenset(
    "in since until during throughout early late mid last next this beginning start end half past"
    " middle close following quarter through".split()
)
_BEFORE_A_NUMBER = frozenset(
    "resolution resolutions resolution's article no flight route unit brigade number law bus"
    " room agenda decree model order directive version page highway division battalion some"
    " killed killing at least about than around over nearly almost another to up of".split()
)
_NAMED_DAYS = frozenset("black bloody good palm easter ash holy super cyber maundy".split())
_PAPERS = frozenset(
    "times telegraph mirror express mail herald independent post tribune observer star".split()
)
_SAYING = frozenset("said say says saying added reported claimed told believe believed so".split())


def is_time(phrase: Phrase) -> bool:
    """Whether a phrase means a time where it stands; judged by the words around it."""
    check = _CHECKS.get(phrase.kind)
    return check is None or check(phrase)


def _before(phrase: Phrase) -> str:
    return phrase.tokens.word(phrase.first - 1)


def _after(phrase: Phrase) -> str:
    return phrase.tokens.word(phrase.last)


def _is_name(phrase: Phrase, index: int) -> bool:
    """Whether a token is a word of a name: no word of the grammar, and written with a capital."""
    named = phrase.tokens.name(index) in ("CAP", "today", "WORD")
    return named and phrase.tokens.word(index)[:1].isupper() and not shouts(phrase.tokens)


def _counts_what_follows(phrase: Phrase) -> bool:
    return _after(phrase).lower() in COUNTED


def _date(phrase: Phrase) -> bool:
    names = phrase.symbol_names()
    has_year = phrase.has("YYYY") and not _is_round_count(phrase)
    if phrase.has("YYYY") and _is_round_count(phrase):
        return False
    if phrase.has("XLOW"):
        # "on 2 may" in text without capitals, but never "12 may have died"
        return has_year or (names[0] == "on" and names[-1] == "XLOW")
    if "y" in phrase.parts:
        return phrase.tokens.word(phrase.parts["y"][0] - 1).isupper() and names[-1] == "NN"
    month_first = names[-1] in ("DD", "ORD")
    if month_first and not has_year:
        if names[-1] == "DD" and names[0] in ("in", "during", "throughout"):
            return False
        return names[0] == "on" or not _counts_what_follows(phrase)
    return True


def _day_range(phrase: Phrase) -> bool:
    first, last = phrase.parts["a"], phrase.parts["b"]
    a, b = (phrase.tokens.word(part[0]) for part in (first, last))
    if int(a.rstrip("stndrh")) >= int(b.rstrip("stndrh")):
        return False
    link = phrase.tokens.name(phrase.parts["l"][0])
    ends_on_day = phrase.last == last[1]
    if ends_on_day and _counts_what_follows(phrase):
        return False
    lead = phrase.tokens.name(phrase.first)
    if ends_on_day and lead in ("in", "during"):
        return False
    return link != "longdash" and not phrase.has("XLOW")


def _weekday(phrase: Phrase) -> bool:
    head = next(n for n in range(phrase.first, phrase.last) if _is_weekday(phrase, n))
    before = phrase.tokens.word(head - 1)
    if before.lower() in _NAMED_DAYS or _after(phrase).lower() in _PAPERS:
        return False
    if phrase.tokens.name(phrase.first) == "on" and _before(phrase) == "Mail":
        return False
    # "on Fridays" is a habit, "Tuesdays attack" a lost apostrophe.
    plural = phrase.tokens.name(head) == "WEEKDAYS"
    return not (plural and phrase.tokens.name(head - 1) == "on")


def _is_weekday(phrase: Phrase, index: int) -> bool:
    return phrase.tokens.name(index) in ("WEEKDAY", "WEEKDAYS")


def _month(phrase: Phrase) -> bool:
    names = phrase.symbol_names()
    if phrase.has("YYYY", "NN", "year"):
        return not (_is_round_count(phrase) or phrase.has("XLOW"))
    if phrase.has("MABBR", "XLOW"):
        return False
    after, before = _after(phrase), _before(phrase)
    if phrase.has("XMONTH"):
        if after.lower() == "day":
            return False
        if names[:-1]:
            may = phrase.words("XMONTH") == ["may"]
            fits = _IN_A_MONTH.intersection(names) or (names[0] in _PREPOSITIONS and not may)
            title = shouts(phrase.tokens) or _is_name(phrase, phrase.last)
            return bool(fits) and not (names[-2] == "this" and title)
        modifies = after.isalpha() and not _is_name(phrase, phrase.last)
        return before.lower() in ("the", "a") and modifies and after != "of"
    if phrase.has("LMONTH"):
        return bool(_IN_A_MONTH.intersection(names))
    if len(names) == 1 and _is_name(phrase, phrase.first - 1):
        return False
    return len(names) > 1 or not _is_name(phrase, phrase.last)


_PREPOSITIONS = frozenset("by before after from around about over for".split())


def _is_round_count(phrase: Phrase) -> bool:
    """Whether the number at its end is an amount of what follows ("2000 villages")."""
    if phrase.tokens.name(phrase.last - 1) != "YYYY":
        return False
    after = phrase.tokens.word(phrase.last)
    number = int(phrase.tokens.words[phrase.last - 1])
    if after.lower() in COUNTED:
        return phrase.first == phrase.last - 1 or number % 50 == 0
    plural = after.islower() and after.endswith("s") and not after.endswith(("ss", "us", "is"))
    return plural and after not in ("was", "has") and (number % 50 == 0 or number < 1900)


def _year(phrase: Phrase) -> bool:
    number = int(phrase.tokens.words[phrase.last - 1])
    if _is_round_count(phrase) or phrase.tokens.name(phrase.last) in _NOT_AFTER_A_YEAR:
        return False
    names = phrase.symbol_names()
    after = _after(phrase).lower()
    if len(names) > 1:
        if names[0] in ("in", "since", "during", "throughout") or len(names) > 2:
            return number <= 2099
        return 1000 < number <= 2099 and after not in COUNTED and names[0] not in _AMOUNT_BEFORE
    if not 1900 <= number <= 2099 or after in COUNTED:
        return False
    before = phrase.tokens.name(phrase.first - 1)
    listed = before in ("and", "or", "comma", "to") or _before(phrase) in ("and", "or")
    if listed and phrase.tokens.name(phrase.first - 2) == "YYYY":
        return True
    if before == "of" and number % 50:
        return True
    if before in ("open", "slash") or phrase.tokens.name(phrase.last) == "close":
        return True
    if before in ("LOW", "CAP"):
        further = phrase.tokens.word(phrase.first - 2).lower()
        described = before == "LOW" and further in {"the", "a", "an", *_DETERMINERS}
        return _before(phrase) in _DETERMINERS or (described and after.isalpha())
    return before in _BEFORE_A_YEAR and after.isalpha()


_NOT_AFTER_A_YEAR = frozenset("AMPM ZONE hours hour local UNIT UNITS year week day slash".split())
_AMOUNT_BEFORE = frozenset("about around over for within at on".split())
_BEFORE_A_YEAR = frozenset("the a of this early late mid POSS BREAK dot stop".split()) | {""}
_DETERMINERS = frozenset("its his her their our".split())


def _decade(phrase: Phrase) -> bool:
    """Ten years as in "the 1960's", not the one of "2017's vote"."""
    years = phrase.words("YYYY")
    return not years or int(years[0]) % 10 == 0


def _year_range(phrase: Phrase) -> bool:
    first = int(phrase.words("YYYY")[0])
    end = phrase.tokens.word(phrase.parts["b"][0])
    last = int(end) if len(end) == 4 else first - first % 100 + int(end)
    return 1000 <= first < last <= 2099 and len(end) != 1 and not _counts_what_follows(phrase)


def _season(phrase: Phrase) -> bool:
    names = phrase.symbol_names()
    if phrase.has("YYYY") or "y" in phrase.parts or "r" in phrase.parts:
        # "this fall in prices"
        falls = names[-2:] == ["this", "SEASON"] and phrase.tokens.name(phrase.last) in ("in", "of")
        return not (_is_name(phrase, phrase.first - 1) or falls)
    return (
        names[-2:] == ["the", "SEASON"]
        and names[0] in ("in", "during", "over", "since", "by")
        and phrase.tokens.name(phrase.last) != "of"
    )


def _range(phrase: Phrase) -> bool:
    tokens = phrase.tokens
    link = tokens.name(phrase.parts["l"][0])
    lead = phrase.lead()
    a, b = phrase.part("a"), phrase.part("b")
    if a.has("YYYY") and not a.has(*_MONTHS) and not 1000 <= int(a.words("YYYY")[0]) <= 2099:
        return False
    if _is_round_count(phrase) or (b.has("YYYY") and _counts_what_follows(phrase)):
        return False
    if _short(a) or _short(b):
        return False
    if link == "and":
        months = a.has(*_MONTHS) and b.has(*_MONTHS) and b.has("YYYY") and not a.has("YYYY", "DD")
        return "between" in lead or bool(months and not b.has("DD", "ORD"))
    if link == "longdash":
        return b.has("YYYY")
    if link == "into":
        return a.has("WEEKDAY")
    if a.has("XMONTH") and not a.has("DD", "ORD", "YYYY"):
        return "from" in lead or "between" in lead or b.has("YYYY") or b.has("MONTH")
    return "between" not in lead


def _short(point: Phrase) -> bool:
    """Whether it is an abbreviated month with no number beside it: "Jan" may be a name."""
    return point.has("MABBR", "XLOW") and not point.has("DD", "ORD", "YYYY")


def _calendar(phrase: Phrase) -> bool:
    unit = phrase.part("u")
    names = phrase.symbol_names()
    edged = bool(_EDGES.intersection(names))
    if "t" in phrase.parts:
        later = "earlier" in names or "later" in names
        return not _is_clock_unit(unit) and (later or not unit.has("day"))
    if "r" not in phrase.parts:
        described = _before(phrase).lower() not in _A_WEEKEND
        return len(names) > 1 or (described and phrase.tokens.name(phrase.last) == "LOW")
    relation = phrase.tokens.name(phrase.parts["r"][0])
    if unit.has("day") or _is_clock_unit(unit):
        return False
    if unit.has("PART") and (relation in ("next", "current") or unit.words("PART") == ["dawn"]):
        return False
    return edged or relation == "current" or "the" not in names


_A_WEEKEND = frozenset("a the each every long one another".split())
_EDGES = frozenset("beginning start end middle close early late mid earlier later half".split())


def _rolling(phrase: Phrase) -> bool:
    relation = phrase.tokens.name(phrase.parts["r"][0])
    unit, counted = phrase.part("u"), "n" in phrase.parts
    with_the = "t" in phrase.parts
    of_something = phrase.tokens.name(phrase.last) == "of"
    if relation == "recent":
        return unit.has(*_MANY)
    if unit.has(*_MANY):
        return counted or relation in ("past", "coming") or (with_the and not of_something)
    if counted:
        return False
    if relation in ("past", "last"):
        return (with_the or relation == "past") and not of_something
    over = phrase.tokens.name(phrase.first) in ("over", "within", "in", "during", "for")
    return with_the and (relation != "next" or (over and not unit.has("day")))


def _is_clock_unit(unit: Phrase) -> bool:
    minutes = unit.words("UNIT", "UNITS")
    return unit.has("hour", "hours") or bool(minutes and minutes[0].startswith("minute"))


def _of_days(phrase: Phrase) -> bool:
    """Hours and minutes divide no week, month or year worth speaking of."""
    whole = "b" in phrase.parts and phrase.part("b").words("UNIT") == ["minute"]
    return not whole and not _is_clock_unit(phrase.part("u"))


def _offset(phrase: Phrase) -> bool:
    unit = phrase.part("u")
    counted = "n" in phrase.parts or "w" in phrase.parts
    if unit.has(*_MANY):
        # "the days before" is vague; "weeks later" is at least bounded.
        return "t" not in phrase.parts
    if unit.has("PART"):
        return "t" in phrase.parts
    if "t" in phrase.parts:
        return not unit.has("hour") and phrase.tokens.name(phrase.parts["d"][0]) in (
            "before",
            "after",
        )
    return counted and "w" not in phrase.parts


def _step(phrase: Phrase) -> bool:
    direction = phrase.tokens.name(phrase.parts["d"][0])
    unit = phrase.part("u")
    if _is_clock_unit(unit):
        return False
    return "t" in phrase.parts or direction != "next" or unit.has("day")


def _same(phrase: Phrase) -> bool:
    if _is_clock_unit(phrase.part("u")):
        return False
    alone = phrase.first == phrase.parts["d"][0]
    return not (alone and _before(phrase).lower() in _SAYING)


def _ahead(phrase: Phrase) -> bool:
    if phrase.has("now"):
        return True
    ahead = looks_ahead(phrase.tokens, phrase.first, phrase.last)
    return bool(ahead) and phrase.tokens.name(phrase.last) != "after"


def _clock(phrase: Phrase) -> bool:
    names = phrase.symbol_names()
    if names[-1] in ("CLOCK", "DAWN") and phrase.first == phrase.core:
        return False
    return phrase.has("CLOCK", "ZONE", "AMPM", "local", "time") or "DAWN" in names


def _feast(phrase: Phrase) -> bool:
    lunar = phrase.part("m").has("LUNAR")
    alone = phrase.first == phrase.core
    if _is_name(phrase, phrase.last) or (alone and _is_name(phrase, phrase.first - 1)):
        return False
    return not lunar or phrase.first < phrase.core or "o" in phrase.parts


def _new_year(phrase: Phrase) -> bool:
    new = phrase.tokens.word(phrase.parts["m"][0])
    return new[0].isupper() and "p" in phrase.parts and "u" in phrase.parts


def _deictic(phrase: Phrase) -> bool:
    """A capital inside a name: "USA TODAY"."""
    alone = phrase.first == phrase.core
    return not (alone and _is_name(phrase, phrase.core) and _is_name(phrase, phrase.first - 1))


def _marked(phrase: Phrase) -> bool:
    return phrase.tokens.words[phrase.first] == "9/11"


def _ago(phrase: Phrase) -> bool:
    return "n" in phrase.parts or phrase.part("u").has(*_MANY)


_CHECKS: dict[Kind, Callable[[Phrase], bool]] = {
    Kind.DATE: _date,
    Kind.DAY_RANGE: _day_range,
    Kind.WEEKDAY: _weekday,
    Kind.MONTH: _month,
    Kind.YEAR: _year,
    Kind.DECADE: _decade,
    Kind.YEAR_RANGE: _year_range,
    Kind.SEASON: _season,
    Kind.RANGE: _range,
    Kind.DEICTIC: _deictic,
    Kind.CALENDAR: _calendar,
    Kind.ROLLING: _rolling,
    Kind.AGO: _ago,
    Kind.AHEAD: _ahead,
    Kind.NTH: _of_days,
    Kind.BEFORE_LAST: _of_days,
    Kind.OFFSET: _offset,
    Kind.STEP: _step,
    Kind.SAME: _same,
    Kind.CLOCK: _clock,
    Kind.FEAST: _feast,
    Kind.NEW_YEAR: _new_year,
    Kind.MARKED: _marked,
}
