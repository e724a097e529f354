"""One source or outlet: what it says, whom it repeats, what others say it did."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from allegata.errors import InputError
from allegata.ledger.schema import (
    claim,
    current,
    event,
    incident,
    laundering,
    party,
    summary,
)
from allegata.types.statement import HolderKind

__all__ = ["Cited", "Deed", "Dropped", "Profile", "load_profile"]

_MOST = 40
_ROLES = ("actor", "target")


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that an outlet cites, or an outlet that cites a source.

    Attributes:
        key, name: Of the other one.
        n_claims: Claims.
        n_reports: Reports in which they stand.
    """

    key: str
    name: str
    n_claims: int
    n_reports: int


@dataclass(frozen=True, slots=True)
class Deed:
    """A sort of event in which one is said to have a part, and by whom.

    Attributes:
        role: `actor` or `target`.
        kind: Of event.
        holder, holder_name: Who says so; for `c0` the outlet.
        polarity: Whether it is said to have happened.
        n: Events.
    """

    role: str
    kind: str
    holder: str
    holder_name: str
    polarity: str
    n: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """Where an outlet dropped an attribution."""

    incident: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a ledger holds of one source or outlet.

    Attributes:
        key, name, kind: Of the holder.
        n_reports: That it published.
        n_own, n_attributed: Events that its reports tell in its own voice, and with a source.
        acts: What it does by speaking, and how often, where others cite it.
        cited_by: Outlets that cite it.
        cites: Sources that its own reports cite.
        deeds: What it is said to have done or suffered, and by whom.
        dropped: Where it dropped attributions.
    """

    key: str
    name: str
    kind: HolderKind
    n_reports: int
    n_own: int
    n_attributed: int
    acts: tuple[tuple[str, int], ...]
    cited_by: tuple[Cited, ...]
    cites: tuple[Cited, ...]
    deeds: tuple[Deed, ...]
    dropped: tuple[Dropped, ...]


def load_profile(connection: Connection, key: str) -> Profile:
    """What a ledger holds of one source or outlet.

    Args:
        connection: That reads it.
        key: Of the holder.

    Raises:
        InputError: Nobody has this key.
    """
    row = connection.execute(
        select(claim.c.holder_name, claim.c.holder_kind)
        .where(claim.c.holder == key)
        .order_by(func.length(claim.c.holder_name).desc(), claim.c.holder_name)
        .limit(1)
    ).first()
    if row is None:
        row = connection.execute(
            select(party.c.name.label("holder_name")).where(party.c.key == key).limit(1)
        ).first()
    if row is None:
        raise InputError(key, "is no source in this ledger.", "`allegata sources` lists them.")
    kind = HolderKind(row._mapping.get("holder_kind", "named"))
    n_own, n_attributed = _voices(connection, key)
    return Profile(
        key=key,
        name=row.holder_name,
        kind=kind,
        n_reports=_n_published(connection, key),
        n_own=n_own,
        n_attributed=n_attributed,
        acts=_acts(connection, key),
        cited_by=_cited_by(connection, key),
        cites=_cites(connection, key),
        deeds=_deeds(connection, key),
        dropped=_dropped(connection, key),
    )


def _n_published(connection: Connection, key: str) -> int:
    query = (
        select(func.count())
        .select_from(claim)
        .join(current, current.c.reading == claim.c.reading)
        .where(claim.c.holder == key, claim.c.parent.is_(None))
    )
    return int(connection.execute(query).scalar() or 0)


def _voices(connection: Connection, key: str) -> tuple[int, int]:
    """Events of the reports that it published: in its own voice, and with a source."""
    own = claim.alias()
    query = (
        select(event.c.claim == own.c.id, func.count())
        .select_from(event)
        .join(current, current.c.reading == event.c.reading)
        .join(own, own.c.reading == event.c.reading)
        .where(own.c.holder == key, own.c.parent.is_(None))
        .group_by(event.c.claim == own.c.id)
    )
    counts = {bool(is_own): n for is_own, n in connection.execute(query)}
    return counts.get(True, 0), counts.get(False, 0)


def _acts(connection: Connection, key: str) -> tuple[tuple[str, int], ...]:
    query = (
        select(claim.c.act, func.count())
        .join(current, current.c.reading == claim.c.reading)
        .where(claim.c.holder == key, claim.c.parent.is_not(None))
        .group_by(claim.c.act)
        .order_by(func.count().desc(), claim.c.act)
    )
    return tuple((act, n) for act, n in connection.execute(query))


def _cited_by(connection: Connection, key: str) -> tuple[Cited, ...]:
    own = claim.alias()
    query = (
        select(
            own.c.holder,
            func.min(own.c.holder_name).label("name"),
            func.count().label("n_claims"),
            func.count(current.c.report.distinct()).label("n_reports"),
        )
        .select_from(claim)
        .join(current, current.c.reading == claim.c.reading)
        .join(own, (own.c.reading == claim.c.reading) & own.c.parent.is_(None))
        .where(claim.c.holder == key, claim.c.parent.is_not(None), own.c.holder != key)
        .group_by(own.c.holder)
        .order_by(func.count().desc(), own.c.holder)
        .limit(_MOST)
    )
    return tuple(Cited(*row) for row in connection.execute(query))


def _cites(connection: Connection, key: str) -> tuple[Cited, ...]:
    own = claim.alias()
    query = (
        select(
            claim.c.holder,
            func.min(claim.c.holder_name).label("name"),
            func.count().label("n_claims"),
            func.count(current.c.report.distinct()).label("n_reports"),
        )
        .select_from(claim)
        .join(current, current.c.reading == claim.c.reading)
        .join(own, (own.c.reading == claim.c.reading) & own.c.parent.is_(None))
        .where(
            own.c.holder == key,
            claim.c.parent.is_not(None),
            claim.c.holder_kind.not_in(("unnamed", "nobody")),
        )
        .group_by(claim.c.holder)
        .order_by(func.count().desc(), claim.c.holder)
        .limit(_MOST)
    )
    return tuple(Cited(*row) for row in connection.execute(query))


def _deeds(connection: Connection, key: str) -> tuple[Deed, ...]:
    query = (
        select(
            party.c.role,
            event.c.kind,
            claim.c.holder,
            func.min(claim.c.holder_name).label("name"),
            event.c.polarity,
            func.count().label("n"),
        )
        .select_from(party)
        .join(current, current.c.reading == party.c.reading)
        .join(event, (event.c.reading == party.c.reading) & (event.c.id == party.c.event))
        .join(claim, (claim.c.reading == event.c.reading) & (claim.c.id == event.c.claim))
        .where(party.c.key == key, party.c.role.in_(_ROLES))
        .group_by(party.c.role, event.c.kind, claim.c.holder, event.c.polarity)
        .order_by(func.count().desc(), event.c.kind, claim.c.holder)
        .limit(8 * _MOST)
    )
    return tuple(Deed(*row) for row in connection.execute(query))


def _dropped(connection: Connection, key: str) -> tuple[Dropped, ...]:
    query = (
        select(incident.c.id, summary.c.title, laundering.c.words)
        .join(incident, incident.c.number == laundering.c.incident)
        .join(summary, summary.c.incident == laundering.c.incident)
        .where(laundering.c.outlet == key)
        .order_by(laundering.c.likeness.desc(), laundering.c.statement)
        .limit(_MOST)
    )
    return tuple(Dropped(*row) for row in connection.execute(query))
