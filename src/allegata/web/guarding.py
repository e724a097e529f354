"""Who may ask: only pages of this server, opened by the person who started it.

The address that is printed holds a token; it is exchanged for a cookie at once. Requests must be
addressed to this machine by name or number (DNS rebinding), and whatever changes something must
come from a page of ours (cross-site requests). Answers carry headers that let no foreign script,
style, frame or request do anything, whatever a page might hold.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

__all__ = ["COOKIE", "HEADERS", "MOST_BODY_BYTES", "Guard"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

COOKIE = "allegata"
"""Name of the cookie, with the port behind it: ports of one machine share cookies."""

MOST_BODY_BYTES = 64 * 1024
"""Forms of ours are far smaller."""

_MOST_QUERY_BYTES = 8 * 1024
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})
_NEVER_KEPT = {"cache-control": "no-store"}

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Of every answer."""


class Guard:
    """Lets through what may ask, and adds the headers to what is answered.

    Args:
        app: What answers.
        token: Of the printed address.
        port: That is listened on.
        hosts: Names by which this machine may be addressed.
    """

    def __init__(
        self,
        app: App,
        *,
        token: str,
        port: int,
        hosts: Iterable[str] = ("127.0.0.1", "localhost", "[::1]"),
    ) -> None:
        self._app = app
        self._token = token
        self._cookie = f"{COOKIE}-{port}"
        self._hosts = frozenset(f"{host}:{port}" for host in hosts)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # a connection of another sort is never accepted
        answer = _with_headers(send)
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        refusal = self._refuse(scope, headers)
        if refusal is not None:
            await _answer(answer, *refusal)
            return
        if len(scope["query_string"]) > _MOST_QUERY_BYTES:
            await _answer(answer, 414, "This address is too long. Narrow it down by less.")
            return
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")
        if given is not None and compare_digest(given.encode(), self._token.encode()):
            await self._let_in(scope, answer)
            return
        if not self._knows(headers.get("cookie", "")):
            await _answer(answer, 403, _CLOSED)
            return
        await self._app(scope, _limited(receive), answer)

    def _refuse(self, scope: Message, headers: MutableMapping[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if host not in self._hosts:
            return 403, "This server answers only to requests that are addressed to this machine."
        if scope["method"] in _SAFE:
            return None
        if not _is_own(headers.get("sec-fetch-site"), headers.get("origin"), f"http://{host}"):
            return 403, "Only pages of this server may change something."
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > MOST_BODY_BYTES:
            return 413, "This is more than a form of ours ever sends."
        return None

    def _knows(self, header: str) -> bool:
        try:
            cookies = SimpleCookie(header)
        except CookieError:
            return False
        given = cookies[self._cookie].value if self._cookie in cookies else ""
        return compare_digest(given.encode(), self._token.encode())

    async def _let_in(self, scope: Message, answer: Send) -> None:
        """Exchange the token of the address for a cookie, and go on to the address without it."""
        kept = [
            (name, value)
            for name, value in parse_qsl(
                scope["query_string"].decode("latin-1"), keep_blank_values=True
            )
            if name != "token"
        ]
        path = quote("/" + scope["path"].lstrip("/\\"))
        target = path + (f"?{urlencode(kept)}" if kept else "")
        cookie = f"{self._cookie}={self._token}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(answer, 303, "", {"location": target, "set-cookie": cookie})


def _is_own(site: str | None, origin: str | None, own: str) -> bool:
    """Whether a browser says that a page of this server sends this.

    Forms of pages without a referrer, as ours are, have the origin `null`: then the site decides.
    """
    if site is None:
        return origin == own
    return site in _OWN_SITE and origin in (None, "null", own)


_CLOSED = (
    "Open the address that `allegata serve` printed: it holds a key, which this request lacks."
)


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name for name, _ in message["headers"]}
            added = HEADERS if b"cache-control" in given else HEADERS | _NEVER_KEPT
            message["headers"] = [
                *message["headers"],
                *((name.encode(), value.encode()) for name, value in added.items()),
            ]
        await send(message)

    return answer


def _limited(receive: Receive) -> Receive:
    """A body that ends as if the other side had gone where it is longer than it may be."""
    n_bytes = 0

    async def limited() -> Message:
        nonlocal n_bytes
        message = await receive()
        n_bytes += len(message.get("body", b""))
        return message if n_bytes <= MOST_BODY_BYTES else {"type": "http.disconnect"}

    return limited


async def _answer(
    send: Send, status: int, words: str, headers: MutableMapping[str, str] | None = None
) -> None:
    body = words.encode()
    fields = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        **(headers or {}),
    }
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in fields.items()],
        }
    )
    await send({"type": "http.response.body", "body": body})
