from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from allegata.types import (
    Act,
    Claim,
    Interval,
    Precision,
    Quotation,
    Reading,
    Segment,
    SegmentKind,
    Span,
)
from benchmarks.quality import swaps
from benchmarks.quality.event_readings import as_document
from benchmarks.quality.swaps import (
    PARTS,
    exchange_names,
    find_differences,
    find_sides,
    load_swaps,
    outline,
)
from tests.benchmarks.made import event, span

NAMES = ("the army", "Rapid Support Forces")
ONE = "The army said that Rapid Support Forces shelled a school."
OTHER = "Rapid Support Forces said that the army shelled a school."
OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "hand")


def reading(text, source, actor, **parts):
    content = Span(text.index("that"), len(text) - 1)
    claim = Claim(
        id="c1",
        parent="c0",
        source=span(text, source),
        entity="n1",
        cue=span(text, "said"),
        content=(content,),
        act=parts.get("act", Act.STATE),
        quotation=Quotation.INDIRECT,
        said=None,
        confidence=0.9,
        made_by="hand",
    )
    shelled = event(text, parts.get("kind", "shelling"), "shelled", actor=actor, claim="c1")
    shelled = replace(shelled, time=parts.get("time"), episode=parts.get("episode", "p1"))
    return Reading(as_document("a", text), (OWN, claim), (), (shelled,))


BEFORE = reading(ONE, "The army", "Rapid Support Forces")


def differences(after):
    return find_differences(outline(BEFORE, NAMES), outline(after, NAMES))


def test_readings_that_differ_by_names_alone():
    after = reading(OTHER, "Rapid Support Forces", "the army", episode="p7")
    assert differences(after) == []


@pytest.mark.parametrize(
    "after",
    [
        reading(OTHER, "Forces said", "the army"),
        reading(OTHER, "Rapid Support Forces", "a school"),
        reading(OTHER, "Rapid Support Forces", "the army", kind="bombing"),
        reading(OTHER, "Rapid Support Forces", "the army", act=Act.ACCUSE),
        reading(
            OTHER,
            "Rapid Support Forces",
            "the army",
            time=Interval(date(2021, 3, 1), None, Precision.BOUNDED, None),
        ),
    ],
)
def test_readings_that_differ_by_more(after):
    assert len(differences(after)) == 1


def test_an_event_that_only_one_side_has():
    after = replace(reading(OTHER, "Rapid Support Forces", "the army"), events=())
    assert [line.partition(":")[0] for line in differences(after)] == ["event 4-5"]


def test_names_change_places_as_whole_words():
    text = "Iran said Iranians met Iraq; Iraq's envoy left Iran."
    assert (
        exchange_names(text, ("Iran", "Iraq"))
        == "Iraq said Iranians met Iran; Iran's envoy left Iraq."
    )
    assert exchange_names("the army and army men", ("the army", "army men")) == (
        "army men and the army"
    )


def test_the_segments_move_along():
    text = "Iran wins\n\nThe Gulf States met Iran."
    doc = as_document("a", text)
    segments = (
        Segment(SegmentKind.HEADLINE, Span(0, 9)),
        Segment(SegmentKind.BODY, Span(11, len(text))),
    )
    moved = swaps._exchanged(replace(doc, segments=segments), ("Iran", "The Gulf States"))
    assert [segment.span.words(moved.text) for segment in moved.segments] == [
        "The Gulf States wins",
        "Iran met The Gulf States.",
    ]


def test_what_of_a_swap_holds():
    after = reading(OTHER, "Rapid Support Forces", "a school")
    same = {name: part(outline(BEFORE, NAMES)) == part(outline(after, NAMES))
            for name, part in PARTS.items()}  # fmt: skip
    assert same == {"swaps read alike": False, "claims alike": True, "events alike": True}


def test_the_sides_of_an_article_are_those_who_speak_and_act():
    text = "The Red Crescent said that Iran shelled a school."
    assert find_sides(reading(text, "The Red Crescent", "Iran")) == ("The Red Crescent", "Iran")
    # "The" alone is no name.
    assert find_sides(BEFORE) is None


def test_the_table_of_sentences():
    whole = load_swaps()
    pairs = Counter(swap.names for swap in whole)
    assert len({swap.sentence for swap in whole}) >= 60
    assert len(pairs) >= 12
    assert set(pairs.values()) == {len(whole) // len(pairs)}
    for swap in whole:
        assert all(name in swap.sentence for name in ("{A}", "{B}"))
        assert "{" not in swap.one + swap.other
        assert swap.one[0] in '"“' or swap.one[0].isupper()
    assert len(load_swaps(most=2)) == 2 * len({swap.sentence for swap in whole})
    assert len({swap.names for swap in load_swaps(most=1)}) == len(pairs)
