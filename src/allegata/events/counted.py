"""Who is counted by words, and how many: "126 people including more than 60 children"."""

from dataclasses import replace

from allegata.events.amounts import Amount, read_amount
from allegata.events.number_words import NumberWords, load_number_words
from allegata.events.phrase import NAMING, NOUNS, Counted, Phrase
from allegata.types import Span

__all__ = ["read_counted"]

_BEFORE_NUMBERS = frozenset({"DET", "ADV", "ADJ", "PART", "SYM", "X"})
_JOINTS = frozenset({"and", "or", "but", "nor", ",", ";", ":", "(", "–", "—", "--", "-", "/", "&"})
_DEFINITE = frozenset(
    "the this that these those its his her their our my all of them whom us which".split()
)
_OPENING = frozenset({"them", "whom", "of", "which"})
_ARTICLES = frozenset({"a", "an"})
_LONGEST_BOUND = 6


def read_counted(phrase: Phrase) -> list[Counted]:
    """Read who is counted, and how many.

    A list is taken apart: "a man and his two sons" are one man and two sons. A part of a whole is
    a count of its own. A noun phrase in the singular that brings somebody in ("a policeman", "his
    wife") and a person's name count one; a definite one ("the man") and a plural without a number
    count nobody. Numbers that stand under a preposition ("residents of two towns") count others.

    Returns:
        In order of the text. Empty where nobody is counted.
    """
    known = load_number_words()
    found: list[Counted] = []
    at, joint = phrase.first, ""
    while at < phrase.end:
        one, end = _read_chunk(known, phrase, at, opens=at == phrase.first)
        if one is not None and joint == "or" and found and not one.single:
            found[-1] = _either(found[-1], one)
        elif one is not None and not _is_aside(phrase, found, one, joint):
            found.append(one)
        at, joint = _next_chunk(known, phrase, max(end, at + 1))
    return found


def _either(one: Counted, other: Counted) -> Counted:
    """One count for "hundreds or thousands of people"."""
    lows, highs = (one.low, other.low), (one.high, other.high)
    low = None if None in lows else min(number for number in lows if number is not None)
    high = None if None in highs else max(number for number in highs if number is not None)
    if one.of is not None or (low is None and high is None):
        return one
    return replace(one, low=low, high=high, of=other.of, span=Span(one.span.start, other.span.end))


def _next_chunk(known: NumberWords, phrase: Phrase, at: int) -> tuple[int, str]:
    """Where the next member of a list or part of a whole begins, and what joins it."""
    if at < phrase.end and phrase.upos(at - 1) == "NOUN" and read_amount(phrase.lower, at):
        return at, ""
    while at < phrase.end:
        n_words = known.match("part", phrase.lower, at)
        if n_words or phrase.lower[at] in _JOINTS:
            joint = phrase.lower[at]
            at += n_words or 1
            while at < phrase.end and (
                phrase.lower[at] in _JOINTS or known.match("part", phrase.lower, at)
            ):
                joint = phrase.lower[at]
                at += known.match("part", phrase.lower, at) or 1
            return at, joint
        at += 1
    return at, ""


def _is_aside(phrase: Phrase, found: list[Counted], one: Counted, joint: str) -> bool:
    """Whether words behind somebody tell more of him: "John Roe, 23", "a guard, John Roe"."""
    if not found or not found[-1].single or joint not in (",", "(", "–", "—", "-"):
        return False
    if not one.single:
        return one.of is None
    return _holds_name(phrase, found[-1].span) != _holds_name(phrase, one.span)


def _holds_name(phrase: Phrase, span: Span) -> bool:
    return any(name.kind == "per" and name.span.overlaps(span) for name in phrase.names)


def _read_chunk(
    known: NumberWords, phrase: Phrase, at: int, *, opens: bool
) -> tuple[Counted | None, int]:
    """One member of a list, and where the reading of it ended."""
    start, amount = at, None
    if opens:
        start, amount = _reach_back(phrase, at)
    while amount is None and at < phrase.end:
        amount = read_amount(phrase.lower, at)
        if amount is not None:
            break
        if _opens_group(known, phrase, at):
            at += 2
        elif _may_precede(known, phrase, at):
            at += 1
        else:
            break
    if amount is None:
        return _read_single(known, phrase, start)
    if phrase.is_date(at, amount.end) or amount.end > len(phrase.lower):
        return None, amount.end
    if amount.is_range and phrase.lower[at] == "from" and phrase.is_corrected(at):
        at = start = phrase.lower.index("to", at) + 1
        amount = read_amount(phrase.lower, at) or amount
    one = _with_noun(known, phrase, start, amount)
    return one, amount.end if one is None else _end_of(phrase, one)


def _end_of(phrase: Phrase, one: Counted) -> int:
    """One past the last word of somebody counted."""
    ends = (
        phrase.analysis.words[n][1] for n in range(phrase.offset, phrase.offset + len(phrase.lower))
    )
    return sum(end <= one.span.end for end in ends)


def _reach_back(phrase: Phrase, at: int) -> tuple[int, Amount | None]:
    """Words before a part that belong to its number: "at least | 65 people"."""
    for start in range(max(0, at - _LONGEST_BOUND), at):
        amount = read_amount(phrase.lower, start) if phrase.lower[start] != "from" else None
        if amount is None or (amount.is_range and phrase.is_corrected(start)):
            continue
        if amount.end > at:
            return start, amount
    return at, None


