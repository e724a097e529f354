"""What a cue means: its entry in the lexicon of cues, found by lemma, and whether it is negated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from types import MappingProxyType

from allegata.encoder.words import find_words
from allegata.errors import KnowledgeError
from allegata.knowledge import Table, Value, load_table
from allegata.types import Act, Span

__all__ = [
    "Counts",
    "CueEntry",
    "CueKind",
    "CueLexicon",
    "CueSense",
    "Phrase",
    "find_lemmas",
    "find_sense",
    "load_cues",
]


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


@dataclass(frozen=True, slots=True)
class CueSense:
    """How a cue was understood.

    Attributes:
        entry: Its entry.
        negated: Whether the cue says that this was not done.
        withheld: For a cue of withholding what is withheld: the entry of "confirm" in "refused to
            confirm". None where it is no saying.
    """

    entry: CueEntry
    negated: bool
    withheld: CueEntry | None = None


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

    def knows(self, word: str) -> bool:
        """Whether a word, in small letters, can begin a cue that makes a claim."""
        return _knows(self, word)

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


@lru_cache(maxsize=100_000)
def _knows(lexicon: CueLexicon, word: str) -> bool:
    return any(entry.counts is not Counts.NEVER for entry in lexicon.starting(word))


@cache
def load_cues() -> CueLexicon:
    """The lexicon that ships in the package."""
    return CueLexicon.build(
        load_table("cues"), load_table("cue_forms"), load_table("content_signs")
    )


# --------------------------------------------------------------------------------------- lemmas

_HYPHENS = {"-", "‐", "‑"}
_VOWELS = frozenset("aeiou")


def find_lemmas(word: str, forms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The lemmas that an English word may be a form of, right or not: a lexicon chooses.

    Args:
        word: In small letters.
        forms: Lemmas of irregular forms.

    Returns:
        The likeliest first; the word itself is always among them. British spellings also give
        the American lemma.
    """
    found = dict.fromkeys((*forms.get(word, ()), word, *_stems(word)))
    for lemma in tuple(found):
        found.update(dict.fromkeys(_respell(lemma)))
    return tuple(found)


def _stems(word: str) -> Iterator[str]:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        if word.endswith("ies"):
            yield word[:-3] + "y"
        if word.endswith(("ches", "shes", "ses", "xes", "zes", "oes")):
            yield word[:-2]
        yield word[:-1]
    elif word.endswith("ied") and len(word) > 4:
        yield word[:-3] + "y"
        yield word[:-1]
    elif word.endswith("ed") and len(word) > 3:
        yield from _unsuffixed(word[:-2])
    elif word.endswith("ying") and len(word) < 7:
        yield word[:-3]
        yield word[:-4] + "ie"
    elif word.endswith("ing") and len(word) > 4:
        yield from _unsuffixed(word[:-3])


def _unsuffixed(stem: str) -> Iterator[str]:
    """The lemmas of a stem that lost -ed or -ing: plann-, hop-, urg-, visit-."""
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    short = len(stem) > 1 and stem[-1] not in _VOWELS | {"w", "x", "y"} and stem[-2] in _VOWELS
    if doubled:
        yield stem[:-1]
        yield stem
    elif short or stem.endswith(("c", "g", "v", "s", "u", "z", "dl", "bl", "tl")):
        yield stem + "e"
        yield stem
    else:
        yield stem
        yield stem + "e"


def _respell(lemma: str) -> Iterator[str]:
    if lemma.endswith("ise"):
        yield lemma[:-3] + "ize"
    if lemma.endswith("yse"):
        yield lemma[:-3] + "yze"
    if lemma.endswith("our") and len(lemma) > 5:
        yield lemma[:-3] + "or"
    if lemma.endswith("ll") and len(lemma) > 5:
        yield lemma[:-1]


# --------------------------------------------------------------------------------------- senses

