"""A polite visitor of web servers: their robots.txt, their pace, and nothing fetched twice."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from allegata.documents.addresses import Guard
from allegata.documents.fetching import Fetched, ask
from allegata.errors import InputError
from allegata.ingestion.visits import Visit

__all__ = ["AGENT", "Pace", "Visited", "Visitor"]

AGENT = "allegata"
"""The name by which robots.txt may speak of us."""

_MOST_ROBOTS_BYTES = 512 * 1024
_LONGEST_PAUSE_S = 60.0
"""A server that wants more time than this between two requests is left for the next time."""

_LONGEST_REFUSAL = timedelta(days=1)
_BUSY = (429, 503)
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Pace:
    """How servers are asked. Tests give their own clocks.

    Attributes:
        seconds_between: The least time between two requests to one host.
        seconds: The longest that one request may take, redirects and all.
        max_bytes: The largest body that is taken.
        sleep: Waits.
        clock: Seconds that only ever grow.
        now: The moment, in UTC.
    """

    seconds_between: float = 2.0
    seconds: float = 60.0
    max_bytes: int = 10 * 2**20
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of a visit.

    Attributes:
        visit: What is to be remembered of it.
        fetched: What the server gave; None where nothing is new.
        error: Why there is nothing; None as well where nothing has changed, or where the host
            wants to be left alone and was not asked.
        is_put_off: Whether the host was not asked at all.
        is_final: Whether an error will hardly be another one soon: the page is gone, or its host
            does not want it to be fetched.
    """

    visit: Visit
    fetched: Fetched | None = None
    error: InputError | None = None
    is_put_off: bool = False
    is_final: bool = False


