"""Second readings: what a machine that gives no more than an opinion made of a report.

They are kept beside the readings and count for nothing. Where one differs from the reading that
counts, a person is told, and decides.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from allegata.ledger.loading import load_document
from allegata.ledger.packing import pack, report_id, to_json, unpack
from allegata.ledger.schema import report, run, second_reading
from allegata.ledger.verdicts import decided_claims, decided_events, load_corrected, load_verdicts
from allegata.ledger.writing import Run, Writing
from allegata.types import Act, Claim, Event, EventKind, Polarity, Reading, Span

__all__ = [
    "MACHINE",
    "Difference",
    "Opinion",
    "SecondClaim",
    "SecondEvent",
    "add_opinion",
    "differences_of",
    "differing_events",
    "has_opinion",
    "list_differences",
    "load_opinions",
]

MACHINE = "machine:llm"
"""What the model of a second reader's run begins with."""

_ALIKE = 0.5
"""Contents that share so much of their characters are of one claim."""


@dataclass(frozen=True, slots=True)
class SecondClaim:
    """A claim as the second reader has it.

    Attributes:
        source, cue: Words of the text, or None.
        content: What is said.
        act: What the source does by saying it.
    """

    source: Span | None
    cue: Span | None
    content: Span
    act: Act


@dataclass(frozen=True, slots=True)
class SecondEvent:
    """An event as the second reader has it.

    Attributes:
        trigger: The word that names it.
        kind: What it is.
        polarity: Whether it is said to have happened.
        claim: Number of the claim that carries it, from 0; None for the outlet's own voice.
    """

    trigger: Span
    kind: EventKind
    polarity: Polarity
    claim: int | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second reader made of a report; every span of it stands in the text.

    Attributes:
        claims, events: As far as their words were found.
        n_dropped: How many claims and events were dropped because theirs were not.
    """

    claims: tuple[SecondClaim, ...]
    events: tuple[SecondEvent, ...]
    n_dropped: int

    def to_json(self) -> bytes:
        """As canonical JSON, spans as pairs of offsets."""
        claims = [
            [_pair(one.source), _pair(one.cue), _pair(one.content), one.act.value]
            for one in self.claims
        ]
        events = [
            [_pair(one.trigger), one.kind.value, one.polarity.value, one.claim]
            for one in self.events
        ]
        plain = {"claims": claims, "events": events, "n_dropped": self.n_dropped}
        return to_json(plain).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Opinion":
        """The same again."""
        plain: dict[str, Any] = json.loads(data)
        return cls(
            tuple(
                SecondClaim(_span(source), _span(cue), Span(*content), Act(act))
                for source, cue, content, act in plain["claims"]
            ),
            tuple(
                SecondEvent(Span(*trigger), EventKind(kind), Polarity(polarity), claim)
                for trigger, kind, polarity, claim in plain["events"]
            ),
            plain["n_dropped"],
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a second reading differs from the reading that counts.

    Attributes:
        report: Id of the report.
        ours: `REPORT#c2`, `REPORT#e3`; None where our reading has no such thing.
        about: `claim` or `event`.
        what: In words.
        span: Where in the text.
        words: Those of the text there.
        by: The machine: `machine:llm NAME`.
    """

    report: str
    ours: str | None
    about: str
    what: str
    span: Span
    words: str
    by: str


def add_opinion(writing: Writing, number: int, by: Run, opinion: Opinion) -> None:
    """Keep a second reading.

    Args:
        writing: Open.
        number: Of the report.
        by: The run of the second reader.
        opinion: Its spans stand in the text of the report.
    """
    name = report_id(load_document(writing.connection, number))
    words = opinion.to_json()
    named = to_json([name, by.id, hashlib.sha256(words).hexdigest()])
    writing.add_second_reading(
        {
            "id": "s" + hashlib.sha256(named.encode()).hexdigest()[:24],
            "report": number,
            "run": writing.add_run(by),
            "packed": pack(words),
        }
    )


def has_opinion(connection: Connection, number: int, by: Run) -> bool:
    """Whether a second reader has read a report."""
    query = (
        select(second_reading.c.number)
        .join(run, run.c.number == second_reading.c.run)
        .where(second_reading.c.report == number, run.c.id == by.id)
    )
    return connection.execute(query).first() is not None


def load_opinions(connection: Connection, number: int) -> list[tuple[str, Opinion]]:
    """The last second reading of a report by each machine.

    Raises:
        DamageError: One was altered.
    """
    query = (
        select(second_reading.c.number, second_reading.c.packed, run.c.model)
        .join(run, run.c.number == second_reading.c.run)
        .where(second_reading.c.report == number)
        .order_by(second_reading.c.number)
    )
    found: dict[str, Opinion] = {}
    for row in connection.execute(query):
        data = unpack(row.packed, f"second reading {row.number}")
        found[row.model] = Opinion.from_json(data)
    return list(found.items())


