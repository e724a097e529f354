"""The commands that keep and ask a ledger, as a user runs them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[2] / "demo"


def run_program(*arguments):
    command = [str(Path(sys.executable).with_name("allegata")), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A ledger of the demo reports, and what was told when it was made."""
    path = tmp_path_factory.mktemp("ledger") / "demo.db"
    run = run_program("ingest", str(DEMO), "--ledger", str(path))
    return path, run


def ask(made, *arguments):
    return run_program(*arguments, "--ledger", str(made[0]))


def lines(made, *arguments):
    run = ask(made, *arguments, "--json")
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def contested(made):
    return lines(made, "incidents", "--limit", "1")[0]


def test_ingesting_tells_what_came_of_it(made):
    path, run = made
    assert run.returncode == 3
    assert "14-damaged.warc.gz" in run.stderr
    assert "16 read, 1 set aside" in run.stderr
    assert run.stdout == ""
    assert path.stat().st_mode & 0o077 == 0


def test_ingesting_again_adds_nothing(made):
    before = lines(made, "stats")[0]
    run = ask(made, "ingest", str(DEMO), "--json")
    told = json.loads(run.stdout)
    assert (told["n_read"], told["n_known"], told["n_incidents_changed"]) == (0, 16, 0)
    assert lines(made, "stats")[0] == before


def test_stats_give_what_programs_ask_for(made):
    (held,) = lines(made, "stats")
    assert held["documents"] == 16
    assert {"claims", "events", "incidents", "head", "digest"} <= held.keys()
    assert len(held["head"]) == 64


def test_the_contested_incident(made):
    line = contested(made)
    assert line["n_reports"] >= 8
    assert line["grade"] == "contested"
    assert line["place"] == "Aleppo"
    (dossier,) = lines(made, "show", line["id"])
    kinds = {one["kind"] for one in dossier["positions"]}
    assert {"affirms", "denies", "repeats"} <= kinds
    assert dossier["contradictions"]
    for one in dossier["statements"]:
        assert one["chain"][0]["holder"]["kind"] == "outlet"
        assert one["passage"]["text"]


def test_a_dossier_for_people_names_its_holders(made):
    run = ask(made, "show", contested(made)["id"], "--width", "100")
    assert run.returncode == 0
    for heading in (
        "Who holds what", "Who is said to have done it", "Numbers by source", "Where it comes from",
        "What does not go together", "is suggested, since", "Reports", "History",
    ):  # fmt: skip
        assert heading in run.stdout
    assert "National Liberation Front" in run.stdout
    assert all(len(line) <= 100 for line in run.stdout.splitlines())


def test_a_report_is_shown_with_where_it_was_found(made):
    hit = lines(made, "search", "Sumac")[0]
    run = ask(made, "show", hit["report"])
    assert "Found at" in run.stdout
    assert "07-denial.txt" in run.stdout


def test_laundering_and_contradictions_show_both_passages(made):
    dropped = lines(made, "laundering")
    assert any(one["one"]["outlet"] == "Eastern Bulletin" for one in dropped)
    assert all(one["one"]["text"] and one["other"]["text"] for one in dropped)
    against = lines(made, "contradictions", "--about", "occurrence")
    assert all(one["kind"] == "occurrence" for one in against)
    assert against


