"""Whether two accounts tell of one happening: small functions, each with a weight of evidence.

Each function gives log-odds (natural logarithm) and says why in words. Their sum and a bias decide:
above zero the two more likely tell of one happening than not. Who is blamed, by what means, and how
many were hurt weighs little against day and place: rival accounts of one happening belong together.
"""

import re

from allegata.incidents.affected import (
    actors_agree,
    counts_agree,
    names_agree,
    targets_agree,
    words_agree,
)
from allegata.incidents.evidence import APART, Comparison, Evidence
from allegata.incidents.features import Features
from allegata.incidents.kindred import kinds_agree
from allegata.incidents.nearness import places_meet, times_meet

__all__ = ["APART", "BIAS", "COMPARISONS", "Comparison", "Evidence", "compare", "explain"]

BIAS = -2.6
"""Two accounts that share a key of blocking, and of which nothing else is known."""

_PART = re.compile(r"[a-z]+\d*$")


def reports_differ(one: Features, other: Features) -> tuple[float, str]:
    """One report that keeps two accounts apart means two happenings, as a rule."""
    if one.report != other.report:
        return 0.0, "other reports"
    if _PART.sub("", one.account) == _PART.sub("", other.account):
        return -2.2, "one report tells of them in one breath, but of other deeds"
    return -3.0, "one report tells of them apart"


COMPARISONS: tuple[Comparison, ...] = (
    kinds_agree,
    times_meet,
    places_meet,
    targets_agree,
    actors_agree,
    counts_agree,
    words_agree,
    names_agree,
    reports_differ,
)
"""Everything that is compared, the surest reasons against first."""


def compare(one: Features, other: Features) -> float:
    """How much speaks for one happening: log-odds, above 0 where it is more likely than not.

    It is the same in both directions. What is certainly apart is not compared further.
    """
    if other.account < one.account:
        one, other = other, one
    total = BIAS
    for comparison in COMPARISONS:
        weight, _ = comparison(one, other)
        if weight <= APART:
            return APART
        total += weight
    return total


def explain(one: Features, other: Features) -> tuple[Evidence, ...]:
    """What each comparison says, for people."""
    if other.account < one.account:
        one, other = other, one
    found = []
    for comparison in COMPARISONS:
        weight, reason = comparison(one, other)
        words = reason if isinstance(reason, str) else reason()
        found.append(Evidence(comparison.__name__.replace("_", " "), weight, words))
    return tuple(found)
