"""Which known actor an entity is, and which state words tell. Every sentence here is invented."""

import re

import pytest

from allegata.grounding.actors import actor_of, country_of, link_actors
from allegata.knowledge.actors import ActorTable
from allegata.types import Alias, Document, Entity, EntityType, Reading, Span
from allegata.types.actor import ActorMatch

ACTORS = ActorTable.open()
KINDS = {
    "g": EntityType.GOVERNMENT, "o": EntityType.ORGANISATION, "p": EntityType.PLACE,
    "h": EntityType.PERSON, "m": EntityType.MEDIA, "c": EntityType.POPULATION, "": None,
}  # fmt: skip
_MARK = re.compile(r"\[(\w?):([^\]]*)\]")
"""`[o:the SDF]` is an entity that looks like an organisation; `[g: ...]` and so on by `KINDS`."""


def read(marked: str) -> tuple[str, list[Entity]]:
    text, entities, at = "", [], 0
    for number, mark in enumerate(_MARK.finditer(marked), start=1):
        text += marked[at : mark.start()]
        span = Span(len(text), len(text) + len(mark[2]))
        text += mark[2]
        name = mark[2].removeprefix("the ").removeprefix("The ")
        entities.append(Entity(f"n{number}", name, KINDS[mark[1]], (span,)))
        at = mark.end()
    return text + marked[at:], entities


def link(marked: str, **setting: object) -> tuple[Entity, ...]:
    text, entities = read(marked)
    return link_actors(entities, actors=ACTORS, text=text, **setting)


def ids(marked: str, **setting: object) -> list[str | None]:
    return [one.actor.id if one.actor else None for one in link(marked, **setting)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Syria, Iraq
        ("[g:Damascus] denied it, [o:SANA] said.", ["sy", "sana"]),
        ("[o:Hayat Tahrir al-Sham] and [o:the Free Syrian Army] denied it.",
         ["hts", "free-syrian-army"]),
        ("[o:Daesh] fled from [o:the Peshmerga] and [o:the Popular Mobilization Forces].",
         ["islamic-state", "peshmerga", "popular-mobilization-forces"]),
        ("[g:the Iraqi army] and [o:Kata'ib Hezbollah] blamed each other.",
         ["iq/armed-forces", "kataib-hezbollah"]),
        # Israel, Palestine, Lebanon
        ("[o:The IDF] and [o:Hamas] traded fire.", ["il/armed-forces", "hamas"]),
        ("[h:Tel Aviv] spoke.", [None]),
        ("[g:the Israeli military] and [o:Hezbollah] blamed each other.",
         ["il/armed-forces", "hezbollah"]),
        ("[c:Israelis] and [c:Palestinians] mourned.", ["il/people", "ps/people"]),
        # Ukraine, Russia
        ("[g:Kyiv] and [g:Moscow] denied it.", ["ua", "ru"]),
        ("[g:Ukraine's Defence Ministry] and [g:the Russian Ministry of Defence] spoke.",
         ["ua/defence-ministry", "ru/defence-ministry"]),
        ("[o:The Azov Brigade] met [o:the Wagner Group].", ["azov", "wagner"]),
        # Sudan
        ("[g:Sudan's army] and [o:the Rapid Support Forces] traded blame.",
         ["sd/armed-forces", "rsf-sudan"]),
        # Myanmar
        ("[o:The Tatmadaw] and [o:the Arakan Army] met.", ["mm/armed-forces", "arakan-army"]),
        # Sahel, Nigeria, Somalia
        ("[g:the Malian army] and [o:JNIM] said so.", ["ml/armed-forces", "jnim"]),
        ("[o:Boko Haram] and [g:Nigerian troops] clashed.", ["boko-haram", "ng/armed-forces"]),
        ("[o:al-Shabaab] and [g:the Somali government] said so.", ["al-shabaab", "so"]),
        # Colombia, Peru, El Salvador
        ("[g:Colombian police] and [o:FARC-EP] denied it.", ["co/police", "farc"]),
        ("[o:Sendero Luminoso] and [g:Peru's navy] were silent.", ["sendero-luminoso", "pe/navy"]),
        ("[o:The FMLN] and [g:the Salvadoran Army] talked.", ["fmln", "sv/armed-forces"]),
        # Ethiopia, Congo
        ("[o:The TPLF] and [g:the Ethiopian government] talked.", ["tplf", "et"]),
        ("[o:M23] said [g:Kinshasa] broke the truce.", ["m23", "cd"]),
        # Afghanistan, Pakistan, India, Sri Lanka
        ("[c:The Taliban] and [o:the Pakistani Taliban] differ.", ["taliban", "ttp"]),
        ("[o:Lashkar-e-Taiba] and [g:New Delhi] said nothing.", ["lashkar-e-taiba", "in"]),
        ("[o:The Tamil Tigers] and [g:Sri Lanka's army] said so.", ["ltte", "lk/armed-forces"]),
        # organisations and outlets
        ("[o:Médecins Sans Frontières] told [o:Reuters] that [o:UNHCR] knew.",
         ["msf", "reuters", "unhcr"]),
        ("[o:The White Helmets] and [o:the Syrian Observatory for Human Rights] counted.",
         ["white-helmets", "sohr"]),
        ("[g:Estonian state television] cited [m:TASS].", ["ee/state-media", "tass"]),
        # nobody
        ("[o:The Velmar Front] and [g:the ministry] met [h:Michael Jordan].", [None, None, None]),
        ("[g:the spokesman for the Syrian army] left [p:the Syria of old].", [None, None]),
        ("[h:Jordan] slept in [p:Damascus].", [None, None]),
        ("[h:a Syrian soldier] saw [h:an Israeli].", [None, None]),
    ],
)  # fmt: skip
def test_both_sides_of_many_conflicts(marked, expected):
    assert ids(marked) == expected


