"""Accounts: the statements of one report that tell of one happening."""

from collections.abc import Sequence
from datetime import date

from allegata.incidents.distance import distance_km
from allegata.types import EventKind, Modality, Role
from allegata.types.incident import Account
from allegata.types.statement import Statement
from allegata.types.telling import ATTACKS, GENERAL, RESULTS

__all__ = ["make_accounts"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST = 12
"""So many of a part are compared, so that an episode of thousands takes no time."""

FIRE = frozenset(
    {EventKind.SHELLING, EventKind.AIR_STRIKE, EventKind.BOMBING, EventKind.CHEMICAL_ATTACK}
)
_FAR_KM = 50.0
_MOST_DAYS = 31
_MOST_DAYS_LATER = 7
"""Told more than a year later, a month is the beginning of a war, not the date of a happening."""

_YEAR_DAYS = 365


def make_accounts(statements: Sequence[Statement]) -> tuple[Account, ...]:
    """Sort the statements of one report by the happening that they tell of.

    The episodes of the reading are the start. One that holds what cannot be one happening is
    parted: other kinds of deeds, days that lie apart, one's doer who suffers the other. What is
    told of no particular occasion, or of more than a month, is left out.

    Args:
        statements: Of one report, in order of the text.

    Returns:
        By episode, then by first statement. Empty where the report tells of no happening.
    """
    episodes: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.modality is not Modality.GENERIC:
            episodes.setdefault(statement.episode, []).append(statement)
    accounts = []
    for episode, told in episodes.items():
        parts = [part for part in _part(told) if _is_occasion(part)]
        for place, part in enumerate(parts):
            mark = "" if place == 0 else _LETTERS[min(place, 25)] + str(place) * (place > 25)
            name = f"{told[0].by.report}/{episode}{mark}"
            accounts.append(Account(name, tuple(part)))
    return tuple(accounts)


def _is_occasion(part: Sequence[Statement]) -> bool:
    """Whether what is told has a time of its own: a war "since 2011" is no happening."""
    dated = [
        (one, one.time.start, one.time.end)
        for one in part
        if one.time is not None and one.time.start is not None and one.time.end is not None
    ]
    return not dated or any(
        (last - first).days <= (_MOST_DAYS if _is_fresh(one, last) else _MOST_DAYS_LATER)
        for one, first, last in dated
    )


def _is_fresh(statement: Statement, last: date) -> bool:
    published = statement.by.published
    return published is None or (published - last).days <= _YEAR_DAYS


def _part(statements: Sequence[Statement]) -> list[list[Statement]]:
    parts: list[list[Statement]] = []
    # Deeds first: a result ("killed") then joins the deed that it fits.
    ordered = sorted(statements, key=lambda one: (one.kind in RESULTS, one.trigger.start))
    for statement in ordered:
        home = next(
            (part for part in parts if all(_go_together(statement, o) for o in part[:_MOST])), None
        )
        if home is None:
            parts.append([statement])
        else:
            home.append(statement)
    for part in parts:
        part.sort(key=lambda one: one.trigger.start)
    return sorted(parts, key=lambda part: part[0].trigger.start)


def _go_together(one: Statement, other: Statement) -> bool:
    return (
        (_are_kindred(one.kind, other.kind) or _are_one_fire(one, other))
        and not _are_apart_in_time(one, other)
        and not _are_apart_in_place(one, other)
        and not _trade_places(one, other)
        and not _trade_places(other, one)
    )


def _are_kindred(one: EventKind, other: EventKind) -> bool:
    if one is other or {one, other} & RESULTS:
        return True
    return bool({one, other} & GENERAL) and {one, other} <= GENERAL | ATTACKS


def _are_one_fire(one: Statement, other: Statement) -> bool:
    """Whether two kinds of fire may be one: "bombed" is said of planes and of guns.

    The reading has put them into one episode; others who do it speak against that.
    """
    if not {one.kind, other.kind} <= FIRE:
        return False
    here, there = (
        {party.key for party in statement.parties if party.role is Role.ACTOR}
        for statement in (one, other)
    )
    return not here or not there or bool(here & there)


def _are_apart_in_time(one: Statement, other: Statement) -> bool:
    here, there = one.time, other.time
    if here is None or there is None or here.start is None or there.start is None:
        return False
    if here.end is None or there.end is None:
        return False
    gap = max((there.start - here.end).days, (here.start - there.end).days)
    return gap > 1


def _are_apart_in_place(one: Statement, other: Statement) -> bool:
    here, there = one.place, other.place
    if here is None or there is None or here.id == there.id:
        return False
    if here.latitude is None or there.latitude is None:
        return False
    if here.longitude is None or there.longitude is None:
        return False
    room = (here.radius_km or 0.0) + (there.radius_km or 0.0)
    far = distance_km(here.latitude, here.longitude, there.latitude, there.longitude)
    return far > room + _FAR_KM


def _trade_places(one: Statement, other: Statement) -> bool:
    """Whether who does one is who suffers the other."""
    doers = {party.key for party in one.parties if party.role is Role.ACTOR}
    sufferers = {party.key for party in other.parties if party.role is Role.TARGET}
    return bool(doers & sufferers)
