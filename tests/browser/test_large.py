"""A dossier of 175 sources stays readable: painted at once, and every report is in it."""

from datetime import date, timedelta

import pytest

from allegata.documents import read_text
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.reading import Reader
from allegata.web.serving import serving
from tests.browser.conftest import new_page
from tests.ledger.made import keep

pytestmark = pytest.mark.slow

N_SOURCES = 175
WHO = ("the health ministry", "a doctor", "residents", "the governor", "an aid group")
TOLD = (
    "Rebels shelled the market of Kirkuk on Monday and killed {n} people, {who} said.",
    "At least {n} people were killed when shells hit the market of Kirkuk on Monday, {who} said.",
    "Shelling of the market of Kirkuk on Monday killed {n} people, according to {who}.",
    "The rebels denied on Tuesday that they had shelled the market of Kirkuk on Monday. {who} had"
    " spoken of {n} dead.",
)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A ledger in which 175 invented outlets report one shelling."""
    path = tmp_path_factory.mktemp("large") / "large.db"
    reader = Reader()
    readings = []
    for number in range(N_SOURCES):
        text = TOLD[number % len(TOLD)].format(n=9 + number % 7, who=WHO[number % len(WHO)])
        text = text[0].upper() + text[1:]
        doc = read_text(
            f"Market in Kirkuk shelled, report {number}\n\nKIRKUK - {text}",
            uri=f"report-{number}.txt",
            published=date(2021, 5, 4) + timedelta(days=number % 3),
            publisher=f"Outlet {number}",
        )
        readings.append(reader.read(doc))
    with Ledger.open(path, create=True) as ledger:
        keep(ledger, *readings)
        build_incidents(ledger)
    return path


def test_a_dossier_of_175_sources_is_painted_within_a_second(browser, crowded):
    with serving(crowded) as address, new_page(browser, address) as seen:
        page = seen.open("/")
        path = page.locator(".incidents .title").first.get_attribute("href")
        seen.open(str(path))
        page = seen.open(str(path))
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        assert paint < 1000
        assert page.locator(".reports tbody tr").count() >= 0.9 * N_SOURCES
        words = page.locator("main").text_content() or ""
        named = sum(f"Outlet {number}" in words for number in range(N_SOURCES))
        assert named >= 0.9 * N_SOURCES
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert seen.errors == []
