"""Each field of the JSON and each value of a closed vocabulary is documented."""

from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path

import pytest

from allegata.cli.contract import ReadingLine
from allegata.types import (
    Act,
    Alias,
    Argument,
    Claim,
    Count,
    CountKind,
    Document,
    Entity,
    EntityType,
    Event,
    EventKind,
    Interval,
    Link,
    LinkKind,
    Modality,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Published,
    Quotation,
    Reading,
    Role,
    Segment,
    SegmentKind,
    Span,
)
from allegata.types.actor import Actor, ActorMatch

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = (DOCS / "reading.md").read_text(encoding="utf-8")
KINDS = (DOCS / "kinds.md").read_text(encoding="utf-8")
TEXT = (
    "Estonia's navy searched two boats off Port Vale on Friday, the Port Vale harbour office said."
)


def find(words: str) -> Span:
    """Where words first stand."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


ALL = Span(0, len(TEXT))
FRIDAY = Interval(date(2020, 5, 1), date(2020, 5, 1), Precision.DAY, find("on Friday"))
SEARCH = Event(
    id="e1",
    claim="c1",
    kind=EventKind.SEIZURE,
    trigger=find("searched"),
    polarity=Polarity.POSITIVE,
    modality=Modality.ACTUAL,
    arguments=(
        Argument(Role.ACTOR, find("Estonia's navy"), "n1"),
        Argument(Role.TARGET, find("two boats")),
    ),
    place=Place(
        "Port Vale",
        "invented:1",
        1.0,
        2.0,
        "EE",
        PlacePrecision.SETTLEMENT,
        5.0,
        find("Port Vale"),
    ),
    time=FRIDAY,
    counts=(Count(CountKind.ITEMS, 2, 2, "boats", find("two boats")),),
    episode="p1",
    confidence=0.9,
    made_by="x@1",
)
READING = Reading(
    document=Document(
        TEXT, "x.txt", (Segment(SegmentKind.BODY, ALL),), published=Published(date(2020, 5, 1))
    ),
    claims=(
        Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "x@1"),
        Claim(
            "c1",
            "c0",
            find("the Port Vale harbour office"),
            "n2",
            find("said"),
            (find("Estonia's navy searched two boats off Port Vale on Friday"),),
            Act.STATE,
            Quotation.INDIRECT,
            FRIDAY,
            0.9,
            "x@1",
        ),
    ),
    entities=(
        Entity(
            "n1",
            "Estonia's navy",
            EntityType.GOVERNMENT,
            (find("Estonia's navy"),),
            actor=Actor(
                "ee/navy",
                "navy of Estonia",
                EntityType.GOVERNMENT,
                "EE",
                ActorMatch.PATTERN,
                "navy",
            ),
        ),
        Entity(
            "n2",
            "Port Vale harbour office",
            EntityType.FACILITY,
            (find("the Port Vale harbour office"),),
            (Alias("the harbour", ALL),),
        ),
    ),
    events=(SEARCH, replace(SEARCH, id="e2", episode="p2")),
    links=(Link(LinkKind.RESPONSE, "p2", "p1", ALL),),
)
LINE = READING.to_dict()
VOCABULARIES = [
    Act,
    ActorMatch,
    CountKind,
    EntityType,
    LinkKind,
    Modality,
    PlacePrecision,
    Polarity,
    Precision,
    Quotation,
    Role,
    SegmentKind,
]


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys(inner)}
    return set()


def names_of(schema: object) -> set[str]:
    """The names of all fields in a JSON schema."""
    if isinstance(schema, dict):
        own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
        return own.union(*map(names_of, schema.values()))
    return set().union(*map(names_of, schema)) if isinstance(schema, list) else set()


def values_of(model: str, field: str) -> set[str]:
    """The values that the JSON schema allows a field of one of its models."""
    definition = ReadingLine.model_json_schema()["$defs"][model]["properties"][field]
    (listed,) = [part["enum"] for part in definition.get("anyOf", [definition]) if "enum" in part]
    return set(listed)


def test_the_reading_shows_every_field_and_follows_the_schema():
    """What the tests below hold against the page is all that there is."""
    ReadingLine.model_validate_json(READING.to_json())
    assert keys(LINE) == names_of(ReadingLine.model_json_schema())


@pytest.mark.parametrize("key", sorted(keys(LINE)))
def test_each_field_is_documented(key: str):
    assert f"`{key}`" in PAGE


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_each_value_is_documented(kind: type[Enum]):
    assert {member.value for member in kind if f"`{member.value}`" not in PAGE} == set()


def test_each_kind_of_event_is_documented():
    assert {kind.value for kind in EventKind if f"`{kind.value}`" not in KINDS} == set()


@pytest.mark.parametrize(
    ("model", "field", "kind"),
    [
        ("SegmentLine", "kind", SegmentKind),
        ("ClaimLine", "act", Act),
        ("ClaimLine", "quotation", Quotation),
        ("IntervalLine", "precision", Precision),
        ("EntityLine", "type", EntityType),
        ("ActorLine", "kind", EntityType),
        ("ActorLine", "match", ActorMatch),
        ("EventLine", "kind", EventKind),
        ("EventLine", "polarity", Polarity),
        ("EventLine", "modality", Modality),
        ("ArgumentLine", "role", Role),
        ("PlaceLine", "precision", PlacePrecision),
        ("CountLine", "kind", CountKind),
        ("LinkLine", "kind", LinkKind),
    ],
)
def test_the_schema_allows_each_value_and_no_other(model: str, field: str, kind: type[Enum]):
    assert values_of(model, field) == {member.value for member in kind}
