"""Who affirms, who denies, who blames whom: from acts, polarity and modality."""

import random
from datetime import date, timedelta

import pytest

from allegata.incidents.dossier import build_dossier
from allegata.incidents.plain import plain_dossier
from allegata.incidents.positions import find_positions
from allegata.incidents.ranges import gather_counts, range_of
from allegata.incidents.responsibility import find_responsibility
from allegata.types import Act, CountKind, EventKind, Modality, Polarity
from allegata.types.incident import CopyKind, CopyLink, PositionKind
from tests.incidents.made import DAY, FAR, statement

STATE, DENY = Act.STATE, Act.DENY
NEGATIVE = Polarity.NEGATIVE
KILLED = CountKind.KILLED


@pytest.mark.parametrize(
    ("act", "polarity", "modality", "kind"),
    [
        ("state", "positive", "actual", "affirms"),
        ("confirm", "positive", "actual", "affirms"),
        ("admit", "positive", "actual", "affirms"),
        ("accuse", "positive", "actual", "affirms"),
        ("condemn", "positive", "actual", "affirms"),
        ("state", "negative", "actual", "denies"),
        ("deny", "negative", "actual", "denies"),
        ("deny", "positive", "actual", "denies"),
        ("doubt", "positive", "actual", "doubts"),
        ("ask", "positive", "actual", "doubts"),
        ("state", "positive", "hypothetical", "supposes"),
        ("doubt", "positive", "hypothetical", "doubts"),
        ("state", "positive", "future", "predicts"),
        ("predict", "positive", "future", "predicts"),
        ("threaten", "positive", "future", "predicts"),
        ("demand", "positive", "future", "demands"),
        ("demand", "positive", "actual", "affirms"),  # "condemn the attack" takes it for granted
        ("state", "positive", "attempted", "affirms"),
    ],
)
def test_what_the_innermost_source_holds(act, polarity, modality, kind):
    one = statement(
        "r1", ("the ministry", Act(act)), polarity=Polarity(polarity), modality=Modality(modality)
    )
    held = {p.holder.name: p.kind for p in find_positions([one])}
    assert held["the ministry"] is PositionKind(kind)
    assert held["The Post"] is PositionKind.REPEATS


def positions(*statements):
    return {(p.holder.name, p.kind) for p in find_positions(statements)}


def test_an_outlet_in_its_own_voice_affirms():
    assert positions(statement("r1")) == {("The Post", PositionKind.AFFIRMS)}


def test_who_denies_anothers_report_denies_it():
    told = statement("r1", ("the army", DENY), ("the radio", STATE))
    assert ("the army", PositionKind.DENIES) in positions(told)
    assert ("the radio", PositionKind.AFFIRMS) in positions(told)


def test_that_nobody_died_is_no_denial():
    toll = statement("r1", ("a doctor", STATE), kind=EventKind.KILLING, polarity=NEGATIVE)
    assert positions(toll) == set()


def test_nobody_named_is_told_as_nobody():
    assert ("nobody named", PositionKind.AFFIRMS) in positions(statement("r1", ("-", STATE)))


def test_the_same_holder_in_many_reports_is_one():
    many = [statement(f"r{n}", ("!ministry", STATE), by=f"Outlet {n}") for n in range(5)]
    (only,) = [p for p in find_positions(many) if p.kind is PositionKind.AFFIRMS]
    assert len(only.statements) == 5


def test_order_does_not_matter():
    many = [
        statement("r1", ("!ministry", STATE), actors=("!rebels",), counts=((KILLED, 3, 3),)),
        statement("r2", ("!rebels", DENY), polarity=NEGATIVE, actors=("!rebels",)),
        statement("r3", by="Echo", counts=((KILLED, 5, None),)),
        statement("r4", ("?a doctor", STATE), kind=EventKind.KILLING),
    ]  # fmt: skip
    wanted = build_dossier("i1", many)
    for seed in range(5):
        random.Random(seed).shuffle(many)
        assert build_dossier("i1", many) == wanted


