"""Invented sentences, each with the claims it holds. Half of them no rule was written from.

The floors are what the shipped weights reach, less what chance can take away. Raise them when the
reading gets better; a lower one needs a reason in the changelog.
"""

from pathlib import Path

import pytest

from benchmarks.quality.nested import measure_nested
from benchmarks.quality.tally import Tally

TABLES = Path(__file__).parent
FLOORS = {
    ("nested", "rules", "claims"): 0.88,
    ("nested", "held", "claims"): 0.82,
    ("nested", "held", "parent"): 0.90,
    ("nested", "held", "cue"): 0.90,
    ("nested", "held", "act"): 0.85,
    ("phenomena", "rules", "claims"): 0.88,
    ("phenomena", "held", "claims"): 0.82,
    ("phenomena", "held", "parent"): 0.90,
    ("phenomena", "held", "cue"): 0.90,
    ("phenomena", "held", "act"): 0.85,
}


@pytest.fixture(scope="module")
def scores() -> dict[tuple[str, str, str], Tally]:
    totals: dict[tuple[str, str, str], Tally] = {}
    for table in ("nested", "phenomena"):
        for figures in measure_nested(TABLES / f"{table}.yaml").documents.values():
            for name, tally in figures.items():
                split, _, figure = name.partition(": ")
                key = (table, split, figure)
                totals[key] = totals.get(key, Tally(0, 0, 0)) + tally
    return totals


@pytest.mark.parametrize("key", FLOORS, ids=" ".join)
def test_figure_keeps_its_floor(
    scores: dict[tuple[str, str, str], Tally], key: tuple[str, str, str]
) -> None:
    assert scores[key].f1 is not None
    assert scores[key].f1 >= FLOORS[key], f"{key}: {scores[key].f1:.3f}"
