"""Sources of knowledge are read strictly, and mistakes are named with file and line."""

import json
from pathlib import Path

import pytest

from allegata.claims.cues import Counts, CueKind
from allegata.errors import KnowledgeError
from allegata.knowledge import compile as compiling
from allegata.knowledge import load_table
from allegata.knowledge.checking import Entries, Field, Free, Sections, check_form
from allegata.knowledge.forms import FORMS
from allegata.knowledge.source import read_source


def write(folder: Path, text: str, name: str = "words.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- lemma: say\n  lemma: tell\n", "words.yaml:2: 'lemma' stands twice"),
        ("- lemma: say\n- lemma:\n", "words.yaml:2: 'lemma' has no value"),
        ("- lemma: no\n", "words.yaml:1: 'no' is not plain text"),
        ("- day: 2018-11-24\n", "words.yaml:1: '2018-11-24' is not plain text"),
        ("- at: 12:30\n", "words.yaml:1: '12:30' is not plain text"),
        ("- n: 1_000\n", "words.yaml:1: '1_000' is not plain text"),
        ("- yes: x\n", "words.yaml:1: 'yes' is not plain text"),
        ("- 7: x\n", "words.yaml:1: a key that is not a word"),
        ("- ? [a]\n  : x\n", "words.yaml:1: a key that is not a word"),
        ("- a: [1\n- b: 2\n", "words.yaml:2:"),
        ("- a: !!python/name:os.system x\n", "words.yaml:1: 'x' is not plain text"),
        ("", "words.yaml:1: empty"),
        ("just words\n", "words.yaml:1: a table is a list"),
        ("a: 1\n---\nb: 2\n", "words.yaml:2:"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, text, message):
    write(tmp_path, text)
    with pytest.raises(KnowledgeError) as caught:
        compiling.compile_tables(tmp_path)
    assert message in str(caught.value)


def test_a_source_that_is_not_utf8(tmp_path):
    (tmp_path / "words.yaml").write_bytes(b"- lemma: caf\xe9\n")
    with pytest.raises(KnowledgeError, match=r"words\.yaml: not UTF-8"):
        compiling.compile_tables(tmp_path)


def test_values_keep_type_and_order(tmp_path):
    root = read_source(write(tmp_path, 'b: [1, -2.5, "no", null, true]\na: {é: ""}\n'))
    assert root.plain() == {"b": [1, -2.5, "no", None, True], "a": {"é": ""}}
    assert isinstance(root.value, dict)
    assert root.value["a"].line == 2
    assert list(root.value) == ["b", "a"]


ENTRIES = Entries(
    {
        "lemma": Field(required=True),
        "takes": Field(many=True, allowed=("that-clause", "noun")),
        "weight": Field(kind=float),
        "acts": Free(Field(allowed=("state", "deny")), allowed=("noun", "gerund")),
    },
    unique=("lemma",),
)
FORM = Sections({"words": ENTRIES, "marks": Field(many=True)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- lemma: say\n- takes: [noun]\n", ":3: 'lemma' is missing. Allowed: any str."),
        (
            "- lemma: say\n  takes: [noun, verb]\n",
            ":3: 'takes' is 'verb'. Allowed: that-clause, noun.",
        ),
        ("- lemma: say\n  takes: noun\n", ":3: 'takes' is not a list. Allowed: that-clause, noun."),
        ('- lemma: ""\n', ":2: 'lemma' is ''. Allowed: any str."),
        ("- lemma: say\n  weight: 1\n", ":3: 'weight' is 1. Allowed: any float."),
        ("- lemma: say\n  wieght: 1.0\n", ":3: an entry has no 'wieght'. Allowed: lemma, takes"),
        ("- lemma: say\n\n- lemma: say\n", ":4: same lemma as in line 2."),
        ("- say\n", ":2: an entry is not a mapping."),
        ("  lemma: say\n", ":2: 'words' is not a list of entries."),
        ("- lemma: say\n  acts: {noun: doubt}\n", ":3: 'noun' is 'doubt'. Allowed: state, deny."),
        (
            "- lemma: say\n  acts: {verb: deny}\n",
            ":3: 'acts' has no 'verb'. Allowed: noun, gerund.",
        ),
        ("- lemma: say\nmark: [x]\n", ":3: the table has no 'mark'. Allowed: words, marks."),
    ],
)
def test_a_table_follows_its_form(tmp_path, text, message):
    root = read_source(write(tmp_path, "words:\n" + text))
    with pytest.raises(KnowledgeError) as caught:
        check_form(root, FORM, "words.yaml")
    assert str(caught.value).startswith("words.yaml" + message)


def test_a_table_that_follows_its_form(tmp_path):
    entry = "words:\n- lemma: say\n  takes: [noun]\n  weight: 0.5\n  acts: {noun: deny}\n"
    check_form(read_source(write(tmp_path, entry)), FORM, "words.yaml")


def test_a_part_that_is_missing(tmp_path):
    with pytest.raises(KnowledgeError, match=r"words\.yaml:1: 'words' is missing"):
        check_form(read_source(write(tmp_path, "marks: [x]\n")), FORM, "words.yaml")


def test_compile_writes_then_agrees_then_removes(tmp_path, capsys):
    sources, compiled = tmp_path / "knowledge", tmp_path / "data"
    sources.mkdir()
    options = ["--sources", str(sources), "--compiled", str(compiled)]
    source = write(sources, "- lemma: say\n- lemma: tell\n")
    assert compiling.main(["--check", *options]) == 1
    assert "words.json: differs from its source" in capsys.readouterr().err
    assert compiling.main(options) == 0
    assert compiling.main(["--check", *options]) == 0
    table = compiled / "words.json"
    assert json.loads(table.read_text(encoding="utf-8")) == [{"lemma": "say"}, {"lemma": "tell"}]
    assert table.read_text(encoding="utf-8").count("\n") == 4
    source.rename(sources / "verbs.yaml")
    assert compiling.main(options) == 0
    assert [path.name for path in compiled.iterdir()] == ["verbs.json"]


def test_a_mistake_ends_with_status_one(tmp_path, capsys):
    write(tmp_path, "- lemma: no\n")
    assert compiling.main(["--sources", str(tmp_path), "--compiled", str(tmp_path)]) == 1
    assert "words.yaml:1" in capsys.readouterr().err


def test_the_compiled_tables_are_those_of_the_sources():
    assert compiling.main(["--check"]) == 0


@pytest.mark.parametrize("name", sorted(path.stem for path in compiling.SOURCES.glob("*.yaml")))
def test_every_table_loads_and_is_named_in_the_list_of_sources(root, name):
    assert load_table(name)
    assert load_table(name) is load_table(name)
    listed = (root / "knowledge" / "SOURCES.md").read_text(encoding="utf-8")
    assert listed.count(f"| `{name}.yaml` |") == 1


def test_every_form_has_a_table(root):
    assert {name for name in FORMS if not (root / "knowledge" / f"{name}.yaml").is_file()} == set()


def test_a_table_that_does_not_exist():
    with pytest.raises(KnowledgeError, match=r"nowhere\.json: no such table"):
        load_table("nowhere")


def test_the_forms_allow_what_the_readers_know():
    cues = FORMS["cues"]
    assert isinstance(cues, Entries)
    for name, kinds in (("kind", CueKind), ("counts", Counts)):
        field = cues.fields[name]
        assert isinstance(field, Field)
        assert set(field.allowed) == {kind.value for kind in kinds}
