"""Real pages in a real browser: the Chromium of the system, looking at a server of ours."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from allegata.documents import Intake, read_documents
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.reading import Reader
from allegata.types import Document
from allegata.web.serving import serving
from tests.ledger.made import keep
from tests.web.hostile import fill_hostile

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

ARABIC = (
    "قال متحدث باسم وزارة الصحة إن القصف أدى إلى مقتل ١٢ شخصا في سوق كركوك، بحسب الوكالة. "
    "The health ministry said the shelling killed 12 people at the market, according to the agency."
)
"""Invented, like every report of these tests."""


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A ledger of the demo's reports and one in Arabic and English."""
    from allegata.documents import read_text

    path = tmp_path_factory.mktemp("browser") / "demo.db"
    reader = Reader()
    documents = read_documents([str(root / "demo")], Intake())
    with Ledger.open(path, create=True) as ledger:
        docs = [one for one in documents if isinstance(one, Document)]
        docs.append(read_text(ARABIC, uri="arabic.txt", publisher="Two Rivers Agency"))
        keep(ledger, *(reader.read(doc) for doc in docs))
        build_incidents(ledger)
    return path


@pytest.fixture(scope="session")
def hostile_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    fill_hostile(path)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if executable is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(demo_ledger: Path) -> Iterator[str]:
    """The address of a server over the demo's ledger, with its key."""
    with serving(demo_ledger) as found:
        yield found


class Seen:
    """A page with everything that it asked for and complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.requests, self.errors = page, [], []
        self.origin = address.split("/?")[0]
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.goto(address)

    def _hear(self, kind: str, words: str) -> None:
        if kind == "error":
            self.errors.append(words)

    def open(self, path: str) -> Page:
        answer = self.page.goto(self.origin + path)
        assert answer is not None
        assert answer.status == 200, path
        return self.page


@contextmanager
def new_page(browser: Browser, address: str, **options: object) -> Iterator[Seen]:
    context = browser.new_context(**options)
    try:
        yield Seen(context.new_page(), address)
    finally:
        context.close()


@pytest.fixture
def see(browser: Browser, address: str) -> Iterator[Seen]:
    """A fresh browser, let in."""
    with new_page(browser, address, viewport={"width": 1440, "height": 1000}) as seen:
        yield seen
        assert seen.errors == []
        assert [url for url in seen.requests if not url.startswith(seen.origin)] == []


@pytest.fixture
def ways(see: Seen) -> Callable[[], dict[str, str]]:
    """A path of each sort of page."""

    def find() -> dict[str, str]:
        page = see.open("/?order=contested")
        incident = page.locator(".incidents .title").first.get_attribute("href")
        page = see.open(str(incident))
        document = page.locator(".reports a[href^='/documents/']").first.get_attribute("href")
        source = page.locator("a.holder").first.get_attribute("href")
        return {
            "overview": "/",
            "search": "/?q=chlorine",
            "empty": "/?q=unheard",
            "reports": "/?view=reports",
            "incident": str(incident),
            "document": str(document),
            "correct": re.sub(r"(\?.*)?(#.*)?$", "", str(document)) + "?correct=c1",
            "sources": "/sources",
            "source": str(source),
            "review": "/review",
        }

    return find
