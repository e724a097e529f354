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

__all__ = [
    "INCIDENT_COLUMNS",
    "STATEMENT_COLUMNS",
    "as_csv",
    "as_geojson",
    "as_json",
    "defuse",
    "incident_rows",
    "statement_rows",
]

INCIDENT_COLUMNS = (
    "id", "address", "title", "kind", "place", "latitude", "longitude", "radius_km", "country",
    "first", "last", "suggested_grade", "n_reports", "n_outlets", "n_own_texts",
    "n_independent_origins", "n_claims", "n_affirm", "n_deny", "n_contradictions", "n_laundered",
    "killed_low", "killed_high", "injured_low", "injured_high", "affirmed_by", "denied_by",
)  # fmt: skip

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


def as_json(rows: Iterable[Mapping[str, Any]] | Dossier, head: str, asked: str, total: int) -> str:
    """Rows, or a whole dossier, as JSON with the ledger's head and what was asked."""
    frame: dict[str, Any] = {"head": head, "asked": asked, "total": total}
    if isinstance(rows, Dossier):
        frame |= plain_dossier(rows)
        frame["statements"] = [plain_statement(one) for one in rows.statements]
    else:
        frame["incidents"] = list(rows)
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
