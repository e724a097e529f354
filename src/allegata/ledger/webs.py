"""What hangs together: accounts that may change sides, with their ties and their incidents."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Select, func, select

from allegata.incidents.clustering import Tie
from allegata.incidents.identity import Known
from allegata.ledger.loading import chunks
from allegata.ledger.schema import account, current, incident, membership, reading, report, tie
from allegata.ledger.verdicts import Verdicts

__all__ = ["Web", "load_webs", "numbers_of"]

_AT_ONCE = 2000
_NEVER = "9999-12-31"


@dataclass(slots=True)
class Web:
    """The accounts that may change sides, and what holds them together.

    Attributes:
        names: Ids of accounts by their numbers; every account that counts and hangs on a touched
            one by ties.
        days: For each when its report was published, as text; far away where unknown.
        ones, others, weights: Their ties, each once, by the numbers of the two.
        known: The incidents that they belong to, by number.
        members: The numbers of the accounts of each, with since when.
        home: For each account's id the number of its incident.
        issued: Ids issued for these accounts before that have members, by founder.
        asleep: Ids issued for these accounts before that have none, with their numbers: one that
            was merged comes back where the merging is undone.
    """

    names: dict[int, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    ones: "array[int]" = field(default_factory=lambda: array("q"))
    others: "array[int]" = field(default_factory=lambda: array("q"))
    weights: "array[float]" = field(default_factory=lambda: array("d"))
    known: dict[int, Known] = field(default_factory=dict)
    members: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    home: dict[str, int] = field(default_factory=dict)
    issued: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    asleep: dict[str, int] = field(default_factory=dict)

    def add(self, one: int, other: int, weight: float) -> None:
        """A tie that was not there before."""
        self.ones.append(one)
        self.others.append(other)
        self.weights.append(weight)

    def components(self) -> Iterator[tuple[list[int], list[Tie]]]:
        """Accounts that hang together, by their ids, with their ties.

        No incident spans two, nor has spanned.
        """
        roots = self._find_roots()
        members: dict[int, list[int]] = defaultdict(list)
        for number in sorted(self.names, key=self.names.__getitem__):
            members[roots[number]].append(number)
        places: dict[int, array[int]] = defaultdict(lambda: array("q"))
        for place, one in enumerate(self.ones):
            places[roots[one]].append(place)
        for root, numbers in members.items():
            ties = [
                (self.names[self.ones[n]], self.names[self.others[n]], self.weights[n])
                for n in places.pop(root, ())
                if self.weights[n] > 0
            ]
            yield numbers, ties

    def _find_roots(self) -> dict[int, int]:
        """For each account one that stands for all that it hangs together with."""
        roots = {number: number for number in self.names}

        def find(number: int) -> int:
            while roots[number] != number:
                roots[number] = roots[roots[number]]
                number = roots[number]
            return number

        for one, other in zip(self.ones, self.others, strict=True):
            roots[find(one)] = find(other)
        first: dict[int, int] = {}
        for number, name in self.names.items():
            home = self.home.get(name)
            if home is not None:
                roots[find(number)] = find(first.setdefault(home, number))
        return {number: find(number) for number in roots}


def load_webs(connection: Connection, touched: Sequence[int], verdicts: Verdicts) -> Iterator[Web]:
    """Load what hangs together with accounts, a part at a time so that memory stays small.

    Args:
        connection: Of a transaction that writes.
        touched: Numbers of accounts.
        verdicts: What people decided.

    Yields:
        Webs that have nothing in common and no tie from one to another. What is stored meanwhile
        about the accounts of one does not matter to the next.
    """
    extra = _pairs_by_number(connection, [*verdicts.joined])
    seen: set[int] = set()
    for place in range(0, len(touched), _AT_ONCE):
        start = [number for number in touched[place : place + _AT_ONCE] if number not in seen]
        if start:
            web = _load_web(connection, start, extra)
            seen |= web.names.keys()
            yield web


def _load_web(connection: Connection, start: Sequence[int], extra: Mapping[int, set[int]]) -> Web:
    web = Web()
    frontier = start
    while frontier:
        _load_accounts(connection, web, frontier)
        near = _load_ties(connection, web, frontier)
        for number in frontier:
            for other in extra.get(number, ()):
                near.add(other)
                if number < other:
                    web.add(number, other, 0.0)
        near |= _load_known(connection, web, [web.names[number] for number in frontier])
        frontier = sorted(near - web.names.keys())
    return web


def _load_accounts(connection: Connection, web: Web, numbers: Sequence[int]) -> None:
    query = (
        select(account.c.number, account.c.id, report.c.published)
        .join(reading, reading.c.number == account.c.reading)
        .join(report, report.c.number == reading.c.report)
    )
    for piece in chunks(numbers):
        for row in connection.execute(query.where(account.c.number.in_(piece))):
            web.names[row.number] = row.id
            web.days[row.id] = row.published.isoformat() if row.published else _NEVER


def _load_ties(connection: Connection, web: Web, numbers: Sequence[int]) -> set[int]:
    """Load ties; as each account is asked for once, each tie comes once from its first."""
    near: set[int] = set()
    for piece in chunks(numbers):
        for row in connection.execute(select(tie).where(tie.c.one.in_(piece))):
            web.add(row.one, row.other, row.weight)
            near.add(row.other)
        near |= set(connection.execute(select(tie.c.one).where(tie.c.other.in_(piece))).scalars())
    return near


def _load_known(connection: Connection, web: Web, names: Sequence[str]) -> set[int]:
    """The incidents of accounts, or of the same accounts of older readings.

    Returns:
        Numbers of the accounts that these incidents have and that count.
    """
    homes: set[int] = set()
    for piece in chunks(sorted(names)):
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
    found: set[str] = set()
    for piece in chunks(sorted(homes - web.known.keys())):
        members: dict[tuple[int, str, str], set[str]] = defaultdict(set)
        for row in connection.execute(
            select(
                incident.c.number,
                incident.c.id,
                incident.c.founder,
                account.c.id.label("name"),
                membership.c.account,
                membership.c.since,
            )
            .join(membership, membership.c.incident == incident.c.number)
            .join(account, account.c.number == membership.c.account)
            .where(incident.c.number.in_(piece), membership.c.until.is_(None))
        ):
            members[row.number, row.id, row.founder].add(row.name)
            web.members[row.number][row.account] = row.since
        for (number, name, founder), ids in members.items():
            web.known[number] = Known(name, number, frozenset(ids), founder)
            web.home |= dict.fromkeys(ids, number)
            found |= ids
    return set(numbers_of(connection, found)) if found else set()


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


def numbers_of(connection: Connection, names: Iterable[str]) -> dict[int, str]:
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
    numbers = {name: number for number, name in numbers_of(connection, wanted).items()}
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        if one in numbers and other in numbers:
            near[numbers[one]].add(numbers[other])
            near[numbers[other]].add(numbers[one])
    return near
