"""Places: what is a toponym, which place it names, and what stays unknown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.encoder import Encoder
from allegata.grounding.places import find_places
from allegata.knowledge.gazetteer import Gazetteer, distance_km
from allegata.sentences import find_sentences
from allegata.types import PlacePrecision


@pytest.fixture(scope="module")
def encoder():
    return Encoder.open(None)


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(scope="module")
def find(encoder, gazetteer):
    def find(text, own=None, **options):
        analysis = encoder.read(text, find_sentences(text))
        return find_places(analysis, own or gazetteer, **options)

    return find


def named(places, text, words):
    """The place whose evidence holds some words."""
    found = [place for place in places if words in place.evidence.words(text)]
    assert found, (words, [place.evidence.words(text) for place in places])
    return found[0]


# text, words of the evidence, latitude, longitude, within km, country, precision
RESOLVED = [
    ("Shells hit Kharkiv, Ukraine, on Monday.", "Kharkiv", 49.99, 36.23, 10, "UA", "settlement"),
    ("Shells hit Kharkov, Ukraine, on Monday.", "Kharkov", 49.99, 36.23, 10, "UA", "settlement"),
    ("The raid hit Dayr az Zawr in Syria.", "Zawr", 35.34, 40.14, 30, "SY", None),
    # a province, a district and a city of one name
    ("Fighting broke out in the city of Aleppo.", "Aleppo", 36.2, 37.16, 5, "SY", "settlement"),
    ("Fighting broke out in Aleppo province.", "Aleppo", 36.3, 37.3, 40, "SY", "province"),
    ("Fighting broke out in the province of Aleppo.", "Aleppo", 36.3, 37.3, 40, "SY", "province"),
    # the same name in several countries: the document decides
    ("Libyan forces fought in Tripoli.", "Tripoli", 32.89, 13.19, 5, "LY", "settlement"),
    ("Lebanese forces fought in Tripoli.", "Tripoli", 34.44, 35.85, 5, "LB", "settlement"),
    ("The men met in Paris, Texas.", "Paris", 33.66, -95.56, 5, "US", "settlement"),
    ("The men met in Paris.", "Paris", 48.85, 2.35, 5, "FR", "settlement"),
    ("Police in Moscow, Idaho, held a man.", "Moscow", 46.73, -117.0, 5, "US", "settlement"),
    # prominent abroad
    ("Syrian envoys arrived in Geneva on Monday.", "Geneva", 46.2, 6.15, 5, "CH", "settlement"),
    # what lies in what
    ("Rebels seized Goma in North Kivu.", "Goma", -1.68, 29.22, 5, "CD", "settlement"),
    ("Rebels seized Goma in North Kivu.", "North Kivu", -0.7, 29.0, 60, "CD", "province"),
    ("A mine exploded in Syrias Idlib province.", "Idlib", 35.9, 36.6, 30, "SY", "province"),
    ("A mine exploded in Syria's Idlib province.", "Idlib", 35.9, 36.6, 30, "SY", "province"),
    # quarters, camps, crossings, waters
    ("Shells fell on the Sheikh Maqsoud district of Aleppo.",
     "Maqsoud", 36.24, 37.15, 3, "SY", "exact"),
    ("Smoke rose over Zamzam camp in North Darfur.", "Zamzam", 13.48, 25.3, 5, "SD", "exact"),
    ("Trucks queued at Bab al-Hawa on Syria's border.",
     "Bab al-Hawa", 36.24, 36.69, 5, "SY", "exact"),
    ("A tanker was boarded in the Strait of Hormuz.", "Hormuz", 26.57, 56.25, 60, None, "province"),
    # where sovereignty is disputed no side is taken
    ("Drones hit Sevastopol in Crimea.", "Sevastopol", 44.6, 33.5, 10, None, "settlement"),
    ("Rockets landed in the Golan Heights.", "Golan", 33.0, 35.75, 20, None, "province"),
    # capitals
    ("GUERRILLAS ATTACKED A CONVOY IN SAN SALVADOR, EL SALVADOR.",
     "SAN SALVADOR", 13.7, -89.2, 9, "SV", None),
    ("The Sudanese capital was calm.", "Sudanese capital", 15.55, 32.53, 10, "SD", "settlement"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "north", "east", "km", "country", "precision"), RESOLVED)
def test_a_place_is_resolved(find, text, words, north, east, km, country, precision):
    place = named(find(text), text, words)
    assert place.latitude is not None, place
    assert distance_km((place.latitude, place.longitude), (north, east)) <= km, place
    assert place.country == country
    assert precision is None or place.precision is PlacePrecision(precision)
    assert place.radius_km > 0
    assert not place.stands_in


# text, words of the evidence, name of what stands in
STANDS_IN = [
    ("Shells hit the al-Nakhil neighbourhood of Aleppo.", "al-Nakhil", "Aleppo"),
    ("Drones hit Damascus International Airport.", "Airport", "Damascus"),
    ("Drones hit a hangar at Khartoum airport.", "Khartoum airport", "Khartoum"),
    ("A blast shook the outskirts of Mosul, Iraq.", "outskirts of Mosul", "Mosul"),
    ("Men were held near Mosul, Iraq.", "near Mosul", "Mosul"),
]


@pytest.mark.parametrize(("text", "words", "name"), STANDS_IN)
def test_a_known_place_stands_in(find, text, words, name):
    place = named(find(text), text, words)
    assert place.stands_in
    assert place.name == name
    assert place.latitude is not None


@pytest.mark.parametrize(
    ("text", "north", "east"),
    [
        ("Shells fell 30 km south of Kirkuk, Iraq.", 35.2, 44.39),
        ("Shells fell 30 kilometers (19 miles) south of Kirkuk, Iraq.", 35.2, 44.39),
        ("Shells fell 30 kilometres to the south of Kirkuk, Iraq.", 35.2, 44.39),
        ("Shells fell 18.6 miles north-east of Kirkuk, Iraq.", 35.66, 44.63),
        ("Shells fell fifty km west of Kirkuk, Iraq.", 35.47, 43.84),
    ],
)
def test_a_distance_and_a_direction_shift_the_point(find, text, north, east):
    place = named(find(text), text, "Kirkuk")
    assert distance_km((place.latitude, place.longitude), (north, east)) < 3
    assert place.radius_km < 25
    assert place.stands_in
    assert place.evidence.words(text).endswith("Kirkuk")
    assert place.evidence.words(text)[0] in "31f"


def test_a_direction_without_a_distance_widens_the_circle(find):
    text = "Shells fell north of Kirkuk. Later the city of Kirkuk was quiet in Iraq."
    near, city = [place for place in find(text) if place.name == "Kirkuk"]
    assert near.radius_km > city.radius_km + 20
    assert (near.latitude, near.longitude) == (city.latitude, city.longitude)


# text, words that are no place
NO_PLACE = [
    ("Washington said on Monday that the bridge was safe.", "Washington"),
    ("Damascus denied that the bridge was mined.", "Damascus"),
    ("The Aleppo Media Centre said shells fell.", "Aleppo"),
    ("The Syrian army said shells fell.", "Syrian"),
    ("Syrians fled the shelling.", "Syrians"),
    ("Mr. Aden spoke to reporters.", "Aden"),
    ("Gen. Lviv spoke to reporters.", "Lviv"),
    ("The Damascus government fell silent.", "Damascus"),
    ("The Department of Health closed.", "Health"),
]


@pytest.mark.parametrize(("text", "words"), NO_PLACE)
def test_what_is_no_place(find, text, words):
    assert [place.evidence.words(text) for place in find(text)] == []


def test_what_speaks_may_also_be_a_place(find):
    text = "Damascus denied it. Shells fell on Damascus."
    assert [place.evidence.start for place in find(text)] == [text.rindex("Damascus")]


UNRESOLVED = [
    "Shells hit the village of Tal Maran.",
    "Troops gathered near the border with Turkey.",
    "Shells hit the al-Nakhil neighbourhood.",
]


@pytest.mark.parametrize("text", UNRESOLVED)
def test_what_no_gazetteer_has_keeps_its_words_and_nothing_else(find, text):
    (place,) = find(text)
    assert place.name in text
    assert (place.latitude, place.longitude, place.country, place.id) == (None,) * 4
    assert (place.precision, place.radius_km, place.stands_in) == (None, None, False)


def test_a_small_place_abroad_is_not_taken_without_reason(find):
    """The only Zarzis is in Tunisia; a text about Yemen does not mean it."""
    text = "Yemeni officials in Sanaa, Yemen, said shells fell on Zarzis in Hajjah."
    assert all(place.country != "TN" for place in find(text))
    text = "Tunisian officials said shells fell on Zarzis."
    assert named(find(text), text, "Zarzis").country == "TN"


def test_one_name_is_one_place_throughout(find):
    text = "Shells fell on Tripoli. The Lebanese army came to Tripoli. Tripoli was quiet."
    places = [place for place in find(text) if place.name == "Tripoli"]
    assert len(places) > 1
    assert {place.country for place in places} == {"LB"}


def test_the_publisher_tips_the_scales(find):
    text = "Shells fell on Tripoli."
    assert named(find(text, publisher_country="LB"), text, "Tripoli").country == "LB"
    assert named(find(text, publisher_country="LY"), text, "Tripoli").country == "LY"


def test_a_gazetteer_of_the_user_wins(find, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = tmp_path / "field.csv"
    path.write_text("name,lat,lon,country\nTal Maran,35.5,36.5,SY\n", encoding="utf-8")
    text = "Shells hit the village of Tal Maran."
    (place,) = find(text, Gazetteer.open(path))
    assert (place.id, place.latitude, place.country) == ("field:2", 35.5, "SY")


def test_a_list_of_places(find):
    text = "Clashes broke out in Khartoum, Omdurman and Port Sudan, Sudan."
    names = [place.name for place in find(text)]
    assert names == ["Khartoum", "Omdurman", "Port Sudan", "Sudan"]


def test_nobody_names_a_place(find):
    assert find("Shells fell, the army said.") == ()
    assert find("") == ()


WORDS = st.sampled_from(
    "Aleppo Damascus the of in near south 30 km province city , . al - Bab Syria's Idlib camp and "
    "( ) said Washington north Street ALEPPO Ḩalab حلب Kyiv border with ' 9 refugee St. O".split()
)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORDS, max_size=30))
def test_places_are_in_order_inside_the_text_and_whole(find, words):
    text = " ".join(words)
    places = find(text)
    ends = 0
    for place in places:
        assert ends <= place.evidence.start < place.evidence.end <= len(text)
        ends = place.evidence.end
        nothing = place.latitude is None
        assert nothing == (place.longitude is None) == (place.precision is None)
        assert nothing == (place.id is None) == (place.radius_km is None)
        if not nothing:
            assert -90 <= place.latitude <= 90
            assert -180 <= place.longitude <= 180
