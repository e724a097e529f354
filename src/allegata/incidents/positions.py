"""Positions: who affirms, denies, doubts, predicts, demands, and who repeats whom."""

from collections.abc import Iterable
from datetime import date

from allegata.incidents.stances import find_stances
from allegata.types import Act, Polarity
from allegata.types.incident import Position, PositionKind
from allegata.types.statement import Holder, Statement, Voice
from allegata.types.telling import RESULTS

__all__ = ["find_positions", "said_on"]

_ORDER = {kind: place for place, kind in enumerate(PositionKind)}


def find_positions(statements: Iterable[Statement]) -> tuple[Position, ...]:
    """Find what each holder holds about one incident.

    Args:
        statements: Of one incident, in any order.

    Returns:
        By kind, then by the first day, then by name. A holder that holds several things, or
        changes, has a position of each kind; copies of a report add statements, not holders.
    """
    found: dict[tuple[str, PositionKind, str], list[tuple[Statement, Voice]]] = {}
    holders: dict[str, Holder] = {}
    for statement in sorted(statements, key=lambda one: one.id):
        if _tells_of_a_toll(statement):
            continue
        for stance in find_stances(statement):
            holder = stance.voice.holder
            holders.setdefault(holder.key, holder)
            other = stance.passes_on
            if other is not None:
                holders.setdefault(other.key, other)
            key = (holder.key, stance.kind, other.key if other else "")
            found.setdefault(key, []).append((statement, stance.voice))
    positions = []
    for (name, kind, other_name), shown in found.items():
        dated = sorted(shown, key=lambda pair: (_moment(*pair), pair[0].id))
        days = [day for pair in dated if (day := said_on(*pair))]
        positions.append(
            Position(
                holder=holders[name],
                kind=kind,
                statements=tuple(statement.id for statement, _ in dated),
                first=days[0] if days else None,
                last=days[-1] if days else None,
                passes_on=holders[other_name] if other_name else None,
            )
        )
    return tuple(sorted(positions, key=_rank))


def _tells_of_a_toll(statement: Statement) -> bool:
    """Whether it says that nobody came to harm: that is a number, and no denial of the deed."""
    negative = statement.polarity is Polarity.NEGATIVE
    return negative and statement.kind in RESULTS and statement.speaker.act is not Act.DENY


def said_on(statement: Statement, voice: Voice) -> date | None:
    """The day on which a voice said so, as far as is known: said, or else published."""
    if voice.said is not None and (day := voice.said.end or voice.said.start):
        return day
    return statement.by.published


def _moment(statement: Statement, voice: Voice) -> str:
    day = said_on(statement, voice)
    at = statement.by.published_at
    return f"{day.isoformat() if day else '~'}|{at.isoformat() if at else ''}"


def _rank(position: Position) -> tuple[int, str, str, str]:
    first = position.first.isoformat() if position.first else "~"
    other = position.passes_on.key if position.passes_on else ""
    return (_ORDER[position.kind], first, position.holder.key, other)
