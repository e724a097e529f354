"""Readings as people corrected them: what was set anew, and what follows from that.

The reading that is kept stays as it is. Whoever sets words sets words of the report: a span of its
text, named by offsets or by the words themselves. What follows (which events a claim now carries,
who is meant) is found by the same rules as in a reading.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from allegata.errors import InputError
from allegata.grounding.actors.linking import actor_of
from allegata.knowledge.actors import ActorTable
from allegata.types import (
    Act,
    Argument,
    Claim,
    Entity,
    EntityType,
    Event,
    EventKind,
    Modality,
    Polarity,
    Reading,
    Role,
    Span,
)
from allegata.types.actor import Actor, ActorMatch

__all__ = ["WORDS", "correct_reading", "describe_setting", "find_words", "pack_words"]

WORDS: Mapping[str, tuple[str, ...]] = {
    "claim": ("source", "cue", "content"),
    "event": ("trigger", "actor", "target", "instrument"),
}
"""What can be set to other words of the report, of what."""

_CHOICES = {"kind": EventKind, "polarity": Polarity, "modality": Modality, "act": Act}
_OFFSETS = re.compile(r"(\d{1,9})-(\d{1,9})")
_WHO = ("source", "actor", "target", "instrument")
_MOST_CHARACTERS = 20_000


def find_words(text: str, given: str, near: Span) -> Span:
    """Find the words that a person means.

    Args:
        text: Of the report.
        given: `120-134`, offsets in code points of the text; or words as they stand in it, with
            any blanks between them.
        near: Where the claim or event stands: of several places with these words the nearest one.

    Returns:
        Where they stand, without blanks at the ends.

    Raises:
        InputError: The text has no such words.
    """
    offsets = _OFFSETS.fullmatch(given.strip())
    if offsets is not None:
        start, end = int(offsets[1]), int(offsets[2])
        if not start < end <= len(text):
            raise InputError(given, f"is no part of a text of {len(text):,} characters.")
    else:
        pattern = r"\s+".join(re.escape(word) for word in given.split())
        places = [found.span() for found in re.finditer(pattern, text)] if pattern else []
        if not places:
            raise InputError(
                repr(given[:80]),
                "does not stand in the report.",
                "Give the words exactly as the report has them, or offsets: START-END.",
            )
        start, end = min(places, key=lambda at: (abs(at[0] - near.start), at))
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if not start < end or end - start > _MOST_CHARACTERS:
        raise InputError(given[:80], "holds no words, or too many.")
    return Span(start, end)


def pack_words(reading: Reading, name: str, span: Span) -> dict[str, Any]:
    """What a decision keeps of words that were set: where, which, and whom they name.

    Whom they name is kept, so that a later table of actors leaves the decision as it was.

    Args:
        reading: Of the report.
        name: What is set: `source`, `cue` ...
        span: The words.
    """
    text = reading.document.text
    kept: dict[str, Any] = {"start": span.start, "end": span.end, "quote": span.words(text)}
    if name in _WHO and _entity_at(reading.entities, span, text) is None:
        published = reading.document.published
        countries = {event.place.country for event in reading.events if event.place}
        actor = actor_of(
            span.words(text),
            actors=ActorTable.open(),
            text=text,
            year=published.day.year if published else None,
            countries=tuple(sorted(filter(None, countries))),
        )
        if actor is not None:
            kept["actor"] = {**asdict(actor), "kind": actor.kind.value, "match": actor.match.value}
    return kept


def describe_setting(value: object) -> str:
    """What was set, in words: `protest`, or the words of the report in quotation marks."""
    return f"“{value['quote']}”" if isinstance(value, Mapping) else str(value)


def correct_reading(reading: Reading, edits: Mapping[str, Mapping[str, Any]]) -> Reading:
    """The reading as people left it.

    Args:
        reading: As it was read.
        edits: By id of the claim or event (`c2`, `e3`) what was set: fields of `WORDS` as packed
            by `pack_words`, and `kind`, `polarity`, `modality`, `act` as their values.

    Returns:
        A reading in which all that is set. Events belong to the innermost claim whose content
        holds them now, and so do claims that leave a content or come to stand in it.
    """
    entities = list(reading.entities)
    text = reading.document.text
    claims = {claim.id: claim for claim in reading.claims}
    events = {event.id: event for event in reading.events}
    for name in sorted(edits):
        words = {
            field: packed for field, packed in edits[name].items() if isinstance(packed, Mapping)
        }
        chosen: dict[str, Any] = {
            field: _CHOICES[field](value)
            for field, value in edits[name].items()
            if field in _CHOICES
        }
        if name in claims:
            claims[name] = replace(claims[name], **chosen)
            claims[name] = _correct_claim(claims[name], words, entities, text)
            if "content" in words:
                old = next(one for one in reading.claims if one.id == name)
                _move(claims[name], old.content, claims, events)
        elif name in events:
            events[name] = replace(events[name], **chosen)
            events[name] = _correct_event(events[name], words, entities, text)
            if "trigger" in words:
                events[name] = replace(
                    events[name], claim=_innermost(events[name].trigger, claims.values())
                )
    return replace(
        reading,
        claims=tuple(claims.values()),
        events=tuple(events.values()),
        entities=tuple(entities),
    )


def _correct_claim(
    claim: Claim, words: Mapping[str, Mapping[str, Any]], entities: list[Entity], text: str
) -> Claim:
    if "source" in words:
        span = _span(words["source"])
        claim = replace(claim, source=span, entity=_entity(words["source"], entities, text))
    if "cue" in words:
        claim = replace(claim, cue=_span(words["cue"]))
    if "content" in words:
        claim = replace(claim, content=(_span(words["content"]),))
    return claim


def _correct_event(
    event: Event, words: Mapping[str, Mapping[str, Any]], entities: list[Entity], text: str
) -> Event:
    """An event with other words; of several in one role the first is replaced."""
    if "trigger" in words:
        event = replace(event, trigger=_span(words["trigger"]))
    for role in (Role.ACTOR, Role.TARGET, Role.INSTRUMENT):
        if role.value in words:
            packed = words[role.value]
            mine = Argument(role, _span(packed), _entity(packed, entities, text))
            first = next((one for one in event.arguments if one.role is role), None)
            others = [one for one in event.arguments if one is not first]
            event = replace(
                event, arguments=tuple(sorted([*others, mine], key=lambda one: one.span))
            )
    return event


def _span(packed: Mapping[str, Any]) -> Span:
    return Span(packed["start"], packed["end"])


def _entity(packed: Mapping[str, Any], entities: list[Entity], text: str) -> str | None:
    """Id of the entity that words name; one of its own where they name an actor anew."""
    span = _span(packed)
    known = _entity_at(entities, span, text)
    if known is not None:
        return known.id
    if "actor" not in packed:
        return None
    given = packed["actor"]
    kind = EntityType(given["kind"])
    actor = Actor(
        given["id"], given["name"], kind, given["country"], ActorMatch(given["match"]),
        given["words"],
    )  # fmt: skip
    entities.append(
        Entity(f"set-{span.start}-{span.end}", span.words(text), kind, (span,), (), actor)
    )
    return entities[-1].id


def _entity_at(entities: Iterable[Entity], span: Span, text: str) -> Entity | None:
    """What the very words, or else the same words nearest to them, refer to."""
    words = span.words(text).casefold()
    found = [
        (abs(mention.start - span.start), mention.start, one)
        for one in entities
        for mention in one.mentions
        if len(mention) == len(span) and mention.words(text).casefold() == words
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def _move(
    claim: Claim, before: Sequence[Span], claims: dict[str, Claim], events: dict[str, Event]
) -> None:
    """Let what left a content, or came into it, belong to the claim that holds it now."""
    for event in list(events.values()):
        if _holds(before, event.trigger) != _holds(claim.content, event.trigger):
            claim_id = _innermost(event.trigger, claims.values())
            events[event.id] = replace(event, claim=claim_id)
    for other in list(claims.values()):
        if other.id == claim.id or not other.content:
            continue
        whole = _whole(other)
        if _holds(before, whole) == _holds(claim.content, whole):
            continue
        above = [one for one in claims.values() if one.id not in _below(other.id, claims)]
        claims[other.id] = replace(other, parent=_innermost(whole, above))


def _whole(claim: Claim) -> Span:
    """From the first to the last character that shows a claim."""
    spans = [*claim.content, *filter(None, (claim.source, claim.cue))]
    return Span(min(one.start for one in spans), max(one.end for one in spans))


def _below(name: str, claims: Mapping[str, Claim]) -> set[str]:
    """A claim with all that stand inside it."""
    found = {name}
    grown = True
    while grown:
        more = {one.id for one in claims.values() if one.parent in found} - found
        found |= more
        grown = bool(more)
    return found


def _holds(content: Sequence[Span], span: Span) -> bool:
    return any(span in part for part in content)


def _innermost(span: Span, claims: Iterable[Claim]) -> str:
    """Id of the claim with the shortest content that holds words; `c0` where none does."""
    found = [
        (sum(len(part) for part in one.content), one.id)
        for one in claims
        if one.content and _holds(one.content, span)
    ]
    return min(found)[1] if found else "c0"
