"""A public export holds no name of a person, no number, no address, and no exact place."""

import json

import pyarrow.parquet
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from allegata.errors import InputError
from allegata.exports import FORMATS, Options, export, ground_of
from allegata.exports.ground import Ground
from allegata.exports.withholding import Withholder
from allegata.ingestion import ingest
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.schema import document
from allegata.ledger.schema import report as report_table
from allegata.web.app import make_app

SEEDED = (
    "Ivar Toll", "Toll", "Mirela Dascal", "Dascal", "+964 770 123 4567", "0770-123-4568",
    "m.dascal@clinic.test", "35.46812", "44.39203", "35°28'05",
)  # fmt: skip
REPORTS = (
    "KIRKUK - Mirela Dascal, a nurse, said on Monday that shells had killed nine people at the"
    " market of Kirkuk. \"I counted them,\" Dascal said. She can be reached at +964 770 123 4567 or"
    " m.dascal@clinic.test. The police denied that Ivar Toll had fired the shells.",
    "KIRKUK - The rebels shelled the market of Kirkuk (35.46812, 44.39203) on Monday and killed"
    " Ivar Toll, a driver, the health ministry said. His brother Ivar Toll the younger denied that"
    " Toll had been at the market, 35°28'05\"N. Call 0770-123-4568.",
    "KIRKUK - At least 12 people were killed on 3 May 2021 when rebels shelled the market of"
    " Kirkuk, the health ministry said on 2021-05-04. Mirela Dascal said that 1,200 people had"
    " fled.",
)  # fmt: skip
"""Invented, with invented people."""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeded")
    source = folder / "reports.jsonl"
    lines = [
        {"text": text, "published": f"2021-05-0{4 + n}", "publisher": f"Outlet {n}",
         "title": "Mirela Dascal tells of shelling" if not n else "Shelling of Kirkuk",
         "uri": f"https://outlet{n}.test/mirela" if n else "mailto:m.dascal@clinic.test"}
        for n, text in enumerate(REPORTS)
    ]  # fmt: skip
    source.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    with Ledger.open(folder / "ledger.db", create=True) as ledger:
        ingest([str(source)], ledger)
        build_incidents(ledger)
        yield ledger


def write(ledger, folder, name, **options):
    with ledger.reading() as connection:
        head = ledger.head(connection).hash
        return export(connection, head, name, folder, options=Options(**options))


def content_of(path) -> str:
    """All words of a file, also where it packs them."""
    if path.suffix == ".parquet":
        rows = pyarrow.parquet.read_table(path).to_pylist()
        return json.dumps(rows, ensure_ascii=False, default=str)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [one.name for one in FORMATS.values() if not one.has_texts])
def test_nothing_that_was_seeded_stands_in_any_file(seeded, tmp_path, name):
    open_folder, public = tmp_path / "open", tmp_path / "public"
    write(seeded, open_folder, name)
    done = write(seeded, public, name, is_public=True)
    whole = "".join(map(content_of, sorted(open_folder.iterdir())))
    assert any(name in whole for name in ("Mirela Dascal", "Ivar Toll"))
    for path in public.iterdir():
        content = content_of(path)
        assert [words for words in SEEDED if words in content] == [], path.name
    assert any("withheld" in words for words in done.report["cannot_say"])
    rows = {file["name"]: file["rows"] for file in done.report["files"]}
    assert sum(rows.values()) > 0


@pytest.mark.parametrize("name", [one.name for one in FORMATS.values() if one.has_texts])
def test_whole_texts_are_never_public(seeded, tmp_path, name):
    with pytest.raises(InputError, match="whole texts"):
        write(seeded, tmp_path / "out", name, is_public=True)
    assert not (tmp_path / "out").exists()


def test_what_is_no_secret_stays(seeded, tmp_path):
    write(seeded, tmp_path, "csv", is_public=True)
    words = (tmp_path / "claims.csv").read_text(encoding="utf-8")
    for kept in (
        "Kirkuk",
        "health ministry",
        "rebels",
        "2021-05-04",
        "1,200 people",
        "At least 12",
    ):
        assert kept in words
    incidents = (tmp_path / "incidents.csv").read_text(encoding="utf-8")
    assert "[name withheld] 1" in incidents + words
    assert "35.5" in incidents


def test_one_person_stays_one_and_two_stay_two(seeded, tmp_path):
    write(seeded, tmp_path, "csv", is_public=True)
    words = (tmp_path / "claims.csv").read_text(encoding="utf-8")
    assert "[name withheld] 2" in words


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("call +44 20 7946 0958 now", "call [number withheld] now"),
        ("call (020) 7946-0958.", "call [number withheld]."),
        ("on 2021-05-04 at 10:30", "on 2021-05-04 at 10:30"),
        ("between 1914 and 1918", "between 1914 and 1918"),
        ("killed 1,200,000 people", "killed 1,200,000 people"),
        ("write to a.b+c@d-e.test", "write to [address withheld]"),
        ("at 36.2021, 37.1343 and", "at [coordinates withheld] and"),
        ("at 36°12′N 37°09′E", "at [coordinates withheld] [coordinates withheld]"),
        ("at 40 °C and 3.5 km", "at 40 °C and 3.5 km"),
    ],
)
def test_numbers_and_addresses(words, hidden):
    assert Withholder(Ground("", lambda _: None)).hide(words, "r") == hidden


def test_an_address_that_names_somebody_is_cut_to_its_host(seeded):
    with seeded.reading() as connection:
        withholder = Withholder(ground_of(connection, "head"))
        report = find_report(connection, "Ivar Toll the younger")
        told = {
            uri: withholder._uri(uri, report)
            for uri in (
                "https://a.test/2021/ivar-toll-killed",
                "https://a.test/x?who=Toll%20Ivar",
                "/home/a/ivar_toll.txt",
                "https://a.test/shelling",
            )
        }
    assert list(told.values()) == [
        "https://a.test/", "https://a.test/", "[address withheld]", "https://a.test/shelling",
    ]  # fmt: skip


def find_report(connection, words):
    number = connection.execute(
        select(report_table.c.id)
        .join(document, document.c.number == report_table.c.document)
        .where(document.c.text.contains(words))
    )
    return number.scalar_one()


def test_a_dossier_for_the_public_names_nobody(seeded):
    with TestClient(make_app(seeded.path)) as pages:
        for one in pages.get("/export.json").json()["incidents"]:
            private = pages.get(f"/incidents/{one['id']}").text
            public = pages.get(f"/incidents/{one['id']}?public=1").text
            assert "For the public." in public
            assert [words for words in SEEDED if words in public] == []
            assert any(words in private for words in SEEDED)
