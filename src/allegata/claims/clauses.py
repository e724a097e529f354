"""The main clause of a content: its subject, its finite verb, what it predicates.

Told from words, and better with parts of speech. A clause boundary before the verb ends the search.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from allegata.claims.cues import CueLexicon, Phrase

__all__ = [
    "ADVERBS",
    "BE",
    "DO",
    "MARKS",
    "MAYBE",
    "MUST",
    "NEGATIONS",
    "QUOTES",
    "SURE",
    "Clause",
    "begins_infinitive",
    "find_clause",
]

QUOTES = frozenset('"“”„«»‘') | {"``", "''"}
MARKS = QUOTES | frozenset("',;:.!?()[]—–…’") | {"--", "...", ".."}
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
BE = frozenset("is are was were am 's 're 'm be been being".split())
_HAVE = frozenset("has have had 've".split())
DO = frozenset("do does did".split())
SURE = frozenset("will shall wo 'll would 'd".split())
MAYBE = frozenset("could may might".split())
MUST = frozenset("must should ought".split())
_FINITE = (
    (BE - {"be", "been", "being"}) | _HAVE | DO | SURE | MAYBE | MUST | {"can", "ca", "cannot"}
)
_SUBJECTS = frozenset("i we he she they".split())
_PRONOUNS = _SUBJECTS | {"it", "you", "there", "this", "that", "these", "those", "who", "what"}
NEGATIONS = frozenset("not n't never neither nor".split())
ADVERBS = frozenset(
    "also still already now then soon just only even always often again therefore instead".split()
)
_DETERMINERS = frozenset(
    "a an the this that these those his her its their our my your some any no every each all both"
    " two three four five six seven eight nine ten".split()
)
_NOT_BEFORE_PAST = (
    _DETERMINERS
    | BE
    | _HAVE
    | frozenset("of in on at by with from for to and or as very newly".split())
)
_NO_VERB = ADVERBS | frozenset("to of in on as for with at from by and or but who that not".split())
_BEFORE_MONTHS = frozenset("in of since until last next late early mid".split())
_LONGEST_OPENING = 18


@dataclass(frozen=True, slots=True)
class Clause:
    """The main clause of a content.

    Attributes:
        words: In small letters, without marks at its borders.
        upos: Beside them, or empty.
        verb: Index of its finite verb, or None where it has none.
        spoken: Whether it stands in quotation marks from the beginning.
        embedded: Whether it follows a noun phrase.
        opened: Whether another clause or an adverbial stands before it.
    """

    words: tuple[str, ...]
    upos: tuple[str, ...]
    verb: int | None
    spoken: bool
    embedded: bool = False
    opened: bool = False

    @property
    def subject(self) -> tuple[str, ...]:
        """What stands before the verb."""
        return self.words[: self.verb] if self.verb is not None else ()

    @property
    def predicate(self) -> tuple[str, ...]:
        """The verb and what follows it."""
        return self.words[self.verb :] if self.verb is not None else ()


def find_clause(content: Phrase, lexicon: CueLexicon) -> Clause:
    """Find the main clause of a content.

    Args:
        content: Its words in small letters, at least one of them no mark.
        lexicon: Supplies irregular past tenses.

    Returns:
        The first clause, without "that" and without an adverbial closed by a comma; the clause
        inside where the content is a noun phrase with one ("residents that the dam was safe").
    """
    words, upos = content.words, content.upos
    spoken = words[0] in QUOTES or words[0] == "'"
    start = _skip_opening(words)
    end = next((i for i in range(start + 1, len(words)) if words[i] in _ENDS), len(words))
    kept = [i for i in range(start, end) if words[i] not in QUOTES]
    clause = tuple(words[i] for i in kept)
    tags = tuple(upos[i] for i in kept) if upos else ()
    verb = _find_verb(clause, tags, lexicon)
    if verb is None and (inner := _embedded_clause(clause, tags, lexicon)) is not None:
        return inner
    return Clause(clause, tags, verb, spoken, opened=start > 0 and words[start - 1] == ",")


def _embedded_clause(
    words: tuple[str, ...], upos: tuple[str, ...], lexicon: CueLexicon
) -> Clause | None:
    """The clause that a noun phrase or an addressee introduces: "residents that ..."."""
    for index in range(1, len(words) - 2):
        if words[index] not in _CONNECTORS:
            continue
        rest, tags = words[index + 1 :], upos[index + 1 :]
        verb = _find_verb(rest, tags, lexicon)
        if verb:
            return Clause(rest, tags, verb, spoken=False, embedded=True)
    return None


def _skip_opening(words: Sequence[str]) -> int:
    """Where the main clause begins, after "that" and an adverbial closed by a comma."""
    start = 0
    while start < len(words) and (words[start] in MARKS or words[start] in {"that", "and", "but"}):
        start += 1
    if start < len(words) and (words[start] in _OPENERS or words[start].endswith("ly")):
        for index in range(start, min(len(words), start + _LONGEST_OPENING)):
            if words[index] == ",":
                return index + 1
    return start if start < len(words) else 0


def _find_verb(words: Sequence[str], upos: Sequence[str], lexicon: CueLexicon) -> int | None:
    """The finite verb of the main clause, which no clause boundary may precede."""
    for index, word in enumerate(words):
        if word in _BOUNDARIES and index and not _is_apposed(words, index):
            return _after_relative(words, upos, index, lexicon)
        if _is_finite(words, upos, index, lexicon):
            return index
        if word == "to" and index and begins_infinitive(words, upos, index):
            return _verb_after_infinitive(words, index)
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


def _verb_after_infinitive(words: Sequence[str], to: int) -> int | None:
    """The auxiliary after "efforts to end the war", unless another clause has begun."""
    for index in range(to + 1, len(words)):
        if words[index] in _BOUNDARIES or words[index] in {",", ";"}:
            return None
        if words[index] in _FINITE and words[index] not in {"'s", "'d", "can"}:
            return index
    return None


def _is_finite(words: Sequence[str], upos: Sequence[str], index: int, lexicon: CueLexicon) -> bool:
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
    if not before or before in {"to", *BE, *_HAVE, *DO, *SURE, *MAYBE, *MUST}:
        return False
    if word.endswith("ing"):
        return False
    if word.endswith("ed") and _is_participle(words, index):
        return False
    return upos[index - 1] not in {"DET", "ADP", "AUX"}


def _is_participle(words: Sequence[str], index: int) -> bool:
    following = words[index + 1] if index + 1 < len(words) else ""
    if following in {"in", "on", "at", "during", "near", "from"}:
        return any(word in _FINITE for word in words[index + 1 :])
    return following == "by"


def _word_before_adverbs(words: Sequence[str], index: int) -> str:
    for place in range(index - 1, -1, -1):
        word = words[place]
        if word not in ADVERBS and word not in NEGATIONS and not word.endswith("ly"):
            return word
    return ""


def begins_infinitive(words: Sequence[str], upos: Sequence[str], to: int) -> bool:
    """Whether the "to" at that index stands before a verb."""
    if to + 1 >= len(words):
        return False
    following = words[to + 1]
    if upos:
        return upos[to + 1] in {"VERB", "AUX", "ADV"}
    return following.isalpha() and following not in _DETERMINERS | _PRONOUNS and len(following) > 1
