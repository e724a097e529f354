"""The cues that allegata knows: by which words somebody is said to have said something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from types import MappingProxyType

from allegata.claims.lemmas import find_lemmas
from allegata.encoder.words import find_words
from allegata.errors import KnowledgeError
from allegata.knowledge import Table, Value, load_table
from allegata.types import Act, Span

__all__ = [
    "ARTICLES",
    "Counts",
    "CueEntry",
    "CueKind",
    "CueLexicon",
    "Phrase",
    "load_cues",
]

ARTICLES = frozenset(
    "a an the this that these those his her its their our my your himself herself itself themselves"
    " myself ourselves 's".split()
)
"""Words that no pattern of a cue holds, and that may stand anywhere in one."""

_HYPHENS = {"-", "‐", "‑"}


class CueKind(Enum):
    """How somebody comes to be the origin of a content."""

    SPEECH = "speech"
    THOUGHT = "thought"
    PERCEPTION = "perception"
    ATTITUDE = "attitude"
    PLAN = "plan"
    EVIDENCE = "evidence"
    RELAY = "relay"
    HEDGE = "hedge"
    WITHHOLD = "withhold"


class Counts(Enum):
    """When an attribution with this cue is a claim."""

    ALWAYS = "always"
    PROPOSITION = "proposition"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of a document, with their parts of speech where those are known.

    Attributes:
        words: As they stand, in order, marks included.
        upos: The universal part of speech of each, or empty where unknown.
    """

    words: tuple[str, ...]
    upos: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.upos and len(self.upos) != len(self.words):
            raise ValueError(f"{len(self.words)} words with {len(self.upos)} parts of speech")

    @classmethod
    def of(cls, text: str) -> "Phrase":
        """The words of a text, with no parts of speech."""
        if not text:
            return cls(())
        return cls(tuple(text[a:b] for a, b in find_words(text, Span(0, len(text)))))

    def plain(self) -> "Phrase":
        """The same in small letters, without hyphens, with straight apostrophes."""
        kept = [index for index, word in enumerate(self.words) if word not in _HYPHENS]
        words = tuple(self.words[index].lower().replace("’", "'") for index in kept)
        return Phrase(words, tuple(self.upos[index] for index in kept) if self.upos else ())

    def head(self, length: int) -> "Phrase":
        """Its first words."""
        return Phrase(self.words[:length], self.upos[:length])


@dataclass(frozen=True, slots=True)
class CueEntry:
    """One idea of `knowledge/cues.yaml`.

    Attributes:
        pattern: Lemmas of its words, in order, without articles and possessives.
        pos: `verb`, `noun`, `adjective`, `adverb` or `phrase`.
        kind: How its source comes to be one.
        act: What is done by saying it, where the content does not tell otherwise.
        counts: When it makes a claim.
        takes: What is done with a complement of that form instead, in order of preference: the
            names of `Complement`, or a word of the content.
        negated: What is done where the cue is negated; None for the rule of `negate`.
        light: Whether a later cue word, or a noun of saying in its content, tells the act.
    """

    pattern: tuple[str, ...]
    pos: str
    kind: CueKind
    act: Act
    counts: Counts
    takes: Mapping[str, Act] = field(default_factory=lambda: MappingProxyType({}))
    negated: Act | None = None
    light: bool = False


