"""Decisions of people: rows of their own, which overrule what was read and can be undone.

A decision about a claim or an event hangs on its words: where a later reading has a claim or an
event with exactly these words at this place, the decision holds for it; where it has none, the
decision is an orphan, shown as such, and never moved to something alike.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from allegata.errors import InputError
from allegata.ledger.building import build_incidents
from allegata.ledger.loading import load_reading, number_of_report
from allegata.ledger.opening import Ledger
from allegata.ledger.packing import to_json
from allegata.ledger.schema import account, current, decision, entry, incident, membership, report
from allegata.ledger.summaries import draw_summaries
from allegata.ledger.verdicts import Action, anchor_of, find_orphans, load_verdicts
from allegata.ledger.writing import Clock, Writing, write
from allegata.types import Act, EventKind, Modality, Polarity
from allegata.types.incident import Grade

__all__ = ["EDITS", "Decision", "Order", "decide", "list_decisions", "undo"]

EDITS: Mapping[str, Mapping[str, type]] = {
    "event": {"kind": EventKind, "polarity": Polarity, "modality": Modality},
    "claim": {"act": Act},
}
"""What can be edited of what, and the values that are allowed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a person decides.

    Attributes:
        action: What.
        target: What it is about: `REPORT#e3` or `REPORT#c2`, an incident's id, or a source's key.
        value: What is set: fields and values of an edit, `grade`, `reliability`, `credibility`.
        others: Further incidents of a merging; accounts (`REPORT/p1`) that go apart in a splitting.
        who: Whose decision it is.
        why: In words; may be empty.
    """

    action: Action
    target: str
    who: str
    why: str = ""
    value: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


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
        row = _make_row(writing.connection, order)
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


def _make_row(connection: Connection, order: Order) -> dict[str, Any]:
    if order.action in (Action.MERGE, Action.SPLIT) or "grade" in order.value:
        return _about_incident(connection, order)
    if order.action is Action.GRADE:
        return _about_source(order)
    return _about_words(connection, order)


def _about_words(connection: Connection, order: Order) -> dict[str, Any]:
    name, mark, part = order.target.partition("#")
    if not mark or part[:1] not in ("c", "e"):
        raise InputError(
            order.target, "is neither a claim nor an event.", "Write REPORT#c2 or REPORT#e3."
        )
    number = number_of_report(connection, name)
    reading = load_reading(connection, number)
    about = "claim" if part.startswith("c") else "event"
    anchor = anchor_of(reading, part) if reading else None
    if anchor is None or part == "c0":
        raise InputError(order.target, f"there is no such {about}.", "`allegata show` lists them.")
    found = connection.execute(select(report.c.id).where(report.c.number == number)).scalar_one()
    value = _check_edit(about, order) if order.action is Action.EDIT else {}
    return {
        "action": order.action.value,
        "about": about,
        "target": to_json({"report": found, **anchor}),
        "value": to_json(value),
        "report": number,
        "incident": None,
    }


def _check_edit(about: str, order: Order) -> dict[str, str]:
    allowed = EDITS[about]
    if not order.value:
        raise InputError(order.target, "nothing is set.", f"Set {' or '.join(allowed)}.")
    for name, value in order.value.items():
        if name not in allowed:
            raise InputError(f"{name}={value}", "cannot be set.", f"Set {' or '.join(allowed)}.")
        known = [one.value for one in allowed[name]]  # type: ignore[attr-defined]
        if value not in known:
            raise InputError(f"{name}={value}", f"is none of {', '.join(known)}.")
    return dict(order.value)


def _about_incident(connection: Connection, order: Order) -> dict[str, Any]:
    from allegata.ledger.asking import find_incident

    number, name = find_incident(connection, order.target)
    accounts = _accounts_of(connection, number)
    value: dict[str, Any] = {}
    if order.action is Action.MERGE:
        others = [find_incident(connection, one) for one in order.others]
        if not others or any(one == number for one, _ in others):
            raise InputError(order.target, "cannot be merged with itself.", "Name another one.")
        value["incidents"] = [name, *(other for _, other in others)]
        for one, _ in others:
            accounts += _accounts_of(connection, one)
        value["accounts"] = sorted(accounts)
    elif order.action is Action.SPLIT:
        apart = _choose_accounts(accounts, order)
        value["apart"] = apart
        value["rest"] = sorted(set(accounts) - set(apart))
    else:
        grade = order.value["grade"]
        known = [one.value for one in Grade]
        if grade not in known:
            raise InputError(f"grade {grade!r}", f"is none of {', '.join(known)}.")
        value["grade"] = grade
    return {
        "action": order.action.value,
        "about": "incident",
        "target": to_json({"incident": name}),
        "value": to_json(value),
        "report": None,
        "incident": name,
    }


def _choose_accounts(accounts: Sequence[str], order: Order) -> list[str]:
    """The accounts that go apart; a report's id stands for all that it tells of the incident."""
    chosen = []
    for wanted in order.others:
        found = [one for one in accounts if one == wanted or one.startswith(wanted)]
        if not found:
            raise InputError(wanted, "tells nothing of this incident.", "`allegata show` lists it.")
        chosen += found
    if not chosen or set(chosen) == set(accounts):
        raise InputError(order.target, "nothing would be left.", "Name some of its reports.")
    return sorted(set(chosen))


def _about_source(order: Order) -> dict[str, Any]:
    from allegata.knowledge import load_table

    scales: dict[str, list[str]] = {}
    for one in load_table("source_grades"):
        if isinstance(one, dict):
            scales.setdefault(str(one["scale"]), []).append(str(one["code"]))
    if not order.value:
        raise InputError(order.target, "nothing is set.", f"Set {' or '.join(scales)}.")
    for scale, code in order.value.items():
        if code not in scales.get(scale, ()):
            allowed = "; ".join(f"{name}: {', '.join(codes)}" for name, codes in scales.items())
            raise InputError(f"{scale}={code}", "is no grade.", f"Allowed: {allowed}.")
    return {
        "action": order.action.value,
        "about": "source",
        "target": to_json({"source": order.target}),
        "value": to_json(dict(order.value)),
        "report": None,
        "incident": None,
    }


def _accounts_of(connection: Connection, number: int) -> list[str]:
    return list(
        connection.execute(
            select(account.c.id)
            .join(membership, membership.c.account == account.c.number)
            .where(membership.c.incident == number, membership.c.until.is_(None))
            .order_by(account.c.id)
        ).scalars()
    )


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
