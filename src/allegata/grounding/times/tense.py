"""Whether an expression lies ahead ("will meet on Friday") or back ("attacked on Friday")."""

from functools import lru_cache

from allegata.grounding.times.tokens import Tokens, shouts

__all__ = ["looks_ahead"]

_REACH = 16
"""How many words away a verb may stand."""

_AHEAD_WORDS = frozenset(
    (
        "will shall ll would must should may might expected scheduled planned plans planning"
        " slated upcoming forthcoming deadline ahead tomorrow vows promises intends hopes"
    ).split()
)
_BACK_WORDS = frozenset(
    (
        "was were did said told been became began broke brought came carried caught died"
        " drove fell fled flew fought found gave got went held hit kept knew led left lost"
        " made met overran ran rose saw sent shot spoke spread stole stood struck swept took"
        " thought threw withdrew won woke wrote happened occurred erupted heard built bought sought"
        " taught felt dealt drew drank ate grew hid laid lay paid rode rang sang sank slept sold"
        " swore tore wore fed forbade forgot froze stuck wept shook bound clung flung sprang swam"
    ).split()
)
_NOT_PAST = frozenset("need speed indeed proceed exceed succeed feed seed red united armed".split())
_JOINTS = frozenset("and but while whereas who which because although though or".split())
_BELIEVED = frozenset(
    "found believed said thought known reported appear appears appeared seem seems proved"
    " alleged considered supposed understood".split()
)
_TO_DO = frozenset(
    "be meet begin start hold arrive take visit resume vote leave travel expire end speak appear"
    " address make come go open close deliver discuss sign announce return face stand run decide"
    " enter conclude present launch fly convene gather continue host attend receive".split()
)
_PLANNING = frozenset("is are was were set due about going".split())
_NOTHING, _AHEAD, _PERHAPS, _BACK, _PARTICIPLE, _JOINT, _STOP = "-ambpj."
_LONGEST_TITLE = 3
"""A full stop after "Mr" or "Gen" ends no clause."""
_PUNCTUATION = dict.fromkeys([*".;:!?—", "\n\n"], _STOP)


def looks_ahead(tokens: Tokens, first: int, last: int) -> bool | None:
    """Tell by the nearest tense word of the clause whether an expression lies ahead.

    Words before the expression decide; where none of them shows a tense, those after it do.

    Args:
        tokens: The stretch that holds the expression.
        first: Its first token.
        last: One past its last token.

    Returns:
        True where it lies ahead, False where it lies back, None where no word shows a tense.
    """
    marks = _marks(tokens)
    seen_participle = False
    for mark in reversed(marks[max(0, first - _REACH) : first]):
        if mark == _STOP:
            break
        if mark in (_AHEAD, _PERHAPS, _BACK):
            return mark != _BACK
        # "will stay, and the others fled": the verb before "and" says nothing about "fled"
        if mark == _JOINT and seen_participle:
            return False
        seen_participle = seen_participle or mark == _PARTICIPLE
    if seen_participle:
        return False
    for mark in marks[last : last + _REACH]:
        if mark == _STOP:
            break
        if mark in (_AHEAD, _BACK, _PARTICIPLE):
            return mark == _AHEAD
    return None


@lru_cache(maxsize=2)
def _marks(tokens: Tokens) -> str:
    """What each token of a stretch shows of tense, one character each."""
    return "".join(
        _mark(tokens, index, word.lower()) if word[0].isalpha() else _pause(tokens, index, word)
        for index, word in enumerate(tokens.words)
    )


def _pause(tokens: Tokens, index: int, mark: str) -> str:
    before = tokens.word(index - 1)
    if mark == "." and len(before) <= _LONGEST_TITLE and before[:1].isupper():
        return _NOTHING
    return _PUNCTUATION.get(mark, _NOTHING)


def _mark(tokens: Tokens, index: int, word: str) -> str:
    if word in _AHEAD_WORDS:
        # A capitalised "May" is the month, and "Will" a name; modals are written small.
        doubtful = word == "may" or (word == "will" and not shouts(tokens))
        if index and doubtful and tokens.words[index][0].isupper():
            return _NOTHING
        if tokens.word(index + 1) == "have" and word not in ("will", "shall", "ll"):
            return _BACK
        # "the strike on Friday may be the deadliest": only before a time does it look ahead.
        return _PERHAPS if word in ("may", "might") else _AHEAD
    if word in _BACK_WORDS:
        # "is to be held": a participle shows no tense
        return _NOTHING if tokens.word(index - 1) in ("be", "been", "being") else _BACK
    if word in _JOINTS:
        return _JOINT
    if word in ("has", "have", "had"):
        return _AHEAD if tokens.word(index + 1) == "to" else _NOTHING
    if word == "due":
        return _NOTHING if tokens.word(index + 1) == "to" else _AHEAD
    if word == "to":
        return _AHEAD if _is_plan(tokens, index) else _NOTHING
    past = word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST
    return _PARTICIPLE if past else _NOTHING


def _is_plan(tokens: Tokens, index: int) -> bool:
    """Whether a "to" says what is planned: "is to meet", "set to leave", "to be held"."""
    before, after = tokens.word(index - 1).lower(), tokens.word(index + 1).lower()
    if before in _PLANNING:
        return after in _TO_DO
    return after == "be" and before not in _BELIEVED
