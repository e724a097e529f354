"""Events of one document are grouped into episodes by weighted comparisons."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.documents import read_text
from allegata.encoder import Analysis, Encoder, Sentence, Trigger
from allegata.events import Grouping, group_events
from allegata.events.likeness import COMPARISONS, Comparer, compare, sightings
from allegata.reading import Reader
from allegata.sentences import find_sentences
from allegata.types import Event, EventKind, Modality, Polarity, Span

NEAR = [comparison.__name__ for comparison in COMPARISONS].index("are_near_for_the_model")


def document(points: list[tuple[float, float]]) -> tuple[Analysis, list[Event], list[Trigger]]:
    text = " ".join(f"raid{n}" for n in range(len(points)))
    words, at = [], 0
    for word in text.split():
        words.append((at, at + len(word)))
        at += len(word) + 1
    empty = np.zeros((0, 0), np.float32)
    sentences = tuple(
        Sentence(Span(*word), n, n + 1, empty, empty, empty, empty, empty, ())
        for n, word in enumerate(words)
    )
    analysis = Analysis(text, tuple(words), ("NOUN",) * len(words), sentences, (), ())
    events, triggers = [], []
    for n, (word, point) in enumerate(zip(words, points, strict=True)):
        span = Span(*word)
        vector = np.array(point, np.float32)
        triggers.append(Trigger("attack", n, n + 1, span, 0.9, 0.9, 0.0, (1.0,), (), vector))
        events.append(
            Event(
                f"e{n + 1}",
                "c0",
                EventKind.ATTACK,
                span,
                Polarity.POSITIVE,
                Modality.ACTUAL,
                (),
                None,
                None,
                (),
                f"p{n + 1}",
                0.9,
                "test",
            )
        )
    return analysis, events, triggers


def only_near(bias: float = -0.5) -> Grouping:
    weights = [0.0] * len(COMPARISONS)
    weights[NEAR] = 1.0
    return Grouping(bias, tuple(weights))


def episodes(points: list[tuple[float, float]], grouping: Grouping) -> list[str]:
    analysis, events, triggers = document(points)
    return [event.episode for event in group_events(analysis, events, triggers, grouping)]


def test_near_events_share_an_episode() -> None:
    assert episodes([(1, 0), (0, 1), (1, 0)], only_near()) == ["p1", "p2", "p1"]


def test_nothing_is_shared_where_the_bias_forbids_it() -> None:
    assert episodes([(1, 0), (1, 0)], only_near(bias=-2)) == ["p1", "p2"]


def test_no_events_no_episodes() -> None:
    assert episodes([], only_near()) == []


@pytest.mark.parametrize("n", [0, 2, len(COMPARISONS), len(COMPARISONS) + 3])
def test_a_wrong_number_of_weights_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="are needed"):
        Grouping.of([0.0] * n)


POINTS = st.tuples(st.floats(-1, 1), st.floats(-1, 1))


@given(st.lists(POINTS, max_size=12), st.floats(-2, 2))
def test_episodes_are_numbered_in_order_of_their_first_event(
    points: list[tuple[float, float]], bias: float
) -> None:
    found = episodes(points, only_near(bias))
    firsts = list(dict.fromkeys(found))
    assert firsts == [f"p{n + 1}" for n in range(len(firsts))]


def test_comparing_with_all_before_at_once_is_comparing_pair_by_pair() -> None:
    text = (
        "Two car bombs killed 12 people in the market of Tadun on Monday, police said. The bombings"
        " wounded 30 others. Rebels denied the attack. On Tuesday another attack by soldiers killed"
        " 5 villagers in Orvan, the mayor said. Residents said they had heard no explosion."
    )
    analysis = Encoder.open().read(text, find_sentences(text), events=True)
    reading = Reader().read(read_text(text, published=date(2021, 3, 4)))
    by_start = {trigger.span.start: trigger for trigger in analysis.triggers}
    events = [event for event in reading.events if event.trigger.start in by_start]
    seen = sightings(analysis, events, [by_start[event.trigger.start] for event in events])
    assert len(seen) > 5
    for at in range(len(seen)):
        for first in {0, at // 2, at}:
            pairs = [compare(seen[i], seen[at]) for i in range(first, at)]
            expected = np.array(pairs).reshape(-1, len(COMPARISONS))
            assert Comparer(seen).compare_before(at, first) == pytest.approx(expected, abs=1e-6)
