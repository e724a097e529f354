"""Who speaks and who takes part, by a key that is the same in every report."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from allegata.knowledge import load_table
from allegata.knowledge.actor_names import fold_name
from allegata.knowledge.actors import ActorTable
from allegata.types import Entity, EntityType, Reading, Span
from allegata.types.statement import Holder, HolderKind

__all__ = ["Cast", "find_outlet"]

_INDEFINITE = re.compile(
    r"(?i)(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|few|most|other"
    r"|another|unnamed|unidentified|anonymous|local|\d+)\b"
)
_NAME = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w'’.-]+")
_FOLDED = re.compile(r"[\W_]+")


def find_outlet(publisher: str | None, report: str, actors: ActorTable) -> Holder:
    """The publisher of a report as a holder of claims.

    Args:
        publisher: As the report's metadata have it, a name or the host of an address; or None.
        report: Its id, for reports that say nothing of their publisher.
        actors: Outlets that are known: one that publishes and one that is cited are the same.

    Returns:
        The outlet.
    """
    if publisher is None:
        return Holder(f"outlet:{report}", "publisher unknown", HolderKind.OUTLET)
    for name in (publisher, publisher.upper(), publisher.title()):
        media = [f.actor for f in actors.find(name) if f.actor.kind is EntityType.MEDIA]
        if len(media) == 1:
            return Holder(
                f"actor:{media[0].id}",
                media[0].name,
                HolderKind.OUTLET,
                media[0].country,
                EntityType.MEDIA,
                _side(media[0].id, EntityType.MEDIA),
            )
    return Holder(
        f"name:{fold_name(publisher)}", publisher, HolderKind.OUTLET, type=EntityType.MEDIA
    )


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of one reading as holders and parties.

    Args:
        report: Id of the report: unnamed ones have keys of it.
        text: Its text.
        holders: By id of the entity. Made by `Cast.of`.
        actors: Ids in the tables of actors, by id of the entity.
    """

    report: str
    text: str
    holders: Mapping[str, Holder]
    actors: Mapping[str, str]

    @classmethod
    def of(cls, report: str, reading: Reading) -> "Cast":
        """Make holders of the entities of a reading."""
        text = reading.document.text
        holders, actors = {}, {}
        for entity in reading.entities:
            speaks_for = _find_principal(entity, reading.entities, text)
            meant = speaks_for or entity
            holders[entity.id] = _make_holder(report, meant, text)
            if meant.actor is not None:
                actors[entity.id] = meant.actor.id
        return cls(report, text, holders, actors)

    def holder(self, entity: str | None, source: Span | None) -> Holder:
        """Who holds a claim.

        Args:
            entity: Of the claim, or None.
            source: Its words, or None where the text leaves the source out.
        """
        if source is None:
            return Holder("nobody", "nobody named", HolderKind.NOBODY)
        if entity is not None and entity in self.holders:
            return self.holders[entity]
        return _of_words(self.report, source, self.text)


def _make_holder(report: str, entity: Entity, text: str) -> Holder:
    if entity.actor is not None:
        actor = entity.actor
        side = _side(actor.id, actor.kind)
        key = f"actor:{actor.id}"
        return Holder(key, actor.name, HolderKind.ACTOR, actor.country, actor.kind, side)
    named = any(_is_name(mention, text) for mention in entity.mentions[:20])
    words = entity.name or (entity.mentions[0].words(text) if entity.mentions else "")
    if named and _looks_like_name(words):
        return Holder(f"name:{_fold(words)}", words, HolderKind.NAMED, type=entity.type)
    key = f"words:{report}:{_fold(words)}"
    return Holder(key, words, HolderKind.UNNAMED, type=entity.type)


@cache
def _side(actor_id: str, kind: EntityType) -> str:
    """Whose an actor is: a state's bodies are the state's, and so are outlets that it owns.

    Other outlets of a country ("Estonian media") are not.
    """
    state, _, part = actor_id.partition("/")
    if kind is not EntityType.MEDIA:
        return f"actor:{state}"
    if part.startswith("state"):
        return f"actor:{state}"
    known = ActorTable.open().get(actor_id)
    if known is not None and known.owner == "state" and known.country:
        return f"actor:{known.country.lower()}"
    return f"actor:{actor_id}"


def _of_words(report: str, span: Span, text: str) -> Holder:
    words = span.words(text)
    if _is_name(span, text):
        return Holder(f"name:{_fold(words)}", words, HolderKind.NAMED)
    return Holder(f"words:{report}:{_fold(words)}", words, HolderKind.UNNAMED)


def _is_name(span: Span, text: str) -> bool:
    """Whether words name somebody rather than describe: a capital that no sentence asks for."""
    words = span.words(text)
    before = text[: span.start].rstrip(" \t")[-1:]
    if not before or before in _BEGINS:
        first, _, rest = words.partition(" ")
        if first.lower() != "the":
            return bool(_NAME.search(rest)) or (first.isupper() and len(first) > 1)
    return _looks_like_name(words)


_BEGINS = '.!?:"“”\n'


def _looks_like_name(words: str) -> bool:
    bare = words.strip("\"'“”‘’ ")
    if _INDEFINITE.match(bare):
        return False
    rest = re.sub(r"^(?:The|the|Its|His|Her|Their|This|That|These|Those)\s+", "", bare)
    first = rest.split(" ")[0] if rest else ""
    later = rest[len(first) :]
    if _NAME.search(later):
        return True
    return bool(_NAME.fullmatch(first)) and first.lower() not in _common_starts()


@cache
def _common_starts() -> frozenset[str]:
    """Words that begin a sentence with a capital and name nobody: "Officials", "Witnesses"."""
    table = cast("dict[str, list[dict[str, list[str]]]]", load_table("heads"))
    nouns = {
        noun.casefold()
        for head in table["heads"]
        for form in ("nouns", "plural")
        for noun in head.get(form, ())
    }
    return frozenset(nouns | {f"{noun}s" for noun in nouns} | {f"{noun[:-1]}ies" for noun in nouns})


def _fold(words: str) -> str:
    folded = fold_name(words.strip("\"'“”‘’ "))
    return folded or _FOLDED.sub("", words.casefold())


_SPEAKERS = re.compile(r"(?i)\bspokes(?:man|woman|person|people|men|women)\b")
_BODIES = frozenset(
    {EntityType.GOVERNMENT, EntityType.ARMED_GROUP, EntityType.ORGANISATION, EntityType.MEDIA}
)


def _find_principal(entity: Entity, entities: Iterable[Entity], text: str) -> Entity | None:
    """For whom a spokesman speaks: the body that the words for him name, where they name one."""
    for mention in entity.mentions:
        if not _SPEAKERS.search(mention.words(text)):
            continue
        bodies = [
            other
            for other in entities
            if other is not entity
            and other.type in _BODIES
            and any(inner in mention for inner in other.mentions)
        ]
        if bodies:
            return max(bodies, key=lambda one: (one.actor is not None, len(one.name), one.id))
    return None
