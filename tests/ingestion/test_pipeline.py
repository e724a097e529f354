import os
import random
import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from allegata.documents import Intake
from allegata.errors import InputError, StoreError
from allegata.ingestion import Options, Outcome, batches, ingest
from allegata.ledger import Ledger
from allegata.ledger.schema import blob, entry, fault, location, reading, report, run

from .ledgers import drawn_of, ids_of

TEXTS = [
    "Shells fell on Torvik on Monday and killed four people, the mayor said.",
    "The army denied that it had shelled Torvik.",
    "Residents of Amburo said that at least ten men had been arrested.",
    "A bridge was mined near Kol Dara, a spokesman for the council told the radio.",
    "The ministry accused the rebels of burning the mill at Vesk.",
]


def count(ledger: Ledger, table) -> int:
    with ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar()


class Built:
    """Builds nothing, and keeps what it is told."""

    def __init__(self, fail=None):
        self.batches, self.n_finished, self._fail = [], 0, fail

    def after_batch(self, ledger, readings):
        self.batches.append(tuple(readings))
        if self._fail:
            raise self._fail

    def finish(self, ledger):
        self.n_finished += 1


class Seen:
    def __init__(self):
        self.n_bytes, self.outcomes = 0, []

    def advance(self, n_bytes):
        self.n_bytes += n_bytes

    def tell(self, outcome):
        self.outcomes.append(outcome)


def test_documents_are_read_kept_and_built_from(ledger, lent, write_lines, tmp_path):
    source = write_lines("a.jsonl", TEXTS)
    built, seen = Built(), Seen()
    outcome = ingest([source], ledger, Options(batch_size=2), progress=seen, building=built)
    assert outcome == Outcome(n_read=5)
    assert sorted(number for batch in built.batches for number in batch) == [1, 2, 3, 4, 5]
    assert len(built.batches) >= 2
    assert built.n_finished == 1
    assert seen.outcomes[-1] == outcome
    assert seen.n_bytes == (tmp_path / "a.jsonl").stat().st_size


def test_what_is_there_is_passed_over_without_a_row(ledger, lent, write_lines):
    source = write_lines("a.jsonl", TEXTS)
    ingest([source], ledger)
    head, n_put, built = ledger.head(), lent.n_put, Built()
    assert ingest([source], ledger, building=built) == Outcome(n_known=5)
    assert ledger.head() == head
    assert lent.n_put == n_put
    assert built.n_finished == 1  # what an earlier process left unbuilt is caught up


def test_any_order_and_any_split_give_the_same(tmp_path, ledger, lent, write_lines):
    ingest([write_lines("a.jsonl", TEXTS)], ledger)
    whole, texts = ids_of(ledger), TEXTS[:]
    random.Random(7).shuffle(texts)
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        for number, part in enumerate((texts[:2], texts[1:], texts)):
            ingest([write_lines(f"{number}.jsonl", part)], other)
        split = ids_of(other)
        assert drawn_of(other) == drawn_of(ledger)
    del whole["location"], split["location"]  # they were found elsewhere
    assert split == whole


def test_one_text_at_many_places_is_read_once(ledger, lent, write_lines):
    source = write_lines("a.jsonl", TEXTS[:1] * 30)
    assert ingest([source], ledger) == Outcome(n_read=1, n_known=29, n_found_anew=29)
    assert lent.n_put == 1
    assert (count(ledger, report), count(ledger, location)) == (1, 30)
    assert ingest([source], ledger) == Outcome(n_known=30)


def test_a_file_keeps_its_bytes_and_a_record_its_line(ledger, lent, write_lines, tmp_path):
    path = tmp_path / "b.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXTS[1].encode())
    os.utime(path, (1e9, 1e9))
    lines = write_lines("a.jsonl", TEXTS[:1])
    ingest([str(path), lines], ledger)
    with ledger.reading() as connection:
        kept = connection.execute(
            select(location.c.uri, blob.c.n_bytes).join(blob, blob.c.number == location.c.blob)
        ).all()
    line = Path(lines).read_bytes().rstrip(b"\n")
    assert dict(map(tuple, kept)) == {str(path): path.stat().st_size, f"{lines}#1": len(line)}


def test_bytes_that_changed_since_are_not_kept(ledger, lent, tmp_path):
    path = tmp_path / "b.txt"
    path.write_text(TEXTS[1])
    os.utime(path, (2e10, 2e10))
    ingest([str(path)], ledger)
    assert count(ledger, blob) == 0


def test_faults_are_set_aside_once_and_the_rest_goes_on(ledger, lent, write_lines, tmp_path):
    (tmp_path / "empty.txt").touch()
    sources = [str(tmp_path / "empty.txt"), str(tmp_path / "absent"), write_lines("a.jsonl", TEXTS)]
    told = []
    outcome = ingest(sources, ledger, on_fault=told.append)
    assert outcome == Outcome(n_read=5, n_set_aside=2, n_new_faults=2)
    assert [error.where for error in told] == sources[:2]
    assert ingest(sources, ledger) == Outcome(n_known=5, n_set_aside=2)
    assert count(ledger, fault) == 2


def test_a_text_too_long_to_read_is_kept_and_set_aside(ledger, lent, tmp_path):
    path = tmp_path / "book.txt"
    path.write_text("The bridge was mined, the army said. " * 9000)
    assert ingest([str(path)], ledger) == Outcome(n_set_aside=1, n_new_faults=1)
    assert (count(ledger, report), count(ledger, reading)) == (1, 0)


