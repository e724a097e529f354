"""The tree of claims and the marks in the text, also where claims are odd."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegata.types import Act, Claim, Document, Quotation, Segment, SegmentKind, Span
from allegata.types.outline import (
    MarkKind,
    build_branches,
    cut_at_marks,
    cut_paragraphs,
    find_marks,
    is_crossed,
    measure_own_voice,
)

ROOT = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "t")


def claim(id_, parent="c0", content=(), source=None, cue=None):
    spans = tuple(Span(*span) for span in content)
    source, cue = (Span(*span) if span else None for span in (source, cue))
    return replace(ROOT, id=id_, parent=parent, content=spans, source=source, cue=cue)


@pytest.mark.parametrize(
    ("parents", "drawn"),
    [
        ({}, []),
        ({"c1": "c0", "c2": "c0"}, [("c1", (True,)), ("c2", (False,))]),
        ({"c1": "c0", "c2": "c1"}, [("c1", (False,)), ("c2", (False, False))]),
        # A parent may stand after its child in the text: "…, A said, citing B".
        ({"c1": "c2", "c2": "c0"}, [("c2", (False,)), ("c1", (False, False))]),
        (
            {"c1": "c0", "c2": "c1", "c3": "c0"},
            [("c1", (True,)), ("c2", (True, False)), ("c3", (False,))],
        ),
        # Never seen from the reader, and never lost.
        ({"c1": "c9"}, [("c1", (False,))]),
        ({"c1": "c2", "c2": "c1"}, [("c1", (True,)), ("c2", (False,))]),
        ({"c1": "c1"}, [("c1", (False,))]),
    ],
)
def test_every_claim_has_one_place_in_the_tree(parents, drawn):
    claims = [ROOT, *(claim(id_, parent) for id_, parent in parents.items())]
    assert [(branch.claim.id, branch.more) for branch in build_branches(claims)] == drawn


@given(st.lists(st.integers(0, 12), max_size=12))
def test_no_claim_is_lost_or_doubled_whatever_its_parent(parents):
    claims = [ROOT, *(claim(f"c{n}", f"c{parent}") for n, parent in enumerate(parents, start=1))]
    branches = build_branches(claims)
    assert sorted(branch.claim.id for branch in branches) == sorted(c.id for c in claims[1:])


@pytest.mark.parametrize(
    ("source", "cue", "numbers"),
    [
        ((0, 2), (3, 5), ()),  # side by side: the source carries the number
        ((6, 8), (3, 5), ()),
        ((0, 2), (4, 6), ("1",)),
        (None, (4, 6), ("1",)),
    ],
)
def test_a_cue_beside_its_source_leaves_the_number_to_it(source, cue, numbers):
    marks = find_marks([ROOT, claim("c1", content=[(9, 12)], source=source, cue=cue)])
    assert [mark.numbers for mark in marks if mark.kind is MarkKind.CUE] == [numbers]


def test_one_source_of_two_claims_is_marked_once():
    two = [claim(f"c{n}", content=[(9 * n, 9 * n + 4)], source=(0, 2)) for n in (1, 2)]
    marks = [mark for mark in find_marks([ROOT, *two]) if mark.kind is MarkKind.SOURCE]
    assert [mark.numbers for mark in marks] == [("1", "2")]


def test_the_outer_content_opens_first_where_both_are_the_same_words():
    inner, outer = claim("c1", "c2", [(0, 5)]), claim("c2", "c0", [(0, 5)])
    assert [mark.numbers for mark in find_marks([ROOT, inner, outer])] == [("2",), ("1",)]


def test_contents_that_cross_are_told_apart():
    marks = find_marks([ROOT, claim("c1", content=[(0, 6)]), claim("c2", content=[(4, 9)])])
    closings = [(m, p) for p in cut_at_marks(marks, (0, 10)) for m in p.closing]
    assert [(mark.numbers, is_crossed(mark, piece)) for mark, piece in closings] == [
        (("1",), True),
        (("2",), False),
    ]


SPANS = st.tuples(st.integers(0, 38), st.integers(1, 39)).map(lambda s: (min(s), max(s) + 1))


@given(st.lists(SPANS, max_size=8), st.lists(st.integers(0, 40), max_size=4))
def test_pieces_hold_the_whole_text_and_every_mark_opens_and_closes_once(spans, bounds):
    claims = [ROOT, *(claim(f"c{n}", content=[s]) for n, s in enumerate(spans, start=1))]
    pieces = list(cut_at_marks(find_marks(claims), (0, 40, *bounds)))
    assert [piece.end for piece in pieces[:-1]] == [piece.start for piece in pieces[1:]]
    assert (pieces[0].start, pieces[-1].end) == (0, 40)
    opened = [mark for piece in pieces for mark in piece.opening]
    closed = [mark for piece in pieces for mark in piece.closing]
    assert len(opened) == len(closed) == len(spans)
    for piece in pieces:
        for mark in piece.held:
            assert mark.span.start <= piece.start
            assert piece.end <= mark.span.end


@pytest.mark.parametrize(
    ("contents", "share"),
    [([], 1.0), ([(0, 9)], 0.0), ([(0, 4)], 0.5), ([(0, 4), (0, 2)], 0.5)],
)
def test_own_voice_is_what_nobody_else_says(contents, share):
    doc = Document("abcd efgh", "a", (Segment(SegmentKind.BODY, Span(0, 9)),))
    claims = [ROOT, *(claim(f"c{n}", content=[s]) for n, s in enumerate(contents, start=1))]
    assert measure_own_voice(doc, claims) == share


def test_own_voice_of_what_is_not_read_is_unknown():
    doc = Document("abcd", "a", (Segment(SegmentKind.PROMO, Span(0, 4)),))
    assert measure_own_voice(doc, [ROOT]) is None


def test_a_dateline_runs_on_into_the_body():
    kinds = (SegmentKind.DATELINE, SegmentKind.BODY)
    spans = (Span(0, 7), Span(8, 20))
    doc = Document("PLACE — Text follows", "a", tuple(map(Segment, kinds, spans)))
    assert len(list(cut_paragraphs(doc, [ROOT]))) == 1
