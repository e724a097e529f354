"""From claims with sources and events with arguments to entities, by all that they are called."""

from collections.abc import Sequence
from dataclasses import replace

from allegata.encoder import Analysis, find_quotations
from allegata.knowledge import load_table
from allegata.mentions.aliases import StatedAlias, find_aliases, group_names, join_name
from allegata.mentions.chains import Chain
from allegata.mentions.collecting import capital_words, collect_mentions, known_words
from allegata.mentions.describing import Describer
from allegata.mentions.heads import load_given_names, load_heads
from allegata.mentions.matching import find_group
from allegata.mentions.mention import Form
from allegata.mentions.participants import add_participants
from allegata.mentions.resolving import Resolver
from allegata.types import Alias, Claim, Entity, EntityType, Event, Span

__all__ = ["find_entities"]

_ARTICLES = ("the ", "a ", "an ")


def find_entities(
    doc_text: str,
    analysis: Analysis,
    claims: Sequence[Claim],
    publisher: str | None,
    events: Sequence[Event] = (),
) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
    """Find who speaks in a document, what else it names, and who and what takes part in its events.

    Args:
        doc_text: The whole text: notes may state aliases.
        analysis: What the model sees in headline, dateline and body.
        claims: With sources as spans and parents, as they were read.
        publisher: Whose voice the document is, or None.
        events: Their actors, targets and instruments are mentions, whatever they look like; those
            that only a pronoun tells have none where it is not clear.

    Returns:
        The entities in order of first mention, and the claims with `entity` filled in where the
        text says who the source is. A pronoun with no antecedent stays without.
    """
    stated = find_aliases(doc_text)
    describer = Describer(
        analysis, load_heads(), known_words(analysis), _media(publisher), capital_words(analysis),
        load_given_names(),
    )  # fmt: skip
    resolver = Resolver(describer, claims, group_names(stated))
    resolver.resolve(collect_mentions(describer, claims))
    own = _find_publisher(doc_text, resolver, publisher)
    chains = sorted(filter(_is_entity, resolver.registry.chains), key=_first_start)
    _state_aliases(chains, stated)
    chains += add_participants(describer, resolver, chains, events, claims)
    chains.sort(key=_first_start)
    ids = {id(chain): f"n{number}" for number, chain in enumerate(chains, start=1)}
    entities = tuple(_build(doc_text, chain, ids[id(chain)], publisher, own) for chain in chains)
    return entities, tuple(_fill(claim, resolver, ids, own) for claim in claims)


def _media(publisher: str | None) -> frozenset[str]:
    """Folded names of media: news agencies, and whoever published the document."""
    table = load_table("segments")
    agencies = table.get("agencies", []) if isinstance(table, dict) else []
    names = list(map(str, agencies)) if isinstance(agencies, list) else []
    return frozenset(join_name(name) for name in [*names, publisher or ""] if name)


def _find_publisher(text: str, resolver: Resolver, publisher: str | None) -> Chain | None:
    """The chain of the publisher: by its name, and by "we" outside all quotations."""
    if publisher is None:
        return None
    name = join_name(publisher)
    chains = resolver.registry.chains
    own = next((one for one in chains if any("".join(words) == name for words in one.names)), None)
    open_speakers = [one for one in resolver.open_speakers if one.level == "c0"]
    quotations = find_quotations(text) if open_speakers else []
    for mention in open_speakers:
        if not any(mention.span in quotation for quotation in quotations):
            if own is None:
                own = Chain()
                chains.append(own)
            resolver.settle_open(mention, own)
    return own


def _is_entity(chain: Chain) -> bool:
    """Whether a chain speaks or has a name; what is only described and silent is left out."""
    if chain.speaks:
        return True
    never = load_heads().never
    return any(
        one.form is Form.NAME and one.is_known and not never.issuperset(one.name)
        for one in chain.mentions
    )


def _first_start(chain: Chain) -> tuple[int, int]:
    first = min(one.span for one in chain.mentions)
    return first.start, -first.end


def _state_aliases(chains: Sequence[Chain], stated: Sequence[StatedAlias]) -> None:
    for alias in stated:
        groups = group_names([alias])
        for chain in chains:
            if any(find_group(words, groups) is not None for words in chain.names):
                for name in alias.names:
                    chain.aliases.setdefault(name, alias.evidence)
                break


def _build(
    text: str, chain: Chain, entity_id: str, publisher: str | None, own: Chain | None
) -> Entity:
    name = publisher if chain is own and publisher else _name(text, chain)
    mine = join_name(name)
    return Entity(
        id=entity_id,
        name=name,
        type=EntityType.MEDIA if chain is own else chain.type,
        mentions=_outermost(chain),
        aliases=tuple(
            Alias(other, evidence)
            for other, evidence in chain.aliases.items()
            if join_name(other) != mine
        ),
    )


def _outermost(chain: Chain) -> tuple[Span, ...]:
    """Its mentions, but for those that are a part of another one."""
    spans = sorted({one.span for one in chain.mentions}, key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in spans:
        if not kept or span not in kept[-1]:
            kept.append(span)
    return tuple(kept)


def _name(text: str, chain: Chain) -> str:
    """The fullest name, or the fullest description of what has none."""
    titles = [one.title for one in chain.mentions if one.title is not None]
    if titles:
        return _tidy(max(titles, key=lambda title: (_n_words(text, title), len(title))).words(text))
    told = [one for one in chain.mentions if one.form is not Form.PRONOUN] or chain.mentions
    return " ".join(max((one.span for one in told), key=len).words(text).split())


def _n_words(text: str, span: Span) -> int:
    return len(span.words(text).split())


def _tidy(name: str) -> str:
    words = " ".join(name.split())
    for article in _ARTICLES:
        if words.lower().startswith(article):
            return words[len(article) :]
    return words


def _fill(claim: Claim, resolver: Resolver, ids: dict[int, str], own: Chain | None) -> Claim:
    chain = own if claim.parent is None else resolver.spoken.get(claim.id)
    return claim if chain is None else replace(claim, entity=ids.get(id(chain)))
