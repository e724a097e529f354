"""What is exported is read by programs of others, and says whose word each row is."""

import csv
import hashlib
import json
import os
import struct
from collections.abc import Sequence

import duckdb
import polars
import prov.model
import pyarrow.parquet
import pytest
import rdflib
from frictionless import Schema, validate
from geojson_pydantic import FeatureCollection
from iiif_prezi3 import Annotation
from rdflib.namespace import SDO
from sqlalchemy import select

from allegata.errors import InputError, StoreError
from allegata.exports import FORMATS, Fatalities, Options, export
from allegata.exports.acled import ACLED_COLUMNS
from allegata.exports.flat import CLAIM_COLUMNS, FLAT_COLUMNS, HOLDING_COLUMNS
from allegata.exports.ucdp import UCDP_COLUMNS
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.filters import Filters
from allegata.ledger.packing import text_of
from allegata.ledger.schema import document, report
from allegata.types.incident import PositionKind
from allegata.types.statement import HolderKind

NUMBERS = (
    "year", "time_precision", "geo_precision", "fatalities", "where_prec", "date_prec", "low",
    "high", "best", "n_claims", "n_independent_origins", "killed_low", "killed_high",
    "number_of_sources", "passage_start", "passage_end", "n_reports",
)  # fmt: skip
DAYS = ("event_date", "date_start", "date_end", "first", "last", "published")
DEGREES = ("latitude", "longitude", "confidence", "radius_km")
TABLES = {
    "acled": ("acled.csv", ACLED_COLUMNS),
    "ucdp": ("ucdp_ged.csv", UCDP_COLUMNS),
    "csv": ("incidents.csv", FLAT_COLUMNS),
}


def schema_of(columns: Sequence[str]) -> Schema:
    kinds = dict.fromkeys(NUMBERS, "integer") | dict.fromkeys(DAYS, "date")
    kinds |= dict.fromkeys(DEGREES, "number")
    return Schema.from_descriptor(
        {"fields": [{"name": name, "type": kinds.get(name, "string")} for name in columns]}
    )


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def dossiers(ledger):
    with ledger.reading() as connection:
        lines, _ = list_incidents(connection, limit=1000)
        return {line.id: load_dossier(connection, line.id) for line in lines}


