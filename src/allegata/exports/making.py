"""How the files of each format are made of dossiers, each looked at once."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allegata.exports.annotators import LABELS_CONFIG, cas_of, label_studio_task
from allegata.exports.arrow import as_parquet
from allegata.exports.bagging import make_bag
from allegata.exports.cells import as_csv
from allegata.exports.coded import (
    EVENT_COLUMNS,
    MENTION_COLUMNS,
    as_tabs,
    gdelt_event,
    gdelt_mentions,
    plover_records,
)
from allegata.exports.entities import ftm_entities
from allegata.exports.flat import (
    CLAIM_COLUMNS,
    FLAT_COLUMNS,
    NOBODY_AFFIRMS,
    claim_rows,
    flat_row,
    is_affirmed,
)
from allegata.exports.ground import Ground
from allegata.exports.linked import claims_as_provenance
from allegata.exports.newsroom import ninjs_item
from allegata.exports.options import Options
from allegata.incidents.dossier import Dossier
from allegata.types import Reading
from allegata.types.statement import Statement

__all__ = [
    "Made",
    "Make",
    "flat_row_of",
    "make_cas",
    "make_ftm",
    "make_gdelt",
    "make_geojson",
    "make_lines",
    "make_ninjs",
    "make_package",
    "make_parquet",
    "make_plover",
    "make_prov",
    "make_table",
    "make_tasks",
]


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


Make = Callable[[Iterable[Dossier], Options, Ground], Made]


Row = dict[str, Any]
RowOf = Callable[[Dossier, Options], Row | str]
"""A row of an incident; or in words why it has none."""


def flat_row_of(dossier: Dossier, _: Options) -> Row | str:
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


def make_table(
    name: str, columns: Sequence[str], row_of: RowOf, second: Sequence[str] | None = None
) -> Make:
    """Rows of incidents as a table, with the table of claims beside it.

    Args:
        name: Of the file.
        columns: Of the rows.
        row_of: Makes a row of an incident.
        second: A second heading.
    """

    def make(dossiers: Iterable[Dossier], options: Options, _: Ground) -> Made:
        made = Made()
        rows, claims = _gather(made, dossiers, options, row_of)
        made.add(name, as_csv(rows, columns, raw=options.raw, second=second), len(rows))
        made.add("claims.csv", as_csv(claims, CLAIM_COLUMNS, raw=options.raw), len(claims))
        return made

    return make


def make_geojson(dossiers: Iterable[Dossier], options: Options, ground: Ground) -> Made:
    """Points of those incidents that have a place."""
    made = Made()
    features = []
    rows, _ = _gather(made, dossiers, options, flat_row_of)
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
    whole = {"type": "FeatureCollection", "head": ground.head, "features": features}
    made.add("incidents.geojson", json.dumps(whole, ensure_ascii=False), len(features))
    return made


def make_parquet(dossiers: Iterable[Dossier], options: Options, ground: Ground) -> Made:
    """Incidents and claims as two Parquet files."""
    made = Made()
    rows, claims = _gather(made, dossiers, options, flat_row_of)
    notes = {"allegata.head": ground.head}
    made.add("incidents.parquet", as_parquet(rows, FLAT_COLUMNS, notes), len(rows))
    made.add("claims.parquet", as_parquet(claims, CLAIM_COLUMNS, notes), len(claims))
    return made


def make_lines(name: str, line_of: Callable[[Statement, str], Mapping[str, Any]]) -> Make:
    """A line of JSON for each statement."""

    def make(dossiers: Iterable[Dossier], _: Options, __: Ground) -> Made:
        made = Made()
        lines = [
            json.dumps(line_of(one, dossier.id), ensure_ascii=False) + "\n"
            for dossier in dossiers
            for one in dossier.statements
        ]
        made.add(name, "".join(lines), len(lines))
        return made

    return make


def make_prov(dossiers: Iterable[Dossier], _: Options, ground: Ground) -> Made:
    """Claims as PROV-JSON."""
    made = Made()
    made.add("claims.prov.json", *claims_as_provenance(dossiers, ground.head))
    return made


def make_gdelt(dossiers: Iterable[Dossier], _: Options, __: Ground) -> Made:
    """GDELT's two tables, which have no headings and are called CSV though tabs part them."""
    made = Made()
    events: list[Row] = []
    mentions: list[Row] = []
    for dossier in dossiers:
        row = gdelt_event(dossier)
        if isinstance(row, str):
            made.left_out[row] += 1
            continue
        events.append(row)
        mentions += gdelt_mentions(dossier)
    made.add("allegata.export.CSV", as_tabs(events, EVENT_COLUMNS), len(events))
    made.add("allegata.mentions.CSV", as_tabs(mentions, MENTION_COLUMNS), len(mentions))
    return made


def make_plover(dossiers: Iterable[Dossier], _: Options, __: Ground) -> Made:
    """PLOVER's records, a line each, with their schema."""
    made = Made()
    _add_lines(made, "plover.jsonl", (one for each in dossiers for one in plover_records(each)))
    schema = Path(__file__).with_name("plover.schema.json").read_bytes()
    made.add("plover.schema.json", schema, 1)
    return made


def make_ftm(dossiers: Iterable[Dossier], _: Options, __: Ground) -> Made:
    """FollowTheMoney's entities, a line each."""
    made = Made()
    _add_lines(made, "entities.ftm.json", ftm_entities(dossiers))
    return made


def make_ninjs(dossiers: Iterable[Dossier], _: Options, __: Ground) -> Made:
    """Items of ninjs, a line each."""
    made = Made()
    _add_lines(made, "incidents.ninjs.jsonl", map(ninjs_item, dossiers))
    return made


def make_tasks(dossiers: Iterable[Dossier], _: Options, ground: Ground) -> Made:
    """Tasks of Label Studio, with the configuration that shows them."""
    made = Made()
    tasks = [label_studio_task(report, reading) for report, reading in _readings(dossiers, ground)]
    made.add("tasks.json", json.dumps(tasks, ensure_ascii=False), len(tasks))
    made.add("labels.xml", LABELS_CONFIG, 1)
    return made


def make_cas(dossiers: Iterable[Dossier], _: Options, ground: Ground) -> Made:
    """A file of UIMA CAS JSON for each report."""
    made = Made()
    for report, reading in _readings(dossiers, ground):
        made.add(f"{report}.json", json.dumps(cas_of(report, reading)), 1)
    return made


def make_package(dossiers: Iterable[Dossier], options: Options, ground: Ground) -> Made:
    """An evidence package."""
    made = Made()
    files, _ = make_bag(dossiers, ground, options.key)
    for name, content in files.items():
        made.add(name, content, 1)
    return made


def _readings(dossiers: Iterable[Dossier], ground: Ground) -> Iterator[tuple[str, Reading]]:
    """The reports that tell of incidents, each once, in the order of their ids."""
    reports = {one.by.report for dossier in dossiers for one in dossier.statements}
    for report in sorted(reports):
        reading = ground.read(report)
        if reading is not None:
            yield report, reading


def _add_lines(made: Made, name: str, items: Iterable[Row | str]) -> None:
    """Add items as lines of JSON; those that are words tell why there is none."""
    lines = []
    for item in items:
        if isinstance(item, str):
            made.left_out[item] += 1
        else:
            lines.append(json.dumps(item, ensure_ascii=False) + "\n")
    made.add(name, "".join(lines), len(lines))
