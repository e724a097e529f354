"""The pages, asked for whatever their schema allows, and with whatever else a person may type.

`ALLEGATA_CASES=1000 python -m pytest tests/web/test_schema.py` tries more of each.
"""

import os
import warnings
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from allegata.web.app import make_app
from allegata.web.guarding import Guard

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

pytestmark = pytest.mark.slow

CASES = int(os.environ.get("ALLEGATA_CASES", "15"))
TRY = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
PAGES = (
    "/print.css", "/", "/export.{ending}", "/documents/{name}.pdf", "/documents/{name}.csv",
    "/documents/{name}.json", "/incidents/{name}.pdf", "/export/{name}.zip",
    "/incidents/{name}.{ending}", "/incidents/{name}", "/documents/{name}.txt",
    "/documents/{name}", "/sources", "/sources/{key}", "/review", "/decisions", "/undo",
    "/tiles/{zoom}/{x}/{y}",
)  # fmt: skip
ASKED = (
    "q", "kind", "actor", "source", "outlet", "position", "place", "country", "box", "from", "to",
    "grade", "review", "as_of", "order", "view", "page", "column", "find", "correct", "done",
    "skip", "statement", "who", "token",
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "shelling", "2021-05-04", "0", "-1", "99999999999999999999", "1e9", "nan", "NEAR(a b",
            '"', "*", "AND", "-x", "col : x", "()", "a\0b", "30,40,31,41", "40,30,-1,999", "c1",
            "e1", "c99", "\ud7ff", "' OR 1=1 --", "%00", "../../etc/passwd", "{{7*7}}",
        ]
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def schema(filled: Path):
    app = make_app(filled)
    app.add_api_route("/openapi.json", app.openapi)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_these_are_all_pages(schema):
    told = set(schema.raw_schema["paths"]) - {"/openapi.json"}
    assert told == set(PAGES)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_as_its_schema_says(schema, page):
    (operation,) = [found.ok() for found in schema.get_all_operations() if found.ok().path == page]

    @TRY
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate()

    ask()


@pytest.fixture(scope="session")
def real(pages: TestClient, incident: str) -> list[str]:
    report = pages.get("/export.json?view=reports").json()["reports"][0]["id"]
    return [
        "/", "/sources", "/review", "/export.csv", "/export.json", "/export.geojson",
        f"/incidents/{incident}", f"/incidents/{incident}.csv", f"/incidents/{incident}.json",
        f"/documents/{report}", f"/documents/{report}.csv", f"/documents/{report}.json",
    ]  # fmt: skip


@pytest.mark.filterwarnings("ignore")
def test_no_address_is_a_fault_of_the_server(pages, real):
    allowed = {200, 303, 404, 422}

    @settings(TRY, max_examples=12 * CASES)
    @given(
        path=st.sampled_from(real),
        asked=st.lists(st.tuples(st.sampled_from(ASKED), VALUES), max_size=4),
    )
    def ask(path, asked):
        query = urlencode(asked, errors="replace")
        answer = pages.get(f"{path}?{query}", follow_redirects=False)
        assert answer.status_code in allowed

    ask()


def test_a_value_that_it_cannot_have_is_told_on_a_page(pages):
    answer = pages.get("/review?skip=many")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert "skip: what the address gives" in answer.text


@pytest.mark.parametrize("path", ["/incidents/none.pdf", "/documents/none.pdf"])
def test_what_is_not_there_is_not_printed(pages, path):
    assert pages.get(path).status_code == 404


def test_whoever_comes_with_the_key_is_let_in_by_any_address(filled):
    guarded = Guard(make_app(filled), token="key", port=8000, hosts=["testserver"])
    with TestClient(guarded, base_url="http://testserver:8000") as client:
        answer = client.get("/incidents/\U00067a5d%0d%0ax?token=key", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].isascii()