@pytest.mark.parametrize(
    "arguments",
    [
        ("incidents",), ("incidents", "--kind", "shelling", "--order", "date"),
        ("incidents", "--as-of", "2018-11-25"), ("search", "tear gas"), ("sources",),
        ("sources", "observatory"), ("laundering",), ("contradictions",), ("quarantine",),
        ("stats",), ("verify",), ("review",), ("review", "log"),
    ],
)  # fmt: skip
def test_each_prints_something_for_people(made, arguments):
    run = ask(made, *arguments)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
    assert "\x1b" not in run.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("incidents", "--kind", "picnic"), "is none of"),
        (("incidents", "--box", "1,2,3"), "is no box"),
        (("incidents", "--order", "size"), "is none of"),
        (("contradictions", "--about", "taste"), "is none of"),
        (("show", "i000000"), "is no incident's id"),
        (("show", "x"), "is no id"),
        (("search", "()"), "has no word in it"),
        (("review", "edit", "r0#e1", "kind"), "sets nothing"),
    ],
)
def test_what_cannot_be_asked(made, arguments, words):
    run = ask(made, *arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_no_ledger_is_told_how_to_make_one(tmp_path):
    run = run_program("incidents", "--ledger", str(tmp_path / "none.db"))
    assert run.returncode == 2
    assert "allegata ingest" in run.stderr


def test_decisions_from_the_command_line(made):
    statement = lines(made, "review", "--limit", "1")[0]["id"]
    before = lines(made, "stats")[0]["decisions"]
    assert ask(made, "review", "reject", statement, "--who", "tester").returncode == 0
    assert statement not in {one["id"] for one in lines(made, "review", "--limit", "999")}
    assert ask(made, "review", "undo", "--who", "tester").returncode == 0
    assert lines(made, "stats")[0]["decisions"] == before + 2
    assert [one["action"] for one in lines(made, "review", "log")][-2:] == ["reject", "undo"]
    assert ask(made, "verify").returncode == 0


def test_a_ledger_that_was_altered_ends_with_4(made, tmp_path):
    import sqlite3
    from contextlib import closing

    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(made[0])) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other)
        other.execute("UPDATE document SET text = text || '!' WHERE number = 2")
        other.commit()
    run = run_program("verify", "--ledger", str(copy))
    assert run.returncode == 4
    assert "document 2" in run.stdout


def test_the_doctor_says_how_a_ledger_is(made):
    run = ask(made, "doctor")
    assert run.returncode == 0, run.stderr
    for words in ("schema", "wal", "its owner alone", "16, 16 readings", "allegata verify"):
        assert words in run.stdout
    assert run_program("doctor", "--ledger", str(made[0]) + ".none").returncode == 2


def test_the_doctor_says_what_to_do(made, tmp_path):
    path = tmp_path / "open.db"
    shutil.copy(made[0], path)
    path.chmod(0o644)
    told = run_program("doctor", "--ledger", str(path)).stdout
    assert f"chmod 600 {path}" in told


def test_grades_of_people_stand_beside_the_suggestion(made, tmp_path):
    path = tmp_path / "graded.db"
    shutil.copy(made[0], path)
    name = contested(made)["id"]
    (source,) = (one for one in lines(made, "sources", "National Liberation Front")[:1])
    for target, setting in ((name, "grade=weak"), (source["key"], "reliability=C")):
        run = run_program("review", "grade", target, setting, "--who", "A. Reader",
                          "--ledger", str(path))  # fmt: skip
        assert run.returncode == 0, run.stderr
    own = (path, None)
    (dossier,) = lines(own, "show", name)
    assert dossier["people_grades"] == [{"who": "A. Reader", "grade": "weak"}]
    assert "A. Reader graded it weak." in ask(own, "show", name).stdout
    assert contested(own)["people_grades"] == dossier["people_grades"]
    assert "weak (A. Reader)" in ask(own, "incidents", "--limit", "1").stdout
    (line,) = lines(own, "sources", "National Liberation Front")[:1]
    assert line["people_grades"] == [{"who": "A. Reader", "scale": "reliability", "code": "C"}]


def test_a_report_that_changed_is_shown_with_its_changes(tmp_path):
    path, ledger = tmp_path / "a.txt", tmp_path / "a.db"
    for text in ("Four people were killed in Torvik, the mayor said.",
                 "At least six people were killed in Torvik, the mayor said."):  # fmt: skip
        path.write_text(text)
        assert run_program("ingest", str(path), "--ledger", str(ledger)).returncode == 0
    own = (ledger, None)
    later = next(one for one in lines(own, "search", "six"))
    told = ask(own, "show", later["report"]).stdout
    assert "- Four" in told
    assert "+ At least six" in told
