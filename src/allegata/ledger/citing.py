"""Who is cited in a ledger, how often, and by how many outlets."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from allegata.ledger.schema import claim, current, report

__all__ = ["SourceLine", "list_sources"]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One holder and how much is told by it.

    Attributes:
        key: Its key.
        name: As it is shown.
        kind: How it is known.
        n_claims: Claims that name it as source; for an outlet, 0.
        n_reports: Reports in which it is cited, or that it published.
        n_outlets: Publishers that cite it.
        acts: How often it does what, the commonest first.
    """

    key: str
    name: str
    kind: str
    n_claims: int
    n_reports: int
    n_outlets: int
    acts: tuple[tuple[str, int], ...]


def list_sources(
    connection: Connection, words: str | None = None, *, limit: int = 50, offset: int = 0
) -> tuple[list[SourceLine], int]:
    """Who is cited, the most cited first; described, not named, ones only where they are asked for.

    Args:
        connection: That reads a ledger.
        words: A part of the name or key, or None.
        limit: The most that are given.
        offset: How many are passed over.
    """
    query = (
        select(
            claim.c.holder,
            func.min(claim.c.holder_name).label("name"),
            func.min(claim.c.holder_kind).label("kind"),
            func.count().label("n_claims"),
            func.count(current.c.report.distinct()).label("n_reports"),
            func.count(report.c.publisher.distinct()).label("n_outlets"),
        )
        .join(current, current.c.reading == claim.c.reading)
        .join(report, report.c.number == current.c.report)
        .where(claim.c.parent.is_not(None), claim.c.holder_kind != "nobody")
        .group_by(claim.c.holder)
    )
    if words:
        query = query.where(
            claim.c.holder_name.icontains(words, autoescape=True)
            | claim.c.holder.icontains(words, autoescape=True)
        )
    else:
        query = query.where(claim.c.holder_kind != "unnamed")
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar() or 0
    rows = connection.execute(
        query.order_by(func.count().desc(), claim.c.holder).limit(limit).offset(offset)
    ).all()
    acts = _acts(connection, [row.holder for row in rows])
    return [
        SourceLine(
            row.holder, row.name, row.kind, row.n_claims, row.n_reports, row.n_outlets,
            acts.get(row.holder, ()),
        )
        for row in rows
    ], int(total)  # fmt: skip


def _acts(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    rows = connection.execute(
        select(claim.c.holder, claim.c.act, func.count().label("n"))
        .join(current, current.c.reading == claim.c.reading)
        .where(claim.c.holder.in_(keys), claim.c.parent.is_not(None))
        .group_by(claim.c.holder, claim.c.act)
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        found.setdefault(row.holder, []).append((row.act, row.n))
    return {
        key: tuple(sorted(ones, key=lambda one: (-one[1], one[0]))) for key, ones in found.items()
    }
