"""Decisions of people: rows of their own, which overrule what was read and can be undone.

A decision about a claim or an event hangs on its words: where a later reading has a claim or an
event with exactly these words at this place, the decision holds for it; where it has none, the
decision is an orphan, shown as such, and never moved to something alike.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from allegata.errors import InputError
from allegata.ledger.building import build_incidents
from allegata.ledger.correcting import describe_setting
from allegata.ledger.opening import Ledger
from allegata.ledger.ordering import Order, make_row
from allegata.ledger.packing import to_json
from allegata.ledger.schema import (
    account,
    current,
    decision,
    entry,
    incident,
    membership,
)
from allegata.ledger.summaries import draw_summaries
from allegata.ledger.verdicts import Action, find_orphans, load_verdicts
from allegata.ledger.writing import Clock, Writing, write

__all__ = ["Decision", "decide", "list_decisions", "undo"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as the ledger has it.

    Attributes:
        number: Of its row.
        action: What was decided.
        about: `claim`, `event`, `incident` or `source`.
        target: What it is about, with the words it hangs on.
        value: What was set.
        who: Whose decision it is.
        why: In words.
        at: When: UTC, ISO 8601.
        undoes: The number of the decision that it undoes, or None.
        is_undone: Whether another one undid it.
        is_orphan: Whether nothing with its words is there any more.
    """

    number: int
    action: Action
    about: str
    target: Mapping[str, Any]
    value: Mapping[str, Any]
    who: str
    why: str
    at: str
    undoes: int | None
    is_undone: bool
    is_orphan: bool

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """What was set, in words: `kind`, `protest`; `source`, `“the ministry”`."""
        return tuple(
            (name, describe_setting(value))
            for name, value in self.value.items()
            if isinstance(value, str | Mapping)
        )


def decide(ledger: Ledger, order: Order, *, clock: Clock | None = None) -> int:
    """Keep a decision, and let it count at once.

    Args:
        ledger: Open for writing.
        order: What is decided.
        clock: Gives the moment.

    Returns:
        The number of the decision.

    Raises:
        InputError: There is no such thing, or the value is none that is allowed.
        StoreError: Nothing can be written.
    """
    if not order.who.strip():
        raise InputError("--who", "is empty.", "Say who decides.")
    with write(ledger, clock) as writing:
        row = make_row(writing.connection, order)
        number = _add(writing, row, order.who, order.why)
        writing.flush()
        if row["about"] in ("claim", "event"):
            _redraw(writing.connection, row["report"])
    if order.action in (Action.MERGE, Action.SPLIT):
        build_incidents(ledger, clock=clock)
    return number


def undo(
    ledger: Ledger, number: int | None, *, who: str, why: str = "", clock: Clock | None = None
) -> int:
    """Undo a decision by another one.

    Args:
        ledger: Open for writing.
        number: Of the decision; None for the last one that is not undone.
        who: Who undoes it.
        why: In words.
        clock: Gives the moment.

    Returns:
        The number of the decision that is undone.

    Raises:
        InputError: There is none, or it is undone already.
    """
    with write(ledger, clock) as writing:
        connection = writing.connection
        undone = select(decision.c.undoes).where(decision.c.undoes.is_not(None))
        query = select(decision).where(
            decision.c.number.not_in(undone), decision.c.action != Action.UNDO.value
        )
        if number is not None:
            query = query.where(decision.c.number == number)
        found = connection.execute(query.order_by(decision.c.number.desc()).limit(1)).first()
        if found is None:
            what = "there is nothing to undo." if number is None else "is no decision that counts."
            raise InputError(str(number or "undo"), what, "`allegata review log` lists them.")
        row = {
            "action": Action.UNDO.value,
            "about": found.about,
            "target": found.target,
            "value": "{}",
            "report": found.report,
            "incident": found.incident,
            "undoes": found.number,
        }
        _add(writing, row, who, why)
        writing.flush()
        if found.about in ("claim", "event") and found.report is not None:
            _redraw(connection, found.report)
    if found.action in (Action.MERGE.value, Action.SPLIT.value):
        build_incidents(ledger, clock=clock)
    return int(found.number)


def list_decisions(connection: Connection) -> list[Decision]:
    """Every decision, the oldest first."""
    undone = set(
        connection.execute(
            select(decision.c.undoes).where(decision.c.undoes.is_not(None))
        ).scalars()
    )
    orphans = find_orphans(connection)
    rows = connection.execute(
        select(decision, entry.c.at)
        .join(entry, (entry.c.kind == decision.name) & (entry.c.ref == decision.c.number))
        .order_by(decision.c.number)
    )
    return [
        Decision(
            number=row.number,
            action=Action(row.action),
            about=row.about,
            target=json.loads(row.target),
            value=json.loads(row.value),
            who=row.who,
            why=row.why,
            at=row.at,
            undoes=row.undoes,
            is_undone=row.number in undone,
            is_orphan=row.number in orphans,
        )
        for row in rows
    ]


def _add(writing: Writing, row: Mapping[str, Any], who: str, why: str) -> int:
    at = writing.moment()
    named = to_json([row["action"], row["target"], row["value"], row.get("undoes"), who, why, at])
    name = "d" + hashlib.sha256((named + writing.head.hash).encode()).hexdigest()[:24]
    return writing.add_decision({**row, "id": name, "who": who.strip(), "why": why})


def _redraw(connection: Connection, number: int) -> None:
    """Draw the summaries of all incidents that a report tells of."""
    names = connection.execute(
        select(incident.c.id)
        .join(membership, membership.c.incident == incident.c.number)
        .join(account, account.c.number == membership.c.account)
        .join(current, current.c.reading == account.c.reading)
        .where(current.c.report == number, membership.c.until.is_(None))
        .distinct()
    ).scalars()
    draw_summaries(connection, sorted(names), load_verdicts(connection))
