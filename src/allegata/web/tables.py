"""Exactly what a page shows, as rows: CSV, GeoJSON and JSON.

Cells that a spreadsheet would take for a formula are led by an apostrophe; numbers stay numbers.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from allegata.exports.cells import as_csv, defuse
from allegata.exports.flat import CLAIM_COLUMNS, claim_rows
from allegata.incidents.dossier import Dossier
from allegata.incidents.plain import plain_dossier, plain_statement
from allegata.ledger.asking import IncidentLine
from allegata.ledger.searching import Hit
from allegata.types import Reading

__all__ = [
    "INCIDENT_COLUMNS",
    "PART_COLUMNS",
    "REPORT_COLUMNS",
    "STATEMENT_COLUMNS",
    "as_csv",
    "as_geojson",
    "as_json",
    "defuse",
    "incident_rows",
    "part_rows",
    "report_rows",
    "statement_rows",
]

INCIDENT_COLUMNS = (
    "id", "address", "title", "kind", "place", "latitude", "longitude", "radius_km", "country",
    "first", "last", "suggested_grade", "n_reports", "n_outlets", "n_own_texts",
    "n_independent_origins", "n_claims", "n_affirm", "n_deny", "n_contradictions", "n_laundered",
    "killed_low", "killed_high", "injured_low", "injured_high", "affirmed_by", "denied_by",
)  # fmt: skip

REPORT_COLUMNS = ("id", "address", "published", "outlet", "title", "found_at", "words")
PART_COLUMNS = (
    "id", "address", "inside", "said_by", "cue", "words", "act", "kind", "polarity", "modality",
    "start", "end", "confidence",
)  # fmt: skip
"""Of the claims and events of one report: `inside` is the claim in which each stands."""

STATEMENT_COLUMNS = (*CLAIM_COLUMNS, "page")
"""Those of `allegata export`, and the page on which the words stand."""


def incident_rows(lines: Iterable[IncidentLine], origin: str) -> list[dict[str, Any]]:
    """Incidents as rows; each names who affirms and who denies.

    Args:
        lines: Of a list.
        origin: The address of the server, for addresses of rows.
    """
    rows = []
    for line in lines:
        fields = line.fields
        row = {name: fields.get(name) for name in INCIDENT_COLUMNS}
        row["id"], row["address"] = line.id, f"{origin}/incidents/{line.id}"
        row["suggested_grade"] = fields["grade"]
        row["n_independent_origins"] = fields["n_origins"]
        for column, position in (("affirmed_by", "affirms"), ("denied_by", "denies")):
            names = [name for _, name, held in fields["holders"] if held == position]
            row[column] = "; ".join(dict.fromkeys(names))
        for day in ("first", "last"):
            row[day] = fields[day].isoformat() if fields[day] else None
        rows.append(row)
    return rows


def report_rows(hits: Iterable[Hit], origin: str) -> list[dict[str, Any]]:
    """Reports of a list as rows, with the words around the first find."""
    return [
        {
            "id": hit.report,
            "address": f"{origin}/documents/{hit.report}",
            "published": hit.published.isoformat() if hit.published else None,
            "outlet": hit.publisher,
            "title": hit.title,
            "found_at": hit.uri,
            "words": " ".join(hit.snippet.split()),
        }
        for hit in hits
    ]


def part_rows(report: str, reading: Reading, origin: str) -> list[dict[str, Any]]:
    """The claims of a report and the events that they tell of, each with who says it."""
    text = reading.document.text
    own = reading.document.publisher or "the report itself"
    said_by = {
        claim.id: claim.source.words(text) if claim.source else "source not named"
        for claim in reading.claims
    }
    said_by["c0"] = own
    rows = []
    for claim in reading.claims:
        if claim.content:
            first, last = claim.content[0].start, claim.content[-1].end
            rows.append(
                {
                    **dict.fromkeys(PART_COLUMNS),
                    "inside": claim.parent,
                    "said_by": said_by[claim.id],
                    "cue": claim.cue.words(text) if claim.cue else None,
                    "words": " […] ".join(span.words(text) for span in claim.content),
                    "act": claim.act.value,
                    "id": claim.id, "start": first, "end": last,
                    "confidence": round(claim.confidence, 3),
                }
            )  # fmt: skip
    rows += [
        {
            **dict.fromkeys(PART_COLUMNS),
            "inside": event.claim,
            "said_by": said_by[event.claim],
            "words": event.trigger.words(text),
            "kind": event.kind.value,
            "polarity": event.polarity.value,
            "modality": event.modality.value,
            "id": event.id, "start": event.trigger.start, "end": event.trigger.end,
            "confidence": round(event.confidence, 3),
        }
        for event in reading.events
    ]  # fmt: skip
    for row in rows:
        row["address"] = f"{origin}/documents/{report}#{row['id']}"
        row["id"] = f"{report}#{row['id']}"
    return rows


def statement_rows(dossier: Dossier, origin: str) -> list[dict[str, Any]]:
    """The statements of a dossier as rows; each with whoever says so and the words.

    Args:
        dossier: Of one incident.
        origin: The address of the server.
    """
    rows = claim_rows(dossier)
    for one, row in zip(dossier.statements, rows, strict=True):
        row["page"] = f"{origin}/documents/{one.by.report}#{one.event}"
    return rows


def as_json(
    rows: Iterable[Mapping[str, Any]] | Dossier,
    head: str,
    asked: str,
    total: int,
    what: str = "incidents",
) -> str:
    """Rows, or a whole dossier, as JSON with the ledger's head and what was asked."""
    frame: dict[str, Any] = {"head": head, "asked": asked, "total": total}
    if isinstance(rows, Dossier):
        frame |= plain_dossier(rows)
        frame["statements"] = [plain_statement(one) for one in rows.statements]
    else:
        frame[what] = list(rows)
    return json.dumps(frame, ensure_ascii=False)


def as_geojson(rows: Iterable[Mapping[str, Any]], head: str, asked: str) -> str:
    """Rows with a place as GeoJSON (RFC 7946: longitude first); how exact it is stays beside it."""
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": {
                name: value
                for name, value in row.items()
                if name not in ("id", "latitude", "longitude")
            },
        }
        for row in rows
        if row["latitude"] is not None and row["longitude"] is not None
    ]
    whole = {"type": "FeatureCollection", "head": head, "asked": asked, "features": features}
    return json.dumps(whole, ensure_ascii=False)
