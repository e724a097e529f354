"""A ledger asked in Python: the same incidents, statements and tables as on the command line."""

from datetime import date

import duckdb
import pytest

import allegata
from allegata.errors import InputError
from allegata.exports import tabulate_claims, tabulate_incidents


@pytest.fixture
def asked(ledger):
    with allegata.open_ledger(ledger.path) as opened:
        yield opened


def test_incidents_come_one_by_one_as_they_are_asked_for(asked):
    every = list(asked.incidents())
    assert len({one.id for one in every}) == len(every) > 20
    some = list(asked.incidents(kind=("shelling", "air_strike"), place="Aleppo"))
    assert {one.id for one in some} < {one.id for one in every}
    assert some[0] == asked.incident(some[0].id[:8])
    assert [one.id for one in asked.incidents(position="denies")]
    assert list(asked.incidents(first=date(2031, 1, 1))) == []
    boxed = {one.id for one in asked.incidents(box=(35.0, 33.0, 43.0, 38.0))}
    assert boxed == {one.id for one in asked.incidents(box="35,33,43,38")}


def test_statements_hold_their_words_and_who_says_them(asked):
    told = list(asked.statements(place="Aleppo"))
    assert told
    for one in told:
        reading = asked.report(one.by.report)
        assert one.passage.words(reading.document.text) == one.words
        assert one.holder.name


def test_search_finds_reports(asked):
    hits = asked.search('"tear gas"', limit=5)
    assert hits
    assert all(
        any(hit.snippet[start:end].lower() == "tear gas" for start, end in hit.marks)
        for hit in hits
    )


@pytest.mark.parametrize(
    ("asking", "told"),
    [
        ({"kind": "war"}, "kind 'war'"),
        ({"grade": "sure"}, "grade 'sure'"),
        ({"box": (1.0, 2.0, 3.0, 400.0)}, "box"),
        ({"colour": "red"}, "cannot be asked for"),
    ],
)
def test_what_cannot_be_asked_for_is_told(asked, asking, told):
    with pytest.raises(InputError, match=told):
        list(asked.incidents(**asking))
    with pytest.raises(InputError, match="is the id of no report"):
        asked.report("r00000000")


def test_tables_hold_the_same_rows_in_every_library(asked):
    for frame in (tabulate_incidents(asked), tabulate_claims(asked)):
        polars = frame.to_polars()
        assert polars.columns[: len(frame.columns)] == list(frame.columns)
        assert polars.select(frame.columns).to_dicts() == [dict(row) for row in frame]
        arrow_rows = frame.to_arrow()  # noqa: F841 (DuckDB finds it by its name)
        assert duckdb.sql("SELECT count(*) FROM arrow_rows").fetchall() == [(len(frame),)]
    assert all(row["affirmed_by"] for row in tabulate_incidents(asked))


def test_pandas_and_geopandas_have_the_same_rows_and_points(asked):
    frame = tabulate_incidents(asked)
    table = frame.to_pandas()
    assert list(table.columns) == list(frame.columns)
    assert list(table["affirmed_by"]) == [row["affirmed_by"] for row in frame]
    on_map = frame.to_geopandas()
    placed = [row for row in frame if row["latitude"] is not None]
    assert [(point.x, point.y) for point in on_map.geometry] == [
        (row["longitude"], row["latitude"]) for row in placed
    ]
    assert on_map.crs.to_epsg() == 4326
    assert len(placed) < len(frame)


def test_a_library_that_is_not_there_is_named(asked, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(InputError, match="pip install geopandas"):
        tabulate_incidents(asked).to_geopandas()
