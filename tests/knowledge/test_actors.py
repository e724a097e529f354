"""The tables of actors: who is in them, by which words they are found, and files of the user."""

import re
from pathlib import Path

import pytest

from allegata.errors import InputError
from allegata.knowledge import load_table
from allegata.knowledge.actor_files import FIELDS
from allegata.knowledge.actor_names import fold_name, is_spelt
from allegata.knowledge.actor_patterns import find_parts
from allegata.knowledge.actors import ActorTable, Use
from allegata.types import EntityType
from allegata.types.actor import ActorMatch

ACTORS = ActorTable.open()
TABLES = (
    "actors_states", "actors_forces", "actors_groups", "actors_organisations", "actors_outlets",
)  # fmt: skip
ENTRIES = [entry for table in TABLES for entry in load_table(table)]
CODES = {entry["country"] for entry in load_table("actors_states") if "country" in entry}
LISTS = ("names", "shared", "adjectives", "people", "cities", "seats")
JUDGING = re.compile(
    r"(?<!Counter-)\b(terror|extremis|fanatic|thug|puppet|so-called|self-styled|evil)", re.I
)


def found(words: str, actors: ActorTable = ACTORS) -> list[tuple[str, Use]]:
    return [(one.actor.id, one.use) for one in actors.find(words)]


def test_the_tables_are_large():
    kinds = [ACTORS.get(entry["id"]).kind for entry in ENTRIES]
    assert kinds.count(EntityType.ARMED_GROUP) >= 250
    assert kinds.count(EntityType.ORGANISATION) >= 100
    assert kinds.count(EntityType.MEDIA) >= 150
    assert len(CODES) >= 193 + 2


def test_ids_are_unique_and_parts_lead_somewhere():
    ids = [entry["id"] for entry in ENTRIES]
    assert len(ids) == len(set(ids))
    for entry in ENTRIES:
        state, _, part = entry["id"].partition("/")
        if part:
            assert ACTORS.get(state).country == entry["country"], entry["id"]
        if "part_of" in entry:
            whole = entry["part_of"]
            assert ACTORS.get(whole) or ACTORS.get(whole.split("/")[0]), entry["id"]


@pytest.mark.parametrize("table", TABLES)
def test_codes_years_and_names(table):
    for entry in load_table(table):
        codes = {*entry.get("countries", []), *([entry["country"]] if "country" in entry else [])}
        assert codes <= CODES, entry["id"]
        assert entry.get("from", 0) <= entry.get("to", 9999), entry["id"]
        for field in LISTS:
            names = entry.get(field, [])
            assert len(names) == len(set(names)), (entry["id"], field)
            assert all(map(fold_name, names)), entry["id"]


def test_no_name_judges():
    for entry in ENTRIES:
        for names in (entry.get(field, []) for field in LISTS):
            assert not any(map(JUDGING.search, names)), entry["id"]


def test_names_that_are_enough_are_not_those_of_another():
    """Two that have one name have it among their shared ones, or one of them has."""
    owners: dict[str, set[str]] = {}
    for entry in ENTRIES:
        for name in entry["names"]:
            owners.setdefault(fold_name(name), set()).add(entry["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_a_shared_name_is_not_enough_elsewhere_in_its_entry():
    for entry in ENTRIES:
        sure = {
            fold_name(name) for field in LISTS if field != "shared" for name in entry.get(field, [])
        }
        assert not sure & set(map(fold_name, entry.get("shared", []))), entry["id"]
        names = list(map(fold_name, entry["names"]))
        assert len(names) == len(set(names)), entry["id"]


PATTERNS = load_table("actors_patterns")["patterns"]


@pytest.mark.parametrize("row", PATTERNS, ids=[row["part"] for row in PATTERNS])
def test_the_example_of_each_pattern(row):
    (one,) = find_parts(ACTORS, row["example"]["words"])
    assert one.actor.id == row["example"]["id"]
    assert one.actor.kind.value == row["kind"]
    assert one.actor.country == "EE"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("the Kenyan armed forces", ["ke/armed-forces"]),
        ("Peru's army", ["pe/armed-forces"]),
        ("Norways navy", ["no/navy"]),  # the apostrophe is lost in a headline
        ("the Ministry of Defence of Sri Lanka", ["lk/defence-ministry"]),
        ("South Sudan's police", ["ss/police"]),
        ("Sudan's police", ["sd/police"]),
        ("the Israeli military", ["il/armed-forces"]),
        ("the Syrian military", ["sy/armed-forces"]),
        ("Ukraine’s Foreign Ministry", ["ua/foreign-ministry"]),
        ("Russia’s Foreign Ministry", ["ru/foreign-ministry"]),
        ("the Gazan police", ["gaza/police"]),
        ("Congolese troops", ["cg/armed-forces", "cd/armed-forces"]),
        ("North Korean state media", ["kp/state-media"]),
        ("the Abkhaz authorities", ["abkhazia"]),
        ("the Velmar navy", []),
        ("the army", []),
        ("Estonian", []),
        ("Estonian weather", []),
        ("", []),
    ],
)
def test_what_every_state_has(words, ids):
    assert [one.actor.id for one in find_parts(ACTORS, words)] == ids


