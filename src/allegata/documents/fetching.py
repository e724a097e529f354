"""Fetching a document from the web: guarded, capped, and only when asked for."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from allegata.documents.addresses import Guard, Target
from allegata.documents.lines import too_large
from allegata.errors import InputError

if TYPE_CHECKING:
    import httpx2

__all__ = ["Fetched", "ask", "fetch", "post"]

MOST_REDIRECTS = 5
_HEADERS = {
    "User-Agent": "allegata (reads one page on behalf of a person)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave.

    Attributes:
        raw: The body, as sent; empty where the status is not 200.
        url: The address of the last hop.
        content_type: As declared, without parameters, or None.
        charset: As declared, or None.
        status: Of the last hop.
        etag: Its mark of this version, or None.
        last_modified: When it says that this version was made, as sent, or None.
        retry_after: When it wants to be asked again, as sent, or None.
    """

    raw: bytes
    url: str
    content_type: str | None
    charset: str | None
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    retry_after: str | None = None


def fetch(url: str, max_bytes: int, seconds: float, guard: Guard | None = None) -> Fetched:
    """Fetch a document.

    Each hop is checked and resolved once, and the connection goes to that very address. Proxies,
    credentials and certificates of the environment are not used.

    Args:
        url: An http or https address.
        max_bytes: The largest body that is taken.
        seconds: The longest that all of it may take.
        guard: What may be fetched; by default the public internet.

    Returns:
        The body and what the server says about it.

    Raises:
        InputError: It may not be fetched, or the server did not give it in full and in time.
    """
    fetched = ask(url, max_bytes, seconds, guard)
    if fetched.status != 200:
        raise InputError(url, f"the server answers {fetched.status}.")
    return fetched


def ask(
    url: str,
    max_bytes: int,
    seconds: float,
    guard: Guard | None = None,
    headers: Mapping[str, str] | None = None,
) -> Fetched:
    """Ask a server, whatever its status is; as `fetch` otherwise.

    Args:
        url: An http or https address.
        max_bytes: The largest body that is taken.
        seconds: The longest that all of it may take.
        guard: What may be fetched; by default the public internet.
        headers: Sent beside our own, such as the mark of a version that is at hand.

    Returns:
        What the last hop says; its body where the status is 200.

    Raises:
        InputError: It may not be fetched, or the server did not answer in full and in time.
    """
    guard = guard or Guard()
    deadline = time.monotonic() + seconds
    place = url
    for _ in range(MOST_REDIRECTS + 1):
        target = _check(guard, place, deadline)
        with _send(target, url, deadline, headers or {}) as response:
            onward = response.headers.get("location")
            if response.status_code in (301, 302, 303, 307, 308) and onward:
                place = urljoin(place, onward)
                continue
            raw = b""
            if response.status_code == 200:
                raw = _read_body(response, url, max_bytes, deadline)
            return _describe(response, place, raw)
    raise InputError(url, f"redirects more than {MOST_REDIRECTS} times.", "Save the page instead.")


def post(url: str, body: bytes, max_bytes: int, seconds: float, guard: Guard) -> bytes:
    """Send JSON to a server and take what it answers; it is not followed elsewhere.

    Args:
        url: An http or https address.
        body: What is sent.
        max_bytes: The largest answer that is taken.
        seconds: The longest that all of it may take.
        guard: What may be asked.

    Raises:
        InputError: It may not be asked, or did not answer with 200, in full and in time.
    """
    deadline = time.monotonic() + seconds
    target = _check(guard, url, deadline)
    with _send(target, url, deadline, {"Content-Type": "application/json"}, body) as response:
        if response.status_code != 200:
            raise InputError(url, f"the server answers {response.status_code}.")
        return _read_body(response, url, max_bytes, deadline)


def _describe(response: "httpx2.Response", place: str, raw: bytes) -> Fetched:
    content_type, _, _ = response.headers.get("content-type", "").partition(";")
    return Fetched(
        raw,
        place,
        content_type.strip() or None,
        response.charset_encoding,
        response.status_code,
        response.headers.get("etag"),
        response.headers.get("last-modified"),
        response.headers.get("retry-after"),
    )


class _Cutoff:
    """Cuts the connection when time is up, however slowly bytes trickle.

    Attributes:
        late: Whether it did.
    """

    def __init__(self, seconds: float) -> None:
        self.late = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def watch(self, event: str, info: Mapping[str, object]) -> None:
        """Told by the client what it does; keeps the socket that it opens."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            inner = getattr(info.get("return_value"), "get_extra_info", lambda _: None)("socket")
            self._socket = inner if isinstance(inner, socket.socket) else None
            if self.late:
                self._cut()

    def __enter__(self) -> "_Cutoff":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.late = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _check(guard: Guard, url: str, deadline: float) -> Target:
    """Check an address; a name server that does not answer is not waited for."""
    found: list[Target | Exception] = []

    def look_up() -> None:
        try:
            found.append(guard.check(url))
        except Exception as error:  # noqa: BLE001
            found.append(error)  # raised again below, where it belongs

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(deadline, url))
    if not found:
        raise _late(url)
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


@contextmanager
def _send(
    target: Target, url: str, deadline: float, headers: Mapping[str, str], body: bytes | None = None
) -> "Iterator[httpx2.Response]":
    """Ask one server, at the one address that was checked; with a body, by POST."""
    import httpx2

    pinned = httpx2.URL(target.url).copy_with(host=target.address, port=target.port)
    host = f"[{target.host}]" if ":" in target.host else target.host
    default = {"http": 80, "https": 443}[target.scheme]
    name = host if target.port == default else f"{host}:{target.port}"
    request = httpx2.Request(
        "GET" if body is None else "POST",
        pinned,
        content=body,
        headers={**_HEADERS, **headers, "Host": name},
        extensions={
            "sni_hostname": target.host,
            "timeout": httpx2.Timeout(_left(deadline, url)).as_dict(),
            "trace": (cutoff := _Cutoff(_left(deadline, url))).watch,
        },
    )
    with cutoff, httpx2.HTTPTransport(trust_env=False, retries=0) as transport:
        try:
            response = transport.handle_request(request)
            response.request = request
            try:
                yield response
            finally:
                response.close()
        except httpx2.TimeoutException as error:
            raise _late(url) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            if cutoff.late:
                raise _late(url) from error
            reason = str(error)[:120] or type(error).__name__
            raise InputError(url, f"could not be fetched: {reason}.") from error


def _read_body(response: "httpx2.Response", url: str, max_bytes: int, deadline: float) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() not in ("identity", "gzip"):
        raise InputError(url, "is sent packed in a way that is not read.")
    pieces, size = [], 0
    for piece in response.iter_raw():
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise too_large(url, max_bytes)
        if time.monotonic() > deadline:
            raise _late(url)
    return b"".join(pieces)


def _left(deadline: float, url: str) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _late(url)
    return left


def _late(url: str) -> InputError:
    return InputError(url, "took too long to fetch.", "Try again later, or save the page.")