@pytest.mark.parametrize(
    ("marked", "setting", "last"),
    [
        ("[o:The SDF] fired.", {}, None),
        ("[o:The SDF] fired.", {"countries": {"SY"}}, "syrian-democratic-forces"),
        ("[o:The SDF] fired.", {"countries": {"JP"}}, "jp/armed-forces"),
        ("The Syrian Democratic Forces left. [o:The SDF] fired.", {}, "syrian-democratic-forces"),
        ("[p:Syria] mourned. [o:The SDF] fired.", {}, "syrian-democratic-forces"),
        ("[p:Aleppo], [p:Damascus] burned. [o:The SDF] fired.", {}, "syrian-democratic-forces"),
        ("[p:Syria] and [p:Japan] met. [o:The SDF] fired.", {}, None),
        ("[o:IS] struck.", {}, None),
        ("[o:IS] struck.", {"countries": {"IQ"}}, "islamic-state"),
        ("The Islamic State group is weak. [o:IS] struck.", {}, "islamic-state"),
        ("[o:The RSF] left.", {"countries": {"SD"}}, "rsf-sudan"),
        ("Reporters Without Borders counts. [o:RSF] warned.", {"countries": {"SD"}}, "rsf-press"),
        ("[o:FARC] left.", {}, None),
        ("[o:FARC] left.", {"countries": {"CO"}}, "farc"),
        ("[o:The MILF] left.", {"countries": {"PH"}}, "milf"),
        ("[o:The PLA] left.", {"countries": {"CN"}}, "cn/armed-forces"),
        ("[o:The Front] left.", {"countries": {"SY", "CO"}}, None),
        ("[o:Islamic Jihad] left.", {"countries": {"PS"}}, "palestinian-islamic-jihad"),
        ("[o:Islamic Jihad] left.", {"countries": {"EG"}}, "egyptian-islamic-jihad"),
        ("[o:Islamic Jihad] left.", {"countries": {"EG"}, "year": 2015}, None),
        ("[o:Ansar al-Sharia] left.", {"countries": {"LY"}}, "ansar-al-sharia-libya"),
        ("[o:Ansar al-Sharia] left.", {"countries": {"LY", "TN"}}, None),
        ("[g:Congolese troops] left.", {}, None),
        ("[g:Congolese troops] left.", {"countries": {"CD"}}, "cd/armed-forces"),
        ("[g:Congolese troops] left [p:Kinshasa].", {}, None),
        ("[p:Kinshasa] saw [g:Congolese troops] go.", {}, "cd/armed-forces"),
        ("THE SYRIAN DEMOCRATIC FORCES LEFT. [o:THE SDF] FIRED.", {}, "syrian-democratic-forces"),
        ("[p:Georgia] held a vote.", {}, None),
        ("[p:Georgia] held a vote.", {"countries": {"GE"}}, "ge"),
        ("A Georgian train left. [p:Georgia] held a vote.", {}, "ge"),
        ("[m:AFP] said so.", {}, "afp"),
        ("[o:AFP] said so.", {}, None),
        ("[o:The AFP] said so.", {"countries": {"PH"}}, "ph/armed-forces"),
        ("[m:the Guardian] said so.", {}, None),
        ("[o:DRC] said so.", {}, "cd"),
        ("[g:The Defense Department] said so.", {}, None),
        ("[g:The Defense Department] said so.", {"countries": {"US"}}, "us/defence-ministry"),
        ("[o:Hayat Tahrir al-Sham] met.", {"year": 2009}, None),  # before there was one
        ("[o:Hayat Tahrir al-Sham] met.", {"year": 2018}, "hts"),
        ("[o:The LTTE] was formed then.", {"year": 2020}, "ltte"),  # still spoken of
        ("[o:ISI] met.", {"countries": {"IQ", "PK"}, "year": 2010}, None),
        ("[o:ISI] met.", {"countries": {"IQ", "PK"}, "year": 2020}, "pk/isi"),
    ],
)
def test_names_that_need_context(marked, setting, last):
    assert ids(marked, **setting)[-1] == last


