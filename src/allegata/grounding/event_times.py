"""When an event happened: the day that dates it, or the day by which or from which on it did."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from allegata.encoder import Analysis
from allegata.grounding.dating import Dating
from allegata.grounding.echoes import with_echoes
from allegata.grounding.outlook import lies_ahead
from allegata.grounding.syntax import Syntax
from allegata.grounding.times import Anchor, Timex, find_timexes
from allegata.types import Claim, Event, Interval, Modality, Precision, Quotation, Span

__all__ = ["date_events"]

_BOUNDING = frozenset("before after since until till by through prior".split())


def date_events(
    events: Sequence[Event],
    claims: Sequence[Claim],
    timexes: Sequence[Timex],
    published: date | None,
    analysis: Analysis,
) -> tuple[Event, ...]:
    """Give each event the days within which it is said to have happened.

    An expression dates an event where the model says so, or else where syntax ties it to the
    event. An event without a date is bounded: it happened by the day it was said, where that is
    known, and by the publication otherwise. What is still to come, demanded or threatened begins
    on that day; what is only supposed does where its tense looks ahead. What is generic has no
    time. Relative words of a direct quotation count from the day it was said; those of indirect
    speech are the reporter's and count from the publication, unless they would then lie behind
    the day on which they were said.

    Args:
        events: In any order.
        claims: Of the same document, with the days on which they were said.
        timexes: The temporal expressions of the document, in order.
        published: The publication day, or None.
        analysis: Supplies words and syntax.

    Returns:
        The events in the same order. `dated_by` is the expression where syntax found it.
    """
    spans = [sentence.span for sentence in analysis.sentences]
    timexes = with_echoes(analysis.text, spans, timexes, published)
    syntax = Syntax(analysis, events, claims)
    dating = Dating(syntax, claims, timexes)
    clock = _Clock(syntax, {claim.id: claim for claim in claims}, dating, published)
    return tuple(clock.dated(event) for event in events)


@dataclass(frozen=True)
class _Clock:
    syntax: Syntax
    claims: Mapping[str, Claim]
    dating: Dating
    published: date | None

    def dated(self, event: Event) -> Event:
        """The event with its time."""
        if event.modality is Modality.GENERIC:
            return replace(event, time=None)
        ahead = self._is_ahead(event)
        timex = self.dating.find(event, ahead=ahead)
        interval = self._resolved(timex, event, ahead=ahead) if timex else None
        if timex is not None and interval is not None:
            found = self._within(interval, event, ahead=ahead)
            if found is not None:
                return replace(event, time=found, dated_by=event.dated_by or timex.span)
        unresolved = timex if interval is None else None
        time = self._bounded(event, unresolved, ahead=ahead)
        dated_by = event.dated_by or (unresolved.span if unresolved else None)
        return replace(event, time=time, dated_by=dated_by)

    def _is_ahead(self, event: Event) -> bool:
        if event.modality is Modality.FUTURE:
            return True
        found = self.syntax.find(event.trigger)
        claim = self.claims.get(event.claim)
        if event.modality is not Modality.HYPOTHETICAL or found is None or claim is None:
            return False
        return lies_ahead(self.syntax, *found, claim)

    def _said(self, event: Event) -> Interval | None:
        """When the nearest claim around an event was said, of those that tell."""
        told = (claim.said for claim in self._chain(event) if claim.said is not None)
        return next(told, None)

    def _chain(self, event: Event) -> Iterator[Claim]:
        claim = self.claims.get(event.claim)
        seen: set[str] = set()
        while claim is not None and claim.id not in seen:
            yield claim
            seen.add(claim.id)
            claim = self.claims.get(claim.parent or "")

    def _limits(self, event: Event) -> tuple[date | None, date | None]:
        """First and last day on which an event was told."""
        said = self._said(event)
        if said is None:
            return self.published, self.published
        lasts = [day for day in (said.end, self.published) if day is not None]
        return said.start or said.end or self.published, min(lasts, default=None)

    def _bounded(self, event: Event, timex: Timex | None, *, ahead: bool) -> Interval | None:
        first, last = self._limits(event)
        evidence = timex.span if timex else None
        start, end = (first, None) if ahead else (None, last)
        if start is None and end is None and evidence is None:
            return None
        return Interval(start, end, Precision.BOUNDED, evidence)

    def _within(self, interval: Interval, event: Event, *, ahead: bool) -> Interval | None:
        """An interval held against the day of telling; None where it cannot be the event's.

        What is to come cannot lie before it was told. What has happened did so by the day it was
        told, where an interval has no end ("after Friday") or no start ("by Sunday").
        """
        first, last = self._limits(event)
        if ahead:
            over = interval.end is not None and first is not None and interval.end < first
            return None if over else interval
        if last is None or None not in (interval.start, interval.end):
            return interval
        if interval.start is None:
            return replace(interval, end=min(interval.end or last, last))
        return replace(interval, end=last) if interval.start <= last else interval

    def _resolved(self, timex: Timex, event: Event, *, ahead: bool) -> Interval | None:
        """The days of an expression, counted from the day that its words count from."""
        interval = self._without_preposition(timex)
        said = self._said(event)
        day = said.start if said is not None and said.start == said.end else None
        if day is None or day == self.published or timex.anchor is not Anchor.PUBLICATION:
            return interval
        claim = self.claims[event.claim]
        direct = claim.quotation is Quotation.DIRECT and bool(claim.content)
        later = interval is not None and interval.start is not None and interval.start > day
        if direct or interval is None or (later and not ahead):
            return self._resolved_from(timex.span, day) or interval
        return interval

    def _without_preposition(self, timex: Timex) -> Interval | None:
        """The days of an expression; those of "Friday" alone in "before Friday's vote"."""
        text, span = self.syntax.analysis.text, timex.span
        owns = text[span.end : span.end + 2] in ("'s", "’s")
        words = span.words(text).partition(" ")
        if not owns or not words[2] or words[0].lower() not in _BOUNDING:
            return timex.interval
        inner = Span(span.end - len(words[2]), self._sentence(span).end)
        found = find_timexes(text, [inner], self.published)
        return found[0].interval if found else timex.interval

    def _resolved_from(self, span: Span, day: date) -> Interval | None:
        """The days of an expression when it counts from another day."""
        found = find_timexes(self.syntax.analysis.text, [self._sentence(span)], day)
        return next((timex.interval for timex in found if timex.span.overlaps(span)), None)

    def _sentence(self, span: Span) -> Span:
        """The sentence around an expression; the expression itself where there is none."""
        sentences = self.syntax.analysis.sentences
        at = bisect_right(sentences, span.start, key=lambda one: one.span.start) - 1
        return sentences[at].span if at >= 0 and span in sentences[at].span else span
