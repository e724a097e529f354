"""Find the toponyms of a document, before it is known which places they name."""

from dataclasses import dataclass, replace
from itertools import pairwise

from allegata.encoder import Analysis
from allegata.grounding.places.doubts import is_people, names_other, speaks
from allegata.grounding.places.runs import COMPASS, Piece, find_pieces
from allegata.grounding.places.surroundings import is_located, look_around
from allegata.grounding.places.toponym import Strength, Toponym
from allegata.knowledge.gazetteer import Gazetteer
from allegata.types import PlacePrecision

__all__ = ["Found", "find_toponyms"]

_PLACES = ("geo", "gpe")
_LISTING = frozenset((",", "and", "or", "the"))
_POSSESSIVE = ("'s", "’s", "'", "’")
_SHORTEST = 3
"""Names with fewer letters are abbreviations, and must be written in capitals."""

Found = tuple[list[Toponym], dict[str, float]]
"""Toponyms in order, and how often each country's people, or its government, is spoken of."""


def find_toponyms(analysis: Analysis, gazetteer: Gazetteer) -> Found:
    """Find the words of a document that name places.

    Args:
        analysis: Of the whole document.
        gazetteer: Says what may be a name.

    Returns:
        The toponyms in order, and the countries whose people are named ("Syrian", "Washington
        said"), each with a count: they tell what a text is about.
    """
    kinds = _kinds(analysis)
    found: list[Toponym] = []
    countries: dict[str, float] = {}
    for number in range(len(analysis.sentences)):
        for piece in find_pieces(analysis, gazetteer, kinds, number):
            if is_people(analysis, gazetteer, piece):
                word = analysis.word(piece.first)
                codes = gazetteer.country_of_people(word) or gazetteer.country_of_people(word[:-1])
                for code in codes:
                    countries[code] = countries.get(code, 0.0) + 1.0 / len(codes)
                continue
            toponym = _judge(analysis, gazetteer, kinds, piece, found[-1] if found else None)
            if toponym is None:
                continue
            if speaks(analysis, piece):
                for entry in gazetteer.named(toponym.name):
                    if entry.country and (entry.is_capital or entry.precision.value == "country"):
                        countries[entry.country] = countries.get(entry.country, 0.0) + 0.5
                continue
            found.append(toponym)
    return _owned(analysis, found), countries


def _owned(analysis: Analysis, toponyms: list[Toponym]) -> list[Toponym]:
    """Toponyms with what stands before an owner given to what it owns.

    "East of Marova's Zarin district" lies east of the district.
    """
    for at, (one, other) in enumerate(pairwise(toponyms)):
        if one.shift is None or other.shift is not None or one.vague:
            continue
        written = analysis.span(one.first, one.end).words(analysis.text)
        lost = written != one.name and one.outer_end == one.end == other.outer_first
        marked = one.outer_end + 1 == other.outer_first
        if lost or (marked and analysis.word(one.outer_end) in _POSSESSIVE):
            toponyms[at] = replace(one, outer_first=one.first, shift=None)
            toponyms[at + 1] = replace(other, shift=one.shift)
    return toponyms


def _kinds(analysis: Analysis) -> list[str]:
    """For each word the kind of the name that the model sees there, or ""."""
    kinds = [""] * len(analysis.words)
    for name in analysis.names:
        for word in range(name.first, name.end):
            kinds[word] = name.kind
    return kinds


def _judge(
    analysis: Analysis,
    gazetteer: Gazetteer,
    kinds: list[str],
    piece: Piece,
    before: Toponym | None,
) -> Toponym | None:
    """The toponym that a piece is, or None where it names something else.

    In a list what holds for the one `before` it holds for this one as well.
    """
    name = _name(analysis, gazetteer, piece)
    if len(name) < _SHORTEST and not name.isupper():
        return None
    if names_other(analysis, gazetteer, piece):
        return None
    if _is_no_name(analysis, gazetteer, kinds, piece):
        return None
    around = look_around(analysis, gazetteer, piece.first, piece.end, piece.sort)
    located = is_located(analysis, around.first)
    if piece.known and before is not None and _is_listed(analysis, before, around.first):
        located = located or before.located
    led = around.sort is not None and piece.sort is None and around.end == piece.end
    if led and not piece.known and not analysis.word(around.sort_word).islower():
        return None  # "Department of Health"
    evidence = _Evidence(located=located, led=led, sorted=around.sort is not None)
    strength = _strength(analysis, kinds, piece, evidence)
    if strength is None:
        return None
    return Toponym(
        first=piece.first,
        end=piece.name_end,
        outer_first=around.first,
        outer_end=around.end,
        name=name,
        sort=around.sort,
        strength=strength,
        located=located,
        shift=around.shift,
        vague=around.vague,
    )


