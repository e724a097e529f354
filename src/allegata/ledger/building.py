"""Building incidents: what new reports tell is put to what is known, and ids stay.

Everything here can be stopped at any moment and goes on where it was: what waits is told by what
the tables lack.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from allegata.incidents.clustering import cluster
from allegata.incidents.identity import Change, ChangeKind, Continued, Known, continue_incidents
from allegata.ledger.chain import sign_row
from allegata.ledger.loading import chunks
from allegata.ledger.opening import Ledger
from allegata.ledger.pairing import load_features, pair_readings, waiting_readings
from allegata.ledger.schema import (
    account,
    current,
    incident,
    incident_change,
    membership,
    reading,
    report,
    summary,
    tie,
)
from allegata.ledger.summaries import draw_summaries
from allegata.ledger.verdicts import Verdicts, load_verdicts
from allegata.ledger.writing import Clock, write

__all__ = ["Built", "build_incidents"]

_AT_ONCE = 200
_NEVER = "9999-12-31"

Advance = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a building came to.

    Attributes:
        n_readings: That were compared.
        n_incidents: That changed or are new.
        changes: What became of which.
    """

    n_readings: int
    n_incidents: int
    changes: tuple[Change, ...]


def build_incidents(
    ledger: Ledger, *, clock: Clock | None = None, advance: Advance | None = None
) -> Built:
    """Put what waits to what is known.

    Args:
        ledger: Open for writing. Its result hangs on the reports alone, not on how often or in
            what portions this is called; only an id, once issued, stays with its incident.
        clock: Gives the moment of changes.
        advance: Told how it goes.

    Returns:
        What changed; nothing the second time.
    """
    n_readings = _pair_all(ledger, clock, advance)
    with write(ledger, clock) as writing:
        connection = writing.connection
        verdicts = load_verdicts(connection)
        web = _load_web(connection, verdicts)
        changes: list[Change] = []
        new = _New(connection, web, writing.head.number, writing.moment())
        for part in web.components():
            continued = _continue(connection, web, part, verdicts)
            new.add(continued, part)
            changes += continued.changes
        new.store()
        changed = {change.incident for change in changes} | _find_undrawn(connection)
        draw_summaries(connection, sorted(changed), verdicts, advance)
    return Built(n_readings, len(changed), tuple(changes))


def _pair_all(ledger: Ledger, clock: Clock | None, advance: Advance | None) -> int:
    n_done = 0
    while True:
        with write(ledger, clock) as writing:
            waiting = waiting_readings(writing.connection, _AT_ONCE)
            if not waiting:
                return n_done
            pair_readings(writing.connection, waiting)
        n_done += len(waiting)
        if advance:
            advance("comparing", n_done, n_done)


