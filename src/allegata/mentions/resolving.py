"""Putting each mention into its chain, in the order of the text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from allegata.mentions.antecedents import Question, may_stand_for, weigh
from allegata.mentions.chains import Chain
from allegata.mentions.describing import Describer
from allegata.mentions.issuers import find_issuer, is_document, put_after_issuers
from allegata.mentions.matching import match_description, match_name
from allegata.mentions.mention import Article, Form, Mention
from allegata.mentions.pronouns import PRONOUNS, Pronoun
from allegata.mentions.registry import Registry
from allegata.mentions.thoughts import is_thinking
from allegata.types import Claim, Quotation

__all__ = ["Resolver"]

_NEAR = 6
_AROUND = 8


class Resolver:
    """Finds the chain of each mention of a document.

    Args:
        describer: Holds the analysis.
        claims: Of the document, with the claims that they stand inside.
        groups: Folded names that the text says to be the same, by the number of their group.
    """

    def __init__(
        self, describer: Describer, claims: Sequence[Claim], groups: Mapping[str, int]
    ) -> None:
        self.registry = Registry(groups)
        self.spoken: dict[str, Chain] = {}
        self._describer = describer
        self._claims = {claim.id: claim for claim in claims}
        self._open: list[Mention] = []

    def resolve(self, mentions: Sequence[Mention]) -> None:
        """Put all mentions into chains; what stays open is a pronoun that nothing fits."""
        ordered = put_after_issuers(mentions)
        for at, mention in enumerate(ordered):
            near = ordered[max(0, at - _AROUND) : at + _AROUND]
            self._settle(mention, self._place(mention, near))
        self._look_ahead()
        self._let_speakers_speak()

    @property
    def open_speakers(self) -> list[Mention]:
        """The "we" and "I" that no claim around them explains."""
        return [one for one in self._open if (word := self._word(one)) and word.speaker]

    def settle_open(self, mention: Mention, chain: Chain) -> None:
        """Put a pronoun that stayed open into a chain."""
        self._open.remove(mention)
        self._settle(mention, self.registry.add(mention, chain))

    def find_antecedent(
        self, mention: Mention, before: Sequence[tuple[Mention, Chain]]
    ) -> tuple[Mention, Chain] | None:
        """The likeliest of some mentions that a pronoun may stand for, with its chain.

        Args:
            mention: The pronoun. One that stands for whoever speaks has no antecedent.
            before: Mentions with their chains; those behind the pronoun are passed over.
        """
        word = self._word(mention)
        return None if word is None or word.speaker else self._likeliest(mention, word, before)

    def _settle(self, mention: Mention, chain: Chain | None) -> None:
        if chain is None:
            if mention.claims:
                self._open.append(mention)
            return
        for claim in mention.claims:
            self.spoken[claim.id] = chain

    def _place(self, mention: Mention, near: Sequence[Mention]) -> Chain | None:
        if mention.form is Form.PRONOUN:
            chain = self._antecedent(mention)
            return None if chain is None else self._add_pronoun(mention, chain)
        if is_document(mention):
            return self._place_document(mention, near)
        return self.registry.add(mention, self._known(mention))

    def _known(self, mention: Mention) -> Chain | None:
        if mention.is_joint:
            return None
        found = None
        if mention.name:
            found = match_name(mention, self.registry.named_like(mention), self.registry.groups)
        if found is None and mention.descriptions and _names_itself(mention):
            recent = () if mention.name else self._recent(mention)
            found = match_description(mention, self.registry.called_like(mention), recent)
        return found

    def _recent(self, mention: Mention) -> list[Chain]:
        """What was spoken of lately, but for those who are just speaking: they would say "we"."""
        speaking = {id(self.spoken.get(level)) for level in self._levels(mention.level)}
        found = self.registry.chains_before(mention, _NEAR)
        return [chain for chain in found if id(chain) not in speaking]

    def _place_document(self, mention: Mention, near: Sequence[Mention]) -> Chain:
        issuer = self._issuer(mention, near)
        if issuer is None:
            return self.registry.add(mention, self._known(mention))
        if not mention.claims:
            chain = self.registry.add(mention, None)
            chain.issuer = issuer
            return chain
        return self._add_pronoun(mention, issuer)

    def _issuer(self, mention: Mention, near: Sequence[Mention]) -> Chain | None:
        """Who issued a document, as far as the text says."""
        named = find_issuer(self._describer, mention, near)
        if named is not None:
            return self._chain_of(named) or self._known(named)
        if not mention.claims:
            return self._subject_before(mention)
        if mention.article is Article.OWN:
            return self._owner(mention)
        if mention.article is not Article.DEFINITE:
            return None
        known = self._known(mention)
        if known is not None:
            return known.issuer or known
        return self._last_speaker(mention)

    def _chain_of(self, mention: Mention) -> Chain | None:
        for other, chain in self.registry.before(mention, 0):
            if other is mention:
                return chain
        return None

    def _subject_before(self, mention: Mention) -> Chain | None:
        for other, chain in self.registry.before(mention, 0):
            if other.subject and other.first < mention.first and not is_document(other):
                return chain
        return None

    def _last_speaker(self, mention: Mention) -> Chain | None:
        for other, chain in self.registry.before(mention, _NEAR):
            before = other.span.start < mention.span.start
            if other.claims and before and other.level == mention.level:
                return chain
        return None

    def _owner(self, mention: Mention) -> Chain | None:
        word = PRONOUNS.get(self._describer.analysis.word(mention.first).lower())
        return None if word is None or word.speaker else self._best(mention, word)

    def _add_pronoun(self, mention: Mention, chain: Chain) -> Chain:
        """Add words that refer without naming or describing."""
        word = self._word(mention)
        if word is not None and word.gender is not None:
            chain.gender = chain.gender or word.gender
        return self.registry.add(without_words(mention), chain)

    def _word(self, mention: Mention) -> Pronoun | None:
        if mention.form is not Form.PRONOUN:
            return None
        return PRONOUNS.get(self._describer.analysis.word(mention.head).lower())

    def _antecedent(self, mention: Mention) -> Chain | None:
        word = self._word(mention)
        if word is None or word.speaker:
            return None
        return self._just_before(mention) if word.relative else self._best(mention, word)

    def _best(self, mention: Mention, word: Pronoun) -> Chain | None:
        """The likeliest of all that a pronoun may stand for."""
        found = self._likeliest(mention, word, self.registry.before(mention, _NEAR))
        return None if found is None else found[1]

    def _likeliest(
        self, mention: Mention, word: Pronoun, before: Iterable[tuple[Mention, Chain]]
    ) -> tuple[Mention, Chain] | None:
        thinks = is_thinking(self._describer.analysis, mention.head)
        question = Question(mention, word, self._levels(mention.level), thinks)
        found = [
            (weigh(other, chain, question), other.span.start, other, chain)
            for other, chain in self._candidates(mention, word, before)
        ]
        return max(found, key=lambda one: one[:2])[2:] if found else None

    def _candidates(
        self, mention: Mention, word: Pronoun, before: Iterable[tuple[Mention, Chain]]
    ) -> Iterator[tuple[Mention, Chain]]:
        silent = self._quoted_speaker(mention)
        for other, chain in before:
            if other.span.end > mention.span.start or chain is silent or is_document(other):
                continue
            if may_stand_for(word, other, chain):
                yield other, chain

    def _quoted_speaker(self, mention: Mention) -> Chain | None:
        """Whoever would say "I" where a pronoun stands: nobody speaks of himself as "he"."""
        parent = self._claims.get(mention.level)
        if parent is None or parent.quotation is not Quotation.DIRECT:
            return None
        return self.spoken.get(parent.id)

    def _just_before(self, mention: Mention) -> Chain | None:
        relative = self._describer.analysis.word(mention.head).lower()
        for other, chain in self.registry.before(mention, 0):
            if other.span.end > mention.span.start:
                continue
            if relative == "which" and (chain.is_human or other.is_human):
                continue
            if relative in ("who", "whom") and not _may_be_who(other, chain):
                continue
            return chain
        return None

    def _look_ahead(self) -> None:
        """Pronouns in an opening that points to the subject behind it: "When he spoke, X said"."""
        for mention in list(self._open):
            word = self._word(mention)
            if word is None or word.speaker or word.relative:
                continue
            chain = self._subject_after(mention, word)
            if chain is not None:
                self._open.remove(mention)
                self._settle(mention, self._add_pronoun(mention, chain))

    def _subject_after(self, mention: Mention, word: Pronoun) -> Chain | None:
        analysis = self._describer.analysis
        opening = analysis.sentences[mention.sentence].first
        if analysis.upos[opening] not in ("SCONJ", "ADP", "ADV"):
            return None
        for other, chain in self.registry.recent:
            if other.sentence != mention.sentence or other.first <= mention.end:
                continue
            if other.subject and other.form is Form.NAME and may_stand_for(word, other, chain):
                between = range(mention.end, other.first)
                return chain if any(analysis.word(at) == "," for at in between) else None
        return None

    def _let_speakers_speak(self) -> None:
        """Take "I" and "we" for whoever is the source of the claim around them."""
        for mention in sorted(self.open_speakers, key=lambda one: len(self._levels(one.level))):
            chain = self._speaker_around(mention.level)
            if chain is not None:
                self.settle_open(mention, chain)

    def _speaker_around(self, level: str) -> Chain | None:
        return self.spoken.get(level)

    def _levels(self, level: str) -> tuple[str, ...]:
        """A claim and the claims around it, up to the document's own voice."""
        levels = [level]
        claim = self._claims.get(level)
        while claim is not None and claim.parent is not None and claim.parent not in levels:
            levels.append(claim.parent)
            claim = self._claims.get(claim.parent)
        return tuple(levels)


def without_words(mention: Mention) -> Mention:
    """A mention that adds neither a name nor a description to its chain."""
    return replace(mention, form=Form.PRONOUN, title=None, name=(), descriptions=(), type=None)


def _names_itself(mention: Mention) -> bool:
    """Whether the noun is all the name there is: in "the firm Secunia" the name tells more."""
    return not mention.name or mention.descriptions[0].word in "".join(mention.name)


def _may_be_who(mention: Mention, chain: Chain) -> bool:
    if mention.is_human or mention.plural or chain.is_human:
        return True
    return mention.type is None and bool(mention.name)
