"""Noun phrases, by parts of speech alone: cheap, and steady where a tree is not.

"The harbour authority of Port Selim" is one phrase with a smaller one inside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allegata.encoder import Analysis

__all__ = ["PARTICLES", "Phrase", "find_phrases", "is_capital", "is_glued", "is_possessive"]

_NOUNS = ("NOUN", "PROPN")
_BEFORE = ("DET", "ADJ", "NUM", "NOUN", "PROPN")
_JOINING = ("for", "against")
_HANGING = ("of", "from", "in", "at", "near")
PARTICLES = frozenset(
    "al el ul ad as an ar de da das di del der den van von bin ibn abu ben dos du la le y e".split()
)
_POSSESSIVES = ("'s", "’s", "'", "’")
_OWN = frozenset(("my", "your", "his", "her", "its", "our", "their"))
_ANY_OF = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, by word numbers of an analysis.

    Attributes:
        first: First word, with articles.
        core: One past the last word before what follows with "of" or "for".
        end: One past the last word.
        embedded: Whether it stands inside a larger phrase.
    """

    first: int
    core: int
    end: int
    embedded: bool = False


def find_phrases(analysis: Analysis, first: int, end: int) -> list[Phrase]:
    """Find the noun phrases of a sentence.

    Args:
        analysis: Holds the sentence.
        first: Its first word.
        end: One past its last word.

    Returns:
        In order of their first words, larger ones before the smaller ones inside them.
    """
    chunks = list(_chunks(analysis, first, end))
    return [phrase for number in range(len(chunks)) for phrase in _grow(analysis, chunks, number)]


def is_capital(analysis: Analysis, word: int) -> bool:
    """Whether a word has a capital."""
    start = analysis.words[word][0]
    text = analysis.word(word)
    return analysis.text[start].isupper() or (text[:1].isalpha() and text != text.lower())


def is_glued(analysis: Analysis, word: int) -> bool:
    """Whether a word touches the word before it."""
    return word > 0 and analysis.words[word - 1][1] == analysis.words[word][0]


def is_possessive(analysis: Analysis, word: int) -> bool:
    """Whether a word is the clitic of a possessive."""
    return analysis.word(word) in _POSSESSIVES and is_glued(analysis, word)


def _grow(analysis: Analysis, chunks: Sequence[tuple[int, int]], number: int) -> Iterator[Phrase]:
    """A chunk with what follows it by prepositions, and the owners inside it."""
    first, core = chunks[number]
    embedded = number > 0 and _hangs_on(analysis, chunks[number - 1], first)
    end, at = core, number
    for _ in range(_ANY_OF):
        if at + 1 >= len(chunks) or not _is_joined(analysis, (first, end), chunks[at + 1][0]):
            break
        at += 1
        end = chunks[at][1]
    yield Phrase(first, core, end, embedded)
    for word in range(core - 2, first, -1):
        if is_possessive(analysis, word) and not _is_inside_name(analysis, word, core):
            yield Phrase(first, word, word, embedded=True)


def _hangs_on(analysis: Analysis, chunk: tuple[int, int], first: int) -> bool:
    """Whether the chunk that begins at `first` says more about the one before it."""
    between = analysis.word(chunk[1]).lower() if first == chunk[1] + 1 else ""
    return between in _HANGING or _is_joined(analysis, chunk, first)


def _is_inside_name(analysis: Analysis, word: int, core: int) -> bool:
    """Whether a clitic stands inside a name: "the Teachers' Union" belongs to no Teachers."""
    return len(analysis.word(word)) == 1 and is_capital(analysis, core - 1)


def _is_joined(analysis: Analysis, chunk: tuple[int, int], first: int) -> bool:
    """Whether the chunk that begins at `first` belongs to the one before it."""
    first_word, end = chunk
    if first != end + 1 or analysis.upos[end] not in ("ADP", "SCONJ", "PART"):
        return False
    word = analysis.word(end).lower()
    if word == "of":
        return True
    if word == "for" and not is_capital(analysis, end - 1):
        return True
    after = first
    while analysis.upos[after] == "DET" and after + 1 < len(analysis.words):
        after += 1
    named = is_capital(analysis, end - 1) and is_capital(analysis, after)
    return word in _JOINING and named and first_word < end


def _chunks(analysis: Analysis, first: int, end: int) -> Iterator[tuple[int, int]]:
    at = first
    while at < end:
        stop = _chunk_end(analysis, at, end)
        if stop is None:
            at += 1
        else:
            yield at, stop
            at = stop


def _chunk_end(analysis: Analysis, first: int, end: int) -> int | None:
    """One past the last noun of the chunk that begins at a word, or None where none begins."""
    if analysis.upos[first] not in _BEFORE and not _is_own(analysis, first):
        return None
    last: int | None = None
    at = first
    while at < end:
        if analysis.upos[at] in _NOUNS:
            last = at
        elif not _goes_on(analysis, first, at, end, named=last is not None):
            break
        at += 1
    return None if last is None else last + 1


def _goes_on(analysis: Analysis, first: int, at: int, end: int, *, named: bool) -> bool:
    """Whether a word that is no noun stands inside the chunk that began at `first`."""
    upos = analysis.upos[at]
    following = analysis.upos[at + 1] if at + 1 < end else ""
    if at > first and is_possessive(analysis, at):
        return named and following in ("NOUN", "PROPN", "ADJ", "NUM", "VERB", "ADV")
    if at > first and at + 1 < end and analysis.word(at) == "-":
        return is_glued(analysis, at) and is_glued(analysis, at + 1)
    if at > first and analysis.word(at - 1) == "-" and is_glued(analysis, at):
        return True
    if named and analysis.word(at).lower() in PARTICLES:
        return at + 1 < end and is_capital(analysis, at - 1) and _leads_to_capital(analysis, at + 1)
    if upos == "DET" or _is_own(analysis, at):
        return at == first or analysis.upos[at - 1] == "DET"
    if upos in ("ADJ", "NUM"):
        after_owner = at > first and is_possessive(analysis, at - 1)
        return not named or after_owner or (upos == "ADJ" and is_capital(analysis, at))
    if named and not (at > first and is_possessive(analysis, at - 1)):
        return False
    if upos == "VERB":
        return at > first and following in (*_NOUNS, "ADJ")
    return upos == "ADV" and following in ("ADJ", "VERB", "NUM") and at > first


def _leads_to_capital(analysis: Analysis, word: int) -> bool:
    if analysis.word(word) == "-" and word + 1 < len(analysis.words):
        word += 1
    return is_capital(analysis, word)


def _is_own(analysis: Analysis, word: int) -> bool:
    return analysis.upos[word] in ("PRON", "DET") and analysis.word(word).lower() in _OWN
