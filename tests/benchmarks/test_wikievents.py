import json

import pytest

from allegata.types import EventKind, Role, Span
from benchmarks.quality.kairos import KINDS, MAY, MUST, ROLES, fits
from benchmarks.quality.tally import Tally
from benchmarks.quality.wikievents import KairosArgument, KairosEvent, ReadEvent, score

TRIGGER, HEAD, OTHER = Span(10, 15), Span(0, 4), Span(30, 34)
BLAST = KairosEvent(
    "Conflict.Attack.DetonateExplode",
    TRIGGER,
    (KairosArgument("Attacker", HEAD, frozenset((OTHER,))), KairosArgument("Topic", OTHER)),
)


def figures(golds, events):
    return {name: (t.right, t.predicted, t.gold) for name, t in score(golds, events).items()}


def test_an_event_with_its_argument():
    found = figures([BLAST], [ReadEvent("bombing", TRIGGER, (("actor", HEAD),))])
    assert set(found.values()) == {(1, 1, 1)}


def test_another_mention_of_the_same_counts_by_entity():
    found = figures([BLAST], [ReadEvent("bombing", TRIGGER, (("actor", OTHER),))])
    assert found["argument identification"] == (0, 1, 1)
    assert found["argument classification, by entity"] == (1, 1, 1)


def test_a_wrong_kind_takes_its_arguments_along():
    found = figures([BLAST], [ReadEvent("talks", TRIGGER, (("actor", HEAD),))])
    assert found["triggers"] == (1, 1, 1)
    assert found["triggers and types"] == (0, 1, 1)
    assert found["argument classification"] == (0, 1, 1)
    assert found["argument classification, of triggers found"] == (0, 0, 0)


def test_a_wrong_role_is_identified_and_not_classified():
    found = figures([BLAST], [ReadEvent("attack", TRIGGER, (("target", HEAD),))])
    assert found["argument identification"] == (1, 1, 1)
    assert found["argument classification"] == (0, 1, 1)


@pytest.mark.parametrize(
    ("type_", "kind", "triggers"),
    [
        # Partly covered: may be read, need not.
        ("Contact.Contact.Broadcast", "talks", (0, 0, 0)),
        ("Contact.Contact.Broadcast", None, (0, 0, 0)),
        ("Contact.Contact.Meet", "talks", (1, 1, 1)),
        # Covered by no kind of ours, and read all the same.
        ("Disaster.DiseaseOutbreak.Unspecified", "harm", (0, 1, 0)),
        # Of a kind that the ontology does not have.
        ("Disaster.DiseaseOutbreak.Unspecified", "sanction", (0, 0, 0)),
    ],
)
def test_what_is_to_be_found_and_what_may_be(type_, kind, triggers):
    events = [ReadEvent(kind, TRIGGER, ())] if kind else []
    assert score([KairosEvent(type_, TRIGGER, ())], events)["triggers"] == Tally(*triggers)


def test_a_type_stands_for_those_below_it():
    assert fits("Life.Die.Unspecified", ("Life.Die",))
    assert not fits("Life.DieHard.Unspecified", ("Life.Die",))


def test_the_tables_speak_of_our_kinds_and_roles():
    assert set(KINDS) <= {kind.value for kind in EventKind}
    assert set(ROLES) == {role.value for role in Role}
    assert not set(MUST) & set(MAY)


@pytest.mark.shared
def test_the_tables_speak_of_the_ontology(shared):
    path = shared / "corpora" / "wikievents" / "event_role_KAIROS.json"
    ontology = json.loads(path.read_text(encoding="utf-8"))
    for name in {*MUST, *MAY}:
        assert any(fits(one, (name,)) for one in ontology), name
    roles = {role for one in ontology.values() for role in one["roles"]}
    assert {name for names in ROLES.values() for name in names} <= roles
