"""An event: what is claimed to have happened, and how it is claimed."""

from dataclasses import dataclass
from enum import Enum

from allegata.types.interval import Interval
from allegata.types.place import Place
from allegata.types.span import Span

__all__ = [
    "Argument",
    "Count",
    "CountKind",
    "Event",
    "EventKind",
    "Link",
    "LinkKind",
    "Modality",
    "Polarity",
    "Role",
]


class EventKind(Enum):
    """What sort of event it is. `knowledge/kinds.yaml` says what each means and maps it."""

    CHEMICAL_ATTACK = "chemical_attack"
    SHELLING = "shelling"
    AIR_STRIKE = "air_strike"
    BOMBING = "bombing"
    SHOOTING = "shooting"
    CLASH = "clash"
    ATTACK = "attack"
    KILLING = "killing"
    HARM = "harm"
    TORTURE = "torture"
    ABDUCTION = "abduction"
    DETENTION = "detention"
    SIEGE = "siege"
    SEIZURE = "seizure"
    DESTRUCTION = "destruction"
    DISPLACEMENT = "displacement"
    CAPTURE = "capture"
    WITHDRAWAL = "withdrawal"
    DEPLOYMENT = "deployment"
    ARMS_TRANSFER = "arms_transfer"
    EXPLOSION = "explosion"
    INTERCEPTION = "interception"
    STAGING = "staging"
    AID = "aid"
    TALKS = "talks"
    AGREEMENT = "agreement"
    VIOLATION = "violation"
    PROTEST = "protest"
    SANCTION = "sanction"
    ELECTION = "election"
    INQUIRY = "inquiry"


class Polarity(Enum):
    """Whether the claim says that it happened."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(Enum):
    """How the claim puts it."""

    ACTUAL = "actual"
    ATTEMPTED = "attempted"
    FUTURE = "future"
    """Planned, predicted, demanded or promised."""
    HYPOTHETICAL = "hypothetical"
    """Conditional, possible or feared."""
    GENERIC = "generic"
    """A habit, with no particular occasion."""


class Role(Enum):
    """The part of an argument in an event."""

    ACTOR = "actor"
    TARGET = "target"
    INSTRUMENT = "instrument"
    PLACE = "place"
    ORIGIN = "origin"
    DESTINATION = "destination"


class CountKind(Enum):
    """What a count says of those who are counted."""

    KILLED = "killed"
    INJURED = "injured"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    DISPLACED = "displaced"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Argument:
    """Words with a part in an event.

    Attributes:
        role: The part.
        span: The words.
        entity: Id of the entity that they refer to, or None where it is unknown.
    """

    role: Role
    span: Span
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is claimed, as an interval.

    Attributes:
        kind: What happened to those who are counted.
        low: At least so many, or None where only a most is given. Zero only where the text says so.
        high: At most so many, or None where only a least is given.
        of: Who or what is counted, in the words of the text, or None where it is left out.
        evidence: The words.
    """

    kind: CountKind
    low: int | None
    high: int | None
    of: str | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is claimed to have happened, not to have happened, or to be about to.

    Attributes:
        id: `e1`, `e2`, ... in order of the text.
        claim: Id of the innermost claim whose content holds the trigger: its chain of sources is
            who vouches for the event.
        kind: What sort of event it is.
        trigger: The smallest words that name it.
        polarity: Whether the claim says that it happened.
        modality: How the claim puts it.
        arguments: Who and what took part, where, from where and to where, in order of the text.
        place: The finest place, or None where none is told.
        time: The days within which it is said to have happened, or None where that is unknown.
        counts: Numbers of those affected.
        episode: `p1`, `p2`, ...: events of one document with one episode are the same event in the
            world.
        confidence: Calibrated probability that this is an event of this kind.
        made_by: The step that made it and the hash of its settings and weights.
        dated_by: The words that date it, before they are resolved, or None.
    """

    id: str
    claim: str
    kind: EventKind
    trigger: Span
    polarity: Polarity
    modality: Modality
    arguments: tuple[Argument, ...]
    place: Place | None
    time: Interval | None
    counts: tuple[Count, ...]
    episode: str
    confidence: float
    made_by: str
    dated_by: Span | None = None


class LinkKind(Enum):
    """How two episodes are said to belong together."""

    CAUSE = "cause"
    RESPONSE = "response"
    PURPOSE = "purpose"


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that the text states between two episodes.

    Attributes:
        kind: Which.
        source: Episode that causes, responds or serves.
        target: Episode that is caused, responded to or served.
        evidence: The words that state it, or None where only the order of clauses does.
    """

    kind: LinkKind
    source: str
    target: str
    evidence: Span | None
