import contextlib
import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

import pytest

from allegata.documents import Intake, addresses, read_documents
from allegata.documents.addresses import Guard, is_public
from allegata.documents.fetching import fetch
from allegata.errors import InputError
from allegata.types import Document

LOOPBACK = "127.0.0.1"
PAGE = "<html><body><p>The council said so.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Serves what the address asks for."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, "get_" + self.path.split("/")[1].split("?")[0])()

    def answer(self, status=200, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def get_page(self):
        self.answer(body=PAGE.encode(), Content_Type="text/html; charset=utf-8")

    def get_lines(self):
        self.answer(
            body=b'{"text": "The council said so."}\n' * 2, Content_Type="application/jsonl"
        )

    def get_packed(self):
        self.answer(body=gzip.compress(PAGE.encode()), Content_Encoding="gzip",
                    Content_Type="text/html")  # fmt: skip

    def get_odd(self):
        self.answer(body=b"x", Content_Encoding="br")

    def get_missing(self):
        self.answer(404)

    def get_loop(self):
        self.answer(302, Location="/loop")

    def get_hops(self):
        n = int(self.path.split("/")[2])
        self.answer(302, Location=f"/hops/{n - 1}" if n else "/page")

    def get_to(self):
        self.answer(302, Location=unquote(self.path.split("?", 1)[1]))

    def get_endless(self):
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)

    def get_slow(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not self.server.closing.wait(0.05):
            self.wfile.write(b"x")
            self.wfile.flush()

    def get_dripping(self):
        """Headers that never end, byte by byte."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not self.server.closing.wait(0.05):
            self.wfile.write(b"x")
            self.wfile.flush()

    def get_silent(self):
        self.server.closing.wait(10)

    def get_short(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x")
        self.close_connection = True


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    server.daemon_threads = True
    server.seen = []
    server.closing = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def guard(server):
    """Takes `example.org` for the server on this machine, and nothing else."""
    return Guard(
        resolve=lambda host, port: [LOOPBACK if host == "example.org" else "10.0.0.1"],
        allows=lambda address: address == LOOPBACK or is_public(address),
        ports=frozenset({80, 443, server.server_port}),
    )


@pytest.fixture
def get(server, guard):
    def get_path(path, max_bytes=100_000, seconds=20.0):
        return fetch(f"http://example.org:{server.server_port}/{path}", max_bytes, seconds, guard)

    return get_path


def test_a_page_is_fetched_from_the_checked_address(get, server):
    fetched = get("page")
    assert fetched.raw.decode() == PAGE
    assert (fetched.content_type, fetched.charset) == ("text/html", "utf-8")
    _, headers = server.seen[-1]
    assert headers["Host"] == f"example.org:{server.server_port}"
    assert "Cookie" not in headers
    assert "Authorization" not in headers


def test_proxies_of_the_environment_are_not_used(get, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.1:9")
    assert get("page").raw.decode() == PAGE


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("missing", "the server answers 404"),
        ("loop", "redirects more than 5 times"),
        ("hops/5", "redirects more than 5 times"),
        ("endless", "is larger than 100,000 bytes"),
        ("short", "could not be fetched"),
        ("odd", "packed in a way that is not read"),
    ],
)
def test_what_cannot_be_had_is_told(get, path, what):
    with pytest.raises(InputError, match=what):
        get(path)


def test_five_redirects_are_followed(get, server):
    assert get("hops/4").url == f"http://example.org:{server.server_port}/page"


@pytest.mark.parametrize("path", ["slow", "silent", "dripping"])
def test_time_is_capped_however_slowly_bytes_come(get, path):
    started = time.monotonic()
    with pytest.raises(InputError, match="took too long"):
        get(path, seconds=0.5)
    assert time.monotonic() - started < 5


def test_a_name_server_that_does_not_answer_is_not_waited_for():
    released = threading.Event()
    guard = Guard(resolve=lambda host, port: [str(released.wait(30))])
    with pytest.raises(InputError, match="took too long"):
        fetch("http://example.org/", 1000, 0.2, guard)
    released.set()


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:22/",
        "http://10.0.0.1/",
        "http://inside.example/",  # a name that resolves to a private address
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://192.0.0.192/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://[fd00:ec2::254]/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//inside.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "https:example.org:1",
    ],
)
def test_every_hop_is_checked(get, server, target):
    n_seen = len(server.seen)
    with pytest.raises(InputError):
        get("to?" + quote(target, safe=""))
    assert len(server.seen) == n_seen + 1


@pytest.mark.parametrize("path", ["page", "packed", "lines"])
def test_addresses_are_sources_like_others(server, guard, monkeypatch, path):
    from allegata.documents import fetching

    monkeypatch.setattr(fetching, "Guard", lambda: guard)
    url = f"http://example.org:{server.server_port}/{path}"
    docs = list(read_documents([url], Intake(allow_fetch=True, seconds=60)))
    assert all(isinstance(doc, Document) for doc in docs), docs
    assert {doc.text for doc in docs} == {"The council said so."}
    assert docs[0].uri.startswith(url)


def test_the_default_guard_refuses_this_machine(server):
    (error,) = read_documents(
        [f"http://127.0.0.1:{server.server_port}/page"], Intake(allow_fetch=True)
    )
    assert "is not fetched" in error.what
    assert addresses.Guard().ports == frozenset({80, 443})
