"""The state that words tell: "Estonian jets", "the navy of Estonia", "Tallinn"."""

import re
from collections.abc import Collection, Iterator, Sequence

from allegata.knowledge.actor_names import fold_name
from allegata.knowledge.actor_patterns import LONGEST_STATE, load_patterns
from allegata.knowledge.actors import ActorTable, Found, Use
from allegata.types import EntityType

__all__ = ["country_of"]

_WORDS = re.compile(r"[\w.&'’]+(?:[-‐–][\w.&'’]+)*")
_HYPHENS = re.compile("[-‐–]")


def country_of(words: str, *, actors: ActorTable, countries: Collection[str] = ()) -> str | None:
    """The only state that some words name, by its name, adjective, people, city or seat.

    The name of a body counts as a whole: that of a state's own force tells the state, that of a
    group none, whatever stands in it. A compound tells of somebody else's side and not of a state
    ("Estonian-backed", "anti-Estonian"), unless both its halves are states.

    Args:
        words: Of an argument or another phrase.
        actors: Everybody that is known.
        countries: ISO 3166 codes of the states that the text is about: they choose where several
            have an adjective ("Congolese").

    Returns:
        Its ISO 3166 code, or None where no state, more than one, or an unclear one is named.
    """
    told: set[str | None] = set()
    for found in _find_named(_WORDS.findall(words), actors):
        codes = {one.actor.country for one in found}
        if len(codes) > 1 or any(one.use is Use.SHARED for one in found):
            codes = codes & set(countries) or {None}
        told |= codes
    return told.pop() if len(told) == 1 else None


def _find_named(words: Sequence[str], actors: ActorTable) -> Iterator[Sequence[Found]]:
    """States, lands and forces that stand in some words, longest first, none inside another."""
    patterns = load_patterns()
    at = 0
    while at < len(words):
        if at and words[at - 1].lower() in patterns.compounds:
            at += 1
            continue
        size, found = _longest(words[at : at + LONGEST_STATE], actors, patterns.exceptions)
        if found:
            yield found
        elif size == 1:
            yield from _halves(words[at], actors)
        at += size


def _longest(
    words: Sequence[str], actors: ActorTable, exceptions: Collection[str]
) -> tuple[int, tuple[Found, ...]]:
    """How many of some words are one name, and whose: nobody's where they name no state."""
    for size in range(len(words), 0, -1):
        phrase = " ".join(words[:size])
        if phrase.islower():
            continue
        if fold_name(phrase) in exceptions:
            return size, ()
        found = actors.find(phrase)
        if found:
            return size, found if all(map(_is_of_state, found)) else ()
    return 1, ()


def _is_of_state(one: Found) -> bool:
    return one.actor.is_land or one.actor.kind is EntityType.GOVERNMENT


def _halves(word: str, actors: ActorTable) -> Iterator[Sequence[Found]]:
    """The states of a compound that is made of states alone: "Estonian-Latvian"."""
    parts = _HYPHENS.split(word)
    found = [actors.find(part) for part in parts] if len(parts) > 1 else []
    if all(one and all(each.actor.is_land for each in one) for one in found):
        yield from found
