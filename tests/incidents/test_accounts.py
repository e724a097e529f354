"""Statements of one report, sorted by the happening that they tell of."""

from dataclasses import replace
from datetime import date

import pytest

from allegata.incidents.accounts import make_accounts
from allegata.incidents.features import make_features
from allegata.types import Act, EventKind, Interval, Modality, Polarity, Precision, Quotation, Span
from allegata.types.statement import Holder, HolderKind, ReportedBy, Statement, Voice

OUTLET = Holder("name:herald", "Herald", HolderKind.OUTLET)
BY = ReportedBy("r1", "d1", OUTLET, None, "herald:1", date(2020, 5, 2), None)
OWN = Voice("c0", OUTLET, Act.STATE, Quotation.INDIRECT, None, None, None, None)


def _on(day: int) -> Interval:
    return Interval(date(2020, 5, day), date(2020, 5, day), Precision.DAY, None)


FIRST = Statement(
    id="r1#e1",
    by=BY,
    chain=(OWN,),
    event="e1",
    episode="p1",
    kind=EventKind.SHELLING,
    polarity=Polarity.POSITIVE,
    modality=Modality.ACTUAL,
    trigger=Span(10, 17),
    trigger_words="shelled",
    parties=(),
    place=None,
    time=_on(1),
    counts=(),
    count_words=(),
    passage=Span(0, 40),
    words="In the town the market of Dunholm was shelled.",
    confidence=0.9,
)


def _second(**changes: object) -> Statement:
    return replace(FIRST, id="r1#e2", event="e2", trigger=Span(60, 66), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "second",
    [
        _second(kind=EventKind.KILLING),
        _second(kind=EventKind.ATTACK),
        # "Bombed" is said of planes and of guns.
        _second(kind=EventKind.BOMBING),
        _second(polarity=Polarity.NEGATIVE),
        _second(time=None),
        _second(modality=Modality.FUTURE, time=None),
    ],
)
def test_one_account(second: Statement) -> None:
    (account,) = make_accounts((FIRST, second))
    assert account.id == "r1/p1"
    assert account.statements == (FIRST, second)


@pytest.mark.parametrize(
    "second",
    [_second(kind=EventKind.TALKS), _second(time=_on(9)), _second(kind=EventKind.SHOOTING)],
)
def test_an_episode_is_parted(second: Statement) -> None:
    accounts = make_accounts((FIRST, second))
    assert [account.id for account in accounts] == ["r1/p1", "r1/p1b"]


@pytest.mark.parametrize(
    "only",
    [
        replace(FIRST, modality=Modality.GENERIC),
        replace(FIRST, time=Interval(date(2019, 1, 1), date(2020, 1, 1), Precision.YEAR, None)),
    ],
)
def test_no_account_without_an_occasion(only: Statement) -> None:
    assert make_accounts((only,)) == ()


def test_features() -> None:
    features = make_features(make_accounts((FIRST,))[0])
    assert features.names == ("dunholm",)
    assert features.leads
    assert features.days is not None
    assert features.days.is_exact
