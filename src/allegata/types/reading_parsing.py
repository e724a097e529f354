"""A reading from its JSON: the inverse of `Reading.to_dict`.

Confidences come back as they were written, to four digits; `Event.dated_by`, a note between steps,
does not come back.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from allegata.errors import InputError
from allegata.types.actor import Actor, ActorMatch
from allegata.types.claim import Act, Claim, Quotation
from allegata.types.document import Document, Published, Segment, SegmentKind
from allegata.types.entity import Alias, Entity
from allegata.types.entity_type import EntityType
from allegata.types.event import (
    Argument,
    Count,
    CountKind,
    Event,
    EventKind,
    Link,
    LinkKind,
    Modality,
    Polarity,
    Role,
)
from allegata.types.interval import Interval, Precision
from allegata.types.place import Place, PlacePrecision
from allegata.types.reading import Reading
from allegata.types.span import Span

__all__ = ["parse_document", "parse_reading"]

Plain = Mapping[str, Any]


def parse_reading(data: Plain, document: Document | None = None) -> Reading:
    """Make a reading of what `Reading.to_dict` gives.

    Args:
        data: By the contract; fields that are not known are passed over.
        document: What was read, where it is at hand; `data` then needs no `document`.

    Returns:
        The reading.

    Raises:
        InputError: It does not follow the contract, or words are not those of the text.
    """
    doc = document or parse_document(data)
    try:
        reading = Reading(
            document=doc,
            claims=tuple(_claim(one) for one in data["claims"]),
            entities=tuple(_entity(one) for one in data["entities"]),
            events=tuple(_event(one) for one in data["events"]),
            links=tuple(_link(one) for one in data["links"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            doc.uri, f"is no reading by the contract ({type(error).__name__}: {error})."
        ) from error
    for words in _find_words(data):
        if doc.text[words["start"] : words["end"]] != words["text"]:
            raise InputError(
                doc.uri,
                f"the words at {words['start']} are not those of the text.",
                "The reading belongs to another text.",
            )
    return reading


def parse_document(data: Plain) -> Document:
    """Make a document of the `document` and `segments` of a reading.

    Raises:
        InputError: They do not follow the contract.
    """
    where = "reading"
    try:
        doc = data["document"]
        where = str(doc["uri"])
        return Document(
            text=doc["text"],
            uri=doc["uri"],
            segments=tuple(
                Segment(SegmentKind(one["kind"]), Span(one["start"], one["end"]))
                for one in data["segments"]
            ),
            publisher=doc.get("publisher"),
            title=doc.get("title"),
            author=doc.get("author"),
            published=_published(doc),
            language=doc.get("language"),
            canonical=doc.get("canonical"),
            encoding=doc.get("encoding"),
            warnings=tuple(doc.get("warnings") or ()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            where, f"is no reading by the contract ({type(error).__name__}: {error})."
        ) from error


def _published(doc: Plain) -> Published | None:
    if not doc.get("published"):
        return None
    moment = doc.get("published_at")
    return Published(
        date.fromisoformat(doc["published"]),
        datetime.fromisoformat(moment) if moment else None,
        doc.get("published_origin") or "given",
        _span(doc.get("published_evidence")),
    )


def _span(data: Plain | None) -> Span | None:
    return None if data is None else Span(data["start"], data["end"])


def _sure_span(data: Plain) -> Span:
    return Span(data["start"], data["end"])


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _interval(data: Plain | None) -> Interval | None:
    if data is None:
        return None
    return Interval(
        _day(data["start"]),
        _day(data["end"]),
        Precision(data["precision"]),
        _span(data["evidence"]),
    )


def _claim(data: Plain) -> Claim:
    source = data["source"]
    return Claim(
        id=data["id"],
        parent=data["parent"],
        source=_span(source),
        entity=source.get("entity") if source else None,
        cue=_span(data["cue"]),
        content=tuple(_sure_span(span) for span in data["content"]),
        act=Act(data["act"]),
        quotation=Quotation(data["quotation"]),
        said=_interval(data["said"]),
        confidence=data["confidence"],
        made_by=data["made_by"],
    )


def _entity(data: Plain) -> Entity:
    actor = data.get("actor")
    return Entity(
        id=data["id"],
        name=data["name"],
        type=EntityType(data["type"]) if data["type"] else None,
        mentions=tuple(_sure_span(span) for span in data["mentions"]),
        aliases=tuple(Alias(one["name"], _sure_span(one["evidence"])) for one in data["aliases"]),
        actor=None
        if actor is None
        else Actor(
            actor["id"],
            actor["name"],
            EntityType(actor["kind"]),
            actor["country"],
            ActorMatch(actor["match"]),
            actor["words"],
        ),
    )


def _event(data: Plain) -> Event:
    return Event(
        id=data["id"],
        claim=data["claim"],
        kind=EventKind(data["kind"]),
        trigger=_sure_span(data["trigger"]),
        polarity=Polarity(data["polarity"]),
        modality=Modality(data["modality"]),
        arguments=tuple(
            Argument(Role(one["role"]), _sure_span(one), one["entity"]) for one in data["arguments"]
        ),
        place=_place(data["place"]),
        time=_interval(data["time"]),
        counts=tuple(
            Count(
                CountKind(one["kind"]),
                one["low"],
                one["high"],
                one["of"],
                _sure_span(one["evidence"]),
            )
            for one in data["counts"]
        ),
        episode=data["episode"],
        confidence=data["confidence"],
        made_by=data["made_by"],
    )


def _place(data: Plain | None) -> Place | None:
    if data is None:
        return None
    return Place(
        name=data["name"],
        id=data["id"],
        latitude=data["latitude"],
        longitude=data["longitude"],
        country=data["country"],
        precision=PlacePrecision(data["precision"]) if data["precision"] else None,
        radius_km=data["radius_km"],
        evidence=_sure_span(data["evidence"]),
        stands_in=data["stands_in"],
    )


def _link(data: Plain) -> Link:
    return Link(LinkKind(data["kind"]), data["from"], data["to"], _span(data["evidence"]))


def _find_words(data: object) -> Iterable[Plain]:
    """Every span with words, however deep."""
    if isinstance(data, Mapping):
        if {"start", "end", "text"} <= data.keys() and isinstance(data["start"], int):
            yield data
        for key, value in data.items():
            if key != "document" and isinstance(value, Mapping | list):
                yield from _find_words(value)
    elif isinstance(data, list):
        for value in data:
            if isinstance(value, Mapping | list):
                yield from _find_words(value)
