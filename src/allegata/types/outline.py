"""What every page of a reading shows, whatever draws it: marks in the text, a tree of claims."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from allegata.types.claim import Claim
from allegata.types.document import Document, SegmentKind
from allegata.types.span import Span

__all__ = [
    "READ_KINDS",
    "Branch",
    "Mark",
    "MarkKind",
    "Paragraph",
    "Piece",
    "build_branches",
    "cut_paragraphs",
    "find_headline",
    "is_crossed",
    "measure_own_voice",
]

READ_KINDS = frozenset({SegmentKind.HEADLINE, SegmentKind.DATELINE, SegmentKind.BODY})
"""The kinds of segment that claims are read from."""

_LINE_BREAKS = re.compile(r"\n+")
_BLANK_LINES = re.compile(r"\n\s*\n")
_MOST_HARD_WRAPPED = 100


class MarkKind(Enum):
    """What a mark in the text stands for; where several begin at once, in this order."""

    CONTENT = "content"
    SOURCE = "source"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of the text.

    Attributes:
        kind: What it stands for.
        span: Where it lies.
        numbers: The claims it belongs to, as a reader sees them (`c5` is 5), in order. A cue
            right beside the source of its claim leaves the number to it.
        depth: How many sources stand between the document and the claim: 1 for a source that
            the document cites, 2 for a source that this one cites, ...
    """

    kind: MarkKind
    span: Span
    numbers: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text inside which no mark opens or closes.

    Attributes:
        start: Its first character.
        end: One past its last character.
        opening: The marks that begin with it, outermost first.
        held: The marks that hold it, outermost first.
        closing: The marks that end with it, innermost first.
    """

    start: int
    end: int
    opening: tuple[Mark, ...]
    held: tuple[Mark, ...]
    closing: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand together on a page.

    Attributes:
        kind: The purpose of its segment; a dateline runs on into its body.
        pieces: In order of the text. The first and the last may hold white space outside.
    """

    kind: SegmentKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A claim at its place in the tree of who cites whom.

    Attributes:
        claim: The claim.
        number: The claim as a reader sees it: `c5` is 5.
        more: For every level down to its own, whether another branch of that level follows.
    """

    claim: Claim
    number: str
    more: tuple[bool, ...]


def build_branches(claims: Sequence[Claim]) -> tuple[Branch, ...]:
    """Arrange claims by who is cited by whom.

    Args:
        claims: Of one reading.

    Returns:
        Every claim but the document's own voice, each followed by those inside it. A claim whose
        parent is absent, or goes round in a circle, stands at the top: none is ever lost.
    """
    inside: dict[str | None, list[Claim]] = {}
    for claim in claims:
        inside.setdefault(claim.parent, []).append(claim)
    roots = [claim.id for claim in inside.pop(None, ())]
    reached = _reach(roots, inside)
    top = [c for c in claims if c.parent is not None and (c.parent in roots or c.id not in reached)]
    placed = {claim.id for claim in top}
    branches: list[Branch] = []
    waiting = _line_up(top, ())
    while waiting:
        claim, more = waiting.pop()
        branches.append(Branch(claim, _number(claim), more))
        children = [child for child in inside.get(claim.id, ()) if child.id not in placed]
        waiting += _line_up(children, more)
    return tuple(branches)


def find_marks(claims: Sequence[Claim]) -> tuple[Mark, ...]:
    """Find what is to be marked in the text.

    Args:
        claims: Of one reading.

    Returns:
        Marks sorted by start, the longer first. Words that are the source or the cue of several
        claims make one mark with several numbers.
    """
    depths = _measure_depths(claims)
    found: dict[tuple[MarkKind, Span, str], list[Claim]] = {}
    for claim in claims:
        for span in claim.content:
            found.setdefault((MarkKind.CONTENT, span, claim.id), []).append(claim)
        if claim.source is not None:
            found.setdefault((MarkKind.SOURCE, claim.source, ""), []).append(claim)
        if claim.cue is not None:
            found.setdefault((MarkKind.CUE, claim.cue, ""), []).append(claim)
    marks = [
        Mark(
            kind,
            span,
            tuple(_number(c) for c in own if kind is not MarkKind.CUE or not _is_numbered(c)),
            min(depths[claim.id] for claim in own),
        )
        for (kind, span, _), own in found.items()
    ]
    rank = {kind: place for place, kind in enumerate(MarkKind)}
    marks.sort(key=lambda mark: (mark.span.start, -mark.span.end, rank[mark.kind], mark.depth))
    return tuple(marks)


def cut_paragraphs(doc: Document, claims: Sequence[Claim]) -> Iterator[Paragraph]:
    """Divide a text into paragraphs, and these wherever a mark opens or closes.

    Args:
        doc: Its segments and line breaks divide the text. A single line break divides it too,
            unless the text is broken into short lines with blank lines between paragraphs.
        claims: Of the same reading.

    Yields:
        The paragraphs in order. Together they hold all of the text but white space.
    """
    text = doc.text
    line_break = _BLANK_LINES if _is_hard_wrapped(text) else _LINE_BREAKS
    breaks = {found.start(): found.end() for found in line_break.finditer(text)}
    kinds = {segment.span.start: segment.kind for segment in doc.segments}
    bounds = {0, len(text), *breaks, *breaks.values(), *kinds}
    kind, pieces = SegmentKind.BODY, list[Piece]()
    for piece in cut_at_marks(find_marks(claims), bounds):
        next_kind = kinds.get(piece.start, kind)
        if pieces and (piece.start in breaks or not _runs_on(kind, next_kind)):
            yield Paragraph(kind, tuple(pieces))
            pieces = []
        kind = next_kind
        if pieces or text[piece.start : piece.end].strip():
            pieces.append(piece)
    if pieces:
        yield Paragraph(kind, tuple(pieces))


def find_headline(doc: Document) -> Span | None:
    """Where the text that is read begins with its own title, or None where it does not."""
    first = next((segment for segment in doc.segments if segment.kind in READ_KINDS), None)
    if first is None or first.kind is not SegmentKind.HEADLINE:
        return None
    words = first.span.words(doc.text)
    return first.span if not doc.title or words.split() == doc.title.split() else None


def cut_at_marks(marks: Sequence[Mark], bounds: Iterable[int]) -> Iterator[Piece]:
    """Cut the text wherever a mark opens or closes.

    Args:
        marks: Sorted as `find_marks` returns them.
        bounds: Where else to cut, in any order; the outer ones are the ends of the text.

    Yields:
        The pieces in order of the text.
    """
    cuts = {*bounds, *(m.span.start for m in marks), *(m.span.end for m in marks)}
    held: list[Mark] = []
    n_opened = 0
    for start, end in pairwise(sorted(cuts)):
        n_before = n_opened
        while n_opened < len(marks) and marks[n_opened].span.start == start:
            n_opened += 1
        opening = tuple(marks[n_before:n_opened])
        held = [*(mark for mark in held if mark.span.end > start), *opening]
        closing = tuple(mark for mark in reversed(held) if mark.span.end == end)
        yield Piece(start, end, opening, tuple(held), closing)


def is_crossed(closing: Mark, piece: Piece) -> bool:
    """Whether a content that ends with a piece leaves one open that began inside it."""
    return any(
        mark.kind is MarkKind.CONTENT
        and mark.span.start > closing.span.start
        and mark.span.end > closing.span.end
        for mark in piece.held
    )


def measure_own_voice(doc: Document, claims: Sequence[Claim]) -> float | None:
    """The share of the text read that the document says in its own voice.

    Args:
        doc: Supplies segments and text.
        claims: Of the same reading.

    Returns:
        Between 0 and 1, by characters that are not white space, outside every content, source and
        cue; None where no text was read.
    """
    n_read = n_own = 0
    for paragraph in cut_paragraphs(doc, claims):
        if paragraph.kind in READ_KINDS:
            for piece in paragraph.pieces:
                n_words = sum(map(len, doc.text[piece.start : piece.end].split()))
                n_read += n_words
                n_own += 0 if piece.held else n_words
    return n_own / n_read if n_read else None


def _is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks only end lines, and blank lines end paragraphs."""
    lines = text.strip("\n").split("\n")
    return "" in lines and max(map(len, lines)) <= _MOST_HARD_WRAPPED