@dataclass(frozen=True, eq=False)
class CueLexicon:
    """The cues that allegata knows.

    Attributes:
        entries: In the order of the table.
        forms: Lemmas of irregular forms.
        signs: Words and phrases of contents that tell an act, by the name of what they tell and
            then by their first word.
    """

    entries: tuple[CueEntry, ...]
    forms: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    _by_first: Mapping[str, tuple[CueEntry, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_first: dict[str, list[CueEntry]] = {}
        for entry in self.entries:
            by_first.setdefault(entry.pattern[0], []).append(entry)
        frozen = {first: tuple(entries) for first, entries in by_first.items()}
        object.__setattr__(self, "_by_first", MappingProxyType(frozen))

    @classmethod
    def build(cls, cues: Table, forms: Table, signs: Table) -> "CueLexicon":
        """Check and type three compiled tables: `cues`, `cue_forms` and `content_signs`.

        Raises:
            KnowledgeError: A table does not have its form; names the entry.
        """
        return cls(
            tuple(_build_entry(value) for value in _values(cues, "cues.yaml")),
            {form: _texts(lemmas, form) for form, lemmas in _items(forms, "cue_forms.yaml")},
            {
                sign: _by_first_word(Phrase.of(text).words for text in _texts(phrases, sign))
                for sign, phrases in _items(signs, "content_signs.yaml")
            },
        )

    def starting(self, word: str) -> tuple[CueEntry, ...]:
        """The entries whose first word may be spelled as `word`, in small letters."""
        return _starting(word, self)

    def knows(self, word: str, upos: str) -> bool:
        """Whether a word, in small letters, can begin a cue of saying or thinking as a claim."""
        return _knows(word, upos, self)

    def spells(self, lemma: str, word: str) -> bool:
        """Whether a word, in small letters, is a form of the lemma."""
        return lemma in _lemmas(word, self)


@lru_cache(maxsize=1 << 14)
def _lemmas(word: str, lexicon: CueLexicon) -> tuple[str, ...]:
    return find_lemmas(word, lexicon.forms)


@lru_cache(maxsize=1 << 14)
def _starting(word: str, lexicon: CueLexicon) -> tuple[CueEntry, ...]:
    by_first = lexicon._by_first
    return tuple(e for lemma in _lemmas(word, lexicon) for e in by_first.get(lemma, ()))


_SAYING = frozenset((CueKind.SPEECH, CueKind.THOUGHT, CueKind.RELAY, CueKind.WITHHOLD))
_POS = {"VERB": ("verb", "phrase"), "NOUN": ("noun",), "ADP": ("phrase",), "ADJ": ("adjective",)}


@lru_cache(maxsize=100_000)
def _knows(word: str, upos: str, lexicon: CueLexicon) -> bool:
    return any(
        entry.counts is not Counts.NEVER and entry.kind in _SAYING and entry.pos in _POS[upos]
        for entry in lexicon.starting(word)
    )


@cache
def load_cues() -> CueLexicon:
    """The lexicon that ships in the package."""
    return CueLexicon.build(
        load_table("cues"), load_table("cue_forms"), load_table("content_signs")
    )


def _build_entry(value: Value) -> CueEntry:
    if not isinstance(value, dict):
        raise KnowledgeError(f"cues.yaml: an entry is a mapping of fields, not {value!r}.")
    lemma = _text(value, "lemma")
    takes = value.get("takes", {})
    negated = value.get("negated")
    try:
        return CueEntry(
            pattern=_cut(lemma),
            pos=_text(value, "pos"),
            kind=CueKind(_text(value, "kind")),
            act=Act(_text(value, "act")),
            counts=Counts(_text(value, "counts")),
            takes={form: Act(act) for form, act in _items(takes, lemma)},
            negated=None if negated is None else Act(negated),
            light=value.get("light") is True,
        )
    except ValueError as error:
        raise KnowledgeError(f"cues.yaml: {lemma!r}: {error}.") from error


def _by_first_word(
    phrases: Iterable[tuple[str, ...]],
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return MappingProxyType({first: tuple(all_of) for first, all_of in found.items()})


def _cut(phrase: str) -> tuple[str, ...]:
    plain = phrase.replace("-", " ").split()
    words = (
        tuple(plain) if phrase.isascii() and "'" not in phrase else Phrase.of(phrase).plain().words
    )
    return tuple(word for word in words if word not in ARTICLES) or words


def _text(entry: Mapping[str, Value], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise KnowledgeError(f"cues.yaml: {entry.get('lemma')!r} has no {name!r}.")
    return value


def _texts(value: Value, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise KnowledgeError(f"{where}: holds a list of words.")
    return tuple(str(item) for item in value)


def _values(table: Value, where: str) -> list[Value]:
    if not isinstance(table, list):
        raise KnowledgeError(f"{where}: not a list of entries.")
    return table


def _items(table: Value, where: str) -> list[tuple[str, Value]]:
    if not isinstance(table, dict):
        raise KnowledgeError(f"{where}: not a mapping.")
    return list(table.items())
