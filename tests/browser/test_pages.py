"""What an analyst does, in Chromium: looking, jumping, finding again; nothing else happens."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from allegata.documents import read_text
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.reading import Reader
from allegata.web.printing import print_page
from allegata.web.serving import serving
from tests.browser.conftest import new_page
from tests.ledger.made import keep

pytestmark = pytest.mark.slow

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": LEVELS}}
DIRECTION = "getComputedStyle(document.querySelector('#text .piece')).direction"
BARE = """() => [...document.querySelectorAll(
    '.event, .held, .told, .case, .range-table tbody tr, .incidents > li,' +
    '.sources td > span:not(.faint)')]
  .filter((one) => !one.closest('[data-holder]')?.dataset.holder)
  .map((one) => one.outerHTML.slice(0, 200))"""


PLACED = """() => [...CSS.highlights].map(([name, ranges]) => [name,
  [...ranges].map((one) => [one.toString(), ...Object.values(one.getBoundingClientRect().toJSON())])
])"""
"""What is marked, in which words, and where on the page."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_keeps_anybody_out(browser, address, ways, scheme, width):
    paths = ways()
    size = {"width": width, "height": 900}
    with new_page(browser, address, viewport=size, color_scheme=scheme) as seen:
        for name, path in paths.items():
            page = seen.open(path)
            found = Axe().run(page, options=RULES).response["violations"]
            told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
            assert told == [], (name, told)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (name, wide)


def test_claims_are_reached_by_keys_and_shown_in_the_text(see, ways):
    page = see.open(ways()["document"])
    n_claims = page.locator(".claim").count()
    assert n_claims > 3
    for at in range(n_claims):
        page.keyboard.press("n")
        active = page.locator(".claim.active")
        assert active.count() == 1
        assert active.get_attribute("id") == page.locator(".claim").nth(at).get_attribute("id")
        assert page.evaluate("CSS.highlights.get('active').size") > 0
        assert page.evaluate("document.activeElement.classList.contains('claim')")
    page.keyboard.press("p")
    assert page.locator(".claim.active").get_attribute("id") == page.locator(".claim").nth(
        n_claims - 2
    ).get_attribute("id")


def test_marks_stand_over_the_very_words_of_each_claim(see, ways):
    page = see.open(ways()["document"])
    told = page.evaluate(
        """() => [...CSS.highlights.get('source')].map((range) => range.toString())"""
    )
    names = page.locator(".claim .saying .holder:not(.nobody)").all_inner_texts()
    squeezed = {re.sub(r"\s+", " ", words) for words in told}
    assert {re.sub(r"\s+", " ", name) for name in names} <= squeezed


def test_a_click_in_the_text_leads_to_its_claim(see, ways):
    page = see.open(ways()["document"])
    box = page.evaluate(
        "() => { const r = [...CSS.highlights.get('source')][0].getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2]; }"
    )
    page.mouse.click(*box)
    assert page.locator(".claim.active").count() == 1


def test_marks_can_be_taken_off_with_a_word_of_caution(see, ways):
    page = see.open(ways()["document"])
    assert page.evaluate("CSS.highlights.size") > 3
    page.keyboard.press("u")
    assert page.evaluate("CSS.highlights.size") == 0
    assert page.locator("#marks-note").is_visible()
    page.keyboard.press("u")
    assert page.evaluate("CSS.highlights.size") > 3


def test_marks_move_no_letter_of_arabic(see):
    page = see.open("/?view=reports&q=agency")
    page.locator(".reports .title", has_text="arabic.txt").first.click()
    page.wait_for_selector("#text .piece")
    measure = """() => [...document.querySelectorAll('#text .piece')].map((piece) => {
      const range = document.createRange(); range.selectNodeContents(piece);
      const lines = new Map();
      for (const r of range.getClientRects()) {
        if (!r.width) continue;
        const [left, right] = lines.get(r.y) || [Infinity, -Infinity];
        lines.set(r.y, [Math.min(left, r.left), Math.max(right, r.right)]);
      }
      return [...lines]; })"""
    assert page.locator("#text .border").count() > 0
    marked = page.evaluate(measure)
    page.keyboard.press("u")
    assert page.evaluate(measure) == marked
    page.locator("#borders-on").uncheck()
    assert _flat(page.evaluate(measure)) == pytest.approx(_flat(marked), abs=0.05)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#text .piece')).direction") == "rtl"
    )


