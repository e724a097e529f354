"""Verifying a ledger: every hash is made again, and all that is drawn is drawn again.

SQLite does not notice a flipped bit. Here each kept row has its hash in the chain, each drawn row
is compared with what the code draws from the kept ones now, and the search is checked against its
texts. What a whole rewriting by an owner hides is shown only by a head that was noted elsewhere.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from allegata.errors import AllegataError
from allegata.incidents.blocking import account_keys
from allegata.incidents.comparing import compare
from allegata.incidents.copies import compare_copies
from allegata.incidents.shingles import read_body
from allegata.ledger.chain import EMPTY, Head, hash_entry, hash_row, sign_row
from allegata.ledger.comparing import load_features
from allegata.ledger.drawing import draw, draw_report, drawn_rows, report_as_read
from allegata.ledger.erasing import erased_rows
from allegata.ledger.features_json import read_features
from allegata.ledger.folding import fold
from allegata.ledger.loading import chunks, load_document, unpack_row
from allegata.ledger.opening import Ledger
from allegata.ledger.packing import number_keys, report_id, text_of, unpack
from allegata.ledger.schema import (
    KEPT,
    account,
    account_key,
    blob,
    claim,
    contradiction,
    copy,
    copy_key,
    current,
    document,
    entry,
    event,
    incident,
    incident_change,
    laundering,
    membership,
    paired,
    party,
    reading,
    report,
    summary,
    tally,
    tie,
)
from allegata.ledger.summaries import redraw
from allegata.ledger.verdicts import load_verdicts

__all__ = ["Damage", "Verified", "verify"]

_MOST = 1000
"""So many damages are told; a file with more is beyond repair."""

_FAULTS = (SQLAlchemyError, AllegataError, ValueError, TypeError, LookupError)
"""What a damaged row may do to the code that reads it."""

_PER_READING = (claim, event, party, tally, account)
_PER_INCIDENT = (summary, contradiction, laundering)


@dataclass(frozen=True, slots=True)
class Damage:
    """A row that is not what it was.

    Attributes:
        table: Its table, or `database` for the file itself.
        row: Its number, or what else tells it from others.
        what: What is wrong, in words.
    """

    table: str
    row: str
    what: str


@dataclass(slots=True)
class Verified:
    """What a verification came to.

    Attributes:
        damages: What is wrong, the chain first; empty where all is as it was written.
        n_rows: How many rows were looked at.
        head: Of the chain as it stands.
        n_erased: How many kept rows are gone because somebody erased them, by tombstones.
    """

    damages: list[Damage] = field(default_factory=list)
    n_rows: int = 0
    head: Head = field(default_factory=lambda: Head(0, EMPTY))
    n_erased: int = 0

    def add(self, table: Table | str, row: object, what: str) -> None:
        """Note a damage."""
        if len(self.damages) < _MOST:
            name = table if isinstance(table, str) else table.name
            self.damages.append(Damage(name, str(row), what))


def verify(ledger: Ledger, *, head: str | None = None, sealed: str | None = None) -> Verified:
    """Make every hash of a ledger again and compare what is drawn with what would be drawn.

    Args:
        ledger: Open; nothing is written.
        head: A head noted elsewhere, which must be in the chain: without it the last entries could
            have been cut off, or all rewritten, unseen.
        sealed: The head of a seal, which must be in the chain too.

    Returns:
        What is wrong. A file that is so damaged that the database refuses to read it is a damage.
    """
    found = Verified()
    checks = (
        _check_file,
        _check_chain,
        _check_kept,
        _check_readings,
        _check_keys,
        _check_pairs,
        _check_copies,
        _check_issued,
        _check_incidents,
        _check_search,
    )
    for check in checks:
        try:
            with ledger.reading() as connection:
                check(connection, found)
        except _FAULTS as error:
            words = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            found.add("database", check.__name__.removeprefix("_check_"), words)
    for noted in filter(None, (head, sealed)):
        _check_head(ledger, noted, found)
    return found


def _check_file(connection: Connection, found: Verified) -> None:
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check")):
        if row[0] != "ok":
            found.add("database", "file", str(row[0])[:200])
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        found.add(str(row[0]), row[1], f"refers to a row of {row[2]} that is not there")


def _check_chain(connection: Connection, found: Verified) -> None:
    head, expected = EMPTY, 0
    for row in connection.execute(select(entry).order_by(entry.c.number)):
        expected += 1
        found.n_rows += 1
        if row.number != expected:
            found.add(entry, expected, "is missing from the chain")
            expected = row.number
        made = hash_entry(head, row.number, row.kind, row.ref, row.hash, row.at)
        if made != row.head:
            found.add(entry, row.number, "does not have the hash that follows from it")
        head = row.head
    found.head = Head(expected, head)


def _check_head(ledger: Ledger, head: str, found: Verified) -> None:
    try:
        with ledger.reading() as connection:
            known = connection.execute(select(entry.c.number).where(entry.c.head == head)).first()
    except (DBAPIError, AllegataError):
        return
    if known is None and head != EMPTY:
        found.add("entry", "head", f"the head {head[:16]}… is not in the chain")


def _check_kept(connection: Connection, found: Verified) -> None:
    erased = erased_rows(connection)
    found.n_erased = len(erased)
    for table in KEPT:
        hashes = _Hashes(connection, table)
        rows = connection.execution_options(yield_per=200).execute(
            select(table).order_by(table.c.number)
        )
        for row in rows:
            found.n_rows += 1
            cells = dict(row._mapping)
            wanted = hashes.of(row.number)
            if wanted is None:
                found.add(table, row.number, "is not in the chain")
            elif hash_row(table, cells) != wanted:
                found.add(table, row.number, "is not what was written")
            if (table.name, row.number) in erased:
                found.add(table, row.number, "was erased and is there")
            _check_content(table, cells, found)
        for number in hashes.rest():
            if (table.name, number) not in erased:
                found.add(table, number, "is in the chain and not there")


class _Hashes:
    """The hashes that the chain has for the rows of one table."""

    def __init__(self, connection: Connection, table: Table) -> None:
        rows = connection.execute(
            select(entry.c.ref, entry.c.hash).where(entry.c.kind == table.name)
        )
        self._left: dict[int, str] = {row.ref: row.hash for row in rows}

    def of(self, number: int) -> str | None:
        """The hash of a row; asked for once."""
        return self._left.pop(number, None)

    def rest(self) -> list[int]:
        """Numbers that nobody asked for."""
        return sorted(self._left)


def _check_content(table: Table, cells: Mapping[str, Any], found: Verified) -> None:
    """What a row says of itself."""
    if table is blob:
        raw = unpack(bytes(cells["packed"]), f"blob {cells['number']}")
        if hashlib.sha256(raw).hexdigest() != cells["sha256"]:
            found.add(table, cells["number"], "does not hold the bytes of its hash")
    if table is document:
        whole = text_of(cells["text"], cells["exact"])
        digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
        if cells["id"] != f"sha256:{digest}":
            found.add(table, cells["number"], "does not hold the text of its id")
        if fold(whole) != cells["folded"]:
            found.add(table, cells["number"], "is searched by other words than its own")


def _check_readings(connection: Connection, found: Verified) -> None:
    """Draw every reading again and compare."""
    query = select(reading.c.report, func.max(reading.c.number).label("last"))
    newest = {r.report: r.last for r in connection.execute(query.group_by(reading.c.report))}
    counting = {row.report: row.reading for row in connection.execute(select(current))}
    for number in sorted(newest.keys() | counting.keys()):
        found.n_rows += 1
        if newest.get(number) != counting.get(number):
            found.add(current, number, "does not name the last reading of its report")
    numbers = connection.execute(select(reading.c.number).order_by(reading.c.number)).scalars()
    for piece in chunks(list(numbers)):
        stored = {table.name: _stored(connection, table, piece) for table in _PER_READING}
        for number in piece:
            try:
                _check_reading(connection, number, stored, found)
            except _FAULTS as error:
                found.add(reading, number, f"cannot be drawn again ({type(error).__name__})")


def _check_reading(
    connection: Connection,
    number: int,
    stored: Mapping[str, Mapping[int, list[dict[str, Any]]]],
    found: Verified,
) -> None:
    row = connection.execute(select(reading).where(reading.c.number == number)).one()
    doc = load_document(connection, row.report)
    name = connection.execute(select(report.c.id).where(report.c.number == row.report)).scalar_one()
    if report_id(doc) != name:
        found.add(report, row.report, "does not have the id that follows from it")
    made = unpack_row(row.packed, doc, f"reading {number}")
    drawn = draw(report_as_read(name, doc, doc.uri), made)
    for table, rows in drawn_rows(drawn, number, 0):
        if table is account_key:
            continue
        there = stored[table.name].get(number, [])
        found.n_rows += len(there)
        wanted = [_comparable(table, one) for one in rows]
        have = [_comparable(table, one) for one in there]
        if sorted(map(repr, wanted)) != sorted(map(repr, have)):
            found.add(table, f"of reading {number}", "is not what its reading says")


def _stored(
    connection: Connection, table: Table, numbers: list[int]
) -> dict[int, list[dict[str, Any]]]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(select(table).where(table.c.reading.in_(numbers))):
        rows.setdefault(row.reading, []).append(dict(row._mapping))
    return rows


def _comparable(table: Table, row: Mapping[str, Any]) -> tuple[object, ...]:
    cells = []
    for column in table.c:
        if column.name == "number":
            continue
        value = row.get(column.name)
        cells.append(unpack(bytes(value), table.name) if isinstance(value, bytes) else value)
    return tuple(cells)


def _check_keys(connection: Connection, found: Verified) -> None:
    """The keys by which accounts and copies are found, of all that counts."""
    query = (
        select(account.c.number, account.c.features)
        .join(current, current.c.reading == account.c.reading)
        .order_by(account.c.number)
    )
    known = _grouped(connection, account_key.c.account, account_key.c.key)
    for row in connection.execution_options(yield_per=500).execute(query):
        found.n_rows += 1
        made = number_keys(account_keys(read_features(row.features)))
        if list(made) != sorted(known.pop(row.number, [])):
            found.add(account_key, f"of account {row.number}", "is not what its account says")
    for number in sorted(known):
        found.add(account_key, f"of account {number}", "belongs to nothing that counts")
    copies = _grouped(connection, copy_key.c.report, copy_key.c.key)
    for row in connection.execute(
        select(report.c.number, report.c.id)
        .join(current, current.c.report == report.c.number)
        .order_by(report.c.number)
    ):
        doc = load_document(connection, row.number)
        if list(draw_report(row.id, doc)) != sorted(copies.get(row.number, [])):
            found.add(copy_key, f"of report {row.number}", "is not what its text says")


def _grouped(connection: Connection, owner: Any, key: Any) -> dict[int, list[int]]:  # noqa: ANN401
    groups: dict[int, list[int]] = {}
    for number, name in connection.execute(select(owner, key)):
        groups.setdefault(number, []).append(name)
    return groups


def _check_pairs(connection: Connection, found: Verified) -> None:
    """The weights of ties, which follow from the two accounts."""
    for piece in _batches(connection.execute(select(tie).order_by(tie.c.one, tie.c.other))):
        features = load_features(connection, {n for row in piece for n in (row.one, row.other)})
        for row in piece:
            found.n_rows += 1
            made = compare(features[row.one], features[row.other])
            if abs(made - row.weight) > 1e-5:
                found.add(tie, f"{row.one}-{row.other}", "does not have the weight of its accounts")
    counts = select(current.c.reading)
    lost = select(paired.c.reading).where(paired.c.reading.not_in(counts))
    for number in connection.execute(lost).scalars():
        found.add(paired, number, "belongs to nothing that counts")


def _batches(rows: Any) -> Iterator[list[Any]]:  # noqa: ANN401
    yield from chunks(rows)


def _check_issued(connection: Connection, found: Verified) -> None:
    """Ids that were issued and what became of them, by the hashes that the rows have."""
    for table in (incident, incident_change, membership):
        for row in connection.execution_options(yield_per=1000).execute(select(table)):
            found.n_rows += 1
            cells = dict(row._mapping)
            wanted = cells.pop("hash")
            if sign_row(table, cells)["hash"] != wanted:
                mark = cells.get("number", f"{row[0]}-{row[1]}")
                found.add(table, mark, "is not what was written")


def _check_copies(connection: Connection, found: Verified) -> None:
    """Copies, which follow from the two texts."""
    names = {r.number: r.id for r in connection.execute(select(report.c.number, report.c.id))}
    for row in connection.execute(select(copy).order_by(copy.c.earlier, copy.c.later)).all():
        found.n_rows += 1
        one, other = (
            read_body(names[number], load_document(connection, number))
            for number in (row.earlier, row.later)
        )
        made = compare_copies(one, other)
        known = (row.kind, row.share, row.reason)
        if made is None or (made.kind.value, made.share, made.reason) != known:
            found.add(copy, f"{row.earlier}-{row.later}", "is not what the texts say")


def _check_incidents(connection: Connection, found: Verified) -> None:
    """Each account that counts belongs to one incident, and each summary says what it should."""
    counts = select(current.c.reading)
    open_homes: dict[int, int] = {}
    for row in connection.execute(
        select(membership.c.account, func.count().label("n"))
        .where(membership.c.until.is_(None))
        .group_by(membership.c.account)
    ):
        open_homes[row.account] = row.n
        found.n_rows += 1
        if row.n != 1:
            found.add(membership, f"of account {row.account}", "is in several incidents at once")
    # What was kept behind the last building waits for the next one, compared already or not.
    built = connection.execute(select(func.max(membership.c.since))).scalar() or 0
    housed = (
        select(account.c.number)
        .join(paired, paired.c.reading == account.c.reading)
        .join(entry, (entry.c.kind == reading.name) & (entry.c.ref == account.c.reading))
        .where(account.c.reading.in_(counts), entry.c.number <= built)
    )
    for number in connection.execute(housed).scalars():
        if number not in open_homes:
            found.add(membership, f"of account {number}", "is in no incident")
    verdicts = load_verdicts(connection)
    names = {row.number: row.id for row in connection.execute(select(incident))}
    for piece in chunks(sorted(names)):
        wanted = redraw(connection, {number: names[number] for number in piece}, verdicts)
        for table in _PER_INCIDENT:
            have: dict[int, list[str]] = {}
            for row in connection.execute(select(table).where(table.c.incident.in_(piece))):
                found.n_rows += 1
                have.setdefault(row.incident, []).append(repr(_ordered(table, row._mapping)))
            for number in piece:
                made = [repr(_ordered(table, one)) for one in wanted[table.name].get(number, [])]
                if sorted(made) != sorted(have.get(number, [])):
                    found.add(table, f"of incident {names[number]}", "is not what its reports say")


def _ordered(table: Table, row: Mapping[Any, Any]) -> list[object]:
    return [row[column.name] for column in table.c]


def _check_search(connection: Connection, found: Verified) -> None:
    if connection.dialect.name != "sqlite":
        return
    try:
        connection.execute(text("SELECT count(*) FROM document_fts WHERE document_fts MATCH 'a'"))
        broken = _is_index_broken(connection)
    except DBAPIError as error:
        broken = str(error.orig)
    if broken:
        found.add("document_fts", "index", f"does not fit the texts ({broken})")


def _is_index_broken(connection: Connection) -> str:
    """Compare the number of texts; the words are compared by the database where it may write."""
    texts = connection.execute(select(func.count()).select_from(document)).scalar()
    indexed = connection.execute(text("SELECT count(*) FROM document_fts_docsize")).scalar()
    return "" if texts == indexed else f"{indexed} of {texts} texts are indexed"
