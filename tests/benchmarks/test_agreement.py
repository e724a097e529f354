import pytest

from allegata.types import Span
from benchmarks.quality.agreement import compare, pair_attributions
from benchmarks.quality.portion import Attribution
from benchmarks.quality.tally import Tally


def attribution(source, cue, content, confidence=1.0):
    parts = (tuple(Span(*span) for span in part) for part in (source, cue, content))
    return Attribution(*parts, confidence)


WHOLE = attribution([(0, 9)], [(10, 14)], [(20, 40)])
NO_SOURCE = attribution([], [(50, 54)], [(60, 80)])


@pytest.mark.parametrize(
    ("gold", "predicted", "figure", "tally"),
    [
        ([WHOLE], [WHOLE], "content", Tally(1, 1, 1)),
        ([WHOLE], [], "content", Tally(0, 0, 1)),
        ([], [WHOLE], "content", Tally(0, 1, 0)),
        # One character too many is wrong, but overlaps.
        ([WHOLE], [attribution([(0, 9)], [(10, 14)], [(19, 40)])], "content", Tally(0, 1, 1)),
        (
            [WHOLE],
            [attribution([(0, 9)], [(10, 14)], [(19, 40)])],
            "content overlap",
            Tally(1, 1, 1),
        ),
        # The role matters, the attribution does not.
        ([WHOLE], [attribution([(10, 14)], [(0, 9)], [])], "source", Tally(0, 1, 1)),
        (
            [WHOLE, NO_SOURCE],
            [
                attribution([], [(50, 54)], [(20, 40)]),
                attribution([(0, 9)], [(10, 14)], [(60, 80)]),
            ],
            "content",
            Tally(2, 2, 2),
        ),
        # Pieces count one by one.
        (
            [attribution([], [], [(0, 5), (10, 20)])],
            [attribution([], [], [(0, 5)])],
            "content",
            Tally(1, 1, 2),
        ),
        # One prediction over two spans meets one of them.
        (
            [attribution([], [], [(0, 5), (10, 20)])],
            [attribution([], [], [(0, 20)])],
            "content overlap",
            Tally(1, 1, 2),
        ),
        # A span that two attributions share counts once, as in a sequence of labels.
        (
            [WHOLE, attribution([(0, 9)], [(15, 19)], [])],
            [WHOLE],
            "source",
            Tally(1, 1, 1),
        ),
        ([WHOLE, NO_SOURCE], [WHOLE], "triple", Tally(1, 1, 2)),
        # No source on both sides is right, on one side it is wrong.
        ([NO_SOURCE], [NO_SOURCE], "triple", Tally(1, 1, 1)),
        ([NO_SOURCE], [NO_SOURCE], "triple lenient", Tally(1, 1, 1)),
        (
            [NO_SOURCE],
            [attribution([(0, 2)], [(50, 54)], [(60, 80)])],
            "triple lenient",
            Tally(0, 1, 1),
        ),
        # Every part needs half of the characters of either.
        (
            [WHOLE],
            [attribution([(0, 9)], [(10, 14)], [(30, 40)])],
            "triple lenient",
            Tally(1, 1, 1),
        ),
        (
            [WHOLE],
            [attribution([(0, 9)], [(10, 14)], [(31, 40)])],
            "triple lenient",
            Tally(0, 1, 1),
        ),
        (
            [WHOLE],
            [attribution([(0, 9)], [(13, 20)], [(20, 40)])],
            "triple lenient",
            Tally(0, 1, 1),
        ),
        # CofeNet's likeness: the best match of each gold span, and 0 for a stray prediction.
        ([WHOLE], [attribution([], [], [(30, 40)])], "content jaccard", Tally(0.5, 1, 1)),
        ([WHOLE], [attribution([], [], [(90, 99)])], "content jaccard", Tally(0.0, 2, 2)),
        ([WHOLE], [attribution([], [], [(20, 40), (90, 99)])], "content jaccard", Tally(1.0, 2, 2)),
    ],
)
def test_figures_of_small_cases(gold, predicted, figure, tally):
    assert compare(gold, predicted)[figure] == tally


def test_the_best_pairs_come_first():
    gold = [attribution([], [(0, 4)], [(10, 30)]), attribution([], [(0, 4)], [(10, 34)])]
    predicted = [gold[1], gold[0]]
    assert pair_attributions(gold, predicted) == {0: 1, 1: 0}


def test_each_side_is_paired_once():
    assert pair_attributions([WHOLE], [WHOLE, WHOLE]) == {0: 0}


def test_exchanging_sides_exchanges_precision_and_recall():
    gold, predicted = [WHOLE, NO_SOURCE], [attribution([(0, 9)], [(10, 14)], [(22, 40)])]
    there, back = compare(gold, predicted), compare(predicted, gold)
    for name in ("source", "cue", "content", "content overlap", "triple", "triple lenient"):
        assert there[name].precision == back[name].recall


def test_a_figure_of_nothing_says_nothing():
    assert Tally().f1 is None
    assert Tally(0, 1, 0).recall is None
    assert Tally(0, 0, 1).precision is None


def test_loose_spans_count_as_spans_and_not_as_triples():
    loose = [attribution([(60, 66)], [], []), attribution([], [(70, 74)], []), WHOLE]
    figures = compare([WHOLE], loose)
    assert figures["source"] == Tally(1, 2, 1)
    assert figures["triple"] == figures["triple lenient"] == Tally(1, 1, 1)
