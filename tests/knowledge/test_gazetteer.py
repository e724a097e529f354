"""The gazetteer: names, what ships, what people keep, and files of users."""

import json
import os
import sqlite3
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.errors import InputError
from allegata.knowledge import gazetteer as module
from allegata.knowledge.gazetteer import COMPILED, Gazetteer, distance_km, find_sort
from allegata.knowledge.gazetteer_curated import countries, open_curated
from allegata.knowledge.gazetteer_names import fold_name, name_skeleton
from allegata.knowledge.gazetteer_store import PlaceStore, Record, write_records
from allegata.knowledge.tables import load_table
from allegata.types import PlacePrecision


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(autouse=True)
def cache_folder(tmp_path, monkeypatch):
    """Users' gazetteers are compiled into a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Al-Bab", "el Bab"),
        ("AL BĀB", "al-bab"),
        ("Ash Shaykh Miskīn", "Shaykh Miskin"),
        ("Dayr az Zawr", "Dayr Zawr"),
        ("Ma‘arrat an Nu‘mān", "Maarrat Numan"),
        ("Khān Yūnis", "khan-yunis"),
        ("Київ", "Kiiv"),
        ("Port-au-Prince", "port au prince"),
        ("Ｇｏｍａ", "Goma"),  # full-width letters
        ("البَاب", "الباب"),  # with and without a vowel mark
        ("Cox’s Bazar", "Coxs Bazar"),
    ],
)
def test_spellings_with_one_key(name, other):
    assert fold_name(name) == fold_name(other) != ""


@pytest.mark.parametrize(
    ("name", "other"),
    [("an Nabk", "Annabk"), ("San Juan", "Juan"), ("El Salvador", "Salvator"), ("Asmara", "Mara")],
)
def test_spellings_with_two_keys(name, other):
    assert fold_name(name) != fold_name(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("al-Khalidiye", "al-Khaldiyeh"),
        ("al-Khalidiye", "الخالدية"),
        ("Dayr az Zawr", "Deir Ezzor"),
        ("Deir el-Zour", "دير الزور"),
        ("Kyiv", "Kiev"),
        ("Kharkiv", "Харків"),
        ("Raqqa", "Ar-Rakkah"),
        ("Idlib", "Edleb"),
        ("Hodeidah", "Al Hudaydah"),
        ("Qamishli", "Kamishly"),
        ("Maungdaw", "Mongdo"),
    ],
)
def test_transliterations_with_one_skeleton(name, other):
    assert name_skeleton(fold_name(name)) == name_skeleton(fold_name(other)) != ""


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name):
    key = fold_name(name)
    assert key.isascii()
    assert key.isalnum() or not key
    assert key == key.lower()
    assert len(name_skeleton(key)) <= max(1, len(key))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Aleppo", "geonames:170063"),
        ("Halab", "geonames:170063"),
        ("حلب", "geonames:170063"),
        ("Kyiv", "geonames:703448"),
        ("Kiev", "geonames:703448"),
        ("Киев", "geonames:703448"),
        ("Deir el-Zor", "geonames:170794"),
        ("Goma", "geonames:216281"),
        ("Strait of Hormuz", "allegata:strait-of-hormuz"),
        ("Democratic Republic of the Congo", "geonames:203312"),
        ("U.S.", "geonames:6252001"),
    ],
)
def test_a_name_is_found(gazetteer, name, found):
    assert found in [entry.id for entry in gazetteer.named(name)]


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Dayr az-Zawr", "SY", "Deir ez-Zor"),
        ("Sarakeb", "SY", "Saraqib"),
        ("Lisichansk", "UA", "Lysychansk"),
        ("Khartum", "SD", "Khartoum"),
        ("Mogadischu", "SO", "Mogadishu"),
    ],
)
def test_a_name_in_other_letters(gazetteer, name, country, found):
    names = [entry.name for entry, _ in gazetteer.similar(name, frozenset((country,)))]
    assert found in names


def test_a_name_in_other_letters_is_not_looked_for_across_a_border(gazetteer):
    assert gazetteer.similar("Sarakeb", frozenset()) == ()
    for entry, likeness in gazetteer.similar("Sarakeb", frozenset(("SY", "TR"))):
        assert entry.country in ("SY", "TR")
        assert 0.0 < likeness <= 1.0


@given(st.text(max_size=30))
def test_any_name_may_be_looked_up(name):
    gazetteer = Gazetteer([open_curated_once()])
    assert isinstance(gazetteer.named(name), tuple)
    assert isinstance(gazetteer.similar(name, frozenset(("SY",))), tuple)


_curated: list[PlaceStore] = []


def open_curated_once() -> PlaceStore:
    if not _curated:
        _curated.append(open_curated())
    return _curated[0]


def test_where_sovereignty_is_disputed_an_entry_says_so(gazetteer):
    for name in ("Crimea", "Sevastopol", "Golan Heights", "Jerusalem", "Kashmir", "Srinagar"):
        entries = [entry for entry in gazetteer.named(name) if entry.is_disputed]
        assert entries, name


def test_each_place_that_people_keep_can_be_found(gazetteer):
    for place in load_table("places")["places"]:
        for name in (place["name"], *place.get("names", ())):
            near = [
                entry
                for entry in gazetteer.named(name)
                if distance_km((entry.latitude, entry.longitude), tuple(place["at"])) < 30
            ]
            assert near, (place["name"], name)


def test_each_place_that_people_keep_lies_near_what_it_is_within(gazetteer):
    """A slip in a coordinate puts a quarter far from its city."""
    for place in load_table("places")["places"]:
        if "within" in place:
            gaps = [
                distance_km((entry.latitude, entry.longitude), tuple(place["at"]))
                - (entry.radius_km or 0)
                for entry in gazetteer.named(place["within"])
            ]
            assert min(gaps) < 90, (place["name"], min(gaps))


def test_each_place_that_people_keep_lies_in_its_country(gazetteer):
    """The nearest large enough circle is that of a settlement or province of the same country."""
    database = sqlite3.connect(f"file:{COMPILED}?mode=ro", uri=True)
    for place in load_table("places")["places"]:
        if "country" not in place or place["precision"] == "province":
            continue
        north, east = (round(10_000 * value) for value in place["at"])
        window = (north - 9_000, north + 9_000, east - 13_000, east + 13_000)
        rows = database.execute(
            "SELECT DISTINCT country FROM place WHERE latitude BETWEEN ? AND ?"
            " AND longitude BETWEEN ? AND ?",
            window,
        )
        near = {country for (country,) in rows}
        assert not near or place["country"] in near, place["name"]


def test_each_country_has_a_middle_a_name_and_neighbours_that_know_it():
    for code, country in countries().items():
        for near in country.borders:
            assert near not in countries() or code in countries()[near].borders, (code, near)


def test_each_example_of_a_sort():
    for sort in load_table("places")["sorts"]:
        words = sort["example"]["words"].lower()
        assert any(word in words for word in sort["words"]), sort["sort"]
        assert (sort["example"]["name"] or "").lower() in words


def test_peoples_and_capitals(gazetteer):
    assert gazetteer.country_of_people("Syrian") == {"SY"}
    assert gazetteer.country_of_people("Congolese") == {"CD", "CG"}
    assert gazetteer.country_of_people("Aleppine") == frozenset()
    assert gazetteer.capital("SD").id == "geonames:379252"
    assert gazetteer.capital("IL") is None  # disputed
    assert gazetteer.country("SY").name == "Syria"
    assert gazetteer.country("ZZ") is None


def test_nouns_that_tell_sorts():
    assert find_sort("village").precision is PlacePrecision.SETTLEMENT
    assert find_sort("refugee camp").name == "camp"
    assert find_sort("banana") is None


def test_the_compiled_gazetteer_is_small_and_says_where_it_is_from(root):
    assert COMPILED.stat().st_size < 32_000_000
    notice = (root / "knowledge" / "SOURCES.md").read_text(encoding="utf-8")
    assert "GeoNames" in notice
    assert "CC BY 4.0" in notice


def test_the_same_entries_give_the_same_bytes(tmp_path):
    records = [
        Record(7, None, "Tal Maran", ("Tell Maran",), 35.5, 36.5, "SY", PlacePrecision.SETTLEMENT),
        Record(8, None, "Maran", (), 35.0, 36.0, "SY", PlacePrecision.PROVINCE, 9, 40.0),
    ]
    for name in ("one", "two"):
        database = sqlite3.connect(tmp_path / name)
        assert write_records(database, records) == 2
        database.execute("VACUUM")
        database.close()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_build_script_keeps_what_it_says(monkeypatch, root):
    monkeypatch.syspath_prepend(str(root / "tools"))
    sys.modules.pop("gazetteer", None)
    import gazetteer as tool

    cut = tool.Affixes(["district", "muḩāfaz̧at", "oblast"])
    assert cut.cut("Idlib District") == "Idlib"
    assert cut.cut("Muḩāfaz̧at Ḩalab") == "Ḩalab"
    assert cut.cut("District of Columbia") == "Columbia"
    assert cut.cut("District") == "District"
    names = ["Tell Maran", "TAM", "Maran Tepe", "تل مران", "قرية", "塔尔"]
    assert tool.choose_names("Tal Maran", names, 100) == ("Maran Tepe",)
    assert tool.choose_names("Tal Maran", names, 20_000) == ("Maran Tepe", "قرية")
    assert "Tell Maran" in tool.choose_names("Tal Maran", names, 200_000)


def test_further_gazetteers_lend_spellings_and_add_what_is_new(monkeypatch, root):
    monkeypatch.syspath_prepend(str(root / "tools"))
    sys.modules.pop("gazetteer_more", None)
    import gazetteer_more as tool

    town = Record(1, None, "Tal Maran", (), 35.0, 36.0, "SY", PlacePrecision.SETTLEMENT)
    far = Record(2, None, "Tal Maran", (), 37.0, 40.0, "SY", PlacePrecision.SETTLEMENT)
    district = tool.Found("x:1", ("Tell Maran", "تل مران"), 35.1, 36.1, PlacePrecision.DISTRICT)
    quarter = tool.Found("x:2", ("Tal Maran",), 35.0, 36.0, PlacePrecision.EXACT)
    one, other, new = tool.add_more([town, far], [district, quarter])
    assert one.names == ("Tell Maran", "تل مران")
    assert other == far
    assert (new.ref, new.precision) == ("x:2", PlacePrecision.EXACT)


CSV = "name,latitude,longitude,id,country,precision,aliases\n"


def write(folder, text, name="field.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_the_user(tmp_path):
    rows = "Tal Maran,35.5,36.5,17,SY,exact,Tell Maran;تل مران\nAleppo,1.0,2.0,,,,\n"
    gazetteer = Gazetteer.open(write(tmp_path, CSV + rows))
    (entry,) = gazetteer.named("تل مران")
    assert (entry.id, entry.country, entry.precision) == ("field:17", "SY", PlacePrecision.EXACT)
    (own,) = gazetteer.named("Aleppo")  # the user's wins over ours
    assert (own.id, own.latitude, own.by_user) == ("field:3", 1.0, True)
    assert gazetteer.warnings == ()
    assert gazetteer.named("Homs")


@pytest.mark.parametrize("header", ["Name;Lat;Lng", "lon\tlat\tNAME", "id,name,x,y"])
def test_headers_of_many_kinds(tmp_path, header):
    delimiter = max(";\t,", key=header.count)
    values = {"name": "Tal Maran", "lat": "35.5", "y": "35.5", "id": "9"}
    row = delimiter.join(values.get(cell.lower(), "36.5") for cell in header.split(delimiter))
    (entry,) = Gazetteer.open(write(tmp_path, f"{header}\r\n{row}\r\n")).named("Tal Maran")
    assert (entry.latitude, entry.longitude) == (35.5, 36.5)


def geonames_row(**changed):
    row = dict.fromkeys(range(19), "")
    row |= {0: "42", 1: "Tal Maran", 3: "Tell Maran,Maran", 4: "35.5", 5: "36.5", 6: "P"}
    row |= {7: "PPL", 8: "SY", 14: "300"} | changed.get("cells", {})
    return "\t".join(row.values())


def test_a_geonames_dump(tmp_path):
    rows = [
        geonames_row(),
        geonames_row(cells={0: "43", 1: "Maran Province", 6: "A", 7: "ADM1"}),
        geonames_row(cells={0: "44", 1: "Tal Broken", 4: "north"}),
        "a\tb",
    ]
    gazetteer = Gazetteer.open(write(tmp_path, "\n".join(rows) + "\n", "SY.txt"))
    assert {entry.id for entry in gazetteer.named("Tell Maran")} == {"SY:42", "SY:43"}
    assert gazetteer.named("Maran Province")[0].precision is PlacePrecision.PROVINCE
    (warning,) = gazetteer.warnings
    assert "2 of 4 rows were left out" in warning
    assert "line 3: latitude is 'north'" in warning
    assert "line 4: it has 2 columns, not 19" in warning


def test_geojson(tmp_path):
    def feature(name, geometry, **more):
        return {"type": "Feature", "properties": {"name": name} | more, "geometry": geometry}

    square = [[[10.0, 20.0], [12.0, 20.0], [12.0, 24.0], [10.0, 24.0], [10.0, 20.0]]]
    features = [
        feature("Tal Point", {"type": "Point", "coordinates": [36.5, 35.5, 400]}, id="p1"),
        feature("Tal Square", {"type": "Polygon", "coordinates": square}, precision="district"),
        feature("Tal Nowhere", None),
        feature(None, {"type": "Point", "coordinates": [1, 2]}),
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, indent=1)
    gazetteer = Gazetteer.open(write(tmp_path, text, "camps.geojson"))
    assert gazetteer.named("Tal Point")[0].id == "camps:p1"
    (square_entry,) = gazetteer.named("Tal Square")
    assert (square_entry.latitude, square_entry.longitude) == (22.0, 11.0)
    assert square_entry.precision is PlacePrecision.DISTRICT
    (warning,) = gazetteer.warnings
    assert "2 of 4 rows" in warning
    assert "it has no coordinates" in warning


def test_geojson_one_a_line(tmp_path):
    one = {"type": "Feature", "properties": {"name": "Tal"}, "geometry": None}
    one["geometry"] = {"type": "Point", "coordinates": [36.5, 35.5]}
    path = write(tmp_path, f"{json.dumps(one)}\n{json.dumps(one)}\n", "x.json")
    assert len(Gazetteer.open(path).named("Tal")) == 2


BROKEN = [
    ("x.csv", "", "no column name"),
    ("x.csv", "place,north,east\n", "no column name and no column latitude"),
    ("x.csv", CSV, "holds no place"),
    ("x.csv", CSV + "Tal,95,1,,,,\n", "holds no place"),
    ("x.geojson", '{"type": "FeatureCollection", "features": [{]}', "not JSON"),
    ("x.geojson", '{"type": "FeatureCollection", "features": [\n{"type": "Fea', "line 2: not JSON"),
    ("x.json", "[1, 2, 3]", "holds no place"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN)
def test_a_file_that_cannot_be_used(tmp_path, name, text, message):
    with pytest.raises(InputError) as caught:
        Gazetteer.open(write(tmp_path, text, name))
    assert message in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",35,36,,,,", "line 2: it has no name"),
        ("Tal,,36,,,,", "line 2: it has no latitude"),
        ("Tal,nan,36,,,,", "line 2: latitude is 'nan', not a number from -90 to 90"),
        ("Tal,35,181,,,,", "line 2: longitude is '181', not a number from -180 to 180"),
        ("Tal,35,36,,Syria,,", "line 2: country is 'Syria', not an ISO 3166 code of two letters"),
        ("Tal,35,36,,,quarter,", "line 2: precision is 'quarter'. Allowed: exact, settlement"),
        ('"' + "x" * 200_000 + '",35,36,,,,', "line 2: field larger than field limit"),
        ("Tal", "line 2: it has no latitude"),
    ],
)
def test_a_broken_row_is_named(tmp_path, row, message):
    gazetteer = Gazetteer.open(write(tmp_path, f"{CSV}{row}\nMaran,35,36,,,,\n"))
    (warning,) = gazetteer.warnings
    assert message in warning
    assert gazetteer.named("Maran")
    assert Gazetteer.open(tmp_path / "field.csv").warnings == gazetteer.warnings  # from the cache


def test_many_broken_rows_are_counted(tmp_path):
    gazetteer = Gazetteer.open(write(tmp_path, CSV + "Tal,,,,,,\n" * 50 + "Maran,35,36,,,,\n"))
    (warning,) = gazetteer.warnings
    assert "50 of 51 rows" in warning
    assert "and 47 more" in warning


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(CSV.encode() + b"Tal \xe9,35,36,,,,\nMaran,35,36,,,,\n")
    gazetteer = Gazetteer.open(path)
    assert "its name is not UTF-8" in gazetteer.warnings[0]
    assert gazetteer.named("Maran")
    path.write_bytes(os.urandom(2_000).replace(b"{", b"."))
    with pytest.raises(InputError, match=r"x\.csv"):
        Gazetteer.open(path)


def test_a_file_that_is_absent(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        Gazetteer.open(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="cannot be read"):
        Gazetteer.open(tmp_path)


def test_a_file_is_compiled_once_and_for_the_user_alone(tmp_path, cache_folder):
    path = write(tmp_path, CSV + "Tal,35,36,,,,\n")
    Gazetteer.open(path)
    (compiled,) = cache_folder.rglob("*.sqlite")
    before = compiled.stat().st_mtime_ns
    Gazetteer.open(path)
    assert compiled.stat().st_mtime_ns == before
    assert compiled.parent.stat().st_mode & 0o077 == 0
    write(tmp_path, CSV + "Tal,35,37,,,,\n")
    assert Gazetteer.open(path).named("Tal")[0].longitude == 37.0
    assert not list(cache_folder.rglob("*.part"))


def test_without_a_cache_folder(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    path = write(tmp_path, CSV + "Tal,35,36,,,,\n")
    assert Gazetteer.open(path).named("Tal")


def test_a_compiled_gazetteer_of_another_version(tmp_path, monkeypatch):
    other = tmp_path / "gazetteer.sqlite"
    sqlite3.connect(other).execute("PRAGMA user_version = 99").connection.close()
    monkeypatch.setattr(module, "COMPILED", other)
    with pytest.raises(Exception, match=r"version 99, not \d+\. Run tools/gazetteer\.py"):
        Gazetteer.open()
    monkeypatch.setattr(module, "COMPILED", tmp_path / "nowhere.sqlite")
    with pytest.raises(Exception, match="absent"):
        Gazetteer.open()
