"""Accounts that are one happening and accounts that are not; groups that hang on the set alone."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from allegata.incidents.blocking import account_keys
from allegata.incidents.clustering import cluster
from allegata.incidents.comparing import compare, explain
from allegata.incidents.features import Days, Features, Spot
from allegata.types import EventKind

DAY = 737_000
TOWN = Spot("town", 10.0, 10.0, 3.0, "XA", is_area=False)
NEXT_TOWN = Spot("next", 10.9, 10.0, 3.0, "XA", is_area=False)
PROVINCE = Spot("province", 10.1, 10.1, 50.0, "XA", is_area=True)
ABROAD = Spot("abroad", 10.0, 40.0, 3.0, "XB", is_area=False)
WORDS = frozenset({"market", "shell", "trader", "morning", "stall", "wounded", "fired", "mortar"})

BASE = Features(
    account="a/p1",
    report="a",
    published=DAY + 1,
    kinds=frozenset({EventKind.SHELLING, EventKind.KILLING}),
    days=Days(DAY, DAY, is_exact=True),
    spots=(TOWN,),
    actors=frozenset({"name:rebels"}),
    targets=frozenset({"trader"}),
    counts=(("killed", 7, 7),),
    words=WORDS,
)
OTHER = replace(BASE, account="b/p1", report="b")


@pytest.mark.parametrize(
    "other",
    [
        OTHER,
        # A rival account: other doers, other means, other numbers.
        replace(OTHER, actors=frozenset({"name:army"}), counts=(("killed", 9, 9),)),
        replace(OTHER, kinds=frozenset({EventKind.STAGING}), actors=frozenset({"name:rescuers"})),
        replace(OTHER, kinds=frozenset({EventKind.CHEMICAL_ATTACK}), actors=frozenset()),
        # Known by the day of publication, and by the province.
        replace(OTHER, days=Days(None, DAY + 1, is_exact=False)),
        replace(OTHER, spots=(PROVINCE,)),
    ],
)
def test_one_happening(other: Features) -> None:
    assert compare(BASE, other) > 0
    assert set(account_keys(BASE)) & set(account_keys(other))


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, days=Days(DAY + 5, DAY + 5, is_exact=True)),
        # Told before it happened.
        replace(OTHER, days=Days(None, DAY - 3, is_exact=False)),
        replace(OTHER, spots=(NEXT_TOWN,), targets=frozenset({"farmer"})),
        replace(OTHER, kinds=frozenset({EventKind.TALKS})),
        replace(OTHER, spots=(ABROAD,), counts=(), words=frozenset({"border", "post", "truck"})),
        # The other side's fire on the same day, by other means.
        replace(
            OTHER,
            kinds=frozenset({EventKind.AIR_STRIKE}),
            actors=frozenset({"name:army"}),
            targets=frozenset({"clinic"}),
            counts=(("killed", 30, None),),
            words=frozenset(
                {"clinic", "plane", "ward", "rubble", "night", "doctor", "bed", "roof"}
            ),
        ),
    ],
)
def test_other_happenings(other: Features) -> None:
    assert compare(BASE, other) <= 0


def test_it_is_the_same_in_both_directions() -> None:
    assert compare(BASE, OTHER) == compare(OTHER, BASE)
    assert explain(BASE, OTHER) == explain(OTHER, BASE)


def test_explanations() -> None:
    told = {evidence.name: evidence.words for evidence in explain(BASE, OTHER)}
    assert told == {
        "kinds agree": "both tell of killing, shelling",
        "times meet": "on the same day",
        "places meet": "at the same place",
        "targets agree": "both name trader",
        "actors agree": "both name rebels",
        "counts agree": "the same number killed: 7",
        "words agree": "100% of the words of the shorter one (morning, wounded, market, mortar)",
        "names agree": "no names to compare",
        "reports differ": "other reports",
    }


def _accounts(n_days: int, n_reports: int) -> dict[str, Features]:
    """A town that is shelled on each of some days, each told by some reports."""
    return {
        f"r{day}x{n}/p1": replace(
            BASE,
            account=f"r{day}x{n}/p1",
            report=f"r{day}x{n}",
            published=DAY + day,
            days=Days(DAY + day, DAY + day, is_exact=True),
            counts=(("killed", 5 + day, 5 + day),),
        )
        for day in range(n_days)
        for n in range(n_reports)
    }


def _group(features: dict[str, Features], seed: int = 0) -> tuple[frozenset[str], ...]:
    ties = [
        (one, other, weight)
        for one, other in combinations(features, 2)
        if (weight := compare(features[one], features[other])) > 0
    ]
    random.Random(seed).shuffle(ties)
    return cluster(features, ties)


def test_a_town_shelled_every_third_day_does_not_melt_into_one() -> None:
    features = {k: v for k, v in _accounts(9, 3).items() if int(k[1]) % 3 == 0}
    assert sorted(len(group) for group in _group(features)) == [3, 3, 3]


@pytest.mark.parametrize("seed", range(5))
def test_groups_hang_on_the_set_alone(seed: int) -> None:
    features = _accounts(4, 4)
    names = list(features)
    random.Random(seed).shuffle(names)
    assert _group({name: features[name] for name in names}, seed) == _group(features)


def test_every_account_stands_in_one_group() -> None:
    features = _accounts(4, 4)
    groups = _group(features)
    assert sorted(name for group in groups for name in group) == sorted(features)


def test_people_join_and_part() -> None:
    features = {"a/p1": BASE, "b/p1": OTHER}
    ties = [("a/p1", "b/p1", 3.0)]
    assert len(cluster(features, ties)) == 1
    assert len(cluster(features, ties, parted=[("b/p1", "a/p1")])) == 2
    assert len(cluster(features, [], joined=[("b/p1", "a/p1")])) == 1
