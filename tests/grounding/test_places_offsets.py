"""Places told by where they lie from another: by distance, by direction, by both, by neither."""

from math import atan2, cos, degrees, radians

import pytest

from allegata.encoder import Encoder
from allegata.grounding.places import find_places
from allegata.knowledge.gazetteer import Gazetteer, distance_km
from allegata.sentences import find_sentences
from allegata.types import Place, PlacePrecision


@pytest.fixture(scope="module")
def find():
    encoder, gazetteer = Encoder.open(None), Gazetteer.open()

    def find(text: str) -> list[tuple[str, Place]]:
        places = find_places(encoder.read(text, find_sentences(text)), gazetteer)
        return [(place.evidence.words(text), place) for place in places]

    return find


def point(place: Place) -> tuple[float, float]:
    return place.latitude, place.longitude


def bearing(one: Place, other: Place) -> float:
    """Degrees from north by east in which another place lies, for short ways."""
    north = other.latitude - one.latitude
    east = (other.longitude - one.longitude) * cos(radians(one.latitude))
    return degrees(atan2(east, north)) % 360


@pytest.fixture(scope="module")
def town(find):
    """The place of a town itself."""
    return lambda name, land: find(f"Shells fell in the city of {name}, {land}.")[0][1]


# words of the offset, town, land, km, degrees from north
MOVED = [
    ("30 km south of", "Kirkuk", "Iraq", 30, 180),
    ("30km south of", "Kirkuk", "Iraq", 30, 180),
    ("12 kilometres north of", "Bamako", "Mali", 12, 0),
    ("ten kilometers west of", "Homs", "Syria", 10, 270),
    ("18 miles east of", "Kharkiv", "Ukraine", 29, 90),
    ("25 miles north-west of", "Bamako", "Mali", 40.2, 315),
    ("25 miles north west of", "Bamako", "Mali", 40.2, 315),
    ("40 kilometers southeast of", "Khartoum", "Sudan", 40, 135),
    ("40 km to the south-west of", "Khartoum", "Sudan", 40, 225),
    ("15 kilometres (9 miles) north-east of", "Goma", "Congo", 15, 45),
    ("60 nautical miles west of", "Hodeidah", "Yemen", 111, 270),
    ("500 metres north of", "Kirkuk", "Iraq", 0.5, 0),
    # the town with what it is called
    ("30 km south of the city of", "Kirkuk", "Iraq", 30, 180),
    ("30 km south of the Iraqi city of", "Kirkuk", "Iraq", 30, 180),
    ("20 km east of rebel-held", "Homs", "Syria", 20, 90),
    ("20 km east of the besieged city of", "Homs", "Syria", 20, 90),
]  # fmt: skip


@pytest.mark.parametrize(("offset", "name", "land", "km", "degree"), MOVED)
def test_the_middle_moves_by_the_distance_in_the_direction(
    find, town, offset, name, land, km, degree
):
    there = town(name, land)
    words, place = find(f"Shells fell {offset} {name}, {land}.")[0]
    assert words == f"{offset} {name}"
    assert distance_km(point(there), point(place)) == pytest.approx(km, rel=0.03, abs=0.05)
    assert (bearing(there, place) - degree + 180) % 360 - 180 == pytest.approx(0, abs=2)
    # the circle holds the town's own and a fifth of the distance, and at least two km
    assert place.radius_km == pytest.approx(there.radius_km + max(2, km / 5), abs=0.1)
    assert (place.name, place.country) == (there.name, there.country)
    assert place.precision is PlacePrecision.DISTRICT
    assert place.stands_in


# words of the offset, town, land, km by which the circle widens
WIDENED = [
    # a direction without a distance, and the reverse
    ("east of", "Homs", "Syria", 30),
    ("just north of", "Kirkuk", "Iraq", 30),
    ("to the east of", "Homs", "Syria", 30),
    ("10 kilometers from", "Homs", "Syria", 12),
    ("about 40 kilometres (25 miles) from", "Homs", "Syria", 48),
    ("five miles outside", "Mogadishu", "Somalia", 10),
    ("20 km off", "Hodeidah", "Yemen", 24),
    # neither
    ("near", "Homs", "Syria", 15),
    ("near the besieged Syrian city of", "Homs", "Syria", 15),
    ("on the outskirts of", "Mosul", "Iraq", 15),
]