def test_both_sides_may_hold_that_it_happened_and_blame_each_other():
    told = [
        statement("r1", ("!army", STATE), actors=("!rebels",)),
        statement("r2", ("!rebels", STATE), actors=("!army",)),
    ]
    found = {(r.holder.name, r.actor_name, r.kind, r.admits) for r in find_responsibility(told)}
    assert found == {
        ("army", "rebels", PositionKind.AFFIRMS, False),
        ("rebels", "army", PositionKind.AFFIRMS, False),
    }
    kinds = [one.kind.value for one in build_dossier("i1", told).contradictions]
    assert kinds == ["blame"]


def test_who_speaks_of_itself_admits_or_denies():
    admitted = statement("r1", ("!rebels", Act.ADMIT), actors=("!rebels",))
    denied = statement("r2", ("!army", DENY), polarity=NEGATIVE, actors=("!army",))
    found = {r.holder.name: (r.kind, r.admits) for r in find_responsibility([admitted, denied])}
    assert found == {"rebels": (PositionKind.AFFIRMS, True), "army": (PositionKind.DENIES, False)}


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ([("a", 12, 12)], 12, 12),
        ([("a", 12, 12), ("b", 40, 50)], 12, 50),
        ([("a", 65, None), ("b", 40, 50)], 40, None),  # at least 65 has no upper end
        ([("a", 5, 5), ("a", 9, 9)], 9, 9),  # the last of each counts
        ([("a", None, 30)], None, 30),
        ([("a", 0, 0)], 0, 0),
    ],
)
def test_ranges_over_what_each_source_gave_last(given, low, high):
    told = [
        statement(f"r{n}", (name, STATE), counts=((KILLED, a, b),), published=date(2021, 5, 4 + n))
        for n, (name, a, b) in enumerate(given)
    ]
    span = range_of(gather_counts(told), KILLED)
    assert (span.low, span.high) == (low, high)


def test_no_number_is_no_range():
    assert range_of(gather_counts([statement("r1")]), KILLED) is None


@pytest.mark.parametrize(
    ("first", "second", "days", "found"),
    [
        ((12, 12), (40, 50), 0, True),
        ((12, 12), (12, None), 0, False),
        ((12, 12), (20, 20), 2, False),  # a toll that grows
        ((20, 20), (12, 12), 2, True),  # one that shrinks within days
        ((20, 20), (12, 12), 30, False),
    ],
)
def test_numbers_that_do_not_go_together(first, second, days, found):
    told = [
        statement("r1", ("a", STATE), counts=((KILLED, *first),)),
        statement("r2", ("b", STATE), counts=((KILLED, *second),),
                  published=date.fromordinal(DAY.toordinal() + days)),
    ]  # fmt: skip
    kinds = {one.kind.value for one in build_dossier("i1", told).contradictions}
    assert ("count" in kinds) == found


def test_means_and_places_that_do_not_go_together():
    from tests.incidents.made import FAR

    told = [
        statement("r1", ("a", STATE), kind=EventKind.AIR_STRIKE),
        statement("r2", ("b", STATE), kind=EventKind.SHELLING, where=FAR),
    ]
    kinds = {one.kind.value for one in build_dossier("i1", told).contradictions}
    assert kinds == {"means", "place"}


def test_contradictions_stay_few_with_many_sources():
    told = [statement(f"r{n}", (f"s{n}", STATE), by=f"o{n}") for n in range(100)]
    told += [statement(f"d{n}", (f"d{n}", DENY), polarity=NEGATIVE) for n in range(75)]
    found = build_dossier("i1", told).contradictions
    assert 0 < len(found) <= 20


