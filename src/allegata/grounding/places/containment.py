"""Which toponym lies in which, as the words between them say."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from allegata.encoder import Analysis
from allegata.grounding.places.toponym import Toponym
from allegata.knowledge.gazetteer import Gazetteer

__all__ = ["Container", "find_containers"]

_MOST_BETWEEN = 5
_LISTED = ({","}, {"and"}, {",", "and"}, {"or"}, {",", "or"})
_INSIDE = frozenset(("in", "of", "(", "inside", "within"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_LYING = frozenset("located situated lying".split())
_ROUGHLY = frozenset("about around some roughly nearly approximately almost just only".split())
_MODIFIERS = ("ADJ", "DET", "NUM")


@dataclass(frozen=True, slots=True)
class Container:
    """What a toponym lies in.

    Attributes:
        index: The number of the toponym that it lies in.
        stated: Whether the words say so ("in", "of", "'s"); else only a comma stands between.
    """

    index: int
    stated: bool


def find_containers(
    analysis: Analysis, gazetteer: Gazetteer, toponyms: Sequence[Toponym]
) -> list[Container | None]:
    """Find what each toponym is said to lie in.

    "Tal Maran, Aleppo province", "the Nile Street in Aleppo", "Marova's Tal Zarin district",
    "Tal Maran, east of Aleppo", "the city's Nile Street" where a city was named before. In a list
    the last one's holds for all.

    Args:
        analysis: Holds them.
        gazetteer: Knows nouns for sorts of places.
        toponyms: In order.

    Returns:
        One for each toponym, or None.
    """
    found: list[Container | None] = [None] * len(toponyms)
    listed: list[bool] = [False] * len(toponyms)
    for at, (one, other) in enumerate(pairwise(toponyms)):
        words = _between(analysis, gazetteer, one, other)
        if words is None:
            continue
        if (not words and _owns(analysis, one)) or (words and words[0] in _POSSESSIVE):
            found[at + 1] = Container(at, stated=True)
        elif words and words[0] in _INSIDE | {","} and words[-1] in _INSIDE:
            found[at] = Container(at + 1, stated=True)
        elif words == [","] or (other.shift is not None and not words):
            found[at] = Container(at + 1, stated=False)
        listed[at] = set(words) in _LISTED
    for at, toponym in enumerate(toponyms):
        owner = _owner_before(analysis, gazetteer, toponyms, at, toponym)
        if owner is not None:
            found[at] = Container(owner, stated=True)
    for at in range(len(toponyms) - 2, -1, -1):
        own, following = found[at], found[at + 1]
        free = own is None or not own.stated
        if listed[at] and free and following is not None and following.stated:
            found[at] = following if following.index > at + 1 else own
    return found


def _between(
    analysis: Analysis, gazetteer: Gazetteer, one: Toponym, other: Toponym
) -> list[str] | None:
    """The words between two toponyms that say how they belong together; None where others do."""
    gap = range(one.outer_end, other.outer_first)
    if len(gap) > _MOST_BETWEEN or other.outer_first < one.outer_end:
        return None
    if analysis.sentence_of[one.first] != analysis.sentence_of[other.first]:
        return None
    words = []
    for at in gap:
        word = analysis.word(at).lower()
        if word in _POSSESSIVE or word in _INSIDE or word in (",", "and", "or"):
            words.append(word)
        elif word in _LYING or (word in _ROUGHLY and other.shift is not None):
            continue
        elif analysis.upos[at] not in _MODIFIERS and gazetteer.sort(word) is None:
            return None
    return words


def _owns(analysis: Analysis, one: Toponym) -> bool:
    """Whether a lost apostrophe made one the owner of the other: "Marovas Zarin district"."""
    written = analysis.span(one.first, one.end).words(analysis.text)
    return written != one.name and one.outer_end == one.end


def _is_town_of(one: Toponym, other: Toponym) -> bool:
    """Whether one says where the other is: "the Maran town of Tal Nakhil"."""
    leads = other.outer_first < other.first and other.sort is not None
    return leads and one.sort is None and one.outer_end == other.outer_first


def _owner_before(
    analysis: Analysis,
    gazetteer: Gazetteer,
    toponyms: Sequence[Toponym],
    at: int,
    toponym: Toponym,
) -> int | None:
    """What "the city's" before a toponym speaks of: the last that may be one."""
    word = toponym.outer_first - 1
    while word > 0 and analysis.upos[word] in _MODIFIERS:
        word -= 1
    if word < 1 or analysis.word(word) not in _POSSESSIVE:
        return None
    sort = gazetteer.sort(analysis.word(word - 1).lower())
    if sort is None:
        return None
    for before in range(at - 1, -1, -1):
        said = toponyms[before].sort
        if said is None or said.precision is sort.precision:
            return before
    return None
