"""What takes part in events and has no entity yet: described things, names inside compounds.

Those who speak and those who are named keep what they have: chains are only added, or get a mention
more that neither names nor describes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from allegata.mentions.aliases import join_name
from allegata.mentions.chains import Chain
from allegata.mentions.collecting import find_levels
from allegata.mentions.describing import Describer
from allegata.mentions.heads import Sort
from allegata.mentions.matching import match_name
from allegata.mentions.mention import Form, Mention
from allegata.mentions.names import fold
from allegata.mentions.participant_nouns import load_participants
from allegata.mentions.parts import Part, collect_parts
from allegata.mentions.pronouns import PRONOUNS
from allegata.mentions.resolving import Resolver, without_words
from allegata.mentions.sameness import Group, choose_group
from allegata.types import Claim, Event

__all__ = ["add_participants"]

_VAGUE = frozenset(("it", "that", "this", "which"))
"""Words for things of all sorts, of which only those that speak are kept in mind."""

_BACK = 4
_MOST = 40


def add_participants(
    describer: Describer,
    resolver: Resolver,
    entities: Sequence[Chain],
    events: Sequence[Event],
    claims: Sequence[Claim],
) -> list[Chain]:
    """Find chains for the actors, targets and instruments that are in none.

    Args:
        describer: Holds the analysis.
        resolver: Has put all mentions of speakers and names into chains.
        entities: Those of its chains that are entities.
        events: With arguments as spans.
        claims: Around the events: they tell who "we" are.

    Returns:
        The new chains in order of their making. Those of `entities` may have new mentions.
    """
    if not events:
        return []
    nouns = load_participants()
    finder = _Finder(resolver, entities, describer, claims)
    for part in collect_parts(replace(describer, lexicon=nouns.lexicon), nouns, events):
        finder.place(part)
    return [group.chain for group in finder.made]


class _Finder:
    """Puts parts into groups, in order of the text."""

    def __init__(
        self,
        resolver: Resolver,
        entities: Sequence[Chain],
        describer: Describer,
        claims: Sequence[Claim],
    ) -> None:
        self.made: list[Group] = []
        self._resolver = resolver
        self._describer = describer
        self._claims = claims
        self._levels: list[str] = []
        self._known = {id(chain): Group(chain) for chain in entities}
        self._placed: dict[int, tuple[Mention, Chain]] = {}
        self._in_sentence: dict[int, list[tuple[Mention, Chain]]] = {}
        for mention, chain in resolver.registry.recent:
            if mention.head not in self._placed or id(chain) in self._known:
                self._placed[mention.head] = (mention, chain)
            self._in_sentence.setdefault(mention.sentence, []).append((mention, chain))
        self._called: dict[str, list[Group]] = {}
        self._named: dict[str, Group] = {}
        self._at: dict[int, Group] = {}

    def place(self, part: Part) -> None:
        """Put a part into a group, unless an entity has it already."""
        mention = part.mention
        if self._is_known(mention):
            return
        if mention.form is Form.PRONOUN:
            self._refer(mention)
        elif mention.form is Form.NAME:
            self._name(part)
        else:
            self._describe(part)

    def _is_known(self, mention: Mention) -> bool:
        if mention.is_joint:
            return False
        placed = self._placed.get(mention.head)
        return placed is not None and id(placed[1]) in self._known

    def _name(self, part: Part) -> None:
        mention = part.mention
        registry = self._resolver.registry
        likely = [one for one in registry.named_like(mention) if id(one) in self._known]
        chain = match_name(mention, likely, registry.groups)
        if chain is not None:
            chain.add(without_words(mention))
            return
        name = join_name(" ".join(mention.name))
        self._named[name] = self._add(part, self._named.get(name))

    def _describe(self, part: Part) -> Group:
        group = self._at.get(part.mention.head)
        return group or self._add(part, choose_group(part, self._called_like(part.mention)))

    def _called_like(self, mention: Mention) -> list[Group]:
        """What was called by such a noun: those that speak or are named, and new ones."""
        if not mention.descriptions:
            return []
        word = mention.descriptions[0].word
        speaking = (
            self._known[id(chain)]
            for chain in self._resolver.registry.called_like(mention)
            if id(chain) in self._known and any(one.word == word for one in chain.descriptions)
        )
        return [*speaking, *self._called.get(self._last_word(mention), ())[-_MOST:]]

    def _last_word(self, mention: Mention) -> str:
        one = mention.descriptions[0]
        if one.head is None or one.head.n_words == 1:
            return one.word
        return fold(self._describer.analysis.word(mention.head))

    def _add(self, part: Part, group: Group | None) -> Group:
        mention = part.mention
        if group is not None and id(group.chain) in self._known:
            group.chain.add(without_words(mention))
        else:
            if group is None:
                group = Group(Chain())
                self.made.append(group)
            group.chain.add(mention)
            self._remember(mention, group)
        group.parts.append(part)
        self._at[mention.head] = group
        return group

    def _remember(self, mention: Mention, group: Group) -> None:
        for one in mention.descriptions:
            if mention.form is Form.NAME and (one.head is None or one.head.sort is Sort.PERSON):
                continue  # "the driver" is not Ana Driver
            called = self._called.setdefault(self._last_word(mention), [])
            if group not in called:
                called.append(group)

    def _refer(self, mention: Mention) -> None:
        """Put a pronoun to what it stands for, where that can be told."""
        if self._describer.analysis.word(mention.head).lower() in _VAGUE:
            return
        chain = self._speaker(mention) or self._antecedent(mention)
        if chain is not None:
            chain.add(without_words(mention))

    def _speaker(self, mention: Mention) -> Chain | None:
        """Who "we" are: whoever is the source of the claim around them."""
        word = PRONOUNS.get(self._describer.analysis.word(mention.head).lower())
        if word is None or not word.speaker:
            return None
        chain = self._resolver.spoken.get(self._level(mention))
        return chain if chain is not None and id(chain) in self._known else None

    def _level(self, mention: Mention) -> str:
        if not self._levels:
            self._levels = find_levels(self._describer.analysis, self._claims)
        return self._levels[mention.head]

    def _antecedent(self, mention: Mention) -> Chain | None:
        tracked = self._placed.get(mention.head)
        if tracked is not None:
            told = [one for one in tracked[1].mentions if _tells(one, mention)]
            return self._chain_of(told[-1], tracked[1]) if told else None
        placed = replace(mention, level=self._level(mention))
        found = self._resolver.find_antecedent(placed, list(self._before(mention)))
        return None if found is None else self._chain_of(*found)

    def _before(self, mention: Mention) -> Iterable[tuple[Mention, Chain]]:
        """Mentions of the last sentences, the latest first."""
        for sentence in range(mention.sentence, mention.sentence - _BACK - 1, -1):
            yield from reversed(self._in_sentence.get(sentence, ()))

    def _chain_of(self, mention: Mention, chain: Chain) -> Chain | None:
        """The entity of an antecedent, which becomes one where it was none."""
        if id(chain) in self._known:
            return chain
        if mention.form is Form.PRONOUN or not _is_sure(mention):
            return None
        return self._describe(Part(mention)).chain


def _tells(other: Mention, pronoun: Mention) -> bool:
    return other.form is not Form.PRONOUN and other.span.start < pronoun.span.start


def _is_sure(mention: Mention) -> bool:
    """Whether a mention that is no entity is known to be somebody: by a noun of the table."""
    return any(one.head is not None for one in mention.descriptions)