def test_a_part_with_a_name_of_its_own_has_one_id():
    (named,) = ACTORS.find("Tatmadaw")
    (described,) = find_parts(ACTORS, "Myanmar's military")
    assert named.actor == described.actor


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Syria", [("sy", Use.NAME)]),
        ("Syrian Arab Republic", [("sy", Use.ALIAS)]),
        ("Damascus", [("sy", Use.CITY)]),
        ("the Kremlin", [("ru", Use.SEAT)]),
        ("Downing Street", [("gb", Use.SEAT)]),
        ("Foggy Bottom", [("us", Use.SEAT)]),
        ("Israelis", [("il", Use.PEOPLE)]),
        ("Congolese", [("cg", Use.PEOPLE), ("cd", Use.PEOPLE)]),
        ("Daesh", [("islamic-state", Use.ALIAS)]),
        ("ISIS", [("islamic-state", Use.ALIAS)]),
        ("Isis", [("islamic-state", Use.ALIAS)]),
        ("IS", [("islamic-state", Use.SHARED)]),
        ("is", []),
        ("داعش", [("islamic-state", Use.ALIAS)]),
        ("الدولة الاسلامية", [("islamic-state", Use.ALIAS)]),
        ("ИГИЛ", [("islamic-state", Use.ALIAS)]),
        ("Сирия", [("sy", Use.ALIAS)]),
        ("سوريا", [("sy", Use.ALIAS)]),
        ("ישראל", [("il", Use.ALIAS)]),
        ("Jabhat an-Nusra", [("nusra-front", Use.ALIAS)]),
        ("Jabhat al Nusra", [("nusra-front", Use.ALIAS)]),
        ("Hay’at Tahrir al-Sham", [("hts", Use.NAME)]),
        ("U.S.", [("us", Use.ALIAS)]),
        ("us", []),
        ("WHO", [("who", Use.ALIAS)]),
        ("who", []),
        ("Nato", [("nato", Use.NAME)]),
        ("turkey", []),
        ("Türkiye", [("tr", Use.ALIAS)]),
        ("the Syria of today", []),
        ("", []),
    ],
)
def test_finding(words, expected):
    assert found(words) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("al-Qaeda", "Al Qaeda"), ("Ansar al-Din", "Ansar ad-Din"), ("Côte d'Ivoire", "Cote d’Ivoire"),
     ("the Netherlands", "Netherlands"), ("Israel's", "Israel"), ("حِزب الله", "حزب‌الله")],
)  # fmt: skip
def test_spellings_with_one_key(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("words", "name", "right"),
    [("US", "US", True), ("us", "US", False), ("Us", "US", False), ("Nato", "NATO", True),
     ("nato", "NATO", False), ("al-shabaab", "Al-Shabaab", True), ("chad", "Chad", False),
     ("the UN", "UN", True), ("CHAD", "Chad", True)],
)  # fmt: skip
def test_capitals(words, name, right):
    assert is_spelt(words, name) is right


@pytest.mark.parametrize("word", [*FIELDS, *(match.value for match in ActorMatch)])
def test_fields_and_matches_are_documented(root, word):
    page = (root / "docs" / "actors.md").read_text(encoding="utf-8")
    assert f"`{word}`" in page


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


YAML = """
- names: [Velmar Front, Front of Velmar]
  shared: [VF]
  kind: armed_group
  countries: [EE]
  from: 1999
- id: hamas
  names: [Hamas of the user]
  kind: organisation
- id: mine
  names: [Reuters]
  kind: organisation
"""
CSV = """id,names,shared,kind,countries,from
,Velmar Front;Front of Velmar,VF,armed_group,EE,1999
hamas,Hamas of the user,,organisation,,
mine,Reuters,,organisation,,
"""


