"""When a claim was said: which expression of its sentence belongs to its cue."""

from datetime import date

import pytest

from allegata.grounding import date_claims, find_timexes
from allegata.types import Act, Claim, Quotation, Span

DCT = date(2018, 11, 25)

# text with [source], {cue} and <content>; the day it was said
TABLE = [
    ("[The staff] {said} on Saturday <that two hamlets burned>.", "2018-11-24"),
    ("<Two hamlets burned>, [the staff] {said} Friday.", "2018-11-23"),
    ("<Two hamlets burned>, {said} [the staff] on Friday.", "2018-11-23"),
    ("On Sunday [the staff] {said} <two hamlets burned>.", "2018-11-25"),
    ("In July [the league] {accused} <the army of burning hamlets>.", "2018-07-01"),
    # what is said has a date of its own
    ("[The staff] {said} <that two hamlets burned on Thursday>.", None),
    ("[The staff] {said} on Saturday <that two hamlets burned on Thursday>.", "2018-11-24"),
    # who speaks has one
    ("[Two men who arrived on Saturday] {described} <their journey>.", None),
    # a trailing attribution leaves a leading date to what is said
    ("<On Thursday two hamlets burned>, [the staff] {said}.", None),
    ("[The staff] {said} <two hamlets burned>. On Friday it rained.", None),
]


def _claim(marked: str) -> tuple[str, Claim]:
    spans: dict[str, Span] = {}
    text = ""
    opened: dict[str, int] = {}
    for char in marked:
        if char in "[{<":
            opened[char] = len(text)
        elif char in "]}>":
            opener = {"]": "[", "}": "{", ">": "<"}[char]
            spans[opener] = Span(opened[opener], len(text))
        else:
            text += char
    claim = Claim(
        "c1",
        "c0",
        spans["["],
        None,
        spans["{"],
        (spans["<"],),
        Act.STATE,
        Quotation.INDIRECT,
        None,
        1.0,
        "test",
    )
    return text, claim


@pytest.mark.parametrize(("marked", "day"), TABLE)
def test_day_of_saying(marked: str, day: str | None) -> None:
    text, claim = _claim(marked)
    end = text.find(". ") + 1 or len(text)
    sentences = [Span(0, end), *([Span(end + 1, len(text))] if end < len(text) else [])]
    (dated,) = date_claims([claim], find_timexes(text, sentences, DCT), sentences)
    start = dated.said.start if dated.said else None
    assert (start.isoformat() if start else None) == day
