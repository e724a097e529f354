"""`allegata scale`, as a user runs it."""

import json

import pytest

from tests.second.test_commands import run_program

pytestmark = pytest.mark.slow


def test_from_a_text_to_a_ledger(tmp_path):
    source = tmp_path / "report.txt"
    source.write_text("Rebels shelled the market of Kirkuk on Monday, the health ministry said.\n")
    readings, ledger = tmp_path / "readings", tmp_path / "merged.db"
    run = run_program("scale", "read", str(source), str(readings), "--jobs", "1", "--json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {"n_read": 1, "n_set_aside": 0, "n_parts": 1, "n_kept": 0}
    for what in ("copies", "incidents"):
        path = tmp_path / f"{what}.parquet"
        run = run_program("scale", what, str(readings), str(path), "--json")
        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout)["n_reports"] == 1
        assert path.exists()
    run = run_program("ingest", "--readings", str(readings), "--ledger", str(ledger), "--json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["documents"] == 1
    assert run_program("verify", "--ledger", str(ledger)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("scale", "read", "x.txt"), "OUTPUT: is absent"),
        (("scale", "read", "/nowhere/x.txt", "out"), "does not exist"),
        (("scale", "copies", "nowhere", "x.parquet"), "holds no readings"),
        (("ingest", "--readings", "nowhere", "--ledger", "x.db"), "holds no readings"),
        (("ingest", "--ledger", "x.db"), "SOURCE: is absent"),
    ],
)
def test_what_is_asked_wrongly_is_told(tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    run = run_program(*arguments)
    assert run.returncode == 2
    assert told in run.stderr
