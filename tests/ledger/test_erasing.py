"""Erasing for good: what goes, what stays, and that nothing comes back."""

import json
import sqlite3
import zlib
from contextlib import closing

import pytest
from sqlalchemy import select, update

from allegata.errors import InputError
from allegata.ingestion.pipeline import ingest
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.decisions import decide, list_decisions
from allegata.ledger.erasing import erase, list_tombstones, scrub
from allegata.ledger.ordering import Order
from allegata.ledger.packing import report_id
from allegata.ledger.schema import report, tombstone
from allegata.ledger.searching import parse_query, search
from allegata.ledger.stats import count_all
from allegata.ledger.verdicts import Action
from allegata.ledger.verifying import verify
from tests.ledger.made import TEXTS, keep, make_doc

WHO = {"who": "Rapporteur", "why": "the witness asked"}


@pytest.fixture
def filled(ledger, readings) -> Ledger:
    for reading in readings.values():
        keep(ledger, reading, raw=reading.document.text.encode())
        build_incidents(ledger)
    return ledger


def name_of(text: str) -> str:
    return report_id(make_doc(text))


def test_nothing_of_it_is_left_and_the_chain_holds(filled):
    before = count_all(filled)
    erased = erase(filled, [name_of("post")], **WHO)
    scrub(filled)
    after = count_all(filled)
    assert erased.reports == (name_of("post"),)
    assert (after.documents, after.reports) == (before.documents - 1, before.reports - 1)
    found = verify(filled, head=before.head.hash)
    assert found.damages == []
    assert found.n_erased == erased.n_rows > 0
    with filled.reading() as connection:
        assert search(connection, parse_query("denied"))[1] == 0
    with filled.reading() as connection:
        (stone,) = list_tombstones(connection)
    assert (stone.who, stone.why) == (WHO["who"], WHO["why"])


def test_no_page_of_the_file_holds_its_words(file_ledger, readings):
    for reading in readings.values():
        keep(file_ledger, reading, raw=reading.document.text.encode())
    build_incidents(file_ledger)
    words = ["denied", "Valley Post", "A doctor said", "post.txt", "nine people"]
    kept = ["health ministry", "Delta Echo"]
    assert all(is_somewhere(file_ledger, word) for word in [*words, *kept])
    erase(file_ledger, [name_of("post"), name_of("later")], **WHO)
    scrub(file_ledger)
    assert [word for word in words if is_somewhere(file_ledger, word)] == []
    assert all(is_somewhere(file_ledger, word) for word in kept)


def is_somewhere(ledger: Ledger, word: str) -> bool:
    """Whether a word stands in a file of the ledger, or in anything that is packed in it."""
    assert ledger.path is not None
    needle = word.casefold().encode()
    files = ledger.path.parent.glob(ledger.path.name + "*")
    raw = b"".join(path.read_bytes() for path in files)
    starts = [
        at for at in range(len(raw) - 1) if raw[at] == 0x78 and raw[at + 1] in b"\x01\x9c\xda"
    ]
    return needle in raw.lower() or any(needle in inflate(raw[at:]).lower() for at in starts)


def inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 1 << 20)
    except zlib.error:
        return b""


def test_an_incident_that_loses_an_account_keeps_its_id(filled):
    with filled.reading() as connection:
        before = ids_by_size(connection)
    erase(filled, [name_of("post")], **WHO)
    with filled.reading() as connection:
        after = ids_by_size(connection)
    assert before[0][1] == after[0][1]
    assert before[0][0] > after[0][0]
    assert verify(filled).damages == []


def ids_by_size(connection) -> list[tuple[int, str]]:
    rows = connection.exec_driver_sql(
        "SELECT s.n_reports, i.id FROM summary s JOIN incident i ON i.number = s.incident"
    ).all()
    return sorted(((row[0], row[1]) for row in rows), reverse=True)


def test_an_incident_of_which_nothing_is_left_is_no_more(filled):
    n_before = count_all(filled).incidents
    erase(filled, [name_of("other")], **WHO)
    assert count_all(filled).incidents < n_before
    assert verify(filled).damages == []
    build_incidents(filled)
    assert verify(filled).damages == []