def _is_listed(analysis: Analysis, before: Toponym, first: int) -> bool:
    """Whether only a comma or a conjunction stands between two toponyms."""
    gap = range(before.outer_end, first)
    return 0 < len(gap) < 4 and all(analysis.word(at).lower() in _LISTING for at in gap)


def _is_no_name(analysis: Analysis, gazetteer: Gazetteer, kinds: list[str], piece: Piece) -> bool:
    """Whether it is an adjective ("African"), a mere noun ("University") or a body's name."""
    one = piece.name_end - piece.first == 1
    word = analysis.word(piece.first).lower()
    if one and (gazetteer.sort(word) is not None or word in COMPASS or len(word) < 2):
        return True
    adjective = analysis.upos[piece.name_end - 1] == "ADJ"
    if adjective and (not piece.known or (one and piece.sort is None)):
        return True
    body = piece.sort is not None and piece.sort.precision is not PlacePrecision.EXACT
    return body and not piece.whole_known and kinds[piece.end - 1] == "org"


def _name(analysis: Analysis, gazetteer: Gazetteer, piece: Piece) -> str:
    """The name to look up; "Syrias" is "Syria" where its apostrophe was lost."""
    words = analysis.span(piece.first, piece.name_end).words(analysis.text)
    if words.endswith("s") and not piece.known and gazetteer.named(words[:-1]):
        return words[:-1]
    return words


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What stands around a name.

    Attributes:
        located: A preposition of place before it.
        led: A noun for a sort of places before it ("the village of").
        sorted: Such a noun before or after it.
    """

    located: bool
    led: bool
    sorted: bool


def _strength(
    analysis: Analysis, kinds: list[str], piece: Piece, evidence: _Evidence
) -> Strength | None:
    """How sure it is that a name is one of a place, or None where it hardly is."""
    seen = [
        kinds[word]
        for word in range(piece.first, piece.name_end)
        if any(map(str.isalnum, analysis.word(word)))
    ]
    places = sum(kind in _PLACES for kind in seen)
    others = sum(kind in ("per", "org", "misc") for kind in seen)
    if evidence.led or (places and evidence.sorted):
        return Strength.SURE
    if places > others:
        abbreviated = analysis.word(piece.first).isupper() and piece.name_end - piece.first == 1
        sure = piece.known or (evidence.located and not abbreviated)
        return Strength.SURE if sure else Strength.MAYBE
    if evidence.sorted and (piece.known or not others or evidence.located):
        return Strength.SURE
    if piece.known and (places or evidence.located):
        return Strength.MAYBE if others else Strength.SURE
    if evidence.located and analysis.upos[piece.first] == "PROPN":
        return Strength.MAYBE
    if not piece.known or "per" in seen or _is_mere_noun(analysis, kinds, piece):
        return None
    return Strength.MAYBE if _is_alone(kinds, piece) else None


def _is_mere_noun(analysis: Analysis, kinds: list[str], piece: Piece) -> bool:
    """Whether it is one common noun that only its place gives a capital: "Car bomb kills ten"."""
    one = piece.name_end - piece.first == 1
    return one and analysis.upos[piece.first] == "NOUN" and not kinds[piece.first]


def _is_alone(kinds: list[str], piece: Piece) -> bool:
    """Whether no name of a person or an organisation goes on beyond the piece."""
    before = kinds[piece.first - 1] if piece.first else ""
    after = kinds[piece.end] if piece.end < len(kinds) else ""
    own = kinds[piece.first]
    return own not in ("org", "misc") or own not in (before, after)
