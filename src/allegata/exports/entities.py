"""Incidents and their reports as FollowTheMoney entities, for OpenAleph and its kin."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from allegata.exports.flat import holding, is_affirmed
from allegata.incidents.dossier import Dossier
from allegata.types import EntityType, Role
from allegata.types.statement import HolderKind, ReportedBy

__all__ = ["FTM_LOSES", "ftm_entities"]

FTM_LOSES = (
    "FollowTheMoney has no claims: an Event's summary and notes tell who affirms and who denies,"
    " and its proof is each report.",
    "Those involved are given with no part: who blames whom stands in the notes.",
    "Whom a report describes and does not name is no entity.",
)
_SCHEMATA = {
    EntityType.PERSON: "Person",
    EntityType.GOVERNMENT: "PublicBody",
    EntityType.MEDIA: "Company",
    EntityType.ORGANISATION: "Organization",
    EntityType.ARMED_GROUP: "Organization",
}


def ftm_entities(dossiers: Iterable[Dossier]) -> Iterator[dict[str, Any] | str]:
    """Entities, each once; or in words why an incident has none."""
    seen: set[str] = set()
    for dossier in dossiers:
        if not is_affirmed(dossier):
            yield "nobody affirms that it happened"
            continue
        for one in _of(dossier):
            if one["id"] not in seen:
                seen.add(one["id"])
                yield one


def _of(dossier: Dossier) -> Iterator[dict[str, Any]]:
    reports = {one.by.report: one.by for one in dossier.statements}
    for by in reports.values():
        yield _article(by)
    involved: dict[str, dict[str, Any]] = {}
    for statement in dossier.statements:
        for party in statement.parties:
            schema = _SCHEMATA.get(party.type) if party.type else None
            if party.role in (Role.ACTOR, Role.TARGET) and schema and _is_named(party.key):
                entity = _entity(schema, party.key, {"name": [party.name]})
                if party.country:
                    entity["properties"]["country"] = [party.country.lower()]
                involved[entity["id"]] = entity
    yield from involved.values()
    place = dossier.places[0].place if dossier.places else None
    told = holding(dossier)
    notes = [f"{name}: {value}" for name, value in told.items() if value not in (None, "")]
    properties: dict[str, list[str]] = {
        "name": [dossier.title],
        "summary": [dossier.title],
        "notes": notes,
        "involved": sorted(involved),
        "proof": sorted(_id("report", by.report) for by in reports.values()),
        "keywords": [kind.value for kind, _ in dossier.kinds],
        "startDate": [str(dossier.first)] if dossier.first else [],
        "endDate": [str(dossier.last)] if dossier.last else [],
        "location": [place.name] if place else [],
        "country": [place.country.lower()] if place and place.country else [],
    }
    yield _entity("Event", f"incident:{dossier.id}", properties)


def _article(by: ReportedBy) -> dict[str, Any]:
    properties: dict[str, Sequence[str]] = {
        "title": [by.title] if by.title else [by.uri],
        "fileName": [by.uri.rsplit("/", 1)[-1]] if by.uri else [],
        "sourceUrl": [by.uri] if by.uri.startswith(("http://", "https://")) else [],
        "publishedAt": [str(by.published)] if by.published else [],
        "publisher": [by.outlet.name] if by.outlet and by.outlet.kind is HolderKind.OUTLET else [],
    }
    entity = _entity("Article", "", properties)
    return {**entity, "id": _id("report", by.report)}


def _entity(schema: str, key: str, properties: dict[str, Any]) -> dict[str, Any]:
    told = {name: list(values) for name, values in properties.items() if values}
    return {"id": _id("", key), "schema": schema, "properties": told}


def _id(sort: str, key: str) -> str:
    """An id of the letters that the format allows."""
    return "al-" + hashlib.sha256(f"{sort}:{key}".encode("utf-8", "replace")).hexdigest()[:24]


def _is_named(key: str) -> bool:
    return not key.startswith(("words:", "nobody"))