@pytest.mark.parametrize(("name", "text"), [("mine.yaml", YAML), ("mine.csv", CSV)])
def test_entries_of_the_user_win(tmp_path, name, text):
    actors = ActorTable.open(write(tmp_path, text, name))
    assert found("Front of Velmar", actors) == [("velmar-front", Use.ALIAS)]
    front = actors.get("velmar-front")
    assert (front.countries, front.first_year, front.origin) == (("EE",), 1999, name)
    assert found("Hamas", actors) == []  # the entry with its id is replaced
    assert found("Hamas of the user", actors) == [("hamas", Use.NAME)]
    assert found("Reuters", actors) == [("mine", Use.NAME)]  # the name is taken
    assert found("Reuters") == [("reuters", Use.NAME)]
    assert found("Syria", actors) == [("sy", Use.NAME)]


def test_a_state_of_the_user_has_what_every_state_has(tmp_path):
    text = "- {id: vm, names: [Velmar], kind: government, adjectives: [Velmari]}\n"
    actors = ActorTable.open(write(tmp_path, text))
    (one,) = find_parts(actors, "the Velmari navy")
    assert (one.actor.id, one.actor.name) == ("vm/navy", "Velmari navy")


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("a.yaml", "- names: [X]\n  kind: militia\n", 2, "'kind' is 'militia'. Allowed: person, g"),
        ("a.yaml", "- names: [X]\n  knid: media\n", 2, "an entry has no 'knid'. Allowed: id, na"),
        ("a.yaml", "- kind: media\n", 1, "'names' is missing. Allowed: a list of names."),
        ("a.yaml", "- names: [X]\n", 1, "'kind' is missing. Allowed: person, government"),
        ("a.yaml", "- names: X\n  kind: media\n", 1, "'names' is 'X'. Allowed: a list of names."),
        ("a.yaml", "- names: []\n  kind: media\n", 1, "'names' is []. Allowed: a list of names."),
        ("a.yaml", "- names: ['!']\n  kind: media\n", 1, "'names' is ['!']. Allowed: a list"),
        ("a.yaml", "- names: [X]\n  kind: media\n  from: 99\n", 3, "'from' is 99. Allowed: a year"),
        ("a.yaml", "- names: [X]\n  kind: media\n  country: Syria\n", 3, "'country' is 'Syria'. A"),
        ("a.yaml", "- names: [X]\n  kind: media\n  owner: me\n", 3, "'owner' is 'me'. Allowed: s"),
        ("a.yaml", "- names: [X]\n  kind: media\n  languages: [x]\n", 3, "'languages' is ['x']. "),
        ("a.yaml", "- names: [X]\n  kind: media\n- names: [x]\n  kind: media\n", 3, "'id' 'x' is"),
        ("a.yaml", "- names: [X\n", 2, "did not find expected"),
        ("a.yaml", "just words\n", 1, "not an entry."),
        ("a.yaml", "- names: [no]\n  kind: media\n", 1, "'no' is not plain text"),
        ("a.csv", "names,kind\nX,militia\n", 2, "'kind' is 'militia'. Allowed: person"),
        ("a.csv", "names,kind\nX,media\nY\n", 3, "not as many cells as the header."),
        ("a.csv", "names,kind\nX,media,9\n", 2, "not as many cells as the header."),
        ("a.csv", "name,kind\nX,media\n", 2, "an entry has no 'name'. Allowed: id, names"),
        ("a.csv", "names,kind,to\nX,media,soon\n", 2, "'to' is 'soon'. Allowed: a year of four"),
    ],
)  # fmt: skip
def test_mistakes_of_the_user_are_named(tmp_path, name, text, line, message):
    path = write(tmp_path, text, name)
    with pytest.raises(InputError) as caught:
        ActorTable.open(path)
    assert str(caught.value).startswith(f"{path}:{line}: {message}")


@pytest.mark.parametrize("name", ["absent.yaml", "absent.csv", "list.txt"])
def test_files_that_cannot_be_read(tmp_path, name):
    with pytest.raises(InputError, match=re.escape(str(tmp_path / name))):
        ActorTable.open(tmp_path / name)


def test_a_table_that_is_not_utf8(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"names,kind\ncaf\xe9,media\n")
    with pytest.raises(InputError, match="not a table in UTF-8"):
        ActorTable.open(tmp_path / "a.csv")