def test_what_cannot_be_kept_is_set_aside_and_nothing_else(ledger, lent, write_lines, monkeypatch):
    adds = batches.Writing.add_reading

    def add(self, number, by, made):
        if "Amburo" in made.document.text:
            raise ValueError("a row of no use")
        return adds(self, number, by, made)

    monkeypatch.setattr(batches.Writing, "add_reading", add)
    outcome = ingest([write_lines("a.jsonl", TEXTS)], ledger)
    assert outcome == Outcome(n_read=4, n_set_aside=1, n_new_faults=1)
    with ledger.reading() as connection:
        (row,) = connection.execute(select(fault))
    assert "could not be kept (ValueError: a row of no use)" in row.what


def test_a_new_version_reads_again_and_adds(ledger, lent, write_lines, monkeypatch):
    source = write_lines("a.jsonl", TEXTS[:2])
    ingest([source], ledger)
    monkeypatch.setattr("allegata.ingestion.identity._version", lambda: "9.9")
    assert ingest([source], ledger) == Outcome(n_read=2)
    assert (count(ledger, report), count(ledger, reading), count(ledger, run)) == (2, 4, 2)


def test_after_an_error_of_building_the_next_start_goes_on(ledger, lent, write_lines):
    source = write_lines("a.jsonl", TEXTS)
    with pytest.raises(RuntimeError, match="power"):
        ingest([source], ledger, Options(batch_size=1), building=Built(RuntimeError("power")))
    n_kept = count(ledger, reading)
    assert 1 <= n_kept < 5
    assert ingest([source], ledger) == Outcome(n_read=5 - n_kept, n_known=n_kept)


def test_an_interrupt_keeps_what_was_read(ledger, lent, write_lines, monkeypatch):
    """The interrupt comes when two are read and wait in a batch that is not yet due."""
    wait = lent.wait
    results = []

    def interrupt(seconds):
        found = wait(seconds)
        results.extend(found)
        if len(results) >= 2 and not found:
            raise KeyboardInterrupt
        return found[:1] if len(found) > 1 else found

    texts = [*TEXTS[:2], TEXTS[2] * 40]
    monkeypatch.setattr(lent, "wait", interrupt, raising=False)
    with pytest.raises(KeyboardInterrupt):
        ingest([write_lines("a.jsonl", texts)], ledger, Options(batch_seconds=60))
    monkeypatch.setattr(lent, "wait", wait)
    assert 1 <= count(ledger, reading) <= 2


def test_a_process_killed_from_outside_ends_nothing(ledger, lent, workers, write_lines):
    killer = threading.Timer(0.1, lambda: os.kill(workers.process_ids[0], signal.SIGKILL))
    killer.start()
    outcome = ingest(
        [write_lines("a.jsonl", [f"{t} {n}" for n in range(8) for t in TEXTS])], ledger
    )
    killer.join()
    assert outcome == Outcome(n_read=40)


def test_another_writer_is_waited_for(tmp_path, ledger, lent, write_lines):
    source, done = write_lines("a.jsonl", TEXTS), []
    with Ledger.open(tmp_path / "ledger.db") as own:
        one = threading.Thread(target=lambda: done.append(ingest([source], own)))
        with ledger.transaction() as connection:
            connection.execute(select(report))
            one.start()
            one.join(0.5)
            assert one.is_alive()
            assert not done
        one.join()
    assert done == [Outcome(n_read=5)]


def test_another_writer_that_never_finishes_is_told(
    tmp_path, ledger, lent, write_lines, monkeypatch
):
    monkeypatch.setattr("allegata.ledger.opening.WAIT_S", 0.05)
    source, told = write_lines("a.jsonl", TEXTS), r"is locked\. Another process writes to it"
    with (
        Ledger.open(tmp_path / "ledger.db") as own,
        ledger.transaction(),
        pytest.raises(StoreError, match=told),
    ):
        ingest([source], own)
    assert count(ledger, report) == 0


@pytest.mark.slow
def test_two_at_once_write_into_one_ledger(tmp_path, ledger, write_lines):
    """Each has a connection and a process of its own, as two programs have."""
    sources = [write_lines("a.jsonl", TEXTS[:4]), write_lines("b.jsonl", TEXTS[1:])]
    outcomes = []

    def run_one(source):
        with Ledger.open(tmp_path / "ledger.db") as own:
            outcomes.append(ingest([source], own, Options(batch_size=1)))

    threads = [threading.Thread(target=run_one, args=(source,)) for source in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcome.n_read for outcome in outcomes) == 5
    assert (count(ledger, reading), count(ledger, location)) == (5, 8)


def test_the_options_of_documents_are_passed_on(ledger, lent, tmp_path):
    (tmp_path / "long.txt").write_text(TEXTS[0] * 10)
    outcome = ingest([str(tmp_path)], ledger, Options(intake=Intake(max_bytes=50)))
    assert outcome.n_set_aside >= 1
    assert outcome.n_read == 0


def test_entries_of_the_chain_are_numbered_without_gaps(ledger, lent, write_lines):
    ingest([write_lines("a.jsonl", TEXTS)], ledger)
    with ledger.reading() as connection:
        numbers = connection.execute(select(entry.c.number).order_by(entry.c.number)).scalars()
        assert list(numbers) == list(range(1, ledger.head().number + 1))


def test_what_ends_sources_is_raised():
    from allegata.ingestion.arrivals import Ahead, Arrival

    def arrivals():
        yield Arrival(InputError("a", "b"))
        raise OSError("gone")

    ahead = Ahead(arrivals(), 1)
    assert ahead.get(5) is not None
    with pytest.raises(OSError, match="gone"):
        ahead.get(5)
    ahead.close()
