"""Linking entities to actors: an id where the table and the document are sure, None elsewhere."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from allegata.grounding.actors.choosing import Context, choose_actor
from allegata.knowledge.actor_names import fold_name
from allegata.knowledge.actor_patterns import find_parts, load_patterns
from allegata.knowledge.actor_phrases import find_beside
from allegata.knowledge.actors import ActorTable, Found, KnownActor, Use
from allegata.types import Entity, EntityType
from allegata.types.actor import Actor, ActorMatch

__all__ = ["actor_of", "link_actors"]

_MATCHES = {
    Use.NAME: ActorMatch.NAME,
    Use.ALIAS: ActorMatch.ALIAS,
    Use.SHARED: ActorMatch.ALIAS,
    Use.ADJECTIVE: ActorMatch.DEMONYM,
    Use.PEOPLE: ActorMatch.DEMONYM,
    Use.CITY: ActorMatch.METONYM,
    Use.SEAT: ActorMatch.METONYM,
    Use.PATTERN: ActorMatch.PATTERN,
}
_LONGEST = 100
"""Characters of a mention that may be a name; what is longer is a description."""

_INITIALS = 3
"""Letters of initials that may be an ordinary word in capitals."""

_NOT_SURE = (None, EntityType.ORGANISATION, EntityType.PLACE)
"""Types that the look of a name gives, and a table knows better."""

_SMALL = frozenset(("", "the", "of", "and", "for", "in"))

_BODIES = (EntityType.GOVERNMENT, EntityType.ORGANISATION)
_SIDES = (EntityType.GOVERNMENT, EntityType.ARMED_GROUP)
"""Kinds whose country is one that a text is about; an outlet or aid body is at home elsewhere."""

_NO_BODIES = (
    EntityType.PLACE, EntityType.POPULATION, EntityType.FACILITY, EntityType.WEAPON,
    EntityType.MATERIAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Whom an entity may be, and the words of the document that say so."""

    words: str
    found: tuple[Found, ...]


def link_actors(
    entities: Sequence[Entity],
    *,
    actors: ActorTable,
    text: str = "",
    year: int | None = None,
    countries: Collection[str] = (),
    speaking: Collection[str] = (),
) -> tuple[Entity, ...]:
    """Say which known actor each entity is.

    Args:
        entities: Of one document.
        actors: Everybody that is known.
        text: Of the document: mentions are read from it, and full names looked for in it.
        year: In which it was published, or None.
        countries: ISO 3166 codes of the states that it is about, as far as that is known: of its
            dateline and places.
        speaking: Ids of the entities that are sources of claims: a city among them is a government.

    Returns:
        The entities in the same order, with `actor` where it is sure, and with `type` where that
        tells what had none or what only the look of a name had told.
    """
    context = Context(actors, text, year, countries)
    candidates = [_find(one, context, speaks=one.id in speaking) for one in entities]
    context.named = frozenset(
        [*_named_countries(candidates, context), *_countries_of_cities(entities, actors)]
    )
    return tuple(
        _link(entity, theirs, context, speaks=entity.id in speaking)
        for entity, theirs in zip(entities, candidates, strict=True)
    )


def actor_of(
    words: str,
    *,
    actors: ActorTable,
    text: str = "",
    year: int | None = None,
    countries: Collection[str] = (),
) -> Actor | None:
    """The actor that some words name, for words that are no entity: an argument, a heading.

    Args:
        words: All of them are taken as one name or description ("the Estonian forces").
        actors: Everybody that is known.
        text: Of the document, for full names.
        year: In which the document was published, or None.
        countries: ISO 3166 codes of the states that the document is about.

    Returns:
        None where they name nobody, or several. A city is none: it may be meant as a place.
    """
    entity = Entity("", words.strip(), None, ())
    (linked,) = link_actors([entity], actors=actors, text=text, year=year, countries=countries)
    return linked.actor


def _find(entity: Entity, context: Context, *, speaks: bool) -> _Candidates | None:
    """Whom the entity may be: by its name, else by stated aliases, else by its mentions."""
    if context.in_capitals and entity.type is None and len(entity.name) <= _INITIALS:
        return None  # "who" and "us" look like initials there
    for group in (_own_names(entity), _mention_words(entity, context.text)):
        told = [
            _Candidates(words, found)
            for words in group
            if (found := _look_up(words, entity, context.actors, speaks=speaks))
        ]
        if told:
            ids = {tuple(one.actor.id for one in theirs.found) for theirs in told}
            return told[0] if len(ids) == 1 else _of_name(entity, told)
    return None


def _of_name(entity: Entity, told: Sequence[_Candidates]) -> _Candidates | None:
    """What the name itself tells, where aliases or mentions tell otherwise."""
    return told[0] if told[0].words == entity.name else None


