"""The words for numbers that are claimed: `≥ 65 people injured`."""

from collections.abc import Sequence

from allegata.types.event import Count, CountKind
from allegata.types.span import Span
from allegata.types.wording import shorten

__all__ = ["describe_counts"]

_VERBS = {
    CountKind.KILLED: "killed",
    CountKind.INJURED: "injured",
    CountKind.ABDUCTED: "abducted",
    CountKind.DETAINED: "detained",
    CountKind.DISPLACED: "displaced",
    CountKind.ITEMS: "",
}
# Between two numbers these say that the second is a part of the first.
_PARTITIVES = ("including", "included", "among them", "of them", "of whom", "of which")
_MOST_COUNTED = 40
_UNKNOWN = "an unknown number"


def describe_counts(counts: Sequence[Count], text: str, shown: Sequence[Span]) -> str:
    """Say how many are said to have been killed, hurt, taken, driven out, or handed over.

    Args:
        counts: Of one event, or of several that are one.
        text: Of the document.
        shown: Words that stand on the same line already: whom they count is not told again.

    Returns:
        `126 people killed, of them ≥ 60 children`; empty where nothing is counted.
    """
    parts: list[str] = []
    last: Count | None = None
    for count in _drop_repeats(counts):
        is_shown = any(count.evidence in span for span in shown)
        if last is not None and _is_part(count, last, text):
            parts[-1] += f", of them {_name_counted(count)}"
        elif count.kind is not CountKind.ITEMS or not is_shown or count.low != count.high:
            parts.append(_describe(count, text, is_shown=is_shown))
            last = count
    return ", ".join(parts)


def _describe(count: Count, text: str, *, is_shown: bool) -> str:
    words = _name_number(count) if is_shown else _name_counted(count)
    if count.kind is CountKind.ITEMS:
        words += " items" if is_shown or not count.of else ""
    else:
        words += f" {_VERBS[count.kind]}"
    evidence = count.evidence.words(text)
    is_vague = count.low != count.high and not any(map(str.isdigit, evidence))
    if is_vague and not is_shown:
        words += f" (“{shorten(evidence, _MOST_COUNTED)}”)"
    return words


def _name_number(count: Count) -> str:
    low, high = count.low, count.high
    if low is None:
        return _UNKNOWN if high is None else f"up to {high:,}"
    if high is None:
        return f"≥ {low:,}"
    if low == high:
        return f"{low:,}" if low else "none"
    return f"{low:,}–{high:,}"


def _name_counted(count: Count) -> str:
    """The number with those who are counted, where they are named."""
    number = _name_number(count)
    if not count.of:
        return number
    number = {"none": "no", _UNKNOWN: f"{_UNKNOWN} of"}.get(number, number)
    return f"{number} {shorten(count.of, _MOST_COUNTED)}"


def _is_part(count: Count, whole: Count, text: str) -> bool:
    """Whether the words put one number forth as a part of another."""
    if count.kind is not whole.kind or count.evidence.start <= whole.evidence.start:
        return False
    between = text[whole.evidence.start : count.evidence.end].casefold()
    return any(word in between for word in _PARTITIVES)


def _drop_repeats(counts: Sequence[Count]) -> list[Count]:
    """Each number once, in order of the text; that which says who is counted is kept."""
    kept: list[Count] = []
    for count in sorted(counts, key=lambda one: (one.of is None, one.evidence)):
        if not any(_is_same(count, other) for other in kept):
            kept.append(count)
    return sorted(kept, key=lambda one: one.evidence)


def _is_same(one: Count, other: Count) -> bool:
    if (one.kind, one.low, one.high) != (other.kind, other.low, other.high):
        return False
    return one.of is None or one.of.casefold() == (other.of or "").casefold()
