"""Incidents by the words of the reports that tell of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Select,
    any_,
    bindparam,
    cast,
    column,
    func,
    select,
    text,
)

from allegata.ledger.packing import text_of
from allegata.ledger.schema import (
    account,
    current,
    document,
    incident,
    membership,
    report,
    summary,
)
from allegata.ledger.searching import Query, cut_around, match_of

__all__ = ["Found", "WithWords", "incidents_with_words"]

_HITS = text("SELECT rowid FROM document_fts WHERE document_fts MATCH :words")
"""Numbers of the texts that hold words, in a ledger that is a file."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in one report of an incident.

    Attributes:
        report: Its id.
        publisher: Or None.
        snippet: Words of the text around the first find.
        marks: Where in the snippet the words stand.
        offset: Where in the text the snippet begins.
    """

    report: str
    publisher: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    offset: int


class WithWords:
    """Incidents of which a report tells that holds all words of a query: looked for once.

    Args:
        connection: That reads a ledger.
        query: Not empty.
    """

    def __init__(self, connection: Connection, query: Query) -> None:
        self.connection, self.query = connection, query

    @cached_property
    def numbers(self) -> Sequence[int]:
        """Of the rows of the incidents."""
        found = self._memberships().with_only_columns(membership.c.incident).distinct()
        return sorted(self.connection.execute(found).scalars().all())

    @cached_property
    def documents(self) -> Sequence[int]:
        """Numbers of the texts that hold all words."""
        if self._is_sqlite:
            words = match_of(self.query, is_sqlite=True)
            return self.connection.execute(_HITS, {"words": words}).scalars().all()
        found = select(document.c.number).where(self._matches())
        return self.connection.execute(found).scalars().all()

    @property
    def condition(self) -> ColumnElement[bool]:
        """For a query that selects from `summary`."""
        listed = json.dumps(self.numbers)
        if self._is_sqlite:
            each = func.json_each(listed).table_valued("value", name="found")
            return summary.c.incident.in_(select(each.c.value))
        numbers = func.string_to_array(listed.strip("[]"), ", ")
        return summary.c.incident == any_(cast(numbers, ARRAY(Integer)))

    def find(self, incidents: Sequence[str]) -> dict[str, Found]:
        """Where the words stand: in the first report of each incident that holds them."""
        query = (
            self._memberships()
            .join(incident, incident.c.number == membership.c.incident)
            .where(incident.c.id.in_(list(incidents)))
            .with_only_columns(
                incident.c.id.label("incident"),
                report.c.id.label("report"),
                report.c.publisher,
                document.c.text,
                document.c.exact,
            )
            .order_by(report.c.published, report.c.id)
        )
        found: dict[str, Found] = {}
        for row in self.connection.execute(query):
            if row.incident not in found:
                cut = cut_around(text_of(row.text, row.exact), self.query)
                found[row.incident] = Found(row.report, row.publisher, *cut)
        return found

    def _memberships(self) -> Select[tuple[int]]:
        return (
            select(membership.c.incident)
            .join(account, account.c.number == membership.c.account)
            .join(current, current.c.reading == account.c.reading)
            .join(report, report.c.number == current.c.report)
            .join(document, document.c.number == report.c.document)
            .where(membership.c.until.is_(None), self._matches())
        )

    def _matches(self) -> ColumnElement[bool]:
        words: Any = bindparam("words", match_of(self.query, is_sqlite=self._is_sqlite))
        if self._is_sqlite:
            return document.c.number.in_(_HITS.bindparams(words).columns(column("rowid")))
        vector = func.to_tsvector(text("'simple'"), document.c.folded)
        matches: ColumnElement[bool] = vector.op("@@")(func.to_tsquery(text("'simple'"), words))
        return matches

    @property
    def _is_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"


def incidents_with_words(connection: Connection, query: Query) -> WithWords:
    """Incidents of which a report tells that holds all words of a query."""
    return WithWords(connection, query)
