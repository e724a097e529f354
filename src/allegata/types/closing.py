"""What closes a page: events that several tell of, and how events are said to belong together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allegata.types.claim import Claim
from allegata.types.document import Document
from allegata.types.entity import Entity
from allegata.types.event import Event, Link, LinkKind
from allegata.types.event_phrases import build_phrase
from allegata.types.event_wording import describe_manner
from allegata.types.phrase import Look, Words, share_a_word
from allegata.types.telling import RESULTS, Telling, gather_tellings
from allegata.types.wording import DOCUMENT_ITSELF, shorten

__all__ = ["Closing", "Ending"]

_LINKS = {
    LinkKind.CAUSE: "said to have led to",
    LinkKind.RESPONSE: "said to be in response to",
    LinkKind.PURPOSE: "said to serve",
}
_MOST_EVIDENCE = 40
_MOST_HOLDER = 50


@dataclass(frozen=True, slots=True)
class Closing:
    """A list at the end of a page.

    Attributes:
        title: What it is a list of.
        items: At least one, each as words. None names an event without who tells of it.
    """

    title: str
    items: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """Draws up what a reader would have to leaf back for.

    Attributes:
        document: Supplies the text.
        claims: Of the same reading.
        entities: Of the same reading.
        events: Of the same reading, in order of the text.
        links: Of the same reading. One that nobody states is left out.
    """

    document: Document
    claims: Sequence[Claim]
    entities: Sequence[Entity]
    events: Sequence[Event]
    links: Sequence[Link]

    def lists(self) -> Iterator[Closing]:
        """The events of which more than one claim tells, then the links, where there are any."""
        for title, items in (
            ("Told by more than one", self._name_voices()),
            ("Said to belong together", self._name_links()),
        ):
            found = tuple(tuple(words) for words in items)
            if found:
                yield Closing(title, found)

    def _name_voices(self) -> Iterator[list[Words]]:
        told: dict[str, dict[str, list[Telling]]] = {}
        for claim, tellings in gather_tellings(self.events, (), self.document.text).items():
            for telling in tellings:
                voices = told.setdefault(telling.events[0].episode, {})
                voices.setdefault(claim, []).append(telling)
        known = {claim.id: claim for claim in self.claims}
        for episode, voices in told.items():
            named = [
                self._name_voice(known[claim], tellings)
                for claim, tellings in voices.items()
                if claim in known
            ]
            if len(named) > 1:
                members = [e for tellings in voices.values() for t in tellings for e in t.events]
                listed = [words for voice in named for words in (Words(", "), *voice)]
                yield [*_name_episode(episode, members), Words(": "), *listed[1:]]

    def _name_voice(self, claim: Claim, tellings: Sequence[Telling]) -> list[Words]:
        """Who tells of an episode, and how where that is not as something that happened."""
        name = Words(self._name_holder(claim), Look.NAME)
        manners = dict.fromkeys(describe_manner(telling, claim) for telling in tellings)
        others = ", ".join(filter(None, manners))
        if not others:
            return [name]
        return [name, Words(f" ({'also ' * ('' in manners)}{others})", Look.MANNER)]

    def _name_holder(self, claim: Claim) -> str:
        """Whose claim it is, with its number: `4 he = Idris Holm`; the publisher for `c0`."""
        if claim.parent is None:
            return shorten(self.document.publisher or DOCUMENT_ITSELF, _MOST_HOLDER)
        number = claim.id.removeprefix("c")
        if claim.source is None:
            return f"{number} source not named"
        source = shorten(claim.source.words(self.document.text).rstrip(",; "), _MOST_HOLDER)
        entity = next((one for one in self.entities if one.id == claim.entity), None)
        if entity is None or share_a_word(source, entity.name):
            return f"{number} {source}"
        return f"{number} {source} = {shorten(entity.name, _MOST_HOLDER)}"

    def _name_links(self) -> Iterator[list[Words]]:
        for link in self.links:
            holder = _find_holder(link, self.claims, self.events)
            if holder is None:
                continue
            words = [Words(self._name_holder(holder), Look.NAME), Words(": ")]
            words += [*_name_episode(link.source, self.events), Words(f" {_LINKS[link.kind]} ")]
            words += _name_episode(link.target, self.events)
            if link.evidence is not None:
                evidence = shorten(link.evidence.words(self.document.text), _MOST_EVIDENCE)
                words.append(Words(f" · “{evidence}”", Look.FAINT))
            yield words


def _find_holder(link: Link, claims: Sequence[Claim], events: Sequence[Event]) -> Claim | None:
    """Who states a link: the innermost claim around its words, or whoever tells of both ends."""
    if link.evidence is not None:
        around = [
            (len(span), place)
            for place, claim in enumerate(claims)
            for span in claim.content
            if span.start <= link.evidence.start < span.end
        ]
        if around:
            return claims[min(around)[1]]
        return next((claim for claim in claims if claim.parent is None), None)
    holders = {event.claim for event in events if event.episode == link.source}
    holders &= {event.claim for event in events if event.episode == link.target}
    return next((claim for claim in claims if claim.id in holders), None)


def _name_episode(episode: str, events: Sequence[Event]) -> list[Words]:
    """An episode by its mark and its first event that is no mere result."""
    members = [event for event in events if event.episode == episode]
    first = min(members, key=lambda event: event.kind in RESULTS, default=None)
    noun = build_phrase(first.kind, {}) if first is not None else []
    return [Words(f"{episode} ", Look.FAINT), *noun]
