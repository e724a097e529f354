"""The words for events: what is claimed, how, where, when and of how many."""

from datetime import date

import pytest

from allegata.types import (
    Act,
    Claim,
    Count,
    CountKind,
    Document,
    Entity,
    Event,
    EventKind,
    Interval,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Quotation,
    Role,
    Span,
)
from allegata.types.count_wording import describe_counts
from allegata.types.event_phrases import build_phrase
from allegata.types.event_wording import describe_manner, describe_telling
from allegata.types.phrase import Words
from allegata.types.place_wording import describe_place
from allegata.types.telling import gather_tellings
from allegata.types.wording import describe_event_count, describe_occurrence

DAY, LATER = date(2031, 3, 8), date(2031, 4, 14)


def plain(words) -> str:
    return "".join(one.words for one in words)


def tell(text: str, *events: Event, act: str = "state", entities=()) -> list[str]:
    """The lines under the claim that carries events."""
    content = (Span(0, len(text)),)
    claim = Claim(
        "c1", "c0", None, None, None, content, Act(act), Quotation.INDIRECT, None, 1.0, "t"
    )
    doc = Document(text, "a.txt", ())
    return [
        plain(describe_telling(telling, claim, doc, entities))
        for telling in gather_tellings(events, (), text).get("c1", ())
    ]


@pytest.mark.parametrize(
    ("kind", "parts", "words"),
    [
        ("air_strike", {"actor": ["jets"], "target": ["a depot"]}, "air strike by jets on a depot"),
        (
            "detention",
            {"actor": ["the police"], "target": ["12 men"]},
            "detention of 12 men by the police",
        ),
        ("clash", {"actor": ["the army", "rebels"]}, "clash between the army and rebels"),
        (
            "clash",
            {"actor": ["the army"], "target": ["rebels"]},
            "clash between the army and rebels",
        ),
        ("clash", {"target": ["rebels"]}, "clash with rebels"),
        ("talks", {"actor": ["the mayor"]}, "talks by the mayor"),
        ("talks", {"actor": ["A", "B", "C"]}, "talks between A, B and C"),
        ("agreement", {"actor": ["the sides"], "target": ["a town"]}, "agreement by the sides"),
        ("withdrawal", {"actor": ["troops"], "origin": ["Velm"]}, "withdrawal of troops from Velm"),
        (
            "withdrawal",
            {"actor": ["the army"], "target": ["guns"]},
            "withdrawal of guns by the army",
        ),
        (
            "arms_transfer",
            {"actor": ["a firm"], "instrument": ["20 drones"], "destination": ["Velm"]},
            "arms transfer of 20 drones by a firm to Velm",
        ),
        ("deployment", {"target": ["troops"], "destination": ["X"]}, "deployment of troops to X"),
        ("explosion", {"target": ["a mill"], "actor": ["X"]}, "explosion at a mill by X"),
        # Where none is named there is the bare noun.
        ("siege", {}, "siege or blockade"),
    ],
)
def test_a_kind_with_those_who_took_part(kind, parts, words):
    named = {Role(role): [[Words(name)] for name in names] for role, names in parts.items()}
    assert plain(build_phrase(EventKind(kind), named)).startswith(words)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_has_words_and_leaves_no_role_out(kind):
    named = {role: [[Words(role.value.upper())]] for role in Role if role is not Role.PLACE}
    phrase = plain(build_phrase(kind, named))
    assert phrase[0].islower()
    for role in named:
        assert role.value.upper() in phrase


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (65, None, "≥ 65 people injured"),
        (12, 12, "12 people injured"),
        (None, 30, "up to 30 people injured"),
        (40, 50, "40–50 people injured"),
        (3000, 3000, "3,000 people injured"),
        (0, 0, "no people injured"),
        (None, None, "an unknown number of people injured"),
    ],
)
def test_words_of_a_number(low, high, words):
    count = Count(CountKind.INJURED, low, high, "people", Span(0, 2))
    assert describe_counts([count], "65", ()) == words


@pytest.mark.parametrize(
    ("text", "counts", "words"),
    [
        (
            "126 people including 60 children",
            [(126, 126, "people", "126 people"), (60, 60, "children", "60 children")],
            "126 people killed, of them 60 children",
        ),
        # Side by side they are no parts of each other.
        (
            "10 children and 5 women",
            [(10, 10, "children", "10 children"), (5, 5, "women", "5 women")],
            "10 children killed, 5 women killed",
        ),
        ("hundreds", [(200, None, None, "hundreds")], "≥ 200 killed (“hundreds”)"),
        (
            "12 died and 12 people fell",
            [(12, 12, None, "12"), (12, 12, "people", "12 people")],
            "12 people killed",
        ),
    ],
)
def test_words_of_several_numbers(text, counts, words):
    made = [
        Count(CountKind.KILLED, low, high, of, Span(text.index(said), text.index(said) + len(said)))
        for low, high, of, said in counts
    ]
    assert describe_counts(made, text, ()) == words


