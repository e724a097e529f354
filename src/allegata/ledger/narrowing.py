"""Filters as conditions: on reports and on incidents."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from allegata.ledger.filters import Box, Filters
from allegata.ledger.schema import (
    account,
    claim,
    current,
    decision,
    event,
    incident,
    membership,
    party,
    report,
    summary,
)

__all__ = ["decided_incidents", "narrow_incidents", "narrow_reports"]


def narrow_reports(query: Select[Any], filters: Filters) -> Select[Any]:
    """Add conditions to a query that selects from `report`.

    Args:
        query: Its rows are reports.
        filters: Kinds, places, times and actors must stand in one event of the report.
    """
    if filters.outlets:
        query = query.where(_any_like((report.c.publisher,), filters.outlets))
    if filters.as_of is not None:
        query = query.where(report.c.published <= filters.as_of.day)
    if filters.sources:
        spoken = select(claim.c.reading).where(
            claim.c.reading == current.c.reading,
            current.c.report == report.c.number,
            _any_like((claim.c.holder, claim.c.holder_name), filters.sources),
        )
        query = query.where(exists(spoken))
    conditions = list(_of_events(filters))
    if conditions:
        told = select(event.c.reading).where(
            event.c.reading == current.c.reading,
            current.c.report == report.c.number,
            *conditions,
        )
        query = query.where(exists(told))
    return query


def _of_events(filters: Filters) -> Iterable[ColumnElement[bool]]:
    if filters.kinds:
        yield event.c.kind.in_(filters.kinds)
    if filters.country:
        yield event.c.country == filters.country.upper()
    if filters.place:
        yield _like(event.c.place, filters.place) | (event.c.place_id == filters.place)
    if filters.box:
        yield _inside(event.c.latitude, event.c.longitude, filters.box)
    if filters.first:
        yield or_(event.c.last.is_(None), event.c.last >= filters.first)
        yield or_(event.c.first.is_not(None), event.c.last.is_not(None))
    if filters.last:
        yield or_(event.c.first.is_(None), event.c.first <= filters.last)
        yield or_(event.c.first.is_not(None), event.c.last.is_not(None))
    if filters.actors:
        yield exists(
            select(party.c.event).where(
                party.c.reading == event.c.reading,
                party.c.event == event.c.id,
                _any_like((party.c.key, party.c.name), filters.actors),
            )
        )


def narrow_incidents(query: Select[Any], filters: Filters) -> Select[Any]:
    """Add conditions to a query that selects from `summary`.

    Args:
        query: Its rows are incidents.
        filters: `outlets` are looked for among the holders, where every outlet stands that speaks
            or repeats.
    """
    columns = summary.c
    if filters.kinds:
        kinds = [columns.kinds.contains(f'"{kind}"', autoescape=True) for kind in filters.kinds]
        query = query.where(or_(*kinds))
    if filters.grades:
        query = query.where(columns.grade.in_(filters.grades))
    if filters.positions:
        held = [columns.holders.contains(f'"{one}"]', autoescape=True) for one in filters.positions]
        query = query.where(or_(*held))
    if len(set(filters.review)) == 1:
        decided = columns.incident.in_(decided_incidents())
        query = query.where(decided if "decided" in filters.review else ~decided)
    if filters.country:
        query = query.where(columns.country == filters.country.upper())
    if filters.place:
        query = query.where(
            _like(columns.place, filters.place) | (columns.place_id == filters.place)
        )
    if filters.box:
        query = query.where(_inside(columns.latitude, columns.longitude, filters.box))
    if filters.first:
        query = query.where(columns.last >= filters.first)
    if filters.last:
        early = or_(columns.first <= filters.last, columns.first.is_(None))
        query = query.where(early, columns.last.is_not(None))
    for words in (filters.sources, filters.outlets):
        if words:
            query = query.where(_any_like((columns.holders,), words))
    if filters.actors:
        query = query.where(_any_like((columns.actors,), filters.actors))
    return query


def decided_incidents() -> Select[tuple[int]]:
    """Numbers of incidents about which, or about a report of which, a person decided."""
    undone = decision.alias()
    holds = decision.c.undoes.is_(None) & decision.c.number.not_in(
        select(undone.c.undoes).where(undone.c.undoes.is_not(None))
    )
    by_report = (
        select(membership.c.incident)
        .join(account, account.c.number == membership.c.account)
        .join(current, current.c.reading == account.c.reading)
        .join(decision, decision.c.report == current.c.report)
        .where(membership.c.until.is_(None), holds)
    )
    by_id = (
        select(incident.c.number).join(decision, decision.c.incident == incident.c.id).where(holds)
    )
    both = by_report.union(by_id).subquery()
    return select(both.c[0])


def _any_like(columns: Iterable[ColumnElement[Any]], words: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(_like(column, one) for column in columns for one in words))


def _like(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Whether a column holds words, whatever their case; what JSON escapes is found escaped."""
    plain: ColumnElement[bool] = column.icontains(words, autoescape=True)
    return plain


def _inside(
    latitude: ColumnElement[Any], longitude: ColumnElement[Any], box: Box
) -> ColumnElement[bool]:
    between = latitude.between(box.south, box.north)
    if box.west <= box.east:
        return and_(between, longitude.between(box.west, box.east))
    return and_(between, or_(longitude >= box.west, longitude <= box.east))
