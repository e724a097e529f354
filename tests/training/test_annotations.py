"""The annotations of events: numbers without text, words that stand where they are said to."""

import json
import random

import pytest

from allegata.types import CountKind, EventKind, Modality, Role
from training.annotating import Fault, find_words, resolve_passage
from training.event_marks import KINDS, MODALITIES, ROLES
from training.events import ANNOTATIONS, digest
from training.exchange import exchange
from training.written import read_written

SENTENCES = [
    "Two rockets hit a market in Zarfa on Friday , killing nine people .".split(),
    "The Front denied the attack ; the attack was a lie , it said .".split(),
]


def resolved(*lines: str) -> list[object]:
    return list(resolve_passage("x-1", list(enumerate(lines, start=1)), SENTENCES))


def test_label_sets_are_those_of_the_contract() -> None:
    assert set(KINDS) == {kind.value for kind in EventKind}
    assert set(MODALITIES) == {modality.value for modality in Modality}
    parts = {role.value for role in Role} | {kind.value for kind in CountKind} | {"time"}
    assert set(ROLES) == parts


def test_a_line_becomes_word_numbers() -> None:
    (entry,) = resolved(
        "1 shelling | hit | target=a market in Zarfa | killed=nine people | ep=a",
        "2 attack | attack@2 | neg | mod=hypothetical | actor=The Front | ep=b",
    )
    assert isinstance(entry, dict)
    assert entry["events"] == [
        ("shelling", 2, 3, 0, "actual", 0, [("target", 3, 7), ("killed", 11, 13)]),
        ("attack", 21, 22, 1, "hypothetical", 1, [("actor", 14, 16)]),
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("1 shelling | fired | ep=a", "no words 'fired'"),
        ("1 rain | hit | ep=a", "no kind 'rain'"),
        ("9 shelling | hit | ep=a", "list index out of range"),
        ("1 shelling | hit | victim=nine people", "no field 'victim=nine people'"),
        ("2 attack | attack@3", "no words 'attack'"),
    ],
)
def test_a_line_that_cannot_be_understood_is_a_fault(line: str, what: str) -> None:
    fault, entry = resolved(line)
    assert isinstance(fault, Fault)
    assert what in fault.what
    assert isinstance(entry, dict)
    assert entry["events"] == []


def test_of_repeated_words_the_nearest_is_taken() -> None:
    words = "the attack and the attack".split()
    assert find_words(words, "the attack", None) == (0, 2)
    assert find_words(words, "the attack", 4) == (3, 5)
    assert find_words(words, "the attack@2", 0) == (3, 5)


@pytest.mark.parametrize("path", sorted(ANNOTATIONS.glob("*.jsonl")), ids=lambda path: path.name)
def test_annotations_of_corpora_hold_no_text(path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        assert set(entry) == {"passage", "words", "events"}
        for kind, first, end, negative, modality, episode, roles in entry["events"]:
            assert kind in KINDS
            assert modality in MODALITIES
            assert negative in (0, 1)
            assert 0 <= first < end
            assert episode >= 0
            for role, start, stop in roles:
                assert role in ROLES
                assert 0 <= start < stop


def test_written_passages_can_all_be_read() -> None:
    passages = read_written()
    assert len(passages) > 100
    assert len({passage.name for passage in passages}) == len(passages)
    found = {KINDS[event.kind] for passage in passages for event in passage.events or ()}
    assert {"staging", "interception", "chemical_attack"} <= found
    for passage in passages:
        assert len(passage.words) > 20


def test_the_digest_changes_with_a_word() -> None:
    assert digest(SENTENCES) != digest([SENTENCES[0], SENTENCES[1][:-1]])


def test_sides_are_exchanged_consistently_and_word_for_word() -> None:
    text = "Syrian troops shelled the town ; Syrian officials and Hamas denied it , said SANA ."
    words = text.split()
    for seed in range(20):
        other = exchange(words, random.Random(seed))
        assert len(other) == len(words)
        assert other[0] == other[6]
        sides = ("Syrian", "troops", "Hamas", "SANA")
        kept = [at for at, word in enumerate(words) if word not in sides]
        assert [other[at] for at in kept] == [words[at] for at in kept]


def test_people_of_a_side_are_exchanged_with_their_capitals() -> None:
    words = "Rebels fired at soldiers , the rebels said .".split()
    found = [exchange(words, random.Random(seed)) for seed in range(20)]
    assert all(other[0].lower() == other[6] and other[0][0].isupper() for other in found)
    assert len({other[3] for other in found}) > 5


@pytest.mark.parametrize(
    ("text", "may_become_a_group"),
    [
        ("Sudan denied that it had fired .", True),
        ("Fighting in Sudan went on , Sudan said .", False),
        ("Sudan denied it , and Sudanese officials agreed .", False),
        ("The report from Darfur , Sudan spoke of fire .", False),
    ],
)
def test_a_country_becomes_a_group_only_where_it_is_no_place(
    text: str, may_become_a_group: bool
) -> None:
    at = text.split().index("Sudan")
    found = {exchange(text.split(), random.Random(seed))[at] for seed in range(200)}
    assert ("Hezbollah" in found or "RSF" in found or "Hamas" in found) is may_become_a_group
