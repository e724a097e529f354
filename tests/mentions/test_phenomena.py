"""Who a source refers to, by phenomenon: invented texts, marked in `phenomena.yaml`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from allegata.encoder import Encoder
from allegata.mentions import find_entities
from allegata.sentences import find_sentences
from allegata.types import Claim, Entity, EntityType
from tests.mentions.marked import Marked, read_marked

TABLE = Path(__file__).with_name("phenomena.yaml")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open()


def rows() -> Iterator[tuple[str, str]]:
    for phenomena in yaml.safe_load(TABLE.read_text(encoding="utf-8")):
        for phenomenon, texts in phenomena.items():
            yield from ((phenomenon, text) for text in texts)


def resolve(
    encoder: Encoder, doc: Marked, publisher: str | None = None
) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
    analysis = encoder.read(doc.text, find_sentences(doc.text))
    return find_entities(doc.text, analysis, doc.claims, publisher)


@pytest.mark.parametrize(("phenomenon", "marked"), list(rows()))
def test_a_source_refers_to_who_speaks(encoder, phenomenon, marked):
    doc = read_marked(marked)
    entities, claims = resolve(encoder, doc)
    mentions = {entity.id: entity.mentions for entity in entities}
    seen = set()
    for claim in claims[1:]:
        if claim.source is None:
            continue
        antecedent = doc.antecedents.get(claim.id)
        if phenomenon == "nobody":
            assert claim.entity is None
        elif antecedent is None:
            assert claim.entity is not None
            assert claim.entity not in seen
        else:
            found = mentions[claim.entity]
            assert any(
                antecedent in one or (one in antecedent and one.start == antecedent.start)
                for one in found
            )
        seen.add(claim.entity)


@pytest.mark.parametrize(
    ("marked", "name", "kind"),
    [
        ("[S1 Ana Bekele, the governor of the province,] said [C1 x].", "Ana Bekele", "person"),
        ("[S1 The head of the clinic, Dr Lin Sorbo,] said [C1 x].", "Lin Sorbo", "person"),
        ("[S1 Interior minister Paulo Vidigal] said [C1 x].", "Paulo Vidigal", "person"),
        ("[S1 The Ministry of Water] said [C1 x].", "Ministry of Water", "government"),
        ("[S1 The army] said [C1 x].", "The army", "government"),
        ("[S1 State television] said [C1 x].", "State television", "media"),
        ("[S1 Medics] said [C1 x].", "Medics", "population"),
        ("[S1 The insurgents] said [C1 x].", "The insurgents", "armed_group"),
        ("[S1 Two officials] said [C1 x].", "Two officials", "government"),
        ("[S1 A senior official] said [C1 x].", "A senior official", "person"),
        ("[S1 The teachers' union] said [C1 x].", "The teachers' union", "organisation"),
    ],
)
def test_entities_have_a_name_and_a_type(encoder, marked, name, kind):
    entities, claims = resolve(encoder, read_marked(marked))
    entity = next(one for one in entities if one.id == claims[1].entity)
    assert (entity.name, entity.type) == (name, EntityType(kind))


def test_stated_aliases_come_with_the_words_that_state_them(encoder):
    doc = read_marked(
        "[S1 The Black Banner] said [C1 it held the port].\n\n"
        "*Black Banner (aka Marsh Front/MF) is outlawed."
    )
    entities, claims = resolve(encoder, doc)
    entity = next(one for one in entities if one.id == claims[1].entity)
    assert {alias.name for alias in entity.aliases} >= {"Marsh Front", "MF"} - {entity.name}
    words = "Black Banner (aka Marsh Front/MF)"
    assert {alias.evidence.words(doc.text) for alias in entity.aliases} == {words}


def test_we_outside_quotation_marks_is_the_publisher(encoder):
    doc = read_marked("[S1 We] understand [C1 that the harbour will stay shut].")
    entities, claims = resolve(encoder, doc, "Velmar Wire")
    assert claims[1].entity == claims[0].entity == entities[0].id
    assert entities[0].name == "Velmar Wire"


def test_claims_are_otherwise_left_as_they_are(encoder):
    doc = read_marked("[S1 The army] said [C1 that [S2 it] denied [C2 the raid]].")
    _, claims = resolve(encoder, doc)
    assert [(one.id, one.parent, one.source) for one in claims] == [
        (one.id, one.parent, one.source) for one in doc.claims
    ]


def test_a_text_without_words_has_no_entities(encoder):
    assert resolve(encoder, Marked("")) == ((), Marked().claims)
