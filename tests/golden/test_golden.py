"""The demo reports are read as they were when somebody last looked at the readings.

`make golden` rewrites the files beside this one; their difference is the review. Claims and
events may differ a little from processor to processor, because each rounds the model's small
integers in its own way: at most one in twenty may be another.
"""

from functools import cache
from pathlib import Path

import pytest

from allegata.documents import read_documents
from allegata.reading import Reader
from allegata.types import Claim, Event, Interval, Reading

DEMO = Path(__file__).resolve().parents[2] / "demo"
GOLDEN = Path(__file__).resolve().parent
FILES = sorted(path.name for path in DEMO.iterdir() if not path.name.startswith("14-"))
TOLERATED = 0.05


@cache
def readings() -> dict[str, list[Reading]]:
    """The readings of each demo file that can be read, in the order of its records."""
    reader = Reader()
    found = {name: reader.read_many(read_documents([str(DEMO / name)])) for name in FILES}
    return {name: [r for r in some if isinstance(r, Reading)] for name, some in found.items()}


def describe(reading: Reading) -> list[str]:
    """What is read in one report: paragraphs for segments, claims, events."""
    doc = reading.document
    published = doc.published.day.isoformat() if doc.published else "no date"
    head = [f"{doc.publisher or 'no publisher'}, {published}, {doc.language}"]
    head += [f"  {s.kind.value:12}{s.span.words(doc.text)[:60]!r}" for s in doc.segments]
    by_id = {claim.id: claim for claim in reading.claims}
    claims = [describe_claim(claim, by_id, doc.text) for claim in reading.claims if claim.parent]
    events = [describe_event(event, by_id, doc.text) for event in reading.events]
    return ["\n".join(head), *claims, *events]


def describe_claim(claim: Claim, by_id: dict[str, Claim], text: str) -> str:
    """A claim without its id, which changes when another claim before it comes or goes."""
    parent = by_id[claim.parent or "c0"]
    inside = f"{words(parent, text)}" if parent.parent else "the document"
    said = describe_interval(claim.said)
    lines = [f"{words(claim, text)}", f"  {claim.act.value}, {claim.quotation.value}, said {said}"]
    lines += [f"  | {span.words(text)!r}" for span in claim.content]
    return "\n".join([*lines, f"  inside: {inside}"])


def describe_event(event: Event, by_id: dict[str, Claim], text: str) -> str:
    """An event under the words of the claim that carries it."""
    claim = by_id[event.claim]
    carrier = words(claim, text) if claim.parent else "the document"
    roles = [f"{a.role.value} {a.span.words(text)!r}" for a in event.arguments]
    counts = [f"{c.kind.value} {c.low} to {c.high}" for c in event.counts]
    place = event.place.name if event.place else "no place"
    return "\n".join(
        [
            f"{event.kind.value} {event.trigger.words(text)!r}, by {carrier}",
            f"  {event.polarity.value}, {event.modality.value}, {place},"
            f" {describe_interval(event.time)}",
            *(f"  | {line}" for line in [*roles, *counts]),
        ]
    )


def words(claim: Claim, text: str) -> str:
    source = claim.source.words(text) if claim.source else "nobody named"
    return f"{source} > {claim.cue.words(text) if claim.cue else 'layout'}"


def describe_interval(interval: Interval | None) -> str:
    if interval is None:
        return "unknown"
    return f"{interval.start or '...'} to {interval.end or '...'}"


@pytest.mark.parametrize("name", FILES)
def test_head_and_segments(name, request):
    now = [describe(reading) for reading in readings()[name]]
    if request.config.getoption("--rewrite-golden"):
        text = "\n\n\n".join("\n\n".join(report) for report in now)
        (GOLDEN / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    assert [report[0] for report in now] == [report[0] for report in golden(name)]


def test_claims_and_events_of_all_reports():
    now, before = set(), set()
    for name, found in readings().items():
        now |= claims(name, [describe(reading) for reading in found])
        before |= claims(name, golden(name))
    gone, come = sorted(before - now), sorted(now - before)
    changed = (len(gone) + len(come)) / (len(before) + len(now))
    assert changed <= TOLERATED, "\n".join([f"- {c}" for c in gone] + [f"+ {c}" for c in come])


def golden(name: str) -> list[list[str]]:
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    return [report.split("\n\n") for report in text.strip().split("\n\n\n")]


def claims(name: str, reports: list[list[str]]) -> set[str]:
    return {f"{name}#{n}: {claim}" for n, report in enumerate(reports) for claim in report[1:]}
