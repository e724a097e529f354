"""What each voice of a statement holds about its event: the table behind positions."""

from collections.abc import Iterator
from dataclasses import dataclass

from allegata.types import Act, Modality, Polarity
from allegata.types.incident import PositionKind
from allegata.types.statement import Holder, Statement, Voice

__all__ = ["Stance", "find_stances", "own_stance"]

_BY_ACT = {
    Act.DENY: PositionKind.DENIES,
    Act.DOUBT: PositionKind.DOUBTS,
    Act.ASK: PositionKind.DOUBTS,
    Act.PREDICT: PositionKind.PREDICTS,
    Act.THREATEN: PositionKind.PREDICTS,
    Act.PROMISE: PositionKind.PREDICTS,
}
"""What these acts make of their content, whatever it is."""

_BY_MODALITY = {
    Modality.FUTURE: PositionKind.PREDICTS,
    Modality.HYPOTHETICAL: PositionKind.SUPPOSES,
}

_TAKES_IT_SO = frozenset({Act.CONDEMN, Act.ADMIT, Act.CONFIRM})
"""Who asks another to do these holds that it happened."""

_BACKS = frozenset({Act.CONFIRM, Act.ADMIT})
"""These acts make what another holds the speaker's own: to confirm a denial is to deny."""

_AGAINST = {
    PositionKind.AFFIRMS: {Act.DENY: PositionKind.DENIES, Act.DOUBT: PositionKind.DOUBTS},
    PositionKind.PREDICTS: {Act.DENY: PositionKind.DENIES, Act.DOUBT: PositionKind.DOUBTS},
    PositionKind.DENIES: {Act.DENY: PositionKind.DOUBTS, Act.DOUBT: PositionKind.DOUBTS},
}
"""What denying or doubting another's claim comes to. Who denies a denial does not affirm the deed:
it is left open what it holds. All other acts pass on what the other says."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What one voice of one statement holds.

    Attributes:
        voice: Who, and how.
        kind: What.
        passes_on: For `REPEATS` whose words are passed on.
    """

    voice: Voice
    kind: PositionKind
    passes_on: Holder | None = None


def own_stance(statement: Statement) -> PositionKind:
    """What the innermost voice holds about the event.

    Denying, doubting, predicting and threatening make of their content what they say. A demand
    holds what it demands, and takes for granted what it tells as done ("condemn the attack"). All
    other acts hold what the event's polarity and modality say. What somebody else is asked or
    expected to say is left open, unless that takes the event for granted.
    """
    act = statement.speaker.act
    if len(statement.said) < len(statement.chain) and statement.chain[-1].act not in _TAKES_IT_SO:
        return PositionKind.DOUBTS
    if act in _BY_ACT:
        foretold = _BY_ACT[act] is PositionKind.PREDICTS
        if not foretold or statement.modality in (Modality.FUTURE, Modality.HYPOTHETICAL):
            return _BY_ACT[act]
    if act is Act.DEMAND and statement.modality is not Modality.ACTUAL:
        return PositionKind.DEMANDS
    if statement.modality in _BY_MODALITY:
        return _BY_MODALITY[statement.modality]
    if statement.polarity is Polarity.NEGATIVE:
        return PositionKind.DENIES
    return PositionKind.AFFIRMS


def find_stances(statement: Statement) -> Iterator[Stance]:
    """What every voice of a statement holds, the innermost first.

    Those further out pass on what the innermost says, unless their act says more: one who denies
    or confirms another's report holds that itself.
    """
    innermost, held = statement.speaker, own_stance(statement)
    yield Stance(innermost, held)
    seen = {innermost.holder.key}
    for voice in reversed(statement.said[:-1]):
        if voice.holder.key in seen:
            continue
        seen.add(voice.holder.key)
        kind = _outer_stance(voice, held)
        yield Stance(voice, kind, innermost.holder if kind is PositionKind.REPEATS else None)


def _outer_stance(voice: Voice, held: PositionKind) -> PositionKind:
    """What one further out holds about what the innermost holds."""
    if voice.cue is None:
        return PositionKind.REPEATS
    if voice.act in _BACKS:
        return held
    return _AGAINST.get(held, {}).get(voice.act, PositionKind.REPEATS)
