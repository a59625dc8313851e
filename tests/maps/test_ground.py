"""The ground of maps: as fine as their scale, small on the page, islands drawn, neighbours told
apart."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
import shapely
from tests.borders import towns

from helpers.drawing import ground, page, places, still
from helpers.drawing.map import Map


def steps(line: list[int]) -> np.ndarray:
    """The corners of a line of the page, as its script reads them."""
    return np.cumsum(np.array(line).reshape(-1, 2), axis=0) / 1e4


def test_the_archipelago_of_karlskrona_is_drawn():
    around = ground.around(ground.bounds("1080"), "1080")
    own = around.areas[around.areas["kommunkod"] == "1080"]
    assert list(own["near"]) == [True] and around.areas["near"].sum() == 1
    assert len(shapely.get_parts(own.geometry.iloc[0])) > 40
    aspo, fjord = shapely.Point(15.543, 56.108), shapely.Point(15.60, 56.12)
    assert own.geometry.iloc[0].contains(aspo) and not around.areas.contains(fjord).any()
    assert own.geometry.iloc[0].boundary.distance(shapely.union_all(around.own)) < 1e-6


@pytest.mark.parametrize(("area", "most"), [("10", 300_000), (None, 450_000), ("1280", 250_000)])
def test_the_ground_of_a_page_is_small(area: str | None, most: int):
    data = page._ground(Map("m", "", "", "", area=area))
    assert len(json.dumps(data)) < most
    assert {name for name, _ in data["areas"]} <= {"abroad", "far", "near"}
    ring = steps(data["areas"][-1][1][0][0])
    assert (ring[0] == ring[-1]).all()
    assert (ring > [10, 54]).all() and (ring < [25, 70]).all()


def test_neighbours_have_land_and_leave_no_gap_to_it():
    around = ground.around(ground.bounds("1730"), "1730")
    shapes = np.array([*around.areas.geometry, *around.abroad], dtype=object)
    land = shapely.union_all(
        shapely.make_valid(shapely.clip_by_rect(shapes, 11.8, 59.4, 12.7, 60.2))
    )
    magnor, eda = (12.2, 59.95), (12.32, 59.9)
    assert not around.areas.contains(shapely.Point(magnor)).any()
    assert around.areas.contains(shapely.Point(eda)).any()
    # shapes meet to a few centimetres
    assert land.buffer(1e-5).contains(shapely.LineString([magnor, eda]))


def test_the_page_names_whose_land_it_is_drawn_on():
    for language, name in (("sv", "OpenStreetMaps bidragsgivare"), ("en", "OpenStreetMap contrib")):
        made = page.page(Map("m", "M", "", "", area="1083", language=language))
        credit = re.search(r"©[^<]*", made.split('id="map-status"')[1])
        assert credit and name in credit[0] and "Lantmäteriet" in credit[0]


def test_the_view_holds_what_lies_near_and_counts_what_lies_far_off():
    lon = np.array([15.5, 15.6, 15.7, 16.4, 18.0, 0.0])
    lat = np.array([56.2, 56.2, 56.3, 56.6, 67.0, 0.0])
    view, far = places._view(lon, lat, "1080")
    assert far == 2 and view == pytest.approx((15.5, 56.2, 16.4, 56.6))
    assert places._view(lon[-1:], lat[-1:], "1080") == (None, 0)
    assert places._view(lon[-1:], lat[-1:], None) == (None, 0)


def test_towns_are_those_around_the_largest_first():
    named = ground.towns(ground.bounds("10"))
    sizes = [size for *_, size in named]
    assert sizes == sorted(sizes, reverse=True)
    assert {"Karlskrona", "Jämjö", "Malmö", "Luleå"} <= {name for name, *_ in named}
    small = [(lon, lat) for _, lon, lat, size in named if size < ground.LARGE]
    assert len(small) > 50 and all(13 < lon < 17.5 and 55 < lat < 57.5 for lon, lat in small)
    assert len(json.dumps(page._ground(Map("m", "", "", "", area="10"))["towns"])) < 15_000


def test_places_are_named_in_swedish():
    common = {"longitude": 11.9667, "latitude": 57.7072, "alternatenames": ["Or", "Ör"]}
    places = {
        "1": common | {"name": "Gothenburg", "population": 600_000, "countrycode": "SE"},
        "2": common | {"name": "Or", "population": 700, "countrycode": "SE"},
        "3": common | {"name": "Tollarp1", "population": 800, "countrycode": "SE"},
        "4": common | {"name": "Oslo", "population": 700_000, "countrycode": "NO"},
    }
    assert towns.rows(places) == [
        ("Göteborg", "11.967", "57.707", 600_000),
        ("Ör", "11.967", "57.707", 700),
    ]


@pytest.mark.parametrize("area", ["1080", "10", pytest.param(None, marks=pytest.mark.slow)])
def test_names_on_a_still_picture_lie_apart(area: str | None):
    figure = still._figure(Map("m", "Karta", "", "", area=area))
    renderer = figure.canvas.get_renderer()
    named = [
        text
        for text in figure.axes[0].texts
        if text.get_text() and not text.get_text().endswith("km")
    ]
    boxes = [text.get_window_extent(renderer) for text in named]
    assert len(named) > 3 and not any(
        one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i]
    )
    assert area is None or "Karlskrona" in {text.get_text() for text in named}
