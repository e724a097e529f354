"""The words in which a page tells a person what a claim says that happened."""

from collections.abc import Mapping, Sequence

from allegata.types.claim import Act, Claim
from allegata.types.count_wording import describe_counts
from allegata.types.document import Document
from allegata.types.entity import Entity
from allegata.types.event import Event, Modality, Polarity, Role
from allegata.types.event_parts import (
    choose_arguments,
    choose_kind,
    choose_other_places,
    choose_place,
    choose_time,
    gather_counts,
    is_told_by_counts,
)
from allegata.types.event_phrases import build_phrase, needs_actor
from allegata.types.interval import Interval
from allegata.types.phrase import Look, Words, cut_words, join_lists, name_argument
from allegata.types.place import Place
from allegata.types.place_wording import describe_place, describe_precision
from allegata.types.span import Span
from allegata.types.telling import Telling
from allegata.types.wording import describe_occurrence, name_doubt, shorten

__all__ = ["EPISODE_LEGEND", "describe_manner", "describe_own_voice", "describe_telling"]

EPISODE_LEGEND = "p1 the same event wherever it stands"
"""Tells what a mark before an event means."""

_DENIED = "✗"
_STOP = Words(" · ", Look.FAINT)
_MOST_TRIGGER = 40
_MOST_PLACE = 60
_PLACES = frozenset({Role.PLACE, Role.ORIGIN, Role.DESTINATION})
_MANNERS = {
    (Polarity.POSITIVE, Modality.ACTUAL): "",
    (Polarity.POSITIVE, Modality.ATTEMPTED): "attempted",
    (Polarity.POSITIVE, Modality.FUTURE): "planned or demanded",
    (Polarity.POSITIVE, Modality.HYPOTHETICAL): "supposed or feared",
    (Polarity.POSITIVE, Modality.GENERIC): "in general",
    (Polarity.NEGATIVE, Modality.ACTUAL): "said not to have happened",
    (Polarity.NEGATIVE, Modality.ATTEMPTED): "said not to have been attempted",
    (Polarity.NEGATIVE, Modality.FUTURE): "said not to be planned or wanted",
    (Polarity.NEGATIVE, Modality.HYPOTHETICAL): "said possibly not to happen",
    (Polarity.NEGATIVE, Modality.GENERIC): "said not to happen in general",
}
_FUTURES = {
    Act.PREDICT: "predicted",
    Act.DEMAND: "demanded",
    Act.THREATEN: "threatened",
    Act.PROMISE: "promised",
}
_UNVOUCHED = {
    Act.DENY: "in what is denied",
    Act.DOUBT: "in what is not vouched for",
    Act.ASK: "in what is asked",
}
_TOLD_AS_ACTS = frozenset({Modality.ACTUAL, Modality.ATTEMPTED})


def describe_telling(
    telling: Telling, claim: Claim, doc: Document, entities: Sequence[Entity]
) -> list[Words]:
    """Say what a claim tells of one event in the world.

    The words say what is claimed, never that it happened, and leave out who claims it: whoever
    shows them puts them under the claim.

    Args:
        telling: Events of one episode.
        claim: The claim that carries them.
        doc: Of the same reading.
        entities: Of the same reading: they tell who "they" are.

    Returns:
        `chemical attack by militants on al-Khalidiye · Aleppo (SY, town ±15 km) · no later than 24
        November 2018 · ≥ 65 injured · “shelled”`, with what is unknown as unknown.
    """
    events, text = telling.events, doc.text
    place = choose_place(events)
    names = {entity.id: entity.name for entity in entities}
    phrases, shown, is_placed = _name_kinds(events, text, names, place)
    parts = [
        phrases,
        _name_places(events, place, text, shown, is_placed=is_placed),
        _describe_time(events, claim, doc),
        [Words(describe_counts(gather_counts(events), text, shown))],
        [Words(_describe_unknown(telling, place), Look.FAINT)],
        _quote_triggers(events, text),
    ]
    manner = describe_manner(telling, claim)
    lead = [Words(f"{manner}: ", Look.MANNER)] if manner else []
    return [*lead, *_join(parts, _STOP)]


def describe_own_voice(tellings: Sequence[Telling], doc: Document) -> str:
    """What stands between the document's own voice and what it tells of.

    Args:
        tellings: Of `c0`.
        doc: Most of what it tells is only known to be no later than its publication: that is said
            here once for all.
    """
    times = (choose_time(telling.events) for telling in tellings)
    bounded = next((time for time in times if _is_bounded_by_publication(time, doc)), None)
    if bounded is None:
        return "with nobody cited:"
    return f"with nobody cited, {describe_occurrence(bounded, '')} where no date is given:"