@dataclass(slots=True)
class _Web:
    """The accounts that may change sides, and what holds them together.

    Attributes:
        names: Ids of accounts by their numbers; every account that counts and hangs on a touched
            one by ties.
        days: For each when its report was published, as text; far away where unknown.
        near: Accounts that are tied to one, with weights.
        known: The incidents that they belong to, by number.
        members: The numbers of the accounts of each, with since when.
        home: For each account's id the number of its incident.
        issued: Ids issued for these accounts before that have members, by founder.
        asleep: Ids issued for these accounts before that have none, with their numbers: one that
            was merged comes back where the merging is undone.
    """

    names: dict[int, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    near: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    known: dict[int, Known] = field(default_factory=dict)
    members: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    home: dict[str, int] = field(default_factory=dict)
    issued: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    asleep: dict[str, int] = field(default_factory=dict)

    def components(self) -> Iterator[list[int]]:
        """Accounts that hang together, by their ids: no incident spans two, nor has spanned."""
        seen: set[int] = set()
        housed: dict[int, set[int]] = defaultdict(set)
        for number, name in self.names.items():
            if name in self.home:
                housed[self.home[name]].add(number)
        for start in sorted(self.names, key=lambda number: self.names[number]):
            if start in seen:
                continue
            members, stack = {start}, [start]
            while stack:
                number = stack.pop()
                home = self.home.get(self.names[number])
                together = housed.pop(home, set()) if home is not None else set()
                fresh = (self.near.get(number, {}).keys() | together) - members
                members |= fresh
                stack += fresh
            seen |= members
            yield sorted(members, key=lambda number: self.names[number])


def _load_web(connection: Connection, verdicts: Verdicts) -> _Web:
    web = _Web()
    extra = _pairs_by_number(connection, [*verdicts.joined])
    frontier = _find_touched(connection, verdicts)
    while frontier:
        _load_accounts(connection, web, frontier)
        near = _load_ties(connection, web, frontier)
        for number in frontier:
            for other in extra.get(number, ()):
                web.near[number].setdefault(other, 0.0)
                web.near[other].setdefault(number, 0.0)
                near.add(other)
        frontier = sorted(near - web.names.keys())
    _load_known(connection, web)
    return web


def _load_accounts(connection: Connection, web: _Web, numbers: Sequence[int]) -> None:
    query = (
        select(account.c.number, account.c.id, report.c.published)
        .join(reading, reading.c.number == account.c.reading)
        .join(report, report.c.number == reading.c.report)
    )
    for piece in chunks(numbers):
        for row in connection.execute(query.where(account.c.number.in_(piece))):
            web.names[row.number] = row.id
            web.days[row.id] = row.published.isoformat() if row.published else _NEVER


def _load_ties(connection: Connection, web: _Web, numbers: Sequence[int]) -> set[int]:
    near: set[int] = set()
    for piece in chunks(numbers):
        for column in (tie.c.one, tie.c.other):
            for row in connection.execute(select(tie).where(column.in_(piece))):
                web.near[row.one][row.other] = row.weight
                web.near[row.other][row.one] = row.weight
                near |= {row.one, row.other}
    return near


def _load_known(connection: Connection, web: _Web) -> None:
    """The incidents of these accounts, or of the same accounts of older readings."""
    homes: set[int] = set()
    for piece in chunks(sorted(web.names.values())):
        homes |= set(
            connection.execute(
                select(membership.c.incident)
                .join(account, account.c.number == membership.c.account)
                .where(account.c.id.in_(piece), membership.c.until.is_(None))
            ).scalars()
        )
        for one in connection.execute(_issued_for(piece)):
            if one.n_members:
                web.issued[one.founder].add(one.id)
            else:
                web.asleep[one.id] = one.number
    for piece in chunks(sorted(homes)):
        members: dict[tuple[int, str], set[str]] = defaultdict(set)
        for row in connection.execute(
            select(
                incident.c.number,
                incident.c.id,
                account.c.id.label("name"),
                membership.c.account,
                membership.c.since,
            )
            .join(membership, membership.c.incident == incident.c.number)
            .join(account, account.c.number == membership.c.account)
            .where(incident.c.number.in_(piece), membership.c.until.is_(None))
        ):
            members[row.number, row.id].add(row.name)
            web.members[row.number][row.account] = row.since
        for (number, name), ids in members.items():
            web.known[number] = Known(name, number, frozenset(ids))
            web.home |= dict.fromkeys(ids, number)


def _issued_for(founders: Sequence[str]) -> Select[tuple[int, str, str, int]]:
    """Ids that were issued for accounts, with how many members each has now."""
    here = (membership.c.incident == incident.c.number) & membership.c.until.is_(None)
    columns = (incident.c.number, incident.c.id, incident.c.founder)
    return (
        select(*columns, func.count(membership.c.account).label("n_members"))
        .outerjoin(membership, here)
        .where(incident.c.founder.in_(founders))
        .group_by(*columns)
    )


def _find_touched(connection: Connection, verdicts: Verdicts) -> list[int]:
    """Accounts that belong to no incident yet, or whose incident may have changed."""
    counts = select(current.c.reading)
    open_home = (membership.c.account == account.c.number) & membership.c.until.is_(None)
    new = (
        select(account.c.number)
        .outerjoin(membership, open_home)
        .where(account.c.reading.in_(counts), membership.c.account.is_(None))
    )
    found = set(connection.execute(new).scalars())
    stale = (
        select(membership.c.incident)
        .join(account, account.c.number == membership.c.account)
        .where(membership.c.until.is_(None), account.c.reading.not_in(counts))
    )
    for piece in chunks(sorted(set(connection.execute(stale).scalars()))):
        found |= set(
            connection.execute(
                select(membership.c.account)
                .join(account, account.c.number == membership.c.account)
                .where(
                    membership.c.incident.in_(piece),
                    membership.c.until.is_(None),
                    account.c.reading.in_(counts),
                )
            ).scalars()
        )
    return sorted(found | _numbers_of(connection, verdicts.fresh_accounts).keys())


def _numbers_of(connection: Connection, names: Iterable[str]) -> dict[int, str]:
    """Accounts that count, by their ids."""
    numbers: dict[int, str] = {}
    for piece in chunks(sorted(names)):
        rows = connection.execute(
            select(account.c.number, account.c.id)
            .join(current, current.c.reading == account.c.reading)
            .where(account.c.id.in_(piece))
        )
        numbers |= {row.number: row.id for row in rows}
    return numbers


def _pairs_by_number(
    connection: Connection, pairs: Sequence[tuple[str, str]]
) -> dict[int, set[int]]:
    wanted = {name for pair in pairs for name in pair}
    numbers = {name: number for number, name in _numbers_of(connection, wanted).items()}
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        if one in numbers and other in numbers:
            near[numbers[one]].add(numbers[other])
            near[numbers[other]].add(numbers[one])
    return near


def _continue(
    connection: Connection, web: _Web, part: Sequence[int], verdicts: Verdicts
) -> Continued:
    """Group the accounts of one component, and tell which incident each group continues."""
    names = [web.names[number] for number in part]
    if len(part) == 1:
        groups: tuple[frozenset[str], ...] = (frozenset(names),)
    else:
        features = {one.account: one for one in load_features(connection, part).values()}
        ties = [
            (web.names[one], web.names[other], weight)
            for one in part
            for other, weight in web.near[one].items()
            if one < other and weight > 0
        ]
        groups = cluster(features, ties, verdicts.joined, verdicts.parted)
    founders = [min(group, key=lambda name: (web.days[name], name)) for group in groups]
    homes = {web.home[name] for name in names if name in web.home}
    issued = {one for name in names for one in web.issued.get(name, ())}
    return continue_incidents(groups, founders, [web.known[n] for n in sorted(homes)], issued)


class _New:
    """Rows of incidents that change, gathered and stored together.

    Args:
        connection: Of a transaction that writes.
        web: What was known before.
        since: Number of the last entry.
        at: The moment.
    """

    def __init__(self, connection: Connection, web: _Web, since: int, at: str) -> None:
        self._connection = connection
        self._web = web
        self._since = since
        self._at = at
        self._next = (connection.execute(select(func.max(incident.c.number))).scalar() or 0) + 1
        self._ids = {known.id: number for number, known in web.known.items()}
        self._incidents: list[dict[str, object]] = []
        self._opened: list[dict[str, object]] = []
        self._closed: list[dict[str, object]] = []
        self._changes: list[Change] = []

    def add(self, continued: Continued, part: Sequence[int]) -> None:
        """Take in what became of one component."""
        numbers = {self._web.names[number]: number for number in part}
        for name, founder in sorted(continued.founders.items()):
            if name in self._web.asleep:
                self._ids[name] = self._web.asleep[name]
                continue
            row = {"number": self._next, "id": name, "founder": founder, "since": self._since}
            self._incidents.append(sign_row(incident, row))
            self._ids[name] = self._next
            self._next += 1
        self._changes += continued.changes
        for name, group in continued.accounts.items():
            self._move(self._ids[name], {numbers[one] for one in group})
        for change in continued.changes:
            if change.kind in (ChangeKind.MERGED, ChangeKind.DISSOLVED):
                self._move(self._ids[change.incident], set())

    def _move(self, number: int, wanted: set[int]) -> None:
        there = self._web.members.get(number, {})
        for one in sorted(there.keys() - wanted):
            self._closed.append(self._span(number, one, there[one], self._since))
        self._opened += [
            self._span(number, one, self._since, None) for one in sorted(wanted - there.keys())
        ]

    @staticmethod
    def _span(number: int, one: int, since: int, until: int | None) -> dict[str, object]:
        row = {"incident": number, "account": one, "since": since, "until": until}
        return sign_row(membership, row)

    def store(self) -> None:
        """Store what was gathered."""
        last = self._connection.execute(select(func.max(incident_change.c.number))).scalar() or 0
        changes = [
            sign_row(
                incident_change,
                {
                    "number": last + place,
                    "incident": self._ids[change.incident],
                    "change": change.kind.value,
                    "other": self._ids[change.other] if change.other else None,
                    "n_accounts": change.n_accounts,
                    "since": self._since,
                    "at": self._at,
                },
            )
            for place, change in enumerate(self._changes, 1)
        ]
        tables = (
            (incident, self._incidents),
            (membership, self._opened),
            (incident_change, changes),
        )
        if self._closed:
            close = (
                update(membership)
                .where(
                    membership.c.incident == bindparam("by_incident"),
                    membership.c.account == bindparam("by_account"),
                    membership.c.until.is_(None),
                )
                .values(until=bindparam("to_until"), hash=bindparam("to_hash"))
            )
            self._connection.execute(
                close,
                [
                    {
                        "by_incident": row["incident"],
                        "by_account": row["account"],
                        "to_until": row["until"],
                        "to_hash": row["hash"],
                    }
                    for row in self._closed
                ],
            )
        for table, rows in tables:
            if rows:
                self._connection.execute(insert(table), rows)


def _find_undrawn(connection: Connection) -> set[str]:
    """Incidents that have members and no summary."""
    query = (
        select(incident.c.id)
        .join(membership, membership.c.incident == incident.c.number)
        .outerjoin(summary, summary.c.incident == incident.c.number)
        .where(membership.c.until.is_(None), summary.c.incident.is_(None))
        .distinct()
    )
    return set(connection.execute(query).scalars())
