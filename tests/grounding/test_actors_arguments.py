"""Which entity an argument is: one with the same head, and not one that only stands inside."""

from dataclasses import replace

import pytest

from allegata.encoder import Encoder
from allegata.grounding.actors import link_arguments
from allegata.sentences import find_sentences
from allegata.types import (
    Argument,
    Entity,
    Event,
    EventKind,
    Modality,
    Polarity,
    Role,
    Span,
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open()


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def event(text: str, *arguments: str) -> Event:
    parts = tuple(Argument(Role.ACTOR, span(text, words)) for words in arguments)
    return Event(
        "e1", "c0", EventKind.ATTACK, Span(0, 1), Polarity.POSITIVE, Modality.ACTUAL, parts, None,
        None, (), "p1", 1.0, "t",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "argument", "mention", "linked"),
    [
        ("The Estonian army attacked the town.", "The Estonian army", "The Estonian army", True),
        ("The Estonian army attacked the town.", "Estonian army", "The Estonian army", True),
        ("The Estonian army attacked the town.", "army", "The Estonian army", True),
        ("The army of Estonia attacked the town.", "The army of Estonia", "Estonia", False),
        ("Estonia's army attacked the town.", "Estonia's army", "Estonia", False),
        ("The army of Estonia attacked the town.", "The army of Estonia", "The army", True),
        ("Gunmen from the Marsh Front attacked.", "Gunmen", "the Marsh Front", False),
        (
            "The governor, Ana Bekele, attacked them.",
            "Ana Bekele",
            "The governor, Ana Bekele",
            True,
        ),
        ("The governor of Port Vale attacked.", "Port Vale", "The governor of Port Vale", False),
        ("The army attacked the town.", "the town", "The army", False),
        ("Soldiers and police attacked the town.", "Soldiers and police", "Soldiers", False),
        ("Soldiers and police attacked the town.", "Soldiers", "Soldiers", True),
        ("They left army-besieged Port Vale early.", "army", "army-besieged Port Vale", False),
        ("Two soldiers who fled shot a guard.", "Two soldiers", "Two soldiers who fled", True),
        ("A bag holding a bomb was found.", "A bag holding a bomb", "A bag", True),
    ],
)
def test_an_argument_is_whoever_has_its_head(encoder, text, argument, mention, linked):
    analysis = encoder.read(text, find_sentences(text))
    entity = Entity("n1", mention, None, (span(text, mention),))
    (found,) = link_arguments([event(text, argument)], [entity], analysis)
    assert found.arguments[0].entity == ("n1" if linked else None)


def test_the_smallest_of_several_mentions_wins(encoder):
    text = "The army attacked the town."
    analysis = encoder.read(text, find_sentences(text))
    entities = [
        Entity("n1", "army", None, (span(text, "The army attacked"),)),
        Entity("n2", "army", None, (span(text, "The army"),)),
    ]
    (found,) = link_arguments([event(text, "army")], entities, analysis)
    assert found.arguments[0].entity == "n2"


def test_what_is_known_is_kept_and_nothing_else_changes(encoder):
    text = "The army attacked the town."
    analysis = encoder.read(text, find_sentences(text))
    before = event(text, "The army", "the town")
    known = replace(before, arguments=(replace(before.arguments[0], entity="n9"),))
    entity = Entity("n1", "army", None, (span(text, "The army"),))
    assert link_arguments([known], [entity], analysis) == (known,)
    (after,) = link_arguments([before], [entity], analysis)
    assert [one.entity for one in after.arguments] == ["n1", None]
    assert replace(after, arguments=before.arguments) == before


def test_arguments_outside_all_words(encoder):
    text = "  The army attacked.  "
    analysis = encoder.read(text, find_sentences(text))
    blank = replace(event(text, "The army"), arguments=(Argument(Role.ACTOR, Span(0, 1)),))
    assert link_arguments([blank], [], analysis) == (blank,)
    assert link_arguments([], [], analysis) == ()