class Visitor:
    """Visits addresses one after another, each host at its own pace.

    Args:
        guard: What may be fetched; by default the public internet.
        pace: How servers are asked.
    """

    def __init__(self, guard: Guard | None = None, pace: Pace | None = None) -> None:
        self._guard = guard or Guard()
        self._pace = pace or Pace()
        self._rules: dict[str, Protego | InputError] = {}
        self._not_before: dict[str, float] = {}
        self._left_alone: set[str] = set()

    def visit(self, url: str, before: Visit | None, *, heeds_robots: bool) -> Visited:
        """Visit an address.

        Args:
            url: An http or https address.
            before: What is remembered of it: what has not changed is not sent again.
            heeds_robots: Whether the host's robots.txt decides. It does for what was found; what
                a person named is asked for as a browser would.

        Returns:
            What came of it; nothing is raised for the fault of a server.
        """
        now = self._pace.now()
        before = before or Visit(url, now)
        is_refused = before.not_before is not None and now < before.not_before
        if is_refused or _host(url) in self._left_alone:
            return Visited(before, is_put_off=True)
        failed = replace(before, checked_at=now, n_failures=before.n_failures + 1)
        try:
            if heeds_robots and not self._is_allowed(url):
                return Visited(failed, error=_unwanted(url), is_final=True)
            fetched = self._ask(url, before)
        except InputError as error:
            return Visited(failed, error=error)
        return self._judge(url, before, fetched)

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._pace.now()

    def _ask(self, url: str, before: Visit) -> Fetched:
        """Ask, and once more where the server is busy and says that it soon is not."""
        fetched = self._ask_once(url, before)
        pause_s = self._pause(fetched)
        if fetched.status in _BUSY and pause_s is not None and pause_s <= _LONGEST_PAUSE_S:
            self._not_before[_host(url)] = self._pace.clock() + pause_s
            fetched = self._ask_once(url, before)
        return fetched

    def _ask_once(self, url: str, before: Visit) -> Fetched:
        headers = {}
        if before.etag:
            headers["If-None-Match"] = before.etag
        if before.last_modified:
            headers["If-Modified-Since"] = before.last_modified
        return self._take_turn(url, self._pace.max_bytes, headers)

    def _take_turn(self, url: str, max_bytes: int, headers: dict[str, str]) -> Fetched:
        """Ask when it is this host's turn."""
        host = _host(url)
        pause_s = self._not_before.get(host, 0.0) - self._pace.clock()
        if pause_s > 0:
            self._pace.sleep(pause_s)
        try:
            return ask(url, max_bytes, self._pace.seconds, self._guard, headers)
        finally:
            self._not_before[host] = self._pace.clock() + self._seconds_between(host)

    def _seconds_between(self, host: str) -> float:
        rules = self._rules.get(host)
        asked = rules.crawl_delay(AGENT) if isinstance(rules, Protego) else None
        return max(self._pace.seconds_between, min(asked or 0.0, _LONGEST_PAUSE_S))

    def _is_allowed(self, url: str) -> bool:
        """Whether the host of a page wants it to be visited.

        Raises:
            InputError: It does not say what it wants.
        """
        host = _host(url)
        if host not in self._rules:
            self._rules[host] = self._fetch_rules(url)
        rules = self._rules[host]
        if isinstance(rules, InputError):
            raise InputError(url, f"is not fetched: {rules.what}", rules.hint)
        return bool(rules.can_fetch(url, AGENT))

    def _fetch_rules(self, url: str) -> Protego | InputError:
        """The robots.txt of a host: where there is none all is allowed, without an answer nothing.

        That is how RFC 9309 has it.
        """
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            fetched = self._take_turn(place, _MOST_ROBOTS_BYTES, {})
        except InputError as error:
            return InputError(place, f"its robots.txt cannot be had ({error.what})", error.hint)
        if fetched.status in _BUSY or fetched.status >= 500:
            return InputError(
                place,
                f"its robots.txt cannot be had (the server answers {fetched.status}).",
                "Try again later.",
            )
        return Protego.parse(fetched.raw.decode("utf-8", "replace"))

    def _judge(self, url: str, before: Visit, fetched: Fetched) -> Visited:
        now, status = self._pace.now(), fetched.status
        if status == 200:
            return Visited(Visit(url, now, fetched.etag, fetched.last_modified), fetched)
        if status == 304:
            return Visited(replace(before, checked_at=now, n_failures=0, not_before=None))
        failed = replace(before, checked_at=now, n_failures=before.n_failures + 1, not_before=None)
        if status in _BUSY:
            return self._leave_alone(url, failed, fetched)
        if status in _GONE:
            error = InputError(
                url, f"is gone: the server answers {status}.", "What was kept of it stays."
            )
            return Visited(failed.forget_version(), error=error, is_final=True)
        error = InputError(url, f"the server answers {status}.", "Try again later.")
        return Visited(failed, error=error)

    def _leave_alone(self, url: str, failed: Visit, fetched: Fetched) -> Visited:
        """Ask the host no more for now, and the address not before the server says so."""
        self._left_alone.add(_host(url))
        pause_s = self._pause(fetched)
        wanted = timedelta(seconds=pause_s or 60.0 * 2 ** min(failed.n_failures, 12))
        until = self._pace.now() + min(wanted, _LONGEST_REFUSAL)
        error = InputError(
            url,
            f"the server answers {fetched.status}: it is busy, or is asked too often.",
            "The next fetch after its pause tries again.",
        )
        return Visited(replace(failed, not_before=until), error=error)

    def _pause(self, fetched: Fetched) -> float | None:
        """How many seconds a server wants to be left alone, or None where it does not say."""
        said = (fetched.retry_after or "").strip()
        if said.isascii() and said.isdigit():
            return float(min(int(said[:9]), int(_LONGEST_REFUSAL.total_seconds())))
        try:
            until = parsedate_to_datetime(said)
        except (TypeError, ValueError):
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - self._pace.now()).total_seconds())


def _unwanted(url: str) -> InputError:
    return InputError(
        url,
        "is not fetched: the robots.txt of its host does not allow it.",
        "Save the page and read the file, if you may.",
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
