"""Words to spans: the gold says what is claimed in words, and where they stand is found here.

The rules are those of the gold readings: `words@2` is a second occurrence; a content without a
number stands once, or first after the previous claim's; a source is taken nearest to its content,
a cue nearest to its source.
"""

import re

from allegata.errors import InputError
from allegata.types import Span

__all__ = ["find_after", "find_near"]

_NUMBERED = re.compile(r"(.*)@(\d+)", re.DOTALL)


def find_near(text: str, anchor: str, near: Span) -> Span:
    """The occurrence of an anchor that lies nearest to a span.

    Raises:
        InputError: The words do not stand in the text, or not so often.
    """
    words, number = _split(anchor)
    found = _occurrences(text, words)
    if number:
        return _pick(found, number, text, anchor)
    return min(found, key=lambda span: max(0, near.start - span.end, span.start - near.end))


def find_after(text: str, anchor: str, previous: int) -> Span:
    """The only occurrence of an anchor, or the first that starts at `previous` or later.

    Raises:
        InputError: The words do not stand in the text, or not so often.
    """
    words, number = _split(anchor)
    found = _occurrences(text, words)
    if number:
        return _pick(found, number, text, anchor)
    if len(found) == 1:
        return found[0]
    return next((span for span in found if span.start >= previous), found[0])


def _split(anchor: str) -> tuple[str, int]:
    numbered = _NUMBERED.fullmatch(anchor)
    return (numbered[1], int(numbered[2])) if numbered else (anchor, 0)


def _pick(found: list[Span], number: int, text: str, anchor: str) -> Span:
    if number > len(found):
        raise InputError(f"{text[:40]!r}", f"only {len(found)} of {anchor!r}.")
    return found[number - 1]


def _occurrences(text: str, words: str) -> list[Span]:
    """Where the words stand: as whole words where there are any such, else anywhere."""
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    found = [Span(start, start + len(words)) for start in starts]
    if not found:
        raise InputError(f"{text[:40]!r}", f"these words do not stand in it: {words!r}.")
    whole = [span for span in found if not (_cut(text, span.start) or _cut(text, span.end))]
    return whole or found


def _cut(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
