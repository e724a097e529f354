"""Readings for annotators, who set right what was read: for Label Studio, and as UIMA CAS.

Both hold the whole text of each report with spans for sources, cues, contents and events.
"""

from collections.abc import Iterator
from typing import Any

from allegata.types import Reading, Span
from allegata.types.utf16 import Utf16

__all__ = ["CAS_LOSES", "LABELS_CONFIG", "LABEL_STUDIO_LOSES", "cas_of", "label_studio_task"]

LABEL_STUDIO_LOSES = (
    "A text has spans and relations alone: act, kind, polarity and modality are choices of a span.",
    "Places, days and numbers are left out.",
)
CAS_LOSES = (
    "Offsets count UTF-16 units, as the format has it.",
    "Places and days are left out.",
)

LABELS_CONFIG = """<View>
  <Labels name="label" toName="text">
    <Label value="source"/><Label value="cue"/><Label value="content"/><Label value="event"/>
    <Label value="actor"/><Label value="target"/><Label value="instrument"/>
  </Labels>
  <Text name="text" value="$text"/>
  <TextArea name="note" toName="text" perRegion="true"/>
</View>
"""
"""What a project of Label Studio needs to show the tasks."""


def label_studio_task(report: str, reading: Reading) -> dict[str, Any]:
    """A task with what was read as a prediction.

    Args:
        report: Id of the report.
        reading: Of it.
    """
    text = reading.document.text
    units = Utf16(text)
    regions = [
        {
            "id": name.replace("#", "-"),
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": units.of(span.start),
                "end": units.of(span.end),
                "text": span.words(text),
                "labels": [label],
            },
            "meta": {"text": [note]} if note else {},
        }
        for name, label, span, note in _spans(reading)
    ]
    known = {one["id"] for one in regions}
    relations = [
        {"type": "relation", "from_id": f"{claim.id}-{part}", "to_id": f"{claim.id}-content-0",
         "direction": "right", "labels": [part]}
        for claim in reading.claims
        for part in ("source", "cue")
        if {f"{claim.id}-{part}", f"{claim.id}-content-0"} <= known
    ]  # fmt: skip
    doc = reading.document
    return {
        "data": {"text": text, "report": report, "uri": doc.uri, "publisher": doc.publisher},
        "meta": {"report": report, "document": doc.id},
        "predictions": [{"model_version": "allegata", "result": [*regions, *relations]}],
    }


def _spans(reading: Reading) -> Iterator[tuple[str, str, Span, str]]:
    """Name, label and words of everything that was read, with what else is to be said of it."""
    for claim in reading.claims:
        if claim.source:
            yield f"{claim.id}#source", "source", claim.source, ""
        if claim.cue:
            yield f"{claim.id}#cue", "cue", claim.cue, claim.act.value
        for number, span in enumerate(claim.content):
            yield f"{claim.id}#content-{number}", "content", span, claim.parent or ""
    for event in reading.events:
        note = f"{event.kind.value}, {event.polarity.value}, {event.modality.value}"
        yield f"{event.id}#event", "event", event.trigger, note
        for number, argument in enumerate(event.arguments):
            if argument.role.value in ("actor", "target", "instrument"):
                name = f"{event.id}#{argument.role.value}-{number}"
                yield name, argument.role.value, argument.span, ""


_TYPE = "org.allegata.{}"
_TYPES: dict[str, dict[str, str]] = {
    "Claim": {"claim": "String", "part": "String", "parent": "String", "act": "String"},
    "Event": {"event": "String", "claim": "String", "kind": "String", "polarity": "String",
              "modality": "String", "episode": "String"},
    "Argument": {"event": "String", "role": "String"},
    "Count": {"event": "String", "kind": "String", "low": "Integer", "high": "Integer"},
}  # fmt: skip


def cas_of(report: str, reading: Reading) -> dict[str, Any]:
    """A report and its reading as UIMA CAS JSON 0.4.

    Args:
        report: Id of the report.
        reading: Of it.
    """
    text = reading.document.text
    units = Utf16(text)
    structures: list[dict[str, Any]] = [
        {
            "%ID": 1,
            "%TYPE": "uima.cas.Sofa",
            "sofaNum": 1,
            "sofaID": "_InitialView",
            "mimeType": "text/plain",
            "sofaURI": f"urn:allegata:{report}",
            "sofaString": text,
        }
    ]

    def add(sort: str, span: Span, **features: str | int | None) -> None:
        structures.append(
            {
                "%ID": len(structures) + 1,
                "%TYPE": _TYPE.format(sort),
                "@sofa": 1,
                "begin": units.of(span.start),
                "end": units.of(span.end),
                **{name: value for name, value in features.items() if value is not None},
            }
        )

    for claim in reading.claims:
        more = {"claim": claim.id, "parent": claim.parent, "act": claim.act.value}
        for part, spans in (
            ("source", (claim.source,)), ("cue", (claim.cue,)), ("content", claim.content),
        ):  # fmt: skip
            for span in filter(None, spans):
                add("Claim", span, part=part, **more)
    for event in reading.events:
        add(
            "Event", event.trigger, event=event.id, claim=event.claim, kind=event.kind.value,
            polarity=event.polarity.value, modality=event.modality.value, episode=event.episode,
        )  # fmt: skip
        for argument in event.arguments:
            add("Argument", argument.span, event=event.id, role=argument.role.value)
        for count in event.counts:
            add(
                "Count", count.evidence, event=event.id, kind=count.kind.value, low=count.low,
                high=count.high,
            )  # fmt: skip
    return {
        "%TYPES": {_TYPE.format(name): _type(name, features) for name, features in _TYPES.items()},
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {
            "_InitialView": {"%SOFA": 1, "%MEMBERS": [one["%ID"] for one in structures[1:]]}
        },
    }


def _type(name: str, features: dict[str, str]) -> dict[str, Any]:
    return {
        "%NAME": _TYPE.format(name),
        "%SUPER_TYPE": "uima.tcas.Annotation",
        **{
            feature: {"%NAME": feature, "%RANGE": f"uima.cas.{sort}"}
            for feature, sort in features.items()
        },
    }
