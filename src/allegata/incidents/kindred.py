"""Kinds of events that can be told of one happening, and kinds that cannot."""

from functools import lru_cache

from allegata.incidents.evidence import APART
from allegata.incidents.features import Features
from allegata.types import EventKind
from allegata.types.telling import GENERAL, RESULTS

__all__ = ["are_rivals", "families_of", "kinds_agree"]

Kinds = frozenset[EventKind]

VIOLENCE = frozenset(
    {
        EventKind.CHEMICAL_ATTACK,
        EventKind.SHELLING,
        EventKind.AIR_STRIKE,
        EventKind.BOMBING,
        EventKind.SHOOTING,
        EventKind.CLASH,
        EventKind.ATTACK,
        EventKind.EXPLOSION,
        EventKind.STAGING,
        EventKind.VIOLATION,
    }
)
OPEN = frozenset(
    {*GENERAL, EventKind.CHEMICAL_ATTACK, EventKind.STAGING, EventKind.CLASH, EventKind.VIOLATION}
)
"""Kinds of violence that leave open by what means, or over which accounts contend."""

CONTENDED = frozenset({EventKind.STAGING, EventKind.CHEMICAL_ATTACK})
"""Whoever tells of these contends with others over what it was and how it came."""

CUSTODY = frozenset(
    {EventKind.ABDUCTION, EventKind.DETENTION, EventKind.TORTURE, EventKind.WITHDRAWAL}
)
TAKING = frozenset({EventKind.ABDUCTION, EventKind.DETENTION, EventKind.SEIZURE, EventKind.CAPTURE})
"""People, goods and towns are seized in the same words."""

GROUND = frozenset(
    {EventKind.CAPTURE, EventKind.CLASH, EventKind.SIEGE, EventKind.WITHDRAWAL, EventKind.ATTACK}
)
MOVES = frozenset({EventKind.DISPLACEMENT, EventKind.WITHDRAWAL, EventKind.SIEGE})
TREATIES = frozenset({EventKind.TALKS, EventKind.AGREEMENT})
LAW = frozenset({EventKind.INQUIRY, EventKind.DETENTION, EventKind.ELECTION})
FAMILIES = (
    VIOLENCE | RESULTS,
    CUSTODY | RESULTS | {EventKind.ATTACK},
    TAKING,
    GROUND,
    MOVES,
    TREATIES,
    LAW,
)
"""Kinds that can be told of one happening."""


def kinds_agree(one: Features, other: Features) -> tuple[float, str]:
    """The same kind of happening, kinds that can be told of one, or others."""
    return _agree(one.kinds, other.kinds)


@lru_cache(maxsize=50_000)
def _agree(one: Kinds, other: Kinds) -> tuple[float, str]:
    shared = one & other
    if shared - RESULTS - GENERAL:
        return 1.5, "both tell of " + _list_kinds(shared)
    if shared:
        weight = -0.4 if _contend(one, other) else 0.8
        return weight, "both tell of " + _list_kinds(shared)
    if not any(one & family and other & family for family in FAMILIES):
        return APART, f"{_list_kinds(one)} and {_list_kinds(other)} are not one happening"
    weight = -0.8 if _contend(one, other) else 0.6 if (one | other) & CONTENDED else -0.1
    return weight, f"{_list_kinds(one)} and {_list_kinds(other)} can be one happening"


def families_of(kinds: Kinds) -> tuple[str, ...]:
    """Marks of which kinds that can be told of one happening share one."""
    found = [str(n) for n, family in enumerate(FAMILIES) if kinds & family]
    return (*found, *sorted(kind.value for kind in kinds if not any(kind in f for f in FAMILIES)))


def are_rivals(one: Features, other: Features) -> bool:
    """Whether both say by what means, and not by the same."""
    return _contend(one.kinds, other.kinds)


@lru_cache(maxsize=50_000)
def _contend(one: Kinds, other: Kinds) -> bool:
    here, there = one & (VIOLENCE - OPEN), other & (VIOLENCE - OPEN)
    contended = bool((one | other) & CONTENDED)
    return bool(here and there) and not here & there and not contended


def _list_kinds(kinds: Kinds) -> str:
    return ", ".join(sorted(kind.value.replace("_", " ") for kind in kinds))
