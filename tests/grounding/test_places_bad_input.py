"""Places in text that is no prose, or too much of it: nothing crashes, nothing is invented."""

import sqlite3
import subprocess
import sys
import time

import pytest

from allegata.encoder import Encoder
from allegata.grounding.places import find_places
from allegata.knowledge.gazetteer import COMPILED, Gazetteer
from allegata.sentences import find_sentences


@pytest.fixture(scope="module")
def find():
    encoder, gazetteer = Encoder.open(None), Gazetteer.open()

    def find(text):
        return find_places(encoder.read(text, find_sentences(text)), gazetteer)

    return find


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "Aleppo",
        "aleppo\nhoms\nhama",
        "- Aleppo\n- Homs\n- Hama\n",
        "Place | Killed | Injured\nAleppo | 3 | 4\nHoms | 5 | 6\n",
        "O Aleppo, O stones of Homs,\nwho counts the nights?\n",
        "SHELLS HIT ALEPPO AND HOMS IN SYRIA MONDAY POLICE SAID",
        "shells hit aleppo and homs in syria monday police said",
        "Shells hit " + "the edge of the town of " * 60 + "Aleppo.",
        "In Aleppo " + "and in Homs " * 200 + "it rained.",
        "al-al-al-al- - - 'al- of of the of",
        "of the north of the south of Aleppo of of",
        "30 km 30 km 30 km south of of Aleppo",
        "(((((Aleppo))))) [[[Homs]]] ''''Hama''''",
        "Aleppo\u202eHoms\u0000Hama\ufeff حلب",
        "999999999999999999999 km south of Aleppo",
        "Ḩ" * 500,
    ],
)
def test_nothing_crashes_and_all_evidence_lies_in_the_text(find, text):
    for place in find(text):
        assert 0 <= place.evidence.start < place.evidence.end <= len(text)
        if place.latitude is not None:
            assert -90 <= place.latitude <= 90
            assert -180 <= place.longitude <= 180


def test_the_same_text_has_the_same_places(find):
    text = "Shells hit Tripoli, Homs and the village of Tal Maran, Hama province, Syria said."
    assert find(text) == find(text)


@pytest.mark.slow
def test_ten_thousand_toponyms():
    database = sqlite3.connect(f"file:{COMPILED}?mode=ro", uri=True)
    rows = database.execute("SELECT name FROM place WHERE precision = 1 ORDER BY id LIMIT 5000")
    names = [form for (name,) in rows for form in (name, f"Tal {name[::-1].title()}")]
    text = "Syria: in " + " and in ".join(names)
    analysis = Encoder.open(None).read(text, find_sentences(text))
    before = time.process_time()
    places = find_places(analysis, Gazetteer.open())
    assert len(places) > 1_000
    assert time.process_time() - before < 20


def test_opening_costs_little():
    """In a process of its own: seconds of processor time, and megabytes."""
    code = (
        "import resource, time\n"
        "from allegata.knowledge.gazetteer import Gazetteer\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "before, memory = time.process_time(), peak()\n"
        "gazetteer = Gazetteer.open()\n"
        "print(time.process_time() - before)\n"
        "[gazetteer.named(name) for name in ('Aleppo', 'Kyiv', 'Goma', 'Nowhere')]\n"
        "print(peak() - memory)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, run.stdout.split())
    assert seconds <= 0.2
    assert megabytes <= 60
