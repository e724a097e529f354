"""Each field of the JSON and each value of a closed vocabulary is documented."""

from datetime import date
from enum import Enum
from pathlib import Path

import pytest

from allegata.types import (
    Act,
    Alias,
    Claim,
    Document,
    Entity,
    EntityType,
    Interval,
    Precision,
    Published,
    Quotation,
    Reading,
    Segment,
    SegmentKind,
    Span,
)

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "reading.md").read_text(encoding="utf-8")
TEXT = "Rain fell overnight, the Port Vale harbour office said."
ALL = Span(0, len(TEXT))
READING = Reading(
    document=Document(
        TEXT, "x.txt", (Segment(SegmentKind.BODY, ALL),), published=Published(date(2020, 5, 1))
    ),
    claims=(
        Claim(
            "c1",
            "c0",
            Span(21, 49),
            "n1",
            Span(50, 54),
            (Span(0, 19),),
            Act.STATE,
            Quotation.INDIRECT,
            Interval(None, date(2020, 5, 1), Precision.BOUNDED, ALL),
            0.9,
            "x@1",
        ),
    ),
    entities=(Entity("n1", "Port Vale", EntityType.FACILITY, (ALL,), (Alias("the port", ALL),)),),
)


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys(inner)}
    return set()


@pytest.mark.parametrize("key", sorted(keys(READING.to_dict())))
def test_each_field_is_documented(key):
    assert f"`{key}`" in PAGE


@pytest.mark.parametrize("kind", [Act, EntityType, Precision, Quotation, SegmentKind])
def test_each_value_is_documented(kind: type[Enum]):
    assert {member.value for member in kind if f"`{member.value}`" not in PAGE} == set()
