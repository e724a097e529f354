"""Which incident is which: ids that stay while incidents grow, merge and split."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

__all__ = ["Change", "ChangeKind", "Continued", "Known", "continue_incidents"]


class ChangeKind(Enum):
    """What became of an incident."""

    ISSUED = "issued"
    """Its id was issued for accounts that belonged to none."""
    GREW = "grew"
    SHRANK = "shrank"
    MERGED = "merged"
    """Most of its accounts now belong to another, which goes on."""
    SPLIT = "split"
    """Its id was issued for accounts that belonged to another, which goes on."""
    DISSOLVED = "dissolved"
    """None of its accounts counts any more."""


@dataclass(frozen=True, slots=True)
class Known:
    """An incident as it stood.

    Attributes:
        id: Its id, issued once.
        issued: When, as a number that grows: of two that claim the same, the older one goes on.
        accounts: Ids of the accounts that belonged to it.
        founder: The account that its id was issued for; empty where nobody asks.
    """

    id: str
    issued: int
    accounts: frozenset[str]
    founder: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an incident's history.

    Attributes:
        incident: Id of the incident that changed.
        kind: How.
        other: The incident that it was merged into or split from, or None.
        n_accounts: How many belong to it now.
    """

    incident: str
    kind: ChangeKind
    other: str | None
    n_accounts: int


@dataclass(frozen=True, slots=True)
class Continued:
    """Incidents after a change.

    Attributes:
        accounts: Of each incident that goes on or is new, by id.
        founders: For each new id the account that it was issued for.
        changes: What became of whom, by id; nothing for those that stayed as they were.
    """

    accounts: Mapping[str, frozenset[str]]
    founders: Mapping[str, str]
    changes: tuple[Change, ...]


def continue_incidents(
    groups: Sequence[frozenset[str]],
    founders: Sequence[str],
    known: Sequence[Known],
    issued: Collection[str] = (),
) -> Continued:
    """Give each group of accounts the id of the incident that it continues, or a new one.

    An incident goes on in the group that holds the most of its accounts, and a group continues the
    incident that gave it the most. Of equals the group that holds the account which its id was
    issued for, then the older incident, then the group with the smaller founder. So one that only
    grows keeps its id, of those that merge the largest goes on, and of those that split the largest
    part does.

    Args:
        groups: Sets of account ids that do not overlap.
        founders: For each group the account that a new id would be issued for: its earliest.
        known: The incidents that these accounts belonged to.
        issued: Ids issued before, which no new incident may get.

    Returns:
        The same for the same sets, whatever their order.
    """
    order = sorted(range(len(groups)), key=lambda place: founders[place])
    keeps = _match([groups[place] for place in order], known)
    taken = {*issued, *(one.id for one in known)}
    ids: dict[int, str] = {}
    new: dict[str, str] = {}
    for place, group in enumerate(order):
        if place in keeps:
            ids[group] = keeps[place].id
            continue
        ids[group] = _issue(founders[group], taken)
        taken.add(ids[group])
        new[ids[group]] = founders[group]
    accounts = {ids[place]: groups[place] for place in order}
    return Continued(accounts, new, tuple(_tell(accounts, new, known)))


def _match(groups: Sequence[frozenset[str]], known: Sequence[Known]) -> dict[int, Known]:
    """For groups that continue an incident, which one."""
    home = {account: place for place, group in enumerate(groups) for account in group}
    pairs = []
    for one in known:
        shared = Counter(home[account] for account in one.accounts if account in home)
        founded = home.get(one.founder)
        pairs += [(-n, place != founded, one.issued, place, one) for place, n in shared.items()]
    pairs.sort(key=lambda pair: (*pair[:4], pair[4].id))
    keeps: dict[int, Known] = {}
    placed: set[str] = set()
    for *_, place, one in pairs:
        if place not in keeps and one.id not in placed:
            keeps[place] = one
            placed.add(one.id)
    return keeps


def _issue(founder: str, taken: Collection[str]) -> str:
    n = 0
    while True:
        name = f"{founder}\0{n}" if n else founder
        issued = "i" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        if issued not in taken:
            return issued
        n += 1


def _tell(
    accounts: Mapping[str, frozenset[str]], new: Mapping[str, str], known: Sequence[Known]
) -> list[Change]:
    home = {account: name for name, group in accounts.items() for account in group}
    before = {account: one.id for one in known for account in one.accounts}
    changes = []
    for one in known:
        now = accounts.get(one.id)
        if now is None:
            heirs = Counter(home[account] for account in one.accounts if account in home)
            heir = min(heirs, key=lambda name: (-heirs[name], name)) if heirs else None
            kind = ChangeKind.MERGED if heir else ChangeKind.DISSOLVED
            changes.append(Change(one.id, kind, heir, 0))
        elif now != one.accounts:
            grew = len(now) >= len(one.accounts)
            kind = ChangeKind.GREW if grew else ChangeKind.SHRANK
            changes.append(Change(one.id, kind, None, len(now)))
    for name in new:
        parents = Counter(before[account] for account in accounts[name] if account in before)
        parent = min(parents, key=lambda old: (-parents[old], old)) if parents else None
        kind = ChangeKind.SPLIT if parent else ChangeKind.ISSUED
        changes.append(Change(name, kind, parent, len(accounts[name])))
    return sorted(changes, key=lambda change: (change.incident, change.kind.value))
