"""The grammar: which runs of tokens are temporal expressions, one rule for each shape.

A rule is a regular expression over token symbols (see `tokens.py`). Names in lower case stand for
one function word, names in capitals for a class of words, `$name` for one of the shapes below,
`@a(...)` for a part that the resolver asks for by name. All repetitions are bounded.
"""

import re
from collections.abc import Iterator

from allegata.grounding.times.phrase import Kind, Phrase
from allegata.grounding.times.tokens import SYMBOLS, Tokens

__all__ = ["find_phrases"]

_SHAPES = {
    "month": "(MONTH|XMONTH|MABBR dot?|LMONTH|XLOW)",
    "dayno": "(DD|ORD)",
    "wd": "(WEEKDAY|WEEKDAYS|WABBR dot?)",
    "one": "(UNIT|year|week|day|hour)",
    "many": "(UNITS|hours)",
    "unit": "($one|$many|CENTURY|CENTURIES)",
    # times of day
    "zone": "(ZONE|(local|CAP) time)",
    "hm": "((CLOCK|DD|OTHERNUM) AMPM|CLOCK|(HHMM|YYYY|DD) (hour|hours)? (ZONE|local time))",
    "clock": "$hm ,? (open $hm ,? $zone? close|,? $zone (open $hm $zone? close)?|)",
    "at": "(at|around|about|shortly|just|roughly|nearly|before|after|by|from|until|since)",
    "tod": "($at{0,3} ($clock|the? DAWN)|(in|during) the (early|late)? (hours of the)? PART"
    "|(at|around) PART)",
    # what may stand before and after a day
    "on": "(in|on|at|during|over|throughout|around|about|for|within)",
    "bound": "(since|until|by|before|after|from|through|as of|up to|prior to|starting)",
    "prep": "($bound $on?|$on)",
    "lead": "($tod ,? (on|of)? the?|$prep? (early|late|earlier|later|overnight) on? the?"
    "|$prep? (early|late)? on? the? (early|late)? (PART|DAWN|hours) of the?|$prep the?)",
    "trail": "(((,|on the|in the)? (early|late)? (PART|DAWN))? (,? $tod)?)",
    # days, months, years
    "which": "(of|in)? the? (last|this|next|same|previous|following|that|past) year",
    "year": "((,|dash)? (of|in)? YYYY|quote NN|,? $which)",
    "md": "(the? $dayno (of|dash)? $month|$month (dash|the)? $dayno)",
    "named": "($wd (,|dash|the)?)?",
    "edge": "(the? very? (beginning|start|end|middle|close) of the?|(early|late|mid) (dash|in)?"
    "|(earlier|later) in|the? (WORD|ORD|last) (half|quarter) of the?)",
    "rel": "(last|this|next|past|current|coming)",
    "point": "($named $md $year?|$edge? $month $year?|$edge? YYYY|NUMDATE"
    "|(early|late)? WEEKDAY $trail|today|yesterday|tomorrow)",
    "link": "(to|and|until|through|dash|longdash|into)",
    # amounts
    "num": "((DD|NN|NNN|YYYY|WNUM) (dash WNUM)?|a)",
    "few": "(a? few|a? couple of?|several|many|some)",
    "hedge": "(nearly|almost|about|around|over|more than|less than|at least|just|only|under"
    "|roughly|some|exactly|barely|well|up to)",
}
_MONTHS = "MONTH XMONTH MABBR LMONTH XLOW"
_UNITS = "UNIT UNITS year week day hour hours"

