"""Drawing rows from a reading: what lists and searches go by, and what happenings are made of.

What is drawn follows from a report and its reading alone, so that `verify` can draw it again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from allegata.incidents.accounts import make_accounts
from allegata.incidents.blocking import account_keys
from allegata.incidents.features import make_features
from allegata.incidents.holders import Cast, find_outlet
from allegata.incidents.shingles import copy_keys, read_body
from allegata.incidents.statements import make_statements
from allegata.knowledge.actors import ActorTable
from allegata.ledger.features_json import pack_statements, write_features
from allegata.ledger.packing import number_keys, storable
from allegata.ledger.schema import (
    account,
    account_key,
    claim,
    event,
    paired,
    party,
    tally,
    tie,
)
from allegata.types import Claim, Document, Event, Reading
from allegata.types.statement import ReportedBy, Statement

__all__ = ["Drawn", "draw", "draw_report", "drawn_rows", "report_as_read", "withdraw"]

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """All rows that follow from one reading, without the numbers that the store gives.

    Attributes:
        claims, events, parties, tallies: For lists and searches.
        accounts: With `keys` for each of them.
        keys: By which each account is compared, in the same order.
    """

    claims: Rows
    events: Rows
    parties: Rows
    tallies: Rows
    accounts: Rows
    keys: list[tuple[int, ...]]


def report_as_read(name: str, doc: Document, uri: str) -> ReportedBy:
    """A report as its statements name it.

    Args:
        name: Its id.
        doc: As it was read.
        uri: Where it was found first.
    """
    published = doc.published
    return ReportedBy(
        report=name,
        document=doc.id,
        outlet=find_outlet(doc.publisher, name, _actors()),
        title=doc.title,
        uri=uri,
        published=published.day if published else None,
        published_at=published.moment if published else None,
    )


@cache
def _actors() -> ActorTable:
    return ActorTable.open()


def draw(by: ReportedBy, reading: Reading) -> Drawn:
    """Draw all rows of one reading."""
    cast = Cast.of(by.report, reading)
    statements = make_statements(by, reading)
    accounts = make_accounts(statements)
    features = [make_features(one) for one in accounts]
    account_of = {s.event: one.id for one in accounts for s in one.statements}
    text = reading.document.text
    return Drawn(
        claims=[_claim(one, cast, by, text) for one in reading.claims],
        events=[_event(one, account_of, by, text) for one in reading.events],
        parties=[row for one in statements for row in _parties(one)],
        tallies=[row for one in statements for row in _tallies(one)],
        accounts=[
            {
                "id": one.id,
                "features": write_features(found),
                "statements": pack_statements(one.statements),
            }
            for one, found in zip(accounts, features, strict=True)
        ],
        keys=[number_keys(account_keys(found)) for found in features],
    )


def draw_report(report_id: str, doc: Document) -> tuple[int, ...]:
    """The keys by which a report is looked at as a copy."""
    return number_keys(copy_keys(read_body(report_id, doc)))


def drawn_rows(drawn: Drawn, number: int, first: int) -> Iterator[tuple[Table, Rows]]:
    """The rows of each table, with their numbers.

    Args:
        drawn: From a reading.
        number: Of the reading.
        first: Of the first of its accounts.
    """
    simple = (
        (claim, drawn.claims),
        (event, drawn.events),
        (party, drawn.parties),
        (tally, drawn.tallies),
    )
    for table, rows in simple:
        yield table, [{"reading": number, **row} for row in rows]
    yield (
        account,
        [
            {"number": first + place, "reading": number, **row}
            for place, row in enumerate(drawn.accounts)
        ],
    )
    yield (
        account_key,
        [
            {"key": key, "account": first + place}
            for place, found in enumerate(drawn.keys)
            for key in found
        ],
    )


def withdraw(connection: Connection, number: int) -> None:
    """Take what was drawn from a reading out of comparing, since another reading counts now.

    Its accounts stay, for what an incident was at an earlier time.
    """
    own = select(account.c.number).where(account.c.reading == number)
    connection.execute(delete(account_key).where(account_key.c.account.in_(own)))
    connection.execute(delete(tie).where(tie.c.one.in_(own) | tie.c.other.in_(own)))
    connection.execute(delete(paired).where(paired.c.reading == number))


def _claim(one: Claim, cast: Cast, by: ReportedBy, text: str) -> dict[str, Any]:
    if one.parent is None:
        holder = by.outlet or find_outlet(None, by.report, _actors())
    else:
        holder = cast.holder(one.entity, one.source)
    content = " … ".join(span.words(text) for span in one.content)
    said = one.said
    return {
        "id": one.id,
        "parent": one.parent,
        "holder": storable(holder.key),
        "holder_name": storable(holder.name),
        "holder_kind": holder.kind.value,
        "source": storable(one.source.words(text)) if one.source else None,
        "cue": storable(one.cue.words(text)) if one.cue else None,
        "act": one.act.value,
        "quotation": one.quotation.value,
        "said_first": said.start if said else None,
        "said_last": said.end if said else None,
        "start": one.content[0].start if one.content else None,
        "end": one.content[-1].end if one.content else None,
        "content": storable(content) if one.content else None,
        "confidence": round(one.confidence, 4),
    }


def _event(one: Event, account_of: Mapping[str, str], by: ReportedBy, text: str) -> dict[str, Any]:
    place, time = one.place, one.time
    return {
        "id": one.id,
        "claim": one.claim,
        "account": account_of.get(one.id, f"{by.report}/"),
        "kind": one.kind.value,
        "polarity": one.polarity.value,
        "modality": one.modality.value,
        "trigger": storable(one.trigger.words(text)),
        "start": one.trigger.start,
        "end": one.trigger.end,
        "place": storable(place.name) if place else None,
        "place_id": place.id if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "radius_km": place.radius_km if place else None,
        "country": place.country if place else None,
        "precision": place.precision.value if place and place.precision else None,
        "first": time.start if time else None,
        "last": time.end if time else None,
        "confidence": round(one.confidence, 4),
    }


def _parties(one: Statement) -> Rows:
    return [
        {
            "event": one.event,
            "role": party.role.value,
            "words": storable(party.words),
            "name": storable(party.name),
            "key": storable(party.key),
            "actor": party.actor,
            "start": party.span.start,
        }
        for party in one.parties
    ]


def _tallies(one: Statement) -> Rows:
    return [
        {
            "event": one.event,
            "kind": count.kind.value,
            "low": count.low,
            "high": count.high,
            "of": storable(count.of),
            "words": storable(words),
        }
        for count, words in zip(one.counts, one.count_words, strict=True)
    ]
