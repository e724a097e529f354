"""Feeds and pages of a server on this machine; time stands still unless somebody sleeps."""

import contextlib
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from allegata.documents.addresses import Guard, is_public
from allegata.ingestion import Outcome
from allegata.ingestion.feeds import fetch_feeds
from allegata.ingestion.pipeline import Ingestion
from allegata.ingestion.quarantine import list_faults
from allegata.ingestion.visiting import Pace, Visitor
from allegata.ledger.schema import blob, location, report
from allegata.ledger.versions import versions_of

LOOPBACK = "127.0.0.1"


class Handler(BaseHTTPRequestHandler):
    """Serves what `server.site` holds, with an ETag for each version of each page."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        host = self.headers["Host"].partition(":")[0]
        self.server.seen.append((host, self.path, dict(self.headers)))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.serve(self.server.site.get((host, self.path)))

    def serve(self, page):
        if callable(page):
            page(self)
        elif page is None:
            self.answer(404)
        elif isinstance(page, tuple):
            self.answer(page[0], **page[1])
        elif self.headers.get("If-None-Match") == f'"{hash(page)}"':
            self.answer(304)
        else:
            self.answer(200, page.encode(), ETag=f'"{hash(page)}"', Content_Type="text/html")

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)

    def clock(self):
        return sum(self.slept)

    def now(self):
        return datetime(2020, 3, 1, tzinfo=UTC) + timedelta(seconds=self.clock())


@pytest.fixture(scope="module")
def running():
    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    server.daemon_threads = True
    server.closing = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server(running):
    running.site, running.seen = {}, []
    return running


@pytest.fixture
def clock():
    return Clock()


class Site:
    """Puts pages on hosts that all are this machine, and fetches feeds of them."""

    def __init__(self, server, ledger, clock):
        self.server, self.ledger, self.clock = server, ledger, clock

    def url(self, path, host="news.example"):
        return f"http://{host}:{self.server.server_port}{path}"

    def put(self, path, page, host="news.example"):
        self.server.site[host, path] = page
        return self.url(path, host)

    def put_feed(self, path, *links, more="", host="news.example"):
        items = "".join(
            f"<item><title>An entry</title><link>{link}</link>"
            "<pubDate>Mon, 02 Mar 2020 09:00:00 +0000</pubDate></item>"
            for link in links
        )
        feed = f"<rss version='2.0'><channel><title>Daily</title>{items}{more}</channel></rss>"
        return self.put(path, feed, host)

    def fetch(self, *feeds, **pace):
        guard = Guard(
            resolve=lambda host, port: [LOOPBACK if host.endswith(".example") else "10.0.0.1"],
            allows=lambda address: address == LOOPBACK or is_public(address),
            ports=frozenset({80, 443, self.server.server_port}),
        )
        clock = self.clock
        visitor = Visitor(guard, Pace(sleep=clock.sleep, clock=clock.clock, now=clock.now, **pace))
        self.server.seen.clear()
        with Ingestion(self.ledger) as ingestion:
            return fetch_feeds(feeds, self.ledger, ingestion, visitor)

    @property
    def paths(self):
        return [path for _, path, _ in self.server.seen]

    def pass_days(self, days):
        self.clock.slept.append(days * 86400.0)


@pytest.fixture
def site(server, ledger, lent, clock):
    return Site(server, ledger, clock)


def page(words):
    return f"<html><body><article><p>{words}</p></article></body></html>"


FIRST = page("Four people were killed in Torvik on Sunday, the mayor said.")
SECOND = page("At least six people were killed in Torvik on Sunday, the mayor said.")


def test_pages_of_entries_are_kept_with_day_outlet_and_bytes(site, ledger):
    feed = site.put_feed("/feed", site.put("/a", FIRST), site.put("/b", SECOND))
    assert site.fetch(feed) == Outcome(n_read=2)
    with ledger.reading() as connection:
        rows = connection.execute(select(report)).all()
        assert {row.published.isoformat() for row in rows} == {"2020-03-02"}
        assert {row.publisher for row in rows} == {"Daily"}
        uris = connection.execute(select(location.c.uri)).scalars().all()
        assert sorted(uris) == [site.url("/a"), site.url("/b")]
        sizes = connection.execute(select(blob.c.n_bytes)).scalars().all()
        assert sorted(sizes) == sorted([len(FIRST), len(SECOND)])


def test_what_has_not_changed_is_not_sent_again(site, ledger):
    feed = site.put_feed("/feed", site.put("/a", FIRST))
    site.fetch(feed)
    head = ledger.head()
    assert site.fetch(feed) == Outcome()
    assert site.paths == ["/feed"]
    assert "If-None-Match" in site.server.seen[0][2]
    assert ledger.head() == head


def test_a_page_is_asked_for_again_after_a_day_and_both_versions_stay(site, ledger):
    url = site.put("/a", FIRST)
    site.fetch(site.put_feed("/feed", url))
    other = site.put("/b", page("The army denied it."))
    assert site.fetch(site.put_feed("/feed", url, other)) == Outcome(n_read=1)
    assert "/a" not in site.paths

    site.pass_days(2)
    site.put("/a", SECOND)
    third = site.put("/c", page("The radio said so."))
    assert site.fetch(site.put_feed("/feed", url, other, third)) == Outcome(n_read=2)
    versions = versions_of(ledger, url)
    assert ["Four" in v.text for v in versions] == [True, False]
    assert versions[1].changes[0].after == "At least six"


def test_a_page_that_is_gone_is_a_fault_and_its_report_stays(site, ledger):
    url = site.put("/a", FIRST)
    site.fetch(site.put_feed("/feed", url))
    site.pass_days(2)
    site.put("/a", (410, {}))
    other = site.put("/b", SECOND)
    assert site.fetch(site.put_feed("/feed", url, other)).n_set_aside == 1
    (fault,) = list_faults(ledger)
    assert (fault.where, fault.what) == (url, "is gone: the server answers 410.")
    assert len(versions_of(ledger, url)) == 1


def test_robots_are_heeded_for_pages_and_asked_once_a_host(site, ledger):
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed/\n")
    pages = [site.put(f"/{name}", page(f"The {name} said so.")) for name in ("closed/a", "b", "c")]
    outcome = site.fetch(site.put_feed("/feed", *pages))
    assert outcome == Outcome(n_read=2, n_set_aside=1, n_new_faults=1)
    assert site.paths == ["/feed", "/robots.txt", "/b", "/c"]
    assert "robots.txt of its host does not allow it" in list_faults(ledger)[0].what
    site.fetch(site.url("/feed"))
    assert site.paths == ["/feed"]  # it is not asked for all of it again


def test_without_an_answer_about_robots_nothing_is_fetched(site, ledger):
    site.put("/robots.txt", (500, {}))
    outcome = site.fetch(site.put_feed("/feed", site.put("/a", FIRST)))
    assert (outcome.n_read, outcome.n_set_aside) == (0, 1)
    assert "its robots.txt cannot be had (the server answers 500)" in list_faults(ledger)[0].what
    site.put("/robots.txt", None)
    assert site.fetch(site.url("/feed")) == Outcome(n_read=1)


def test_each_host_has_its_pace_and_hosts_take_turns(site, clock):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", "slow.example")
    pages = [site.put(f"/{n}", page(f"Man {n} said so.")) for n in range(2)]
    slow = [site.put(f"/{n}", page(f"Boy {n} said so."), "slow.example") for n in range(2)]
    site.fetch(site.put_feed("/feed", *pages), site.put_feed("/feed", *slow, host="slow.example"))
    hosts = [host for host, path, _ in site.server.seen if path in ("/0", "/1")]
    assert hosts == ["news.example", "slow.example"] * 2
    assert max(clock.slept) <= 7
    assert sum(clock.slept) >= 7 + 2


@pytest.mark.parametrize("after", ["30", "Sun, 01 Mar 2020 00:00:40 GMT"])
def test_a_busy_server_is_asked_once_more_when_it_wants(site, clock, after):
    answers = [(503, {"Retry_After": after}), FIRST]
    site.put("/a", lambda handler: handler.serve(answers.pop(0)))
    assert site.fetch(site.put_feed("/feed", site.url("/a"))) == Outcome(n_read=1)
    assert max(clock.slept) > 20


def test_a_host_that_wants_to_be_left_alone_is(site, ledger):
    site.put("/a", (429, {"Retry_After": "7200"}))
    other = site.put("/b", SECOND)
    feed = site.put_feed("/feed", site.url("/a"), other)
    assert site.fetch(feed) == Outcome(n_set_aside=1, n_new_faults=1)
    assert "/b" not in site.paths
    site.put("/a", FIRST)
    assert site.fetch(feed) == Outcome(n_read=1)  # the page of before still has its pause
    assert "/a" not in site.paths
    site.pass_days(1)
    assert site.fetch(feed) == Outcome(n_read=1)


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.closing.wait(0.05):
        handler.wfile.write(b"x")
        handler.wfile.flush()


def pour(handler):
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


BOMB = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'


def test_no_feed_is_bad_enough_to_end_the_rest(site, ledger):
    bad = {
        "/loop": ((302, {"Location": "/loop"}), "redirects more than 5 times"),
        "/drip": (drip, "took too long to fetch"),
        "/pour": (pour, "is larger than"),
        "/in": ((302, {"Location": "http://inside.test/"}), "is not on the public internet"),
        "/bomb": (BOMB, "declares a DOCTYPE"),
        "/page": (FIRST, "has no entries"),
        "/absent": (None, "the server answers 404"),
        "/broken": ((500, {}), "the server answers 500"),
    }
    urls = [site.put(path, content) for path, (content, _) in bad.items()]
    good = site.put_feed("/feed", site.put("/a", FIRST))
    began_s = time.monotonic()
    outcome = site.fetch(*urls, good, seconds=1.0, max_bytes=300_000)
    assert time.monotonic() - began_s < 20
    assert outcome == Outcome(n_read=1, n_set_aside=8, n_new_faults=8)
    faults = {fault.where: fault.what for fault in list_faults(ledger)}
    for url, (_, what) in zip(urls, bad.values(), strict=True):
        told = [words for where, words in faults.items() if where.startswith(url) or url in where]
        assert any(what in words for words in [*told, *faults.values()]), (url, faults)


def test_links_that_are_no_web_addresses_are_never_fetched(site, ledger):
    links = ["javascript:alert(1)", "file:///etc/passwd", "http://10.0.0.1/", "data:text/html,x"]
    outcome = site.fetch(site.put_feed("/feed", *links))
    assert site.paths == ["/feed"]
    # the private address is a fault, the others are no links: what the feed says stands for them
    assert [fault.where for fault in list_faults(ledger)] == ["http://10.0.0.1/"]
    assert outcome.n_set_aside == 1


def test_an_entry_without_a_page_is_its_own_document(site):
    item = "<item><title>Word</title><description>The army denied it.</description></item>"
    assert site.fetch(site.put_feed("/feed", more=item)) == Outcome(n_read=1)
