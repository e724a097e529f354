import json
import sys
from pathlib import Path

import pytest

from allegata.errors import AllegataError
from benchmarks.speed.invented import invent_documents, write_documents
from benchmarks.speed.machine import describe_machine
from benchmarks.speed.throughput import Rate
from benchmarks.speed.watched import watch


def python(code):
    return [sys.executable, "-c", code]


def test_a_watched_command_tells_its_first_line_from_its_last():
    watched = watch(python("print(1, flush=True); sum(range(8_000_000)); print(2)"))
    assert 0 < watched.first_s < watched.whole_s
    assert watched.n_lines == 2


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system has no /proc")
def test_memory_of_children_counts():
    hold = "x = bytearray(60_000_000); sum(range(12_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    small = watch(python("print(1); sum(range(6_000_000))")).peak_bytes
    large = watch(python(f"{child}; print(1)")).peak_bytes
    assert large > small + 50_000_000


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import sys; sys.exit('no such file')", "ended with 1: no such file"),
        ("pass", "ended with 0"),  # it said nothing
    ],
)
def test_a_command_that_fails_is_an_error(code, message):
    with pytest.raises(AllegataError, match=message):
        watch(python(code))


def test_a_command_that_says_much_on_both_sides_does_not_stall():
    both = "for f in (sys.stdout, sys.stderr)"
    code = f"import sys; [print('x' * 99, file=f) for _ in range(5000) {both}]"
    assert watch(python(code)).n_lines == 5000


def test_invented_documents_are_the_same_each_time(tmp_path):
    first, again = (list(invent_documents(30)) for _ in range(2))
    assert first == again
    assert len(set(first)) == 30
    assert all("{" not in text and 15 < len(text.split()) / 20 < 32 for text in first)
    write_documents(tmp_path / "d.jsonl", invent_documents(3, n_sentences=4))
    records = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text().splitlines()]
    assert [sorted(record) for record in records] == [["language", "published", "text"]] * 3


def test_the_machine_is_described():
    hardware, versions = describe_machine().splitlines()
    assert "cores" in hardware
    assert "UTC" in hardware
    assert versions.startswith("Python 3.")


def test_a_rate_is_the_median_of_its_runs():
    assert Rate("reading", (300.0, 200.0, 290.0)).middle == 290.0
