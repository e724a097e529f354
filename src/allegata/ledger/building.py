"""Building incidents: what new reports tell is put to what is known, and ids stay.

Everything here can be stopped at any moment and goes on where it was: what waits is told by what
the tables lack.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, func, insert, select, update

from allegata.incidents.clustering import Tie, cluster
from allegata.incidents.identity import Change, ChangeKind, Continued, continue_incidents
from allegata.ledger.chain import sign_row
from allegata.ledger.comparing import Known, load_features
from allegata.ledger.crowding import settle_copies, settle_ties
from allegata.ledger.loading import chunks
from allegata.ledger.opening import Ledger
from allegata.ledger.pairing import pair_readings, waiting_readings
from allegata.ledger.schema import (
    account,
    current,
    incident,
    incident_change,
    membership,
    summary,
)
from allegata.ledger.summaries import draw_summaries
from allegata.ledger.verdicts import Verdicts, load_verdicts
from allegata.ledger.webs import Web, load_webs, numbers_of
from allegata.ledger.writing import Clock, Writing, write

__all__ = ["Built", "build_incidents", "build_within", "compare_new"]

_AT_ONCE = 100

Advance = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a building came to.

    Attributes:
        n_readings: That were compared now; not those that were before.
        n_incidents: That changed or are new.
        changes: What became of which.
    """

    n_readings: int
    n_incidents: int
    changes: tuple[Change, ...]


def compare_new(ledger: Ledger, known: Known | None = None, *, clock: Clock | None = None) -> int:
    """Compare what waits, and build nothing from it yet: what follows is the same in any order.

    Args:
        ledger: Open for writing.
        known: What is remembered from one call to the next.
        clock: Gives the moment.

    Returns:
        How many readings were compared.
    """
    known = Known() if known is None else known
    n_done = 0
    while True:
        with write(ledger, clock) as writing:
            waiting = waiting_readings(writing.connection, _AT_ONCE)
            if not waiting:
                return n_done
            pair_readings(writing.connection, waiting, known)
        n_done += len(waiting)


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
    n_readings = compare_new(ledger, clock=clock)
    with write(ledger, clock) as writing:
        built = build_within(writing, advance)
    return replace(built, n_readings=n_readings + built.n_readings)


def build_within(writing: Writing, advance: Advance | None = None) -> Built:
    """As `build_incidents`, within a transaction that does more than that.

    Args:
        writing: Nothing of it may wait to be inserted.
        advance: Told how it goes.
    """
    connection = writing.connection
    n_readings = 0
    while waiting := waiting_readings(connection, _AT_ONCE):
        pair_readings(connection, waiting)
        n_readings += len(waiting)
    settle_copies(connection)
    verdicts = load_verdicts(connection)
    changes: list[Change] = []
    moved: set[str] = set()
    since, moment = writing.head.number, writing.moment()
    for web in load_webs(connection, _find_touched(connection, verdicts), verdicts):
        new = _New(connection, web, since, moment)
        for part, ties in web.components():
            continued = _continue(connection, web, part, ties, verdicts)
            new.add(continued, part)
            changes += continued.changes
        new.store()
        moved |= new.moved
    changes += _dissolve_empty(connection, since, moment)
    changed = moved | {change.incident for change in changes} | _find_undrawn(connection)
    draw_summaries(connection, sorted(changed), verdicts, advance)
    return Built(n_readings, len(changed), tuple(changes))


def _find_touched(connection: Connection, verdicts: Verdicts) -> list[int]:
    """Accounts that belong to no incident yet, or whose incident may have changed, by their ids."""
    counts = select(current.c.reading)
    open_home = (membership.c.account == account.c.number) & membership.c.until.is_(None)
    new = (
        select(account.c.number)
        .outerjoin(membership, open_home)
        .where(account.c.reading.in_(counts), membership.c.account.is_(None))
    )
    found = set(connection.execute(new).scalars())
    stale = connection.execute(
        select(membership.c.incident, membership.c.account)
        .join(account, account.c.number == membership.c.account)
        .where(membership.c.until.is_(None), account.c.reading.not_in(counts))
    ).all()
    found |= settle_ties(connection, new, sorted({row.account for row in stale}))
    for piece in chunks(sorted({row.incident for row in stale})):
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
    found |= numbers_of(connection, verdicts.fresh_accounts).keys()
    rows = connection.execute(
        select(account.c.number).order_by(account.c.id), execution_options={"yield_per": 1000}
    )
    return [number for number in rows.scalars() if number in found]


def _continue(
    connection: Connection,
    web: Web,
    part: Sequence[int],
    ties: Sequence[Tie],
    verdicts: Verdicts,
) -> Continued:
    """Group the accounts of one component, and tell which incident each group continues."""
    names = [web.names[number] for number in part]
    if len(part) == 1:
        groups: tuple[frozenset[str], ...] = (frozenset(names),)
    else:
        features = {one.account: one for one in load_features(connection, part).values()}
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

    Attributes:
        moved: Ids of incidents that an account joined or left, be it for a later reading of the
            same account, which changes nothing else but what is told.
    """

    def __init__(self, connection: Connection, web: Web, since: int, at: str) -> None:
        self.moved: set[str] = set()
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
            self._move(name, {numbers[one] for one in group})
        for change in continued.changes:
            if change.kind in (ChangeKind.MERGED, ChangeKind.DISSOLVED):
                self._move(change.incident, set())

    def _move(self, name: str, wanted: set[int]) -> None:
        number = self._ids[name]
        there = self._web.members.get(number, {})
        if there.keys() != wanted:
            self.moved.add(name)
        for one in sorted(there.keys() - wanted):
            self._closed.append(self._span(number, one, there[one], self._since))
        self._opened += [
            self._span(number, one, self._since, None) for one in sorted(wanted - there.keys())
        ]

    @staticmethod
    def _span(number: int, one: int, since: int, until: int | None) -> dict[str, object]:
        row = {"incident": number, "account": one, "since": since, "until": until}
        return sign_row(membership, row)

    def dissolve(self, number: int, name: str, accounts: Mapping[int, int]) -> Change:
        """End an incident of which no account counts any more.

        Args:
            number: Of the incident.
            name: Its id.
            accounts: Its accounts, each with the number of the entry when it joined.
        """
        change = Change(name, ChangeKind.DISSOLVED, None, 0)
        self._ids[name] = number
        self._changes.append(change)
        self._closed += [
            self._span(number, one, since, self._since) for one, since in sorted(accounts.items())
        ]
        return change

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


def _dissolve_empty(connection: Connection, since: int, at: str) -> list[Change]:
    """End incidents of which no account counts any more, so that nothing else touched them."""
    counts = select(current.c.reading)
    left: dict[tuple[int, str], dict[int, int]] = {}
    for row in connection.execute(
        select(incident.c.number, incident.c.id, membership.c.account, membership.c.since)
        .join(membership, membership.c.incident == incident.c.number)
        .join(account, account.c.number == membership.c.account)
        .where(membership.c.until.is_(None), account.c.reading.not_in(counts))
        .order_by(incident.c.number)
    ):
        left.setdefault((row.number, row.id), {})[row.account] = row.since
    new = _New(connection, Web(), since, at)
    changes = [new.dissolve(number, name, accounts) for (number, name), accounts in left.items()]
    new.store()
    return changes


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
