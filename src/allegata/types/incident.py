"""An incident: what reports tell of one happening. It has no facts of its own."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from allegata.types.event import CountKind
from allegata.types.statement import Holder, Statement

__all__ = [
    "Account",
    "Contradiction",
    "ContradictionKind",
    "CopyKind",
    "CopyLink",
    "CountReport",
    "Grade",
    "Grading",
    "Laundering",
    "Origin",
    "OriginReason",
    "Origins",
    "Position",
    "PositionKind",
    "Responsibility",
]


@dataclass(frozen=True, slots=True)
class Account:
    """What one report tells of one happening: the statements of one episode of it.

    Attributes:
        id: `REPORT/p1`; with a letter behind (`REPORT/p1b`) where an episode of the reading holds
            what cannot be one happening (days or places apart) and was parted.
        statements: At least one, in order of the text.
    """

    id: str
    statements: tuple[Statement, ...]


class CopyKind(Enum):
    """How one report holds another's text."""

    WHOLE = "whole"
    """Both are one text, but for small changes."""
    EMBEDDED = "embedded"
    """Most of the earlier one stands inside the later, longer one."""


@dataclass(frozen=True, slots=True)
class CopyLink:
    """That one report copies another.

    Attributes:
        earlier, later: Ids of reports. By time of publication where both have one, otherwise the
            embedded one first, otherwise by id.
        kind: How.
        share: Of the earlier one's words that stand in the later one, 0 to 1.
        reason: In words: "94 % of its words, in the same order".
    """

    earlier: str
    later: str
    kind: CopyKind
    share: float
    reason: str


class OriginReason(Enum):
    """Why a statement is counted to an origin."""

    OWN_VOICE = "own voice"
    """The outlet says it itself, and nothing earlier shows where it has it from."""
    CITED = "cited"
    """The report names the source."""
    SIMILAR = "similar words"
    """The outlet says it itself, in words in which an earlier report attributes it."""
    COPIED = "copied"
    """The report copies one that has this origin."""
    SAME_QUOTATION = "same quotation"
    """The same words are quoted in an earlier report."""
    CITED_OUTLET = "cited outlet"
    """It cites an outlet whose own report is in the ledger, and that one names its source."""
    UNKNOWN = "unknown"
    """Nobody is named."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where statements of one incident come from in the end.

    Attributes:
        holder: Who.
        statements: Ids of the statements that go back to it, by time of publication.
        reasons: For each of them why, in words that name the report on the other side.
        via: For each of them the keys of holders between outlet and origin, outermost first.
        side: Origins of one side are not independent of each other.
    """

    holder: Holder
    statements: tuple[str, ...]
    reasons: tuple[tuple[OriginReason, str], ...]
    via: tuple[tuple[str, ...], ...]
    side: str


@dataclass(frozen=True, slots=True)
class Origins:
    """How many stand behind an incident.

    Attributes:
        origins: By number of statements, the largest first.
        n_reports: Reports that tell of it.
        n_own_texts: Groups of reports that are not copies of each other.
        n_independent: Sides behind those that affirm: bodies of one state and the outlets that it
            owns are one side, and so are an outlet and those whom it alone cites without a name.
            `NOBODY` is none.
    """

    origins: tuple[Origin, ...]
    n_reports: int
    n_own_texts: int
    n_independent: int


class PositionKind(Enum):
    """What a holder holds about an incident."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    SUPPOSES = "supposes"
    """Holds it possible, likely or to be feared, and does not say that it happened."""
    DOUBTS = "doubts"
    PREDICTS = "predicts"
    DEMANDS = "demands"
    REPEATS = "repeats"
    """Passes on what another says, without saying it itself."""


@dataclass(frozen=True, slots=True)
class Position:
    """What one holder holds about an incident, by the statements that show it.

    Attributes:
        holder: Who.
        kind: What. A holder that changes has a position of each kind.
        statements: Ids, by time of saying (of publication, where that is unknown).
        first, last: The days of the first and the last of them, or None.
        passes_on: For `REPEATS`, the holder whose words are passed on; None otherwise.
    """

    holder: Holder
    kind: PositionKind
    statements: tuple[str, ...]
    first: date | None
    last: date | None
    passes_on: Holder | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Whom a holder says to have done it, apart from whether it happened.

    Attributes:
        holder: Who says so.
        actor: Who is said to have done it: key and name.
        actor_name: As it is shown.
        kind: Affirms (blames, or admits), denies ("we did not fire"), doubts.
        admits: Whether the holder speaks of itself or its own side and affirms.
        statements: Ids.
    """

    holder: Holder
    actor: str
    actor_name: str
    kind: PositionKind
    admits: bool
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountReport:
    """One number that one holder gives at one time.

    Attributes:
        holder: Who.
        kind: Of what.
        low, high: The interval. None where no least or no most is given.
        of: Who or what is counted, in the report's words, or None.
        is_part: Whether it counts a part of a whole that the same passage counts too.
        when: The day it was said, or published; None where unknown.
        statement: Id.
        words: The words.
    """

    holder: Holder
    kind: CountKind
    low: int | None
    high: int | None
    of: str | None
    is_part: bool
    when: date | None
    statement: str
    words: str


class ContradictionKind(Enum):
    """What does not go together."""

    COUNT = "count"
    PLACE = "place"
    TIME = "time"
    BLAME = "blame"
    OCCURRENCE = "occurrence"
    """Affirmed by one, denied by another."""
    MEANS = "means"
    """Other kinds of happening: chlorine against tear gas, air strike against shelling."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements of one incident that cannot both hold.

    Attributes:
        kind: In what.
        one, other: Ids of statements, the earlier first.
        words: What stands against what, in words with both holders: "107 injured according to
            state media, 40 to 50 according to a health worker".
    """

    kind: ContradictionKind
    one: str
    other: str
    words: str


@dataclass(frozen=True, slots=True)
class Laundering:
    """Where an outlet says in its own voice what earlier reports attribute.

    Attributes:
        statement: Id: in the outlet's own voice.
        earlier: Id of the earlier statement, which names who says so.
        holder: Who said so there.
        likeness: How alike the two passages are, 0 to 1.
        words: In one sentence: who dropped whose attribution, and by what the two are alike.
    """

    statement: str
    earlier: str
    holder: Holder
    likeness: float
    words: str


class Grade(Enum):
    """How well an incident stands, in Airwars' five words, and one for what nobody affirms."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"
    UNGRADED = "ungraded"
    """Nobody affirms that it happened: announced, feared or demanded."""


@dataclass(frozen=True, slots=True)
class Grading:
    """A suggested grade, and why.

    Attributes:
        grade: A suggestion, never more.
        rule: Id of the rule in `knowledge/grades.yaml` that gave it.
        inputs: What the rule looked at: names and numbers, as they are shown.
        words: In one sentence.
    """

    grade: Grade
    rule: str
    inputs: tuple[tuple[str, str], ...]
    words: str
