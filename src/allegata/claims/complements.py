"""How a content is built: a clause or a noun phrase, whose deed, when, and with which signs.

Told from words, and better with parts of speech. Only what is regular in English news is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

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


_QUOTES = frozenset("\"“”„«»‘") | {"``", "''"}
_MARKS = _QUOTES | frozenset("',;:.!?()[]—–…’") | {"--", "...", ".."}
_ENDS = frozenset(".!?;:") | {"..."}
_OPENERS = frozenset(
    "if when unless once until after before while although though because since as in on at by"
    " during with without despite following from under for".split()
)
_BOUNDARIES = frozenset(
    "that which who whom whose where when because since although though while if unless until"
    " before after and but or so as than whether how why".split()
)
_CONNECTORS = frozenset("that whether why how what who".split())
_QUESTION_WORDS = frozenset("whether if why how who whom whose what when where which".split())
_BE = frozenset("is are was were am 's 're 'm be been being".split())
_HAVE = frozenset("has have had 've".split())
_DO = frozenset("do does did".split())
_SURE = frozenset("will shall wo 'll would 'd".split())
_MAYBE = frozenset("could may might".split())
_MUST = frozenset("must should ought".split())
_FINITE = (
    (_BE - {"be", "been", "being"}) | _HAVE | _DO | _SURE | _MAYBE | _MUST | {"can", "ca", "cannot"}
)
_SUBJECTS = frozenset("i we he she they".split())
_PRONOUNS = _SUBJECTS | {"it", "you", "there", "this", "that", "these", "those", "who", "what"}
_OWN_SPOKEN = frozenset("i we our my".split())
_OWN_TOLD = frozenset("it he she they its his her their".split())
_NEGATIONS = frozenset("not n't never neither nor".split())
_ADVERBS = frozenset(
    "also still already now then soon just only even always often again therefore instead".split()
)
_DETERMINERS = frozenset(
    "a an the this that these those his her its their our my your some any no every each all both"
    " two three four five six seven eight nine ten".split()
)
_NOT_BEFORE_PAST = (
    _DETERMINERS | _BE | _HAVE | frozenset("of in on at by with from for to and or as very newly".split())
)
_NO_DEED = frozenset(
    "be have like love prefer see lose suffer need know face die think believe want hope benefit"
    " feel remain understand seem".split()
)
_COURTESIES = frozenset(
    "add argue assume call describe expect guess hope imagine like love note prefer say suggest"
    " urge venture".split()
)
_SENSED = frozenset("hear see feel smell taste remember find".split())
_NO_VERB = _ADVERBS | frozenset("to of in on as for with at from by and or but who that not".split())
_STATES = frozenset("want think believe know understand see expect need like have feel".split())
_BEFORE_MONTHS = frozenset("in of since until last next late early mid".split())
_LONGEST_OPENING = 18
_SHORTEST_CLAUSE = 3

_Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
_Signs = Mapping[str, _Phrases]


@dataclass(frozen=True, slots=True)
class _Clause:
    """The main clause of a content.

    Attributes:
        words: In small letters, without marks at its borders.
        upos: Beside them, or empty.
        verb: Index of its finite verb, or None where it has none.
        spoken: Whether it stands in quotation marks from the beginning.
        embedded: Whether it follows a noun phrase.
    """

    words: tuple[str, ...]
    upos: tuple[str, ...]
    verb: int | None
    spoken: bool
    embedded: bool = False

    @property
    def subject(self) -> tuple[str, ...]:
        return self.words[: self.verb] if self.verb is not None else ()

    @property
    def predicate(self) -> tuple[str, ...]:
        return self.words[self.verb :] if self.verb is not None else ()


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
    if not any(word not in _MARKS for word in words.words):
        return frozenset()
    clause = _main_clause(words, lexicon)
    found = {*_forms(words, clause), *_signs(words, clause, lexicon.signs)}
    is_own = _is_own(clause) if own is None else own and not _is_expletive(clause)
    if _is_imperative(words, clause, lexicon.signs):
        return frozenset(found - {Complement.FINITE, Complement.EMBEDDED} | {Complement.IMPERATIVE})
    if Complement.FINITE in found and clause.verb is not None:
        found.add(Complement.OWN_FINITE if is_own else Complement.OTHER_FINITE)
        found |= _predications(clause, lexicon, is_own=is_own)
        found |= _stances(clause, lexicon.signs, is_own=is_own)
    return frozenset(found)


# ---------------------------------------------------------------------------------- the clause


def _main_clause(content: Phrase, lexicon: CueLexicon) -> _Clause:
    words, upos = content.words, content.upos
    spoken = words[0] in _QUOTES
    start = _skip_opening(words)
    end = next((i for i in range(start + 1, len(words)) if words[i] in _ENDS), len(words))
    kept = [i for i in range(start, end) if words[i] not in _QUOTES]
    clause = tuple(words[i] for i in kept)
    tags = tuple(upos[i] for i in kept) if upos else ()
    verb = _find_verb(clause, tags, lexicon)
    if verb is None and (inner := _embedded_clause(clause, tags, lexicon)) is not None:
        return inner
    return _Clause(clause, tags, verb, spoken)


def _embedded_clause(
    words: tuple[str, ...], upos: tuple[str, ...], lexicon: CueLexicon
) -> _Clause | None:
    """The clause that a noun phrase or an addressee introduces: "residents that ..."."""
    for index in range(1, len(words) - 2):
        if words[index] not in _CONNECTORS:
            continue
        rest, tags = words[index + 1 :], upos[index + 1 :]
        verb = _find_verb(rest, tags, lexicon)
        if verb:
            return _Clause(rest, tags, verb, spoken=False, embedded=True)
    return None


def _skip_opening(words: Sequence[str]) -> int:
    """Where the main clause begins, after "that" and an adverbial closed by a comma."""
    start = 0
    while start < len(words) and (words[start] in _MARKS or words[start] in {"that", "and", "but"}):
        start += 1
    if start < len(words) and (words[start] in _OPENERS or words[start].endswith("ly")):
        for index in range(start, min(len(words), start + _LONGEST_OPENING)):
            if words[index] == ",":
                return index + 1
    return start if start < len(words) else 0


def _find_verb(
    words: Sequence[str], upos: Sequence[str], lexicon: CueLexicon
) -> int | None:
    """The finite verb of the main clause, which no clause boundary may precede."""
    for index, word in enumerate(words):
        if word in _BOUNDARIES and index and not _is_apposed(words, index):
            rest = _after_relative(words, upos, index, lexicon)
            return rest
        if _is_finite(words, upos, index, lexicon):
            return index
        if word == "to" and index and _begins_infinitive(words, upos, index):
            return _verb_after_infinitive(words, upos, index)
    return None


def _is_apposed(words: Sequence[str], index: int) -> bool:
    """Whether a boundary word only joins nouns: "the army and the police"."""
    return words[index] in {"and", "or", "but", "as", "than", "before", "after", "since", "so"}


def _after_relative(
    words: Sequence[str], upos: Sequence[str], boundary: int, lexicon: CueLexicon
) -> int | None:
    """The main verb after a relative clause: the second one ("those who fired will pay")."""
    if words[boundary] not in {"who", "which", "that", "whose", "whom", "where"}:
        return None
    verbs = [i for i in range(boundary + 1, len(words)) if _is_finite(words, upos, i, lexicon)]
    apart = [i for n, i in enumerate(verbs) if n and i > verbs[n - 1] + 1]
    return apart[0] if apart else None


def _verb_after_infinitive(words: Sequence[str], upos: Sequence[str], to: int) -> int | None:
    """The auxiliary after "efforts to end the war", unless another clause has begun."""
    for index in range(to + 1, len(words)):
        if words[index] in _BOUNDARIES or words[index] in {",", ";"}:
            return None
        if words[index] in _FINITE and words[index] not in {"'s", "'d", "can"}:
            return index
    return None


def _is_finite(
    words: Sequence[str], upos: Sequence[str], index: int, lexicon: CueLexicon
) -> bool:
    word, before = words[index], words[index - 1] if index else ""
    tag = upos[index] if upos else ""
    if word in {"'s", "'d"}:
        return tag in {"AUX", "VERB"} if tag else before in _PRONOUNS
    if word == "may" and (before in _BEFORE_MONTHS or words[index + 1 : index + 2] == (",",)):
        return False
    if word in _FINITE:
        return tag in {"", "AUX", "VERB"} and before != "to"
    if tag:
        return tag == "VERB" and _is_finite_verb(words, upos, index)
    subject = _word_before_adverbs(words, index)
    if subject in _SUBJECTS or (subject in {"it", "you", "there"} and index <= 3):
        return word.isalpha() and word not in _NO_VERB and not word.endswith("ly")
    if not index or before in _NOT_BEFORE_PAST:
        return False
    if word.endswith("ed") and len(word) > 4:
        return not _is_participle(words, index)
    return word in lexicon.signs.get("past", {})


def _is_finite_verb(words: Sequence[str], upos: Sequence[str], index: int) -> bool:
    """Whether a word tagged as a verb is finite: no infinitive, participle or imperative."""
    word, before = words[index], _word_before_adverbs(words, index)
    if not before or before in {"to", *_BE, *_HAVE, *_DO, *_SURE, *_MAYBE, *_MUST}:
        return False
    if word.endswith("ing"):
        return False
    if word.endswith("ed") and _is_participle(words, index):
        return False
    return upos[index - 1] not in {"DET", "ADP", "AUX"}


def _is_participle(words: Sequence[str], index: int) -> bool:
    following = words[index + 1] if index + 1 < len(words) else ""
    return following in {"by", "in", "on", "at", "during", "near", "from"} and any(
        word in _FINITE for word in words[index + 1 :]
    ) or following == "by"


def _word_before_adverbs(words: Sequence[str], index: int) -> str:
    for place in range(index - 1, -1, -1):
        word = words[place]
        if word not in _ADVERBS and word not in _NEGATIONS and not word.endswith("ly"):
            return word
    return ""


def _begins_infinitive(words: Sequence[str], upos: Sequence[str], to: int) -> bool:
    if to + 1 >= len(words):
        return False
    following = words[to + 1]
    if upos:
        return upos[to + 1] in {"VERB", "AUX", "ADV"}
    return following.isalpha() and following not in _DETERMINERS | _PRONOUNS and len(following) > 1


# ----------------------------------------------------------------------------------- its forms


def _forms(content: Phrase, clause: _Clause) -> set[Complement]:
    words = content.words
    bare = [word for word in words if word not in _QUOTES]
    first = next((word for word in bare if word not in _MARKS), "")
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


def _is_quoted(words: Sequence[str], clause: _Clause) -> bool:
    """Whether a stretch of four words or a clause of its own stands in quotation marks."""
    marks = [index for index, word in enumerate(words) if word in _QUOTES]
    if not marks:
        return False
    borders = [*marks, len(words)]
    longest = max(b - a - 1 for a, b in zip(borders, borders[1:], strict=False))
    inside = marks[0] <= 1 and clause.verb is not None
    return longest >= 4 or inside or (marks[0] == 0 and marks[-1] >= len(words) - 2)


def _has_infinitive(clause: _Clause) -> bool:
    return any(
        word == "to" and index and _begins_infinitive(clause.words, clause.upos, index)
        for index, word in enumerate(clause.words)
    )


def _is_imperative(content: Phrase, clause: _Clause, signs: _Signs) -> bool:
    if not clause.words:
        return False
    first = clause.words[0]
    if content.upos and first in content.words:
        tag = clause.upos[0]
        if tag not in {"VERB", "AUX", "INTJ", "ADV"}:
            return False
    if first == "let" and clause.words[1:2] in (("me",), ("'s",), ("us",)):
        return False
    return first in signs.get("imperative", {}) and clause.verb in (None, 0)


# ----------------------------------------------------------------------------- what it predicates


def _is_own(clause: _Clause) -> bool:
    """Whether the subject is the source, by its pronoun."""
    first = next(iter(clause.subject), "")
    if first in _OWN_SPOKEN:
        return True
    if clause.spoken or first not in _OWN_TOLD:
        return False
    return not _is_expletive(clause)


def _is_expletive(clause: _Clause) -> bool:
    """Whether "it" stands for nobody: "it was clear that", "it would be a mistake"."""
    if clause.subject[:1] != ("it",):
        return False
    rest = [word for word in clause.predicate if word not in _NEGATIONS | _ADVERBS]
    following = rest[1:3] if rest and rest[0] in _BE else rest[2:4] if rest[1:2] == ["be"] else []
    if not following:
        return False
    deed = {"behind", "ready", "prepared", "responsible", "involved", "able", "aware"}
    return following[0] not in deed and not following[0].endswith("ing")


def _predications(
    clause: _Clause, lexicon: CueLexicon, *, is_own: bool
) -> set[Complement]:
    """Future and obligation, by the finite verb and what follows it."""
    verb, following = clause.predicate[0], _following(clause)
    found: set[Complement] = set()
    if verb in _SURE and not _is_courtesy(verb, following, is_own=is_own):
        found.add(Complement.FUTURE)
        if is_own and _is_deed(following):
            found.add(Complement.OWN_FUTURE)
    elif verb in _MAYBE and not _is_past_or_sensed(clause):
        found.add(Complement.FUTURE)
    elif verb in _BE and _is_about_to(following):
        found.add(Complement.FUTURE)
        if is_own and following[:1] == ("going",):
            found.add(Complement.OWN_FUTURE)
    elif _is_obliged(verb, following) and (not is_own or clause.subject[0] in {"we", "our"}):
        found.add(Complement.OBLIGATION)
    if is_own and _denies(clause, lexicon):
        found.add(Complement.SELF_DENIAL)
    return found


def _is_courtesy(verb: str, following: Sequence[str], *, is_own: bool) -> bool:
    """Whether "would" puts off nothing: "would have left", "we would argue that"."""
    first = next(iter(following), "")
    return verb in {"would", "'d"} and (first == "have" or (is_own and first in _COURTESIES))


def _following(clause: _Clause) -> tuple[str, ...]:
    """The words after the finite verb, without negations and adverbs."""
    return tuple(
        word
        for word in clause.predicate[1:]
        if word not in _NEGATIONS | _ADVERBS
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


def _is_past_or_sensed(clause: _Clause) -> bool:
    """Whether "may have left", "could hear" or "nobody could leave": no future."""
    rest = set(clause.predicate[1:3])
    if "have" in rest:
        return True
    negative = bool(_NEGATIONS & rest) or clause.subject[0] in {"no", "nobody", "none", "nothing"}
    return clause.predicate[0] == "could" and (negative or bool(_SENSED & rest))


def _is_about_to(following: Sequence[str]) -> bool:
    pair = tuple(following[:2])
    return pair in {
        ("going", "to"), ("about", "to"), ("set", "to"), ("bound", "to"), ("likely", "to"),
        ("expected", "to"), ("due", "to"), ("unlikely", "to"), ("poised", "to"),
    }  # fmt: skip


def _is_obliged(verb: str, following: Sequence[str]) -> bool:
    if verb in _MUST:
        return following[:1] != ("have",)
    if verb in {"has", "have", "need", "needs"}:
        return following[:1] == ("to",)
    return False


def _denies(clause: _Clause, lexicon: CueLexicon) -> bool:
    """Whether the source says that it did or had not: "it had not fired", "we took no part"."""
    verb, rest = clause.predicate[0], clause.predicate[1:]
    if verb in _SURE | _MAYBE | _MUST | {"can", "ca", "cannot"}:
        return False
    following = _following(clause)
    if verb in _DO and following[:1] and following[0] in _STATES:
        return False
    if verb in {"am", "are", "is", "was", "were", "'re", "'m"} and _is_about_to(following):
        return False
    if any(word in _NEGATIONS for word in rest[:2]) or clause.subject[-1:] == ("never",):
        return True
    return rest[:1] in (("no",), ("nothing",)) and _holds_any(rest, lexicon.signs.get("part", {}))


# -------------------------------------------------------------------------------------- its signs


def _signs(content: Phrase, clause: _Clause, signs: _Signs) -> set[Complement]:
    found = set()
    if _holds_any(content.words, signs.get("menace", {})):
        found.add(Complement.MENACE)
    if _holds_any(content.words, signs.get("evaluation", {})):
        found.add(Complement.EVALUATION)
    if _is_false(clause, signs):
        found.add(Complement.FALSEHOOD)
    return found


def _is_false(clause: _Clause, signs: _Signs) -> bool:
    """Whether what was said is called false: "the reports were baseless"."""
    sayings = signs.get("saying", {})
    subject = clause.subject or clause.words[:6]
    about = any(word in sayings for word in subject) or subject[:1] in (("this",), ("these",), ("it",), ("that",))
    return about and _holds_any(clause.words, signs.get("falsehood", {}))


def _stances(clause: _Clause, signs: _Signs, *, is_own: bool) -> set[Complement]:
    found = set()
    predicate = clause.predicate
    if is_own and _holds_any(predicate, signs.get("ignorance", {})):
        found.add(Complement.IGNORANCE)
    negated = any(word in _NEGATIONS for word in predicate[:3])
    if not negated and _holds_any(predicate[:8], signs.get("deed" if is_own else "blame", {})):
        found.add(Complement.DEED if is_own else Complement.BLAME)
    return found


def _holds_any(words: tuple[str, ...], phrases: _Phrases) -> bool:
    return any(
        words[place : place + len(phrase)] == phrase
        for place, word in enumerate(words)
        for phrase in phrases.get(word, ())
    )