def test_who_is_named_on_the_line_is_not_counted_by_name_again():
    text, of = "two guards", Span(0, 10)
    assert describe_counts([Count(CountKind.KILLED, 2, 2, "guards", of)], text, [of]) == "2 killed"
    assert describe_counts([Count(CountKind.ITEMS, 2, 2, "guards", of)], text, [of]) == ""
    assert describe_counts([Count(CountKind.ITEMS, 2, 2, "guards", of)], text, []) == "2 guards"


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (None, ""),
        (Interval(None, None, Precision.BOUNDED), ""),
        (Interval(DAY, DAY, Precision.DAY), "8 Mar 2031"),
        (Interval(None, DAY, Precision.BOUNDED), "no later than 8 Mar 2031"),
        (Interval(DAY, None, Precision.BOUNDED), "from 8 Mar 2031 on"),
        (Interval(DAY, LATER, Precision.BOUNDED), "between 8 Mar and 14 Apr 2031"),
        (Interval(date(2031, 3, 1), date(2031, 3, 31), Precision.MONTH), "Mar 2031"),
        (Interval(DAY, DAY, Precision.DAY, Span(0, 9)), "8 Mar 2031 (“on Sunday”)"),
    ],
)
def test_words_of_an_occurrence(interval, words):
    assert describe_occurrence(interval, "on Sunday") == words


def place(**more) -> Place:
    usual = {
        "name": "Karsu",
        "id": "x:1",
        "latitude": 1.0,
        "longitude": 2.0,
        "country": "VX",
        "precision": PlacePrecision.SETTLEMENT,
        "radius_km": 5.0,
        "evidence": Span(0, 5),
    }
    return Place(**{**usual, **more})


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("Karsu", place(), "Karsu (VX, town ±5 km)"),
        ("KARSU", place(name="Kärsu"), "KARSU (VX, town ±5 km)"),
        ("Qarsu", place(), "Qarsu (Karsu, VX, town ±5 km)"),
        (
            "Karsu",
            place(precision=PlacePrecision.EXACT, radius_km=0.25),
            "Karsu (VX, quarter or site ±0.25 km)",
        ),
        ("Karsu", place(precision=PlacePrecision.COUNTRY, radius_km=400.0), "Karsu (VX, country)"),
        ("Karsu", place(radius_km=None), "Karsu (VX, town)"),
        ("Karsu", place(precision=None, radius_km=None, country=None), "Karsu"),
        (
            "Upper",
            place(stands_in=True, radius_km=12.0),
            "Upper (city stands in: Karsu, VX, ±12 km)",
        ),
        (
            "Upper",
            place(latitude=None, longitude=None, id=None, radius_km=None, precision=None),
            "Upper (words not in the gazetteer)",
        ),
    ],
)
def test_words_of_a_place(text, found, words):
    assert plain(describe_place(found, text)) == words


def test_one_line_tells_of_an_attack_and_what_came_of_it(told):
    text = "A bomb hit the market of Karsu, killing 6 people and wounding 30."
    counts = [("killed", 6, 6, "people", "6 people"), ("injured", 30, 30, None, "30")]
    events = [
        told.make_event(text, "e1", "c1", "bombing", "hit", targets=["the market of Karsu"]),
        told.make_event(
            text,
            "e2",
            "c1",
            "killing",
            "killing",
            instruments=["A bomb"],
            targets=["6 people"],
            counts=counts[:1],
            episode="p1",
        ),
        told.make_event(text, "e3", "c1", "harm", "wounding", counts=counts, episode="p1"),
    ]
    (line,) = tell(text, *events)
    assert line == (
        "bombing of the market of Karsu with a bomb · 6 people killed, 30 injured"
        " · actor not named, place and time unknown · “hit”, “killing”, “wounding”"
    )


def test_an_attack_goes_by_the_name_of_what_it_was(told):
    text = "the attack on the fort: rebels shelled it"
    events = [
        told.make_event(text, "e1", "c1", "attack", "attack", targets=["the fort"]),
        told.make_event(text, "e2", "c1", "shelling", "shelled", actors=["rebels"], episode="p1"),
    ]
    (line,) = tell(text, *events)
    assert line.startswith("shelling of the fort by rebels · ")


def test_nobody_is_said_to_have_done_what_others_did(told):
    text = "rebel forces shelled the fort, army forces shelled the camp, the shelling"
    events = [
        told.make_event(
            text, "e1", "c1", "shelling", "shelled", actors=["rebel forces"], targets=["the fort"]
        ),
        told.make_event(
            text,
            "e2",
            "c1",
            "shelling",
            "shelled@2",
            actors=["army forces"],
            targets=["the camp"],
            episode="p1",
        ),
        told.make_event(text, "e3", "c1", "shelling", "shelling", episode="p1"),
    ]
    first, second = tell(text, *events)
    assert first.startswith("shelling of the fort by rebel forces · ")
    assert first.endswith("“shelled”, “shelling”")
    assert second.startswith("shelling of the camp by army forces · ")