def is_affirmed(dossier) -> bool:
    return any(
        one.kind is PositionKind.AFFIRMS and one.holder.kind is not HolderKind.NOBODY
        for one in dossier.positions
    )


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_beside_it_tells_files_head_and_what_is_not_said(exported, ledger, name):
    folder, done = exported(name)
    report = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    assert report == done.report
    assert report["head"] == ledger.head().hash
    assert report["cannot_say"]
    for file in report["files"]:
        content = (folder / file["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert file["rows"] > 0
    there = {path for path in folder.rglob("*") if path.is_file()}
    assert there == set(done.files)


@pytest.mark.parametrize(("name", "file", "columns"), [(k, *v) for k, v in TABLES.items()])
def test_frictionless_finds_every_column_of_its_type(exported, name, file, columns):
    folder, done = exported(name)
    for path, names in ((folder / file, columns), (folder / "claims.csv", CLAIM_COLUMNS)):
        found = validate(path.name, schema=schema_of(names), basepath=str(folder))
        assert found.valid, found.flatten(["rowNumber", "fieldName", "note"])
        told = next(one["rows"] for one in done.report["files"] if one["name"] == path.name)
        assert found.tasks[0].stats["rows"] == told == len(rows_of(path))


@pytest.mark.parametrize(("name", "file"), [(k, v[0]) for k, v in TABLES.items()])
def test_no_row_stands_without_those_who_affirm_it(exported, dossiers, name, file):
    folder, done = exported(name)
    key = next(iter(rows_of(folder / file)[0]))
    rows = {row[key]: row for row in rows_of(folder / file)}
    for number, row in rows.items():
        assert row["affirmed_by"], number
        assert row["n_independent_origins"] == str(dossiers[number].origins.n_independent)
        assert set(HOLDING_COLUMNS) <= row.keys()
    left_out = {number for number, one in dossiers.items() if not is_affirmed(one)}
    assert left_out
    assert left_out.isdisjoint(rows)
    reasons = {one["why"]: one["n"] for one in done.report["left_out"]}
    assert reasons["nobody affirms that it happened"] == len(left_out)
    assert len(rows) + sum(reasons.values()) == done.report["n_incidents"] == len(dossiers)


def test_what_is_denied_stands_with_its_denial_in_the_table_of_claims(exported, dossiers):
    folder, _ = exported("csv")
    rows = {row["statement"]: row for row in rows_of(folder / "claims.csv")}
    told = {one.id: one for dossier in dossiers.values() for one in dossier.statements}
    assert rows.keys() == told.keys()
    assert {"negative", "positive"} == {row["polarity"] for row in rows.values()}
    for name, row in rows.items():
        assert (row["polarity"], row["modality"]) == (
            told[name].polarity.value, told[name].modality.value,
        )  # fmt: skip
        assert row["said_by"].removeprefix("'") == told[name].holder.name


def test_one_number_of_dead_is_made_by_rule_alone(exported):
    folder, _ = exported("ucdp")
    assert all(row["best"] == "" for row in rows_of(folder / "ucdp_ged.csv"))
    for rule, column in ((Fatalities.LOW, "killed_low"), (Fatalities.HIGH, "killed_high")):
        exported("ucdp", options=Options(rule))
        rows = rows_of(folder / "ucdp_ged.csv")
        assert any(row["best"] for row in rows)
        assert all(row["best"] == row[column] for row in rows)


def test_a_cell_is_no_formula_unless_a_program_asks(exported):
    folder, _ = exported("csv", filters=Filters(place="Mosul"))
    rows = rows_of(folder / "claims.csv")
    assert {row["outlet"] for row in rows} == {"'@Tigris Gazette"}
    exported("csv", filters=Filters(place="Mosul"), options=Options(raw=True))
    assert {row["outlet"] for row in rows_of(folder / "claims.csv")} == {"@Tigris Gazette"}


def test_three_engines_read_the_same_from_parquet(exported):
    folder, _ = exported("parquet")
    for name, columns in (("incidents", FLAT_COLUMNS), ("claims", CLAIM_COLUMNS)):
        path = str(folder / f"{name}.parquet")
        arrow = pyarrow.parquet.read_table(path).select(list(columns)).to_pylist()
        assert arrow
        assert polars.read_parquet(path).select(columns).to_dicts() == arrow
        listed = ", ".join(f'"{column}"' for column in columns)
        duck = duckdb.sql(f"SELECT {listed} FROM read_parquet('{path}')").fetchall()
        assert [dict(zip(columns, row, strict=True)) for row in duck] == arrow
    metadata = pyarrow.parquet.read_metadata(folder / "incidents.parquet").metadata
    assert json.loads(metadata[b"geo"])["primary_column"] == "geometry"


def test_points_of_geojson_and_geoparquet_are_the_places(exported, dossiers):
    folder, _ = exported("geojson")
    whole = FeatureCollection.model_validate_json((folder / "incidents.geojson").read_text())
    exported("parquet")
    table = pyarrow.parquet.read_table(folder / "incidents.parquet").to_pylist()
    points = {row["id"]: row["geometry"] for row in table if row["geometry"]}
    assert len(whole.features) == len(points) > 3
    for feature in whole.features:
        place = dossiers[feature.id].places[0].place
        assert tuple(feature.geometry.coordinates) == (place.longitude, place.latitude)
        assert feature.properties["radius_km"] == place.radius_km
        assert feature.properties["affirmed_by"]
        assert struct.unpack("<BIdd", points[feature.id]) == (
            1, 1, place.longitude, place.latitude,
        )  # fmt: skip


def test_prov_reads_who_each_claim_is_attributed_to(exported, dossiers):
    folder, _ = exported("prov")
    text = (folder / "claims.prov.json").read_text(encoding="utf-8")
    read = prov.model.ProvDocument.deserialize(content=text, format="json")
    again = prov.model.ProvDocument.deserialize(content=read.serialize(format="json"))
    assert read == again
    attributed = list(read.get_records(prov.model.ProvAttribution))
    told = [one for dossier in dossiers.values() for one in dossier.statements]
    assert len(attributed) == sum(len(one.chain) for one in told)
    derived = list(read.get_records(prov.model.ProvDerivation))
    copies = sum(len(dossier.copies) for dossier in dossiers.values())
    assert len(derived) == len(told) + copies


def test_an_annotation_quotes_the_text_at_its_place(exported, ledger):
    folder, _ = exported("annotations")
    with ledger.reading() as connection:
        rows = connection.execute(
            select(report.c.id, document.c.text, document.c.exact).join(
                document, document.c.number == report.c.document
            )
        )
        texts = {row.id: text_of(row.text, row.exact) for row in rows}
    lines = (folder / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        quote, position = line["target"]["selector"]
        text = texts[line["id"].removeprefix("urn:allegata:").partition("#")[0]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        holder, _, told = line["body"][0]["value"].partition(": ")
        assert holder
        assert told


def test_a_reader_of_annotations_takes_them_as_they_were_meant(exported, dossiers):
    """iiif-prezi3 has the W3C model of annotations, and refuses what does not follow it."""
    folder, _ = exported("annotations")
    statements = {f"urn:allegata:{one.id}": one for d in dossiers.values() for one in d.statements}
    lines = (folder / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    read = {one.id: one for one in map(Annotation.model_validate_json, lines)}
    assert set(read) == set(statements)
    for id_, annotation in read.items():
        quote, position = (selector.root for selector in annotation.target.selector)
        statement = statements[id_]
        assert (quote.type, quote.exact) == ("TextQuoteSelector", statement.words)
        assert (position.start, position.end) == (
            statement.passage.start,
            statement.passage.end,
        )
    first = json.loads(lines[0])
    first["target"]["source"] = "reports/1.txt"  # a path is no IRI
    with pytest.raises(ValueError, match="SpecificResource"):
        Annotation.model_validate(first)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own use
def test_claims_are_the_same_as_a_graph_in_the_words_of_schema_org(exported, dossiers):
    """rdflib reads the lines as JSON-LD; its list of schema.org has every word that is used."""
    folder, _ = exported("schema-org")
    graph = rdflib.Graph()
    for line in (folder / "claims.jsonld.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        assert claim.pop("@context") == "https://schema.org"
        claim["@context"] = {"@vocab": str(SDO)}  # what is fetched from there, as far as used
        graph.parse(data=json.dumps(claim), format="json-ld")
    known = set(SDO.__annotations__)
    kinds = set(graph.objects(None, rdflib.RDF.type))
    words = {str(term).removeprefix(str(SDO)) for term in {*graph.predicates(), *kinds}}
    assert {"Claim", "appearance", "author"} <= words
    assert words - {str(rdflib.RDF.type)} <= known
    found = {
        (
            str(graph.value(claim, SDO.identifier)),
            str(graph.value(claim, SDO.text)),
            str(graph.value(graph.value(claim, SDO.author), SDO.name)),
        )
        for claim in graph.subjects(rdflib.RDF.type, SDO.Claim)
    }
    assert found == {
        (one.id, one.words, one.holder.name) for d in dossiers.values() for one in d.statements
    }


def test_a_claim_of_schema_org_has_an_author_and_no_rating(exported):
    folder, _ = exported("schema-org")
    lines = (folder / "claims.jsonld.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        assert line["@type"] == "Claim"
        assert line["author"]["name"]
        assert line["text"]
        assert "reviewRating" not in line
        assert line["appearance"].get("url", "https:").startswith(("https:", "http:"))


def test_a_full_disk_leaves_the_older_file_whole(exported, monkeypatch):
    folder, _ = exported("geojson")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError, match="No space left on device"):
        exported("geojson", filters=Filters(kinds=("shelling",)))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_cannot_be_asked_for_is_told(exported, ledger, tmp_path):
    with pytest.raises(InputError, match="is none of csv, acled"):
        exported("stix")
    (tmp_path / "taken").write_text("x")
    with ledger.reading() as connection, pytest.raises(InputError, match="is a file"):
        export(connection, ledger.head(connection).hash, "csv", tmp_path / "taken")
