import gzip

from allegata.ingestion import ingest
from allegata.ingestion.quarantine import list_faults

TEXT = "The army denied that it had shelled Torvik."


def test_a_fault_is_listed_until_a_later_attempt_succeeds(ledger, lent, tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    ingest([str(path), str(tmp_path / "absent.txt")], ledger)
    first, second = list_faults(ledger)
    assert (first.where, first.what, first.step) == (str(path), "is empty.", "document")
    assert not first.is_resolved
    assert first.at.endswith("Z")

    path.write_text(TEXT)
    ingest([str(path)], ledger)
    assert [one.is_resolved for one in list_faults(ledger)] == [True, False]
    assert list_faults(ledger, unresolved_only=True) == [second]


def test_a_fault_of_reading_is_resolved_by_a_reading(ledger, lent, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 9000)
    ingest([str(path)], ledger)
    (fault,) = list_faults(ledger)
    assert (fault.step, fault.is_resolved) == ("reading", False)
    path.write_text(TEXT)
    ingest([str(path)], ledger)
    assert list_faults(ledger, unresolved_only=True) == []


def test_records_before_a_cut_are_kept_and_the_cut_is_told(ledger, lent, tmp_path):
    lines = "".join(f'{{"text": "The mayor of Vesk said on day {n} so."}}\n' for n in range(300))
    whole = gzip.compress(lines.encode())
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    outcome = ingest([str(path)], ledger)
    assert outcome.n_read > 50
    assert outcome.n_set_aside == 1
    (fault,) = list_faults(ledger)
    assert fault.where.startswith(str(path))
