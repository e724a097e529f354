"""Runs of words that are written like names, cut into the pieces that may each name a place."""

from collections.abc import Iterator
from dataclasses import dataclass

from allegata.encoder import Analysis
from allegata.knowledge.gazetteer import Gazetteer, Sort
from allegata.types import PlacePrecision

__all__ = ["COMPASS", "Piece", "find_pieces"]

_PREFIXES = frozenset("al el as ash an ar at ad az adh ath es esh en er et ed ez ul".split())
_PARTICLES = frozenset(
    "al el as ash an ar at ad az ez de del della di da do dos du des la le les los las van der den"
    " i y e bin ibn abu umm ou".split()
)
_JOINTS = frozenset("of and the on sur upon".split())
"""Words that a known name may hold ("Strait of Hormuz") and that otherwise part two names."""

_MOST_WORDS = 9
_LARGE = (PlacePrecision.COUNTRY, PlacePrecision.PROVINCE)
_MARKS = ("-", "'", "’", "‘", "–", "ʼ", "`")
_SHOUTED = 0.7
COMPASS = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast"
    " southwest northeastern northwestern southeastern southwestern central upper lower greater"
    " inner outer rural old downtown mainland".split()
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run that may name a place.

    Attributes:
        first, end: Its words, numbered through the analysis, end excluded.
        name_end: One past the last word of the name: after it come nouns like "Province".
        sort: What such a noun says, or None.
        known: Whether a gazetteer has the name.
        whole_known: Whether a gazetteer has it with those nouns.
    """

    first: int
    end: int
    name_end: int
    sort: Sort | None
    known: bool
    whole_known: bool = False


def find_pieces(
    analysis: Analysis, gazetteer: Gazetteer, kinds: list[str], sentence: int
) -> Iterator[Piece]:
    """Cut the names of one sentence into pieces.

    Args:
        analysis: Holds the sentence.
        gazetteer: Says what is a name of a place.
        kinds: For each word of the analysis the kind of the model's name that it is in, or "".
        sentence: Its number.

    Yields:
        Pieces in order, never overlapping.
    """
    cut = _Cutter(analysis, gazetteer, kinds)
    bounds = analysis.sentences[sentence]
    shouts = _shouts(analysis, bounds.first, bounds.end)
    at = bounds.first
    while at < bounds.end:
        end = cut.run_end(at, bounds.end, shouts=shouts)
        if end == at:
            at += 1
            continue
        yield from cut.pieces(at, end)
        at = end


def _shouts(analysis: Analysis, first: int, end: int) -> bool:
    """Whether a sentence is in capitals, so that capitals tell no names."""
    words = [analysis.word(word) for word in range(first, end)]
    letters = "".join(word for word in words if word.isalpha() and len(word) > 1)
    return len(words) > 3 and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


class _Cutter:
    def __init__(self, analysis: Analysis, gazetteer: Gazetteer, kinds: list[str]) -> None:
        self._analysis = analysis
        self._gazetteer = gazetteer
        self._kinds = kinds

    def run_end(self, at: int, stop: int, *, shouts: bool) -> int:
        """One past the run of name words that begins at a word; the word itself where none does."""
        start = self._after_prefix(at, stop)
        if not self._is_name_word(start, stop, shouts=shouts):
            return at
        end = start + 1
        while end < stop:
            following = self._next_name_word(end, stop, shouts=shouts)
            if following is None:
                break
            end = following + 1
        return end

    def _next_name_word(self, end: int, stop: int, *, shouts: bool) -> int | None:
        """The next name word after a run's last, past marks, particles and joints, or None."""
        word = self._analysis.word
        at = end
        if word(at) in _MARKS and self._glued(at):
            at += 1
        elif word(at).lower() in _JOINTS:
            at += 1
            if at < stop and word(at).lower() == "the":
                at += 1
        while at < stop and word(at) in _PARTICLES and at - end < 3:
            at += 1
            if at < stop and word(at) in _MARKS and self._glued(at):
                at += 1
        if at < stop and self._is_name_word(at, stop, shouts=shouts):
            return at
        glued_lower = at == end + 1 and word(end) in _MARKS and at < stop
        return at if glued_lower and word(at).isalpha() and word(at - 1) != "’" else None

    def _after_prefix(self, at: int, stop: int) -> int:
        """Past a leading "al-"."""
        word = self._analysis.word
        if at + 2 < stop and word(at).lower() in _PREFIXES and word(at + 1) in _MARKS:
            return at + 2 if self._glued(at + 1) else at
        return at

    def _glued(self, mark: int) -> bool:
        words = self._analysis.words
        before = mark > 0 and words[mark - 1][1] == words[mark][0]
        return before and mark + 1 < len(words) and words[mark][1] == words[mark + 1][0]

    def _is_name_word(self, at: int, stop: int, *, shouts: bool) -> bool:
        if at >= stop or self._kinds[at] == "tim":
            return False
        word, upos = self._analysis.word(at), self._analysis.upos[at]
        if shouts:
            return self._kinds[at] in ("geo", "gpe")
        if not word[:1].isupper():
            return word[:1].isalpha() and not word.isascii() and upos == "PROPN"
        return upos in ("PROPN", "NOUN", "ADJ", "X") or self._kinds[at] in ("geo", "gpe")

    def pieces(self, first: int, end: int) -> Iterator[Piece]:
        """The pieces of a run."""
        at = first
        while at < end:
            known = self._longest_known(at, end)
            stop = known if known is not None else self._joint(at, end)
            yield from self._piece(at, stop, first, end)
            at = stop
            while at < end and self._analysis.word(at).lower() in _JOINTS:
                at += 1

    def _longest_known(self, at: int, end: int) -> int | None:
        """One past the longest name that a gazetteer has and that reaches a joint or the end."""
        for stop in range(min(end, at + _MOST_WORDS), at, -1):
            ends = stop == end or self._analysis.word(stop).lower() in _JOINTS
            if ends and self._gazetteer.named(self._words(at, stop)):
                return stop
        return None

    def _joint(self, at: int, end: int) -> int:
        joints = (n for n in range(at + 1, end) if self._analysis.word(n).lower() in _JOINTS)
        return next(joints, end)

    def _piece(self, at: int, stop: int, first: int, end: int) -> Iterator[Piece]:
        """A stretch without joints as one piece, with the nouns at its end read as its sort."""
        name_end, sort = self._without_sorts(at, stop)
        if self._gazetteer.named(self._words(at, stop)):
            yield Piece(at, stop, stop, sort, known=True, whole_known=True)
            return
        if name_end == at:
            return
        start = at
        while start < name_end - 1 and self._is_modifier(start):
            start += 1
        if sort is not None and sort.is_named and not self._gazetteer.named(
            self._words(start, name_end)
        ):  # fmt: skip
            name_end = stop
        if self._gazetteer.named(self._words(start, name_end)):
            yield Piece(start, stop, name_end, sort, known=True)
            return
        owner = self._owner_end(start, name_end)
        if owner is not None:
            yield Piece(start, owner, owner, None, known=False)
            yield from self._piece(owner, stop, first, end)
            return
        yield from self._by_model(start, name_end, stop, sort)

    def _is_modifier(self, at: int) -> bool:
        """Whether a word says whose a place is or which part of it: "Burian", "Northern"."""
        word = self._analysis.word(at)
        return word.lower() in COMPASS or bool(self._gazetteer.country_of_people(word))

    def _owner_end(self, at: int, end: int) -> int | None:
        """One past an owner whose apostrophe was lost: "Marovas" in "Marovas Tal Zarin"."""
        for stop in range(at + 1, end):
            words = self._words(at, stop)
            owns = words.endswith("s") and self._analysis.word(stop) not in _MARKS
            if owns and self._gazetteer.named(words[:-1]):
                return stop
        return None

    def _by_model(self, at: int, name_end: int, stop: int, sort: Sort | None) -> Iterator[Piece]:
        """What the model takes for one place, where names of several sorts stand side by side."""
        cuts = [
            n for n in range(at + 1, name_end) if self._kinds[n] != self._kinds[n - 1]
            and self._analysis.word(n) not in _MARKS and self._analysis.word(n - 1) not in _MARKS
        ]  # fmt: skip
        places = [self._kinds[n] in ("geo", "gpe") for n in range(at, name_end)]
        if any(places) and not all(places) and cuts:
            for start, end in zip([at, *cuts], [*cuts, name_end], strict=True):
                named = self._gazetteer.named(self._words(start, end))
                known = any(e.is_capital or e.precision in _LARGE for e in named)
                if known and self._kinds[start] in ("geo", "gpe"):
                    last = end == name_end
                    yield Piece(
                        start, stop if last else end, end, sort if last else None, known=True
                    )
                    return
        yield Piece(at, stop, name_end, sort, known=False)

    def _without_sorts(self, at: int, stop: int) -> tuple[int, Sort | None]:
        """Where a name ends before nouns like "Province", and what the first of them says."""
        sort = None
        while stop > at:
            two = " ".join(self._analysis.word(n).lower() for n in (stop - 2, stop - 1) if n >= at)
            one = self._analysis.word(stop - 1).lower()
            if stop - 2 > at and (found := self._gazetteer.sort(two)):
                sort, stop = found, stop - 2
            elif found := self._gazetteer.sort(one):
                sort, stop = found, stop - 1
            else:
                break
        return stop, sort

    def _words(self, first: int, end: int) -> str:
        analysis = self._analysis
        return analysis.text[analysis.words[first][0] : analysis.words[end - 1][1]]
