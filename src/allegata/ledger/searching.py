"""Full-text search over the folded copies of all texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    column,
    func,
    literal,
    select,
    text,
)
from sqlalchemy import table as light_table

from allegata.ledger.filters import Filters
from allegata.ledger.folding import fold, fold_with_places
from allegata.ledger.loading import chunks
from allegata.ledger.narrowing import narrow_reports
from allegata.ledger.packing import text_of
from allegata.ledger.schema import document, location, report

__all__ = ["Hit", "Query", "cut_around", "find_spans", "match_of", "parse_query", "search"]

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_AROUND = 70
_MOST_TERMS = 32


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every term must stand in a text.

    Attributes:
        terms: Words in a row, folded; the last may be the beginning of a word.
    """

    terms: tuple[tuple[tuple[str, ...], bool], ...]

    def __bool__(self) -> bool:
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class Hit:
    """A report in which words were found.

    Attributes:
        report: Its id.
        number: Of its row.
        title: Or None.
        publisher: Or None.
        published: The day, or None.
        uri: Where it was found first.
        snippet: Words of the text around the first find.
        marks: Where in the snippet the words stand, as `(start, end)`.
        offset: Where in the text the snippet begins.
    """

    report: str
    number: int
    title: str | None
    publisher: str | None
    published: date | None
    uri: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    offset: int


def parse_query(words: str) -> Query:
    """Read what a person typed.

    Words in quotation marks stand in a row; a star at the end of a word stands for any ending;
    everything else is looked for as it is written, whatever it would mean to a database.

    Args:
        words: Anything.

    Returns:
        An empty query where there is no word in it.
    """
    terms = []
    for quoted, plain in _TOKEN.findall(words.replace("\0", " "))[:_MOST_TERMS]:
        piece = quoted or plain
        row = tuple(_WORD.findall(fold(piece)))
        if row:
            terms.append((row, piece.rstrip('"').endswith("*")))
    return Query(tuple(terms))


def search(
    connection: Connection,
    query: Query,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
) -> tuple[list[Hit], int]:
    """Find reports, the best first.

    Args:
        connection: That reads a ledger.
        query: An empty one finds every report that the filters let through, the newest first.
        filters: What else must hold.
        limit: The most hits that are given.
        offset: How many are passed over.

    Returns:
        Hits, and how many there are in all.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    base, rank = _ask(query, is_sqlite=is_sqlite)
    base = narrow_reports(base, filters or Filters())
    values = {"words": match_of(query, is_sqlite=is_sqlite)} if query else {}
    total = connection.execute(select(func.count()).select_from(base.subquery()), values).scalar()
    rows = connection.execute(
        base.order_by(rank, report.c.published.desc(), report.c.id).limit(limit).offset(offset),
        values,
    )
    found = [row.number for row in rows]
    return _show(connection, found, query), int(total or 0)


def _show(connection: Connection, numbers: Sequence[int], query: Query) -> list[Hit]:
    """Reports with the words around the first find."""
    other = location.alias()
    first = select(func.min(other.c.number)).where(other.c.report == report.c.number)
    asked = (
        select(
            report.c.number,
            report.c.id,
            report.c.title,
            report.c.publisher,
            report.c.published,
            document.c.text,
            document.c.exact,
            location.c.uri,
        )
        .join(document, document.c.number == report.c.document)
        .outerjoin(location, location.c.number == first.scalar_subquery())
    )
    hits = {}
    for piece in chunks(numbers):
        for row in connection.execute(asked.where(report.c.number.in_(piece))):
            snippet, marks, start = cut_around(text_of(row.text, row.exact), query)
            hits[row.number] = Hit(
                row.id, row.number, row.title, row.publisher, row.published,
                row.uri or "", snippet, marks, start,
            )  # fmt: skip
    return [hits[number] for number in numbers]


def _ask(query: Query, *, is_sqlite: bool) -> tuple[Select[tuple[int]], ColumnElement[object]]:
    """Numbers of reports, and by what they are put in order. Texts are fetched of few only."""
    base = select(report.c.number)
    if not query:
        return base, literal(1)
    if is_sqlite:
        words = light_table("document_fts", column("rowid"), column("rank"))
        condition = text("document_fts MATCH :words")
        return base.join(words, words.c.rowid == report.c.document).where(condition), words.c.rank
    vector = func.to_tsvector(text("'simple'"), document.c.folded)
    asked = func.to_tsquery(text("'simple'"), bindparam("words"))
    found = base.join(document, document.c.number == report.c.document)
    return found.where(vector.op("@@")(asked)), -func.ts_rank(vector, asked)


def match_of(query: Query, *, is_sqlite: bool) -> str:
    """The query in the language of the database; every word of the user's is a literal in it."""
    if is_sqlite:
        return " AND ".join(
            '"' + " ".join(row) + '"' + (" *" if prefix else "") for row, prefix in query.terms
        )
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in row) + (":*" if prefix else "") + ")"
        for row, prefix in query.terms
    )


def cut_around(whole: str, query: Query) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The words around the first find, and where the finds stand in them."""
    folded, places = fold_with_places(whole)
    finds = sorted(_find(folded, query))[:200]
    first = places[finds[0][0]] if finds else 0
    start = max(0, first - _AROUND)
    end = min(len(whole), first + 2 * _AROUND)
    while start > 0 and not whole[start - 1].isspace():
        start -= 1
    while end < len(whole) and not whole[end].isspace():
        end += 1
    marks = []
    for begin, stop in finds:
        here, there = places[begin], places[stop - 1] + 1
        if start <= here and there <= end:
            marks.append((here - start, there - start))
    return whole[start:end], tuple(dict.fromkeys(marks)), start


def find_spans(whole: str, query: Query) -> tuple[tuple[int, int], ...]:
    """Where the words of a query stand in a text, in order."""
    folded, places = fold_with_places(whole)
    finds = sorted(_find(folded, query))[:500]
    return tuple(dict.fromkeys((places[begin], places[stop - 1] + 1) for begin, stop in finds))


def _find(folded: str, query: Query) -> Iterator[tuple[int, int]]:
    for row, prefix in query.terms:
        pattern = r"(?<![^\W_])" + _gaps(row) + ("" if prefix else r"(?![^\W_])")
        for found in re.finditer(pattern, folded):
            yield found.start(), found.end()


def _gaps(row: Sequence[str]) -> str:
    return r"[\W_]+".join(map(re.escape, row))
