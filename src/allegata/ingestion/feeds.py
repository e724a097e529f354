"""Fetching feeds and the pages of their entries into a ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import zip_longest
from urllib.parse import urldefrag

from allegata.documents import Intake
from allegata.documents.feeds import Entry, read_entries
from allegata.documents.fetching import Fetched
from allegata.documents.found import Found, build_document
from allegata.documents.isolation import Isolation
from allegata.documents.sources import open_fetched, read_fetched
from allegata.errors import InputError
from allegata.ingestion.arrivals import Arrival
from allegata.ingestion.options import Outcome
from allegata.ingestion.pipeline import Ingestion
from allegata.ingestion.visiting import Visitor
from allegata.ingestion.visits import Visit, find_visit, keep_visit
from allegata.ledger import Ledger
from allegata.ledger.writing import write
from allegata.types import Document

__all__ = ["fetch_feeds"]

_AGAIN = timedelta(hours=20)
"""A page is asked for again after so long: it may have been changed or withdrawn."""


def fetch_feeds(
    feeds: Sequence[str], ledger: Ledger, ingestion: Ingestion, visitor: Visitor | None = None
) -> Outcome:
    """Bring the pages of feeds into a ledger.

    Each feed is asked for what is new. The pages of its entries are asked for where they were not
    lately, hosts in turn and each at its pace, and as its robots.txt wants. A page that shows
    another text than before is one more report of the same address; one that is gone is a fault,
    and what was kept of it stays.

    Args:
        feeds: Addresses of RSS or Atom feeds.
        ledger: The one that `ingestion` writes to.
        ingestion: Where the documents go.
        visitor: Who fetches.

    Returns:
        What came of the pages.

    Raises:
        StoreError: The ledger cannot be written.
        KeyboardInterrupt: It was interrupted; all that had been read is kept.
    """
    round_ = _Round(ledger, visitor or Visitor(), ingestion.options.intake)
    outcome = ingestion.take(round_.visit_all(list(dict.fromkeys(feeds))))
    round_.remember()
    return outcome


@dataclass(slots=True)
class _Feed:
    """A feed and what is still to come of it.

    Attributes:
        visit: To be remembered once all of its pages are kept.
        entries: Those whose pages are to be visited.
        is_whole: Whether every page could be had. Where not, the feed is taken as never seen, so
            that the next round comes by the missing ones again.
    """

    visit: Visit
    entries: list[Entry] = field(default_factory=list)
    is_whole: bool = True


class _Round:
    """One round of all feeds."""

    def __init__(self, ledger: Ledger, visitor: Visitor, intake: Intake) -> None:
        self._ledger = ledger
        self._visitor = visitor
        self._intake = intake
        self._isolation = Isolation(intake.seconds)
        self._feeds: list[_Feed] = []
        self._seen: set[str] = set()
        self._unchanged: list[Visit] = []

    def visit_all(self, feeds: Sequence[str]) -> Iterator[Arrival]:
        """Visit feeds, then their pages."""
        try:
            for url in feeds:
                yield from self._visit_feed(url)
            queues = [[(feed, entry) for entry in feed.entries] for feed in self._feeds]
            for turn in zip_longest(*queues):
                for pair in turn:
                    if pair is not None:
                        yield from self._visit_page(*pair)
        finally:
            self._isolation.close()

    def remember(self) -> None:
        """Remember what needs no document to be kept first, or had all of them kept."""
        with write(self._ledger) as writing:
            for visit in self._unchanged:
                keep_visit(writing.connection, visit)
            for feed in self._feeds:
                last = feed.visit
                keep_visit(writing.connection, last if feed.is_whole else last.forget_version())

    def _visit_feed(self, url: str) -> Iterator[Arrival]:
        visited = self._visitor.visit(url, self._find(url), heeds_robots=False)
        if visited.error is not None:
            yield Arrival(visited.error, visit=visited.visit)
        if visited.fetched is None:
            if visited.error is None and not visited.is_put_off:
                self._unchanged.append(visited.visit)
            return
        feed = _Feed(visited.visit)
        self._feeds.append(feed)
        try:
            for entry in read_entries(open_fetched(visited.fetched, self._intake, self._isolation)):
                yield from self._take_entry(feed, entry)
        except InputError as error:
            feed.is_whole = False
            yield Arrival(InputError(url, error.what, error.hint))

    def _take_entry(self, feed: _Feed, entry: Entry) -> Iterator[Arrival]:
        """Note the page of an entry to be visited; one without a page is its own document."""
        link = urldefrag(entry.link).url if entry.link else None
        if link is None:
            yield from _from_feed(entry, self._intake)
        elif link not in self._seen:
            self._seen.add(link)
            feed.entries.append(replace(entry, link=link))

    def _visit_page(self, feed: _Feed, entry: Entry) -> Iterator[Arrival]:
        url = entry.link or ""
        before = self._find(url)
        if before is not None and self._is_fresh(before):
            return
        visited = self._visitor.visit(url, before, heeds_robots=True)
        if visited.is_put_off:
            feed.is_whole = False
        elif visited.error is not None:
            feed.is_whole = feed.is_whole and visited.is_final
            yield Arrival(visited.error, visit=visited.visit)
        elif visited.fetched is None:
            self._unchanged.append(visited.visit)
        else:
            yield from self._read_page(visited.fetched, entry.found, visited.visit)

    def _read_page(self, fetched: Fetched, beside: Found, visit: Visit) -> Iterator[Arrival]:
        """Read a page; that it was visited is remembered with the last of its documents."""
        results = list(read_fetched(fetched, self._intake, self._isolation, beside))
        raw = fetched.raw if len(results) == 1 else None
        if any(isinstance(content, InputError) for content in results):
            visit = visit.forget_version()
        for number, content in enumerate(results, 1):
            is_last = number == len(results)
            kept = raw if isinstance(content, Document) else None
            yield Arrival(content, kept, visit if is_last else None)

    def _is_fresh(self, before: Visit) -> bool:
        """Whether a page was had so lately that it is not asked for again."""
        return before.n_failures == 0 and self._visitor.now() - before.checked_at < _AGAIN

    def _find(self, url: str) -> Visit | None:
        with self._ledger.reading() as connection:
            return find_visit(connection, url)


def _from_feed(entry: Entry, intake: Intake) -> Iterator[Arrival]:
    try:
        yield Arrival(build_document(entry.found, intake.published))
    except InputError as error:
        yield Arrival(error)
