"""What one claim tells of one event in the world: the events that stand on one line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from allegata.types.event import Argument, Event, EventKind, Link, Modality, Polarity, Role
from allegata.types.interval import Interval
from allegata.types.phrase import mean_the_same

__all__ = ["ATTACKS", "GENERAL", "RESULTS", "Telling", "gather_tellings"]

ATTACKS = frozenset(
    {
        EventKind.CHEMICAL_ATTACK,
        EventKind.SHELLING,
        EventKind.AIR_STRIKE,
        EventKind.BOMBING,
        EventKind.SHOOTING,
        EventKind.CLASH,
    }
)
"""Kinds that say how something was done."""

GENERAL = frozenset({EventKind.ATTACK, EventKind.EXPLOSION})
"""Kinds that leave open how it was done: one of the others may be told of the same."""

RESULTS = frozenset({EventKind.KILLING, EventKind.HARM, EventKind.DESTRUCTION})
"""Kinds that are named by what came of something done."""

_MOST = 12
"""So many are compared, so that thousands of events in one episode take no time."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Events of one episode that one claim puts in one way.

    Attributes:
        claim: Id of the claim that carries them all.
        events: At least one: what was done before what came of it, otherwise in order of the text.
            They share polarity and modality.
        mark: The episode (`p1`) where the document tells of it more than once, otherwise empty.
    """

    claim: str
    events: tuple[Event, ...]
    mark: str

    @property
    def polarity(self) -> Polarity:
        """Whether the claim says that they happened."""
        return self.events[0].polarity

    @property
    def modality(self) -> Modality:
        """How the claim puts them."""
        return self.events[0].modality


def gather_tellings(
    events: Sequence[Event], links: Sequence[Link], text: str
) -> Mapping[str, tuple[Telling, ...]]:
    """Put events together that one claim tells of one episode in one way.

    Events with different doers, or with different things done to, stay apart: together they would
    say of one what is said of the other.

    Args:
        events: Of one reading, in order of the text.
        links: Of the same reading: what they join is marked.
        text: Of its document.

    Returns:
        For each claim that carries events its tellings, by the first event of their episode.
    """
    told: dict[tuple[str, str], list[list[Event]]] = {}
    for event in events:
        groups = told.setdefault((event.claim, event.episode), [])
        group = next((one for one in groups[-_MOST:] if _fits(event, one, text)), None)
        if group is None:
            groups.append([event])
        else:
            group.append(event)
    marked = _find_marked(told, links)
    by_claim: dict[str, list[Telling]] = {}
    for (claim, episode), groups in told.items():
        for group in groups:
            ordered = tuple(sorted(group, key=lambda event: event.kind in RESULTS))
            mark = episode if episode in marked else ""
            by_claim.setdefault(claim, []).append(Telling(claim, ordered, mark))
    return {claim: tuple(tellings) for claim, tellings in by_claim.items()}


def _fits(event: Event, group: Sequence[Event], text: str) -> bool:
    """Whether an event can be told in one breath with others of its episode."""
    if (event.polarity, event.modality) != (group[0].polarity, group[0].modality):
        return False
    return all(_is_told_with(event, other, text) for other in group[:_MOST])


def _is_told_with(event: Event, other: Event, text: str) -> bool:
    if not _are_kindred(event.kind, other.kind) or _are_apart(event.time, other.time):
        return False
    roles = [Role.ACTOR, Role.ORIGIN, Role.DESTINATION]
    # Those killed and those hurt in one attack are others, and others than what was attacked.
    if event.kind is other.kind or not {event.kind, other.kind} & RESULTS:
        roles.append(Role.TARGET)
    return all(_agree(_named(event, role), _named(other, role), text) for role in roles) and not (
        _trade_places(event, other, text) or _trade_places(other, event, text)
    )


def _are_kindred(one: EventKind, other: EventKind) -> bool:
    """Whether two kinds can be said of one deed: how it was done, and what came of it."""
    if one is other or {one, other} & RESULTS:
        return True
    return bool({one, other} & GENERAL) and {one, other} <= GENERAL | ATTACKS


def _trade_places(event: Event, other: Event, text: str) -> bool:
    """Whether who does one is who suffers the other."""
    doers, sufferers = _named(event, Role.ACTOR), _named(other, Role.TARGET)
    return any(mean_the_same(a, b, text) for a in doers for b in sufferers)


def _are_apart(one: Interval | None, other: Interval | None) -> bool:
    if one is None or other is None:
        return False
    first, second = sorted((one, other), key=lambda time: time.start or date.min)
    return first.end is not None and second.start is not None and first.end < second.start


def _named(event: Event, role: Role) -> list[Argument]:
    return [argument for argument in event.arguments if argument.role is role]


def _agree(here: Sequence[Argument], there: Sequence[Argument], text: str) -> bool:
    """Whether those of one role are left open on one side, or somebody stands on both."""
    return not here or not there or any(mean_the_same(a, b, text) for a in here for b in there)


def _find_marked(
    told: Mapping[tuple[str, str], Sequence[Sequence[Event]]], links: Sequence[Link]
) -> frozenset[str]:
    n_tellings: Counter[str] = Counter()
    for (_, episode), groups in told.items():
        n_tellings[episode] += len(groups)
    repeated = {episode for episode, n in n_tellings.items() if n > 1}
    return frozenset({*repeated, *(x.source for x in links), *(x.target for x in links)})
