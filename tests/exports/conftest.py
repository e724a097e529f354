"""A ledger of the demo's reports, and one report that is hostile to spreadsheets."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from allegata.exports import Exported, export
from allegata.ingestion import ingest
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents

DEMO = Path(__file__).parents[2] / "demo"
HOSTILE = {
    "text": "At least 4 people were killed when a car bomb exploded in Mosul on Monday, police"
    " said. The interior ministry denied that there had been an air strike in Kirkuk.",
    "title": "=HYPERLINK(\"http://evil.test\",\"Mosul\")",
    "publisher": "@Tigris Gazette",
    "published": "2019-06-18",
    "uri": "https://gazette.test/1",
}  # fmt: skip


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("exports")
    hostile = folder / "hostile.jsonl"
    hostile.write_text(json.dumps(HOSTILE) + "\n", encoding="utf-8")
    with Ledger.open(folder / "ledger.db", create=True) as opened:
        ingest([str(DEMO), str(hostile)], opened)
        build_incidents(opened)
        yield opened


@pytest.fixture
def exported(ledger: Ledger, tmp_path: Path):
    def make(name: str, **more: object) -> tuple[Path, Exported]:
        with ledger.reading() as connection:
            head = ledger.head(connection).hash
            return tmp_path, export(connection, head, name, tmp_path, **more)

    return make
