"""What a source does by saying something, and whether it makes a claim at all.

Both follow from the cue's entry in the lexicon and from how its content is built.
"""

from collections.abc import Mapping
from types import MappingProxyType

from allegata.claims.complements import Complement, find_complements
from allegata.claims.cues import Counts, CueEntry, CueKind, CueLexicon, Phrase
from allegata.claims.senses import CueSense, find_sense
from allegata.types import Act

__all__ = ["classify_act", "counts_as_claim"]

_NEGATED: Mapping[Act, Act] = MappingProxyType(
    {
        Act.STATE: Act.DOUBT,
        Act.CONFIRM: Act.DOUBT,
        Act.ADMIT: Act.DENY,
        Act.DENY: Act.DOUBT,
        Act.DOUBT: Act.STATE,
        Act.PREDICT: Act.PREDICT,
        Act.ACCUSE: Act.DOUBT,
    }
)
"""What a negated cue does. An act that is absent was not done, and nothing was claimed."""

_BY_CONTENT: tuple[tuple[Complement, Act], ...] = (
    (Complement.ASKED, Act.ASK),
    (Complement.IMPERATIVE, Act.DEMAND),
    (Complement.MENACE, Act.THREATEN),
    (Complement.FALSEHOOD, Act.DENY),
    (Complement.IGNORANCE, Act.DOUBT),
    (Complement.SELF_DENIAL, Act.DENY),
    (Complement.DEED, Act.ADMIT),
    (Complement.OWN_FUTURE, Act.PROMISE),
    (Complement.OBLIGATION, Act.DEMAND),
    (Complement.FUTURE, Act.PREDICT),
    (Complement.BLAME, Act.ACCUSE),
)
"""What a cue that only states does, in order of preference."""

_THOUGHTS = frozenset({Complement.OBLIGATION, Complement.FUTURE, Complement.SELF_DENIAL})
_OPEN: Mapping[CueKind, frozenset[Complement]] = MappingProxyType(
    {
        CueKind.SPEECH: frozenset(complement for complement, _ in _BY_CONTENT),
        CueKind.RELAY: frozenset(complement for complement, _ in _BY_CONTENT),
        CueKind.THOUGHT: _THOUGHTS - {Complement.SELF_DENIAL},
        CueKind.ATTITUDE: _THOUGHTS - {Complement.SELF_DENIAL},
        CueKind.EVIDENCE: frozenset({Complement.FUTURE, Complement.BLAME}),
    }
)
"""The complements that may tell the act, by the kind of cue."""

_N_NOUN_WORDS = 7


def classify_act(
    cue: Phrase, content: Phrase, lexicon: CueLexicon, *, own: bool | None = None
) -> Act:
    """Tell what a source does by saying something.

    Args:
        cue: The words that make it an attribution. Marks alone (a colon) state.
        content: What is said, or its first span.
        lexicon: The cues that are known.
        own: Whether the subject of the content refers to the source; None where unknown.

    Returns:
        The act, `STATE` where nothing tells another.
    """
    sense = find_sense(cue, content, lexicon)
    complements = find_complements(content, lexicon, own=own)
    if sense is None:
        return _act_by_content(complements, _OPEN[CueKind.SPEECH])
    entry = sense.entry
    if entry.kind is CueKind.WITHHOLD and sense.withheld is not None:
        withheld = sense.withheld
        return withheld.negated or _NEGATED.get(withheld.act, Act.DOUBT)
    if sense.negated:
        return _negate(entry)
    taken = _act_taken(entry, content, complements)
    if taken is not None:
        return taken
    if entry.light:
        entry = _noun_of_saying(content, complements, lexicon) or entry
    if entry.act is not Act.STATE:
        return entry.act
    return _act_by_content(complements, _OPEN.get(entry.kind, frozenset()))


def counts_as_claim(
    cue: Phrase, content: Phrase, lexicon: CueLexicon, *, own: bool | None = None
) -> bool:
    """Tell whether an attribution is a claim, and no attitude, plan or mere topic.

    Args:
        cue: The words that make it an attribution.
        content: What is said, or its first span.
        lexicon: The cues that are known.
        own: Whether the subject of the content refers to the source; None where unknown.

    Returns:
        False for a content without words. With a cue that is not known, whether the content is a
        clause or quoted.
    """
    complements = find_complements(content, lexicon, own=own)
    if not complements:
        return False
    sense = find_sense(cue, content, lexicon)
    if sense is None:
        return _is_marks(cue) or bool(complements & {Complement.FINITE, Complement.QUOTED})
    if sense.negated and sense.entry.negated is None and sense.entry.act not in _NEGATED:
        return False
    return _counts(sense, content, complements, lexicon)


def _counts(
    sense: CueSense, content: Phrase, complements: frozenset[Complement], lexicon: CueLexicon
) -> bool:
    entry = sense.entry
    if entry.counts is not Counts.PROPOSITION:
        return entry.counts is Counts.ALWAYS
    if entry.kind is CueKind.WITHHOLD:
        withheld = sense.withheld
        if withheld is not None:
            return withheld.counts is not Counts.NEVER
        return bool(complements & {Complement.FINITE, Complement.QUESTION})
    if _act_taken(entry, content, complements) is not None:
        return True
    if Complement.TO_INFINITIVE in complements:
        return False
    noun = _noun_of_saying(content, complements, lexicon)
    topic = entry.kind is CueKind.SPEECH and entry.act is Act.STATE and not entry.light
    if noun is not None and noun.counts is Counts.ALWAYS and not topic:
        return entry.light or noun.act in _NEGATED or _is_proposition(complements)
    return _is_proposition(complements)


def _is_proposition(complements: frozenset[Complement]) -> bool:
    told = {Complement.FINITE, Complement.INFINITIVE, Complement.QUESTION, Complement.QUOTED}
    return bool(complements & told)


def _negate(entry: CueEntry) -> Act:
    return entry.negated or _NEGATED.get(entry.act, entry.act)


def _act_taken(entry: CueEntry, content: Phrase, complements: frozenset[Complement]) -> Act | None:
    """The act of the first complement or word that the entry gives one for."""
    names = {complement.value for complement in complements}
    head = content.plain().words[:_N_NOUN_WORDS]
    for form, act in entry.takes.items():
        if form in names or form == next(iter(head), ""):
            return act
        if form in _PREPOSITIONS and form in head and Complement.FINITE not in complements:
            return act
    return None


_PREPOSITIONS = frozenset("against as for off on upon".split())


def _act_by_content(complements: frozenset[Complement], telling: frozenset[Complement]) -> Act:
    for complement, act in _BY_CONTENT:
        if complement in complements and complement in telling:
            return act
    return Act.STATE


def _noun_of_saying(
    content: Phrase, complements: frozenset[Complement], lexicon: CueLexicon
) -> CueEntry | None:
    """The entry of the noun of saying that a content begins with: "earlier accusations that"."""
    if Complement.FINITE in complements and Complement.EMBEDDED not in complements:
        return None
    plain = content.plain().head(_N_NOUN_WORDS)
    for place, word in enumerate(plain.words):
        if word in _CLOSERS:
            return None
        if plain.upos and plain.upos[place] != "NOUN":
            continue
        for entry in lexicon.starting(word):
            if entry.pos == "noun" and len(entry.pattern) == 1 and not word.endswith(("ed", "ing")):
                return entry
    return None


_CLOSERS = frozenset("that who which whether of to by , . : is are was were has had".split())


def _is_marks(cue: Phrase) -> bool:
    return bool(cue.words) and not any(word.isalnum() for word in cue.words)