@pytest.mark.parametrize(("offset", "name", "land", "km"), WIDENED)
def test_without_a_distance_or_a_direction_the_circle_widens(find, town, offset, name, land, km):
    there = town(name, land)
    words, place = find(f"Shells fell {offset} {name}, {land}.")[0]
    assert f"{offset} {name}".endswith(words)
    assert words.split()[0] in offset
    assert point(place) == point(there)
    assert place.radius_km == pytest.approx(there.radius_km + km, abs=0.2)
    assert place.precision is PlacePrecision.DISTRICT
    assert place.stands_in


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # the part of a place lies in it
        ("Shells hit the south of Aleppo province, Syria.", "south of Aleppo province", "Aleppo"),
        ("Families fled to the south of Syria.", "south of Syria", "Syria"),
        ("Shells fell in the south of Homs, Syria.", "south of Homs", "Homs"),
    ],
)  # fmt: skip
def test_a_part_is_its_whole(find, text, words, name):
    found, place = find(text)[0]
    assert (found, place.name, place.stands_in) == (words, name, False)


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell between Homs and Hama in Syria.",
        "Shells fell on the road between Homs and Hama, Syria.",
        "The convoy was hit halfway between Homs and Hama in Syria.",
    ],
)
def test_between_two_towns_are_both_and_neither_moves(find, town, text):
    """What lies between is not computed: both ends are told of, each as it is."""
    homs, hama, _ = find(text)
    assert (homs[0], hama[0]) == ("Homs", "Hama")
    assert point(homs[1]) == point(town("Homs", "Syria"))
    assert point(hama[1]) == point(town("Hama", "Syria"))
    assert not homs[1].stands_in
    assert not hama[1].stands_in


@pytest.mark.parametrize(
    ("offset", "km"),
    [
        ("20 km east of", 20),
        ("about 20 km east of", 20),
        ("some 20 km (12 miles) east of", 20),
        ("located roughly 20 km to the east of", 20),
        # a direction alone: about ten
        ("east of", 10),
    ],
)
def test_an_unknown_village_lies_where_it_is_said_to(find, town, offset, km):
    homs = town("Homs", "Syria")
    (words, village), (_, offset_place), _ = find(
        f"Shells fell in the village of Tal Maran, {offset} Homs, Syria."
    )
    assert words == "village of Tal Maran"
    assert distance_km(point(homs), point(village)) == pytest.approx(km, rel=0.03)
    assert bearing(homs, village) == pytest.approx(90, abs=2)
    # as fine as the town it lies beside
    assert (village.precision, village.radius_km) == (PlacePrecision.SETTLEMENT, 15.0)
    assert village.stands_in
    assert offset_place.precision is PlacePrecision.DISTRICT


@pytest.mark.parametrize(
    "text",
    [
        # of something else than the place
        "The 30 km convoy of trucks reached the city of Homs, Syria.",
        "Two hours from the front, shells fell in the city of Homs, Syria.",
        "South of the river, shells fell in the city of Homs, Syria.",
        "Most of Homs, Syria, was quiet.",
    ],
)
def test_what_is_no_offset_moves_nothing(find, town, text):
    place = next(place for words, place in find(text) if "Homs" in words)
    there = town("Homs", "Syria")
    assert (point(place), place.radius_km) == (point(there), there.radius_km)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        # two states share the name: the towns of the document decide
        ("Shells fell in Goma, Congo.", "CD"),
        ("Police closed the port in Pointe-Noire, Congo.", "CG"),
        ("Rebels in eastern Congo burned two villages.", "CD"),
    ],
)
def test_congo_is_a_state(find, text, country):
    place = next(place for words, place in find(text) if words == "Congo")
    assert (place.country, place.precision) == (country, PlacePrecision.COUNTRY)
