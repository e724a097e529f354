"""Events as people marked them: in the passages of the corpora, and in the gold readings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from allegata.types import Role, Span
from benchmarks.quality.anchors import find_after, find_near
from training.corpora import Passage
from training.event_marks import KINDS, MODALITIES, ROLES, EventMark

__all__ = ["AnnotatedEvent", "read_gold_events", "read_passage"]


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    """An event as a person marked it.

    Attributes:
        kinds: What it may be read as; the first is the best.
        trigger: Its words.
        negative: Whether the text says that it did not happen.
        modality: By its value.
        episode: Events that share it are one event in the world.
        parts: Words with a part in it: roles, `time`, and kinds of counts.
        optional: Whether it may be left out.
    """

    kinds: tuple[str, ...]
    trigger: Span
    negative: bool
    modality: str
    episode: str
    parts: tuple[tuple[str, Span], ...] = ()
    optional: bool = False


def read_passage(passage: Passage) -> list[AnnotatedEvent]:
    """The annotation of a passage, in characters of its text."""

    def span(first: int, end: int) -> Span:
        return Span(passage.words[first][0], passage.words[end - 1][1])

    def event(mark: EventMark) -> AnnotatedEvent:
        return AnnotatedEvent(
            (KINDS[mark.kind],),
            span(mark.first, mark.end),
            mark.negative,
            MODALITIES[mark.modality],
            str(mark.episode),
            tuple((ROLES[role], span(a, b)) for role, a, b in mark.roles),
        )

    return [event(mark) for mark in passage.events or []]


def read_gold_events(path: Path) -> tuple[str, list[AnnotatedEvent]]:
    """A gold reading's text and events.

    Args:
        path: `NAME.yaml`, which names the file of the text beside it.

    Raises:
        InputError: Words of it do not stand in the text.
    """
    gold = cast("dict[str, object]", yaml.safe_load(path.read_text(encoding="utf-8")))
    text = (path.parent / str(gold["text"])).read_text(encoding="utf-8")
    entries = cast("list[Mapping[str, object]]", gold.get("events", []))
    return text, list(_events(text, entries))


def _events(text: str, entries: list[Mapping[str, object]]) -> Iterator[AnnotatedEvent]:
    previous = 0
    for entry in entries:
        trigger = find_after(text, str(entry["trigger"]), previous)
        previous = trigger.start
        yield AnnotatedEvent(
            (str(entry["kind"]), *_texts(entry.get("also"))),
            trigger,
            entry.get("polarity") == "negative",
            str(entry.get("modality", "actual")),
            str(entry.get("episode", entry["id"])),
            tuple(_parts(text, entry, trigger)),
            entry.get("optional") is True,
        )


def _parts(text: str, entry: Mapping[str, object], trigger: Span) -> Iterator[tuple[str, Span]]:
    for role in Role:
        for words in _texts(entry.get(role.value)):
            yield role.value, find_near(text, words, trigger)


def _texts(values: object) -> list[str]:
    return (
        [str(one) for one in values]
        if isinstance(values, list)
        else [str(values)]
        if values
        else []
    )