def test_who_suffers_one_thing_and_does_another_is_told_apart(told):
    text = "jets struck gunmen who fired on the town"
    events = [
        told.make_event(
            text, "e1", "c1", "air_strike", "struck", actors=["jets"], targets=["gunmen"]
        ),
        told.make_event(text, "e2", "c1", "shooting", "fired", actors=["gunmen"], episode="p1"),
        told.make_event(text, "e3", "c1", "attack", "fired", actors=["gunmen"], episode="p1"),
    ]
    first, second = tell(text, *events)
    assert first.startswith("air strike by jets on gunmen · ")
    assert second.startswith("shooting by gunmen · ")


def test_what_is_told_in_different_ways_stands_on_different_lines(told):
    text = "He denied the raid and feared another raid"
    events = [
        told.make_event(text, "e1", "c1", "attack", "raid", polarity="negative", episode="p1"),
        told.make_event(
            text, "e2", "c1", "attack", "raid@2", modality="hypothetical", episode="p1"
        ),
    ]
    assert tell(text, *events) == [
        "✗ said not to have happened: attack · “raid”",
        "supposed or feared: attack · “raid”",
    ]


@pytest.mark.parametrize("polarity", Polarity)
@pytest.mark.parametrize("modality", Modality)
@pytest.mark.parametrize("act", Act)
def test_only_what_is_said_to_have_happened_needs_no_word_for_it(told, act, modality, polarity):
    event = told.make_event(
        "raid", "e1", "c1", "attack", "raid", polarity=polarity.value, modality=modality.value
    )
    (line,) = tell("raid", event, act=act.value)
    is_plain = polarity is Polarity.POSITIVE and modality is Modality.ACTUAL
    is_plain = is_plain and act not in {Act.DENY, Act.DOUBT, Act.ASK}
    assert line.startswith("attack") == is_plain
    assert line.startswith("✗ said ") == (polarity is Polarity.NEGATIVE)


def test_what_is_to_come_goes_by_the_act_of_the_claim(told):
    event = told.make_event("raid", "e1", "c1", "attack", "raid", modality="future")
    lines = [tell("raid", event, act=act)[0].partition(":")[0] for act in ("demand", "predict")]
    assert lines == ["demanded", "predicted"]


def test_what_stands_in_a_denial_is_not_shown_as_said_to_have_happened(told):
    event = told.make_event("raid", "e1", "c1", "attack", "raid")
    assert tell("raid", event, act="deny")[0].startswith("in what is denied: attack")
    assert tell("raid", event, act="doubt")[0].startswith("in what is not vouched for: attack")


def test_a_pronoun_says_who_is_meant(told):
    text = "they shelled it"
    event = told.make_event(
        text, "e1", "c1", "shelling", "shelled", actors=["they"], entities={"they": "n1"}
    )
    entities = [Entity("n1", "the Northern Front", None, (Span(0, 4),))]
    (line,) = tell(text, event, entities=entities)
    assert line.startswith("shelling by they (= the Northern Front) · ")


def test_each_place_is_told_once(told):
    text = "Shells hit the old mill in Karsu, Velm and Ost"
    event = told.make_event(
        text,
        "e1",
        "c1",
        "shelling",
        "hit",
        targets=["the old mill in Karsu"],
        places=["Karsu", "Velm", "Ost"],
        place=told.make_place(text, "Karsu", "Karsu"),
    )
    (line,) = tell(text, event)
    assert line.startswith("shelling of the old mill in Karsu (VX, town ±5 km) · Velm and Ost · ")


def test_an_unsure_reading_is_told_beside_its_words(told):
    text = "the raid, the strike"
    events = [
        told.make_event(text, "e1", "c1", "attack", "raid", confidence=0.6),
        told.make_event(text, "e2", "c1", "attack", "strike", episode="p1"),
    ]
    (line,) = tell(text, *events)
    assert line.endswith("“raid” (unsure, 60%), “strike”")


def test_a_mark_only_joins_what_is_told_more_than_once(told):
    tellings = gather_tellings(told.MARKET.events, told.MARKET.links, told.MARKET.document.text)
    marks = {one.events[0].id: one.mark for own in tellings.values() for one in own}
    assert marks == {
        **dict.fromkeys(("e1", "e2", "e4"), "p1"),
        "e7": "p7",
        **dict.fromkeys(("e5", "e6", "e8", "e9"), ""),
    }
    events = [event.id for own in tellings.values() for one in own for event in one.events]
    assert sorted(events) == [event.id for event in told.MARKET.events]


@pytest.mark.parametrize(
    ("episodes", "words"),
    [
        ([], "no events"),
        (["p1"], "1 event"),
        (["p1", "p1"], "2 events in 1 episode"),
        (["p1", "p2", "p2"], "3 events in 2 episodes"),
    ],
)
def test_events_are_counted(told, episodes, words):
    events = [
        told.make_event("raid", f"e{n}", "c0", "attack", "raid", episode=episode)
        for n, episode in enumerate(episodes)
    ]
    assert describe_event_count(events) == words


def test_a_manner_is_the_same_in_closing_lists(told):
    telling = gather_tellings(told.MARKET.events, (), told.MARKET.document.text)["c2"][0]
    assert describe_manner(telling, told.MARKET.claims[2]) == "✗ said not to have happened"
