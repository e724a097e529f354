"""Headlines that lost the colon before their source, read as whole documents."""

import json
from collections.abc import Callable
from typing import cast

import pytest

from allegata.documents import read_text
from allegata.knowledge import load_table
from allegata.reading import Reader
from allegata.types import Act, Claim, Quotation, Reading

STORY = "\n\nThe road was closed for the rest of the day. Nobody could leave the valley.\n"


@pytest.fixture(scope="module")
def read() -> Callable[[str], Reading]:
    reader = Reader()
    return lambda text: reader.read(read_text(text))


def bare(reading: Reading) -> list[Claim]:
    return [claim for claim in reading.claims[1:] if claim.cue is None]


def words(reading: Reading, claim: Claim) -> tuple[str, str]:
    text = reading.document.text
    assert claim.source is not None
    return claim.source.words(text), " ".join(piece.words(text) for piece in claim.content)


POSITIVES = [
    # behind a number that cannot count it
    ("Market blast in Zarfa kills 18", "monitor"),
    ("Roadside bomb in Tarvia kills at least 12", "Observatory"),
    ("Kenya bus crash kills 14", "state media"),
    ("Death toll from Manila fire rises to 31", "governor"),
    ("Mine explosion in Donbas wounds six", "Ukrainian state TV"),
    ("Drone strikes on Port Selim kill at least 40", "Reports"),
    ("Rocket attack on Haifa injures nine", "ambulance service spokesman"),
    # behind a plural that is counted
    ("Landslide in Nepal kills 25 villagers", "police"),
    ("Gunmen abduct 30 students in raid and kill two teachers", "officials"),
    ("Shelling kills five Palestinians", "medics"),
    ("Air raid kills 16 civilians", "rights group"),
    ("Ambush kills nine Malian soldiers", "army"),
    ("Floods displace thousands", "aid agencies"),
    # behind what became of somebody
    ("Prison riot leaves 60 dead", "justice ministry"),
    ("Boat sinks off Lampedusa with 70 missing", "coast guard"),
    ("Three Colombian farmers killed", "local media"),
    # behind a time
    ("Shells hit Kharkiv hospital overnight", "regional governor"),
    ("Ceasefire talks collapsed on Monday", "diplomats"),
    ("Two drones intercepted over Riga yesterday", "defence ministry"),
    ("Rebels retook Kessel last night", "residents"),
    # behind a place
    ("Air strikes kill ten civilians in Zarfa", "monitor"),
    ("Shelling wounds four in border town", "activists"),
    ("Suicide bomber kills 11 in northern Nigeria", "police"),
    ("Car bomb kills seven in Mogadishu suburb", "medical sources"),
    ("Artillery fire kills two near Avdiivka", "officials"),
    ("Gas leak kills three in Lagos", "UNICEF"),
    ("Chlorine attack injures 20 villagers", "SOHR"),
    ("Quake kills 90 in Nepal", "Red Cross"),
    ("Two peacekeepers killed in Mali", "UN"),
    ("Three soldiers killed in Jordan base attack", "Pentagon"),
    ("Barrel bombs kill six in rebel-held parts of Zarfa", "monitor"),
    # behind an event
    ("Nine soldiers killed in border clash", "army"),
    ("Fighters freed 40 hostages after prison attack", "witnesses"),
    # a capital begins anew
    ("Militants killed in drone strike on mountain village", "Residents"),
    ("Five killed in clash between herders and farmers in hill district", "Local officials"),
    ("Dozens killed in air strike on Burian market town", "Monitoring group"),
    # a headline in capitals all over, and one with all its words
    ("Suicide Bomber Kills 12 Worshippers in Peshawar", "Police"),
    ("MORTAR FIRE KILLS FOUR CHILDREN IN BORDER TOWN", "OFFICIALS"),
]


@pytest.mark.parametrize(("content", "source"), POSITIVES)
def test_a_bare_source_vouches_for_its_headline(read, content, source):
    reading = read(f"{content} {source}{STORY}")
    assert [words(reading, claim) for claim in bare(reading)] == [(source, content)]
    (claim,) = bare(reading)
    assert (claim.parent, claim.act, claim.quotation) == ("c0", Act.STATE, Quotation.INDIRECT)
    assert all(
        event.claim == claim.id for event in reading.events if event.trigger in claim.content[0]
    )


