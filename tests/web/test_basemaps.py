"""A map file of one's own under the maps: everything lies where it is, and borders stay away."""

import re
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from allegata.errors import InputError
from allegata.ledger.filters import Box
from allegata.web.app import make_app
from allegata.web.basemaps import Basemap
from allegata.web.maps import Dot, draw_map
from tests.web.mapped import ISLAND, write_pictures, write_vectors

BOX = Box(34.0, 33.0, 40.0, 38.0)
WIDTH, HEIGHT = 720, 600


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    return write_vectors(tmp_path_factory.mktemp("maps") / "island.pmtiles")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return write_pictures(tmp_path_factory.mktemp("maps") / "island.pmtiles")


def points(path):
    return [tuple(map(float, one)) for one in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


@pytest.mark.parametrize("box", [BOX, Box(33.0, 34.5, 38.0, 38.0), Box(-20.0, 0.0, 80.0, 70.0)])
def test_vector_tiles_lie_where_they_are(vectors, box):
    drawn = Basemap(vectors).draw(box, WIDTH, HEIGHT)
    assert drawn.has_land
    found = points(drawn.land)
    for longitude, latitude in ISLAND:
        x = (longitude - box.west) / (box.east - box.west) * WIDTH
        y = (box.north - latitude) / (box.north - box.south) * HEIGHT
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            assert min(abs(x - px) + abs(y - py) for px, py in found) < 1.5


def test_roads_are_drawn_and_borders_are_not(vectors):
    drawn = Basemap(vectors).draw(BOX, WIDTH, HEIGHT)
    ys = {round(y) for _, y in points(drawn.lines)}
    assert ys == {round((38.0 - 35.5) / 5.0 * HEIGHT)}


@pytest.mark.parametrize("box", [BOX, Box(-60.0, -60.0, 120.0, 80.0)])
def test_pictures_lie_where_they_are(pictures, box):
    strips = Basemap(pictures).draw(box, WIDTH, HEIGHT).strips
    assert strips
    for strip in strips:
        zoom, x, _ = map(int, strip.href.split("/")[2:])
        west = x / (1 << zoom) * 360 - 180
        assert strip.x == pytest.approx((west - box.west) / (box.east - box.west) * WIDTH, abs=0.1)
    ordered = sorted((one.y, one.height) for one in strips if one.href == strips[0].href)
    for (y, height), (below, _) in pairwise(ordered):
        assert y + height == pytest.approx(below, abs=0.5)


def test_the_page_shows_it_and_names_it(pictures, vectors, filled):
    with TestClient(make_app(filled, basemap=vectors)) as client:
        page = client.get("/").text
        assert 'class="lines"' in page
        assert "Map: island.pmtiles (Invented Survey)" in page
        assert client.get("/tiles/3/4/3").status_code == 404  # vector tiles are never sent
    with TestClient(make_app(filled, basemap=pictures)) as client:
        page = client.get("/").text
        shown = re.findall(r'href="(/tiles/\d+/\d+/\d+)"', page)
        assert shown
        held = client.get("/tiles/6/38/25")
        assert held.headers["content-type"] == "image/png"
        assert held.content.startswith(b"\x89PNG")
        assert 200 in {client.get(path).status_code for path in shown}
        for path in ("/tiles/6/0/0", "/tiles/99/0/0", "/tiles/3/-1/0", "/tiles/x/0/0"):
            assert client.get(path).status_code in (404, 422)
    with TestClient(make_app(filled)) as client:
        assert client.get("/tiles/0/0/0").status_code == 404
        assert "Natural Earth" in client.get("/").text


def test_circles_lie_over_any_map(vectors):
    dots = [Dot("Somewhere", 35.5, 37.0, 5.0, 1)]
    plain = draw_map(dots, width=WIDTH, height=HEIGHT, box=BOX)
    over = draw_map(dots, width=WIDTH, height=HEIGHT, box=BOX, basemap=Basemap(vectors))
    assert over.circles == plain.circles
    assert over.land == ""
    assert plain.base is None


def test_a_damaged_tile_is_a_hole_in_the_map(tmp_path):
    for name, tile in (("cut", b"\x1f\x8b\x08"), ("none", b""), ("noise", bytes(range(256)))):
        path = write_vectors(tmp_path / f"{name}.pmtiles", tile=tile)
        assert Basemap(path).draw(BOX, WIDTH, HEIGHT).land == ""


def test_what_is_no_map_is_refused(tmp_path, filled):
    whole = write_vectors(tmp_path / "whole.pmtiles").read_bytes()
    for name, data in (("empty", b""), ("text", b"a report"), ("cut", whole[:100])):
        path = tmp_path / f"{name}.pmtiles"
        path.write_bytes(data)
        with pytest.raises(InputError, match=r"no \.pmtiles file|cannot be read"):
            make_app(filled, basemap=path)
    with pytest.raises(InputError, match="cannot be read"):
        make_app(filled, basemap=tmp_path / "absent.pmtiles")
