"""Where a place lies: municipalities with their sea, towns and islands on both sides of borders,
and the tolerance that the rules name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from helpers.ground import geography

SWEDISH = {  # longitude, latitude, municipality
    "Helsingborg": (12.694, 56.046, "Helsingborg"),
    "Rydebäck": (12.777, 55.966, "Helsingborg"),
    "Malmö": (13.0, 55.605, "Malmö"),
    "Ven": (12.70, 55.905, "Landskrona"),
    "Haparanda": (24.137, 65.8355, "Haparanda"),
    "the station of Haparanda and Tornio, on the border": (24.1507, 65.8279, "Haparanda"),
    "west of the border bridge": (24.131, 65.8427, "Haparanda"),
    "Strömstad": (11.17, 58.937, "Strömstad"),
    "Nordkoster": (11.006, 58.90, "Strömstad"),
    "Svinesund": (11.26, 59.09, "Strömstad"),
    "Öland's southern cape": (16.40, 56.20, "Mörbylånga"),
    "Visby": (18.29, 57.63, "Gotland"),
    "Gotska Sandön": (19.23, 58.37, "Gotland"),
    "Utklippan": (15.702, 55.954, "Karlskrona"),
    "Falsterbo": (12.81, 55.375, "Vellinge"),
    "Svenska Högarna": (19.505, 59.445, "Norrtälje"),
    "Haparanda Sandskär": (23.75, 65.57, "Haparanda"),
    "Pajala": (23.37, 67.21, "Pajala"),
    "Riksgränsen": (18.12, 68.425, "Kiruna"),
    "the open sea, ten nautical miles out": (15.6, 55.9, "Karlskrona"),
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
    "Vienna": (16.37, 48.21),
    "the Arabian Sea, where swapped coordinates lead": (56.16, 15.59),
    "nowhere": (np.nan, np.nan),
}


def found(places: dict) -> list[str | None]:
    lon, lat = (np.array([place[i] for place in places.values()]) for i in (0, 1))
    return [
        one if isinstance(one, str) else None
        for one in geography.municipality_of(lon, lat)["kommun"]
    ]


def test_swedish_towns_islands_and_waters_lie_in_their_municipality():
    said = dict(zip(SWEDISH, found(SWEDISH), strict=True))
    assert said == {name: place[2] for name, place in SWEDISH.items()}


def test_towns_and_islands_across_the_border_are_abroad():
    assert [name for name, lies in zip(ABROAD, found(ABROAD), strict=True) if lies] == []


def across(code: str, other: str, *metres: float) -> tuple[np.ndarray, np.ndarray]:
    """Points in degrees so far inside ``other``, straight across the middle of the longest stretch
    of the border that the two share."""
    from pyproj import Transformer

    shapes = geography.municipalities().set_index("kommunkod").geometry
    lines = shapely.line_merge(shapes[code].boundary.intersection(shapes[other].boundary))
    pieces = [
        piece
        for line in shapely.get_parts(lines)
        for piece in zip(line.coords[:-1], line.coords[1:], strict=True)
    ]
    (x, y), (x2, y2) = max(pieces, key=lambda piece: np.hypot(*np.subtract(*piece)))
    along = np.hypot(x2 - x, y2 - y)
    side = np.array([y - y2, x2 - x]) / along
    middle = np.array([x + x2, y + y2]) / 2
    if not shapes[other].contains(shapely.Point(middle + 10 * side)):
        side = -side
    placed = np.array([middle + metre * side for metre in metres])
    back = Transformer.from_crs("EPSG:3006", "EPSG:4326", always_xy=True)
    return back.transform(placed[:, 0], placed[:, 1])


@pytest.mark.parametrize(("code", "other"), [("1080", "1081"), ("1283", "1292"), ("0128", "0127")])
def test_a_hundred_metres_across_a_border_nothing_is_accused_and_farther_on_it_is(code, other):
    reach = geography.within_reach(*across(code, other, 2, 25, 95, 130, 500))
    assert [f" {code}" in one for one in reach] == [True, True, True, False, False]
    assert all(f" {other}" in one for one in reach)


def test_the_land_of_a_municipality_lies_in_it_and_its_neighbours_share_its_border():
    borders, land = geography.municipalities(), geography.land()
    assert list(borders["kommunkod"]) == list(land["kommunkod"])[:-1]
    assert shapely.coverage_is_valid(borders.geometry.to_numpy())
    own = land.geometry.to_numpy()[:-1]
    outside = shapely.area(shapely.difference(own, shapely.buffer(borders.geometry.to_numpy(), 90)))
    assert outside.sum() < 1000
    assert (
        len(shapely.get_parts(own[list(land["kommunkod"]).index("1080")])) == 51
    )  # with its islands


def test_another_map_of_municipalities_may_be_named(real: Path, monkeypatch: pytest.MonkeyPatch):
    file = real / "boundaries" / "municipalities_with_sea.geojson"
    monkeypatch.setenv("DATAKOLLEN_MUNICIPALITIES", str(file))
    shapes = geography.municipalities()
    assert len(shapes) == 290 and found({"Malmö": SWEDISH["Malmö"]}) == ["Malmö"]


@pytest.mark.parametrize(
    ("file", "code", "crs", "count"),
    [
        ("places/helsingborg_playgrounds.geojson", "1283", "EPSG:4326", 197),
        ("places/helsingborg_toilets.geojson", "1283", "EPSG:4326", 44),
        ("art/malmo_public_art.geojson", "1280", "EPSG:3008", 193),
    ],
)
def test_no_real_place_is_said_to_lie_outside_its_municipality(
    real: Path, file: str, code: str, crs: str, count: int
):
    plain = json.loads((real / file).read_text("utf-8-sig"))
    shapes = [shapely.from_geojson(json.dumps(one["geometry"])) for one in plain["features"]]
    corners = shapely.get_coordinates(shapely.centroid(np.array(shapes)))
    lon, lat = geography.to_wgs84(corners[:, 0], corners[:, 1], crs)
    reach = geography.within_reach(lon, lat)
    assert len(reach) == count and [one for one in reach if f" {code}" not in one] == []


def test_the_bathing_places_of_blekinge_lie_in_blekinge(real: Path):
    """Each in the municipality that the register gives it to."""
    plain = json.loads((real / "places/sweden_bathing_places_2016.json").read_text("utf-8-sig"))
    rows = [row for row in plain["Badplatser"] if row.get("C8") and row.get("C9") == "Blekinge"]
    lon, lat = (np.array([float(row[axis]) for row in rows]) for axis in ("C10", "C8"))
    assert list(geography.municipality_of(lon, lat)["kommun"]) == [row["C7"] for row in rows]
    assert len(rows) == 57