_ARTICLES = frozenset(
    "a an the this that these those his her its their our my your himself herself itself themselves"
    " myself ourselves 's".split()
)
_PARTICLES = frozenset(
    "about against as at by for in into of off on out over saying to toward up upon with".split()
)
_NEGATORS = frozenset("not n't never neither nor without hardly cannot".split())
_BE = frozenset("is are was were am be been being 's 're 'm".split())
_ONLY = frozenset("only just merely simply".split())
_AFTERWARDS = frozenset("when after while before if because".split())
_WIDEST_GAP = 3
_UPOS = {
    "verb": {"VERB", "AUX"},
    "noun": {"NOUN", "PROPN"},
    "adjective": {"ADJ", "VERB"},
    "adverb": {"ADV"},
}
_RANK = {"phrase": 0, "verb": 1, "noun": 2, "adjective": 3, "adverb": 4}
_LONGEST_HEDGED = 7
_CLAUSAL = frozenset("is are was were has had have will would to".split())
_DETERMINED = _ARTICLES | {"no", "new", "any", "several", "many", "more", "previous", "of", "in"}


@dataclass(frozen=True, slots=True)
class _Match:
    entry: CueEntry
    places: tuple[int, ...]


def find_sense(cue: Phrase, content: Phrase, lexicon: CueLexicon) -> CueSense | None:
    """Find what a cue means.

    Args:
        cue: Its words.
        content: What it introduces. Its first words may belong to the cue ("called | for an end").
        lexicon: Where to look.

    Returns:
        The sense, or None where no word of the cue is known.
    """
    cue, content = cue.plain(), content.plain()
    matches = _find_matches(cue, content, lexicon)
    if not matches:
        return None
    number = _find_head(cue, matches)
    entry, end = matches[number].entry, matches[number].places[-1]
    negated = _is_negated(cue.words, matches[number])
    if entry.kind is not CueKind.WITHHOLD:
        return CueSense(entry, negated)
    later = [match.entry for match in matches[number + 1 :] if match.places[0] > end]
    return CueSense(entry, negated, next(iter(later), None) or _withheld(content, lexicon))


def _find_matches(cue: Phrase, content: Phrase, lexicon: CueLexicon) -> list[_Match]:
    """The entries that the cue's words spell, in order, each word in the longest one only."""
    words = (*cue.words, *content.words[:2])
    found: list[_Match] = []
    for start in range(len(cue.words)):
        spelled = [
            _Match(entry, places)
            for entry in lexicon.starting(words[start])
            if (places := _spell(entry, words, start, len(cue.words), lexicon))
        ]
        if spelled:
            longest = max(len(match.places) for match in spelled)
            rivals = [match for match in spelled if len(match.places) == longest]
            found.append(min(rivals, key=lambda match: _unlikeliness(match, cue, content)))
    return [match for match in found if not any(_holds(other, match) for other in found)]


def _holds(longer: _Match, match: _Match) -> bool:
    return len(longer.places) > len(match.places) and bool(set(longer.places) & set(match.places))


def _spell(
    entry: CueEntry, words: Sequence[str], start: int, n_cue: int, lexicon: CueLexicon
) -> tuple[int, ...]:
    """Where the words of an entry stand, or nothing."""
    if not _may_inflect(entry, words[start], lexicon.forms):
        return ()
    places = [start]
    for wanted in entry.pattern[1:]:
        place = _next_place(wanted, words, places[-1] + 1, lexicon)
        beyond = place is not None and place >= n_cue
        if place is None or (beyond and not (wanted in _PARTICLES or _is_withholding(entry))):
            return ()
        places.append(place)
    return tuple(places)


