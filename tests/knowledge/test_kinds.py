"""Every kind has an entry, and every code in it is one that its code book knows."""

import json

import pytest

from allegata.documents import read_text
from allegata.errors import KnowledgeError
from allegata.knowledge import kinds as reading
from allegata.knowledge import load_table
from allegata.knowledge.kinds import load_kinds
from allegata.reading import Reader
from allegata.types import CountKind, EventKind, Role

# The values that the code books allow, so that the test runs without them.
PLOVER = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": (
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber"
    ),
    "ASSAULT": (
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack"
        " aerial drone heavy-weapons crowd-control unconventional"
    ),
}
ACLED = {
    "Battles": ("Government regains territory|Non-state actor overtakes territory|Armed clash"),
    "Protests": ("Excessive force against protesters|Protest with intervention|Peaceful protest"),
    "Riots": "Violent demonstration|Mob violence",
    "Explosions/Remote violence": (
        "Chemical weapon|Air/drone strike|Suicide bomb|Shelling/artillery/missile attack"
        "|Remote explosive/landmine/IED|Grenade"
    ),
    "Violence against civilians": "Sexual violence|Attack|Abduction/forced disappearance",
    "Strategic developments": (
        "Agreement|Arrests|Change to group/activity|Disrupted weapons use"
        "|Headquarters or base established|Looting/property destruction"
        "|Non-violent transfer of territory|Other"
    ),
}
CAMEO = {f"{root:02}" for root in range(1, 21)}
UCDP = {1, 2, 3}
AIRWARS = {
    "Airstrike",
    "Airstrike and/or Artillery",
    "Artillery",
    "Counter-Terrorism Action (Ground)",
    "Drone Strike",
    "Ground operation",
    "Mine",
    "Naval bombardment",
    "Sea Drone",
}

# Event types as the contract of the reading names them.
CONTRACT = {
    "COERCE": "abduction detention siege seizure displacement interception",
    "RETREAT": "withdrawal",
    "MOBILIZE": "deployment",
    "COOPERATE": "arms_transfer",
    "AID": "aid",
    "CONSULT": "talks",
    "AGREE": "agreement",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "": "election inquiry",
}


def test_every_kind_has_an_entry():
    assert set(load_kinds()) == set(EventKind)
    assert load_kinds() is load_kinds()


@pytest.mark.parametrize("kind", EventKind)
def test_the_codes_are_those_of_the_code_books(kind):
    known = load_kinds()[kind]
    if known.plover is not None:
        assert known.plover.mode is None or known.plover.mode in PLOVER[known.plover.event].split()
    if known.acled is not None:
        modes = ACLED[known.acled.event].split("|")
        assert known.acled.mode is None or known.acled.mode in modes
    assert known.cameo is None or known.cameo in CAMEO
    assert UCDP.issuperset(known.ucdp)
    assert known.airwars is None or known.airwars in AIRWARS


@pytest.mark.parametrize("kind", EventKind)
def test_the_event_type_of_plover_is_that_of_the_contract(kind):
    named = [event for event, kinds in CONTRACT.items() if kind.value in kinds.split()]
    plover = load_kinds()[kind].plover
    assert (plover.event if plover else "") == (named[0] if named else "ASSAULT")


@pytest.mark.parametrize("entry", load_table("kinds"), ids=lambda entry: entry["kind"])
def test_each_example_holds_its_trigger(entry):
    for example in entry["examples"]:
        assert set(example) == {"text", "trigger"}
        assert example["text"].count(example["trigger"]) == 1


def test_no_two_kinds_are_called_the_same():
    assert len({kind.label for kind in load_kinds().values()}) == len(EventKind)


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        (EventKind.KILLING, CountKind.KILLED),
        (EventKind.HARM, CountKind.INJURED),
        (EventKind.DISPLACEMENT, CountKind.DISPLACED),
        (EventKind.ARMS_TRANSFER, CountKind.ITEMS),
        # The number of those who shelled, or were shelled, says nothing of what became of them.
        (EventKind.SHELLING, None),
    ],
)
def test_what_a_number_of_targets_counts(kind, counts):
    assert load_kinds()[kind].counts is counts


