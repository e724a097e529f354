"""A mention: some words that refer to somebody, and what they tell about who it is."""

from dataclasses import dataclass
from enum import Enum

from allegata.mentions.heads import Gender, Head
from allegata.types import Claim, EntityType, Span

__all__ = ["Article", "Description", "Form", "Mention"]


class Form(Enum):
    """How a mention refers."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class Article(Enum):
    """How a description begins, and so whether it may speak of somebody known."""

    DEFINITE = "the"
    INDEFINITE = "a"
    BARE = ""
    OWN = "his"
    NEW = "another"


@dataclass(frozen=True, slots=True)
class Description:
    """A noun with the words that tell which one is meant.

    Attributes:
        head: The noun, or None where it is not known; `word` stands for it then.
        word: The noun itself, folded.
        modifiers: The other words that tell two of a kind apart, folded.
        capitals: Those of them that are names or belong to names.
        around: Words of the mention that follow further behind: "linked to the harbour gang".
    """

    head: Head | None
    word: str
    modifiers: frozenset[str]
    capitals: frozenset[str]
    around: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """Some words that refer to somebody or something.

    Attributes:
        span: Where they stand.
        first: Their first word, by number in the analysis.
        end: One past their last word.
        head: The word that counts for syntax.
        sentence: Number of their sentence.
        form: How they refer.
        article: How a description begins.
        title: The words to be shown as the name: "Ana Bekele" of "Ana Bekele, the governor".
        name: Its words folded: empty for what has no name.
        descriptions: What it is called besides: "the governor of the province".
        type: What sort of thing it is, as far as the words themselves tell.
        plural: Whether more than one is meant, or None.
        gender: By which pronoun it is spoken of, or None.
        is_place: Whether it is a name of a place or country.
        is_acronym: Whether its name is made of initials.
        is_joint: Whether it joins several with "and".
        subject: Whether it is the subject of its clause.
        embedded: Whether it stands inside a larger phrase.
        claims: The claims whose source it is.
        level: Id of the innermost claim that it stands inside.
        is_known: Whether the reading model marks it as a named entity.
    """

    span: Span
    first: int
    end: int
    head: int
    sentence: int
    form: Form
    article: Article = Article.BARE
    title: Span | None = None
    name: tuple[str, ...] = ()
    descriptions: tuple[Description, ...] = ()
    type: EntityType | None = None
    plural: bool | None = None
    gender: Gender | None = None
    is_place: bool = False
    is_acronym: bool = False
    is_joint: bool = False
    subject: bool = False
    embedded: bool = False
    claims: tuple[Claim, ...] = ()
    level: str = "c0"
    is_known: bool = False

    @property
    def is_human(self) -> bool:
        """Whether it stands for one human, as far as its own words tell."""
        return self.type is EntityType.PERSON

    @property
    def is_surely_human(self) -> bool:
        """Whether a noun says so, and not only the look of a name."""
        return self.is_human and bool(self.descriptions)
