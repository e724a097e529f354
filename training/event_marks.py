"""What is annotated of an event, and the label sets of it."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "chemical_attack shelling air_strike bombing shooting clash attack killing harm torture"
    " abduction detention siege seizure destruction displacement capture withdrawal deployment"
    " arms_transfer explosion interception staging aid talks agreement violation protest sanction"
    " election inquiry"
).split()
TRIGGER_TAGS = ("O", *KINDS, "I")
"""A kind for the first word of a trigger, `I` for its further words."""
MODALITIES = ("actual", "attempted", "future", "hypothetical", "generic")
ROLES = (
    "actor target instrument place origin destination time killed injured abducted detained"
    " displaced items"
).split()
"""Parts in an event; `time` and the counts are words that belong to it just as arguments do."""
ROLE_TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))


@dataclass(slots=True)
class EventMark:
    """One annotated event, in word numbers of its passage or window.

    Attributes:
        kind: An index into `KINDS`.
        first, end: Words of the trigger, end excluded.
        negative: Whether the text says that it did not happen.
        modality: An index into `MODALITIES`.
        episode: A number shared by the events of a passage that are one event in the world.
        roles: An index into `ROLES`, and the words, end excluded.
    """

    kind: int
    first: int
    end: int
    negative: bool
    modality: int
    episode: int
    roles: list[tuple[int, int, int]]

    def moved(self, by: int, first: int, end: int) -> EventMark:
        """The same with all numbers moved, without the roles outside `first` to `end`."""
        return EventMark(
            self.kind,
            self.first + by,
            self.end + by,
            self.negative,
            self.modality,
            self.episode,
            [(role, a + by, b + by) for role, a, b in self.roles if first <= a and b <= end],
        )


KAIROS_SIZE = 40
"""Room for the event types of WikiEvents."""

NO_VALUE = -100.0
"""Stands where a word has no factuality."""