@pytest.mark.parametrize(
    ("kind", "parts", "words"),
    [
        (
            EventKind.CHEMICAL_ATTACK,
            {Role.ACTOR: ["militants"], Role.TARGET: ["the quarter"]},
            "chemical attack by militants on the quarter",
        ),
        (
            EventKind.DETENTION,
            {Role.ACTOR: ["police"], Role.TARGET: ["two clerks", "an editor"]},
            "detention of two clerks and an editor by police",
        ),
        (
            EventKind.CLASH,
            {Role.ACTOR: ["the army", "rebels", "a militia"]},
            "clash between the army, rebels and a militia",
        ),
        (
            EventKind.WITHDRAWAL,
            {Role.ACTOR: ["the brigade"], Role.ORIGIN: ["the hills"]},
            "withdrawal of the brigade from the hills",
        ),
        (
            EventKind.ARMS_TRANSFER,
            {Role.INSTRUMENT: ["20 barrels"], Role.DESTINATION: ["the coast"]},
            "arms transfer of 20 barrels to the coast",
        ),
        # Nobody named, and a role that the kind does not name.
        (EventKind.TALKS, {Role.PLACE: ["the capital"]}, "talks"),
        (EventKind.HARM, {Role.TARGET: []}, "harm"),
    ],
)
def test_an_event_in_a_few_words(kind, parts, words):
    assert load_kinds()[kind].describe(parts) == words


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table[1:], "kinds.yaml: has no entry for chemical_attack. Add one."),
        (lambda table: [{"kind": "feast"}, *table], "kinds.json: lacks 'feast'"),
        (lambda table: [{"kind": "siege"}, *table], "kinds.json: lacks 'what'"),
        (lambda table: ["siege"], "kinds.json: lacks"),
    ],
)
def test_a_table_that_does_not_fit(monkeypatch, change, message):
    table = json.loads(json.dumps(load_table("kinds")))
    monkeypatch.setattr(reading, "load_table", lambda _: change(table))
    with pytest.raises(KnowledgeError, match=message):
        load_kinds.__wrapped__()


@pytest.mark.shared
def test_the_values_allowed_are_those_of_the_code_lists(shared):
    def read(name):
        return json.loads((shared / "codelists" / f"{name}.json").read_text(encoding="utf-8"))

    assert {
        event["event_type"]: " ".join(mode["mode"] for mode in event["modes"])
        for event in read("plover")["event_types"]
    } == PLOVER
    assert {
        event["event_type"]: "|".join(sub["sub_event_type"] for sub in event["sub_event_types"])
        for event in read("acled")["event_types"]
    } == ACLED
    roots = {row["cameo"][:2] for row in read("cameo2plover")["rows"]}
    assert roots | set(read("cameo2plover")["dropped_cameo_roots"]) == CAMEO
    assert {int(code) for code in read("ucdp_ged")["type_of_violence"]} == UCDP


LEAST_READ = 0.70
"""The share of examples in which the reader has to find the trigger with its kind."""


@pytest.mark.slow
def test_the_examples_are_read():
    examples = [
        (entry["kind"], example["trigger"], example["text"])
        for entry in load_table("kinds")
        for example in entry["examples"]
    ]
    reader = Reader()
    read = [
        any(
            event.kind.value == kind and event.trigger.words(text) == trigger
            for event in reader.read(read_text(text)).events
        )
        for kind, trigger, text in examples
    ]
    missed = [examples[at] for at, found in enumerate(read) if not found]
    assert sum(read) >= LEAST_READ * len(read), missed


def test_the_page_of_kinds_shows_the_table(root):
    page = (root / "docs" / "kinds.md").read_text(encoding="utf-8")
    for kind in load_kinds().values():
        cells = (
            f"`{kind.kind.value}`",
            kind.what,
            shown(kind.plover),
            shown(kind.acled),
            kind.cameo or "–",
            ", ".join(map(str, kind.ucdp)) or "–",
            kind.airwars or "–",
            f"`{kind.counts.value}`" if kind.counts else "–",
        )
        assert f"| {' | '.join(cells)} |" in page


def shown(code):
    if code is None:
        return "–"
    return f"{code.event}: {code.mode}" if code.mode else code.event
