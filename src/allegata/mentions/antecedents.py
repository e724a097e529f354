"""Ranking what a pronoun may stand for: a short list of reasons, each with its weight."""

from collections.abc import Callable
from dataclasses import dataclass

from allegata.mentions.chains import Chain
from allegata.mentions.heads import AGENTS, Sort, load_heads
from allegata.mentions.mention import Form, Mention
from allegata.mentions.pronouns import Pronoun
from allegata.types import Act, EntityType

__all__ = ["Question", "Reason", "may_stand_for", "weigh"]

_BODIES = (
    EntityType.GOVERNMENT, EntityType.ARMED_GROUP, EntityType.ORGANISATION, EntityType.MEDIA,
    EntityType.POPULATION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun that stands for something said before it.

    Attributes:
        mention: The pronoun where it stands.
        word: What it may stand for.
        levels: Ids of the claims that it stands inside, the innermost first.
        thinks: Whether it is the subject of a verb of thought.
    """

    mention: Mention
    word: Pronoun
    levels: tuple[str, ...]
    thinks: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a mention is likely what a pronoun stands for.

    Attributes:
        holds: Whether, or how far, it applies to a mention of a chain and a pronoun.
        weight: How much it counts.
    """

    holds: "Callable[[Mention, Chain, Question], float]"
    weight: float


def _sentences_back(mention: Mention, _: Chain, question: Question) -> float:
    """Each sentence in between."""
    return question.mention.sentence - mention.sentence


def _speaks_there(mention: Mention, _: Chain, question: Question) -> float:
    """It is a source there, at the same level."""
    return bool(mention.claims) and mention.level == question.mention.level


def _is_subject(mention: Mention, _: Chain, __: Question) -> float:
    """It is a subject there."""
    return mention.subject


def _is_embedded(mention: Mention, _: Chain, __: Question) -> float:
    """It is only a part of a larger phrase there."""
    return mention.embedded


def _is_elsewhere(mention: Mention, _: Chain, question: Question) -> float:
    """It stands in what somebody else says."""
    return mention.level not in question.levels


def _is_outside(mention: Mention, _: Chain, question: Question) -> float:
    """It stands outside the words that hold the pronoun."""
    return mention.level in question.levels[1:]


def _tells_own_thought(mention: Mention, _: Chain, question: Question) -> float:
    """It is the source of the words around the pronoun, which tell what somebody thinks."""
    return question.thinks and any(one.id == question.levels[0] for one in mention.claims)


def _denies_it(mention: Mention, _: Chain, question: Question) -> float:
    """It denies what the words around the pronoun say: "X denied Y's claim that it"."""
    denied = (Act.DENY, Act.DOUBT)
    return any(one.act in denied and one.id in question.levels[1:] for one in mention.claims)


def _is_surely_fit(_: Mention, chain: Chain, __: Question) -> float:
    """What it is, is known."""
    return chain.type is not None


def _is_as_many(mention: Mention, _: Chain, question: Question) -> float:
    """Both are several."""
    return bool(mention.plural and question.word.plural)


def _is_named(mention: Mention, chain: Chain, __: Question) -> float:
    """It has a name."""
    return bool(chain.names) or mention.form is Form.NAME


REASONS = (
    Reason(_sentences_back, -1.0),
    Reason(_speaks_there, 1.5),
    Reason(_is_subject, 1.0),
    Reason(_is_embedded, -1.0),
    Reason(_is_elsewhere, -1.5),
    Reason(_is_outside, -0.5),
    Reason(_tells_own_thought, 1.0),
    Reason(_denies_it, 1.5),
    Reason(_is_surely_fit, 1.0),
    Reason(_is_as_many, 0.8),
    Reason(_is_named, 0.3),
)


def weigh(mention: Mention, chain: Chain, question: Question) -> float:
    """How likely a pronoun stands for a mention, by no scale but its own."""
    return sum(reason.weight * reason.holds(mention, chain, question) for reason in REASONS)


def may_stand_for(word: Pronoun, mention: Mention, chain: Chain) -> bool:
    """Whether sort, number and gender allow a pronoun to stand for a mention of a chain."""
    if not _may_speak(mention, chain):
        return False
    if word.human is True and not _may_be_human(mention, chain, word):
        return False
    if word.human is False and not _may_be_thing(mention, chain):
        return False
    return word.plural is not True or _may_be_many(mention, chain)


def _may_speak(mention: Mention, chain: Chain) -> bool:
    """Whether something is known that may speak: by its noun, its name, or by having spoken."""
    if chain.names or chain.ideas or chain.speaks or mention.is_joint:
        return True
    never = load_heads().never
    return any(one.word.endswith(AGENTS) and one.word not in never for one in chain.descriptions)


def _may_be_human(mention: Mention, chain: Chain, word: Pronoun) -> bool:
    if chain.is_plural or mention.is_place or chain.type not in (EntityType.PERSON, None):
        return False
    if chain.gender is not None and word.gender is not chain.gender:
        return False
    return all(one.head is None or one.head.sort is Sort.PERSON for one in chain.descriptions)


def _may_be_thing(mention: Mention, chain: Chain) -> bool:
    return not (chain.is_human or mention.plural)


def _may_be_many(mention: Mention, chain: Chain) -> bool:
    if chain.is_human:
        return False
    if mention.plural or mention.form is Form.NAME:
        return True
    return chain.is_plural or chain.type in _BODIES
