"""Formats for machines, newsrooms, annotators and archives, read back by programs of others."""

import json
import subprocess
import sys
import warnings

import cassis
import jsonschema
import pandas
import pytest
from followthemoney import model

from allegata.errors import InputError
from allegata.exports import Options
from allegata.exports.annotators import LABELS_CONFIG
from allegata.exports.coded import EVENT_COLUMNS, MENTION_COLUMNS
from allegata.exports.flat import FLAT_COLUMNS
from allegata.exports.hxl import HXL_TAGS
from allegata.incidents.stances import own_stance
from allegata.ledger.asking import list_incidents, load_dossier
from allegata.ledger.loading import load_reading, number_of_report
from allegata.types.incident import PositionKind
from tests.exports.test_exports import is_affirmed, rows_of

NINJS = {
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "standard": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"type": "string"} for name in ("name", "version", "schema")},
        },
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite"]},
        "language": {"type": "string"},
        "firstCreated": {"type": "string", "format": "date-time"},
        "versionCreated": {"type": "string", "format": "date-time"},
        "edNote": {"type": "string"},
        **{
            name: {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {field: {} for field in fields},
                },
            }
            for name, fields in {
                "headlines": ("role", "contentType", "value"),
                "bodies": ("role", "contentType", "charCount", "wordCount", "value"),
                "events": ("id", "name", "rel", "uri", "literal"),
                "infoSources": ("name", "role", "uri", "literal", "contactInfo"),
                "subjects": (
                    "name", "rel", "uri", "literal", "creator", "relevance", "confidence",
                ),
                "places": ("name", "rel", "uri", "literal", "contactInfo", "geoJSON"),
            }.items()
        },
    },
}  # fmt: skip
"""The parts of ninjs 3.1 that are written, with all fields that its schema allows in them."""


@pytest.fixture(scope="session")
def dossiers(ledger):
    with ledger.reading() as connection:
        lines, _ = list_incidents(connection, limit=1000)
        return {line.id: load_dossier(connection, line.id) for line in lines}


@pytest.fixture(scope="session")
def readings(ledger, dossiers):
    with ledger.reading() as connection:
        reports = {one.by.report for each in dossiers.values() for one in each.statements}
        return {
            name: load_reading(connection, number_of_report(connection, name)) for name in reports
        }


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def affirming(dossier):
    return [one for one in dossier.statements if own_stance(one) is PositionKind.AFFIRMS]


def test_pandas_reads_gdelts_tables_by_their_columns(exported, dossiers):
    folder, done = exported("gdelt")

    def read(name, columns):
        return pandas.read_csv(
            folder / name, sep="\t", header=None, names=columns, dtype=str, quoting=3
        )

    events = read("allegata.export.CSV", EVENT_COLUMNS)
    mentions = read("allegata.mentions.CSV", MENTION_COLUMNS)
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)
    rows = {file["name"]: file["rows"] for file in done.report["files"]}
    assert [len(events), len(mentions)] == list(rows.values())
    by_number = {str(int(name[1:], 16)): one for name, one in dossiers.items()}
    for row in events.to_dict("records"):
        dossier = by_number[row["GLOBALEVENTID"]]
        assert is_affirmed(dossier)
        assert row["EventRootCode"] in {f"{code:02}" for code in range(1, 21)}
        assert pandas.to_datetime(row["SQLDATE"], format="%Y%m%d").date() == (
            dossier.last or dossier.first
        )
        assert int(row["NumMentions"]) == len(affirming(dossier))
    assert set(mentions["GLOBALEVENTID"]) == set(events["GLOBALEVENTID"])
    told = {one.id: one for each in dossiers.values() for one in affirming(each)}
    for row in mentions.to_dict("records"):
        name = row["Extras"].removeprefix("statement ").partition(";")[0]
        assert int(row["ActionCharOffset"]) == told[name].trigger.start
        assert row["Extras"].endswith(f"said by {told[name].holder.name}")