@pytest.mark.parametrize(
    ("marked", "speaking", "kind", "match"),
    [
        ("[p:Damascus] said so.", True, EntityType.GOVERNMENT, ActorMatch.METONYM),
        ("[h:Tel Aviv] said so.", True, EntityType.GOVERNMENT, ActorMatch.METONYM),
        ("[:Ankara] said so.", True, EntityType.GOVERNMENT, ActorMatch.METONYM),
        ("[p:Damascus] burned.", False, EntityType.PLACE, None),
        ("[h:Jordan] said so.", True, EntityType.PERSON, None),
        ("[o:The Pentagon] said so.", False, EntityType.GOVERNMENT, ActorMatch.METONYM),
        ("[p:Syria] said so.", True, EntityType.GOVERNMENT, ActorMatch.NAME),
        ("[p:Syria] burned.", False, EntityType.PLACE, ActorMatch.NAME),
        ("[:Syria] burned.", False, EntityType.PLACE, ActorMatch.NAME),
        ("[o:Hamas] said so.", False, EntityType.ARMED_GROUP, ActorMatch.NAME),
        ("[h:Hezbollah] said so.", False, EntityType.ARMED_GROUP, ActorMatch.NAME),
        ("[p:The Houthis] said so.", False, EntityType.ARMED_GROUP, ActorMatch.NAME),
        ("[:Syria's Foreign Ministry] said so.", True, EntityType.GOVERNMENT, ActorMatch.PATTERN),
        ("[c:Israelis] said so.", True, EntityType.POPULATION, ActorMatch.DEMONYM),
        ("[:Syrians] said so.", True, EntityType.POPULATION, ActorMatch.DEMONYM),
        ("[o:Tsahal] said so.", True, EntityType.GOVERNMENT, ActorMatch.ALIAS),
    ],
)
def test_types_and_matches(marked, speaking, kind, match):
    (entity,) = link(marked, speaking={"n1"} if speaking else ())
    assert entity.type is kind
    assert (entity.actor and entity.actor.match) is match


def test_a_metonym_and_a_ministry_are_two_entities_of_one_country():
    city, ministry = link("[g:Damascus] spoke, then [g:Syria's Foreign Ministry].")
    assert city.actor.id != ministry.actor.id
    assert city.actor.country == ministry.actor.country == "SY"


def test_an_alias_that_the_text_states_is_enough():
    text = "The Marsh Banner (aka Daesh) met."
    entity = Entity("n1", "Marsh Banner", None, (Span(4, 16),), (Alias("Daesh", Span(4, 28)),))
    (linked,) = link_actors([entity], actors=ACTORS, text=text)
    assert (linked.actor.id, linked.actor.words) == ("islamic-state", "Daesh")


def test_what_stands_in_brackets_behind_a_place_is_where_it_is():
    text = "Port Vale (Estonia) slept."
    alias = Alias("Estonia", Span(0, 19))
    place = Entity("n1", "Port Vale", EntityType.PLACE, (Span(0, 9),), (alias,))
    (linked,) = link_actors([place], actors=ACTORS, text=text)
    assert linked.actor is None


def test_short_words_in_capitals_are_no_initials():
    assert ids("[:WHO] FIRED AT [o:WHO]?") == [None, "who"]


def test_a_mention_is_looked_at_where_the_name_tells_nothing():
    text = "Fighters of the north met. Al-Shabaab left."
    entity = Entity("n1", "Fighters of the north", None, (Span(0, 21), Span(27, 37)))
    (linked,) = link_actors([entity], actors=ACTORS, text=text)
    assert linked.actor.id == "al-shabaab"


def test_mentions_that_disagree_tell_nothing():
    text = "Fighters met. Hamas left. Hezbollah stayed."
    spans = (Span(0, 8), Span(14, 19), Span(26, 35))
    (linked,) = link_actors([Entity("n1", "Fighters", None, spans)], actors=ACTORS, text=text)
    assert linked.actor is None


def test_an_actor_in_the_line_of_a_reading():
    text, entities = read("[g:Tallinn] said so.")
    linked = link_actors(entities, actors=ACTORS, text=text, speaking={"n1"})
    (line,) = Reading(Document(text, "x.txt", ()), (), linked).to_dict()["entities"]
    assert line["actor"] == {
        "id": "ee", "name": "Estonia", "kind": "government", "country": "EE", "match": "metonym",
        "words": "Tallinn",
    }  # fmt: skip


