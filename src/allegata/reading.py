"""The one file that knows the order of the steps: a document in, a reading out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from allegata.claims import ClaimFinder
from allegata.encoder import Analysis, Encoder, TooManyPiecesError
from allegata.errors import InputError
from allegata.events import EventFinder, Grouping, find_links, group_events
from allegata.grounding import (
    date_claims,
    date_events,
    find_places,
    find_timexes,
    link_actors,
    link_arguments,
    place_events,
    share_counts,
)
from allegata.knowledge.actors import ActorTable
from allegata.knowledge.gazetteer import Gazetteer
from allegata.mentions import find_entities
from allegata.sentences import find_sentences
from allegata.types import Document, Reading, SegmentKind, Span
from allegata.workers import Loss, Lost, Workers

__all__ = [
    "MOST_CHARACTERS",
    "MOST_PIECES",
    "MOST_SECONDS",
    "READ_SEGMENTS",
    "Reader",
    "UsersKnowledge",
    "explain_loss",
    "open_worker",
]

READ_SEGMENTS = (SegmentKind.HEADLINE, SegmentKind.DATELINE, SegmentKind.BODY)
"""The segments that claims are read from."""

MOST_CHARACTERS = 200_000
"""The longest text that is read: about seventy pages, or eight seconds."""

MOST_PIECES = 45_000
"""The most pieces of words that are read, which is what reading takes time by. Prose of
`MOST_CHARACTERS` has some 40,000; letters and marks in a heap have many more."""

MOST_SECONDS = 120.0
"""The longest that another process may read one document: ten times what the longest takes."""

_LOOK_S = 1.0
_AHEAD_OF_SLOW = 16
"""Readings that each process may be ahead of one that takes long: they wait for their turn."""


@dataclass(frozen=True, slots=True)
class UsersKnowledge:
    """Files of a user's own, beside what comes with allegata.

    Attributes:
        gazetteers: Places: GeoNames dumps, GeoJSON, CSV. Their entries win over ours.
        actors: Actors: YAML or CSV. Their entries win over ours.
    """

    gazetteers: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()


OURS = UsersKnowledge()


class Reader:
    """Reads documents. Opening one loads the weights; reading changes nothing in it.

    Args:
        weights: A folder of weights, those that come with allegata by default.
        knowledge: The user's own gazetteers and actors.

    Raises:
        WeightsError: They are absent or altered.
        KnowledgeError: A compiled table is.

    Example:
        >>> from allegata.documents import read_text
        >>> reading = Reader().read(read_text("The bridge was mined, the army said."))
        >>> [claim.cue.words(reading.document.text) for claim in reading.claims[1:]]
        ['said']
    """

    def __init__(self, weights: Path | None = None, *, knowledge: UsersKnowledge = OURS) -> None:
        self._weights, self._knowledge = weights, knowledge
        self.encoder = Encoder.open(weights)
        self._claims = ClaimFinder.open(self.encoder)
        self._events = EventFinder.open(self.encoder)
        self._grouping = Grouping.of(self.encoder.weights.episodes)
        self._actors = ActorTable.open(*knowledge.actors)
        self._gazetteer = Gazetteer.open(*knowledge.gazetteers)
        self.encoder.wait()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was noticed in the user's files, a sentence each."""
        return self._gazetteer.warnings

    def read(self, doc: Document) -> Reading:
        """Read one document.

        Args:
            doc: Claims are read from its headline, dateline and body.

        Returns:
            The reading: `c0` alone where nobody is cited.

        Raises:
            InputError: The text is longer than `MOST_CHARACTERS`, or is made of more than
                `MOST_PIECES` pieces of words.
        """
        if len(doc.text) > MOST_CHARACTERS:
            raise InputError(
                doc.uri,
                f"{len(doc.text):,} characters of text; the most that is read at once is"
                f" {MOST_CHARACTERS:,}.",
                "Split it into its reports or chapters.",
            )
        spans = [segment.span for segment in doc.segments if segment.kind in READ_SEGMENTS]
        sentences = find_sentences(doc.text, spans)
        published = doc.published.day if doc.published else None
        analysis = self._analyse(doc, sentences)
        timexes = find_timexes(doc.text, sentences, published)
        claims = date_claims(self._claims.find(doc.text, analysis), timexes, sentences)
        events, triggers = self._events.find(analysis, claims)
        entities, claims = find_entities(doc.text, analysis, claims, doc.publisher, events)

        events = share_counts(events, claims, analysis)
        places = find_places(analysis, self._gazetteer)
        events = place_events(events, places, analysis)
        events = date_events(events, claims, timexes, published, analysis)
        events = group_events(analysis, events, triggers, self._grouping)

        entities = link_actors(
            entities,
            actors=self._actors,
            text=doc.text,
            year=published.year if published else None,
            countries=frozenset(place.country for place in places if place.country),
            speaking=frozenset(claim.entity for claim in claims if claim.entity),
        )
        events = link_arguments(events, entities, analysis)
        return Reading(doc, claims, entities, events, find_links(analysis, events))

    def _analyse(self, doc: Document, sentences: Sequence[Span]) -> Analysis:
        try:
            return self.encoder.read(doc.text, sentences, events=True, most_pieces=MOST_PIECES)
        except TooManyPiecesError as error:
            raise InputError(
                doc.uri,
                f"is made of {error.n_pieces:,} pieces of words; the most that is read at once is"
                f" {MOST_PIECES:,}.",
                "Split it into its reports or chapters, or take out what is no prose.",
            ) from error

    def read_many(
        self, docs: Iterable[Document | InputError], *, n_processes: int = 1
    ) -> Iterator[Reading | InputError]:
        """Read many documents, in their order and without holding them all.

        Args:
            docs: Documents; errors among them are handed on in their place.
            n_processes: Processes that read side by side. One reads in this process.

        Yields:
            A reading for each document, an error for each that could not be read.
        """
        if n_processes <= 1:
            yield from (self._read_safely(doc) for doc in docs)
            return
        opening = (self._weights, self._knowledge)
        with Workers(n_processes, open_worker, opening, seconds=MOST_SECONDS) as workers:
            yield from _read_side_by_side(workers, docs, n_processes * _AHEAD_OF_SLOW)

    def _read_safely(self, doc: Document | InputError) -> Reading | InputError:
        if isinstance(doc, InputError):
            return doc
        try:
            return self.read(doc)
        except InputError as error:
            return error
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            RuntimeError,
            TypeError,
            ValueError,
        ) as error:
            return InputError(
                doc.uri,
                f"could not be read ({type(error).__name__}: {error}).",
                "This is a fault of allegata: please report it with the document, if you may.",
            )


