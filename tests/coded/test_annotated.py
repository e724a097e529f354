"""What annotators set right in an export of ours comes back as decisions, and nothing else does."""

import json
import shutil
import subprocess

import pytest

from allegata.exports import export
from allegata.ledger import Ledger
from allegata.ledger.decisions import list_decisions
from allegata.ledger.loading import load_reading, number_of_report
from allegata.ledger.verdicts import load_verdicts
from allegata.types.utf16 import Utf16
from benchmarks.program import command


@pytest.fixture
def own(filled, tmp_path):
    return shutil.copy(filled, tmp_path / "own.db")


def exported(path, folder, name):
    with Ledger.open(path, read_only=True) as ledger, ledger.reading() as connection:
        export(connection, ledger.head(connection).hash, name, folder)
    return folder


def tasks_of(path, folder):
    """Tasks as Label Studio gives them back where an annotator agreed with every prediction."""
    tasks = json.loads((exported(path, folder, "label-studio") / "tasks.json").read_text())
    for task in tasks:
        result = task.pop("predictions")[0]["result"]
        task["annotations"] = [{"completed_by": {"email": "reader@team.test"}, "result": result}]
    return tasks


def run(path, file, *more):
    words = command("review", "import", str(file), "--ledger", str(path), "--who", "tester", *more)
    return subprocess.run(words, check=False, capture_output=True, text=True)


def decisions(path):
    with Ledger.open(path, read_only=True) as ledger, ledger.reading() as connection:
        return list_decisions(connection)


def region(task, name):
    return next(one for one in task["annotations"][0]["result"] if one.get("id") == name)


def test_what_nobody_changed_decides_nothing(own, tmp_path):
    file = tmp_path / "back.json"
    file.write_text(json.dumps(tasks_of(own, tmp_path / "out")))
    done = run(own, file)
    assert (done.returncode, done.stdout) == (0, "")
    for cas in exported(own, tmp_path / "cas", "uima-cas").glob("r*.json"):
        assert run(own, cas).returncode == 0
    assert decisions(own) == []


def test_a_span_that_was_moved_sets_words_and_one_that_is_gone_takes_out(own, tmp_path):
    tasks = tasks_of(own, tmp_path / "out")
    task = next(one for one in tasks if "A doctor said" in one["data"]["text"])
    text = task["data"]["text"]
    source = next(
        one for one in task["annotations"][0]["result"]
        if one["type"] == "labels" and one["value"]["text"] == "A doctor"
    )  # fmt: skip
    at = text.index("The rebels")
    source["value"] |= {"start": at, "end": at + len("The rebels"), "text": "The rebels"}
    events = [one for one in task["annotations"][0]["result"] if one.get("id", "").startswith("e")]
    gone = events[-1]["id"].partition("-")[0]
    result = task["annotations"][0]["result"]
    result[:] = [one for one in result if not one.get("id", "").startswith(f"{gone}-")]
    file = tmp_path / "back.json"
    file.write_text(json.dumps(tasks))
    tried = run(own, file, "--dry-run")
    assert tried.stdout.count("\n") == 2
    assert decisions(own) == []
    done = run(own, file)
    assert done.returncode == 0
    assert done.stdout == tried.stdout
    kept = {one.action.value: one for one in decisions(own)}
    assert kept["edit"].settings == (("source", "“The rebels”"),)
    assert kept["edit"].who == "reader@team.test"
    assert kept["reject"].about == "event"
    again = run(own, file)
    assert (again.returncode, again.stdout) == (0, "")


def test_spans_of_uima_come_back_too(own, tmp_path):
    folder = exported(own, tmp_path / "cas", "uima-cas")
    for path in folder.glob("r*.json"):
        cas = json.loads(path.read_text(encoding="utf-8"))
        text = cas["%FEATURE_STRUCTURES"][0]["sofaString"]
        spans = [one for one in cas["%FEATURE_STRUCTURES"] if one.get("part") == "source"]
        if not spans or "A doctor said" not in text:
            continue
        spans[-1]["begin"], spans[-1]["end"] = 0, len("Rebels")
        path.write_text(json.dumps(cas), encoding="utf-8")
        assert run(own, path).returncode == 0
    (one,) = decisions(own)
    assert one.settings == (("source", "“Rebels”"),)


def test_a_new_span_cannot_be_added_and_is_told(own, tmp_path):
    tasks = tasks_of(own, tmp_path / "out")
    value = {"start": 0, "end": 3, "text": "abc", "labels": ["event"]}
    tasks[0]["annotations"][0]["result"].append({"id": "Xy7", "type": "labels", "value": value})
    tasks[1]["data"]["report"] = "r" + "0" * 24
    file = tmp_path / "back.json"
    file.write_text(json.dumps(tasks))
    done = run(own, file)
    assert done.returncode == 3
    assert "cannot be added" in done.stderr
    assert "is the id of no report" in done.stderr


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"data": {}, "annotations": [{}]}]', "nul"])
def test_what_is_no_annotation_is_told_and_the_rest_goes_on(own, tmp_path, content):
    broken, whole = tmp_path / "broken.json", tmp_path / "whole.json"
    broken.write_text(content)
    whole.write_text(json.dumps(tasks_of(own, tmp_path / "out")))
    words = command("review", "import", str(broken), str(whole), "--ledger", str(own))
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 3
    assert "broken.json" in done.stderr


def test_words_set_by_annotators_are_those_of_the_report(own, tmp_path):
    tasks = tasks_of(own, tmp_path / "out")
    for task in tasks:
        for one in task["annotations"][0]["result"]:
            if one.get("id", "").endswith("-source"):
                one["value"] |= {"start": 0, "end": 6}
    file = tmp_path / "back.json"
    file.write_text(json.dumps(tasks))
    assert run(own, file).returncode == 0
    with Ledger.open(own, read_only=True) as ledger, ledger.reading() as connection:
        for report, (_, corrected) in load_verdicts(connection).corrected.items():
            text = load_reading(connection, number_of_report(connection, report)).document.text
            for claim in corrected.claims:
                if claim.source:
                    assert claim.source.words(text) == text[0:6].strip()


def test_offsets_turn_back():
    text = "a😀b😀c"
    units = Utf16(text)
    for at in range(len(text) + 1):
        assert units.back(units.of(at)) == at
