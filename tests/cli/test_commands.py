"""The commands as a person or a script meets them: output, messages, exit codes, signals."""

import importlib.util
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from allegata.cli.app import app
from allegata.cli.contract import ReadingLine
from allegata.errors import WeightsError

PROGRAM = Path(__file__).with_name("program.py")


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, PROGRAM, *arguments]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=options.pop("stderr", subprocess.PIPE),
        env={**os.environ, "COLUMNS": "80", **options.pop("env", {})},
        **options,
    )


def run_apart(*arguments: str | Path, **options: object) -> tuple[int, str, str]:
    """Run it as a process of its own."""
    with start(*arguments, **options) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, (out or b"").decode(), err.decode()


@pytest.fixture
def run(monkeypatch):
    """Run it in this process, which is faster."""
    spec = importlib.util.spec_from_file_location("program", PROGRAM)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    monkeypatch.setattr("allegata.cli.read.Reader", program.Reader)

    def invoke(
        *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        env = {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1", **(env or {})}
        result = CliRunner().invoke(app, [*map(str, arguments)], input=stdin, env=env)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return invoke


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("The ferry left at noon, the harbour office said on Saturday.\n")
    return path


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Two documents, and between them a line that is broken."""
    path = tmp_path / "lines.jsonl"
    texts = ["First ferry report.", "Second ferry report."]
    first, second = (json.dumps({"text": text, "published": "2031-03-09"}) for text in texts)
    path.write_text(f"{first}\n{{broken\n{second}\n")
    return path


def test_json_is_one_line_for_each_document_in_order(run, lines, article):
    code, out, _ = run("read", lines, article, "--json")
    texts = [ReadingLine.model_validate_json(line).document.text for line in out.splitlines()]
    assert [text.split()[0] for text in texts] == ["First", "Second", "The"]
    assert code == 3


def test_what_is_set_aside_is_named_with_its_place_and_counted(run, lines):
    code, out, err = run("read", lines, "--json")
    assert code == 3
    aside, count = err.splitlines()
    assert aside.startswith(f"set aside: {lines}#2: ")
    assert count == "2 documents read, 1 input set aside."
    assert "set aside" not in out


@pytest.mark.parametrize("arguments", [["--json"], []])
def test_nothing_is_said_when_all_is_well(run, article, arguments):
    code, out, err = run("read", article, *arguments)
    assert (code, err) == (0, "")
    assert out


def test_a_piped_page_is_plain_text(run, article):
    _, out, _ = run("read", article)
    assert "\x1b" not in out
    assert "The ferry left at noon" in out
    assert max(map(len, out.splitlines())) <= 80


def test_only_the_first_page_tells_what_the_marks_mean(run, lines, article):
    _, out, _ = run("read", lines, article)
    assert out.count("‹who says it›") == 1


def test_the_day_given_overrules(run, lines):
    _, out, _ = run("read", lines, "--json", "--published", "2031-03-01")
    assert {json.loads(line)["document"]["published"] for line in out.splitlines()} == {
        "2031-03-01"
    }


def test_standard_input_is_a_document(run):
    code, out, _ = run("read", "-", "--json", stdin="Ein Bericht über die Fähre.".encode())
    assert code == 0
    assert json.loads(out)["document"]["text"] == "Ein Bericht über die Fähre."


def test_files_of_the_user_reach_the_reader(run, tmp_path, article):
    for name in ("camps.csv", "wards.csv", "groups.csv"):
        (tmp_path / name).write_text("name\n")
    places = ("--gazetteer", tmp_path / "camps.csv", "--gazetteer", tmp_path / "wards.csv")
    code, _, err = run("read", article, *places, "--actors", tmp_path / "groups.csv")
    assert code == 0
    assert err.split("\n") == ["opened camps.csv", "opened wards.csv", "opened groups.csv", ""]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read"], "FILE"),
        (["read", "a.txt", "--gazetteer", "nowhere.csv"], "nowhere.csv"),
        (["read", "a.txt", "--actors", "nowhere.yaml"], "nowhere.yaml"),
        (["read", "a.txt", "--published", "25/11/2018"], "not a day"),
        (["read", "a.txt", "--jobs", "0"], "--jobs"),
        (["read", "a.txt", "--width", "10"], "--width"),
        (["read", "a.txt", "--unknown"], "--unknown"),
        (["raed"], "raed"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(run, arguments, words):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("The model was altered.", 4, "allegata: model.onnx: altered. Install allegata again."),
        ("A fault with secret words.", 1, "failed by a fault of its own: RuntimeError at program"),
    ],
)
def test_failures_end_with_their_code_and_without_a_trace(run, tmp_path, text, code, words):
    path = tmp_path / "a.txt"
    path.write_text(text)
    ended, _, err = run("read", path)
    assert ended == code
    assert words in err
    assert "Traceback" not in err
    assert "secret" not in err, "the words of a document may be nobody's business"


def test_a_fault_shows_its_trace_to_who_asks(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A fault.")
    with pytest.raises(RuntimeError, match=r"A fault\."):
        run("read", path, env={"ALLEGATA_DEBUG": "1"})


def test_a_missing_file_is_set_aside_and_the_rest_is_read(run, tmp_path, article):
    code, out, err = run("read", tmp_path / "absent.txt", article, "--json")
    assert code == 3
    assert len(out.splitlines()) == 1
    assert "absent.txt: does not exist" in err


def test_a_message_cannot_command_the_terminal(run, tmp_path):
    code, _, err = run("read", tmp_path / "\x1b[31mred\u202e.txt")
    assert code == 3
    assert "\x1b" not in err
    assert "\u202e" not in err


def test_json_is_utf8_whatever_the_locale(article):
    article.write_text("وكالة")
    _, out, _ = run_apart(
        "read", article, "--json", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    )
    assert "وكالة" in out


def test_a_page_survives_a_locale_that_cannot_show_it(article):
    code, out, _ = run_apart("read", article, env={"PYTHONIOENCODING": "ascii"})
    assert code == 0
    assert "The ferry left at noon" in out


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"Report {n}. " * 99}) for n in range(999)))
    with start("read", path, "--json") as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""


@pytest.mark.parametrize("arguments", [["--json"], []])
def test_a_full_disk_is_a_failure_with_one_line(article, arguments):
    with Path("/dev/full").open("w") as full:
        code, _, err = run_apart("read", article, *arguments, stdout=full)
    assert (code, err) == (1, "allegata: the output: No space left on device\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("times", [1, 2])
def test_an_interrupt_ends_with_130_within_five_seconds(tmp_path, number, times):
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"A slow report {n}."}) for n in range(99)))
    with start("read", path, "--json") as process:
        process.stdout.readline()
        began = time.monotonic()
        for _ in range(times):
            process.send_signal(number)
        assert process.wait(timeout=30) == 130
        assert time.monotonic() - began < 5
        err = process.stderr.read().decode()
    assert set(err.split("\n")) == {"", "allegata: interrupted."}


def read_terminal(*arguments: str | Path, env: dict[str, str], both: bool) -> str:
    """What a terminal shows of standard error, or of both streams."""
    main, terminal = pty.openpty()
    process = start(
        *arguments,
        env={"TERM": "xterm-256color", **env},
        stdout=terminal if both else subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b""
    with process:
        while select.select([main], [], [], 60)[0]:
            try:
                shown += os.read(main, 65536)
            except OSError:  # the terminal has closed
                break
    os.close(main)
    return shown.decode(errors="replace")


def test_a_terminal_shows_colour_unless_told_not_to(article):
    assert "\x1b[1;38;5;166m" in read_terminal("read", article, env={}, both=True)
    plain = read_terminal("read", article, env={"NO_COLOR": "1"}, both=True)
    assert not re.search(r"\x1b\[[\d;]*[34]\d", plain)


def test_long_input_shows_its_progress_on_a_terminal(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"Report {n}. " * 999}) for n in range(50)))
    shown = read_terminal("read", path, "--json", env={}, both=False)
    assert "reading" in shown
    assert "50 documents" in shown
    assert "/s" in shown


def test_short_input_shows_no_progress(article):
    assert read_terminal("read", article, "--json", env={}, both=False) == ""


def test_the_version_is_printed(run):
    code, out, _ = run("--version")
    assert code == 0
    assert re.fullmatch(r"allegata \d+\.\d+\.\d+\S*\n", out)


def test_the_schema_is_the_one_that_readings_follow(run):
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out) == ReadingLine.model_json_schema()


def test_starting_loads_nothing_heavy():
    code = (
        "import sys, allegata.cli.app, allegata.types; heavy = {'rich', 'pydantic', 'numpy', "
        "'onnxruntime', 'lxml', 'trafilatura', 'multiprocessing', 'asyncio'}; "
        "print(*heavy & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_the_doctor_finds_nothing_wrong(run, monkeypatch):
    monkeypatch.setattr("allegata.cli.doctor.open_weights", lambda: SimpleNamespace(digest="d1"))
    code, out, _ = run("doctor")
    assert code == 0
    assert "d1, every file has its recorded hash" in out
    assert "cues" in out
    assert out.endswith("All is well.\n")


def test_the_doctor_names_what_is_altered(run, monkeypatch):
    def fail():
        raise WeightsError("model.onnx: altered. Install allegata again.")

    monkeypatch.setattr("allegata.cli.doctor.open_weights", fail)
    code, out, _ = run("doctor")
    assert code == 4
    assert "NOT USABLE: model.onnx: altered." in out
    assert "data tables" in out, "the rest is still examined"