def _runs_on(before: SegmentKind, after: SegmentKind) -> bool:
    return before is after or {before, after} == {SegmentKind.DATELINE, SegmentKind.BODY}


def _number(claim: Claim) -> str:
    return claim.id.removeprefix("c")


def _is_numbered(claim: Claim) -> bool:
    """Whether the source of a claim stands so near its cue that one number does for both."""
    source, cue = claim.source, claim.cue
    if source is None or cue is None:
        return False
    return cue.start - 1 <= source.end <= cue.start or source.start - 1 <= cue.end <= source.start


def _reach(roots: Sequence[str], inside: dict[str | None, list[Claim]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(roots)
    while waiting:
        for claim in inside.get(waiting.pop(), ()):
            if claim.id not in reached:
                reached.add(claim.id)
                waiting.append(claim.id)
    return reached


def _line_up(
    claims: Sequence[Claim], more: tuple[bool, ...]
) -> list[tuple[Claim, tuple[bool, ...]]]:
    """Siblings as a stack: the first on top."""
    return [(claim, (*more, claim is not claims[-1])) for claim in reversed(claims)]


def _measure_depths(claims: Sequence[Claim]) -> dict[str, int]:
    parents = {claim.id: claim.parent for claim in claims}
    depths = {}
    for claim in claims:
        seen: set[str] = set()
        above = claim.parent
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        depths[claim.id] = len(seen)
    return depths
