"""The grammar: which runs of tokens are temporal expressions, one rule for each shape.

A rule is a regular expression over token symbols (see `tokens.py`). Names in lower case stand for
one function word, names in capitals for a class of words, `$name` for one of the shapes below,
`@a(...)` for a part that the resolver asks for by name. All repetitions are bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from allegata.grounding.times.phrase import Kind, Phrase
from allegata.grounding.times.tokens import SYMBOLS, Tokens
from allegata.grounding.times.words import WORD_SYMBOLS

__all__ = ["find_phrases", "may_hold_phrases"]

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
    "clock": "$hm (,? open $hm ,? $zone? close|,? $zone (open $hm $zone? close)?)?",
    "at": "(at|around|about|shortly|just|roughly|nearly|before|after|by|from|until|since)",
    "tod": "($at{0,3} ($clock|the? DAWN)|(in|during) the (early|late)? (hours of the)? PART"
    "|(at|around) PART)",
    # what may stand before and after a day
    "on": "(in|on|at|during|over|throughout|around|about|for|within)",
    # "before" and "after" in front of another preposition are adverbs: "came after on Saturday"
    "bound": "(since|until|by|from|through|as of|up to|prior to|starting)",
    "prep": "($bound $on?|before|after|$on)",
    "lead": "($tod ,? (on|of)?|$prep? (early|late|earlier|later|overnight) on?"
    "|$prep? (early|late)? on? the? (early|late)? (PART|DAWN|hours) of|$prep)",
    "trail": "(((,|on the|in the)? (early|late)? (PART|DAWN))? (,? $tod)?)",
    # days, months, years
    "which": "(of|in)? the? (last|this|next|same|previous|following|that|past) year",
    "year": "((,|dash)? (of|in)? YYYY|quote NN|,? $which)",
    "md": "((the? ORD of?|the DD of|DD (of|dash)?) $month|$month (dash|the)? $dayno)",
    "named": "($wd (,|dash|the)?)?",
    "edge": "(the? very? (beginning|start|end|middle|close) of|(early|late|mid) (dash|in)?"
    "|(earlier|later) in|the? (WORD|ORD|last) (half|quarter) of)",
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
_MONTHS = "MONTH XMONTH MABBR LMONTH YYYY"
_UNITS = "UNIT UNITS year week day hour hours"
_LEADS = {
    "day": "$lead",
    "prep": "$prep the?|the",
    "edge": "$prep? the? $edge|$prep",
    "span": "$prep? the? $edge the?|$prep? the|$prep",
    "hedge": "$hedge{1,3}",
    "range": "(overnight? ($prep|between)|overnight) the? (PART of)?|the? PART of",
    "at": "$at{1,3} the?",
}
"""What may stand before the core of a rule."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One shape of expression.

    Attributes:
        kind: Which shape.
        heads: Symbols of which a stretch must hold one.
        core: What the expression is made of.
        lead: Key of what may stand before it, in `_LEADS`.
        trail: Whether a part of the day or a clock time may follow.
    """

    kind: Kind
    heads: str
    core: str
    lead: str = ""
    trail: bool = False


_RULES = (
    _Rule(Kind.DATE, f"{_MONTHS} XLOW", "$named $md $year?", "day", trail=True),
    _Rule(Kind.DATE, f"{_MONTHS} XLOW", "$named $md", "day"),
    _Rule(Kind.DATE, _MONTHS, "$wd ,? open $md $year? close", "day", trail=True),
    _Rule(Kind.DATE, _MONTHS, "DD (MONTH|XMONTH|MABBR) @y(DD|NN)", "day"),
    _Rule(Kind.NUMERIC, "NUMDATE", "($wd ,? open?)? NUMDATE", "day", trail=True),
    _Rule(
        Kind.DAY_RANGE,
        _MONTHS,
        "@a($dayno) @l(to|and|until|through|dash|longdash|or) the? @b($dayno) of? @m($month)"
        " $year?",
        "range",
    ),
    _Rule(
        Kind.DAY_RANGE,
        _MONTHS,
        "@m($month) the? @a($dayno) @l(to|and|until|through|dash|longdash|or) the? @b($dayno)"
        " $year?",
        "range",
    ),
    _Rule(
        Kind.WEEKDAY,
        "WEEKDAY WEEKDAYS",
        "@r(this past|this coming|last|this|next|past|coming)? (WEEKDAY|WEEKDAYS)"
        " (of? @w(last|this|next) week)?",
        "day",
        trail=True,
    ),
    _Rule(Kind.MONTH, _MONTHS, "@r($rel)? $month $year?", "edge"),
    _Rule(Kind.YEAR, "YYYY", "(the? year)? YYYY", "edge"),
    _Rule(Kind.YEAR_RANGE, "YYYY", "YYYY @l(dash|slash|longdash) @b(YYYY|NN|DD)", "range"),
    _Rule(Kind.DECADE, "DECADE", "quote? DECADE", "span"),
    _Rule(Kind.DECADE, "YYYY", "the @e(early|mid|late)? dash? YYYY POSS", "prep"),
    _Rule(Kind.CENTURY, "CENTURY", "(WORD|ORD) dash? CENTURY", "span"),
    _Rule(
        Kind.SEASON,
        "SEASON",
        "@r($rel)? SEASON (of? YYYY ((dash|slash) @b(YYYY|NN|DD))?|@y($which))?",
        "span",
    ),
    _Rule(
        Kind.RANGE,
        f"{_MONTHS} WEEKDAY NUMDATE yesterday today",
        "@a($point) @l($link) the? (PART of)? @b($point)",
        "range",
    ),
    _Rule(
        Kind.DEICTIC,
        "today yesterday tomorrow",
        "@d(today|yesterday|tomorrow)",
        "day",
        trail=True,
    ),
    _Rule(Kind.DEICTIC, "tonight overnight", "(earlier|later|late)? @d(tonight|overnight)", "prep"),
    _Rule(
        Kind.CALENDAR,
        f"{_UNITS} PART WEEKEND",
        "(earlier|later)? @r(current|last|this|next) @u($one|PART|WEEKEND)",
        "edge",
    ),
    _Rule(Kind.CALENDAR, "WEEKEND", "(over|at|during|on|in) the (past|coming)? @u(WEEKEND)"),
    _Rule(Kind.CALENDAR, "WEEKEND", "@u(WEEKEND)"),
    _Rule(Kind.CALENDAR, _UNITS, "$edge @t(the) @u($one)", "prep"),
    _Rule(
        Kind.ROLLING,
        f"{_UNITS} CENTURY CENTURIES",
        "@t(the)? (very|most)? @r(past|last|next|coming|recent|upcoming)"
        " @n($num|few|couple of?|several|many)? @u($unit)",
        "prep",
    ),
    _Rule(
        Kind.NTH,
        _UNITS,
        "@o(WORD|ORD|last|final) @n($num|few)? @u($one|$many) of the?"
        " @b($month $year?|YYYY|@r(last|this|next)? (year|UNIT))",
        "prep",
    ),
    _Rule(
        Kind.AGO,
        "ago",
        "(@n($num) @f(and a half)?|@w($few))? @u($unit) @g(and a half)? ago",
        "hedge",
    ),
    _Rule(Kind.AHEAD, _UNITS, "@p(in|within) @n($num) @u($one|$many)"),
    _Rule(Kind.AHEAD, _UNITS, "@n($num) @u($one|$many) from now"),
    _Rule(
        Kind.OFFSET,
        f"{_UNITS} PART CENTURY CENTURIES",
        "(@n($num)|@w($few)|@t(the))? @u($unit|PART)"
        " @d(earlier|later|before|after|afterwards|previously|prior|beforehand)",
        "hedge",
    ),
    _Rule(
        Kind.OFFSET_POINT,
        _UNITS,
        "on? (@n($num)|the) @u($one|$many) @d(before|after) on? @b($point)",
    ),
    _Rule(
        Kind.STEP,
        f"{_UNITS} PART WEEKDAY MONTH XMONTH WEEKEND",
        "(on|in|at|during|by|until)? @t(the very?)? @d(next|previous|following)"
        " @u($one|PART|WEEKDAY|WEEKEND|MONTH|XMONTH) PART?",
    ),
    _Rule(
        Kind.SAME,
        f"{_UNITS} PART MONTH XMONTH",
        "(earlier|later|late|early)? (on|in|at|during|by)? (the very?|that|this)? @d(same|that)"
        " @u($one|PART|MONTH|XMONTH)",
    ),
    _Rule(
        Kind.BEFORE_LAST,
        "yesterday tomorrow",
        "the? @u(day) @d(before|after) (yesterday|tomorrow)",
    ),
    _Rule(Kind.BEFORE_LAST, f"{_UNITS} PART", "the @u($one|PART) @d(before|after) (last|next)"),
    _Rule(Kind.MARKED, "SLASHED", "SLASHED"),
    _Rule(Kind.CLOCK, "CLOCK ZONE AMPM local", "$clock", "at"),
    _Rule(Kind.CLOCK, "DAWN", "DAWN", "at"),
    _Rule(
        Kind.REPEATED,
        "every each",
        "(on|in|at)? (every|each) other? (WEEKDAY|$one|PART|$month|WEEKEND|SEASON) (PART|DAWN)?",
    ),
    _Rule(
        Kind.REPEATED,
        "WEEKDAYS WEEKEND",
        "on (WEEKDAYS|WEEKEND) (and (WEEKDAYS|WEEKEND))? PART?",
    ),
    _Rule(
        Kind.OTHER_CALENDAR,
        "LUNAR SOLAR",
        "$named (the? $dayno of? (LUNAR|SOLAR)|(LUNAR|SOLAR) $dayno) ,? YYYY? AH?",
        "day",
    ),
    _Rule(Kind.OTHER_CALENDAR, "LUNAR SOLAR", "(LUNAR|SOLAR) YYYY AH?", "edge"),
    _Rule(Kind.OTHER_CALENDAR, "AH", "(the? year)? YYYY AH", "prep"),
    _Rule(
        Kind.FEAST,
        "FEAST LUNAR",
        "@o((WORD|ORD|last|final) day of|LOW? UNIT of)? the? @m(FEAST|LUNAR) (LOW dash? CAP)?"
        " (day|eve|WEEKDAY)? YYYY?",
        "prep",
    ),
    _Rule(Kind.NEW_YEAR, "eve day", "@m(new year) @p(POSS)? @u(eve|day) YYYY?", "prep"),
)


@cache
def _to_regex(shape: str) -> re.Pattern[str]:
    while "$" in shape:
        shape = re.sub(r"\$(\w+)", lambda match: f"({_SHAPES[match[1]]})", shape)
    shape = re.sub(r"@(\w+)\(", r"<\1>", re.sub(r"(?<!\d),", "comma", shape)).replace("(", "(?:")
    shape = re.sub(r"(?<!<)\b[A-Za-z]+\b(?!>)", lambda match: SYMBOLS[match[0]], shape)
    return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>", shape).replace(" ", ""))


def _by_head() -> dict[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for index, rule in enumerate(_RULES):
        for head in rule.heads.split():
            table.setdefault(SYMBOLS[head], set()).add(index)
    return {head: frozenset(indexes) for head, indexes in table.items()}


_LONGEST_LEAD = 14
_NEVER_LEADS = frozenset(
    SYMBOLS[name]
    for name in (
        "LOW CAP MARK POSS BREAK stop longdash DD NN NNN YYYY BIG NUMDATE WNUM WORD ORD MONTH"
        " XMONTH LMONTH XLOW MABBR WEEKDAY WEEKDAYS UNIT UNITS year week day ago and"
    ).split()
)
"""Symbols that cannot be the last before a core: most cores need no search for a lead."""
_RULES_BY_HEAD = _by_head()
_HEADS = frozenset(_RULES_BY_HEAD)
_HEAD_WORDS = frozenset(word for word, name in WORD_SYMBOLS.items() if SYMBOLS[name] in _HEADS)
_WORD = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"\d(?:\d\d\d|0s|[-/.:]\d)")


def may_hold_phrases(text: str) -> bool:
    """Whether a stretch of text holds a word or number that some rule needs: quick and generous."""
    if not _HEAD_WORDS.isdisjoint(_WORD.findall(text)):
        return True
    return _DIGITS.search(text) is not None


def find_phrases(tokens: Tokens) -> Iterator[Phrase]:
    """Every run of tokens that some rule matches, in the order of the rules; they may overlap."""
    symbols = tokens.symbols
    heads = _HEADS.intersection(symbols)
    for index in sorted({rule for head in heads for rule in _RULES_BY_HEAD[head]}):
        rule = _RULES[index]
        for match in _to_regex(rule.core).finditer(symbols):
            core, last = match.span()
            first = _first_of_lead(symbols, core, rule.lead) if rule.lead else core
            trail = _to_regex("$trail").match(symbols, last) if rule.trail else None
            parts = {name: match.span(name) for name in match.re.groupindex if match[name]}
            yield Phrase(tokens, first, trail.end() if trail else last, rule.kind, parts, core)


def _first_of_lead(symbols: str, core: int, lead: str) -> int:
    if core == 0 or symbols[core - 1] in _NEVER_LEADS:
        return core
    fullmatch = _to_regex(_LEADS[lead]).fullmatch
    for first in range(max(0, core - _LONGEST_LEAD), core):
        if fullmatch(symbols, first, core):
            return first
    return core