def test_nothing_in_nothing_out():
    assert link_actors([], actors=ACTORS) == ()


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("the Iranian forces", "ir/armed-forces"),
        ("Israeli warplanes", "il/air-force"),
        ("Palestinian civilians", "ps/people"),
        ("Hezbollah fighters", "hezbollah"),
        ("Congolese troops", None),
        ("Damascus", None),
        ("regime warplanes", None),
        ("the", None),
        ("", None),
    ],
)
def test_the_actor_of_words(words, actor):
    found = actor_of(words, actors=ACTORS)
    assert (found and found.id) == actor


def test_the_actor_of_words_by_the_country_of_the_text():
    assert actor_of("Congolese troops", actors=ACTORS, countries={"CD"}).id == "cd/armed-forces"


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Israeli", "IL"),
        ("two Syrian soldiers", "SY"),
        ("the army of Israel", "IL"),
        ("Israel's army", "IL"),
        ("ISRAELI FORCES", "IL"),
        ("Damascus", "SY"),
        ("the Kremlin", "RU"),
        ("the IDF", "IL"),
        ("U.S. troops", "US"),
        ("South Sudanese troops", "SS"),
        ("Equatorial Guinean police", "GQ"),
        ("Guinea-Bissau", "GW"),
        ("Israel and Israeli forces", "IL"),
        ("Gazan doctors", "PS"),
        ("Türkiye's army", "TR"),
        ("الجيش في سوريا", "SY"),
        ("سوريا", "SY"),
        ("regime helicopters", None),
        ("rebels", None),
        ("us", None),
        ("polish and turkey", None),
        ("Israeli-occupied land", None),
        ("US-led coalition", None),
        ("Russian-backed fighters", None),
        ("Iranian-made drones", None),
        ("anti-Israeli protesters", None),
        ("pro Russian fighters", None),
        ("Russian-Syrian patrols", None),
        ("Turkish and Syrian troops", None),
        ("Congolese troops", None),
        ("Korean troops", None),
        ("Georgia", None),
        ("Abkhaz forces", None),
        ("South China Sea", None),
        ("Hamas", None),
        ("Syrian Democratic Forces fighters", None),
        ("Islamic State in Iraq and Syria", None),
        ("Reuters", None),
        ("", None),
    ],
)
def test_the_country_of_words(words, country):
    assert country_of(words, actors=ACTORS) == country


@pytest.mark.parametrize(
    ("words", "countries", "country"),
    [("Congolese troops", {"CD"}, "CD"), ("Congolese troops", {"CD", "CG"}, None),
     ("Congolese troops", {"FR"}, None), ("Georgia", {"GE"}, "GE"), ("Syria", {"FR"}, "SY")],
)  # fmt: skip
def test_the_country_of_the_text_chooses(words, countries, country):
    assert country_of(words, actors=ACTORS, countries=countries) == country


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[o:Hezbollah fighters] left.", "hezbollah"),
        ("[o:Lebanon's Hezbollah] left.", "hezbollah"),
        ("[o:Lebanon's militant group Hezbollah] left.", "hezbollah"),
        ("[o:the Iran-backed Hezbollah movement] left.", "hezbollah"),
        ("[o:the Turkish-backed Free Syrian Army] left.", "free-syrian-army"),
        ("[o:Colombia's FARC] left.", "farc"),
        ("[o:Sudan's RSF] left.", "rsf-sudan"),
        ("[o:Wagner mercenaries] left.", "wagner"),
        ("[g:Syria's National Defense Forces] left.", "national-defence-forces-syria"),
        ("[o:Houthi rebels] left.", "houthis"),
        ("[m:Turkey's Anadolu news agency] said so.", "anadolu"),
        ("[m:SANA news agency] said so.", "sana"),
        ("[m:the news agency Reuters] said so.", "reuters"),
        ("[o:the Palestinian Islamist group Hamas] left.", "hamas"),
        ("[o:Israel's Islamist group Hamas] left.", None),
        ("[o:Lebanon's Shiite movement Hezbollah] left.", "hezbollah"),
        ("[o:the powerful Hezbollah militia] left.", "hezbollah"),
        ("[o:Syria's Kurdish YPG militia] left.", "ypg"),
        ("[o:U.N. inspectors] left.", "un"),
        ("[o:a spokesman for Hezbollah] left.", None),
        ("[o:attacks on Hezbollah fighters] ended.", None),
        ("[o:Hezbollah and Hamas fighters] left.", None),
        ("[o:SDF fighters] left.", None),  # initials stay unclear
        ("[o:Japan's Hezbollah] left.", None),
        ("[o:Estonian rebels] left.", None),
        ("[o:Estonia group] left.", None),
        ("[o:Hezbollah and Hamas] left.", None),
        ("[o:the group] left.", None),
    ],
)
def test_what_may_stand_beside_a_name(marked, expected):
    assert ids(marked) == [expected]
