"""What the words of a cue mean: which entry of the lexicon they spell, and whether negated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from allegata.claims.cues import ARTICLES, Counts, CueEntry, CueKind, CueLexicon, Phrase
from allegata.types import Act

__all__ = ["CueSense", "find_sense"]

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
_DETERMINED = ARTICLES | {"no", "new", "any", "several", "many", "more", "previous", "of", "in"}


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


@dataclass(frozen=True, slots=True)
class _Match:
    entry: CueEntry
    places: tuple[int, ...]


@lru_cache(maxsize=512)  # a claim is asked whether it counts, and later what is done by it
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


def _next_place(wanted: str, words: Sequence[str], start: int, lexicon: CueLexicon) -> int | None:
    gap = 0
    for place in range(start, len(words)):
        word = words[place]
        if word == wanted or lexicon.spells(wanted, word):
            return place
        if word in ARTICLES:
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
    short = len(content.words) <= _LONGEST_HEDGED and first not in ARTICLES | {"that"}
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
        if set(before) <= ARTICLES and match.entry.pos in ("verb", "noun"):
            return match.entry
    return None