def list_differences(connection: Connection) -> Iterator[Difference]:
    """Where second readings differ and nobody decided about it, report by report."""
    done = decided_events(connection) | decided_claims(connection)
    verdicts = load_verdicts(connection)
    query = (
        select(report.c.number, report.c.id)
        .where(report.c.number.in_(select(second_reading.c.report)))
        .order_by(report.c.number)
    )
    for row in connection.execute(query).all():
        reading = load_corrected(connection, row.number, verdicts)
        if reading is None:
            continue
        for machine, opinion in load_opinions(connection, row.number):
            for one in differences_of(row.id, reading, machine, opinion):
                own = one.ours.partition("#")[2] if one.ours else ""
                if (row.id, own) not in done:
                    yield one


def differing_events(connection: Connection, name: str) -> dict[str, str]:
    """For each event of a report that a second reader has otherwise: how, in words.

    Args:
        connection: That reads a ledger.
        name: Id of the report.
    """
    number = connection.execute(select(report.c.number).where(report.c.id == name)).scalar()
    opinions = load_opinions(connection, number) if number else []
    reading = load_corrected(connection, number) if number and opinions else None
    found: dict[str, str] = {}
    for machine, opinion in opinions:
        for one in differences_of(name, reading, machine, opinion) if reading else ():
            if one.about == "event" and one.ours:
                before = found.get(one.ours)
                found[one.ours] = (f"{before}; " if before else "") + f"{machine}: {one.what}"
    return found


def differences_of(name: str, reading: Reading, machine: str, opinion: Opinion) -> list[Difference]:
    """Compare a second reading with ours; what it reads otherwise comes before what it lacks.

    Args:
        name: Id of the report.
        reading: Ours.
        machine: Whose opinion it is.
        opinion: It.
    """
    text = reading.document.text

    def tell(ours: Claim | Event | None, about: str, what: str, span: Span) -> Difference:
        mark = f"{name}#{ours.id}" if ours else None
        return Difference(name, mark, about, what, span, span.words(text), machine)

    found = []
    pairs = _pair_claims(reading, opinion)
    for number, claim in enumerate(opinion.claims):
        own = pairs.get(number)
        if own is None:
            found.append(tell(None, "claim", "has a claim here that we have not", claim.content))
            continue
        if not _touch(own.source, claim.source):
            said = f"“{claim.source.words(text)}”" if claim.source else "nobody"
            found.append(tell(own, "claim", f"names {said} as the source", _place(own)))
        if own.act is not claim.act:
            found.append(tell(own, "claim", f"reads {claim.act.value}", _place(own)))
    met = {one.id for one in pairs.values()}
    found += [
        tell(one, "claim", "has no such claim", _place(one))
        for one in reading.claims
        if one.parent is not None and one.id not in met and one.content
    ]
    found += _compare_events(reading, opinion, tell)
    return sorted(found, key=_says_little)


def _says_little(one: Difference) -> bool:
    """What it merely lacks comes last: it says least."""
    return one.what.startswith("has no such")


def _compare_events(reading: Reading, opinion: Opinion, tell: Any) -> list[Difference]:  # noqa: ANN401
    found = []
    left = list(reading.events)
    for event in opinion.events:
        own = next((one for one in left if _touch(one.trigger, event.trigger)), None)
        if own is None:
            what = f"has an event of kind {event.kind.value} here that we have not"
            found.append(tell(None, "event", what, event.trigger))
            continue
        left.remove(own)
        if event.kind is not own.kind:
            found.append(tell(own, "event", f"reads kind {event.kind.value}", own.trigger))
        if event.polarity is not own.polarity:
            found.append(tell(own, "event", f"reads {event.polarity.value}", own.trigger))
    return found + [tell(one, "event", "has no such event", one.trigger) for one in left]


def _pair_claims(reading: Reading, opinion: Opinion) -> dict[int, Claim]:
    """Our claim for each of theirs: by the cue, else by the content."""
    left = [one for one in reading.claims if one.parent is not None and one.content]
    pairs: dict[int, Claim] = {}
    for fits in (_share_cue, _share_content):
        for number, claim in enumerate(opinion.claims):
            own = next((one for one in left if fits(one, claim)), None)
            if number not in pairs and own is not None:
                pairs[number] = own
                left.remove(own)
    return pairs


def _share_cue(own: Claim, other: SecondClaim) -> bool:
    return own.cue is not None and _touch(own.cue, other.cue)


def _share_content(own: Claim, other: SecondClaim) -> bool:
    return _likeness(own, other.content) >= _ALIKE


def _place(claim: Claim) -> Span:
    """Where a claim is pointed at."""
    return claim.cue or claim.content[0]


def _likeness(claim: Claim, content: Span) -> float:
    first, last = claim.content[0].start, claim.content[-1].end
    shared = min(last, content.end) - max(first, content.start)
    return max(0, shared) / (max(last, content.end) - min(first, content.start))


def _touch(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.start < other.end and other.start < one.end


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair else None
