"""The one file that knows the order of the steps: a document in, a reading out."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from allegata.claims import ClaimFinder
from allegata.encoder import Encoder
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
from allegata.types import Document, Reading, SegmentKind

__all__ = ["MOST_CHARACTERS", "READ_SEGMENTS", "Reader", "UsersKnowledge"]

READ_SEGMENTS = (SegmentKind.HEADLINE, SegmentKind.DATELINE, SegmentKind.BODY)
"""The segments that claims are read from."""

MOST_CHARACTERS = 300_000
"""The longest text that is read: about a hundred pages, or a dozen seconds."""

_CHUNK = 8
"""Documents that a process is handed at once."""

_CHUNKS_AHEAD = 3
"""Chunks waiting for each process, so that none idles and memory stays flat."""


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
            InputError: The text is longer than `MOST_CHARACTERS`.
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
        analysis = self.encoder.read(doc.text, sentences, events=True)
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
        with ProcessPoolExecutor(
            n_processes, get_context("spawn"), _open_worker, (self._weights, self._knowledge)
        ) as pool:
            waiting: deque[Future[list[Reading | InputError]]] = deque()
            remaining = iter(docs)
            while chunk := list(islice(remaining, _CHUNK)):
                waiting.append(pool.submit(_read_chunk, chunk))
                if len(waiting) > n_processes * _CHUNKS_AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

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


_worker: list[Reader] = []
"""The reader of a worker process, opened when the process starts."""


def _open_worker(weights: Path | None, knowledge: UsersKnowledge) -> None:
    _worker.append(Reader(weights, knowledge=knowledge))


def _read_chunk(docs: list[Document | InputError]) -> list[Reading | InputError]:
    return list(_worker[0].read_many(docs))
