"""Ledgers that cannot be used say so, and say what to do; nothing is changed in them."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from allegata.errors import DamageError, InputError, StoreError
from allegata.ledger import Ledger, migrating, opening
from allegata.ledger.backing import back_up
from allegata.ledger.schema import metadata
from allegata.ledger.stats import count_all
from allegata.ledger.verifying import verify
from allegata.ledger.writing import write
from tests.ledger.made import keep, make_doc


@pytest.fixture
def made(tmp_path, readings) -> Path:
    path = tmp_path / "made.db"
    with Ledger.open(path, create=True) as ledger:
        keep(ledger, readings["radio"])
    return path


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "there is no ledger"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("Dear Sir,\n" * 50), "it is no SQLite file"),
        (foreign, "of another program"),
    ],
)
def test_what_is_no_ledger(tmp_path, make, words):
    path = tmp_path / "x.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(InputError, match=words):
        Ledger.open(path)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="is no folder"):
        Ledger.open(tmp_path / "no" / "x.db", create=True)


@pytest.mark.parametrize("left", [60, 5000, 30_000])
def test_one_that_was_cut_off(made, left):
    made.write_bytes(made.read_bytes()[:left])
    with pytest.raises((StoreError, InputError)), Ledger.open(made, read_only=True) as ledger:
        assert verify(ledger).damages
        raise StoreError("found")


def test_garbage_in_the_middle(made):
    raw = bytearray(made.read_bytes())
    raw[4096:12_288] = b"\xff" * 8192
    made.write_bytes(raw)
    try:
        with Ledger.open(made, read_only=True) as ledger:
            assert verify(ledger).damages
    except StoreError as error:
        assert isinstance(error, DamageError)


def test_a_newer_one_is_refused(made):
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreError, match="newer version"):
        Ledger.open(made)


def age(path):
    """Make a ledger one as the first revision left it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE tombstone")
        connection.execute("DROP TABLE second_reading")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")


def revision_in(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def test_an_older_one_is_not_opened_for_reading_alone(made):
    age(made)
    with pytest.raises(StoreError, match="older version"):
        Ledger.open(made, read_only=True)
    assert revision_in(made) == "0001"


def test_an_older_one_is_copied_first_and_brought_up_to_date(made):
    age(made)
    with Ledger.open(made) as ledger:
        assert verify(ledger).damages == []
        assert count_all(ledger).reports == 1
    (copy,) = made.parent.glob("made.db.before-*")
    assert copy.stat().st_mode & 0o077 == 0
    assert (revision_in(copy), revision_in(made)) == ("0001", migrating.newest_revision())


def test_a_change_that_breaks_off_leaves_it_as_it_was(made, monkeypatch):
    age(made)

    def fail(connection, scripts):
        raise OSError(5, "broke off")

    monkeypatch.setattr(migrating, "_upgrade", fail)
    with pytest.raises(StoreError):
        Ledger.open(made)
    (copy,) = made.parent.glob("made.db.before-*")
    assert not list(made.parent.glob("*.part"))
    for path in (made, copy):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM report").fetchone() == (1,)
        assert revision_in(path) == "0001"


def test_tables_are_those_that_migrations_make(ledger):
    with ledger.reading() as connection:
        options = {"include_object": lambda thing, name, sort, *_: is_ours(sort, name)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def is_ours(sort: str, name: str) -> bool:
    return not (sort == "table" and name.startswith("document_fts")) and name != "ix_document_words"


def test_it_is_for_its_owner_alone(made):
    assert made.stat().st_mode & 0o077 == 0


def test_two_writers_take_turns(made, monkeypatch):
    monkeypatch.setattr(opening, "WAIT_S", 0.05)
    with Ledger.open(made) as one, Ledger.open(made) as other, write(one) as writing:
        writing.add_report(make_doc("post"))
        with pytest.raises(StoreError, match="is locked"), write(other):
            raise AssertionError("two write at once")
    with Ledger.open(made) as ledger:
        assert count_all(ledger).reports == 2


def test_readers_see_one_state_while_another_writes(made):
    with Ledger.open(made) as one, Ledger.open(made, read_only=True) as other:
        with other.reading() as connection:
            before = other.head(connection)
            with write(one) as writing:
                writing.add_report(make_doc("post"))
            assert other.head(connection) == before
        assert other.head() != before


def test_nothing_is_written_where_it_may_not_be(made):
    with (
        Ledger.open(made, read_only=True) as ledger,
        pytest.raises(StoreError, match="cannot be written"),
        write(ledger) as writing,
    ):
        writing.add_report(make_doc("post"))


def test_a_full_disk_loses_nothing(made):
    code = """
import resource, sys
from allegata.documents import read_text
from allegata.errors import StoreError
from allegata.ledger import Ledger
from allegata.ledger.writing import write
path = sys.argv[1]
with Ledger.open(path) as ledger:
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    try:
        for n in range(200):
            with write(ledger) as writing:
                writing.add_report(read_text(f"Report {n}. " + "words " * 2000))
                kept = writing.head.number
    except StoreError as error:
        print(n, error)
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=True
    )
    kept, _, message = run.stdout.partition(" ")
    assert "disk" in message
    with Ledger.open(made) as ledger:
        assert count_all(ledger).reports == 1 + int(kept)
        assert verify(ledger).damages == []


def test_a_copy_of_one_in_use_is_whole(made, tmp_path):
    with Ledger.open(made) as ledger, write(ledger) as writing:
        writing.add_report(make_doc("post"))
        back_up(ledger, tmp_path / "copy.db")
    with Ledger.open(tmp_path / "copy.db", read_only=True) as copy:
        assert verify(copy).damages == []
        assert count_all(copy).reports == 1


def test_a_server_that_is_not_there():
    with pytest.raises(StoreError, match="cannot be reached"):
        Ledger.open("postgresql://nobody@127.0.0.1:1/none")


@pytest.mark.parametrize("where", ["postgresql://[", "postgresql://host/name", "postgres://u@h"])
def test_an_address_that_is_none(where):
    with pytest.raises(InputError, match="is no address"):
        Ledger.open(where)


def test_search_tables_are_there(file_ledger):
    with file_ledger.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM document_fts")).scalar() == 0
