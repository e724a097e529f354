import json
import subprocess
import sys

import pytest

from allegata.errors import InputError
from benchmarks.quality import gold


def compile_gold(answers):
    """The gold as readings, by the compiler that lies beside it."""
    tool = answers[0].parents[2] / "tools" / "compile_gold.py"
    order = [sys.executable, str(tool), *map(str, answers)]
    return subprocess.run(order, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.fixture
def readings_of_gold(monkeypatch):
    def write(records, readings):
        readings.write_text(compile_gold(sorted(records.parent.glob("*.yaml"))), encoding="utf-8")

    monkeypatch.setattr(gold, "write_readings", write)


@pytest.mark.shared
@pytest.mark.slow
def test_gold_against_gold_is_perfect(shared, readings_of_gold):
    measured = gold.measure_gold(shared / "gold" / "dev")
    assert len(measured.documents) == 8
    assert {name: measured.value(name) for name in measured.figures()} == dict.fromkeys(
        [*gold.FIGURES.values(), *gold.FAULTS.values()], 1.0
    )
    assert measured.extra == dict.fromkeys(measured.extra, 1.0)
    assert len(measured.extra) == 5
    assert measured.documents[gold.FOUNDING]["claims"].gold == 10


def test_a_directory_without_gold_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"no \*\.yaml"):
        gold.measure_gold(tmp_path)


def test_a_program_that_fails_is_named(tmp_path, monkeypatch):
    failing = [sys.executable, "-c", "raise SystemExit('no weights')"]
    monkeypatch.setattr(gold, "command", lambda *_: failing)
    with pytest.raises(InputError, match="allegata ended with 1: no weights"):
        gold.write_readings(tmp_path / "in.jsonl", tmp_path / "out.jsonl")


def test_what_the_program_prints_is_kept(tmp_path, monkeypatch):
    line = json.dumps({"document": {"text": "“naïve”"}}, ensure_ascii=False)
    code = f"import sys; sys.stdout.buffer.write({line.encode()!r})"
    monkeypatch.setattr(gold, "command", lambda *_: [sys.executable, "-c", code])
    gold.write_readings(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == line