def test_screen_readers_are_told_where_claims_begin_and_end(see, ways):
    page = see.open(ways()["document"])
    read = "() => [...document.querySelectorAll('#text .piece')].map((one) => one.textContent)"
    told = "() => [...document.querySelectorAll('#text .border')].map((one) => one.ariaLabel)"
    box = page.locator("#borders-on")
    assert box.is_checked() == (page.locator(".claim").count() <= 20)
    box.set_checked(False)
    before, marked = page.evaluate(read), page.evaluate(PLACED)
    assert page.evaluate(told) == []
    box.set_checked(True)
    words = page.evaluate(told)
    assert len([one for one in words if "begins" in one]) >= page.locator(".claim").count()
    assert len(words) == 2 * len([one for one in words if "begins" in one])
    assert page.evaluate(read) == before
    again = page.evaluate(PLACED)
    assert _flat(again, str) == _flat(marked, str)
    assert _flat(again) == pytest.approx(_flat(marked), abs=0.05)


def _flat(found: object, sort: type | tuple[type, ...] = (int, float)) -> list[object]:
    """All numbers in nested lists, or all words."""
    if isinstance(found, list):
        return [one for part in found for one in _flat(part, sort)]
    return [found] if isinstance(found, sort) else []


def test_slash_searches_and_question_mark_tells_the_keys(see):
    page = see.open("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("chlorine")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=chlorine**")
    assert page.locator(".snippet mark").count() > 0
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()


def test_keys_can_be_set_otherwise_and_switched_off(see, ways):
    document = ways()["document"]
    page = see.open(document)
    page.keyboard.press("?")
    row = page.locator("#keys-list tr", has_text="Next claim")
    row.locator("input").fill("j")
    row.locator("input").press("Tab")
    page.locator("#help button").click()
    page.keyboard.press("j")
    assert page.locator(".claim.active").count() == 1
    page = see.open(document)
    page.keyboard.press("j")
    assert page.locator(".claim.active").count() == 1
    page.locator("#help-open").click()
    page.locator("#keys-on").uncheck()
    page.locator("#help button").click()
    page = see.open(document)
    page.keyboard.press("j")
    assert page.locator(".claim.active").count() == 0


def test_an_address_shows_the_same_in_another_browser(browser, address, see):
    page = see.open("/")
    page.locator(".facet a").first.click()
    page.wait_for_url("**kind=**")
    page.locator(".tabs a", has_text="date").click()
    page.wait_for_url("**order=date**")
    hits = page.locator(".incidents > li").evaluate_all("all => all.map((one) => one.id)")
    assert hits
    with new_page(browser, address) as other:
        again = other.open(page.url.removeprefix(see.origin))
        found = again.locator(".incidents > li").evaluate_all("all => all.map((one) => one.id)")
    assert found == hits


def test_what_is_shown_names_its_holder_everywhere(see, ways):
    for path in ways().values():
        page = see.open(path)
        bare = page.evaluate(BARE)
        assert bare == []


def test_a_report_without_scripts_still_says_who_says_what(browser, address, ways):
    path = ways()["document"]
    with new_page(browser, address, java_script_enabled=False) as seen:
        page = seen.open(path)
        assert page.locator(".claim").count() > 3
        assert page.locator("#text .piece").count() > 2


def test_a_printed_dossier_holds_every_quotation_and_the_head(demo_ledger, tmp_path, see, ways):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = ways()["incident"]
    page = see.open(path)
    quotes = page.locator(".held > blockquote, .pair blockquote, .range-table q").all_inner_texts()
    head = page.locator(".foot code").first.inner_text()
    target = tmp_path / "dossier.pdf"
    print_page(demo_ledger, path, target)
    assert [one.name for one in tmp_path.iterdir()] == ["dossier.pdf"]
    text = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], check=True, capture_output=True, text=True
    ).stdout
    letters = _letters(text)
    assert len(quotes) > 5
    for quote in quotes:
        assert _letters(quote) in letters, quote
    n_pages = text.count("\f")
    assert n_pages > 1
    assert text.count(f"ledger head {head}") == n_pages


def _letters(words: str) -> str:
    """Words without blanks and hyphens, which a line's end may swallow."""
    return re.sub(r"[\s\-­‐]+", "", words)