def test_records_of_plover_are_as_their_schema_has_them(exported, dossiers):
    folder, _ = exported("plover")
    schema = json.loads((folder / "plover.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    records = lines_of(folder / "plover.jsonl")
    for record in records:
        check.validate(record)
    assert {"ASSAULT", "ACCUSE", "REJECT"} <= {record["event"] for record in records}
    of_incidents = {one["id"]: one for one in records if "/" not in one["id"]}
    for name, record in of_incidents.items():
        assert is_affirmed(dossiers[name])
        assert record["allegata"]["affirmed_by"]
    with pytest.raises(jsonschema.ValidationError):
        check.validate({**records[0], "event": "KILL"})


def test_hashtags_stand_under_the_headings(exported):
    folder, done = exported("hxl")
    tags, *rows = rows_of(folder / "incidents.hxl.csv")
    assert list(tags) == list(FLAT_COLUMNS)
    assert list(tags.values()) == list(HXL_TAGS)
    assert len(set(HXL_TAGS)) == len(HXL_TAGS)
    assert all(tag.startswith("#") and " " not in tag for tag in HXL_TAGS)
    assert len(rows) == done.report["files"][0]["rows"]


def test_followthemoney_keeps_every_property(exported, dossiers):
    folder, _ = exported("ftm")
    entities = lines_of(folder / "entities.ftm.json")
    events = {}
    for entity in entities:
        read = model.get_proxy(entity)
        for name, values in entity["properties"].items():
            assert sorted(read.get(name)) == sorted(values), (entity["schema"], name)
        if entity["schema"] == "Event":
            events[entity["id"]] = entity
    assert len({one["id"] for one in entities}) == len(entities)
    assert len(events) == len([one for one in dossiers.values() if is_affirmed(one)])
    known = {one["id"] for one in entities}
    for event in events.values():
        assert set(event["properties"].get("involved", [])) <= known
        assert set(event["properties"]["proof"]) <= known
        assert any(note.startswith("affirmed_by: ") for note in event["properties"]["notes"])


def test_items_of_ninjs_have_the_fields_of_the_standard(exported, dossiers):
    folder, _ = exported("ninjs")
    items = lines_of(folder / "incidents.ninjs.jsonl")
    check = jsonschema.Draft202012Validator(NINJS)
    for item in items:
        check.validate(item)
        dossier = dossiers[item["uri"].removeprefix("urn:allegata:")]
        roles = {one["role"] for one in item["infoSources"]}
        held = {one.kind for one in dossier.positions}
        assert ("denies" in roles) == (PositionKind.DENIES in held)
        assert item["bodies"][0]["value"]


def test_cassis_reads_every_span_at_its_words(exported, readings):
    folder, done = exported("uima-cas")
    assert len(done.report["files"]) == len(readings)
    for report, reading in readings.items():
        with (folder / f"{report}.json").open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cas = cassis.load_cas_from_json(file)
        text = reading.document.text
        assert cas.sofa_string == text
        claims = cas.select("org.allegata.Claim")
        told = {(one.claim, one.part): one.get_covered_text() for one in claims}
        for claim in reading.claims:
            if claim.source:
                assert told[claim.id, "source"] == claim.source.words(text)
        events = {one.event: one for one in cas.select("org.allegata.Event")}
        assert {name: one.get_covered_text() for name, one in events.items()} == {
            one.id: one.trigger.words(text) for one in reading.events
        }


def test_tasks_hold_what_was_read_as_a_prediction(exported, readings):
    folder, _ = exported("label-studio")
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    assert (folder / "labels.xml").read_text(encoding="utf-8") == LABELS_CONFIG
    assert {one["data"]["report"] for one in tasks} == set(readings)
    for task in tasks:
        wide = task["data"]["text"].encode("utf-16-le")
        regions = [one for one in task["predictions"][0]["result"] if one["type"] == "labels"]
        assert len({one["id"] for one in regions}) == len(regions)
        for one in regions:
            value = one["value"]
            words = wide[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
            assert words == value["text"]
            assert f'"{value["labels"][0]}"' in LABELS_CONFIG


@pytest.fixture(scope="session")
def key(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "id"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "tester", "-f", str(path)], check=True
    )
    return path


def verify(folder, key, content=None):
    signers = folder.parent / "signers"
    signers.write_text(f"tester {key.with_suffix('.pub').read_text()}")
    manifest = folder / "manifest-sha256.txt"
    return subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "tester", "-n", "allegata",
         "-s", f"{manifest}.sig"],
        input=content or manifest.read_bytes(), check=False, capture_output=True,
    ).returncode  # fmt: skip


def validate(folder):
    """The exit status of bagit's own program."""
    words = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", "--quiet", str(folder)]
    return subprocess.run(words, check=False, capture_output=True).returncode


def test_bagit_and_ssh_keygen_find_a_package_whole_and_every_change(exported, key, readings):
    folder, _ = exported("bagit", options=Options(key=key))
    assert validate(folder) == 0
    assert verify(folder, key) == 0
    info = (folder / "bag-info.txt").read_text(encoding="utf-8")
    assert "Allegata-Ledger-Head: " in info
    for report, reading in readings.items():
        text = (folder / "data" / "reports" / f"{report}.txt").read_text(encoding="utf-8")
        assert text == reading.document.text
    some = next((folder / "data" / "reports").glob("*.txt"))
    some.write_text(some.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert validate(folder) != 0
    changed = (folder / "manifest-sha256.txt").read_bytes().replace(b"a", b"b", 1)
    assert verify(folder, key, changed) != 0


def test_what_cannot_sign_is_told(exported, tmp_path, key):
    broken = tmp_path / "broken"
    broken.write_text("no key")
    for path in (tmp_path / "absent", broken):
        with pytest.raises(InputError):
            exported("bagit", options=Options(key=path))
    assert not (tmp_path / "bagit.txt").exists()
