"""Gazetteers of users that are broken, empty of coordinates, or very long."""

import os
import subprocess
import sys

import pytest

from allegata.encoder import Encoder
from allegata.errors import InputError
from allegata.grounding.places import find_places
from allegata.knowledge.gazetteer import Gazetteer
from allegata.sentences import find_sentences

HEADER = "name,latitude,longitude,country,precision\n"
TEXT = "Shells hit the town of Bir Qasmon and the town of Tal Zirrah on Saturday."
N_ROWS = 1_000_000


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def analysis():
    return Encoder.open(None).read(TEXT, find_sentences(TEXT))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("Bir Qasmon,,,XX,settlement", "it has no latitude"),
        ("Bir Qasmon,35.5,,XX,settlement", "it has no longitude"),
        ("Bir Qasmon,north,36.5,XX,settlement", "latitude is 'north'"),
        ("Bir Qasmon,inf,36.5,XX,settlement", "latitude is 'inf'"),
        ("Bir Qasmon,35.5,36.5,XX,hamlet", "precision is 'hamlet'. Allowed: exact, settlement"),
        ("Bir Qasmon", "it has no latitude"),
    ],
)
def test_a_place_with_a_broken_row_keeps_its_words_and_nothing_else(tmp_path, analysis, row, what):
    path = tmp_path / "field.csv"
    path.write_text(f"{HEADER}{row}\nTal Zirrah,35.0,36.0,,\n", encoding="utf-8")
    gazetteer = Gazetteer.open(path)
    (warning,) = gazetteer.warnings
    assert f"1 of 2 rows were left out (line 2: {what}" in warning
    broken, whole = find_places(analysis, gazetteer)
    assert (broken.name, broken.id) == ("Bir Qasmon", None)
    assert (broken.latitude, broken.longitude, broken.country) == (None, None, None)
    assert (broken.precision, broken.radius_km, broken.stands_in) == (None, None, False)
    assert (whole.id, whole.latitude, whole.longitude) == ("field:3", 35.0, 36.0)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("none.csv", HEADER + "Bir Qasmon,,,,\n" * 50),
        ("names.csv", "name\nBir Qasmon\n"),
        ("cut.geojson", '{"type": "FeatureCollection", "features": [{"type": "Fea'),
        ("words.txt", "Bir Qasmon lies in the hills.\n"),
        ("empty.csv", ""),
    ],
)
def test_a_gazetteer_without_coordinates_is_refused_by_its_name(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=name):
        Gazetteer.open(path)


MEASURE = """
import resource, sys
from pathlib import Path
from allegata.knowledge.gazetteer import Gazetteer

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

before = peak()
gazetteer = Gazetteer.open(Path(sys.argv[1]))
found = gazetteer.named(sys.argv[2])
print(peak() - before, len(found), *gazetteer.warnings)
"""


@pytest.mark.slow
@pytest.mark.parametrize("share_broken", [0.0, 0.5], ids=["whole", "half broken"])
def test_a_million_rows_are_read_in_little_memory(tmp_path, share_broken):
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        n_broken = int(N_ROWS * share_broken)
        for number in range(N_ROWS):
            latitude = "" if number < n_broken else f"{number % 160 - 80}.25"
            file.write(f"Tal {number},{latitude},{number % 350 - 170}.5,,\n")
    last = f"Tal {N_ROWS - 1}"
    command = [sys.executable, "-c", MEASURE, path, last]
    run = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    megabytes, n_found, *warning = run.stdout.split(maxsplit=2)
    assert int(n_found) == 1
    assert int(megabytes) < 150
    assert bool(warning) == bool(n_broken)
    if warning:
        assert f"{n_broken:,} of {N_ROWS:,} rows were left out" in warning[0]
