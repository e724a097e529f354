import pytest

from allegata.types import Span
from benchmarks.quality.annotated import AnnotatedEvent, read_gold_events, read_passage
from benchmarks.quality.calibration import Judged
from benchmarks.quality.events import judge_events, score_passage
from benchmarks.quality.pairing import alike, pair_best
from benchmarks.quality.tally import Tally
from tests.benchmarks.made import event, span
from training.corpora import Passage
from training.event_marks import KINDS, ROLES, EventMark

TEXT = "On Monday gunmen raided the depot and killed six guards, but nobody was abducted."


def gold(
    kinds, trigger, *, negative=False, modality="actual", episode="1", optional=False, **parts
):
    return AnnotatedEvent(
        tuple(kinds.split()),
        span(TEXT, trigger),
        negative,
        modality,
        episode,
        tuple((role, span(TEXT, words)) for role, words in parts.items()),
        optional,
    )


RAID = gold("attack clash", "raided", actor="gunmen", target="the depot", time="On Monday")
KILLING = gold("killing", "killed", actor="gunmen", target="six guards", killed="six guards")
ABDUCTION = gold("abduction", "abducted", negative=True, episode="2", target="nobody")


def test_a_passage_read_as_it_was_annotated():
    events = [
        event(TEXT, "attack", "raided", actor="gunmen", target="the depot", dated="On Monday"),
        event(
            TEXT,
            "killing",
            "killed",
            actor="gunmen",
            target="six guards",
            killed=(6, 6, "six guards"),
        ),
        event(TEXT, "abduction", "abducted", target="nobody", polarity="negative", episode="p2"),
    ]
    figures = score_passage([RAID, KILLING, ABDUCTION], events)
    assert {name: tally.f1 for name, tally in figures.items()} == dict.fromkeys(figures, 1.0)
    assert figures["roles"] == Tally(5, 5, 5)
    assert figures["pairs in one episode"] == Tally(1, 1, 1)


def test_a_passage_read_badly():
    events = [
        event(TEXT, "bombing", "raided", target="depot", modality="future"),
        event(TEXT, "abduction", "abducted", episode="p1"),
        event(TEXT, "harm", "nobody", actor="nobody"),
    ]
    figures = score_passage([RAID, KILLING, ABDUCTION], events)
    assert figures["triggers"] == Tally(2, 3, 3)
    assert figures["triggers and kinds"] == Tally(1, 3, 3)
    assert figures["polarity"] == Tally(1, 2, 2)
    assert figures["negative ones"] == Tally(0, 0, 1)
    assert figures["modality"] == Tally(1, 2, 2)
    # What an event that nobody annotated claims is wrong; the article is let pass.
    assert figures["roles"] == Tally(1, 2, 5)
    assert figures["roles, the very words"] == Tally(0, 2, 5)
    assert figures["roles, of the events found"] == Tally(1, 1, 3)
    assert figures["dating words"] == Tally(0, 0, 1)
    assert figures["pairs in one episode"] == Tally(0, 1, 0)


def test_an_event_is_right_where_it_is_of_a_kind_that_it_may_be():
    events = [
        event(TEXT, "clash", "raided", confidence=0.7),
        event(TEXT, "harm", "killed", confidence=0.6),
    ]
    assert judge_events([RAID, KILLING], events) == [Judged(0.7, 1.0), Judged(0.6, 0.0)]


def test_the_most_alike_are_paired_first():
    assert pair_best([1, 2], [2, 9], lambda a, b: 1 / (1 + abs(a - b))) == [(0, 1), (1, 0)]
    assert pair_best([1], [], lambda a, b: 1.0) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((0, 10), (0, 10), True),
        ((0, 10), (4, 10), True),
        ((0, 100), (0, 10), False),  # a tenth of the longer
        ((0, 10), (10, 20), False),
    ],
)
def test_the_same_mention(one, other, same):
    assert alike(Span(*one), Span(*other)) is same


def test_annotations_in_words_are_turned_into_characters():
    words = [(0, 6), (7, 13)]
    passage = Passage("p", "gunmen raided ", words, [0])
    passage.events = [
        EventMark(KINDS.index("attack"), 1, 2, True, 2, 4, [(ROLES.index("actor"), 0, 1)])
    ]
    assert read_passage(passage) == [
        AnnotatedEvent(("attack",), Span(7, 13), True, "future", "4", (("actor", Span(0, 6)),))
    ]


def test_gold_events_are_found_in_their_text(tmp_path):
    (tmp_path / "a.txt").write_text("A blast, then a raid by gunmen and police.", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(
        "text: a.txt\nevents:\n"
        "- {id: e1, kind: explosion, also: [bombing], trigger: blast, optional: true}\n"
        "- {id: e2, kind: attack, trigger: raid, actor: [gunmen, police], polarity: negative}\n",
        encoding="utf-8",
    )
    text, (blast, raid) = read_gold_events(tmp_path / "a.yaml")
    assert (blast.kinds, blast.optional) == (("explosion", "bombing"), True)
    assert (raid.negative, raid.episode, raid.optional) == (True, "e2", False)
    assert [part.words(text) for _, part in raid.parts] == ["gunmen", "police"]


@pytest.mark.shared
def test_every_gold_event_is_found_in_its_text(shared):
    texts = [read_gold_events(path) for path in sorted((shared / "gold" / "dev").glob("*.yaml"))]
    assert len(texts) == 8
    assert all(one.trigger.words(text) for text, events in texts for one in events)
