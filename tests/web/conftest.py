"""A ledger of the invented reports, and the pages over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.reading import Reader
from allegata.web.app import make_app
from tests.ledger.made import TEXTS, keep, make_doc


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the invented reports; tests that write take a copy."""
    path = tmp_path_factory.mktemp("pages") / "ledger.db"
    reader = Reader()
    with Ledger.open(path, create=True) as ledger:
        keep(ledger, *(reader.read(make_doc(name)) for name in TEXTS))
        build_incidents(ledger)
    return path


@pytest.fixture(scope="session")
def pages(filled: Path) -> Iterator[TestClient]:
    """The pages, without the guard."""
    with TestClient(make_app(filled)) as client:
        yield client


@pytest.fixture(scope="session")
def incident(pages: TestClient) -> str:
    """The id of the incident that most reports tell of."""
    found = pages.get("/export.json").json()["incidents"]
    return str(found[0]["id"])


@pytest.fixture(scope="session")
def report(filled: Path) -> str:
    """The id of the report that denies."""
    from allegata.ledger.searching import parse_query, search

    with Ledger.open(filled, read_only=True) as ledger, ledger.reading() as connection:
        hits, _ = search(connection, parse_query('"denied on Tuesday"'))
    return hits[0].report
