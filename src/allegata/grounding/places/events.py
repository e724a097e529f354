"""Where events happened: the finest place that their arguments name."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from allegata.encoder import Analysis
from allegata.grounding.places.sharing import FINENESS, share_places
from allegata.knowledge.gazetteer import find_sort
from allegata.types import Argument, Event, EventKind, Place, PlacePrecision, Role, Span

__all__ = ["place_events"]

_MOVES = (EventKind.DISPLACEMENT, EventKind.DEPLOYMENT, EventKind.ARMS_TRANSFER)
_FOR_PLACES = (EventKind.CAPTURE, EventKind.SIEGE, EventKind.WITHDRAWAL, EventKind.CLASH)
"""Whose target is a place as a rule: what is taken, besieged, left or fought for."""

_POINTERS = frozenset("the this that".split())
_ANYWHERE = "area"


def place_events(
    events: Sequence[Event], places: Sequence[Place], analysis: Analysis
) -> tuple[Event, ...]:
    """Give each event its place.

    It is the finest among the places that its arguments for a place name, the first of several; for
    an event without one, those of where something went to (where people, forces or weapons move),
    came from, or of its target, in that order. Of a capture, a siege, a withdrawal and a clash the
    target is as good as the place. "The city" or "the camp" without a name is the last one named
    before. Who acted never tells where. An event that tells no place, or a country alone, has that
    of another which its sentence ties to it.

    Args:
        events: In any order.
        places: As `find_places` gives them, in order.
        analysis: Of their document.

    Returns:
        The events in the same order; those that nothing gives a place have none.
    """
    atlas = _Atlas(places, analysis)
    own = [replace(event, place=atlas.place_of(event)) for event in events]
    return share_places(own, analysis)


class _Atlas:
    """The places of a document, found by where their words stand."""

    def __init__(self, places: Sequence[Place], analysis: Analysis) -> None:
        self._places = places
        self._ends = [place.evidence.end for place in places]
        self._starts = [place.evidence.start for place in places]
        self._text = analysis.text

    def place_of(self, event: Event) -> Place | None:
        moves = ((Role.DESTINATION,),) if event.kind in _MOVES else ()
        where = (Role.PLACE, Role.TARGET) if event.kind in _FOR_PLACES else (Role.PLACE,)
        for roles in (where, *moves, (Role.ORIGIN,), (Role.TARGET,)):
            found = [
                place
                for role in roles
                for argument in event.arguments
                if argument.role is role
                for place in self._named_by(argument)
            ]
            if found:
                return min(found, key=lambda place: FINENESS[place.precision])
        return None

    def _named_by(self, argument: Argument) -> Iterable[Place]:
        inside = self._overlapping(argument.span)
        if inside:
            return inside
        last = self._referred_to(argument.span)
        return () if last is None else (last,)

    def _overlapping(self, span: Span) -> list[Place]:
        at = bisect_left(self._ends, span.start + 1)
        found = []
        while at < len(self._places) and self._places[at].evidence.start < span.end:
            found.append(self._places[at])
            at += 1
        return found

    def _referred_to(self, span: Span) -> Place | None:
        """The place that "the city" speaks of: the last of that sort that was named."""
        words = span.words(self._text).lower().split()
        if words and words[0] not in _POINTERS:
            # the article may lie outside of the argument
            words = [*self._text[: span.start].lower().split()[-1:], *words]
        if len(words) < 2 or words[0] not in _POINTERS:
            return None
        noun = words[-1].removesuffix("'s").removesuffix("’s")
        sort = find_sort(" ".join(words[-2:])) or find_sort(noun)
        if sort is None:
            return None
        for at in range(bisect_left(self._starts, span.start) - 1, -1, -1):
            place = self._places[at]
            if sort.name == _ANYWHERE or self._is_a(place, sort.name, sort.precision):
                return place
        return None

    def _is_a(self, place: Place, sort: str, precision: PlacePrecision) -> bool:
        """Whether a place may be called by a noun: a camp by its words, a city by its precision."""
        said = place.evidence.words(self._text).lower().split()
        for n_words in (2, 1):
            named = find_sort(" ".join(said[-n_words:])) or find_sort(" ".join(said[:n_words]))
            if named is not None:
                return named.name == sort
        return place.precision is precision and precision is not PlacePrecision.EXACT
