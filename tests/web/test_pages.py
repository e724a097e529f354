"""Every page over invented reports: what it shows, what it never shows, and bad addresses."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from allegata.documents import read_text
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.reading import Reader
from allegata.web.addresses import safe_href
from allegata.web.app import make_app
from tests.ledger.made import keep
from tests.web.hostile import PAYLOADS, fill_hostile


class _Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(page)
    return parser.found


def all_pages(pages: TestClient) -> list[str]:
    incidents = [one["id"] for one in pages.get("/export.json").json()["incidents"]]
    paths = ["/", "/?view=reports", "/?q=market", "/sources", "/review"]
    for name in incidents:
        paths.append(f"/incidents/{name}")
        page = pages.get(f"/incidents/{name}").text
        paths += re.findall(r'href="(/documents/r[0-9a-f]+)"', page)
        paths += re.findall(r'href="(/sources/[^"]+)"', page)
    return list(dict.fromkeys(paths))


def test_every_page_that_others_lead_to_can_be_shown(pages):
    paths = all_pages(pages)
    assert len(paths) > 12
    for path in paths:
        assert pages.get(path).status_code == 200, path


def test_the_dossier_names_holders_numbers_and_denials(pages, incident):
    page = pages.get(f"/incidents/{incident}").text
    for words in ("Say that it happened", "Say that it did not", "12", "Harbour Radio", "denied"):
        assert words in page


def test_no_event_stands_without_its_holder(pages):
    for path in all_pages(pages):
        for tag, attributes in tags_of(pages.get(path).text):
            names = (attributes.get("class") or "").split()
            if {"event", "held", "told", "case"} & set(names):
                assert attributes.get("data-holder"), (path, tag, attributes)


def test_the_text_of_a_report_stands_on_its_page_unchanged(pages, report):
    text = pages.get(f"/documents/{report}.txt").text
    page = pages.get(f"/documents/{report}").text
    pieces = re.findall(r'data-start="(\d+)">([^<]*)</p>', page)
    assert pieces
    for start, words in pieces:
        assert text[int(start) : int(start) + len(words)] == words


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/incidents/i000000000000",
        "/incidents/",
        "/incidents/../../etc/passwd",
        "/incidents/i0.xml",
        "/documents/r00000000",
        "/documents/x",
        "/documents/r00000000.txt",
        "/sources/name:nobody-of-that-name",
        "/export.exe",
        "/?kind=murder",
        "/?from=yesterday",
        "/?box=1,2,3",
        "/?view=all",
        "/review?statement=r0%23e1",
        "/static/../app.py",
        "/static/..%2fapp.py",
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(pages, path):
    answer = pages.get(path)
    assert answer.status_code in (404, 422)
    assert "Traceback" not in answer.text
    assert "import " not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        "al-Khalidiye", "who's", "NEAR(a b", '"', "*", "AND", "-x", "col : x", "()", "a\0b", "]",
        "'; DROP TABLE report; --", "%", "_", "x" * 5000,
    ],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_search(pages, words):
    for view in ("incidents", "reports"):
        assert pages.get("/", params={"q": words, "view": view}).status_code == 200


def test_an_empty_list_says_what_could_be_left_out(pages):
    page = pages.get("/?q=unheard&kind=shelling&country=SY").text
    assert "Nothing in the ledger fits" in page
    assert "Search for no words" in page


def test_a_view_and_its_files_hold_the_same_incidents(pages):
    for query in ("", "?kind=shelling", "?q=market", "?country=IQ&order=date"):
        shown = re.findall(r'<li id="(i[0-9a-f]+)"', pages.get(f"/{query}").text)
        rows = pages.get(f"/export.csv{query}").text.splitlines()[1:]
        assert [row.split(",")[0] for row in rows] == shown
        listed = pages.get(f"/export.json{query}").json()["incidents"]
        assert [one["id"] for one in listed] == shown
        placed = [one["id"] for one in listed if one["latitude"] is not None]
        features = pages.get(f"/export.geojson{query}").json()["features"]
        assert [one["id"] for one in features] == placed


def test_nothing_of_a_hostile_report_is_ever_markup(tmp_path):
    path = tmp_path / "hostile.db"
    fill_hostile(path)
    with TestClient(make_app(path)) as pages:
        paths = all_pages(pages)
        assert len(paths) > len(PAYLOADS)
        for address in paths:
            for tag, attributes in tags_of(pages.get(address).text):
                assert tag not in ("img", "iframe", "math", "mglyph", "style"), address
                assert not [name for name in attributes if name.startswith("on")], address
                assert "style" not in attributes, address
                if tag == "script":
                    assert (attributes.get("src") or "").startswith("/static/"), address
                for name in ("href", "action", "src"):
                    value = attributes.get(name)
                    assert value is None or value.startswith(("/", "#", "?")), (address, value)
            assert "49" not in re.findall(r"Rebels (\d+)", pages.get(address).text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
        " javascript:alert(1)", "\x01javascript:alert(1)", "feed:javascript:alert(1)",
        "data:text/html,<script>", "blob:x", "vbscript:x", "//evil.test", "/\\evil.test",
        "https:evil.com", "http:/evil.com", "http://", "https:///x", "file:///etc/passwd",
        "http://a b", "http://[::1", None, 7,
    ],
)  # fmt: skip
def test_only_whole_addresses_of_http_are_links(address):
    assert safe_href(address) is None


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://user@example.org:80/"])
def test_whole_addresses_of_http_are_links(address):
    assert safe_href(address) == address


def test_no_template_and_no_script_puts_raw_markup_anywhere(root):
    web = root / "src" / "allegata" / "web"
    for file in [*web.glob("templates/*.html"), *web.glob("static/*.js")]:
        text = file.read_text(encoding="utf-8")
        for word in ("|safe", "| safe", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(",
                     "document.write", "autoescape false", " style="):  # fmt: skip
            assert word not in text, (file.name, word)


@pytest.mark.parametrize("name", ["csv", "acled", "ucdp", "geojson", "parquet", "prov"])
def test_a_view_is_handed_out_in_the_formats_of_others(pages, name):
    answer = pages.get(f"/export/{name}.zip?kind=shelling")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        report = json.loads(archive.read("export.json"))
        assert {one["name"] for one in report["files"]} | {"export.json"} == set(archive.namelist())
    assert report["n_incidents"] == pages.get("/export.json?kind=shelling").json()["total"]
    assert pages.get("/export/stix.zip").status_code == 404


def test_a_view_of_reports_is_taken_away_as_reports(pages):
    shown = re.findall(r'href="/documents/(r[0-9a-f]+)', pages.get("/?view=reports&q=kirkuk").text)
    rows = list(csv.DictReader(io.StringIO(pages.get("/export.csv?view=reports&q=kirkuk").text)))
    assert {row["id"] for row in rows} == set(shown)
    told = pages.get("/export.json?view=reports&q=kirkuk").json()
    assert [one["id"] for one in told["reports"]] == [row["id"] for row in rows]


def test_columns_are_chosen_and_ids_stay(pages, incident):
    for path in ("/export.csv", f"/incidents/{incident}.csv"):
        text = pages.get(f"{path}?column=kind&column=place").text
        assert {"kind", "place"} <= set(text.splitlines()[0].split(","))
        assert len(text.splitlines()[0].split(",")) <= 4
    assert pages.get("/export.csv?column=password").status_code == 404
    page = pages.get("/?kind=shelling").text
    form = page[page.index('class="columns-chosen') :]
    assert '<input type="hidden" name="kind" value="shelling">' in form


def test_a_report_is_taken_away_with_who_says_what(pages, report):
    rows = list(csv.DictReader(io.StringIO(pages.get(f"/documents/{report}.csv").text)))
    reading = pages.get(f"/documents/{report}.json").json()
    assert len(rows) == len(reading["claims"]) - 1 + len(reading["events"])
    assert all(row["said_by"] for row in rows)
    assert all(f"/documents/{report}#" in row["address"] for row in rows)
    assert pages.get(f"/documents/{report}.txt").status_code == 200
    assert pages.get(f"/documents/{report}.exe").status_code == 404


def test_a_place_stands_with_the_words_by_which_reports_call_it(tmp_path):
    path = tmp_path / "called.db"
    with Ledger.open(path, create=True) as ledger:
        text = "Rebels shelled the city of Halab on Monday and killed 12 people, a doctor said."
        keep(ledger, Reader().read(read_text(text, uri="a.txt", publisher="Harbour Radio")))
        build_incidents(ledger)
    with TestClient(make_app(path)) as client:
        listed = client.get("/export.json").json()["incidents"]
        page = client.get(f"/incidents/{listed[0]['id']}").text
    assert re.search(r"Aleppo</bdi> \(SY\) <q[^>]*>[^<]*Halab", page)
