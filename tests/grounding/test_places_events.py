"""Where events happened: which argument tells, and what is never guessed."""

import pytest

from allegata.encoder import Encoder
from allegata.grounding.places import find_places, place_events
from allegata.knowledge.gazetteer import Gazetteer
from allegata.sentences import find_sentences
from allegata.types import Argument, Event, EventKind, Modality, Polarity, Role, Span


@pytest.fixture(scope="module")
def place_of():
    encoder, gazetteer = Encoder.open(None), Gazetteer.open()

    def place_of(text, kind, arguments):
        analysis = encoder.read(text, find_sentences(text))
        found = tuple(
            Argument(role, Span(text.rindex(words), text.rindex(words) + len(words)))
            for role, words in arguments
        )
        event = Event(
            id="e1",
            claim="c0",
            kind=kind,
            trigger=Span(0, 1),
            polarity=Polarity.POSITIVE,
            modality=Modality.ACTUAL,
            arguments=found,
            place=None,
            time=None,
            counts=(),
            episode="p1",
            confidence=1.0,
            made_by="test",
        )
        (placed,) = place_events([event], find_places(analysis, gazetteer), analysis)
        return placed.place

    return place_of


# text, kind, arguments, name of the place
TABLE = [
    ("Shells hit Homs in Syria.", "shelling", [("place", "Homs")], "Homs"),
    # the finest of nested names
    ("Shells hit the Sheikh Maqsoud district of Aleppo.", "shelling",
     [("place", "the Sheikh Maqsoud district of Aleppo")], "Sheikh Maqsoud"),
    ("Shells hit a street in Homs, Syria.", "shelling",
     [("place", "a street in Homs, Syria")], "Homs"),
    # of several the first
    ("Clashes broke out in Khartoum and Omdurman, Sudan.", "clash",
     [("place", "Khartoum"), ("place", "Omdurman")], "Khartoum"),
    # the place of an event goes before its target
    ("Shells hit the port of Odesa from Crimea, Ukraine said.", "shelling",
     [("target", "the port of Odesa"), ("origin", "Crimea")], "Crimea"),
    ("Shells hit the people of Homs in Syria.", "shelling",
     [("target", "the people of Homs")], "Homs"),
    # who moves is where it went
    ("Families fled from Homs to Hama in Syria.", "displacement",
     [("origin", "Homs"), ("destination", "Hama")], "Ḩamāh"),
    ("Shells fired from Homs hit Hama in Syria.", "shelling",
     [("origin", "Homs"), ("destination", "Hama")], "Homs"),
    # who acted never tells
    ("Fighters from Homs, Syria, killed two men.", "killing",
     [("actor", "Fighters from Homs")], None),
    ("Shells fell. Homs is in Syria.", "shelling", [], None),
    # back to what was named, also where the article lies outside
    ("Troops entered Homs, Syria. Rebels retook the city.", "capture",
     [("target", "city")], "Homs"),
    ("Troops entered Homs, Syria. Shells hit the city.", "shelling",
     [("place", "the city")], "Homs"),
    ("Troops entered Homs, Syria. Shells hit the city's streets.", "shelling",
     [("place", "the city's streets")], None),
    ("Smoke rose over Zamzam camp near El Fasher, Sudan. Shells hit the camp.", "shelling",
     [("place", "the camp")], "Zamzam camp"),
    ("Troops entered Homs, Syria. Shells hit the camp.", "shelling", [("place", "the camp")], None),
    ("Troops entered Homs in Syria. War goes on in the country.", "clash",
     [("place", "the country")], "Syria"),
    ("Troops entered Homs, Syria. Shells hit the area.", "shelling",
     [("place", "the area")], "Syria"),
    ("Shells hit the city.", "shelling", [("place", "the city")], None),
    # a house is no place that a map has
    ("Troops entered Homs, Syria. Shells hit the house.", "shelling",
     [("place", "the house")], None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "arguments", "name"), TABLE)
def test_the_place_of_an_event(place_of, text, kind, arguments, name):
    roles = [(Role(role), words) for role, words in arguments]
    place = place_of(text, EventKind(kind), roles)
    assert (place and place.name) == name


def test_no_events():
    encoder = Encoder.open(None)
    assert place_events([], (), encoder.read("Shells fell.", [Span(0, 12)])) == ()
