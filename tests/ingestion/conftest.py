"""A ledger for each test, and one process that reads for all of them: its start costs a second."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from allegata.ingestion import pipeline
from allegata.ledger import Ledger
from allegata.reading import UsersKnowledge, open_worker
from allegata.workers import Workers


class Lent:
    """Processes that stay when whoever they are lent to closes them."""

    def __init__(self, workers):
        self._workers = workers
        self.n_put = 0

    def __getattr__(self, name):
        return getattr(self._workers, name)

    def put(self, item):
        self.n_put += 1
        return self._workers.put(item)

    def close(self):
        while self._workers.n_waiting:
            self._workers.wait(1)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    with Workers(1, open_worker, (None, UsersKnowledge()), seconds=60) as opened:
        yield opened


@pytest.fixture
def lent(workers, monkeypatch) -> Lent:
    """One process that reads; counts what it was handed."""
    lent = Lent(workers)
    monkeypatch.setattr(pipeline, "Workers", lambda *_, **__: lent)
    return lent


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db", create=True) as opened:
        yield opened


@pytest.fixture
def write_lines(tmp_path) -> Callable[..., str]:
    """Writes records of JSONL; gives the path."""

    def write(name: str, texts: Sequence[str], **more: str) -> str:
        path = Path(tmp_path, name)
        records = [{"text": text, "published": "2019-06-20", **more} for text in texts]
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return str(path)

    return write