def _opens_group(known: NumberWords, phrase: Phrase, at: int) -> bool:
    holds = phrase.lower[at] in known.singles["holder"]
    return holds and phrase.lower[at + 1 : at + 2] == ("of",)


def _may_precede(known: NumberWords, phrase: Phrase, at: int) -> bool:
    """Whether a word may stand between the start of a noun phrase and its number."""
    word = phrase.lower[at]
    if known.has("age", word):
        return False
    nominal = phrase.upos(at) in NOUNS and phrase.lower[at + 1 : at + 2] != ("of",)
    held = any(
        phrase.lower[n] in known.singles["holder"]
        for n in range(at, min(at + 3, phrase.end))
        if phrase.lower[n + 1 : n + 2] == ("of",)
    )
    led = word in _DEFINITE or word in known.singles["part"]
    return led or phrase.upos(at) in _BEFORE_NUMBERS or (nominal and held)


def _with_noun(known: NumberWords, phrase: Phrase, start: int, amount: Amount) -> Counted | None:
    """An amount with who is counted, or None where it counts other things than it should."""
    first, end = _noun(known, phrase, amount.end)
    words = phrase.lower[first:end]
    if phrase.people and words and known.has("thing", words[-1]):
        return None
    plain = all(word in known.singles["plain"] for word in words)
    of = None if plain else phrase.span(first, end).words(phrase.analysis.text)
    while phrase.lower[start] in _OPENING or phrase.lower[start] in known.singles["part"]:
        start += 1
    return Counted(amount.low, amount.high, of, phrase.span(start, max(end, amount.end)))


def _noun(known: NumberWords, phrase: Phrase, at: int) -> tuple[int, int]:
    """First word and end of the noun behind a number; equal where there is none."""
    if phrase.lower[at : at + 1] == ("of",) and at < phrase.end:
        at += 1
    while at < phrase.end and (phrase.lower[at] in _DEFINITE or phrase.lower[at] in _ARTICLES):
        at += 1
    first, has_noun = at, False
    while at < phrase.stop and _names(phrase, at, has_noun=has_noun):
        if at >= phrase.end and (has_noun or phrase.upos(at) == "PROPN"):
            break
        has_noun = has_noun or phrase.upos(at) in NOUNS
        at += 1
    if not has_noun and at > phrase.end:
        at = max(first, phrase.end)
    while at > first + 1 and phrase.lower[first] in known.singles["plain"]:
        first += 1
    return first, at


def _names(phrase: Phrase, at: int, *, has_noun: bool) -> bool:
    """Whether a word goes on with the words of who is counted."""
    pos, word = phrase.upos(at), phrase.lower[at]
    if word in load_number_words().singles["part"]:
        return False
    if pos == "PROPN" and (has_noun and phrase.upos(at - 1) == "NOUN"):
        return False
    if word == "-":
        return phrase.adjoins(at)
    if pos == "VERB":
        shaped = word.endswith(("ed", "ing"))
        return shaped and not has_noun and phrase.upos(at + 1) in NAMING
    if phrase.lower[at - 1] == "-" and phrase.adjoins(at - 1):
        return pos != "PUNCT"
    return pos in NAMING and phrase.name(at, at + 1) != "tim" and (pos != "NUM" or not has_noun)


def _read_single(known: NumberWords, phrase: Phrase, at: int) -> tuple[Counted | None, int]:
    """One person or thing without a number: "a policeman", "his wife", a name."""
    word = phrase.lower[at]
    opened = int(word in known.singles["one"] or word in known.singles["owner"])
    first, end = _single_noun(phrase, at + opened)
    if first >= end:
        return None, at + 1
    named = _is_person(phrase, end)
    if not named and not _is_single(known, phrase, at, end, opened=bool(opened)):
        return None, end
    article = word in known.singles["one"] or word in known.singles["owner"] or word == "the"
    of = phrase.span(first if article else at, end).words(phrase.analysis.text)
    return Counted(1, 1, of, phrase.span(at, end), single=True), end


def _single_noun(phrase: Phrase, at: int) -> tuple[int, int]:
    first = at
    if phrase.lower[at : at + 1] == ("the",):
        first = at = at + 1
    has_noun = False
    while at < phrase.end and (phrase.upos(at) in NOUNS or _names(phrase, at, has_noun=has_noun)):
        has_noun = has_noun or phrase.upos(at) in NOUNS
        at += 1
    return first, at


def _is_person(phrase: Phrase, end: int) -> bool:
    """Whether words are the name of a person, as far as names are known."""
    if not phrase.people or phrase.lower[end : end + 1] in (("'s",), ("’s",)):
        return False
    capital = phrase.upos(end - 1) == "PROPN"
    return capital and phrase.name(end - 1, end) == "per"


def _is_single(known: NumberWords, phrase: Phrase, at: int, end: int, *, opened: bool) -> bool:
    head = phrase.lower[end - 1]
    many = known.has("collective", head) or head in known.singles["plural"]
    if many or phrase.lower[end : end + 1] in (("'s",), ("’s",)):
        return False
    if known.has("measure", head) or known.has("age", head):
        return False
    if phrase.people and known.has("thing", head):
        return False
    is_plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    if phrase.lower[at] in known.singles["one"]:
        return phrase.lower[end : end + 1] != ("of",) or not known.has("collective", head)
    if is_plural:
        return False
    if opened:
        return True
    follows = phrase.lower[at - 1 : at] == ("and",) and at > phrase.first
    noun = phrase.upos(end - 1) == "NOUN" and phrase.upos(at) in NAMING
    return phrase.people and noun and (phrase.bare or (follows and end == at + 1))
