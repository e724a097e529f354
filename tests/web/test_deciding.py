"""Decisions by forms: kept, undone, and refused with a reason."""

import html
import re
import shutil

import pytest
from starlette.testclient import TestClient

from allegata.web.app import make_app


@pytest.fixture
def own(filled, tmp_path) -> TestClient:
    """The pages over a ledger of the test's own."""
    path = tmp_path / "own.db"
    shutil.copy(filled, path)
    with TestClient(make_app(path), follow_redirects=False) as client:
        yield client


def first_of(page: str) -> str:
    return page.split('name="target" value="')[1].split('"')[0]


def kept(own: TestClient) -> list[dict[str, object]]:
    """The incidents, without what tells when."""
    found = own.get("/export.json").json()["incidents"]
    return [{k: v for k, v in one.items() if k != "address"} for one in found]


def test_a_rejected_statement_is_gone_and_comes_back_when_undone(own):
    before = kept(own)
    target = first_of(own.get("/review").text)
    form = {"action": "reject", "target": target, "who": "A. Reader", "back": "/review"}
    answer = own.post("/decisions", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/review?done=")
    assert first_of(own.get("/review").text) != target
    assert kept(own) != before
    answer = own.post("/undo", data={"who": "A. Reader"})
    assert answer.status_code == 303
    assert kept(own) == before
    assert first_of(own.get("/review").text) == target


def test_an_edit_sets_only_what_was_chosen(own):
    target = first_of(own.get("/review").text)
    form = {"action": "edit", "target": target, "who": "A. Reader", "kind": "protest"}
    assert own.post("/decisions", data=form).status_code == 303
    page = own.get("/review", params={"statement": target}).text
    assert "A. Reader" in page
    assert "kind protest" in page


def test_a_grade_of_a_person_stands_beside_the_suggestion(own):
    name = own.get("/export.json").json()["incidents"][0]["id"]
    form = {"action": "grade", "target": name, "who": "A. Reader", "grade": "weak",
            "back": f"/incidents/{name}"}  # fmt: skip
    answer = own.post("/decisions", data=form)
    assert answer.headers["location"] == f"/incidents/{name}"
    page = own.get(f"/incidents/{name}").text
    assert "A. Reader" in page
    assert "graded it" in page
    assert "Suggested grade" in page


def test_incidents_are_parted_by_whether_anybody_decided_about_them(own):
    every = {one["id"] for one in own.get("/export.json").json()["incidents"]}

    def listed(state: str) -> set[str]:
        return {one["id"] for one in own.get(f"/export.json?review={state}").json()["incidents"]}

    assert listed("decided") == set()
    name = sorted(every)[0]
    form = {"action": "grade", "target": name, "who": "A. Reader", "grade": "weak", "back": "/"}
    assert own.post("/decisions", data=form).status_code == 303
    assert listed("decided") == {name}
    assert listed("waiting") == every - {name}
    page = own.get("/?review=decided").text
    assert "Looked at by people" in page
    assert f'<li id="{name}"' in page
    target = first_of(own.get("/review").text)
    accept = {"action": "accept", "target": target, "who": "A. Reader", "back": "/"}
    assert own.post("/decisions", data=accept).status_code == 303
    told = listed("decided")
    assert name in told
    assert listed("waiting") == every - told
    for _ in range(2):
        own.post("/undo", data={"who": "A. Reader"})
    assert listed("decided") == set()
    assert own.get("/?review=perhaps").status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"action": "accept"},
        {"action": "accept", "target": "r0#e1", "who": "A"},
        {"action": "undo", "target": "r0#e1", "who": "A"},
        {"action": "edit", "target": "r0#e1", "who": "A", "kind": "murder"},
        {"action": "merge", "target": "i0", "who": "A", "others": "i1"},
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_reason(own, form):
    answer = own.post("/decisions", data=form)
    assert answer.status_code == 404
    assert "cannot be shown" in answer.text


def test_nobody_decides_without_a_name(own):
    target = first_of(own.get("/review").text)
    assert own.post("/decisions", data={"action": "accept", "target": target}).status_code == 404
    assert own.post("/undo", data={}).status_code == 404


@pytest.mark.parametrize("back", ["//evil.test", "https://evil.test", "/\\evil.test", "x"])
def test_a_form_never_leads_out_of_this_server(own, back):
    target = first_of(own.get("/review").text)
    form = {"action": "accept", "target": target, "who": "A. Reader", "back": back}
    assert own.post("/decisions", data=form).headers["location"].startswith("/review")


def test_words_are_set_right_in_a_form_without_scripts(own):
    target = first_of(own.get("/review").text)
    report, _, event = target.partition("#")
    page = own.get(f"/documents/{report}", params={"correct": event}).text
    shown = dict(re.findall(r'name="((?:was|words)_\w+)" value="([^"]*)"', page))
    assert shown["was_trigger"] == shown["words_trigger"] != ""
    form = {**shown, "action": "edit", "target": target, "who": "A. Reader"}
    form |= {"words_actor": "nobody of that name", "back": f"/documents/{report}#{event}"}
    refused = own.post("/decisions", data=form)
    assert refused.status_code == 404
    assert "does not stand in the report" in refused.text
    first_words = own.get(f"/documents/{report}.txt").text.split()[:2]
    answer = own.post("/decisions", data={**form, "words_actor": " ".join(first_words)})
    assert answer.headers["location"].startswith(f"/documents/{report}?done=")
    page = own.get(answer.headers["location"]).text
    assert "edited by a person" in page
    assert f"actor “{' '.join(first_words)}”" in html.unescape(own.get("/review").text)


def test_a_form_in_which_nothing_was_changed_sets_nothing(own):
    target = first_of(own.get("/review").text)
    report, _, event = target.partition("#")
    page = own.get(f"/documents/{report}", params={"correct": event}).text
    shown = dict(re.findall(r'name="((?:was|words)_\w+)" value="([^"]*)"', page))
    form = {**shown, "action": "edit", "target": target, "who": "A. Reader"}
    assert "nothing is set" in own.post("/decisions", data=form).text
    assert own.get(f"/documents/{report}", params={"correct": "e9999"}).status_code == 404
    assert own.get(f"/documents/{report}", params={"correct": "c0"}).status_code == 404


def test_a_form_leads_nowhere_else(own):
    target = first_of(own.get("/review").text)
    form = {"action": "accept", "target": target, "who": "A. Reader"}
    for back in ("//evil.test/documents/", "/\\evil.test", "https://evil.test", "/documents\\x"):
        location = own.post("/decisions", data={**form, "back": back}).headers["location"]
        assert location.startswith("/review?"), back