def _own_names(entity: Entity) -> Iterator[str]:
    """The name and, but for places, what stands in brackets behind one: "Port Vale (Estonia)"."""
    yield entity.name
    if entity.type is not EntityType.PLACE:
        for alias in entity.aliases:
            yield alias.name


def _mention_words(entity: Entity, text: str) -> Iterator[str]:
    """Mentions by another name that belongs to the same thing, as far as the words tell."""
    if entity.type is EntityType.PERSON:
        return
    words = dict.fromkeys(
        mention.words(text)
        for mention in entity.mentions
        if mention.end <= len(text) and len(mention) <= _LONGEST
    )
    for one in words:
        if one != entity.name and one.lower() != one and _is_akin(one, entity.name):
            yield one


def _is_akin(words: str, name: str) -> bool:
    """Whether two names share a word or initials, or the second has no capital at all."""
    mine, theirs = ({fold_name(part) for part in one.split()} for one in (words, name))
    letters = "".join(part[0] for part in name.split()).lower()
    patterns = load_patterns()
    telling = (mine & theirs) - _SMALL - patterns.apposed - patterns.nouns.keys()
    return name[1:] == name[1:].lower() or bool(telling) or letters in mine


def _look_up(words: str, entity: Entity, actors: ActorTable, *, speaks: bool) -> tuple[Found, ...]:
    if words.islower():
        return ()  # what has no capital is described, not named
    found = actors.find(words) or find_parts(actors, words) or find_beside(actors, words)
    return tuple(one for one in found if _may_be(one, entity.type, speaks=speaks))


def _may_be(one: Found, kind: EntityType | None, *, speaks: bool) -> bool:
    """Whether something of a type, speaking or not, may be an actor by such words."""
    if kind is EntityType.PERSON:
        return _is_no_human(one, speaks=speaks)
    match one.use:
        case Use.CITY:
            return speaks or kind is EntityType.GOVERNMENT
        case Use.SEAT:
            return speaks or kind in _BODIES
        case Use.ADJECTIVE:
            return False
        case Use.PEOPLE:
            return kind is not EntityType.PLACE
        case Use.SHARED:
            return one.actor.is_land or kind not in _NO_BODIES
        case _:
            return True


def _is_no_human(one: Found, *, speaks: bool) -> bool:
    """Whether what looks like a human's name is none that humans bear."""
    if not one.actor.is_land:
        return one.use in (Use.NAME, Use.ALIAS)
    spoken = speaks and one.use in (Use.NAME, Use.ALIAS, Use.CITY)
    return spoken and fold_name(one.name) not in load_patterns().borne


def _named_countries(candidates: Sequence[_Candidates | None], context: Context) -> Iterator[str]:
    """States that the document names by words of their own."""
    for theirs in candidates:
        if theirs is not None and len(theirs.found) == 1 and theirs.found[0].use is not Use.SHARED:
            chosen = choose_actor(theirs.found, context)
            if chosen is not None and chosen.actor.kind in _SIDES:
                yield from filter(None, [chosen.actor.country])


def _countries_of_cities(entities: Sequence[Entity], actors: ActorTable) -> Iterator[str]:
    """States whose cities the document names, whether or not those speak."""
    for entity in entities:
        if entity.type is not EntityType.PERSON:
            found = actors.find(entity.name)
            if len(found) == 1 and found[0].use is Use.CITY:
                yield from filter(None, [found[0].actor.country])


def _link(entity: Entity, theirs: _Candidates | None, context: Context, *, speaks: bool) -> Entity:
    chosen = choose_actor(theirs.found, context, entity.type) if theirs else None
    if theirs is None or chosen is None:
        return entity
    known = chosen.actor
    if _MATCHES[chosen.use] is ActorMatch.DEMONYM:
        known = context.actors.build_part(known, load_patterns().people)
    actor = Actor(
        known.id, known.name, known.kind, known.country, _MATCHES[chosen.use], theirs.words
    )
    return replace(entity, actor=actor, type=_judge_type(entity.type, chosen, known, speaks=speaks))


def _judge_type(
    kind: EntityType | None, chosen: Found, known: KnownActor, *, speaks: bool
) -> EntityType | None:
    """The type of an entity, now that it is known who it is."""
    match chosen.use:
        case Use.CITY | Use.SEAT:
            return EntityType.GOVERNMENT
        case Use.NAME | Use.ALIAS | Use.SHARED if known.is_land:
            if speaks:
                return EntityType.GOVERNMENT
            return EntityType.PLACE if kind in _NOT_SURE else kind
        case Use.NAME | Use.ALIAS:
            return known.kind
        case _:
            return known.kind if kind in _NOT_SURE else kind
