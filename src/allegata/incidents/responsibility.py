"""Who is said to have done it, and by whom: apart from whether it happened."""

from collections.abc import Iterable, Iterator
from itertools import product

from allegata.incidents.features import content_words
from allegata.incidents.stances import find_stances
from allegata.types import Act, EntityType, Role
from allegata.types.incident import PositionKind, Responsibility
from allegata.types.statement import Holder, HolderKind, Party, Statement
from allegata.types.telling import ATTACKS, GENERAL, RESULTS

__all__ = ["DEEDS", "are_one_side", "find_responsibility"]

DEEDS = ATTACKS | GENERAL | RESULTS
"""Kinds for which somebody is responsible towards those harmed."""

_NO_SIDES = frozenset({EntityType.PERSON, EntityType.PLACE, EntityType.FACILITY})
_HOLDS = frozenset(
    {PositionKind.AFFIRMS, PositionKind.DENIES, PositionKind.DOUBTS, PositionKind.SUPPOSES}
)


def find_responsibility(statements: Iterable[Statement]) -> tuple[Responsibility, ...]:
    """Find whom each holder says to have done it.

    Args:
        statements: Of one incident, in any order.

    Returns:
        By holder, then by who is named. Both sides may hold that it happened, and each that the
        other did it.
    """
    found: dict[tuple[str, str, PositionKind], list[Statement]] = {}
    holders: dict[str, Holder] = {}
    names: dict[str, str] = {}
    admitting: set[tuple[str, str, PositionKind]] = set()
    for statement in sorted(statements, key=lambda one: one.id):
        if statement.kind not in DEEDS:
            continue
        for stance, party in product(find_stances(statement), list(_doers(statement))):
            voice, kind = stance.voice, stance.kind
            if kind not in _HOLDS:
                continue
            key = _key(party)
            holders.setdefault(voice.holder.key, voice.holder)
            names.setdefault(key, party.name)
            mark = (voice.holder.key, key, kind)
            found.setdefault(mark, []).append(statement)
            own = voice.act is Act.ADMIT or are_one_side(voice.holder, party)
            if own and kind is PositionKind.AFFIRMS:
                admitting.add(mark)
    return tuple(
        Responsibility(
            holder=holders[mark[0]],
            actor=mark[1],
            actor_name=names[mark[1]],
            kind=mark[2],
            admits=mark in admitting,
            statements=tuple(one.id for one in found[mark]),
        )
        for mark in sorted(found, key=lambda mark: (mark[0], mark[1], mark[2].value))
    )


def are_one_side(holder: Holder, party: Party) -> bool:
    """Whether a holder speaks of itself, or a body of a state of another body of that state.

    Outlets speak of others, also where a state owns them.
    """
    if holder.kind is HolderKind.OUTLET or holder.type is EntityType.MEDIA:
        return False
    if holder.key == party.key:
        return True
    here, there = holder.key.removeprefix("actor:"), (party.actor or "")
    if holder.kind is not HolderKind.ACTOR or not there:
        return False
    return here.split("/")[0] == there.split("/")[0]


def _doers(statement: Statement) -> Iterator[Party]:
    for party in statement.parties:
        if party.role is Role.ACTOR and _can_be_blamed(party) and _key(party) != "called:":
            yield party


def _can_be_blamed(party: Party) -> bool:
    """Whether a party is a side: a person or an outlet that stands by a deed seldom is."""
    if party.type is EntityType.MEDIA:
        return False
    return party.actor is not None or party.type not in _NO_SIDES


def _key(party: Party) -> str:
    """Who is named; the unnamed by their words, which are the same in every report."""
    if party.key.startswith(("actor:", "name:")):
        return party.key
    return "called:" + " ".join(sorted(content_words(party.name)))
