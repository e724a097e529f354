"""A statement: one event as one report has it, with everybody who is said to say so."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from allegata.types.claim import Act, Quotation
from allegata.types.entity_type import EntityType
from allegata.types.event import Count, EventKind, Modality, Polarity, Role
from allegata.types.interval import Interval
from allegata.types.place import Place
from allegata.types.span import Span

__all__ = ["Holder", "HolderKind", "Party", "ReportedBy", "Statement", "Voice"]


class HolderKind(Enum):
    """How a holder of a claim is known across reports."""

    ACTOR = "actor"
    """One of the actors that the tables know: the same in every report."""
    NAMED = "named"
    """Known by a name alone: the same wherever the same name is used for the same sort of thing."""
    UNNAMED = "unnamed"
    """Described, not named ("a doctor", "residents"): one report's own, and its copies'."""
    OUTLET = "outlet"
    """The publisher of a report, speaking in its own voice."""
    NOBODY = "nobody"
    """Left out by the text ("it was reported"), or a hedge ("allegedly")."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who is said to say something.

    Attributes:
        key: The same for the same holder in every report: `actor:ID`, `name:FOLDED NAME`, and for
            the unnamed `words:REPORT:FOLDED WORDS`. An outlet has the key that it has where it is
            cited, so that "Reuters" who publishes and "Reuters" who is cited are one; one that is
            not known has `outlet:REPORT`.
        name: As it is shown: the table's name, the fullest name, or the words of the report.
        kind: How it is known.
        country: ISO 3166 code of the state that it is, belongs to or acts in, or None.
        type: What sort of thing it is, or None where that could not be told.
        side: Whose it is: bodies of one state, and outlets that a state owns, have one side. The
            key where nothing is known of that.
    """

    key: str
    name: str
    kind: HolderKind
    country: str | None = None
    type: EntityType | None = None
    side: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """One link in the chain of those who say so.

    Attributes:
        claim: Id of the claim in its reading (`c0` for the outlet).
        holder: Who.
        act: What they do by saying it.
        quotation: How much of it is quoted.
        said: When, or None.
        source: Where the report names them, or None.
        cue: The words that make it an attribution, or None.
        content: What is said: the first to the last character; None for `c0`.
        hedge: Whether the cue is a hedge ("allegedly", "suspected").
    """

    claim: str
    holder: Holder
    act: Act
    quotation: Quotation
    said: Interval | None
    source: Span | None
    cue: Span | None
    content: Span | None
    hedge: bool = False


_NOT_YET_SAID = (Act.DEMAND, Act.PREDICT, Act.THREATEN, Act.PROMISE, Act.ASK)
"""What stands inside such a claim is not said, but asked for or announced."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something with a part in an event.

    Attributes:
        role: The part.
        words: As the report has it.
        name: The fullest name in the report, or the words.
        key: As of a `Holder`: equal keys are the same party. Unnamed parties have keys of their
            report, so compare their words.
        actor: Id in the tables of actors, or None.
        country: ISO 3166 code, or None.
        span: Where the words stand.
        type: What sort of thing it is, or None where that could not be told.
    """

    role: Role
    words: str
    name: str
    key: str
    actor: str | None
    country: str | None
    span: Span
    type: EntityType | None = None


@dataclass(frozen=True, slots=True)
class ReportedBy:
    """The report that a statement stands in.

    Attributes:
        report: Its id.
        document: Id of its text.
        outlet: Its publisher; None where nothing says so.
        title: Its title, or None.
        uri: Where it was found first.
        published: The day, or None.
        published_at: Day and time with offset, or None where only a day is known.
    """

    report: str
    document: str
    outlet: Holder | None
    title: str | None
    uri: str
    published: date | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Statement:
    """That somebody says of an event that it happened, did not happen, or may happen.

    Attributes:
        id: `REPORT#e3`.
        by: The report.
        chain: Who says so: the outlet first, the innermost source last. The outlet alone where the
            report says it in its own voice.
        event: Id of the event in its reading.
        episode: Of the event in its reading.
        kind, polarity, modality: Of the event.
        trigger: Where the event is named, and in what words.
        parties: Who and what took part, place words included.
        place: Resolved, or None.
        time: When, or None.
        counts: Numbers of those affected.
        passage: The sentences that hold cue, source and event, for showing: a span of the text.
        words: The words of `passage`.
        confidence: Of the event.
    """

    id: str
    by: ReportedBy
    chain: tuple[Voice, ...]
    event: str
    episode: str
    kind: EventKind
    polarity: Polarity
    modality: Modality
    trigger: Span
    trigger_words: str
    parties: tuple[Party, ...]
    place: Place | None
    time: Interval | None
    counts: tuple[Count, ...]
    count_words: tuple[str, ...]
    passage: Span
    words: str
    confidence: float

    @property
    def said(self) -> tuple[Voice, ...]:
        """The chain as far as somebody is said to have spoken.

        Who is asked, foretold or threatened to say something has not said it: of "asked the United
        Nations to condemn the attack" the one who asks is the last that spoke.
        """
        if len(self.chain) == 1:
            return self.chain
        for place, voice in enumerate(self.chain[:-1]):
            if voice.act in _NOT_YET_SAID:
                return self.chain[: place + 1]
        return self.chain

    @property
    def speaker(self) -> Voice:
        """The innermost voice that is said to have spoken."""
        return self.said[-1]

    @property
    def holder(self) -> Holder:
        """Who says so in the end, as far as the report tells."""
        return self.speaker.holder

    @property
    def is_own_voice(self) -> bool:
        """Whether the report says it in its outlet's own voice."""
        return len(self.chain) == 1

    def name_of(self, holder: Holder) -> str:
        """A holder's name as it stands among those of other reports.

        Whom the report only describes ("a doctor", "he") is named with the report's outlet.
        """
        if holder.kind is not HolderKind.UNNAMED:
            return holder.name
        return f"{holder.name} (in {self.by.outlet.name if self.by.outlet else self.by.report})"
