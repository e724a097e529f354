"""Incidents as ninjs 3.1 (IPTC News in JSON): items that name who speaks, and hold their words."""

from typing import Any

from allegata.exports.flat import holding, is_affirmed
from allegata.incidents.dossier import Dossier
from allegata.types import Place
from allegata.types.incident import PositionKind
from allegata.types.statement import HolderKind

__all__ = ["NINJS_LOSES", "ninjs_item"]

NINJS_LOSES = (
    "ninjs has no field for what a source holds: infoSources name who speaks with a role"
    " (affirms, denies, doubts), and the body has their words.",
    "Numbers stand in the body alone, and days in the headline.",
)
_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def ninjs_item(dossier: Dossier) -> dict[str, Any] | str:
    """An item; or in words why there is none for the incident."""
    if not is_affirmed(dossier):
        return "nobody affirms that it happened"
    published = [one.by.published for one in dossier.statements if one.by.published]
    place = dossier.places[0].place if dossier.places else None
    item: dict[str, Any] = {
        "uri": f"urn:allegata:{dossier.id}",
        "standard": _STANDARD,
        "type": "text",
        "language": "en",
        "headlines": [{"role": "main", "value": dossier.title}],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": _body(dossier)}],
        "events": [{"uri": f"urn:allegata:{dossier.id}", "name": dossier.title}],
        "infoSources": _sources(dossier),
        "subjects": [
            {"name": kind.value.replace("_", " "), "literal": kind.value, "creator": "allegata"}
            for kind, _ in dossier.kinds
        ],
        "edNote": f"Suggested grade: {dossier.grading.words}",
    }
    if published:
        item["firstCreated"] = f"{min(published)}T00:00:00+00:00"
        item["versionCreated"] = f"{max(published)}T00:00:00+00:00"
    if place is not None:
        item["places"] = [_place(place)]
    return item


def _place(place: Place) -> dict[str, Any]:
    told: dict[str, Any] = {"name": place.name}
    if place.id:
        told["literal"] = place.id
    if place.latitude is not None and place.longitude is not None:
        point = [place.longitude, place.latitude]
        told["geoJSON"] = {"type": "Point", "coordinates": point}
    return told


def _body(dossier: Dossier) -> str:
    """Who says what, a line each."""
    told = {one.id: one for one in dossier.statements}
    lines = [
        f"{told[one.statements[0]].name_of(one.holder)} {one.kind.value}: "
        f"“{' '.join(told[one.statements[0]].words.split())}”"
        for one in dossier.positions
        if one.kind is not PositionKind.REPEATS
    ]
    killed = holding(dossier)["killed_by_source"]
    return "\n".join([*lines, *([f"Killed, by source: {killed}"] if killed else [])])


def _sources(dossier: Dossier) -> list[dict[str, str]]:
    told = {one.id: one for one in dossier.statements}
    found = {
        (told[one.statements[0]].name_of(one.holder), one.kind.value)
        for one in dossier.positions
        if one.holder.kind is not HolderKind.NOBODY
    }
    return [{"name": name, "role": role} for name, role in sorted(found)]