def describe_manner(telling: Telling, claim: Claim) -> str:
    """How a claim puts what it tells: `✗ said not to have happened`, `demanded`.

    Args:
        telling: What it tells.
        claim: What is still to come is demanded by a demand, predicted by a prediction. What
            stands inside a denial is never shown as if the claim said that it happened.

    Returns:
        Empty where it is said to have happened.
    """
    manner = _MANNERS[telling.polarity, telling.modality]
    if telling.polarity is Polarity.NEGATIVE:
        return f"{_DENIED} {manner}"
    if telling.modality is Modality.FUTURE:
        manner = _FUTURES.get(claim.act, manner)
    return ", ".join(filter(None, (_UNVOUCHED.get(claim.act), manner)))


def _name_kinds(
    events: Sequence[Event], text: str, names: Mapping[str, str], place: Place | None
) -> tuple[list[Words], list[Span], bool]:
    """One phrase for each kind, the words shown in them, and whether the place is among these."""
    phrases: list[list[Words]] = []
    shown: list[Span] = []
    is_placed = False
    for kind in dict.fromkeys(choose_kind(event, events) for event in events):
        named: dict[Role, list[list[Words]]] = {}
        for argument in choose_arguments(events, kind, text, shown):
            words = [Words(name_argument(argument, text, names), Look.NAME)]
            if place is not None and not is_placed and _ends_with(argument.span, place, text):
                words.append(describe_precision(place, place.evidence.words(text)))
                is_placed = True
            named.setdefault(argument.role, []).append(words)
            shown.append(argument.span)
        if named or not phrases or not is_told_by_counts(kind, events):
            phrases.append(build_phrase(kind, named))
    return _join(phrases, Words(", ")), shown, is_placed


def _ends_with(span: Span, place: Place, text: str) -> bool:
    """Whether a place can be explained right behind some words: they end with its own."""
    here, there = (cut_words(one.words(text)) for one in (span, place.evidence))
    tail = shorten(span.words(text), _MOST_PLACE).casefold()
    return there <= here and tail.endswith(shorten(place.evidence.words(text), 40).casefold())


def _name_places(
    events: Sequence[Event],
    place: Place | None,
    text: str,
    shown: Sequence[Span],
    *,
    is_placed: bool,
) -> list[Words]:
    """The places that no phrase names yet: the finest, with what it stands for, first."""
    others = choose_other_places(events, place, text, shown)
    lists = [[Words(shorten(span.words(text), _MOST_PLACE), Look.NAME)] for span in others]
    if place is None or is_placed:
        return join_lists(lists)
    own = cut_words(place.evidence.words(text))
    for span, words in zip(others, lists, strict=True):
        if own <= cut_words(span.words(text)):
            words.append(describe_precision(place, words[0].words))
            return join_lists([words, *(other for other in lists if other is not words)])
    return join_lists([describe_place(place, text), *lists])


def _describe_time(events: Sequence[Event], claim: Claim, doc: Document) -> list[Words]:
    time = choose_time(events)
    if claim.parent is None and _is_bounded_by_publication(time, doc):
        return []
    is_told = time is not None and time.evidence is not None
    return [Words(describe_occurrence(time, doc.text), Look.PLAIN if is_told else Look.FAINT)]


def _is_bounded_by_publication(time: Interval | None, doc: Document) -> bool:
    """Whether no more is known than that it was told by the day of publication."""
    if time is None or doc.published is None or time.evidence is not None:
        return False
    return time.start is None and time.end == doc.published.day


def _describe_unknown(telling: Telling, place: Place | None) -> str:
    """What a reader would ask for and the document does not tell."""
    if telling.polarity is Polarity.NEGATIVE or telling.modality not in _TOLD_AS_ACTS:
        return ""
    events = telling.events
    roles = {argument.role for event in events for argument in event.arguments}
    unknown = ["place"] if place is None and not roles & _PLACES else []
    if not describe_occurrence(choose_time(events), ""):
        unknown.append("time")
    words = f"{' and '.join(unknown)} unknown" if unknown else ""
    if Role.ACTOR not in roles and any(needs_actor(event.kind) for event in events):
        return f"actor not named, {words}" if words else "actor not named"
    return words


def _quote_triggers(events: Sequence[Event], text: str) -> list[Words]:
    """The words that name the events, each with a warning where its reading is unsure."""
    confidences: dict[str, float] = {}
    for event in events:
        words = shorten(event.trigger.words(text), _MOST_TRIGGER)
        confidences[words] = max(event.confidence, confidences.get(words, 0.0))
    quoted: list[list[Words]] = []
    for words, confidence in confidences.items():
        doubt = name_doubt(confidence)
        warning = [Words(f" ({doubt}, {confidence:.0%})", Look.WARNING)] if doubt else []
        quoted.append([Words(f"“{words}”", Look.FAINT), *warning])
    return _join(quoted, Words(", ", Look.FAINT))


def _join(parts: Sequence[Sequence[Words]], separator: Words) -> list[Words]:
    """Put parts behind one another; those that say nothing are left out."""
    joined: list[Words] = []
    for part in parts:
        if any(words.words for words in part):
            joined += [separator, *part] if joined else part
    return joined
