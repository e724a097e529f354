"""The closed vocabulary of English dates, and the symbol that each word has in the grammar.

These are grammar, not knowledge about the world: names of days, months, units and the function
words around them. Symbols in lower case stand for one function word (and its spelling variants),
symbols in capitals for a class of words with a value.
"""

__all__ = ["COUNTED", "MARKED_DAYS", "VALUES", "WORD_SYMBOLS"]

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
).split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_MONTH_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_WEEKDAY_SHORT = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5,
    "sun": 6,
}  # fmt: skip
_LUNAR = {
    1: "muharram", 2: "safar", 7: "rajab", 8: "shaban shaaban", 9: "ramadan ramadhan ramazan",
    10: "shawwal", 11: "dhualqidah", 12: "dhualhijjah",
}  # fmt: skip
_SOLAR = {
    1: "farvardin hamal", 2: "ordibehesht thawr", 3: "khordad jawza", 4: "tir saratan",
    5: "mordad", 6: "shahrivar sunbula", 7: "mehr mizan", 8: "aban aqrab", 9: "azar qaws",
    10: "dey jadi", 11: "bahman dalw", 12: "esfand hut",
}  # fmt: skip

VALUES: dict[str, int] = {
    **{name: n for n, name in enumerate(_MONTHS, 1)},
    **{name: n for n, name in enumerate(_WEEKDAYS)},
    **{f"{name}s": n for n, name in enumerate(_WEEKDAYS)},
    **_MONTH_SHORT,
    **_WEEKDAY_SHORT,
    **{name: n for n, name in enumerate(_NUMBERS)},
    **_TENS,
    **{name: n for n, name in enumerate(_ORDINALS, 1)},
    **{name: n for n, names in _LUNAR.items() for name in names.split()},
    **{name: n for n, names in _SOLAR.items() for name in names.split()},
}
"""What a word counts for: months from 1, weekdays from Monday = 0, numbers, ordinals."""

COUNTED = frozenset(
    (
        "people persons men women children girls boys civilians soldiers troops fighters militants"
        " rebels prisoners hostages refugees families homes houses villagers residents students"
        " members officers police policemen protesters demonstrators migrants workers bodies"
        " victims deaths dead killed wounded injured others other more rounds shells rockets"
        " missiles mortars vehicles tanks tons tonnes km kilometers kilometres miles meters metres"
        " feet dollars euros percent cases pieces guns rifles schoolgirls schoolchildren villages"
        " patients peacekeepers personnel staff strong"
    ).split()
)
"""Words that a number before them counts: "2019 people" is no year, "May 12 people" no day."""

MARKED_DAYS = {(9, 11): 2001, (10, 7): 2023, (1, 6): 2021, (11, 26): 2008, (7, 7): 2005}
"""Month and day by which one attack is known for good, and its year ("the September 11 attacks").

Used only where a word such as "attacks" follows and the day lies before the publication day.
"""

_FUNCTION = (
    "the a of in on at by since until before after from through between and to during over for"
    " within throughout around about as up prior starting ahead than early late mid middle"
    " beginning start end close half quarter last next this past coming previous following same"
    " that current recent earlier later ago now few several couple some many nearly almost just"
    " only under roughly exactly barely more less least well afterwards previously beforehand"
    " every each other local time shortly into today yesterday tomorrow tonight overnight new eve"
    " most very final upcoming or day week year hour hours"
).split()
_VARIANTS = {
    "an": "a", "till": "until", "til": "until", "upon": "on", "preceding": "previous",
    "approximately": "about", "across": "over", "begin": "start", "ending": "end",
    "latter": "last", "outset": "start", "circa": "about", "quarters": "quarter",
    "thereafter": "afterwards", "beginnings": "beginning", "between": "between",
}  # fmt: skip
_CLASSES = {
    "PART": "morning afternoon evening night nighttime",
    "DAWN": "dawn dusk noon midnight midday sunset sunrise daybreak nightfall",
    "SEASON": "spring summer autumn fall winter",
    "WEEKEND": "weekend weekends",
    "AMPM": "am pm a.m. p.m. a.m p.m",
    "UNIT": "minute month decade fortnight",
    "UNITS": "minutes days weeks months years decades fortnights",
    "CENTURY": "century",
    "CENTURIES": "centuries",
    "WNUM": " ".join([*_NUMBERS[1:], *_TENS]),
    "WORD": " ".join(_ORDINALS),
    "AH": "ah sh",
}
_CAPITALISED = {
    "WEEKDAY": " ".join(_WEEKDAYS),
    "WEEKDAYS": " ".join(f"{day}s" for day in _WEEKDAYS),
    "WABBR": " ".join(_WEEKDAY_SHORT),
    "MONTH": " ".join(m for m in _MONTHS if m not in ("may", "march")),
    "XMONTH": "may march",
    "MABBR": " ".join(_MONTH_SHORT),
    "LUNAR": " ".join(_LUNAR.values()),
    "SOLAR": " ".join(_SOLAR.values()),
    "FEAST": "eid nowruz newroz norouz christmas easter passover ashura hanukkah diwali",
    "ZONE": "gmt utc est edt cst cdt pst pdt cet cest eet eest bst ist msk eat wat pkt",
}
_UNCAPITALISED = {
    "WEEKDAY": " ".join(_WEEKDAYS),
    "LMONTH": " ".join(m for m in _MONTHS if m not in ("may", "march", "august")),
    "XLOW": "may march august",
}


def _word_symbols() -> dict[str, str]:
    table: dict[str, str] = {}
    plain = {**{w: w for w in _FUNCTION}, **_VARIANTS}
    for symbol, words in _CLASSES.items():
        plain.update(dict.fromkeys(words.split(), symbol))
    for word, symbol in plain.items():
        for variant in (word, word.capitalize(), word.upper()):
            table[variant] = symbol
    for symbol, words in _CAPITALISED.items():
        for word in words.split():
            table[word.capitalize()] = table[word.upper()] = symbol
    for symbol, words in _UNCAPITALISED.items():
        table.update(dict.fromkeys(words.split(), symbol))
    return table


WORD_SYMBOLS = _word_symbols()
"""Symbol of a word exactly as written: "May" is a month, "may" hardly ever."""
