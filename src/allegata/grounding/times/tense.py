"""Whether an expression lies ahead ("will meet on Friday") or back ("attacked on Friday")."""

from allegata.grounding.times.tokens import Tokens

__all__ = ["looks_ahead"]

_REACH = 16
"""How many words away a verb may stand."""

_AHEAD = frozenset(
    (
        "will shall ll would must should may might expected scheduled planned plans planning"
        " slated upcoming forthcoming deadline ahead tomorrow vows promises intends hopes"
    ).split()
)
_BACK = frozenset(
    (
        "was were did said told been became began broke brought came carried caught died"
        " drove fell fled flew fought found gave got went held hit kept knew led left lost"
        " made met overran ran rose saw sent shot spoke spread stole stood struck swept took"
        " thought threw withdrew won woke wrote happened occurred erupted"
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
_STOPS = frozenset({"dot", "stop", "BREAK", "longdash"})


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
    seen_participle = False
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if tokens.name(index) in _STOPS:
            break
        if seen_participle and tokens.words[index].lower() in _JOINTS:
            return False
        ahead = _shows(tokens, index)
        if ahead is not None:
            return ahead
        seen_participle = seen_participle or _is_past_form(tokens.words[index])
    if seen_participle:
        return False
    for index in range(last, min(len(tokens.words), last + _REACH)):
        if tokens.name(index) in _STOPS:
            break
        ahead = _shows(tokens, index)
        if ahead is not None:
            return ahead
        if _is_past_form(tokens.words[index]):
            return False
    return None


def _shows(tokens: Tokens, index: int) -> bool | None:
    """True for a word that looks ahead, False for one that looks back, None for any other."""
    written = tokens.words[index]
    word = written.lower()
    if word in _AHEAD:
        # A capitalised "May" is the month, "March" never a verb; modals are written small.
        return None if written[0].isupper() and word in ("may", "will") and index else True
    after, before = tokens.word(index + 1).lower(), tokens.word(index - 1).lower()
    if word in _BACK:
        # "is to be held": a participle shows no tense
        return None if before in ("be", "been", "being") else False
    if word == "to":
        if before in ("is", "are", "was", "were", "set", "due", "about", "going"):
            return after in _TO_DO or None
        return True if after == "be" and before not in _BELIEVED else None
    if word in ("has", "have", "had"):
        return True if after == "to" else None
    if word == "due":
        return None if after == "to" else True
    return None


def _is_past_form(word: str) -> bool:
    return word.endswith("ed") and len(word) > 3 and word.lower() not in _NOT_PAST