_RULES: tuple[tuple[Kind, str, str], ...] = (
    (Kind.DATE, _MONTHS, "$lead? $named $md $year? $trail"),
    (Kind.DATE, _MONTHS, "$lead? $named $md"),
    (Kind.DATE, _MONTHS, "$lead? $wd ,? open $md $year? close $trail"),
    (Kind.DATE, _MONTHS, "$lead? DD (MONTH|XMONTH|MABBR) @y(DD|NN)"),
    (Kind.NUMERIC, "NUMDATE", "$lead? ($wd ,? open?)? NUMDATE $trail"),
    (
        Kind.DAY_RANGE,
        _MONTHS,
        "@p($prep|between)? the? @a($dayno) @l(to|and|until|through|dash|longdash|or) the?"
        " @b($dayno) of? @m($month) $year?",
    ),
    (
        Kind.DAY_RANGE,
        _MONTHS,
        "@p($prep|between)? @m($month) the? @a($dayno) @l(to|and|until|through|dash|longdash|or)"
        " the? @b($dayno) $year?",
    ),
    (
        Kind.WEEKDAY,
        "WEEKDAY WEEKDAYS",
        "$lead? @r(this past|this coming|last|this|next|past|coming)? (WEEKDAY|WEEKDAYS)"
        " (of? @w(last|this|next) week)? $trail",
    ),
    (Kind.MONTH, _MONTHS, "($prep? the? $edge|$prep)? @r($rel)? $month $year?"),
    (Kind.YEAR, "YYYY", "($prep? the? $edge|$prep)? (the? year)? YYYY"),
    (Kind.YEAR_RANGE, "YYYY", "@p($prep|between)? YYYY @l(dash|slash|longdash) @b(YYYY|NN|DD)"),
    (Kind.DECADE, "DECADE", "$prep? the? $edge? quote? DECADE"),
    (Kind.CENTURY, "CENTURY", "$prep? the? $edge? (WORD|ORD) dash? CENTURY"),
    (
        Kind.SEASON,
        "SEASON",
        "$prep? the? $edge? @r($rel)? SEASON"
        " (of? YYYY ((dash|slash) @b(YYYY|NN|DD))?|@y($which))?",
    ),
    (
        Kind.RANGE,
        f"{_MONTHS} YYYY WEEKDAY NUMDATE yesterday today",
        "@p(overnight? ($prep|between)|overnight)? the? (PART of)? @a($point) @l($link) the?"
        " (PART of)? @b($point)",
    ),
    (Kind.DEICTIC, "today yesterday tomorrow", "$lead? @d(today|yesterday|tomorrow) $trail"),
    (
        Kind.DEICTIC,
        "tonight overnight",
        "(earlier|later|late|by|until|since)? @d(tonight|overnight)",
    ),
    (
        Kind.CALENDAR,
        f"{_UNITS} PART WEEKEND",
        "$prep? (the? $edge|earlier|later|the)? @r(current|last|this|next)"
        " @u($one|PART|WEEKEND)",
    ),
    (Kind.CALENDAR, "WEEKEND", "(over|at|during|on|in) the (past|coming)? @u(WEEKEND)"),
    (Kind.CALENDAR, _UNITS, "$prep? the? $edge @t(the) @u($one)"),
    (
        Kind.ROLLING,
        f"{_UNITS} CENTURY CENTURIES",
        "@p($prep)? @t(the)? (very|most)? @r(past|last|next|coming|recent|upcoming)"
        " @n($num|few|couple of?|several|many)? @u($unit)",
    ),
    (
        Kind.NTH,
        _UNITS,
        "$prep? the? @o(WORD|ORD|last|final) @n($num|few)? @u($one|$many) of the?"
        " @b($month $year?|YYYY|@r(last|this|next)? (year|UNIT))",
    ),
    (
        Kind.AGO,
        "ago",
        "@h($hedge{1,3})? (@n($num) @f(and a half)?|@w($few))? @u($unit) @g(and a half)? ago",
    ),
    (Kind.AHEAD, _UNITS, "@p(in|within) @n($num) @u($one|$many)"),
    (Kind.AHEAD, "now", "@n($num) @u($one|$many) from now"),
    (
        Kind.OFFSET,
        f"{_UNITS} PART CENTURY CENTURIES",
        "@h($hedge{1,3})? (@n($num)|@w($few)|@t(the))? @u($unit|PART)"
        " @d(earlier|later|before|after|afterwards|previously|prior|beforehand)",
    ),
    (
        Kind.OFFSET_POINT,
        _UNITS,
        "on? (@n($num)|the) @u($one|$many) @d(before|after) on? @b($point)",
    ),
    (
        Kind.STEP,
        f"{_UNITS} PART WEEKDAY MONTH XMONTH WEEKEND",
        "@p(on|in|at|during|by|until)? @t(the very?)? @d(next|previous|following)"
        " @u($one|PART|WEEKDAY|WEEKEND|MONTH|XMONTH) PART?",
    ),
    (
        Kind.SAME,
        f"{_UNITS} PART",
        "(on|in|at|during|by)? (the very?|that|this)? @d(same|that) @u($one|PART)",
    ),
    (Kind.BEFORE_LAST, "yesterday tomorrow", "the? @u(day) @d(before|after) (yesterday|tomorrow)"),
    (Kind.BEFORE_LAST, f"{_UNITS} PART", "the @u($one|PART) @d(before|after) (last|next)"),
    (Kind.MARKED, "SLASHED", "SLASHED"),
    (Kind.CLOCK, "CLOCK ZONE AMPM time DAWN", "@a($at{1,3}) ($clock|the? DAWN)|$clock"),
    (
        Kind.REPEATED,
        "every each",
        "(on|in|at)? (every|each) other? (WEEKDAY|$one|PART|$month|WEEKEND|SEASON) (PART|DAWN)?",
    ),
    (
        Kind.REPEATED,
        "WEEKDAYS WEEKEND",
        "on (WEEKDAYS|WEEKEND) (and (WEEKDAYS|WEEKEND))? PART?",
    ),
    (
        Kind.OTHER_CALENDAR,
        "LUNAR SOLAR",
        "$lead? $named (the? $dayno of? (LUNAR|SOLAR)|(LUNAR|SOLAR) $dayno) ,? YYYY? AH?",
    ),
    (Kind.OTHER_CALENDAR, "LUNAR SOLAR", "$prep? the? $edge? (LUNAR|SOLAR) YYYY AH?"),
    (Kind.OTHER_CALENDAR, "AH", "$prep? (the? year)? YYYY AH"),
    (
        Kind.FEAST,
        "FEAST LUNAR",
        "@p($prep)? the? @o((WORD|ORD|last|final) day of|LOW? UNIT of)? the? @m(FEAST|LUNAR)"
        " (LOW dash? CAP)? (day|eve)? YYYY?",
    ),
    (Kind.NEW_YEAR, "new", "$prep? the? @m(new year) @p(POSS)? @u(eve|day)? YYYY?"),
)


