"""A reading: what allegata makes of one document, and how it is written as JSON."""

import json
import re
from dataclasses import dataclass

from allegata.types.actor import Actor
from allegata.types.claim import Claim
from allegata.types.document import Document
from allegata.types.entity import Entity
from allegata.types.event import Argument, Count, Event, Link
from allegata.types.interval import Interval
from allegata.types.place import Place
from allegata.types.span import Span

__all__ = ["Reading"]

_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What allegata makes of one document. Nothing in it is a fact; everything is a claim.

    Attributes:
        document: What was read.
        claims: `c0`, the document's own voice, first; then the others in order of the text. A
            claim's parent always stands before it or after it in the same tuple.
        entities: Who and what is spoken of, in order of first mention.
        events: What is claimed to have happened, in order of the text.
        links: How episodes are said to belong together.
    """

    document: Document
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The reading by the contract, as plain lists and dictionaries."""
        doc = self.document
        return {
            "document": _document(doc),
            "segments": [
                {"kind": s.kind.value, "start": s.span.start, "end": s.span.end}
                for s in doc.segments
            ],
            "entities": [_entity(doc.text, entity) for entity in self.entities],
            "claims": [_claim(doc.text, claim) for claim in self.claims],
            "events": [_event(doc.text, event) for event in self.events],
            "links": [_link(doc.text, link) for link in self.links],
        }

    def to_json(self) -> str:
        """The reading by the contract, as one line of JSON.

        Lone surrogates of a damaged text are written as escapes, so that the line is always
        valid UTF-8 and the offsets still hold. So are the characters that some take for line
        ends (U+0085, U+2028, U+2029).
        """
        line = json.dumps(self.to_dict(), ensure_ascii=False)
        line = _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
        try:
            line.encode()
        except UnicodeEncodeError:
            line = json.dumps(self.to_dict(), ensure_ascii=True)
        return line

    def _repr_html_(self) -> str:
        from allegata.types._page import draw_page

        return draw_page(self.document, self.claims, self.entities, self.events, self.links)


def _document(doc: Document) -> dict[str, object]:
    published = doc.published
    return {
        "id": doc.id,
        "uri": doc.uri,
        "publisher": doc.publisher,
        "title": doc.title,
        "author": doc.author,
        "published": published.day.isoformat() if published else None,
        "published_at": published.moment.isoformat() if published and published.moment else None,
        "published_origin": published.origin if published else None,
        "language": doc.language,
        "canonical": doc.canonical,
        "encoding": doc.encoding,
        "warnings": list(doc.warnings),
        "text": doc.text,
    }


def _span(text: str, span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    return {"start": span.start, "end": span.end, "text": span.words(text)}


def _interval(text: str, interval: Interval | None) -> dict[str, object] | None:
    if interval is None:
        return None
    return {
        "start": interval.start.isoformat() if interval.start else None,
        "end": interval.end.isoformat() if interval.end else None,
        "precision": interval.precision.value,
        "evidence": _span(text, interval.evidence),
    }


def _entity(text: str, entity: Entity) -> dict[str, object]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type.value if entity.type else None,
        "aliases": [
            {"name": alias.name, "evidence": _span(text, alias.evidence)}
            for alias in entity.aliases
        ],
        "mentions": [_span(text, mention) for mention in entity.mentions],
        "actor": _actor(entity.actor),
    }


def _actor(actor: Actor | None) -> dict[str, object] | None:
    if actor is None:
        return None
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind.value,
        "country": actor.country,
        "match": actor.match.value,
        "words": actor.words,
    }


def _claim(text: str, claim: Claim) -> dict[str, object]:
    source = _span(text, claim.source)
    if source is not None:
        source["entity"] = claim.entity
    return {
        "id": claim.id,
        "parent": claim.parent,
        "source": source,
        "cue": _span(text, claim.cue),
        "content": [_span(text, span) for span in claim.content],
        "act": claim.act.value,
        "quotation": claim.quotation.value,
        "said": _interval(text, claim.said),
        "confidence": round(claim.confidence, 4),
        "made_by": claim.made_by,
    }


def _event(text: str, event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "claim": event.claim,
        "kind": event.kind.value,
        "trigger": _span(text, event.trigger),
        "polarity": event.polarity.value,
        "modality": event.modality.value,
        "arguments": [_argument(text, argument) for argument in event.arguments],
        "place": _place(text, event.place),
        "time": _interval(text, event.time),
        "counts": [_count(text, count) for count in event.counts],
        "episode": event.episode,
        "confidence": round(event.confidence, 4),
        "made_by": event.made_by,
    }


def _argument(text: str, argument: Argument) -> dict[str, object]:
    return {
        "role": argument.role.value,
        **(_span(text, argument.span) or {}),
        "entity": argument.entity,
    }


def _place(text: str, place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "id": place.id,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "precision": place.precision.value if place.precision else None,
        "radius_km": place.radius_km,
        "stands_in": place.stands_in,
        "evidence": _span(text, place.evidence),
    }


def _count(text: str, count: Count) -> dict[str, object]:
    return {
        "kind": count.kind.value,
        "low": count.low,
        "high": count.high,
        "of": count.of,
        "evidence": _span(text, count.evidence),
    }


def _link(text: str, link: Link) -> dict[str, object]:
    return {
        "kind": link.kind.value,
        "from": link.source,
        "to": link.target,
        "evidence": _span(text, link.evidence),
    }
