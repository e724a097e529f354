"""The JSON that `read --json` prints, as a schema for whoever reads it.

Each model below is an object of the contract. It checks what a schema can: which fields there are,
of what type, with what values. Readers must let further fields pass, since fields may be added.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from allegata.types import EntityType, EventKind

__all__ = ["ReadingLine"]

KINDS = tuple(kind.value for kind in EventKind)
TYPES = tuple(kind.value for kind in EntityType)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Offset = Annotated[int, Field(ge=0, description="Counted in Unicode code points of `text`.")]


class SpanLine(_Model):
    """A run of characters, with the words themselves: `text[start:end]` of the document."""

    start: Offset
    end: Offset
    text: Annotated[str, Field(min_length=1)]


class SourceLine(SpanLine):
    """The words that name who speaks, and the entity they refer to."""

    entity: str | None


class IntervalLine(_Model):
    """The days within which something lies, both included; null where no limit is known."""

    start: date | None
    end: date | None
    precision: Literal["day", "week", "month", "year", "bounded"]
    evidence: SpanLine | None


class DocumentLine(_Model):
    """What was read."""

    id: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    uri: str
    publisher: str | None
    title: str | None
    author: str | None
    published: date | None
    published_at: datetime | None
    published_origin: Literal["given", "metadata", "text"] | None
    language: str | None
    canonical: str | None
    encoding: str | None
    warnings: list[str]
    text: str


class SegmentLine(_Model):
    """A stretch of the document with one purpose."""

    kind: Literal[
        "header", "headline", "dateline", "body", "caption", "promo", "note", "boilerplate"
    ]
    start: Offset
    end: Offset


class AliasLine(_Model):
    """Another name that the document states."""

    name: str
    evidence: SpanLine


class ActorLine(_Model):
    """The actor of the tables that an entity was found to be."""

    id: str
    name: str
    kind: Literal[TYPES]  # type: ignore[valid-type]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    match: Literal["name", "alias", "metonym", "demonym", "pattern"]
    words: str


class EntityLine(_Model):
    """One thing that the document speaks of, by all its mentions."""

    id: Annotated[str, Field(pattern=r"^n[0-9]+$")]
    name: str
    type: Literal[TYPES] | None  # type: ignore[valid-type]
    aliases: list[AliasLine]
    mentions: list[SpanLine]
    actor: ActorLine | None


class ClaimLine(_Model):
    """Who says so, by which words, and what is said."""

    id: Annotated[str, Field(pattern=r"^c[0-9]+$")]
    parent: str | None
    source: SourceLine | None
    cue: SpanLine | None
    content: list[SpanLine]
    act: Literal[
        "state",
        "confirm",
        "admit",
        "deny",
        "accuse",
        "predict",
        "demand",
        "threaten",
        "promise",
        "doubt",
        "condemn",
        "ask",
    ]
    quotation: Literal["direct", "mixed", "indirect"]
    said: IntervalLine | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    made_by: str


class ArgumentLine(SpanLine):
    """Words with a part in an event, and the entity they refer to."""

    role: Literal["actor", "target", "instrument", "place", "origin", "destination"]
    entity: str | None


class PlaceLine(_Model):
    """Where something is said to be. Without coordinates no gazetteer has it."""

    name: str
    id: str | None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    precision: Literal["exact", "settlement", "district", "province", "country"] | None
    radius_km: Annotated[float, Field(ge=0)] | None
    stands_in: bool
    evidence: SpanLine


class CountLine(_Model):
    """A number that is claimed: at least `low`, at most `high`."""

    kind: Literal["killed", "injured", "abducted", "detained", "displaced", "items"]
    low: Annotated[int, Field(ge=0)] | None
    high: Annotated[int, Field(ge=0)] | None
    of: str | None
    evidence: SpanLine


class EventLine(_Model):
    """What is claimed to have happened, not to have happened, or to be about to."""

    id: Annotated[str, Field(pattern=r"^e[0-9]+$")]
    claim: str
    kind: Literal[KINDS]  # type: ignore[valid-type]
    trigger: SpanLine
    polarity: Literal["positive", "negative"]
    modality: Literal["actual", "attempted", "future", "hypothetical", "generic"]
    arguments: list[ArgumentLine]
    place: PlaceLine | None
    time: IntervalLine | None
    counts: list[CountLine]
    episode: Annotated[str, Field(pattern=r"^p[0-9]+$")]
    confidence: Annotated[float, Field(ge=0, le=1)]
    made_by: str


class LinkLine(_Model):
    """A relation that the text states between two episodes."""

    kind: Literal["cause", "response", "purpose"]
    from_: Annotated[str, Field(alias="from", pattern=r"^p[0-9]+$")]
    to: Annotated[str, Field(pattern=r"^p[0-9]+$")]
    evidence: SpanLine | None


class ReadingLine(_Model):
    """One line of output: what allegata makes of one document. Nothing in it is a fact.

    Raises:
        ValidationError: A span's words are not those of the text at its offsets, a claim's parent
            or a source's entity does not exist, or something has another shape.
    """

    document: DocumentLine
    segments: list[SegmentLine]
    entities: list[EntityLine]
    claims: Annotated[list[ClaimLine], Field(min_length=1)]
    events: list[EventLine]
    links: list[LinkLine]

    @model_validator(mode="after")
    def check_references(self) -> "ReadingLine":
        """Check what a schema cannot: that words, parents and entities are those of this line."""
        for span in self._spans():
            if self.document.text[span.start : span.end] != span.text:
                raise ValueError(f"[{span.start}, {span.end}) of the text is not {span.text!r}")
        ids = {claim.id for claim in self.claims}
        entities = {entity.id for entity in self.entities}
        for claim in self.claims:
            if (claim.parent not in ids) if claim.id != "c0" else (claim.parent is not None):
                raise ValueError(f"{claim.id} has the parent {claim.parent}")
            if claim.source and claim.source.entity and claim.source.entity not in entities:
                raise ValueError(f"{claim.id} has the entity {claim.source.entity}")
        self._check_events(ids, entities)
        return self

    def _check_events(self, claims: set[str], entities: set[str]) -> None:
        episodes = {event.episode for event in self.events}
        for event in self.events:
            if event.claim not in claims:
                raise ValueError(f"{event.id} has the claim {event.claim}")
            for argument in event.arguments:
                if argument.entity is not None and argument.entity not in entities:
                    raise ValueError(f"{event.id} has the entity {argument.entity}")
        for link in self.links:
            if not {link.from_, link.to} <= episodes:
                raise ValueError(f"a link from {link.from_} to {link.to}")

    def _spans(self) -> list[SpanLine]:
        spans: list[SpanLine | None] = []
        for claim in self.claims:
            said = claim.said.evidence if claim.said else None
            spans += [claim.source, claim.cue, said, *claim.content]
        for event in self.events:
            spans += [event.trigger, *event.arguments, *(c.evidence for c in event.counts)]
            spans += [event.place.evidence if event.place else None]
            spans += [event.time.evidence if event.time else None]
        spans += [link.evidence for link in self.links]
        for entity in self.entities:
            spans += [*entity.mentions, *(alias.evidence for alias in entity.aliases)]
        return [span for span in spans if span is not None]
