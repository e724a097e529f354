"""A typo in a table, or in a file of the user, is named with file, line and what is allowed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from allegata.cli.app import app
from allegata.errors import KnowledgeError
from allegata.knowledge.compile import SOURCES, compile_tables

# Table, what is written once or more in it, what stands there instead, and what is said of it.
TYPOS = [
    ("kinds", "- kind: siege", "- kind: seige", "'kind' is 'seige'. Allowed: chemical_attack, "),
    ("kinds", "{actor: by, target: ", "{acter: by, target: ", "'phrase' has no 'acter'. Allowed: "),
    ("kinds", "  counts: killed", "  counts: kiled", "'counts' is 'kiled'. Allowed: killed, "),
    ("kinds", "  ucdp: [1, 2, 3]", "  ucdp: [1, two]", "'ucdp' is 'two'. Allowed: any int."),
    ("kinds", "  cameo: ", "  cameos: ", "an entry has no 'cameos'. Allowed: kind, what, "),
    ("links", "form: cause forward", "form: cause foward", "Allowed: cause forward, cause back"),
    ("numbers", "form: several", "form: sevral", "'form' is 'sevral'. Allowed: number, scale, "),
    ("light_verbs", "form: undergoing", "form: undergone", "Allowed: doing, course, undergoing"),
    ("places", "precision: settlement", "precision: city", "'precision' is 'city'. Allowed: "),
    ("actors_groups", "kind: armed_group", "kind: armed_gruop", "Allowed: person, government, "),
    ("actors_outlets", "owner: private", "owner: privat", "Allowed: state, public, private, party"),
]


@pytest.mark.parametrize(("table", "right", "wrong", "message"), TYPOS)
def test_a_typo_in_a_table(tmp_path: Path, table: str, right: str, wrong: str, message: str):
    source = (SOURCES / f"{table}.yaml").read_text(encoding="utf-8")
    at = source.index(right)
    line = source.count("\n", 0, at + len(right)) + 1
    spoilt = source[:at] + wrong + source[at + len(right) :]
    (tmp_path / f"{table}.yaml").write_text(spoilt, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        compile_tables(tmp_path)
    assert str(caught.value).startswith(f"{table}.yaml:{line}: ")
    assert message in str(caught.value)


ACTORS = "- names: [Marsh Front]\n  kind: {kind}\n  from: 1999\n"


@pytest.mark.parametrize(
    ("option", "name", "text", "message"),
    [
        (
            "--actors",
            "mine.yaml",
            ACTORS.format(kind="armed_gruop"),
            "mine.yaml:2: 'kind' is 'armed_gruop'. Allowed: person, government, armed_group",
        ),
        ("--actors", "mine.csv", "names,knd\nMarsh Front,media\n", "mine.csv:2: an entry has no"),
        ("--gazetteer", "mine.csv", "nam,latitude,longitude\n", "mine.csv, line 1: no column name"),
        (
            "--gazetteer",
            "mine.csv",
            "name,latitude,longitude,precision\nTal,1,2,citty\n",
            "line 2: precision is 'citty'. Allowed: exact, settlement, district",
        ),
    ],
)
def test_a_typo_in_a_file_of_the_user(
    tmp_path: Path, monkeypatch, option: str, name: str, text: str, message: str
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path, article = tmp_path / name, tmp_path / "article.txt"
    path.write_text(text, encoding="utf-8")
    article.write_text("The ferry left at noon.\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["read", str(article), option, str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert str(path) in result.stderr
