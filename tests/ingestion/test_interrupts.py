"""Ctrl-C and termination of an ingestion by the command line, in processes of their own."""

import json
import signal
import subprocess
import sys
import time

import pytest

from allegata.ledger import Ledger
from allegata.ledger.verifying import verify

from .ledgers import ids_of

N_DOCUMENTS = 300
_MAIN = "from allegata.cli import main; main()"


def ingest(tmp_path, *more):
    (tmp_path / "a.jsonl").write_text(
        "".join(
            json.dumps({"text": f"The mayor of Vesk said that {n} men had been arrested. " * 8})
            + "\n"
            for n in range(N_DOCUMENTS)
        )
    )
    command = [sys.executable, "-c", _MAIN, "ingest", str(tmp_path / "a.jsonl")]
    return subprocess.Popen(
        [*command, "--ledger", str(tmp_path / "ledger.db"), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def await_readings(path, n_readings):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and path.stat().st_size:
            with Ledger.open(path, create=True) as ledger:
                if len(ids_of(ledger)["reading"]) >= n_readings:
                    return
        time.sleep(0.05)
    raise AssertionError("nothing was kept")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "times"), [(signal.SIGTERM, 1), (signal.SIGINT, 1), (signal.SIGINT, 2)]
)
def test_an_interrupt_ends_with_130_and_the_next_start_goes_on(tmp_path, number, times):
    path = tmp_path / "ledger.db"
    process = ingest(tmp_path)
    await_readings(path, 10)
    began_s = time.monotonic()
    for _ in range(times):
        process.send_signal(number)
    out, said = process.communicate(timeout=30)
    assert time.monotonic() - began_s < 5
    assert (process.returncode, out) == (130, "")
    assert set(said.split("\n")) == {"", "allegata: interrupted."}
    with Ledger.open(path) as ledger:
        n_kept = len(ids_of(ledger)["reading"])
        assert 10 <= n_kept < N_DOCUMENTS
        assert not verify(ledger).damages


@pytest.mark.slow
def test_after_an_interrupt_the_rest_is_read(tmp_path):
    process = ingest(tmp_path)
    await_readings(tmp_path / "ledger.db", 10)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    process = ingest(tmp_path)
    process.communicate(timeout=120)
    assert process.returncode == 0
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        assert len(ids_of(ledger)["reading"]) == N_DOCUMENTS
