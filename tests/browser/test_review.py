"""The review loop by keys: accept, reject, edit, leave, undo."""

import json
import shutil

import pytest

from allegata.web.serving import serving
from tests.browser.conftest import new_page

pytestmark = pytest.mark.slow

IS_ANOTHER = "(old) => document.querySelector('#decide [name=target]').value !== old"


@pytest.fixture
def own(browser, demo_ledger, tmp_path):
    """A browser over a ledger of the test's own."""
    path = tmp_path / "own.db"
    shutil.copy(demo_ledger, path)
    with serving(path) as address, new_page(browser, address) as seen:
        yield seen
        assert seen.errors == []


def state(seen) -> list[dict[str, object]]:
    """All incidents with their dossiers, without the head of the chain."""
    listed = json.loads(seen.page.request.get(f"{seen.origin}/export.json").text())["incidents"]
    found = []
    for one in listed:
        told = json.loads(seen.page.request.get(f"{seen.origin}/incidents/{one['id']}.json").text())
        del told["head"]
        found.append(told)
    return found


def target(page) -> str:
    return page.locator("#decide [name=target]").input_value()


def test_statements_are_decided_by_single_keys_one_after_another(own):
    page = own.open("/review")
    page.locator("#decide [name=who]").fill("A. Reader")
    page.locator("#decide [name=why]").press("Tab")
    seen = [target(page)]
    for key in ("y", "n", "y"):
        page.locator("h1").click()
        page.keyboard.press(key)
        page.wait_for_function(IS_ANOTHER, arg=seen[-1])
        seen.append(target(page))
        assert page.locator("#decide [name=who]").input_value() == "A. Reader"
    assert len(set(seen)) == 4
    page.keyboard.press("h")
    page.wait_for_url("**skip=1**")
    assert target(page) not in seen


def test_undo_gives_back_exactly_what_was(own):
    before = state(own)
    page = own.open("/review")
    first = target(page)
    page.locator("#decide [name=who]").fill("A. Reader")
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url("**done=**")
    assert state(own) != before
    page.keyboard.press("u")
    page.wait_for_url("**done=-**")
    assert state(own) == before
    assert target(page) == first
    assert page.locator(".undone").count() == 1


def test_an_edit_is_made_without_the_mouse(own):
    page = own.open("/review")
    page.locator("#decide [name=who]").fill("A. Reader")
    page.locator("h1").click()
    page.keyboard.press("e")
    page.keyboard.type("protest")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=**")
    assert "kind protest" in page.locator(".review tbody").inner_text()


def test_merging_and_parting_are_decisions_too(own):
    listed = json.loads(own.page.request.get(f"{own.origin}/export.json").text())["incidents"]
    one, other = listed[0]["id"], listed[1]["id"]
    page = own.open(f"/incidents/{one}")
    form = page.locator("form", has_text="It is one with another incident")
    form.locator("[name=others]").fill(other)
    form.locator("[name=who]").fill("A. Reader")
    form.locator("button").click()
    page.wait_for_url("**/incidents/**")
    after = json.loads(own.page.request.get(f"{own.origin}/export.json").text())["incidents"]
    assert len(after) == len(listed) - 1
    page = own.open("/review")
    page.locator("#undo-form [name=who]").evaluate("(one) => { one.value = 'A. Reader'; }")
    page.locator("#undo").click()
    page.wait_for_url("**done=-**")
    again = json.loads(own.page.request.get(f"{own.origin}/export.json").text())["incidents"]
    assert {row["id"] for row in again} == {row["id"] for row in listed}


SELECT = """(words) => {
  for (const piece of document.querySelectorAll('#text .piece')) {
    for (const node of piece.childNodes) {
      const at = node.nodeType === Node.TEXT_NODE ? node.data.indexOf(words) : -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return true;
    }
  }
  return false;
}"""


def test_a_claim_is_set_right_by_selecting_words(own):
    before = state(own)
    page = own.open("/?view=reports&q=agency")
    page.locator(".reports .title", has_text="arabic.txt").first.click()
    page.wait_for_selector("#text .piece")
    page.keyboard.press("n")
    page.keyboard.press("e")
    page.wait_for_url("**correct=c**")
    assert page.evaluate(SELECT, "The health ministry")
    page.keyboard.press("1")
    assert page.locator("#set-source").input_value() == "The health ministry"
    assert page.evaluate(SELECT, "متحدث باسم وزارة الصحة")
    page.locator(".take").first.click()
    assert page.locator("#set-source").input_value() == "متحدث باسم وزارة الصحة"
    page.locator("#correct [name=who]").fill("A. Reader")
    page.locator("#set").click()
    page.wait_for_url("**done=**")
    assert page.locator(".claim .holder").first.inner_text() == "متحدث باسم وزارة الصحة"
    assert page.locator(".state").first.inner_text() == "edited by a person"
    assert state(own) != before
    page.locator("form.kept button").click()
    page.wait_for_url("**done=-**")
    assert page.locator(".state").count() == 0
    assert state(own) == before


def test_setting_right_can_be_left_by_escape(own):
    page = own.open("/?view=reports")
    page.locator(".reports .title").first.click()
    page.wait_for_selector("#text .piece")
    page.keyboard.press("n")
    page.keyboard.press("e")
    page.wait_for_url("**correct=**")
    assert page.locator("#correct").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "correct=" not in url)
    assert page.locator("#correct").count() == 0
