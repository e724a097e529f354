"""Whether what is only supposed lies ahead ("could attack") or back ("may have attacked")."""

from allegata.grounding.happenings import Happenings
from allegata.grounding.syntax import Syntax
from allegata.types import Act, Claim

__all__ = ["lies_ahead"]

_AHEAD_ACTS = frozenset({Act.PREDICT, Act.DEMAND, Act.THREATEN, Act.PROMISE})
_MODALS = frozenset("will 'll ’ll wo shall would could may might can ca should must".split())
_PAST = frozenset("had was were did has have having been 've ’ve".split())
_CONDITIONS = frozenset("if unless lest should whether".split())
_AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
_HIGHEST = 4
"""How many steps above a noun its verb may stand."""


def lies_ahead(syntax: Syntax, sentence: int, word: int, claim: Claim) -> bool:
    """Tell by the tense of its verb whether a supposed event lies ahead.

    Args:
        syntax: Of the document's sentences. The tense of a cue says nothing of what is said.
        sentence: Number of the sentence that holds the event.
        word: The head of its trigger.
        claim: The one that carries it: what is threatened, demanded, promised or predicted lies
            ahead unless its verb is in the perfect.

    Returns:
        False where nothing shows that it lies ahead.
    """
    happenings = syntax.sentence(sentence)
    verb = _verb_of(syntax, happenings, word)
    for _ in range(_HIGHEST):
        told = _tense(syntax, happenings, verb, claim)
        if told is not None:
            return told
        head = happenings.head(verb)
        if happenings.relation(verb) != "conj" or syntax.analysis.upos[head] != "VERB":
            break
        verb = head
    return False


def _tense(syntax: Syntax, happenings: Happenings, verb: int, claim: Claim) -> bool | None:
    """Whether a verb looks ahead; None where it shows no tense, so that one it is joined to may."""
    word = syntax.analysis.word
    small = {word(n).lower() for n in happenings.dependents(verb, *_AUXILIARIES)}
    if "have" in small or (not _MODALS & small and _PAST & small):
        return False
    marks = {word(n).lower() for n in happenings.dependents(verb, "mark", "advmod")}
    if claim.act in _AHEAD_ACTS or _MODALS & small or "to" in marks or marks & _CONDITIONS:
        return True
    return False if small else None


def _verb_of(syntax: Syntax, happenings: Happenings, word: int) -> int:
    """The verb that tells the tense of a word: itself, or the first above it that is no cue."""
    at = word
    for _ in range(_HIGHEST):
        head = happenings.head(at)
        own = any(True for _ in happenings.dependents(at, *_AUXILIARIES))
        if syntax.analysis.upos[at] in ("VERB", "AUX") or own or head == at or head in syntax.cues:
            break
        at = head
    return at
