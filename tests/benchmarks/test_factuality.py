import pytest

from benchmarks.quality import factuality
from benchmarks.quality.factuality import correlation, verdict_of
from benchmarks.quality.tally import Tally
from tests.benchmarks.made import event

TEXT = "Troops fled but nobody died"


def test_portions_are_read_into_offsets(tmp_path):
    uw = tmp_path / "dev.conll"
    uw.write_text("0\tTroops\t_\tN\n1\tfled\t2.5\tV\n\n0\tRain\t_\tN\n", encoding="utf-8")
    first, second = factuality.read_uw(uw)
    assert (first.text, first.values, second.values) == ("Troops fled", {7: 2.5}, {})
    uds = tmp_path / "dev.jsonl"
    uds.write_text('{"text": "Troops fled", "targets": [{"span1": [1, 2], "label": -1}]}\n')
    assert [one.values for one in factuality.read_uds(uds)] == [{7: -1.0}]


@pytest.mark.parametrize(
    ("polarity", "modality", "verdict"),
    [
        ("positive", "actual", "happened"),
        ("negative", "actual", "not"),
        ("positive", "future", "unsure"),
        ("negative", "hypothetical", "unsure"),
    ],
)
def test_what_a_reading_says(polarity, modality, verdict):
    assert verdict_of(event(TEXT, "killing", "died", polarity=polarity, modality=modality)) == (
        verdict
    )


def test_verdicts_are_counted():
    fled = event(TEXT, "displacement", "fled")
    died = event(TEXT, "killing", "died", polarity="negative")
    figures = factuality._count([(fled, 3.0), (died, -0.5), (fled, 0.9)])
    assert figures["accuracy"] == Tally(1, 3, 3)
    assert figures["sign"] == Tally(3, 3, 3)
    assert figures["happened"] == Tally(1, 2, 1)
    assert figures["not"] == Tally(0, 1, 0)
    assert figures["unsure"] == Tally(0, 0, 2)


@pytest.mark.parametrize(
    ("one", "other", "r"),
    [
        ([1.0, 2.0, 3.0], [2.0, 4.0, 6.0], 1.0),
        ([1.0, 2.0, 3.0], [1.0, 0.0, -1.0], -1.0),
        ([1.0, 2.0], [5.0, 5.0], None),
        ([1.0], [1.0], None),
    ],
)
def test_correlation(one, other, r):
    found = correlation(one, other)
    assert found == (None if r is None else pytest.approx(r))


def test_a_set_that_takes_plans_for_denials_has_signs_alone():
    planned = event(TEXT, "displacement", "fled", modality="future")
    assert factuality._count([(planned, -2.0)], has_verdicts=False) == {"sign": Tally(1, 1, 1)}
