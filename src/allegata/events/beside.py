"""Numbers that stand beside a trigger, in no part of their own: "three deaths", "a toll of 23"."""

from allegata.encoder import Analysis, Trigger
from allegata.events.amounts import read_amount
from allegata.events.counted import read_counted
from allegata.events.number_words import load_number_words
from allegata.events.phrase import NOUNS, Counted, Phrase

__all__ = ["read_beside"]

_LONGEST_AMOUNT = 8
_REACH = 12
"""How many words behind a toll its number may stand."""


def read_beside(analysis: Analysis, trigger: Trigger) -> list[Counted]:
    """Read the number of people that stands before a trigger, or else behind a toll.

    Args:
        analysis: Supplies the words.
        trigger: Of an event that counts people. A noun must be one that counts victims: "two
            arrests" counts two people, "two evacuations" does not.

    Returns:
        At most one.
    """
    phrase = Phrase.of(analysis, trigger.first, trigger.end, people=True)
    return _before(phrase) or _toll(phrase)


def _before(phrase: Phrase) -> list[Counted]:
    """Three | deaths, no | casualties, hundreds | dead, 12 | arrested."""
    nominal = phrase.upos(phrase.first) in NOUNS
    victims = load_number_words().singles["victims"]
    if nominal and phrase.lower[phrase.first] not in victims:
        return []
    for start in range(max(0, phrase.first - _LONGEST_AMOUNT), phrase.first):
        amount = read_amount(phrase.lower, start)
        if amount is None or amount.end != phrase.first or _is_label(phrase, start):
            continue
        end = phrase.end if nominal else amount.end
        return [Counted(amount.low, amount.high, None, phrase.span(start, end))]
    return []


def _is_label(phrase: Phrase, at: int) -> bool:
    """Whether a number belongs to a date or a name: "on March 12", "Flight 17"."""
    return at > 1 and phrase.lower[at - 1].isalpha() and phrase.is_capital(at - 1)


def _toll(phrase: Phrase) -> list[Counted]:
    """The number behind a toll, the last of two: "the toll rose from 19 to 23"."""
    tolls = load_number_words().singles["toll"]
    if tolls.isdisjoint(phrase.lower[phrase.first : phrase.end + 1]):
        return []
    for at in range(phrase.end, min(phrase.end + _REACH, len(phrase.lower))):
        if phrase.lower[at] in (";", "."):
            break
        if read_amount(phrase.lower, at) is None or _is_label(phrase, at):
            continue
        first = phrase.offset + at
        inside = Phrase.of(phrase.analysis, first, phrase.offset + len(phrase.lower), people=True)
        if not inside.is_replaced():
            return read_counted(inside)[:1]
    return []
