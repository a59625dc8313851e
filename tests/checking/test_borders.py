"""Where Sweden ends: towns and islands that are Sweden's, and those across narrow waters and land
borders that are not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from helpers.ground import borders, geography

SWEDISH = {  # longitude, latitude, and the municipality where the simplified shapes can tell it
    "Helsingborg": (12.694, 56.046, "Helsingborg"),
    "Malmö": (13.0, 55.605, "Malmö"),
    "Ven": (12.70, 55.905, None),
    "Haparanda": (24.137, 65.8355, "Haparanda"),
    "the station of Haparanda and Tornio, on the border": (24.1507, 65.8279, "Haparanda"),
    "west of the border bridge": (24.131, 65.8427, "Haparanda"),
    "Strömstad": (11.17, 58.937, "Strömstad"),
    "Nordkoster": (11.006, 58.90, None),
    "Svinesund": (11.26, 59.09, "Strömstad"),
    "Öland's southern cape": (16.40, 56.20, "Mörbylånga"),
    "Visby": (18.29, 57.63, "Gotland"),
    "Gotska Sandön": (19.23, 58.37, None),
    "Utklippan": (15.702, 55.954, None),
    "Falsterbo": (12.81, 55.375, "Vellinge"),
    "Svenska Högarna": (19.505, 59.445, None),
    "Haparanda Sandskär": (23.75, 65.57, None),
    "Pajala": (23.37, 67.21, "Pajala"),
    "Riksgränsen": (18.12, 68.425, "Kiruna"),
}
ABROAD = {
    "Copenhagen": (12.5683, 55.6761),
    "Kastrup": (12.65, 55.618),
    "Saltholm": (12.77, 55.64),
    "Helsingør": (12.592, 56.036),
    "Kronborg": (12.621, 56.039),
    "Tornio": (24.1466, 65.8481),
    "Kemi": (24.56, 65.736),
    "Halden": (11.387, 59.122),
    "Hvaler": (11.04, 59.05),
    "Eckerö": (19.53, 60.217),
    "Mariehamn": (19.94, 60.10),
    "Rønne": (14.70, 55.10),
    "Hammeren": (14.77, 55.30),
    "Kongsvinger": (12.0, 60.19),
    "Magnor": (12.2, 59.95),
    "Narvik": (17.43, 68.44),
    "Oslo": (10.75, 59.91),
    "Valassaaret": (21.07, 63.42),
    "Gdańsk": (18.65, 54.95),
}


def found(places: dict) -> tuple[list[str | None], list[bool]]:
    lon, lat = (np.array([place[i] for place in places.values()]) for i in (0, 1))
    codes = [
        one if isinstance(one, str) else None
        for one in geography.municipality_of(lon, lat)["kommun"]
    ]
    return codes, [bool(one) for one in geography.at_sea(lon, lat)]


def test_swedish_towns_and_islands_are_in_sweden():
    municipalities, sea = found(SWEDISH)
    for (name, place), municipality, at_sea in zip(
        SWEDISH.items(), municipalities, sea, strict=True
    ):
        assert municipality == place[2] and (municipality or at_sea), name


def test_towns_and_islands_across_the_border_are_not():
    municipalities, sea = found(ABROAD)
    wrong = [
        name
        for name, municipality, at_sea in zip(ABROAD, municipalities, sea, strict=True)
        if municipality or at_sea
    ]
    assert wrong == []


def test_shapes_without_a_land_border_have_none():
    gotland = geography.municipalities().query("kommun == 'Gotland'").geometry
    assert borders.land_border(gotland) is None


def test_the_lines_drawn_by_hand_lie_at_the_border(real: Path):
    """Svinesund and Torne river against the districts of the election authority: no corner on land
    lies 500 m off."""
    plain = json.loads((real / "boundaries/municipalities_with_sea.geojson").read_text("utf-8"))
    own = {"Strömstad", "Haparanda"}
    shapes = [
        shapely.from_geojson(json.dumps(one["geometry"]))
        for one in plain["features"]
        if one["properties"]["kom_namn"] in own
    ]
    lines = [shape.boundary for shape in shapes]
    for lon, lat in (
        [11.34, 59.115],
        [11.154, 59.079],
        [11.465, 58.99],
        [24.11, 65.911],
        [24.153, 65.863],
        [24.126, 65.852],
        [24.145, 65.841],
    ):
        assert min(shapely.distance(shapely.points(lon, lat), lines)) * 111_000 < 500, (lon, lat)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_neighbours_sides_hold_no_swedish_land_beyond_the_error_of_the_shapes(number: int):
    part = shapely.get_parts(borders.load().beyond)[number]
    land = geography.municipalities().to_crs("EPSG:4326").geometry.union_all()
    inner = shapely.intersection(part, land)
    assert shapely.area(inner) < 0.01 and shapely.is_valid(part)


def test_a_place_just_across_a_simplified_border_is_accused_of_nothing():
    """Two, 25 and 191 m outside, and no farther than the 2 km that the rule names."""
    import geopandas

    shapes = geography.municipalities().set_index("kommunkod").geometry
    line = shapes["1080"].boundary.intersection(shapes["1081"])
    middle, outwards = line.interpolate(0.5, normalized=True), shapes["1081"].representative_point()
    length = middle.distance(outwards)
    points = [
        shapely.Point(
            middle.x + metres * (outwards.x - middle.x) / length,
            middle.y + metres * (outwards.y - middle.y) / length,
        )
        for metres in (2, 25, 191)
    ]
    assert outwards.distance(shapes["1080"]) > 2000
    placed = geopandas.GeoSeries([*points, outwards], crs="EPSG:3006").to_crs("EPSG:4326")
    reach = geography.within_reach(placed.x.to_numpy(), placed.y.to_numpy())
    assert [" 1080" in one for one in reach] == [True, True, True, False]
    assert all(" 1081" in one for one in reach)