@pytest.mark.parametrize(
    ("told", "grade"),
    [
        ([statement("r1", ("a", STATE))], "weak"),
        ([statement("r1", ("a", STATE), actors=("!x",)), statement("r2", ("b", STATE))], "fair"),
        ([statement(f"r{n}", (f"s{n}", STATE)) for n in range(3)], "fair"),
        ([statement("r1", ("a", STATE)), statement("r2", ("b", DENY))], "contested"),
        ([statement("r1", ("a", STATE), actors=("!x",)),
          statement("r2", ("b", STATE), actors=("!y",))], "contested"),
        ([statement("r1", ("a", STATE), actors=("!x",)),
          statement("r2", ("!x", DENY), polarity=NEGATIVE, actors=("!x",))], "contested"),
        ([statement("r1", ("!x", Act.ADMIT), actors=("!x",), counts=((KILLED, 2, 2),))],
         "confirmed"),
        ([statement("r1", ("!x", Act.ADMIT), actors=("!x",))], "fair"),
        ([statement("r1", ("a", STATE), targets=("?fighters",),
                    counts=((KILLED, 3, 3),))], "discounted"),
        ([statement("r1", ("a", Act.PREDICT), modality=Modality.FUTURE)], "ungraded"),
        ([statement("r1", ("-", STATE))], "ungraded"),
    ],
)  # fmt: skip
def test_suggested_grades(told, grade):
    grading = build_dossier("i1", told).grading
    assert grading.grade.value == grade
    assert "is suggested, since" in grading.words
    assert all(value.isdigit() for _, value in grading.inputs)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"where": FAR}, "place"),
        ({"day": DAY + timedelta(days=9)}, "time"),
        ({"kind": EventKind.AIR_STRIKE}, "means"),
        ({"counts": ((CountKind.KILLED, 90, 90),), "published": DAY}, "count"),
    ],
)
def test_what_the_last_of_many_sources_says_is_compared_too(changed, kind):
    many = [
        statement(f"r{n:04}", (f"source {n}", STATE), counts=((CountKind.KILLED, 12, 12),))
        for n in range(300)
    ]
    counts = {"counts": ((CountKind.KILLED, 12, 12),)}
    last = statement("r9999", ("the last source", STATE), **(counts | changed))
    assert build_dossier("i1", many).contradictions == ()
    found = build_dossier("i1", [*many, last]).contradictions
    assert [one.kind.value for one in found] == [kind]
    assert last.id in (found[0].one, found[0].other)


def test_copies_do_not_raise_the_number_of_origins():
    told = [statement("r1", by="Wire"), statement("r2", by="Daily"), statement("r3", by="Echo")]
    links = [
        CopyLink("r1", name, CopyKind.WHOLE, 0.9, "90 % of its words") for name in ("r2", "r3")
    ]
    alone = build_dossier("i1", told).origins
    copied = build_dossier("i1", told, links).origins
    assert (alone.n_independent, alone.n_own_texts) == (3, 3)
    assert (copied.n_reports, copied.n_independent, copied.n_own_texts) == (3, 1, 1)


def test_the_title_names_its_holders():
    told = [
        statement("r1", ("!ministry", STATE)),
        statement("r2", ("!rebels", DENY), polarity=NEGATIVE),
    ]
    title = build_dossier("i1", told).title
    assert title == "Ministry alleges shelling in Torvik on 4 May 2021; rebels deny it"


def test_a_dossier_as_json_keeps_words_and_holders():
    import json

    told = [statement("r1", ("!ministry", STATE), actors=("!rebels",))]
    plain = json.loads(json.dumps(plain_dossier(build_dossier("i1", told))))
    (one,) = plain["statements"]
    assert [voice["holder"]["name"] for voice in one["chain"]] == ["The Post", "ministry"]
    assert one["passage"]["text"][: one["passage"]["end"]] == told[0].words


@pytest.mark.parametrize(
    ("outer", "inner", "polarity", "kind"),
    [
        ("confirm", "state", "positive", "affirms"),
        ("confirm", "deny", "positive", "denies"),
        ("confirm", "state", "negative", "denies"),
        ("admit", "deny", "positive", "denies"),
        ("confirm", "doubt", "positive", "doubts"),
        ("deny", "state", "positive", "denies"),
        ("deny", "deny", "positive", "doubts"),
        ("deny", "state", "negative", "doubts"),
        ("doubt", "state", "positive", "doubts"),
        ("state", "deny", "positive", "repeats"),
        ("condemn", "state", "positive", "repeats"),
    ],
)
def test_what_one_holds_about_what_another_holds(outer, inner, polarity, kind):
    one = statement("r1", ("A", Act(outer)), ("B", Act(inner)), polarity=Polarity(polarity))
    held = {p.holder.name: p.kind for p in find_positions([one])}
    assert held["A"] is PositionKind(kind)


@pytest.mark.parametrize("outer", list(Act))
@pytest.mark.parametrize("inner", [Act.DENY, Act.DOUBT])
def test_a_denial_is_never_support(outer, inner):
    one = statement("r1", ("A", outer), ("B", inner))
    assert PositionKind.AFFIRMS not in {p.kind for p in find_positions([one])}


