"""`--second-reader`, as a user asks for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.second.model import Model, completion, sentences, span

TEXT = "Shelling\n\nRebels shelled the market of Kirkuk on Monday, the health ministry said.\n"


def run_program(*arguments):
    command = [str(Path(sys.executable).with_name("allegata")), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def otherwise(sent):
    told = sentences(sent)
    event = {"trigger": span(told, "shelled"), "kind": "protest", "polarity": "positive"}
    return completion({"claims": [], "events": [event | {"claim": None}]})


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    return path


def test_new_reports_are_read_a_second_time(tmp_path, source):
    at = ("--ledger", str(tmp_path / "second.db"))
    with Model(otherwise).running() as model:
        asked = ("--second-reader", model.url, "--second-model", "small")
        run = run_program("ingest", str(source), *asked, *at)
        assert run.returncode == 0, run.stderr
        assert "machine:llm small: 1 read a second time" in run.stderr
        run_program("ingest", str(source), *asked, *at)
        assert len(model.sent) == 1
        run = run_program("review", "second", "--all", *asked, *at)
        assert "0 read a second time, 1 known already" in run.stderr
    listed = run_program("review", "second", *at)
    assert "reads kind protest" in listed.stdout
    assert "“shelled”" in listed.stdout
    lines = run_program("review", "second", "--json", *at).stdout.splitlines()
    assert {"machine:llm small"} == {json.loads(line)["by"] for line in lines}
    waiting = run_program("review", "--json", *at).stdout
    assert "machine:llm small: reads kind protest" in waiting
    assert run_program("verify", *at).returncode == 0


def test_without_it_nothing_is_sent(tmp_path, source):
    with Model(otherwise).running() as model:
        run_program("ingest", str(source), "--ledger", str(tmp_path / "none.db"))
        assert model.sent == []


def test_what_was_read_is_kept_where_the_second_reader_fails(tmp_path, source):
    at = ("--ledger", str(tmp_path / "failed.db"))
    with Model(lambda sent: 500).running() as model:
        asked = ("--second-reader", model.url, "--second-model", "small")
        run = run_program("ingest", str(source), *asked, *at)
    assert run.returncode == 3
    assert "the server answers 500" in run.stderr
    assert json.loads(run_program("stats", "--json", *at).stdout)["documents"] == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--second-reader", "http://93.184.216.34/v1", "--second-model", "m"), "of your own"),
        (("--second-reader", "http://127.0.0.1:1/v1"), "no name of a model"),
        (("--second-reader", "http://127.0.0.1:1/v1", "--second-model", "m", "--watch"), "--watch"),
    ],
)
def test_what_may_not_be_asked_is_refused_before_anything_is_read(tmp_path, source, asked, told):
    path = tmp_path / "refused.db"
    run = run_program("ingest", str(source), *asked, "--ledger", str(path))
    assert run.returncode == 2
    assert told in run.stderr
    assert not path.exists()


def test_reports_are_named(tmp_path, source):
    at = ("--ledger", str(tmp_path / "named.db"))
    run_program("ingest", str(source), *at)
    run = run_program(
        "review", "second", "--second-reader", "http://127.0.0.1:1/v1", "--second-model", "m", *at
    )
    assert run.returncode == 2
    assert "Name reports, or add --all" in run.stderr
    assert "No second reading differs" in run_program("review", "second", *at).stdout
