"""Names with nouns and states beside them: "the Estonian-backed Marsh Front movement"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from allegata.knowledge.actor_names import fold_name
from allegata.knowledge.actor_patterns import (
    LONGEST_STATE,
    cut_words,
    find_owners,
    load_patterns,
)
from allegata.knowledge.actors import ActorTable, Found, Use
from allegata.types.entity_type import EntityType

__all__ = ["find_beside"]

_NAMES = (Use.NAME, Use.ALIAS, Use.SHARED)
_LONGEST_NOUN = 3
_LINKING = frozenset("of for from in on by and or with to at against near as that".split())
"""Words that make a name a part of something else."""


def find_beside(actors: ActorTable, words: str) -> tuple[Found, ...]:
    """Bodies and groups whose name stands in some words beside nouns or a state that tell of it.

    A state before the name ("Estonia's MF") tells which one of that name is meant, and so does a
    noun of fighters behind a word that is no initials ("Marsh fighters").

    Args:
        actors: Everybody that is known.
        words: As they stand in a text, all of them.

    Returns:
        Empty where the words hold more than a name and what may stand beside it.
    """
    for rest, is_armed in _strippings(cut_words(words)):
        found = _find_bodies(actors, rest)
        if found:
            return _of_fighters(found) if is_armed else found
        owned = _find_owned(actors, rest)
        if owned:
            return owned
    return ()


def _of_fighters(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """What a name means beside a noun of fighters: the only armed group of that name."""
    groups = [one for one in found if one.actor.kind is EntityType.ARMED_GROUP]
    if len(groups) == 1 and not groups[0].name.isupper():
        return (_settled(groups[0]),)
    return found


def _find_bodies(actors: ActorTable, parts: Sequence[str]) -> tuple[Found, ...]:
    found = actors.find(" ".join(parts)) if parts else ()
    return tuple(one for one in found if one.use in _NAMES and not one.actor.is_land)


def _find_owned(actors: ActorTable, parts: Sequence[str]) -> tuple[Found, ...]:
    """Bodies behind a state that they belong to or act in."""
    for at in range(min(LONGEST_STATE, len(parts) - 1), 0, -1):
        if parts[at - 1].islower():
            continue
        codes = {one.actor.country for one in find_owners(actors, " ".join(parts[:at]))}
        if codes:
            for rest, _ in _strippings(parts[at:]):
                found = _find_bodies(actors, rest)
                theirs = tuple(one for one in found if codes & set(one.actor.countries))
                if found:
                    return tuple(map(_settled, theirs)) if len(theirs) == 1 else theirs
            return ()
    return ()


def _settled(one: Found) -> Found:
    """A shared name that the words beside it make clear."""
    return replace(one, use=Use.ALIAS) if one.use is Use.SHARED else one


def _strippings(parts: Sequence[str]) -> Iterator[tuple[Sequence[str], bool]]:
    """Words with less and less beside the name, and whether what went tells of fighters."""
    is_armed = False
    while parts:
        yield parts, is_armed
        noun, parts = _strip(parts)
        is_armed = is_armed or noun in load_patterns().fighters


def _strip(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The next noun beside a name, folded, and the other words: none where nothing goes."""
    patterns = load_patterns()
    if len(parts) < 2:
        return "", ()
    first = fold_name(parts[0])
    if first in patterns.qualifiers or parts[0].lower().rpartition("-")[2] in patterns.led_by:
        return first, parts[1:]
    for noun, rest in (*_ends(parts), *_starts(parts)):
        if noun in patterns.apposed:
            return noun, rest
    if parts[0].islower() and not _LINKING.intersection(parts):
        return first, parts[1:]
    return "", ()


def _ends(parts: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    for size in range(min(_LONGEST_NOUN, len(parts) - 1), 0, -1):
        yield fold_name(" ".join(parts[-size:])), parts[:-size]


def _starts(parts: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    for size in range(min(_LONGEST_NOUN, len(parts) - 1), 0, -1):
        yield fold_name(" ".join(parts[:size])), parts[size:]