def open_worker(
    weights: Path | None, knowledge: UsersKnowledge
) -> Callable[[Document | InputError], Reading | InputError]:
    """Open a reader in a process of its own, for `Workers`.

    Args:
        weights: As for `Reader`.
        knowledge: As for `Reader`.

    Returns:
        What reads one document; errors are handed on.
    """
    return Reader(weights, knowledge=knowledge)._read_safely


def explain_loss(doc: Document | InputError, lost: Lost) -> InputError:
    """What a user is told of a document that a process could not read.

    Args:
        doc: The document.
        lost: What came of it.
    """
    if isinstance(doc, InputError):
        return doc
    if lost.why is Loss.LATE:
        return InputError(
            doc.uri, f"took longer than {lost.words} to read.", "Split it into its reports."
        )
    if lost.why is Loss.ENDED:
        return InputError(
            doc.uri,
            f"ended the process that read it, twice ({lost.words}).",
            "There may be too little memory for it: close other programs, or split it.",
        )
    return InputError(
        doc.uri,
        f"could not be read ({lost.words}).",
        "This is a fault of allegata: please report it with the document, if you may.",
    )


def _read_side_by_side(
    workers: Workers[Document | InputError, Reading | InputError],
    docs: Iterable[Document | InputError],
    most_ahead: int,
) -> Iterator[Reading | InputError]:
    """Read in any order, and give in the order of the documents."""
    waiting: dict[int, Document | InputError] = {}
    done: dict[int, Reading | InputError] = {}
    turn = 1
    remaining, is_over = iter(docs), False
    while waiting or not is_over:
        while not is_over and workers.has_room and len(waiting) < most_ahead:
            doc = next(remaining, None)
            if doc is None:
                is_over = True
            else:
                waiting[workers.put(doc)] = doc
        for ticket, result in workers.wait(_LOOK_S):
            doc = waiting[ticket]
            done[ticket] = explain_loss(doc, result) if isinstance(result, Lost) else result
        while turn in done:
            yield done.pop(turn)
            del waiting[turn]
            turn += 1
