"""A ledger of invented reports: one shelling of a market, and a protest elsewhere."""

from pathlib import Path

import pytest

from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.reading import Reader
from tests.ledger.made import TEXTS, keep, make_doc


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("coded") / "ledger.db"
    reader = Reader()
    with Ledger.open(path, create=True) as ledger:
        keep(ledger, *(reader.read(make_doc(name)) for name in TEXTS))
        build_incidents(ledger)
    return path
