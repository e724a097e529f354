"""The examples of `knowledge/links.yaml`, and what links no events."""

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import yaml

from allegata.encoder import Analysis, Sentence
from allegata.events import find_links
from allegata.types import Event, EventKind, Modality, Polarity, Span

TABLE = Path(__file__).resolve().parents[2] / "knowledge" / "links.yaml"
ENTRIES = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
EXAMPLES = [example for entry in ENTRIES for example in entry["examples"]]


def analysis_of(text: str) -> Analysis:
    empty = np.zeros((0, 0), np.float32)
    whole = Sentence(Span(0, len(text)), 0, 0, empty, empty, empty, empty, empty, ())
    return Analysis(text, (), (), (whole,), (), ())


def events_of(text: str, *triggers: str, episodes: str = "123") -> list[Event]:
    spans = sorted(Span(text.index(word), text.index(word) + len(word)) for word in triggers)
    return [
        Event(
            f"e{n}",
            "c0",
            EventKind.ATTACK,
            span,
            Polarity.POSITIVE,
            Modality.ACTUAL,
            (),
            None,
            None,
            (),
            f"p{episode}",
            0.9,
            "test",
        )
        for n, (span, episode) in enumerate(zip(spans, episodes, strict=False), start=1)
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_examples(example: dict[str, object]) -> None:
    text, (source, kind, target) = str(example["text"]), example["link"]
    events = events_of(text, source, target)
    by_word = {event.trigger.words(text): event.episode for event in events}
    (link,) = find_links(analysis_of(text), events)
    assert (link.kind.value, link.source, link.target) == (kind, by_word[source], by_word[target])
    assert link.evidence is not None and link.evidence.words(text) in text


def test_words_that_open_a_sentence_link_what_follows() -> None:
    text = "In response to the raid, the army shelled the hills."
    (link,) = find_links(analysis_of(text), events_of(text, "raid", "shelled"))
    assert (link.source, link.target) == ("p2", "p1")


def test_one_episode_is_never_linked_with_itself() -> None:
    text = "The shelling led to deaths."
    assert find_links(analysis_of(text), events_of(text, "shelling", "deaths", episodes="11")) == ()


def test_order_in_time_is_no_link() -> None:
    text = "The town was shelled after the raid."
    assert find_links(analysis_of(text), events_of(text, "shelled", "raid")) == ()


def test_the_compiled_table_has_every_form() -> None:
    compiled = json.loads(
        files("allegata.knowledge").joinpath("data/links.json").read_text("utf-8")
    )
    assert [entry["form"] for entry in compiled] == [entry["form"] for entry in ENTRIES]
