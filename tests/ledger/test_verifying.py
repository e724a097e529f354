"""What was changed behind the ledger's back is named."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from allegata.errors import AllegataError
from allegata.ledger import Ledger
from allegata.ledger.asking import list_incidents
from allegata.ledger.building import build_incidents
from allegata.ledger.pairing import pair_readings, waiting_readings
from allegata.ledger.spread import state_of
from allegata.ledger.verifying import verify
from allegata.types import EventKind
from tests.ledger.made import RUN, keep

TABLES = (
    "entry", "blob", "document", "report", "location", "run", "reading", "claim", "event", "party",
    "tally", "account", "account_key", "copy_key", "summary", "membership",
)  # fmt: skip


@pytest.fixture(scope="module")
def original(tmp_path_factory, readings) -> bytes:
    path = tmp_path_factory.mktemp("verify") / "l.db"
    with Ledger.open(path, create=True) as ledger:
        keep(ledger, *readings.values(), raw=b"bytes")
        build_incidents(ledger)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.fixture
def path(original, tmp_path):
    path = tmp_path / "l.db"
    path.write_bytes(original)
    return path


def alter(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def damages(path, head=None):
    with Ledger.open(path, read_only=True) as ledger:
        return verify(ledger, head=head).damages


def test_one_that_nobody_touched_is_whole(path):
    assert damages(path) == []


def test_what_was_compared_and_waits_for_the_next_building_is_no_damage(tmp_path, readings):
    first, *rest = readings.values()
    with Ledger.open(tmp_path / "w.db", create=True) as ledger:
        for portion in ([first], rest):
            keep(ledger, *portion)
            with ledger.transaction() as connection:
                pair_readings(connection, waiting_readings(connection, 100))
            assert not verify(ledger).damages
            build_incidents(ledger)
            assert not verify(ledger).damages


def test_what_is_read_anew_is_what_incidents_tell(tmp_path, readings):
    """Also where no incident gains or loses an account by it."""
    with Ledger.open(tmp_path / "r.db", create=True) as ledger:
        keep(ledger, *readings.values())
        before = build_incidents(ledger).n_incidents
        with ledger.reading() as connection:
            state = state_of(connection)
        anew = [
            replace(one, events=tuple(replace(e, kind=EventKind.PROTEST) for e in one.events))
            for one in readings.values()
        ]
        keep(ledger, *anew, run=replace(RUN, model="a later one"))
        assert 0 < build_incidents(ledger).n_incidents <= before
        assert not verify(ledger).damages
        with ledger.reading() as connection:
            assert state_of(connection) != state
            kinds = {line.fields["kind"] for line in list_incidents(connection)[0]}
        assert kinds == {"protest"}


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_named(path, table):
    alter(path, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    found = damages(path)
    assert found, table


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE document SET text = replace(text, '12', '13') WHERE number = 1", "document"),
        ("UPDATE document SET folded = 'x' WHERE number = 1", "document"),
        ("UPDATE report SET publisher = 'X' WHERE number = 1", "report"),
        ("UPDATE report SET published = '2020-01-01' WHERE number = 1", "report"),
        ("UPDATE location SET uri = 'x' WHERE number = 1", "location"),
        ("UPDATE run SET model = 'x'", "run"),
        ("UPDATE entry SET at = '2020' WHERE number = 3", "entry"),
        ("UPDATE entry SET hash = 'x' WHERE number = 3", "entry"),
        ("UPDATE claim SET act = 'admit' WHERE rowid = 2", "claim"),
        ("UPDATE claim SET holder_name = 'X' WHERE rowid = 2", "claim"),
        ("UPDATE event SET polarity = 'negative' WHERE rowid = 1", "event"),
        ("UPDATE event SET latitude = 1.5 WHERE rowid = 1", "event"),
        ("UPDATE party SET name = 'X' WHERE rowid = 1", "party"),
        ("UPDATE tally SET low = 99 WHERE rowid = 1", "tally"),
        ("UPDATE tie SET weight = 9.0 WHERE rowid = 1", "tie"),
        ("UPDATE summary SET killed_low = 99", "summary"),
        ("UPDATE summary SET title = 'X' WHERE incident = 1", "summary"),
        ("UPDATE laundering SET words = 'X'", "laundering"),
        ("UPDATE contradiction SET words = 'X'", "contradiction"),
        ("UPDATE account SET features = replace(features, '7', '8') WHERE rowid = 1", "account"),
        ("INSERT INTO run VALUES (9, 'u9', '1', 'm', 'k', '{}')", "run"),
        ("INSERT INTO claim SELECT * FROM claim WHERE rowid = 2", "claim"),
    ],
)
def test_a_row_that_was_changed_or_put_in_is_named(path, statement, table):
    if statement.startswith("INSERT INTO claim"):
        alter(path, "DROP INDEX IF EXISTS uq", statement.replace("*", "reading, 'c99', parent,"
              " holder, holder_name, holder_kind, source, cue, act, quotation, said_first,"
              " said_last, start, end, content, confidence"))  # fmt: skip
    else:
        alter(path, statement)
    assert table in {one.table for one in damages(path)}


def test_entries_in_another_order_are_named(path):
    alter(
        path,
        "UPDATE entry SET number = -1 WHERE number = 4",
        "UPDATE entry SET number = 4 WHERE number = 5",
        "UPDATE entry SET number = 5 WHERE number = -1",
    )
    assert "entry" in {one.table for one in damages(path)}


def test_a_tail_that_was_cut_off_shows_against_a_head(path):
    with Ledger.open(path, read_only=True) as ledger:
        head = ledger.head()
    assert damages(path, head.hash) == []
    last = "(SELECT max(number) FROM reading)"
    alter(
        path,
        *(f"DELETE FROM {t} WHERE reading = {last}" for t in ("claim", "event", "party", "tally")),
        f"DELETE FROM entry WHERE number = {head.number}",
    )
    assert ("entry", "head") in {(one.table, one.row) for one in damages(path, head.hash)}


def everything(path):
    """All rows of all tables that a person or a program is shown, or why they cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                    " AND name NOT LIKE 'document_fts%' AND name NOT LIKE 'sqlite_%'"
                )
            ]
            return {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
                    for name in names}  # fmt: skip
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


@pytest.mark.slow
def test_every_flipped_bit_that_changes_something_is_named(path, original):
    dice = random.Random(7)
    before = everything(path)
    harmful = 0
    for _ in range(300):
        raw = bytearray(original)
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        path.write_bytes(raw)
        if everything(path) == before:
            continue
        harmful += 1
        try:
            found = damages(path)
        except AllegataError:
            continue  # it is refused
        assert found
    assert harmful >= 10
