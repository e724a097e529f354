"""How a content is built: a clause or a noun phrase, whose deed, when, and with which signs.

Told from words, and better with parts of speech. Only what is regular in English news is told.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from allegata.claims.clauses import (
    ADVERBS,
    BE,
    DO,
    MARKS,
    MAYBE,
    MUST,
    NEGATIONS,
    QUOTES,
    SURE,
    Clause,
    begins_infinitive,
    find_clause,
)
from allegata.claims.cues import CueLexicon, Phrase

__all__ = ["Complement", "find_complements"]


class Complement(Enum):
    """What may be told of a content. One content has several."""

    FINITE = "finite"
    """A clause with a finite main verb."""
    EMBEDDED = "embedded"
    """A noun phrase with such a clause inside: "residents that the dam was safe"."""
    OWN_FINITE = "own-finite"
    """Such a clause about the source itself."""
    OTHER_FINITE = "other-finite"
    INFINITIVE = "infinitive"
    """Somebody and what they should do: "the guards to leave"."""
    TO_INFINITIVE = "to-infinitive"
    """What the source itself does: "to leave"."""
    GERUND = "gerund"
    NOUN = "noun"
    """Neither clause nor infinitive."""
    QUOTED = "quoted"
    """Quotation marks around more than a name or a term."""
    QUESTION = "question"
    """A direct or indirect question."""
    ASKED = "asked"
    """A direct question."""
    IMPERATIVE = "imperative"
    FUTURE = "future"
    OWN_FUTURE = "own-future"
    """What the source itself will do."""
    OBLIGATION = "obligation"
    SELF_DENIAL = "self-denial"
    """What the source itself did not do."""
    DEED = "deed"
    """That the source itself did what others call a deed."""
    BLAME = "blame"
    FALSEHOOD = "falsehood"
    """That what was said is false."""
    IGNORANCE = "ignorance"
    """That the source cannot tell."""
    MENACE = "menace"
    EVALUATION = "evaluation"
    """Words that condemn."""


_QUESTION_WORDS = frozenset("whether if why how who whom whose what when where which".split())
_OWN_SPOKEN = frozenset("i we our my".split())
_OWN_TOLD = frozenset("it its he she they".split())
_POSSESSIVES = frozenset("his her their".split())
_NO_DEED = frozenset(
    "be have like love prefer see lose suffer need know face die think believe want hope benefit"
    " feel remain understand seem".split()
)
_COURTESIES = frozenset(
    "add argue assume call describe expect guess hope imagine like love note prefer say suggest"
    " urge venture".split()
)
_SENSED = frozenset("hear see feel smell taste remember find".split())
_STATES = frozenset("want think believe know understand see expect need like have feel".split())
_NOBODY = frozenset((("no",), ("nobody",), ("none",), ("nothing",)))
_WE = frozenset((("we",), ("our",)))
_SHORTEST_CLAUSE = 3


_Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
_Signs = Mapping[str, _Phrases]


@lru_cache(maxsize=512)  # a claim is asked whether it counts, and later what is done by it
def find_complements(
    content: Phrase, lexicon: CueLexicon, *, own: bool | None = None
) -> frozenset[Complement]:
    """Tell how a content is built.

    Args:
        content: Its words.
        lexicon: Supplies irregular forms and signs.
        own: Whether the subject of the content refers to the source; None where unknown, so that
            "we" and, outside of quotation marks, "it", "he", "she" and "they" are taken for it.

    Returns:
        All that holds; empty for a content without words.
    """
    words = content.plain()
    if not any(word not in MARKS for word in words.words):
        return frozenset()
    clause = find_clause(words, lexicon)
    found = {*_forms(words, clause), *_signs(words, clause, lexicon.signs)}
    is_own = _is_own(clause, lexicon.signs) if own is None else own and not _is_expletive(clause)
    if _is_imperative(words, clause, lexicon.signs):
        return frozenset(found - {Complement.FINITE, Complement.EMBEDDED} | {Complement.IMPERATIVE})
    if Complement.FINITE in found and clause.verb is not None:
        found.add(Complement.OWN_FINITE if is_own else Complement.OTHER_FINITE)
        found |= _predications(clause, lexicon, is_own=is_own)
        found |= _stances(clause, lexicon.signs, is_own=is_own)
    return frozenset(found)


# ----------------------------------------------------------------------------------- its forms


def _forms(content: Phrase, clause: Clause) -> set[Complement]:
    words = content.words
    bare = [word for word in words if word not in QUOTES]
    first = next((word for word in bare if word not in MARKS), "")
    found = set()
    if _is_quoted(words, clause):
        found.add(Complement.QUOTED)
    if bare[-1:] == ["?"]:
        found |= {Complement.QUESTION, Complement.ASKED}
    if first in _QUESTION_WORDS and clause.words[:1] and not clause.spoken:
        found.add(Complement.QUESTION)
    if first == "to":
        found.add(Complement.TO_INFINITIVE)
    elif clause.verb is not None:
        found.add(Complement.FINITE)
        if clause.embedded:
            found.add(Complement.EMBEDDED)
    elif content.words[0] == "that" and len(content.words) > _SHORTEST_CLAUSE:
        found.add(Complement.FINITE)
    elif first.endswith("ing") and len(first) > 4:
        found.add(Complement.GERUND)
    elif _has_infinitive(clause):
        found.add(Complement.INFINITIVE)
    if not found & {Complement.FINITE, Complement.TO_INFINITIVE, Complement.INFINITIVE}:
        found.add(Complement.NOUN)
    return found


def _is_quoted(words: Sequence[str], clause: Clause) -> bool:
    """Whether a stretch of four words or a clause of its own stands in quotation marks."""
    marks = [index for index, word in enumerate(words) if word in QUOTES]
    if not marks:
        return False
    borders = [*marks, len(words)]
    longest = max(b - a - 1 for a, b in pairwise(borders))
    inside = marks[0] <= 1 and clause.verb is not None
    return longest >= 4 or inside or (marks[0] == 0 and marks[-1] >= len(words) - 2)


def _has_infinitive(clause: Clause) -> bool:
    return any(
        word == "to" and index and begins_infinitive(clause.words, clause.upos, index)
        for index, word in enumerate(clause.words)
    )


def _is_imperative(content: Phrase, clause: Clause, signs: _Signs) -> bool:
    if not clause.words:
        return False
    first = clause.words[0]
    if content.upos and first in content.words:
        tag = clause.upos[0]
        if tag not in {"VERB", "AUX", "INTJ", "ADV"}:
            return False
    if first == "let" and clause.words[1:2] in (("me",), ("'s",), ("us",)):
        return False
    if first not in signs.get("imperative", {}):
        return False
    return first == "let" or bool(content.upos) or clause.verb in (None, 0)


# ----------------------------------------------------------------------------- what it predicates


def _is_own(clause: Clause, signs: _Signs) -> bool:
    """Whether the subject is the source, by its pronoun."""
    first = next(iter(clause.subject), "")
    if first in _OWN_SPOKEN:
        return True
    if clause.spoken or clause.opened:
        return False
    if first in _POSSESSIVES:
        return clause.subject[1] in signs.get("forces", {}) if len(clause.subject) > 1 else False
    return first in _OWN_TOLD and not _is_expletive(clause)


def _is_expletive(clause: Clause) -> bool:
    """Whether "it" stands for nobody: "it was clear that", "it would be a mistake"."""
    if clause.subject[:1] != ("it",):
        return False
    rest = [word for word in clause.predicate if word not in NEGATIONS | ADVERBS]
    following = rest[1:3] if rest and rest[0] in BE else rest[2:4] if rest[1:2] == ["be"] else []
    if not following:
        return False
    deed = {"behind", "ready", "prepared", "responsible", "involved", "able", "aware"}
    return following[0] not in deed and not following[0].endswith("ing")


def _predications(clause: Clause, lexicon: CueLexicon, *, is_own: bool) -> set[Complement]:
    """Future and obligation, by the finite verb and what follows it."""
    verb, following = clause.predicate[0], _following(clause)
    found: set[Complement] = set()
    if verb in SURE and not _is_courtesy(verb, following, is_own=is_own):
        found.add(Complement.FUTURE)
        if is_own and _is_deed(following):
            found.add(Complement.OWN_FUTURE)
    elif verb in MAYBE and not _is_past_or_sensed(clause):
        found.add(Complement.FUTURE)
    elif verb in BE and _is_about_to(following):
        found.add(Complement.FUTURE)
        if is_own and following[:1] == ("going",):
            found.add(Complement.OWN_FUTURE)
    elif _is_obliged(verb, following) and (not is_own or clause.subject[:1] in _WE):
        found.add(Complement.OBLIGATION)
    if is_own and _denies(clause, lexicon):
        found.add(Complement.SELF_DENIAL)
    return found


def _is_courtesy(verb: str, following: Sequence[str], *, is_own: bool) -> bool:
    """Whether "would" puts off nothing: "would have left", "we would argue that"."""
    first = next(iter(following), "")
    return verb in {"would", "'d"} and (first == "have" or (is_own and first in _COURTESIES))


def _following(clause: Clause) -> tuple[str, ...]:
    """The words after the finite verb, without negations and adverbs."""
    return tuple(
        word
        for word in clause.predicate[1:]
        if word not in NEGATIONS | ADVERBS
        and (not word.endswith("ly") or word in {"likely", "unlikely", "rely", "apply"})
    )


def _is_deed(following: Sequence[str]) -> bool:
    if not following:
        return False
    if following[0] == "be":
        return len(following) > 1 and (
            following[1].endswith("ing") or following[1] in {"ready", "able", "there", "back"}
        )
    return following[0] not in _NO_DEED


def _is_past_or_sensed(clause: Clause) -> bool:
    """Whether "may have left", "could hear" or "nobody could leave": no future."""
    rest = set(clause.predicate[1:3])
    if "have" in rest:
        return True
    negative = bool(NEGATIONS & rest) or clause.subject[:1] in _NOBODY
    return clause.predicate[0] == "could" and (negative or bool(_SENSED & rest))


def _is_about_to(following: Sequence[str]) -> bool:
    pair = tuple(following[:2])
    return pair in {
        ("going", "to"), ("about", "to"), ("set", "to"), ("bound", "to"), ("likely", "to"),
        ("expected", "to"), ("due", "to"), ("unlikely", "to"), ("poised", "to"),
    }  # fmt: skip


def _is_obliged(verb: str, following: Sequence[str]) -> bool:
    if verb in MUST:
        return following[:1] != ("have",)
    if verb in {"has", "have", "need", "needs"}:
        return following[:1] == ("to",)
    return False


def _denies(clause: Clause, lexicon: CueLexicon) -> bool:
    """Whether the source says that it did or had not: "it had not fired", "we took no part"."""
    verb, rest = clause.predicate[0], clause.predicate[1:]
    if verb in SURE | MAYBE | MUST | {"can", "ca", "cannot"}:
        return False
    following = _following(clause)
    if verb in DO and following[:1] and following[0] in _STATES:
        return False
    if verb in {"am", "are", "is", "was", "were", "'re", "'m"} and _is_about_to(following):
        return False
    if any(word in NEGATIONS for word in rest[:2]) or clause.subject[-1:] == ("never",):
        return True
    return rest[:1] in (("no",), ("nothing",)) and _holds_any(rest, lexicon.signs.get("part", {}))


# -------------------------------------------------------------------------------------- its signs


def _signs(content: Phrase, clause: Clause, signs: _Signs) -> set[Complement]:
    found = set()
    if _holds_any(content.words, signs.get("menace", {})):
        found.add(Complement.MENACE)
    if _holds_any(content.words, signs.get("evaluation", {})):
        found.add(Complement.EVALUATION)
    if _is_false(clause, signs):
        found.add(Complement.FALSEHOOD)
    return found


def _is_false(clause: Clause, signs: _Signs) -> bool:
    """Whether what was said is called false: "the reports were baseless"."""
    sayings = signs.get("saying", {})
    subject = clause.subject or clause.words[:6]
    about = any(word in sayings for word in subject) or subject[:1] in (
        ("this",),
        ("these",),
        ("it",),
        ("that",),
    )
    return about and _holds_any(clause.words, signs.get("falsehood", {}))


def _stances(clause: Clause, signs: _Signs, *, is_own: bool) -> set[Complement]:
    found = set()
    predicate = clause.predicate
    if is_own and _holds_any(predicate, signs.get("ignorance", {})):
        found.add(Complement.IGNORANCE)
    negated = any(word in NEGATIONS for word in predicate[:3])
    if not negated and _holds_any(predicate[:8], signs.get("deed" if is_own else "blame", {})):
        found.add(Complement.DEED if is_own else Complement.BLAME)
    return found


def _holds_any(words: tuple[str, ...], phrases: _Phrases) -> bool:
    return any(
        words[place : place + len(phrase)] == phrase
        for place, word in enumerate(words)
        for phrase in phrases.get(word, ())
    )
