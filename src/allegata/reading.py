"""The one file that knows the order of the steps: a document in, a reading out."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from allegata.claims import ClaimFinder
from allegata.encoder import Encoder
from allegata.errors import InputError
from allegata.grounding import date_claims, find_timexes
from allegata.mentions import find_entities
from allegata.sentences import find_sentences
from allegata.types import Document, Reading, SegmentKind

__all__ = ["MOST_CHARACTERS", "READ_SEGMENTS", "Reader"]

READ_SEGMENTS = (SegmentKind.HEADLINE, SegmentKind.DATELINE, SegmentKind.BODY)
"""The segments that claims are read from."""

MOST_CHARACTERS = 300_000
"""The longest text that is read: about a hundred pages, or a dozen seconds."""

_CHUNK = 8
"""Documents that a process is handed at once."""

_CHUNKS_AHEAD = 3
"""Chunks waiting for each process, so that none idles and memory stays flat."""


class Reader:
    """Reads documents. Opening one loads the weights; reading changes nothing in it.

    Args:
        weights: A folder of weights, those that come with allegata by default.

    Raises:
        WeightsError: They are absent or altered.
        KnowledgeError: A compiled table is.

    Example:
        >>> from allegata.documents import read_text
        >>> reading = Reader().read(read_text("The bridge was mined, the army said."))
        >>> [claim.cue.words(reading.document.text) for claim in reading.claims[1:]]
        ['said']
    """

    def __init__(self, weights: Path | None = None) -> None:
        self._weights = weights
        self.encoder = Encoder.open(weights)
        self._finder = ClaimFinder.open(self.encoder)

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
        analysis = self.encoder.read(doc.text, sentences)
        claims = self._finder.find(doc.text, analysis)
        timexes = find_timexes(doc.text, sentences, doc.published.day if doc.published else None)
        claims = date_claims(claims, timexes, sentences)
        entities, claims = find_entities(doc.text, analysis, claims, doc.publisher)
        return Reading(doc, claims, entities)

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
            n_processes, get_context("spawn"), _open_worker, (self._weights,)
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


def _open_worker(weights: Path | None) -> None:
    _worker.append(Reader(weights))


def _read_chunk(docs: list[Document | InputError]) -> list[Reading | InputError]:
    return list(_worker[0].read_many(docs))
