"""Words are found however they are spelt, and what a person types is looked for as it stands."""

import pytest
from sqlalchemy import text

from allegata.documents import read_text
from allegata.ledger.filters import Filters
from allegata.ledger.folding import fold, fold_with_places
from allegata.ledger.searching import parse_query, search
from allegata.ledger.writing import write
from tests.ledger.made import keep


def found(ledger, words, filters=None):
    with ledger.reading() as connection:
        hits, total = search(connection, parse_query(words), filters)
        assert total == len(hits)
        return hits


@pytest.mark.parametrize(
    "words",
    ["al-Khalidiye", "who's", "NEAR(a b", '"', "*", "AND", "-x", "col : x", "()", "a\0b", "]", "'",
     "a & b", "a | !b", "x:*", "<->", "\\", "%", "_", "x" * 5000, "(" * 300],
)  # fmt: skip
def test_nothing_that_is_typed_is_an_error(ledger, readings, words):
    keep(ledger, readings["radio"])
    found(ledger, words)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("al-Khalidiye", "Al Khalidiye"),
        ("al‑Khalidiyé", "al-khalidiye"),
        ("الخالديّة", "الخالدية"),
        ("الأنبار", "الانبار"),
        ("Şanlıurfa", "sanlıurfa"),
        ("O’Neill’s", "oneills"),
        ("中文新闻", "中文"),
        ("ＦＵＬＬ", "full"),
        ("Straße", "strasse"),
    ],
)
def test_spellings_are_one(ledger, written, asked):
    with write(ledger) as writing:
        writing.add_report(read_text(f"There, {written} was named by the mayor."))
        writing.add_report(read_text("Nothing of it is named here by anybody."))
    (hit,) = found(ledger, f'"{asked}"')
    start, end = hit.marks[0]
    assert hit.snippet[start:end].strip() in written or written in hit.snippet[start:end]


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("market", 4),
        ("MARKET Kirkuk", 4),
        ("market Lagos", 0),
        ('"market of Kirkuk"', 4),
        ('"Kirkuk of market"', 0),
        ("shell*", 4),
        ("shell", 0),
    ],
)
def test_words_rows_and_beginnings(ledger, readings, words, n):
    keep(ledger, *readings.values())
    assert len(found(ledger, words)) == n


@pytest.mark.parametrize(
    ("filters", "n"),
    [
        (Filters(outlets=("valley",)), 2),
        (Filters(kinds=("protest",)), 1),
        (Filters(kinds=("shelling",), outlets=("delta",)), 1),
        (Filters(place="Lagos"), 1),
        (Filters(country="IQ"), 4),
        (Filters(sources=("university",)), 1),
        (Filters(actors=("rebels",), kinds=("protest",)), 0),
    ],
)
def test_filters_without_words(ledger, readings, filters, n):
    keep(ledger, *readings.values())
    assert len(found(ledger, "", filters)) == n


def test_snippets_point_into_the_text(ledger, readings):
    keep(ledger, readings["post"])
    (hit,) = found(ledger, "doctor")
    whole = readings["post"].document.text
    assert whole[hit.offset :].startswith(hit.snippet)
    start, end = hit.marks[0]
    assert hit.snippet[start:end] == "doctor"


def test_search_tables_are_found_by_others(file_ledger, readings):
    keep(file_ledger, readings["radio"])
    with file_ledger.reading() as connection:
        sql = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name = 'document_fts'")
        ).scalar()
        rows = connection.execute(
            text(
                "SELECT number FROM document WHERE number IN"
                " (SELECT rowid FROM document_fts WHERE document_fts MATCH 'market')"
            )
        ).scalars()
        assert list(rows) == [1]
    assert 'content="document"' in sql


@pytest.mark.parametrize("words", ["plain words", "al-Khalidiyé ﬁn İ ß 中", "\u0651\u200d", ""])
def test_places_of_folded_characters(words):
    folded, places = fold_with_places(words)
    assert folded == fold(words)
    assert len(folded) == len(places)
    assert places == sorted(places)