def _to_regex(shape: str) -> re.Pattern[str]:
    while "$" in shape:
        shape = re.sub(r"\$(\w+)", lambda match: f"({_SHAPES[match[1]]})", shape)
    shape = re.sub(r"@(\w+)\(", r"<\1>", re.sub(r"(?<!\d),", "comma", shape)).replace("(", "(?:")
    shape = re.sub(r"(?<!<)\b[A-Za-z]+\b(?!>)", lambda match: SYMBOLS[match[0]], shape)
    return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>", shape).replace(" ", ""))


def _by_head() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for index, (_, heads, _) in enumerate(_RULES):
        for head in heads.split():
            table.setdefault(SYMBOLS[head], set()).add(index)
    return {head: frozenset(indexes) for head, indexes in table.items()}


_REGEXES = tuple((kind, _to_regex(shape)) for kind, _, shape in _RULES)
_RULES_BY_HEAD = _by_head()
_HEADS = frozenset(_RULES_BY_HEAD)


def find_phrases(tokens: Tokens) -> Iterator[Phrase]:
    """Every run of tokens that some rule matches, in the order of the rules; they may overlap."""
    heads = _HEADS.intersection(tokens.symbols)
    for index in sorted({rule for head in heads for rule in _RULES_BY_HEAD[head]}):
        kind, regex = _REGEXES[index]
        for match in regex.finditer(tokens.symbols):
            parts = {name: match.span(name) for name in match.groupdict() if match[name]}
            yield Phrase(tokens, match.start(), match.end(), kind, parts)
