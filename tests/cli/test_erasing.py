"""`allegata erase`, as a user runs it."""

import json

import pytest

from tests.cli.test_ledger_commands import DEMO, run_program


@pytest.fixture
def made(tmp_path):
    source = sorted(DEMO.glob("*.html"))[0]
    path = tmp_path / "small.db"
    assert run_program("ingest", str(source), "--ledger", str(path)).returncode == 0
    (hit,) = run_program("search", "--json", "--ledger", str(path)).stdout.splitlines()
    return path, source, json.loads(hit)["report"]


def test_it_goes_and_stays_away(made):
    path, source, report = made
    at = ("--ledger", str(path))
    run = run_program("erase", report, "--who", "A", "--why", "on demand", "--yes", "--json", *at)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["reports"] == [report]
    verified = run_program("verify", *at)
    assert verified.returncode == 0
    assert "were erased by people" in verified.stdout
    listed = run_program("erase", "--list", *at)
    assert "by A: on demand" in listed.stdout
    again = run_program("ingest", str(source), *at)
    assert again.returncode == 3
    assert "was erased from this ledger" in again.stderr
    assert json.loads(run_program("stats", "--json", *at).stdout)["documents"] == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--who", "A", "--why", "b"), "cannot ask you here"),
        (("--yes", "--why", "b"), "--who: is empty"),
        (("--yes", "--who", "A"), "--why: is empty"),
    ],
)
def test_nothing_goes_by_mistake(made, options, told):
    path, _, report = made
    run = run_program("erase", report, *options, "--ledger", str(path))
    assert run.returncode == 2
    assert told in run.stderr
    assert json.loads(run_program("stats", "--json", "--ledger", str(path)).stdout)["reports"] == 1


def test_what_is_not_there_cannot_be_erased(made):
    run = run_program(
        "erase", "rnone", "--who", "A", "--why", "b", "--yes", "--ledger", str(made[0])
    )
    assert run.returncode == 2
    assert "is no report of this ledger" in run.stderr


def test_nothing_was_erased(made):
    run = run_program("erase", "--list", "--ledger", str(made[0]))
    assert (run.returncode, run.stdout) == (0, "Nothing was erased.\n")