def _may_inflect(entry: CueEntry, word: str, forms: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a word may be a form of an entry: adjectives and adverbs have one, nouns two."""
    first = entry.pattern[0]
    if word == first or entry.pos in ("verb", "phrase"):
        return True
    if entry.pos == "noun":
        return not word.endswith(("ed", "ing"))
    return first in forms.get(word, ())


def _is_withholding(entry: CueEntry) -> bool:
    return entry.kind is CueKind.WITHHOLD


def _next_place(
    wanted: str, words: Sequence[str], start: int, lexicon: CueLexicon
) -> int | None:
    gap = 0
    for place in range(start, len(words)):
        word = words[place]
        if word == wanted or lexicon.spells(wanted, word):
            return place
        if word in _ARTICLES:
            continue
        gap += 1
        if gap > _WIDEST_GAP or _is_verb_of_its_own(word, lexicon):
            return None
    return None


def _is_verb_of_its_own(word: str, lexicon: CueLexicon) -> bool:
    return any(
        entry.pos == "verb" and len(entry.pattern) == 1 for entry in lexicon.starting(word)
    ) and not word.endswith("ed")


def _unlikeliness(match: _Match, cue: Phrase, content: Phrase) -> tuple[bool, bool, int]:
    """How little an entry fits its place, among those spelled by the same words."""
    place, pos = match.places[0], match.entry.pos
    word, tagged = cue.words[place], cue.upos[place] if cue.upos else ""
    if pos == "adjective" and word.endswith("ed") and tagged in {"", "ADJ", "VERB"}:
        hedges = match.entry.kind is CueKind.HEDGE
        return (not _may_hedge(cue, content) if hedges else not _is_predicate(cue, place), False, 0)
    if tagged:
        return (pos in _UPOS and tagged not in _UPOS[pos], tagged == "ADJ", _RANK[pos])
    before = cue.words[place - 1] if place else ""
    misplaced = (before in _DETERMINED) != (pos == "noun") and pos in ("verb", "noun")
    return (misplaced and bool(before), False, _RANK[pos])


def _is_predicate(cue: Phrase, place: int) -> bool:
    """Whether a participle is said of somebody: "is worried"."""
    return cue.upos[place : place + 1] == ("ADJ",) or bool(_BE & set(cue.words[:place]))


def _may_hedge(cue: Phrase, content: Phrase) -> bool:
    """Whether a participle stands before a noun: "the alleged | forger"."""
    first = next(iter(content.words), "")
    short = len(content.words) <= _LONGEST_HEDGED and first not in _ARTICLES | {"that"}
    return len(cue.words) == 1 and short and not _CLAUSAL & set(content.words)


def _find_head(cue: Phrase, matches: Sequence[_Match]) -> int:
    """Which of the matches tells what is done. Light words leave it to a later one."""
    ends = [place for place, word in enumerate(cue.words) if word in _AFTERWARDS]
    within = [
        number
        for number, match in enumerate(matches)
        if not any(0 < end < match.places[0] for end in ends)
    ] or [0]
    heavy = [number for number in within if not _is_light(matches[number].entry)]
    if not heavy:
        tellers = [number for number in within if matches[number].entry.pos != "adverb"]
        return (tellers or within)[-1]
    head = heavy[0]
    if _yields(matches[head].entry):
        for number in heavy[1:]:
            if _takes_over(cue, matches[number], matches[head].entry):
                return number
    return head


def _is_light(entry: CueEntry) -> bool:
    return entry.light or entry.pos == "adverb"


def _yields(entry: CueEntry) -> bool:
    return entry.act is Act.STATE and entry.kind in (CueKind.SPEECH, CueKind.RELAY)


def _takes_over(cue: Phrase, match: _Match, head: CueEntry) -> bool:
    """Whether a later verb says more: "a statement denying", "tweeted, threatening"."""
    if match.entry.pos not in ("verb", "phrase") or match.entry.counts is Counts.NEVER:
        return False
    said_more = match.entry.act is not Act.STATE and cue.words[match.places[0]].endswith("ing")
    return said_more or head.pos == "noun"


def _is_negated(words: Sequence[str], match: _Match) -> bool:
    first, last = match.places[0], match.places[-1]
    for place, word in enumerate(words[: last + 1]):
        following = words[place + 1] if place + 1 < len(words) else ""
        if place in match.places:
            continue
        if word in _NEGATORS and following not in _ONLY:
            return True
        if word == "no" and (place + 1 == first or following == "longer"):
            return True
    return False


def _withheld(content: Phrase, lexicon: CueLexicon) -> CueEntry | None:
    """The entry of the saying that a content begins with: "declined | to say whether ..."."""
    start = 1 if content.words[:1] == ("to",) else 0
    rest = Phrase(content.words[start : start + 3])
    for match in _find_matches(rest, Phrase(()), lexicon):
        before = rest.words[: match.places[0]]
        if set(before) <= _ARTICLES and match.entry.pos in ("verb", "noun"):
            return match.entry
    return None


# ------------------------------------------------------------------------------------ the table


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
    words = tuple(plain) if phrase.isascii() and "'" not in phrase else Phrase.of(phrase).plain().words
    return tuple(word for word in words if word not in _ARTICLES) or words


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