def test_everything_can_go(filled):
    erase(filled, [name_of(name) for name in TEXTS], **WHO)
    held = count_all(filled)
    assert (held.documents, held.readings, held.incidents, held.events) == (0, 0, 0, 0)
    assert verify(filled).damages == []
    assert len(list_decisions_of(filled)) == 0


def list_decisions_of(ledger: Ledger) -> list:
    with ledger.reading() as connection:
        return list_decisions(connection)


def test_numbers_of_what_is_gone_do_not_come_back(filled, readings):
    erase(filled, [name_of("later")], **WHO)
    doc = make_doc("later")
    keep(filled, readings["radio"], raw=b"again")
    with pytest.raises(InputError, match="no report"):
        erase(filled, [report_id(doc)], **WHO)
    assert verify(filled).damages == []


def test_what_people_decided_about_it_goes_with_it(filled):
    target = f"{name_of('post')}#c1"
    number = decide(filled, Order(Action.REJECT, target, who="A", why="a name stands here"))
    assert [one.number for one in list_decisions_of(filled)] == [number]
    erase(filled, [name_of("post")], **WHO)
    assert list_decisions_of(filled) == []
    assert verify(filled).damages == []


def test_every_report_of_the_text_goes(ledger, readings, reader):
    from dataclasses import replace

    keep(ledger, readings["radio"])
    other = reader.read(replace(readings["radio"].document, publisher="Delta Echo", uri="b.txt"))
    keep(ledger, other)
    build_incidents(ledger)
    erased = erase(ledger, [name_of("radio")], **WHO)
    assert len(erased.reports) == 2
    assert count_all(ledger).documents == 0
    assert verify(ledger).damages == []


def test_it_is_not_taken_in_again(tmp_path, file_ledger):
    path = tmp_path / "witness.txt"
    path.write_text("Shelling\n\nRebels shelled the market on Monday, the ministry said.\n")
    assert ingest([str(path)], file_ledger).n_read == 1
    (name,) = report_ids(file_ledger)
    erase(file_ledger, [name], **WHO)
    told: list[InputError] = []
    outcome = ingest([str(path)], file_ledger, on_fault=told.append)
    assert (outcome.n_read, outcome.n_set_aside) == (0, 1)
    assert "was erased" in told[0].what
    assert WHO["why"] in told[0].what
    assert report_ids(file_ledger) == []


def report_ids(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        return list(connection.execute(select(report.c.id)).scalars())


def test_a_tombstone_that_is_changed_is_named(filled):
    erase(filled, [name_of("post")], **WHO)
    with filled.transaction() as connection:
        connection.execute(update(tombstone).values(why="nothing"))
    assert [one.table for one in verify(filled).damages] == ["tombstone"]


def test_a_row_that_is_removed_without_a_tombstone_is_named(file_ledger, readings):
    keep(file_ledger, readings["radio"])
    file_ledger.close()
    with closing(sqlite3.connect(file_ledger.path)) as raw, raw:
        raw.execute("DELETE FROM location")
    assert "location" in {one.table for one in verify(file_ledger).damages}


def test_a_row_that_comes_back_is_named(file_ledger, readings):
    keep(file_ledger, readings["other"])
    file_ledger.close()
    with closing(sqlite3.connect(file_ledger.path)) as raw:
        row = raw.execute("SELECT * FROM document").fetchone()
    erase(file_ledger, [name_of("other")], **WHO)
    file_ledger.close()
    with closing(sqlite3.connect(file_ledger.path)) as raw, raw:
        raw.execute(f"INSERT INTO document VALUES ({','.join('?' * len(row))})", row)
    told = [(one.table, one.what) for one in verify(file_ledger).damages]
    assert ("document", "was erased and is there") in told


@pytest.mark.parametrize(("who", "why"), [("", "x"), ("x", " ")])
def test_who_and_why_are_asked_for(filled, who, why):
    with pytest.raises(InputError, match="is empty"):
        erase(filled, [name_of("post")], who=who, why=why)
    assert count_all(filled).reports == len(TEXTS)


def test_rows_are_told_by_table_and_number(filled):
    erase(filled, [name_of("echo")], **WHO)
    with filled.reading() as connection:
        rows = json.loads(connection.execute(select(tombstone.c.rows)).scalar_one())
    assert {table for table, _ in rows} == {"blob", "document", "location", "reading", "report"}
