"""What takes part in events and only is described: invented, about both sides of several wars."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from allegata.encoder import Encoder
from allegata.encoder.words import find_words
from allegata.grounding import link_arguments
from allegata.mentions import find_entities
from allegata.mentions.participant_nouns import load_participants
from allegata.sentences import find_sentences
from allegata.types import Entity, EntityType, Role, Span
from tests.mentions.participants import OWN, read_events

SIDES = (
    ("Russian", "Ukrainian"),
    ("Israeli", "Palestinian"),
    ("Sudanese", "Chadian"),
    ("government", "rebel"),
    ("Armenian", "Azerbaijani"),
)
encoder: list[Encoder] = []


def read(marked: str) -> tuple[str, dict[Span, Entity | None], dict[Span, str]]:
    """The text, the entity of each argument, and the number that it should have."""
    if not encoder:
        encoder.append(Encoder.open())
    text, events, numbers = read_events(marked)
    analysis = encoder[0].read(text, find_sentences(text))
    entities, _ = find_entities(text, analysis, (OWN,), None, events)
    known = {entity.id: entity for entity in entities}
    linked = link_arguments(events, entities, analysis)
    found = {
        one.span: known.get(one.entity or "")
        for event in linked
        for one in event.arguments
        if one.role is not Role.PLACE
    }
    return text, found, numbers


def partition(ids: list[str]) -> list[int]:
    """For each id where it stands first: two lists agree where the same ones are alike."""
    return [ids.index(one) for one in ids]


def groups(marked: str) -> tuple[list[int], list[int]]:
    """Which numbered arguments share an entity, as found and as wanted."""
    _, found, numbers = read(marked)
    entities = [found[span] for span in numbers]
    assert all(entities), marked
    ids = [one.id for one in entities if one]
    return partition(ids), partition(list(numbers.values()))


SAME = [
    # a definite description speaks of the only thing that was called so
    "[a1 Militants] based north of the town fired mortars. [a1 The militants] fled at dawn.",
    "[a1 Two gunmen] entered the bank. [a1 The gunmen] took hostages.",
    "Jets hit [t1 a refugee camp]. Later they hit [t1 the camp] again.",
    "[a1 A drone] fell on [t2 a hospital]. [t2 The hospital] burned for hours.",
    "[a1 Masked men] took [t2 a bus]. [a1 The men] burned [t2 the bus].",
    "Police seized [t1 six rifles] and [t2 a truck]. [t1 The rifles] were sold.",
    # bare words mean one side where nothing tells two apart
    "[a1 Government forces] shelled the port. [a1 Government forces] later took the hill.",
    "[a1 Rebels] fired at [t2 soldiers]. [a1 Rebels] also burned a bridge.",
    # a name more tells the same one
    "[a1 Burian government forces] shelled the port. [a1 The government forces] withdrew.",
    # substances are kinds
    "They used [i1 chlorine] in May. Inspectors say [i1 chlorine] was used again in June.",
    # what stands before a noun
    "[a1 The army] closed the road. At noon [a1 army] helicopters bombed the hill.",
    "[a1 Rebels] took the port. At noon [a1 rebel] mortars hit a school.",
    "[a1 The militia] took the port. At noon [a1 militia] mortars hit a school.",
    # an amount
    "[a1 Dozens of protesters] blocked a road. [a1 The protesters] left at noon.",
    # pronouns
    "[a1 The gunmen] stormed the hotel. [a1 They] shot the guard.",
    "[a1 The rebels] held the hill. Then [a1 their] attack on the port failed.",
]  # fmt: skip

APART = [
    # one word, two things
    "[v1 Ten militants] were killed in the north. Far away [a2 militants] fired rockets.",
    "[v1 Ten civilians] were killed in May. In June [v2 civilians] were shot at a checkpoint.",
    "[v1 Civilians] were killed in the port. [v2 Civilians] were killed on the hill.",
    "[v1 Three people] died. Hours later [v2 three people] died.",
    "[a1 A gunman] shot a guard. [a2 Another gunman] fled.",
    "Jets hit [t1 a school]. Rockets fell on [t2 a school] in the south.",
    "[a1 Militants] burned a mill in [p Vellin]. [a2 Militants] shot a guard in [p Karsu].",
    # which of the two is not told
    "[a1 Northern rebels] met [a2 southern rebels]. [a3 The rebels] fought.",
    "[a1 A soldier] saw [t2 a soldier] fall. [a3 The soldier] fired.",
    # another noun may mean others
    "[a1 Militants] took the hill. [a2 The terrorists] shelled the port.",
    # owners
    "The mayor said [a1 his men] left. The king said [a2 his men] stayed.",
    # numbers differ
    "[a1 Two gunmen] came. [a2 Three gunmen] followed.",
    # those who died are not those who fight on
    "[v1 Twelve rebels] were killed. Rain fell. Snow fell. [a2 The rebels] took the hill.",
    "[a1 Soldiers and rebels] fought. [a2 Soldiers] withdrew in March.",
]  # fmt: skip


@pytest.mark.parametrize("marked", SAME)
def test_the_same_thing_is_one_entity(marked):
    found, wanted = groups(marked)
    assert found == wanted


@pytest.mark.parametrize("marked", APART)
def test_of_two_readings_the_careful_one_is_taken(marked):
    found, wanted = groups(marked)
    assert found == wanted


@pytest.mark.parametrize(
    ("marked", "name", "kind"),
    [
        ("[a1 Militants] fled.", "Militants", "armed_group"),
        ("[a1 Estonian government forces] left.", "Estonian government forces", "government"),
        ("Rockets hit [t1 a refugee camp].", "a refugee camp", "facility"),
        ("Rockets hit [t1 the hospital].", "the hospital", "facility"),
        ("Rockets killed [v1 dozens of people].", "dozens of people", "population"),
        ("Rockets killed [v1 more than 60 children].", "more than 60 children", "population"),
        ("Rockets killed [v1 a farmer].", "a farmer", "person"),
        ("They fired [i1 mortar rounds] at the hill.", "mortar rounds", "weapon"),
        ("They used [i1 sarin] in the town.", "sarin", "material"),
        ("They shelled [t1 the nearby village].", "the nearby village", "place"),
        ("They shelled [t1 a group of armed men].", "a group of armed men", "armed_group"),
        ("They seized [t1 eleven buses].", "eleven buses", None),
        ("Near Vellin [a1 rebel] mortars hit a school.", "rebel", "armed_group"),
        ("Near Vellin [a1 government] mortars hit a school.", "government", "government"),
    ],
)
def test_participants_have_a_name_and_a_type(marked, name, kind):
    _, found, _ = read(marked)
    (entity,) = found.values()
    assert (entity.name, entity.type) == (name, EntityType(kind) if kind else None)


@pytest.mark.parametrize(
    "marked",
    [
        "They shot a guard in [t1 the head].",
        "Guards left: [a1 Estonian] army trucks burned.",  # the army's, not Estonia's
        "They said that [a1 it] rained shells.",
        "It killed [v1 more than 30] there.",
    ],
)
def test_what_refers_to_nobody_has_no_entity(marked):
    _, found, _ = read(marked)
    assert list(found.values()) == [None]


TEMPLATES = (
    "[a1 {A} forces] shelled [t2 a school]. [a3 {B} forces] fired back. [a1 The {A} forces] left.",
    "[a1 {A} soldiers] shot [v2 two {B} civilians]. [v3 A {B} man] was wounded.",
    "[a1 {A} troops] fought [a2 {B} troops]. [a3 The troops] withdrew.",
    "[a1 {A} fighters] took a hill. [a2 {B} fighters] took a bridge. [a1 {A} fighters] dug in.",
)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("one", "other"), SIDES)
def test_both_sides_of_a_war_are_read_alike(template, one, other):
    there = template.format(A=one, B=other)
    back = template.format(A=other, B=one)
    assert groups(there)[0] == groups(back)[0]
    _, mine, _ = read(there)
    _, theirs, _ = read(back)
    assert [one.type for one in mine.values()] == [one.type for one in theirs.values()]


def test_every_example_of_the_table_is_found(root):
    table = yaml.safe_load((root / "knowledge" / "participants.yaml").read_text(encoding="utf-8"))
    for entry in table["nouns"]:
        words = entry["example"]["words"]
        cut = [words[start:end] for start, end in find_words(words, Span(0, len(words)))]
        head = load_participants().lexicon.find(cut)
        assert head is not None, entry["idea"]
        assert entry["idea"] in head.ideas
        kind = entry["example"]["type"]
        assert head.type is (EntityType(kind) if kind else None), entry["idea"]


WORDS = st.sampled_from(
    "The the a ten rebels soldiers army they their it shelled killed camp Vellin - , . and of "
    "dozens people Estonian gas head \n\n".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=4, max_size=40), st.data())
def test_events_change_no_other_entity(words, data):
    text = " ".join(words)
    starts = st.integers(0, len(text) - 2)
    marks = sorted({data.draw(starts) for _ in range(4)})
    ends = [min(at + 12, after) for at, after in zip(marks, [*marks[1:], len(text)], strict=True)]
    letters = [data.draw(st.sampled_from("atvip")) for _ in marks]
    if not encoder:
        encoder.append(Encoder.open())
    marked = "".join(
        f"[{letter} {text[at:end]}]{text[end:after]}"
        for letter, at, end, after in zip(
            letters, marks, ends, [*marks[1:], len(text)], strict=True
        )
        if end > at
    )
    text, events, _ = read_events(marked)
    analysis = encoder[0].read(text, find_sentences(text))
    before, claims = find_entities(text, analysis, (OWN,), None)
    after, same_claims = find_entities(text, analysis, (OWN,), None, events)
    assert claims == same_claims
    assert after == find_entities(text, analysis, (OWN,), None, events)[0]
    assert [one.id for one in after] == [f"n{n}" for n in range(1, len(after) + 1)]
    by_name = [(one.name, one.type, set(one.mentions)) for one in after]
    for one in before:
        assert any(
            (one.name, one.type) == (name, kind) and mentions >= set(one.mentions)
            for name, kind, mentions in by_name
        )
