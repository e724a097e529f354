"""All formats: what each is for, how it is written, and what it cannot say."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allegata.exports import acled, ucdp
from allegata.exports.arrow import as_parquet
from allegata.exports.cells import as_csv
from allegata.exports.flat import (
    CLAIM_COLUMNS,
    FLAT_COLUMNS,
    NOBODY_AFFIRMS,
    claim_rows,
    flat_row,
    is_affirmed,
)
from allegata.exports.linked import annotation, claim_of_schema_org, claims_as_provenance
from allegata.exports.options import Options
from allegata.incidents.dossier import Dossier
from allegata.types.statement import Statement

__all__ = ["FORMATS", "Format", "Made"]


@dataclass(slots=True)
class Made:
    """What a format makes of incidents.

    Attributes:
        files: Contents by the name of the file.
        n_rows: By the name of the file.
        left_out: Reasons why incidents or statements have no row, with how many.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    n_rows: dict[str, int] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, content: str | bytes, n_rows: int) -> None:
        """Add a file."""
        self.files[name] = content.encode() if isinstance(content, str) else content
        self.n_rows[name] = n_rows


Make = Callable[[Iterable[Dossier], Options, str], Made]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: As it is asked for.
        what: What it is, and for whom.
        loses: What it cannot say.
        make: Makes its files of dossiers, each looked at once, with the ledger's head.
    """

    name: str
    what: str
    loses: tuple[str, ...]
    make: Make


Row = dict[str, Any]
RowOf = Callable[[Dossier, Options], Row | str]
"""A row of an incident; or in words why it has none."""


def _flat_row(dossier: Dossier, _: Options) -> Row | str:
    """Incidents that nobody affirms have no row: they would look like ones that happened."""
    return flat_row(dossier) if is_affirmed(dossier) else NOBODY_AFFIRMS


def _gather(
    made: Made, dossiers: Iterable[Dossier], options: Options, row_of: RowOf
) -> tuple[list[Row], list[Row]]:
    """Rows of incidents and of their statements; each dossier is held no longer than it takes."""
    rows: list[Row] = []
    claims: list[Row] = []
    for dossier in dossiers:
        row = row_of(dossier, options)
        if isinstance(row, str):
            made.left_out[row] += 1
        else:
            rows.append(row)
        claims += claim_rows(dossier)
    return rows, claims


def _make_table(name: str, columns: Sequence[str], row_of: RowOf) -> Make:
    def make(dossiers: Iterable[Dossier], options: Options, _: str) -> Made:
        made = Made()
        rows, claims = _gather(made, dossiers, options, row_of)
        made.add(name, as_csv(rows, columns, raw=options.raw), len(rows))
        made.add("claims.csv", as_csv(claims, CLAIM_COLUMNS, raw=options.raw), len(claims))
        return made

    return make


def _make_geojson(dossiers: Iterable[Dossier], options: Options, head: str) -> Made:
    made = Made()
    features = []
    rows, _ = _gather(made, dossiers, options, _flat_row)
    for row in rows:
        if row["latitude"] is None or row["longitude"] is None:
            made.left_out["its place is not on the map"] += 1
            continue
        place = [row.pop("longitude"), row.pop("latitude")]
        features.append(
            {
                "type": "Feature",
                "id": row["id"],
                "geometry": {"type": "Point", "coordinates": place},
                "properties": row,
            }
        )
    whole = {"type": "FeatureCollection", "head": head, "features": features}
    made.add("incidents.geojson", json.dumps(whole, ensure_ascii=False), len(features))
    return made


def _make_parquet(dossiers: Iterable[Dossier], options: Options, head: str) -> Made:
    made = Made()
    rows, claims = _gather(made, dossiers, options, _flat_row)
    notes = {"allegata.head": head}
    made.add("incidents.parquet", as_parquet(rows, FLAT_COLUMNS, notes), len(rows))
    made.add("claims.parquet", as_parquet(claims, CLAIM_COLUMNS, notes), len(claims))
    return made


def _make_lines(name: str, line_of: Callable[[Statement, str], Mapping[str, Any]]) -> Make:
    def make(dossiers: Iterable[Dossier], _: Options, __: str) -> Made:
        made = Made()
        lines = [
            json.dumps(line_of(one, dossier.id), ensure_ascii=False) + "\n"
            for dossier in dossiers
            for one in dossier.statements
        ]
        made.add(name, "".join(lines), len(lines))
        return made

    return make


def _make_prov(dossiers: Iterable[Dossier], _: Options, head: str) -> Made:
    made = Made()
    made.add("claims.prov.json", *claims_as_provenance(dossiers, head))
    return made


_FLATTENS = (
    "A row has no room for the words of each source; claims.csv beside it has them.",
    "Place and days are those that most holders give; others stand in claims.csv alone.",
)
_ALL = (
    Format(
        "csv", "incidents and claims as two tables, for spreadsheets",
        _FLATTENS, _make_table("incidents.csv", FLAT_COLUMNS, _flat_row),
    ),
    Format(
        "acled", "incidents in ACLED's columns, with claims beside them",
        acled.LOSES, _make_table("acled.csv", acled.ACLED_COLUMNS, acled.acled_row),
    ),
    Format(
        "ucdp", "incidents in the columns of UCDP GED, with claims beside them",
        ucdp.LOSES, _make_table("ucdp_ged.csv", ucdp.UCDP_COLUMNS, ucdp.ucdp_row),
    ),
    Format(
        "geojson", "incidents on the map, for QGIS and the like",
        ("A point has no size: how exactly a place is known stands in radius_km.", *_FLATTENS[1:]),
        _make_geojson,
    ),
    Format(
        "parquet", "incidents (GeoParquet) and claims, for pandas, Polars, DuckDB",
        _FLATTENS[1:], _make_parquet,
    ),
    Format(
        "annotations", "each claim as a W3C Web Annotation on the words of its report",
        ("Numbers, days and places stand in no field of an annotation.",),
        _make_lines("annotations.jsonl", annotation),
    ),
    Format(
        "schema-org", "each claim as a schema.org Claim, without a rating",
        ("A Claim has one author: of a chain of voices the innermost is given.",
         "Whether it is denied, planned or feared stands in words alone."),
        _make_lines("claims.jsonld.jsonl", claim_of_schema_org),
    ),
    Format(
        "prov", "where each claim comes from, as PROV-JSON",
        ("The order of voices in a chain is not told; each is an agent of the claim.",),
        _make_prov,
    ),
)  # fmt: skip
FORMATS: Mapping[str, Format] = {one.name: one for one in _ALL}
