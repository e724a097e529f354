"""Copies: which report holds another's text, whole or inside its own, and what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from allegata.incidents.shingles import Body
from allegata.types.incident import CopyKind, CopyLink

__all__ = ["MOST_DAYS", "MOST_OF_A_COPY_KEY", "Change", "compare_copies", "describe_changes"]

MOST_OF_A_COPY_KEY = 200
"""A key that more reports share is a phrase of the trade, not a sign of copying."""

_LEAST_SHARE = 0.5
_LEAST_WORDS = 25
_LONGER = 1.6
"""From here on the longer one is more than the other with changes."""

MOST_DAYS = 400
"""Reports that lie further apart are no copies of one another."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where a copy differs.

    Attributes:
        before: Words of the earlier one; empty where something was added.
        after: Words of the later one; empty where something was left out.
    """

    before: str
    after: str


def compare_copies(one: Body, other: Body) -> CopyLink | None:
    """Whether one report copies the other.

    Args:
        one: A report.
        other: Another; in the other order the result is the same.

    Returns:
        How, or None where they are two texts. Reports of the same happening are two texts, also
        where both follow one pattern: what counts is how much of the shorter one stands in the
        longer one word for word, three words in a row.
    """
    if other.report < one.report:
        one, other = other, one
    shorter, longer = sorted((one, other), key=lambda body: (len(body.words), body.report))
    if len(shorter.words) < _LEAST_WORDS or not shorter.shingles:
        return None
    if (
        one.published
        and other.published
        and abs((one.published - other.published).days) > MOST_DAYS
    ):
        return None
    share = len(shorter.shingles & longer.shingles) / len(shorter.shingles)
    if share < _LEAST_SHARE:
        return None
    whole = len(longer.words) <= _LONGER * len(shorter.words)
    earlier, later = _order(one, other, shorter, whole=whole)
    kind = CopyKind.WHOLE if whole else CopyKind.EMBEDDED
    where = "stands in the other" if whole else "stands inside the other, longer one"
    reason = f"{share:.0%} of the text of the shorter one {where}, word for word"
    return CopyLink(earlier.report, later.report, kind, round(share, 4), reason)


def _order(one: Body, other: Body, shorter: Body, *, whole: bool) -> tuple[Body, Body]:
    """Which came first: by time, else by day, else the one inside the other, else by id."""
    if one.moment and other.moment and one.moment != other.moment:
        return (one, other) if one.moment < other.moment else (other, one)
    if one.published and other.published and one.published != other.published:
        return (one, other) if one.published < other.published else (other, one)
    if not whole and other is shorter:
        return other, one
    return one, other


def describe_changes(earlier: Sequence[str], later: Sequence[str]) -> tuple[Change, ...]:
    """What a copy changed.

    Args:
        earlier: Words of the earlier report, as `Body.words` or as they are shown.
        later: Words of its copy.

    Returns:
        In order of the texts. A passage that was moved is one left out and one added.
    """
    changes = []
    removed: list[str] = []
    added: list[str] = []
    for step in Indel.opcodes(earlier, later):
        if step.tag == "equal":
            if removed or added:
                changes.append(Change(" ".join(removed), " ".join(added)))
            removed, added = [], []
            continue
        removed += earlier[step.src_start : step.src_end]
        added += later[step.dest_start : step.dest_end]
    if removed or added:
        changes.append(Change(" ".join(removed), " ".join(added)))
    return tuple(changes)
