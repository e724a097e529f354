"""What annotators set right in Label Studio or INCEpTION, as decisions about claims and events.

A project that was begun from an export of ours knows each span by the claim or event it stands for.
A span that was moved sets the words anew; a claim or event of which no span is left was taken out.
A span that stands for nothing of ours is told and left out: what was not read cannot be added.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allegata.errors import InputError
from allegata.types import Reading, Span
from allegata.types.utf16 import Utf16

__all__ = ["AnnotatedReport", "Change", "find_changes", "read_annotated"]

_PARTS = ("source", "cue", "content", "event", "actor", "target", "instrument")
_CAS_TYPE = "org.allegata."


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """A report as annotators left it.

    Attributes:
        report: Its id.
        who: Who annotated it, or nothing where the file does not say so.
        spans: Where what stands now, in UTF-16 units: by id of the claim or event and the part.
        unknown: Labels of spans that stand for nothing of ours.
    """

    report: str
    who: str
    spans: Mapping[tuple[str, str], tuple[int, int]]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What follows for a claim or event.

    Attributes:
        target: `REPORT#c2`.
        words: What is set, as a decision takes it: name and offsets; empty where it is taken out.
    """

    target: str
    words: Mapping[str, str] = field(default_factory=dict)


def read_annotated(path: Path) -> Iterator[AnnotatedReport]:
    """Read an export of Label Studio (JSON), or one of UIMA CAS JSON.

    Args:
        path: A file.

    Raises:
        InputError: It cannot be read, or is neither.
    """
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(str(path), f"is no JSON: {error}.") from error
    try:
        if isinstance(whole, dict) and "%FEATURE_STRUCTURES" in whole:
            yield _of_cas(whole)
            return
        if isinstance(whole, list) and all("data" in task for task in whole):
            for task in whole:
                yield from _of_task(task)
            return
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(str(path), f"lacks what is needed: {error}.") from error
    raise InputError(
        str(path), "is neither an export of Label Studio nor UIMA CAS JSON.",
        "Export the project as JSON.",
    )  # fmt: skip


def _of_task(task: Mapping[str, Any]) -> Iterator[AnnotatedReport]:
    """The last annotation of a task that was not cancelled."""
    done = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
    if not done:
        return
    last = done[-1]
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    unknown = []
    for region in last["result"]:
        if region.get("type") != "labels":
            continue
        name, _, part = str(region["id"]).partition("-")
        part = part.rstrip("0123456789").rstrip("-")
        value = region["value"]
        if part not in _PARTS or name[:1] not in ("c", "e"):
            unknown.append(", ".join(value.get("labels", ())))
            continue
        _add(spans, name, part, int(value["start"]), int(value["end"]))
    who = last.get("completed_by", "")
    who = str(who.get("email", "")) if isinstance(who, dict) else str(who)
    yield AnnotatedReport(task["data"]["report"], who, spans, tuple(unknown))


def _of_cas(whole: Mapping[str, Any]) -> AnnotatedReport:
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    unknown = []
    report = ""
    for one in whole["%FEATURE_STRUCTURES"]:
        sort = one["%TYPE"]
        if sort == "uima.cas.Sofa":
            report = str(one.get("sofaURI", "")).removeprefix("urn:allegata:")
        if not sort.startswith(_CAS_TYPE):
            continue
        sort = sort.removeprefix(_CAS_TYPE)
        start, end = int(one["begin"]), int(one["end"])
        if sort == "Claim" and one.get("claim"):
            _add(spans, one["claim"], one["part"], start, end)
        elif sort == "Event" and one.get("event"):
            _add(spans, one["event"], "event", start, end)
        elif sort == "Argument" and one.get("event") and one.get("role") in _PARTS:
            _add(spans, one["event"], one["role"], start, end)
        elif sort in ("Claim", "Event"):
            unknown.append(sort.lower())
    if not report:
        raise ValueError("the id of the report (sofaURI)")
    return AnnotatedReport(report, "", spans, tuple(unknown))


def _add(
    spans: dict[tuple[str, str], tuple[int, int]], name: str, part: str, start: int, end: int
) -> None:
    """Add a span; a content of several spans reaches from the first to the last."""
    before = spans.get((name, part))
    if before is not None and part == "content":
        start, end = min(start, before[0]), max(end, before[1])
    elif before is not None:
        return
    spans[name, part] = (start, end)


def find_changes(annotated: AnnotatedReport, reading: Reading) -> Iterator[Change]:
    """What annotators set otherwise than it was read.

    Args:
        annotated: A report as they left it.
        reading: As it counts now.
    """
    units = Utf16(reading.document.text)
    for name, parts in _parts_of(reading).items():
        now = {part: annotated.spans.get((name, part)) for part in parts}
        head = now["content"] if name.startswith("c") else now["event"]
        if head is None:
            yield Change(f"{annotated.report}#{name}")
            continue
        words = {
            "trigger" if part == "event" else part: f"{units.back(at[0])}-{units.back(at[1])}"
            for part, span in parts.items()
            if (at := now[part]) is not None
            and (span is None or at != (units.of(span.start), units.of(span.end)))
        }
        if words:
            yield Change(f"{annotated.report}#{name}", words)


def _parts_of(reading: Reading) -> dict[str, dict[str, Span | None]]:
    """The parts of every claim and event with where they stand; None where it has none."""
    found: dict[str, dict[str, Span | None]] = {}
    for claim in reading.claims:
        if claim.content:
            whole = Span(claim.content[0].start, claim.content[-1].end)
            found[claim.id] = {"source": claim.source, "cue": claim.cue, "content": whole}
    for event in reading.events:
        parts: dict[str, Span | None] = dict.fromkeys(("actor", "target", "instrument"))
        for argument in event.arguments:
            role = argument.role.value
            if role in parts and parts[role] is None:
                parts[role] = argument.span
        found[event.id] = {"event": event.trigger, **parts}
    return found
