"""What a person orders, checked against what is there: the row that a decision becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from allegata.errors import InputError
from allegata.ledger.correcting import WORDS, find_words, pack_words
from allegata.ledger.loading import load_reading, number_of_report
from allegata.ledger.packing import to_json
from allegata.ledger.schema import account, current, membership, report, run
from allegata.ledger.schema import reading as reading_table
from allegata.ledger.verdicts import Action, anchor_of
from allegata.types import Act, EventKind, Modality, Polarity, Reading, Role, Span
from allegata.types.incident import Grade

__all__ = ["EDITS", "Order", "make_row"]

EDITS: Mapping[str, Mapping[str, type]] = {
    "event": {"kind": EventKind, "polarity": Polarity, "modality": Modality},
    "claim": {"act": Act},
}
"""What can be edited of what, and the values that are allowed; words of the report besides."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a person decides.

    Attributes:
        action: What.
        target: What it is about: `REPORT#e3` or `REPORT#c2`, an incident's id, or a source's key.
        value: What is set: fields and values of an edit, words of the report among them
            (`allegata.ledger.correcting.WORDS`); `grade`, `reliability`, `credibility`.
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


def make_row(connection: Connection, order: Order) -> dict[str, Any]:
    """What a decision keeps: what it is about, with the words it hangs on, and what is set.

    Args:
        connection: That reads the ledger.
        order: What a person decides.

    Raises:
        InputError: There is no such thing, or the value is none that is allowed.
    """
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
    if reading is None or anchor is None or part == "c0":
        raise InputError(order.target, f"there is no such {about}.", "`allegata show` lists them.")
    found = connection.execute(select(report.c.id).where(report.c.number == number)).scalar_one()
    value = _check_edit(about, order, reading, anchor) if order.action is Action.EDIT else {}
    target = {"report": found, **anchor, "read": _read(reading, part, value)}
    return {
        "action": order.action.value,
        "about": about,
        "target": to_json({**target, "run": _run_of(connection, number)}),
        "value": to_json(value),
        "report": number,
        "incident": None,
    }


def _check_edit(
    about: str, order: Order, reading: Reading, anchor: Mapping[str, Any]
) -> dict[str, Any]:
    choices, words = EDITS[about], WORDS[about]
    allowed = [*choices, *words]
    if not order.value:
        raise InputError(order.target, "nothing is set.", f"Set {' or '.join(allowed)}.")
    checked: dict[str, Any] = {}
    for name, value in order.value.items():
        if name in words:
            near = Span(anchor["start"], anchor["end"])
            span = find_words(reading.document.text, value, near)
            checked[name] = pack_words(reading, name, span)
            continue
        if name not in choices:
            raise InputError(f"{name}={value}", "cannot be set.", f"Set {' or '.join(allowed)}.")
        known = [one.value for one in choices[name]]  # type: ignore[attr-defined]
        if value not in known:
            raise InputError(f"{name}={value}", f"is none of {', '.join(known)}.")
        checked[name] = value
    return checked


def _read(reading: Reading, part: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """What was read where something is set, and how sure the reading was."""
    text = reading.document.text
    read: dict[str, Any] = {}
    for claim in (one for one in reading.claims if one.id == part):
        words = {"source": claim.source, "cue": claim.cue}
        read = {name: span.words(text) if span else None for name, span in words.items()}
        read["content"] = " […] ".join(span.words(text) for span in claim.content)
        read |= {"act": claim.act.value, "confidence": round(claim.confidence, 4)}
    for event in (one for one in reading.events if one.id == part):
        read = {"trigger": event.trigger.words(text), "kind": event.kind.value}
        read |= {"polarity": event.polarity.value, "modality": event.modality.value}
        for role in (Role.ACTOR, Role.TARGET, Role.INSTRUMENT):
            found = [one.span.words(text) for one in event.arguments if one.role is role]
            read[role.value] = "; ".join(found) or None
        read["confidence"] = round(event.confidence, 4)
    return {name: one for name, one in read.items() if name in value or name == "confidence"}


def _run_of(connection: Connection, number: int) -> str:
    """The run whose reading of a report counts."""
    return str(
        connection.execute(
            select(run.c.id)
            .join(reading_table, reading_table.c.run == run.c.number)
            .join(current, current.c.reading == reading_table.c.number)
            .where(current.c.report == number)
        ).scalar_one()
    )


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
