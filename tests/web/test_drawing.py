"""Charts, maps and tables: numbers that templates draw."""

from datetime import date, timedelta

import pytest

from allegata.ledger.filters import Box
from allegata.web.asking import Asked, read_asked
from allegata.web.charts import draw_histogram
from allegata.web.document_view import Utf16
from allegata.web.maps import Dot, draw_map
from allegata.web.tables import as_csv, as_geojson, defuse


def dot(name: str, latitude: float, longitude: float, radius_km: float = 5.0, n: int = 1) -> Dot:
    return Dot(name, latitude, longitude, radius_km, n, f"place={name}")


def test_a_map_holds_every_dot_with_the_circle_around_it():
    dots = [dot("A", 36.2, 37.16, 14.0), dot("B", 35.47, 44.39, 14.0), dot("C", 33.5, 36.3, 14.0)]
    drawn = draw_map(dots, width=600, height=300)
    assert drawn is not None
    assert {one.words for one in drawn.circles} == {"A", "B", "C"}
    for one in drawn.circles:
        assert one.x - one.around >= 0 and one.x + one.around <= 600
        assert one.y - one.around >= 0 and one.y + one.around <= 300
    assert "M" in drawn.land


def test_a_circle_is_as_large_as_the_scale_says():
    drawn = draw_map([dot("A", 36.2, 37.16, 20.0)], width=600, height=300)
    assert drawn is not None
    circle = drawn.circles[0]
    assert circle.around / 20.0 == pytest.approx(drawn.bar_px / drawn.bar_km, rel=0.02)


def test_dots_under_one_finger_are_one_that_leads_closer():
    drawn = draw_map(
        [dot("A", 36.2, 37.16), dot("B", 36.21, 37.17), dot("C", 10.0, 0.0)], width=600, height=300
    )
    assert drawn is not None
    together = next(one for one in drawn.circles if "A" in one.words)
    assert together.n == 2
    assert together.query.startswith("box=")


@pytest.mark.parametrize(
    "box",
    [Box(-180, -90, 180, 90), Box(179, -5, -179, 5), Box(37, 36, 37, 36), Box(-180, 80, 180, 90)],
)
def test_any_box_can_be_drawn(box):
    drawn = draw_map([], width=600, height=300, box=box)
    assert drawn is not None
    assert drawn.bar_km >= 1


def test_nothing_to_show_is_no_map():
    assert draw_map([], width=600, height=300) is None


def test_bars_hold_every_day_but_those_far_away():
    start = date(2020, 1, 1)
    days = [(date(1950, 1, 1), 1), *((start + timedelta(days=n), 5) for n in range(100))]
    chart = draw_histogram(days, lambda first, last: f"{first}/{last}", None, None)
    assert chart is not None
    assert chart.n == 500
    assert chart.n_outside == 1
    assert sum(bar.n for bar in chart.bars) == 500
    assert len(chart.bars) <= 60


def test_offsets_count_as_scripts_count():
    text = "🕊 truce, هدنة 🕊!"
    units = Utf16(text)
    encoded = text.encode("utf-16-le")
    for start in range(len(text)):
        at = 2 * units.of(start)
        assert encoded[at:].decode("utf-16-le") == text[start:]


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|'/c calc'!A1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1",
        "＠x", '=HYPERLINK("http://evil.test")', "\n=1", "\0=1",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell):
    assert defuse(cell) == "'" + cell


@pytest.mark.parametrize("cell", [-33.5, 0, None, "", "Kirkuk", "a=b", "3 - 4", "'x"])
def test_other_cells_stay_as_they_are(cell):
    assert defuse(cell) == cell


def test_numbers_stay_numbers_and_longitude_stands_first():
    row = {"id": "i1", "latitude": -33.5, "longitude": 151.2, "title": "=1"}
    assert as_csv([row], ("latitude", "title")) == "latitude,title\r\n-33.5,'=1\r\n"
    assert '"coordinates": [151.2, -33.5]' in as_geojson([row], "head", "")


def test_an_address_holds_the_whole_state():
    pairs = [("q", "truce"), ("kind", "shelling"), ("kind", "clash"), ("from", "2020-01-02"),
             ("box", "1,2,3,4"), ("page", "3"), ("order", "date"), ("unknown", "x")]  # fmt: skip
    asked = read_asked(pairs)
    again = read_asked([tuple(pair.split("=")) for pair in
                        asked.query(page=3).replace("%2C", ",").split("&")])  # fmt: skip
    assert again == asked
    assert asked.narrows
    assert not Asked(order="date").narrows
    assert "kind=clash" not in asked.toggle("kind", "clash")
    assert "page" not in asked.toggle("kind", "clash")
