"""Coded incidents lie beside the right ones, what differs is told, and the ledger stays."""

import json
import subprocess
from datetime import date

import pytest

from allegata.coded import CodedIncident, lay_beside, read_rows
from allegata.errors import InputError
from allegata.exports import export
from allegata.ledger import Ledger
from benchmarks.program import command

ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,"
    "location,latitude,longitude,geo_precision,fatalities\n"
)
UCDP = "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,"
UCDP += "date_start,date_end,low,high,best\n"
AIRWARS = "unique_reference_code,date,latitude,longitude,geolocation_accuracy,strike_status,"
AIRWARS += "civilians_killed_min,civilians_killed_max,belligerent_invented-force\n"
SHELLED = (
    "IRQ{n},2021-05-{day:02},2021,1,Explosions/Remote violence,Shelling/artillery/missile attack"
)
SHELLED += ",Rebels (Iraq),Civilians (Iraq),Kirkuk,{y},44.39,1,{killed}\n"


@pytest.fixture
def ledger(filled):
    with Ledger.open(filled, read_only=True) as opened:
        yield opened


def lay(ledger, tmp_path, table):
    file = tmp_path / "table.csv"
    file.write_text(table, encoding="utf-8")
    rows = [one for one in read_rows(file) if isinstance(one, CodedIncident)]
    with ledger.reading() as connection:
        return lay_beside(connection, rows)


@pytest.mark.parametrize(
    ("killed", "numbers"),
    [("12", "within"), ("9", "within"), ("8", "below"), ("15", "above"), ("", "not coded")],
)
def test_a_row_lies_beside_its_incident_and_its_number_is_compared(
    ledger, tmp_path, killed, numbers
):
    laid = lay(ledger, tmp_path, ACLED + SHELLED.format(n=1, day=3, y=35.47, killed=killed))
    (row,) = laid.rows
    assert row.line.fields["kind"] == "shelling"
    assert row.days == 0
    assert row.numbers == numbers
    assert row.coded.actors == ("Rebels (Iraq)", "Civilians (Iraq)")


@pytest.mark.parametrize(("day", "y", "found"), [(3, 35.47, True), (6, 35.47, True),
                                                 (9, 35.47, False), (3, 33.31, False)])  # fmt: skip
def test_what_lies_days_or_miles_away_is_not_beside_it(ledger, tmp_path, day, y, found):
    laid = lay(ledger, tmp_path, ACLED + SHELLED.format(n=1, day=day, y=y, killed=12))
    assert (laid.rows[0].line is not None) == found


def test_another_sort_of_kind_is_not_beside_it(ledger, tmp_path):
    table = ACLED + (
        "IRQ1,2021-05-03,2021,1,Protests,Peaceful protest,Protesters (Iraq),,Kirkuk,35.47,44.39,1,0"
    )
    laid = lay(ledger, tmp_path, table)
    assert laid.rows[0].line is None
    assert [line.fields["kind"] for line in laid.alone] != []


def test_rows_of_ucdp_and_airwars_are_read_too(ledger, tmp_path):
    table = UCDP + "7,3,Rebels,Civilians,2,Kirkuk town,35.47,44.39,2021-05-01,2021-05-04,9,14,12\n"
    (row,) = lay(ledger, tmp_path, table).rows
    assert (row.coded.first, row.coded.last) == (date(2021, 5, 1), date(2021, 5, 4))
    assert row.line.fields["kind"] == "shelling"
    assert row.numbers == "within"
    table = AIRWARS + "X1,2021-05-03,35.47,44.39,Nearby landmark,Likely strike,3,5,1\n"
    (row,) = lay(ledger, tmp_path, table).rows
    assert row.coded.actors == ("invented force",)
    assert row.numbers == "below"


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_what_was_exported_lies_beside_itself(ledger, tmp_path, form):
    with ledger.reading() as connection:
        done = export(connection, ledger.head(connection).hash, form, tmp_path)
        rows = [one for one in read_rows(done.files[0]) if isinstance(one, CodedIncident)]
        laid = lay_beside(connection, rows)
    assert rows
    assert [row.line.id for row in laid.rows] == [row.coded.id for row in laid.rows]


@pytest.mark.parametrize(
    "wrong",
    [
        "IRQ2,soon,2021,1,Battles,Armed clash,A,B,Kirkuk,35.47,44.39,1,0",
        "IRQ2,2021-05-03,2021,1,Battles,Armed clash,A,B,Kirkuk,95,44.39,1,0",
        "IRQ2,2021-05-03,2021,1,Battles,Armed clash,A,B,Kirkuk,,,1,0",
        "IRQ2",
    ],
)
def test_a_row_that_is_none_is_told_and_the_rest_goes_on(filled, tmp_path, wrong):
    table = tmp_path / "table.csv"
    right = SHELLED.format(n=1, day=3, y=35.47, killed=12)
    table.write_text(f"{ACLED}{wrong}\n{right}", encoding="utf-8")
    with Ledger.open(filled, read_only=True) as ledger:
        before = ledger.head()
    words = command("compare", str(table), "--ledger", str(filled), "--json")
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 3
    assert "line 2" in done.stderr
    (line,) = map(json.loads, done.stdout.splitlines())
    assert line["row"] == "IRQ1"
    assert line["incident"]
    assert line["numbers"] == "within"
    with Ledger.open(filled, read_only=True) as ledger:
        assert ledger.head() == before


def test_what_is_no_table_of_incidents_is_refused(tmp_path):
    table = tmp_path / "other.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns of none"):
        list(read_rows(table))
    with pytest.raises(InputError, match="is none of acled"):
        list(read_rows(table, "gdelt"))
    with pytest.raises(InputError, match="cannot be read"):
        list(read_rows(tmp_path / "absent.csv"))
