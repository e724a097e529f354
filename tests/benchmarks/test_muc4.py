import json

import pytest

from allegata.types import Act, Claim, Entity, EntityType, Quotation, Reading
from benchmarks.quality import muc4
from benchmarks.quality.event_readings import as_document
from benchmarks.quality.muc4 import count_fillers, find_fillers, measure_muc4, plain
from benchmarks.quality.tally import Tally
from tests.benchmarks.made import event, span

TEXT = "GUERRILLAS OF THE FRONT BOMBED THE BANK WITH DYNAMITE AND KILLED JUDGE ANA SILVA."
OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "hand")
FRONT = Entity("n1", "THE FRONT", EntityType.ARMED_GROUP, (span(TEXT, "THE FRONT"),))
SILVA = Entity("n2", "ANA SILVA", EntityType.PERSON, (span(TEXT, "ANA SILVA"),))


def reading(*events):
    return Reading(as_document("a", TEXT), (OWN,), (FRONT, SILVA), events)


def fillers(**roles):
    return {role: [frozenset(one) for one in entities] for role, entities in roles.items()}


def test_events_as_role_fillers():
    found = find_fillers(
        reading(
            event(
                TEXT,
                "bombing",
                "BOMBED",
                actor="GUERRILLAS",
                target="THE BANK",
                instrument="DYNAMITE",
            ),
            event(TEXT, "killing", "KILLED", actor="THE FRONT", target="JUDGE ANA SILVA"),
        )
    )
    assert found == fillers(
        PerpInd=[["guerrillas"]],
        PerpOrg=[["front"]],
        Target=[["bank"]],
        Victim=[["ana silva"]],
        Weapon=[["dynamite"]],
    )


@pytest.mark.parametrize(
    "event",
    [
        event(TEXT, "bombing", "BOMBED", actor="GUERRILLAS", polarity="negative"),
        event(TEXT, "bombing", "BOMBED", actor="GUERRILLAS", modality="future"),
        event(TEXT, "talks", "BOMBED", actor="GUERRILLAS"),
        event(TEXT, "killing", "KILLED", target="GUERRILLAS"),  # a victim without a name
    ],
)
def test_what_fills_no_role(event):
    assert not any(find_fillers(reading(event)).values())


@pytest.mark.parametrize(
    ("gold", "read", "right"),
    [
        ([["bank", "central bank"]], [["bank"]], 1),
        # Two mentions of one entity are one right and one wrong.
        ([["bank", "central bank"]], [["bank"], ["central bank"]], 1),
        ([["bank"]], [["the bank"]], 0),
        # The first prediction leaves the entity that it shares to the second.
        ([["a", "b"], ["a"]], [["a"], ["b"]], 2),
        ([["a"], ["a", "b"]], [["a"], ["b"]], 2),
        ([], [["bank"]], 0),
    ],
)
def test_entities_are_assigned_one_to_one(gold, read, right):
    figures = count_fillers(fillers(Target=gold), fillers(Target=read))
    assert figures["Target"] == Tally(right, len(read), len(gold))
    assert figures["role fillers"] == figures["Target"]


def test_words_are_compared_as_published():
    assert plain('The "Santo Tomas" farm, an ARMY\'s') == "santo tomas farm armys"


def test_entities_of_all_templates_are_one_set(tmp_path, monkeypatch):
    templates = [
        {"PerpInd": [[["guerrillas", 0]]], "Target": [[["bank", 5], ["central bank", 0]]]},
        {"PerpInd": [[["guerrillas", 0]]], "Target": [[["bank", 5]]], "Weapon": []},
    ]
    (tmp_path / "doc_dev").write_text(json.dumps({"docid": "d", "text": "A\nBANK\n\nFELL"}) + "\n")
    (tmp_path / "dev.json").write_text(json.dumps({"docid": "d", "templates": templates}) + "\n")
    seen = {}

    def read_all(documents, weights):
        seen.update(documents)
        return {"d": reading()}

    monkeypatch.setattr(muc4, "read_all", read_all)
    measured = measure_muc4(tmp_path)
    assert measured.total("role fillers") == Tally(0, 0, 2)
    assert seen["d"].text == "A BANK\n\nFELL"


@pytest.mark.shared
def test_the_gold_entities_are_as_many_as_published(shared, monkeypatch):
    monkeypatch.setattr(muc4, "read_all", lambda documents, _: dict.fromkeys(documents, reading()))
    assert measure_muc4(shared / "corpora" / "muc4").total("role fillers").gold == 475
