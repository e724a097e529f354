"""The JSON that `read --json` prints, as a schema for whoever reads it.

Each model below is an object of the contract. It checks what a schema can: which fields there are,
of what type, with what values. Readers must let further fields pass, since fields may be added.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["ReadingLine"]


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


class EntityLine(_Model):
    """One thing that the document speaks of, by all its mentions."""

    id: Annotated[str, Field(pattern=r"^n[0-9]+$")]
    name: str
    type: (
        Literal[
            "person",
            "government",
            "armed_group",
            "organisation",
            "media",
            "population",
            "place",
            "facility",
            "weapon",
            "material",
        ]
        | None
    )
    aliases: list[AliasLine]
    mentions: list[SpanLine]


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
    events: list[dict[str, object]]
    links: list[dict[str, object]]

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
        return self

    def _spans(self) -> list[SpanLine]:
        spans: list[SpanLine | None] = []
        for claim in self.claims:
            said = claim.said.evidence if claim.said else None
            spans += [claim.source, claim.cue, said, *claim.content]
        for entity in self.entities:
            spans += [*entity.mentions, *(alias.evidence for alias in entity.aliases)]
        return [span for span in spans if span is not None]
