"""Ids that stay while incidents grow, merge and split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.incidents.identity import ChangeKind, Continued, Known, continue_incidents


def go_on(groups: list[str], known: dict[str, str], issued: tuple[str, ...] = ()) -> Continued:
    """Groups and incidents as words whose letters are accounts; older incidents first."""
    sets = [frozenset(group) for group in groups]
    before = [Known(name, n, frozenset(group)) for n, (name, group) in enumerate(known.items())]
    return continue_incidents(sets, [min(group) for group in groups], before, issued)


@pytest.mark.parametrize(
    ("groups", "known", "kept", "changes"),
    [
        # grows, also by an account that sorts before its founder
        (["bcd"], {"i1": "bc"}, {"i1": "bcd"}, [("i1", "grew", None)]),
        (["abc"], {"i1": "bc"}, {"i1": "abc"}, [("i1", "grew", None)]),
        (["bc"], {"i1": "bc"}, {"i1": "bc"}, []),
        (["b"], {"i1": "bc"}, {"i1": "b"}, [("i1", "shrank", None)]),
        # merges: the larger one goes on, of equals the older
        (["abcde"], {"i1": "ab", "i2": "cde"}, {"i2": "abcde"},
         [("i1", "merged", "i2"), ("i2", "grew", None)]),
        (["abcd"], {"i1": "cd", "i2": "ab"}, {"i1": "abcd"},
         [("i1", "grew", None), ("i2", "merged", "i1")]),
        # nothing of it is left
        ([], {"i1": "ab"}, {}, [("i1", "dissolved", None)]),
    ],
)  # fmt: skip
def test_what_goes_on(groups, known, kept, changes):
    result = go_on(groups, known)
    assert result.accounts == {name: frozenset(group) for name, group in kept.items()}
    assert [(c.incident, c.kind.value, c.other) for c in result.changes] == changes


def test_of_a_split_the_largest_part_keeps_the_id():
    result = go_on(["ab", "cde"], {"i1": "abcde"})
    assert result.accounts["i1"] == frozenset("cde")
    (new,) = result.founders
    assert result.founders[new] == "a"
    assert {(c.incident, c.kind, c.other) for c in result.changes} == {
        ("i1", ChangeKind.SHRANK, None),
        (new, ChangeKind.SPLIT, "i1"),
    }


def test_a_new_id_is_none_that_was_issued_before():
    first = go_on(["ab"], {})
    (name,) = first.accounts
    again = go_on(["ab"], {}, issued=(name,))
    assert name not in again.accounts


def test_accounts_may_change_sides():
    result = go_on(["abx", "cdy"], {"i1": "abc", "i2": "dxy"})
    assert result.accounts == {"i1": frozenset("abx"), "i2": frozenset("cdy")}


letters = st.sets(st.sampled_from("abcdefghij"))


@st.composite
def partitions(draw):
    """Sets of letters that do not overlap."""
    places = draw(st.lists(st.integers(0, 4), min_size=10, max_size=10))
    groups: dict[int, str] = {}
    for letter, place in zip("abcdefghij", places, strict=True):
        if place:
            groups[place] = groups.get(place, "") + letter
    return list(groups.values())


@given(partitions(), partitions(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_nobody_is_lost(groups, before, rng):
    known = [Known(f"i{n}", n, frozenset(group)) for n, group in enumerate(before)]
    sets = [frozenset(group) for group in groups]
    result = continue_incidents(sets, [min(group) for group in groups], known)
    assert set(result.accounts.values()) == set(sets)
    assert len(result.accounts) == len(sets)
    shuffled = rng.sample(range(len(groups)), len(groups))
    again = continue_incidents(
        [sets[n] for n in shuffled],
        [min(groups[n]) for n in shuffled],
        rng.sample(known, len(known)),
    )
    assert again == result


@given(partitions(), st.data())
def test_one_that_only_grows_keeps_its_id(groups, data):
    sets = [frozenset(group) for group in groups]
    first = continue_incidents(sets, [min(group) for group in groups], [])
    known = [
        Known(name, n, group) for n, (name, group) in enumerate(sorted(first.accounts.items()))
    ]
    grown = [group | {f"new{n}"} for n, group in enumerate(sets)]
    second = continue_incidents(grown, [min(group) for group in grown], known)
    assert set(second.accounts) == set(first.accounts)
    assert all(first.accounts[name] < second.accounts[name] for name in first.accounts)