NEGATIVES = [
    # the object of a verb
    "Strike kills six police",
    "Air strike kills ten rebels",
    "Bomb wounds 12 officials",
    "Gunmen attack police",
    "Protesters attack defence ministry",
    "Blast kills one monitor",
    "Court jails four women activists",
    "Militants kidnap two aid workers",
    "Rocket hits Zarfa police station",
    "Mob sets fire to Zarfa state TV",
    "Rebels killed monitor",
    "Gunmen shot activists",
    "Soldiers arrested police",
    "Senate questions Interior minister",
    "Army shells Zarfa monitor",
    "Egypt lifts ban on 20 rights groups",
    "Turkey shuts 45 newspapers",
    "Rebels release 12 reports",
    # the complement of a preposition
    "Ten killed in attack on police",
    "Two protesters arrested by police",
    "President holds talks with rebels",
    "Six die in clash with Syrian army",
    "Three wounded in attack on Kabul police",
    "Bomb explodes outside interior ministry",
    "Rift grows in ruling party council",
    "Blast kills four in Kabul interior ministry",
    "Explosion kills two near army hospital",
    "Anger over killing of two UN aid workers",
    "Ten drown after warning from coast guard",
    "Flaws found in Zarfa massacre report",
    "Rebels reject UN report",
    "Twelve killed as gunmen open fire on Homs monitor",
    "Gunmen kill head of Zarfa monitor",
    # a compound, a coordinate, an apposition
    "Six soldiers killed by mine and police",
    "Four killed among farmers and officials",
    "Grenade injures three Honduras police",
    "Bomber kills two riot police",
    "Ambush kills five border police",
    "Raid frees mayor of Zarfa and two doctors",
    "Strike kills commander of Zarfa militia",
    # nothing that could be said stands before it
    "Zarfa war monitor",
    "New chief for border police",
    "A year in Gaza photographs",
    # the source has a cue of its own
    "Air strikes kill ten in Zarfa, monitor says",
    "Monitor says air strikes kill ten in Zarfa",
    "Twelve killed in Zarfa according to police",
    "Strike kills four in Rafah: medics, ten hurt in Gaza City hospital officials",
    "Russia says it downed five drones overnight defence ministry",
    # places and people that end a headline and say nothing
    "Army kills 48 militants in Deir Ezzor",
    "Air strikes kill ten in Zarfa",
    "Ministers meet in Geneva to discuss ceasefire with President Kallas",
    "Minister visits wounded in Kyiv military hospital",
]


@pytest.mark.parametrize("headline", NEGATIVES)
@pytest.mark.parametrize("end", ["", "."])
def test_no_source_is_made_of_what_belongs_to_the_headline(read, headline, end):
    assert bare(read(f"{headline}{end}{STORY}")) == []


@pytest.mark.parametrize(
    "text",
    [
        # a stamp before the headline, a stop behind it, the story on the same line
        "Sun 16 Apr 2017 Air strikes kill ten civilians in Zarfa monitor. Ten people died on Sunday"
        " when jets bombed the town of Zarfa. The strikes hit a school.",
        "Air strikes kill ten civilians in Zarfa monitor.\n\nTen people died on Sunday.",
        "Road to the north reopens\n\nAir strikes kill ten civilians in Zarfa monitor" + STORY,
    ],
)
def test_where_a_headline_may_stand(read, text):
    reading = read(text)
    assert [words(reading, claim) for claim in bare(reading)] == [
        ("monitor", "Air strikes kill ten civilians in Zarfa")
    ]


def test_a_sentence_of_the_story_is_no_headline(read):
    story = "The road was closed. Air strikes killed ten civilians in Zarfa monitor. Nobody left."
    assert bare(read(story)) == []


def test_a_claim_without_a_cue_is_written_with_null(read):
    reading = read(f"Air strikes kill ten civilians in Zarfa monitor{STORY}")
    written = json.loads(reading.to_json())["claims"][1]
    assert written["cue"] is None
    assert written["source"]["text"] == "monitor"


def test_a_hedge_lies_inside_the_claim_of_a_bare_source(read):
    reading = read(f"Suspected gas attack kills ten civilians in Zarfa monitor{STORY}")
    (claim,) = bare(reading)
    hedge = next(other for other in reading.claims if other.cue is not None)
    assert hedge.parent == claim.id


def _examples() -> list[tuple[str, str]]:
    table = cast("list[dict[str, list[dict[str, str]]]]", load_table("bare_sources"))
    return [
        (example["text"], example["source"]) for entry in table for example in entry["examples"]
    ]


@pytest.mark.parametrize(("text", "source"), _examples())
def test_every_example_of_the_table(read, text, source):
    reading = read(text + STORY)
    assert [words(reading, claim)[0] for claim in bare(reading)] == [source]
