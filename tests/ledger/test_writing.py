"""What is kept comes back as it was, once."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from allegata.documents import read_text
from allegata.errors import InputError
from allegata.ledger.loading import load_document, load_reading, number_of_report
from allegata.ledger.packing import document_row, report_id, text_of, unpack
from allegata.ledger.schema import KEPT, blob, document, entry, location, report
from allegata.ledger.stats import count_all
from allegata.ledger.writing import Run, write
from tests.ledger.made import RUN, keep, make_doc


def test_the_same_report_is_kept_once(ledger, readings):
    keep(ledger, readings["radio"], readings["post"])
    head = ledger.head()
    assert keep(ledger, readings["radio"], readings["post"]) == [1, 2]
    assert ledger.head() == head
    assert count_all(ledger).documents == 2


def test_it_comes_back_as_it_was_read(ledger, readings):
    (number,) = keep(ledger, readings["post"], raw=b"the bytes")
    with ledger.reading() as connection:
        assert load_document(connection, number) == readings["post"].document
        back = load_reading(connection, number)
        packed = connection.execute(select(blob.c.packed)).scalar_one()
    assert back.to_json() == readings["post"].to_json()
    assert unpack(bytes(packed), "blob") == b"the bytes"


def test_one_text_of_two_outlets_is_one_document_and_two_reports(ledger):
    one, other = (
        read_text("The bridge was closed, the mayor said.", publisher=name) for name in ("A", "B")
    )
    with write(ledger) as writing:
        writing.add_report(one)
        writing.add_report(other)
    held = count_all(ledger)
    assert (held.documents, held.reports, held.outlets) == (1, 2, 2)


def test_a_report_found_again_elsewhere_has_two_places(ledger):
    with write(ledger) as writing:
        first = writing.add_report(make_doc("radio"))
        again = writing.add_report(make_doc("radio", uri="copy.txt"))
        third = writing.add_report(make_doc("radio", uri="copy.txt"))
    assert (first.is_new, first.is_found_anew) == (True, False)
    assert (again.is_new, again.is_found_anew) == (False, True)
    assert (third.is_new, third.is_found_anew) == (False, False)
    with ledger.reading() as connection:
        assert connection.execute(select(func.count()).select_from(location)).scalar() == 2


def test_a_later_run_supersedes_and_nothing_is_lost(ledger, readings):
    keep(ledger, readings["radio"])
    keep(ledger, readings["radio"], run=Run("2", "model", "knowledge"))
    held = count_all(ledger)
    assert (held.reports, held.readings) == (1, 2)
    assert held.claims == len(readings["radio"].claims) - 1


def test_a_transaction_that_fails_keeps_nothing(ledger, readings):
    keep(ledger, readings["radio"])
    before = ledger.head()
    with pytest.raises(RuntimeError), write(ledger) as writing:
        writing.add_report(make_doc("post"))
        raise RuntimeError
    assert ledger.head() == before
    assert count_all(ledger).reports == 1


def test_the_order_of_entries_does_not_hang_on_the_clock(ledger):
    clock = iter(datetime(year, 3, 1, tzinfo=UTC) for year in (2030, 2020, 2025, 2019, 2040, 2001))
    with write(ledger, lambda: next(clock)) as writing:
        writing.add_report(make_doc("radio"))
        writing.add_report(make_doc("post"))
    with ledger.reading() as connection:
        rows = connection.execute(select(entry).order_by(entry.c.number)).all()
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[0].at.startswith("2030")
    assert rows[1].at.startswith("2020")


def test_a_fault_is_kept_once(ledger):
    error = InputError("a.html", "has no text.", "Check it.")
    with write(ledger) as writing:
        assert writing.add_fault(error, "document")
        assert not writing.add_fault(error, "document")
    assert count_all(ledger).faults == 1


def test_reports_are_found_by_the_beginning_of_their_ids(ledger):
    with write(ledger) as writing:
        number = writing.add_report(make_doc("radio")).report
    with ledger.reading() as connection:
        assert number_of_report(connection, report_id(make_doc("radio"))[:8]) == number
        with pytest.raises(InputError, match="is the id of no report"):
            number_of_report(connection, "r0000")


def test_every_kept_row_has_an_entry(ledger, readings):
    keep(ledger, readings["radio"], raw=b"x")
    with ledger.reading() as connection:
        for table in KEPT:
            rows = connection.execute(select(func.count()).select_from(table)).scalar()
            entries = connection.execute(
                select(func.count()).where(entry.c.kind == table.name)
            ).scalar()
            assert rows == entries, table.name


@pytest.mark.parametrize(
    "text", ["plain", "a\0b", "half \ud83d a pair", "😀 emoji", "e\u0301", "\u202e", "الخالدية"]
)
def test_any_text_comes_back_exactly(ledger, text):
    doc = read_text(f"{text} was said to be here.")
    with write(ledger) as writing:
        number = writing.add_report(doc).report
    with ledger.reading() as connection:
        assert load_document(connection, number).text == doc.text
        assert connection.execute(select(document.c.id)).scalar() == doc.id


@given(st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_changed_by_its_columns(text):
    row = document_row(text)
    assert text_of(row["text"], row["exact"]) == text
    row["text"].encode()


def test_a_run_is_known_by_what_it_reads_by():
    assert RUN.id == Run("1", "model", "knowledge").id
    assert RUN.id != Run("1", "model", "other").id
    assert report.name == "report"