def test_who_denies_in_the_middle_denies_the_blame():
    one = statement("r1", ("!x", DENY), ("!army", STATE), actors=("!x",))
    found = {(r.holder.name, r.kind) for r in find_responsibility([one])}
    assert found == {("x", PositionKind.DENIES), ("army", PositionKind.AFFIRMS)}


@pytest.mark.parametrize(
    ("targets", "grade"),
    [
        (("?fighters",), "discounted"),
        (("?three rebel fighters from the north",), "discounted"),
        (("?wives of fighters",), "weak"),
        (("?fighters and residents",), "weak"),
        (("?fighters", "?residents"), "weak"),
        (("?children",), "weak"),
    ],
)
def test_only_combatants_are_combatants(targets, grade):
    told = statement("r1", ("a", STATE), targets=targets, counts=((KILLED, 3, 3),))
    assert build_dossier("i1", [told]).grading.grade.value == grade


def test_who_is_asked_to_speak_has_not_spoken():
    """ "The ministry asked the council to condemn the shelling": the council said nothing."""
    one = statement("r1", ("!ministry", Act.DEMAND), ("!council", Act.CONDEMN))
    held = {p.holder.name: p.kind for p in find_positions([one])}
    assert held == {"ministry": PositionKind.AFFIRMS, "The Post": PositionKind.REPEATS}
    assert one.holder.name == "ministry"


@pytest.mark.parametrize("outer", [Act.PREDICT, Act.THREATEN, Act.PROMISE, Act.ASK, Act.DEMAND])
def test_what_another_may_say_is_left_open(outer):
    one = statement("r1", ("A", outer), ("B", STATE))
    held = {p.holder.name: p.kind for p in find_positions([one])}
    assert held["A"] is PositionKind.DOUBTS
    assert "B" not in held


def test_an_outlet_that_the_tables_know_is_no_side():
    from dataclasses import replace

    from allegata.types import EntityType

    one = statement("r1", ("!x", STATE), actors=("!sy/state-media",))
    media = replace(one.parties[0], type=EntityType.MEDIA)
    assert find_responsibility([replace(one, parties=(media,))]) == ()


def test_what_does_not_go_together_is_told_by_kind_and_once():
    told = [
        statement("r1", ("!army", STATE), actors=("!x",)),
        statement("r2", ("!monitor", STATE), actors=("!x",), by="Echo"),
        statement("r3", ("!x", DENY), polarity=NEGATIVE, actors=("!x",), by="Wire"),
    ]
    found = build_dossier("i1", told).contradictions
    assert [one.kind.value for one in found] == ["occurrence", "blame"]


def test_one_passage_may_hold_both():
    one = statement("r1", ("!x", DENY), ("!army", STATE), actors=("!x",))
    kinds = {c.kind.value: (c.one, c.other) for c in build_dossier("i1", [one]).contradictions}
    assert kinds == {"occurrence": ("r1#e1", "r1#e1"), "blame": ("r1#e1", "r1#e1")}


@pytest.mark.parametrize(
    ("told", "n"),
    [
        # bodies of one state are one side, and so is what the state owns
        ([statement("r1", ("!xx/army", STATE)), statement("r2", ("!xx/ministry", STATE))], 1),
        ([statement("r1", ("!xx", STATE)), statement("r2", ("!yy", STATE))], 2),
        # whom one outlet alone cites without a name stands and falls with it
        ([statement("r1", ("?a doctor", STATE)), statement("r2", ("?a driver", STATE))], 1),
        ([statement("r1", ("?a doctor", STATE)), statement("r2", ("?a nurse", STATE), by="B")], 2),
        # those that deny are no origin of what is affirmed
        ([statement("r1", ("!xx", STATE)), statement("r2", ("!yy", DENY))], 1),
        # what an outlet says in the words of an earlier report goes back to whom that one names
        ([statement("r1", ("!xx", STATE)),
          statement("r2", by="Echo", published=date(2021, 5, 6))], 1),
    ],
)  # fmt: skip
def test_independent_origins(told, n):
    assert build_dossier("i1", told).origins.n_independent == n