def test_only_this_machine_is_served(demo_ledger):
    from allegata.errors import InputError
    from allegata.web.serving import serve

    for host in ("0.0.0.0", "192.168.1.2", "example.org", "::"):
        with pytest.raises(InputError, match="not this machine"):
            serve(demo_ledger, host=host, port=0, tell=print)


def test_half_a_file_is_never_left(demo_ledger, tmp_path, monkeypatch):
    from allegata.errors import InputError, StoreError

    monkeypatch.setenv("ALLEGATA_BROWSER", "false")
    with pytest.raises(StoreError):
        print_page(demo_ledger, "/", tmp_path / "x.pdf")
    monkeypatch.setenv("ALLEGATA_BROWSER", "no-such-browser")
    with pytest.raises(InputError, match="not installed"):
        print_page(demo_ledger, "/", tmp_path / "x.pdf")
    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize("bypass_csp", [False, True])
def test_nothing_of_a_hostile_report_runs_with_or_without_the_policy(
    browser, hostile_ledger, bypass_csp
):
    dialogs = []
    with (
        serving(hostile_ledger) as address,
        new_page(browser, address, bypass_csp=bypass_csp) as seen,
    ):
        seen.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        seen.page.add_init_script("window.ran = 0; window.alert = () => { window.ran += 1; };")
        incidents = json.loads(seen.page.request.get(f"{seen.origin}/export.json").text())
        paths = ["/", "/?view=reports&q=kirkuk", "/sources", "/review"]
        for one in incidents["incidents"]:
            paths.append(f"/incidents/{one['id']}")
        page = seen.open("/?view=reports")
        paths += page.locator(".reports .title").evaluate_all(
            "all => all.map((one) => one.getAttribute('href'))"
        )
        reports = [path for path in paths if path.startswith("/documents/")]
        paths += [
            f"{path.split('?')[0]}?correct={part}" for path in reports for part in ("c1", "e1")
        ]
        assert len(paths) > 20
        for path in paths:
            page = seen.open(path)
            page.wait_for_timeout(50)
            assert page.evaluate("window.ran") == 0, path
        assert dialogs == []
        assert [url for url in seen.requests if not url.startswith(seen.origin)] == []


GRAPHIC = (
    "Prisoners beaten in Kirkuk, lawyer says\n\nKIRKUK - Guards tortured three prisoners in Kirkuk"
    " on Monday, a lawyer said. The ministry denied that guards had tortured anybody."
)
"""Invented."""
BLUR = "(one) => getComputedStyle(one).filter"


def test_what_tells_of_torture_is_blurred_until_somebody_wants_to_see_it(browser, tmp_path):
    path = tmp_path / "graphic.db"
    with Ledger.open(path, create=True) as ledger:
        doc = read_text(GRAPHIC, uri="graphic.txt", publisher="Two Rivers Agency")
        keep(ledger, Reader().read(doc))
        build_incidents(ledger)
    with serving(path) as address, new_page(browser, address) as seen:
        page = seen.open("/")
        incident = page.locator(".incidents .title", has_text="torture").first
        page = seen.open(str(incident.get_attribute("href")))
        passage = page.locator("blockquote[data-graphic]").first
        assert "blur" in passage.evaluate(BLUR)
        passage.focus()
        assert passage.evaluate(BLUR) == "none"
        page.emulate_media(media="print")
        assert all(one.evaluate(BLUR) == "none" for one in page.locator("[data-graphic]").all())
        page.emulate_media(media="screen")
        page = seen.open("/?view=reports")
        page = seen.open(str(page.locator(".reports .title").first.get_attribute("href")))
        text = page.locator("#text")
        assert "blur" in text.evaluate(BLUR)
        page.keyboard.press("n")
        assert text.evaluate(BLUR) == "none"
        page.keyboard.press("?")
        page.locator("#graphic-veiled").uncheck()
        page = seen.open(page.url.removeprefix(seen.origin))
        assert page.locator("#text").evaluate(BLUR) == "none"
        violations = Axe().run(page, options=RULES).response["violations"]
        assert violations == []


def test_every_screen_is_taken_away_as_pdf(see, ways):
    paths = ways()
    for path in ("/export.pdf?kind=shelling", f"{paths['incident']}.pdf",
                 f"{paths['document'].split('?')[0].split('#')[0]}.pdf"):  # fmt: skip
        answer = see.page.request.get(see.origin + path)
        assert answer.status == 200, path
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF")
