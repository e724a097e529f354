"""A name of a place before a noun for a body: part of its name, or where something happened."""

import pytest

from allegata.encoder import Encoder
from allegata.grounding.places import find_places
from allegata.knowledge.gazetteer import Gazetteer
from allegata.sentences import find_sentences


@pytest.fixture(scope="module")
def find():
    encoder, gazetteer = Encoder.open(None), Gazetteer.open()

    def find(text):
        analysis = encoder.read(text, find_sentences(text))
        return [place.evidence.words(text) for place in find_places(analysis, gazetteer)]

    return find


# The colon before the source is lost: something happened in the place.
HAPPENED_THERE = [
    ("Air strikes kill ten civilians in Aleppo monitor", "Aleppo"),
    ("Bomb wounds six in Mogadishu police", "Mogadishu"),
    ("Shelling kills four in Donetsk authorities", "Donetsk"),
    ("Mine blast kills two at Sloviansk army", "Sloviansk"),
    ("Drone strike kills two near Omdurman army", "near Omdurman"),
    ("Blast kills five outside Mosul police", "outside Mosul"),
    # with a stop, and told in a sentence
    ("Air strikes kill ten civilians in Aleppo monitor.", "Aleppo"),
]


@pytest.mark.parametrize(("text", "words"), HAPPENED_THERE)
def test_the_place_before_a_bare_source_is_a_place(find, text, words):
    assert find(text) == [words]


# The place is part of a name, or tells whose body it is.
BELONGS_TO_IT = [
    # a capital: it is called so
    "Protesters broke into Aleppo Council",
    "Blast kills four in Kabul Police headquarters",
    # an article stands before it: "in" is said of the body
    "Shooting broke out in the Mogadishu council",
    "A split opened in the Damascus government",
    "Two men were held at the Mosul police",
    # another preposition, or none
    "Protest against Damascus government",
    "Talks with Mosul council collapse",
    "Gunmen open fire on Mogadishu police",
    "Mosul council closes schools",
]


@pytest.mark.parametrize("text", BELONGS_TO_IT)
def test_the_place_of_a_body_is_no_place(find, text):
    assert find(text) == []


def test_a_place_stays_one_before_a_noun_for_places(find):
    assert find("Air strikes kill ten in Aleppo province") == ["Aleppo province"]
    assert find("Bomb wounds six in Mogadishu market") == ["Mogadishu market"]
    assert find("A bomb exploded in Aleppo University") == ["Aleppo University"]


@pytest.mark.parametrize(
    "text",
    [
        # There are places of these names, and CAR is a state.
        "Car bomb kills ten",
        "Drone blast wounds ten",
        "Grenade attack wounds ten",
        "Tank shells hit house",
        "Border clash kills two",
        "Train blast wounds ten",
        "Car Bomb Kills Ten Soldiers",
    ],
)
def test_a_noun_that_opens_a_headline_is_no_place(find, text):
    assert find(text) == []
