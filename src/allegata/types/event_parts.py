"""What of several events that are one stands on their line: each part once, the finest of each."""

from collections.abc import Iterable, Sequence
from itertools import chain

from allegata.types.event import Argument, Count, CountKind, Event, EventKind, Role
from allegata.types.interval import Interval
from allegata.types.phrase import mean_the_same
from allegata.types.place import Place, PlacePrecision
from allegata.types.span import Span
from allegata.types.telling import ATTACKS, GENERAL, RESULTS

__all__ = [
    "choose_arguments",
    "choose_kind",
    "choose_other_places",
    "choose_place",
    "choose_time",
    "gather_counts",
    "is_told_by_counts",
]

_COUNTED = {EventKind.KILLING: CountKind.KILLED, EventKind.HARM: CountKind.INJURED}
_FINEST = tuple(PlacePrecision)


def choose_arguments(
    events: Sequence[Event], kind: EventKind, text: str, shown: Sequence[Span]
) -> list[Argument]:
    """Who and what took part by the events of one kind.

    Args:
        events: All that stand on one line.
        kind: What is shown as this kind is asked.
        text: Of the document.
        shown: Words that stand on the line already; they are not repeated.

    Returns:
        In order of the text, without places, each of a role once: where several words mean one
        entity, the longest. Behind words that are shown, those who are counted are left out: their
        number follows.
    """
    is_first = choose_kind(events[0], events) is kind
    told = [*shown, *([] if is_first else [count.evidence for count in gather_counts(events)])]
    kept: list[Argument] = []
    for argument in _gather_of(kind, events):
        if argument.role is Role.PLACE or any(argument.span.overlaps(span) for span in told):
            continue
        same = next((other for other in kept if _is_repeat(argument, other, text)), None)
        if same is None:
            kept.append(argument)
        elif len(argument.span) > len(same.span):
            kept[kept.index(same)] = argument
    return kept


def choose_place(events: Sequence[Event]) -> Place | None:
    """The finest place among events: one with coordinates before one without."""
    places = [event.place for event in events if event.place is not None]
    return min(places, key=_measure_place, default=None)


def choose_other_places(
    events: Sequence[Event], place: Place | None, text: str, shown: Sequence[Span]
) -> list[Span]:
    """Words for places beside the chosen one that do not stand on the line already."""
    told = [*shown, *([place.evidence] if place is not None else [])]
    found: dict[str, Span] = {}
    for argument in _gather(events):
        words = _fold(argument.span, text)
        if argument.role is Role.PLACE and not any(
            argument.span.overlaps(span) or words in _fold(span, text) for span in told
        ):
            found.setdefault(words, argument.span)
    return list(found.values())


def choose_time(events: Sequence[Event]) -> Interval | None:
    """The narrowest time among events: one that words tell before one that follows from a date."""
    times = [event.time for event in events if event.time is not None]
    return min(times, key=_measure_time, default=None)


def gather_counts(events: Sequence[Event]) -> list[Count]:
    """The counts of all, in the order of the events."""
    return list(chain.from_iterable(event.counts for event in events))


def choose_kind(event: Event, events: Sequence[Event]) -> EventKind:
    """The kind that an event is shown as: an attack is a shelling where it is called one too."""
    if event.kind not in GENERAL:
        return event.kind
    return next((other.kind for other in events if other.kind in ATTACKS), event.kind)


def is_told_by_counts(kind: EventKind, events: Sequence[Event]) -> bool:
    """Whether a count says what a kind says: "six killed" tells of a killing."""
    return any(count.kind is _COUNTED.get(kind) for count in gather_counts(events))


def _gather_of(kind: EventKind, events: Sequence[Event]) -> list[Argument]:
    """The arguments of a kind. Whoever did something also did what came of it."""
    first = choose_kind(events[0], events)
    found: list[Argument] = []
    for event in events:
        own = choose_kind(event, events)
        for argument in event.arguments:
            is_shared = event.kind in RESULTS and argument.role is not Role.TARGET
            if kind is (first if is_shared else own):
                found.append(argument)
    return sorted(found, key=lambda argument: argument.span)


def _gather(events: Iterable[Event]) -> list[Argument]:
    arguments = chain.from_iterable(event.arguments for event in events)
    return sorted(arguments, key=lambda argument: argument.span)


def _is_repeat(argument: Argument, other: Argument, text: str) -> bool:
    return argument.role is other.role and mean_the_same(argument, other, text)


def _measure_place(place: Place) -> tuple[bool, bool, int, float]:
    finest = _FINEST.index(place.precision) if place.precision else len(_FINEST)
    return place.latitude is None, place.stands_in, finest, place.radius_km or 0.0


def _measure_time(time: Interval) -> tuple[bool, bool, int]:
    is_open = time.start is None or time.end is None
    n_days = (time.end - time.start).days if time.start and time.end else 0
    return time.evidence is None, is_open, n_days


def _fold(span: Span, text: str) -> str:
    return " ".join(span.words(text).casefold().split())
