"""Positions: every Swedish system, declared or recognised; kept as they were and as EPSG:4326
beside."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from pyproj import Transformer

from helpers.ground import geography, systems

from .conftest import Reader, codes, repair, rows

# Places of four organisations: lon, lat, by municipality or area code
AREAS = {
    "10": [
        (15.58, 56.17),
        (15.30, 56.20),
        (14.86, 56.17),
        (15.65, 56.10),
        (15.10, 56.25),
    ],  # Blekinge
    "1480": [
        (11.97, 57.70),
        (12.00, 57.72),
        (11.90, 57.68),
        (11.94, 57.75),
        (12.03, 57.71),
    ],  # Göteborg
    "0380": [
        (17.64, 59.86),
        (17.60, 59.90),
        (17.70, 59.80),
        (17.66, 59.95),
        (17.75, 59.88),
    ],  # Uppsala
    "2580": [
        (22.15, 65.58),
        (22.10, 65.60),
        (22.00, 65.65),
        (22.20, 65.70),
        (21.90, 65.80),
    ],  # Luleå
}
ZONE_OF = {"10": "EPSG:3009", "1480": "EPSG:3007", "0380": "EPSG:3011", "2580": "EPSG:3017"}


def projected(points: Sequence[tuple[float, float]], crs: str) -> list[tuple[float, float]]:
    """East and north in ``crs``, to a millimetre."""
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(
        *zip(*points, strict=True)
    )
    return [(round(a, 3), round(b, 3)) for a, b in zip(x, y, strict=True)]


def table(
    points: Sequence[tuple[float, float]],
    names: tuple[str, str] = ("x_koord", "y_koord"),
    *,
    comma: bool = True,
) -> str:
    """A CSV in Swedish order: X is north."""
    lines = [f"p{i};{north};{east}" for i, (east, north) in enumerate(points)]
    text = "\n".join([";".join(["namn", *names]), *lines, ""])
    return text.replace(".", ",") if comma else text


def near(found: object, points: Sequence[tuple[float, float]], degrees: float = 1e-6) -> bool:
    return bool(np.allclose(np.array(found, dtype=float), np.array(points), atol=degrees))


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("system", ["EPSG:3006", "EPSG:3021", "zone"])
def test_every_system_in_swedish_order(read: Reader, system: str, area: str):
    crs = ZONE_OF[area] if system == "zone" else system
    found = read(table(projected(AREAS[area], crs)), area=area)
    place = found.main.geometry
    assert place is not None and (place.crs, place.certainty) == (crs, "recognised")
    assert place.columns == ["y_koord", "x_koord"] and near(rows(found, "lon, lat"), AREAS[area])


@pytest.mark.parametrize("code", geography.ZONES)
def test_each_of_the_twelve_zones_declared(read: Reader, code: int):
    points = [(geography.ZONES[code] + d, 63.0 + d) for d in (0.01, 0.02, 0.03)]
    found = read(table(projected(points, f"EPSG:{code}")), hints={"crs": f"EPSG:{code}"})
    place = found.main.geometry
    assert place is not None and (place.crs, place.certainty) == (f"EPSG:{code}", "declared")
    assert near(rows(found, "lon, lat"), points)


def test_a_zone_without_a_place_is_not_guessed(read: Reader):
    found = read(table(projected(AREAS["10"], "EPSG:3009")))
    assert found.main.geometry is None and repair(found, "crs_unknown").column == "y_koord, x_koord"


def test_a_zone_in_a_county_of_several_is_not_guessed(read: Reader):
    found = read(table(projected(AREAS["2580"], "EPSG:3017")), area="25")
    assert found.main.geometry is None and "crs_unknown" in codes(found)


@pytest.mark.parametrize(
    "names",
    [
        ("latitud", "longitud"),
        ("Latitude", "Longitude"),
        ("lat", "lng"),
        ("WGS84 N", "WGS84 E"),
        ("x", "y"),
        ("Nord", "Öst"),
        ("stop_lat", "stop_lon"),
    ],
)
def test_degrees_under_every_name(read: Reader, names: tuple[str, str]):
    found = read(table(AREAS["10"], names))
    assert found.main.geometry is not None and found.main.geometry.crs == "EPSG:4326"
    assert near(rows(found, "lon, lat"), AREAS["10"])


@pytest.mark.parametrize(
    "cell",
    [
        "{lat}, {lon}",
        "{lat} {lon}",
        "({lat};{lon})",
        "POINT({lon} {lat})",
        "POINT Z ({lon} {lat} 0)",
        '{{"type": "Point", "coordinates": [{lon}, {lat}]}}',
        "{north},{east}",
        "{east} {north}",
    ],
)
def test_both_numbers_in_one_cell(read: Reader, cell: str):
    metres = projected(AREAS["10"], "EPSG:3006")
    cells = [
        cell.format(lon=lon, lat=lat, east=e, north=n)
        for (lon, lat), (e, n) in zip(AREAS["10"], metres, strict=True)
    ]
    cells = ['"' + one.replace('"', '""') + '"' for one in cells]
    found = read("namn\tplats\n" + "".join(f"p{i}\t{one}\n" for i, one in enumerate(cells)))
    assert (
        near(rows(found, "lon, lat"), AREAS["10"])
        and repair(found, "pair_in_one_cell").column == "plats"
    )


def test_both_numbers_in_one_cell_with_decimal_commas(read: Reader):
    cells = [f"{lat}, {lon}".replace(".", ",").replace(",,", ",") for lon, lat in AREAS["10"]]
    found = read("namn\tplats\n" + "".join(f"p{i}\t{one}\n" for i, one in enumerate(cells)))
    assert near(rows(found, "lon, lat"), AREAS["10"])


def test_two_numbers_that_are_no_place_are_left(read: Reader):
    found = read("namn\tmått\n" + "".join(f"p{i}\t{i + 3}, {i + 5}\n" for i in range(9)))
    assert found.main.geometry is None


def test_columns_without_names_are_found_by_their_numbers(read: Reader):
    found = read(
        table(
            [(lon + i * 0.01234, lat + i * 0.00123) for lon, lat in AREAS["10"] for i in range(3)],
            ("C8", "C10"),
        )
    )
    assert (
        repair(found, "positions_by_numbers").column == "C10, C8"
        and found.main.geometry is not None
    )


def test_shares_and_ages_are_no_places(read: Reader):
    lines = "".join(f"p{i};{56 + i * 0.311:.3f};{12 + i * 0.173:.3f}\n" for i in range(30))
    found = read("namn;andel;ålder\n" + lines)
    place = found.main.geometry
    assert place is None, "most of them land in the sea or in Norway"


def test_several_systems_side_by_side(read: Reader):
    tm, rt = projected(AREAS["10"], "EPSG:3006"), projected(AREAS["10"], "EPSG:3021")
    lines = [
        f"p{i};{n1};{e1};{n2};{e2};{lat};{lon}"
        for i, ((lon, lat), (e1, n1), (e2, n2)) in enumerate(zip(AREAS["10"], rt, tm, strict=True))
    ]
    found = read(
        "namn;Xkoord;Ykoord;Sweref99N;Sweref99E;Latitud;Longitud\n" + "\n".join(lines) + "\n"
    )
    place = found.main.geometry
    assert (
        place is not None and place.crs == "EPSG:4326" and place.columns == ["Longitud", "Latitud"]
    )
    assert place.beside == ["EPSG:3021 (Ykoord, Xkoord)", "EPSG:3006 (Sweref99E, Sweref99N)"]
    assert repair(found, "several_systems").count == 2


def test_a_zone_is_known_by_the_degrees_beside_it(read: Reader):
    local = projected(AREAS["10"], "EPSG:3010")
    lines = [
        f"p{i};{north};{east};{lat};{lon}"
        for i, ((lon, lat), (east, north)) in enumerate(zip(AREAS["10"], local, strict=True))
    ]
    found = read("namn;lokal_N;lokal_E;Latitud;Longitud\n" + "\n".join(lines) + "\n")
    assert found.main.geometry is not None
    assert found.main.geometry.beside == ["EPSG:3010 (lokal_E, lokal_N)"]


def geojson(points: Sequence[tuple[float, float]], crs: str | None = None) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"n": f"p{i}"},
            "geometry": {"type": "Point", "coordinates": list(p)},
        }
        for i, p in enumerate(points)
    ]
    declared = (
        {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{crs}"}}}
        if crs
        else {}
    )
    return json.dumps({"type": "FeatureCollection", **declared, "features": features})


def test_a_map_with_north_first_is_placed_right_and_told(read: Reader):
    north_first = [(n, e) for e, n in projected(AREAS["10"], "EPSG:3006")]
    found = read(geojson(north_first, "3006"), "x.geojson")
    assert near(rows(found, "lon, lat"), AREAS["10"]) and repair(found, "swapped_axes").count == 5
    assert rows(found, "x")[0][0] > 6_000_000, "kept as it was"


def test_degrees_with_axes_swapped_are_left_to_the_rule_that_names_the_rows(read: Reader):
    found = read(geojson([(lat, lon) for lon, lat in AREAS["10"]]), "x.geojson")
    assert near(
        rows(found, "lon, lat"), [(lat, lon) for lon, lat in AREAS["10"]]
    ) and "swapped_axes" not in codes(found)


def test_other_countries_are_left_where_they_are(read: Reader):
    oslo = [(10.75, 59.91), (10.80, 59.95), (10.70, 59.90)]
    found = read(geojson(projected(oslo, "EPSG:25832"), "25832"), "x.geojson")
    assert (
        found.main.geometry is not None
        and found.main.geometry.crs == "EPSG:25832"
        and near(rows(found, "lon, lat"), oslo)
    )


def test_a_row_without_a_position_is_counted(read: Reader):
    found = read(
        table(AREAS["10"]).replace("namn;x_koord;y_koord\n", "namn;latitud;longitud\nutan;;\n")
    )
    assert (
        found.main.geometry is not None
        and found.main.geometry.without == 1
        and rows(found, "lat")[0] == (None,)
    )


def test_a_latency_is_no_latitude(read: Reader):
    found = read(
        "longitud;avg_lat_ms;latitud\n"
        + "".join(f"{15.5 + i / 100};{20 + i};{56.1 + i / 100}\n" for i in range(9))
    )
    assert found.main.geometry is not None and found.main.geometry.columns == [
        "longitud",
        "latitud",
    ]


def test_half_a_position_is_none(read: Reader):
    found = read(
        "latitud;longitud\n"
        + "".join(f"{56.1 + i / 100};{15.5 + i / 100}\n" for i in range(9))
        + ";15.6\n56.2;\n"
    )
    assert found.main.geometry is not None and found.main.geometry.without == 2
    assert [
        row for row in rows(found, "x is null, y is null, lon is null, lat is null") if any(row)
    ] == [(True,) * 4] * 2


def test_a_map_without_a_system_whose_numbers_are_no_degrees_is_of_an_unknown_one(read: Reader):
    features = [
        {
            "type": "Feature",
            "properties": {"namn": f"T {i}"},
            "geometry": {"type": "Point", "coordinates": [187000 + i * 90, 6226000 + i * 75]},
        }
        for i in range(8)
    ]
    found = read(json.dumps({"type": "FeatureCollection", "features": features}), "x.geojson")
    assert "crs_unknown" in codes(found)
    assert found.main.geometry is not None and found.main.geometry.crs == "unknown"
    metres, nowhere = np.array([187000.0, 187090.0]), np.full(2, np.nan)
    looks = [
        systems.look_like(metres, metres + 6.04e6, nowhere, nowhere, crs).tolist()
        for crs in ("unknown", "EPSG:4326")
    ]
    assert looks[0] == [None, None] and looks[1] != looks[0], (
        "of an unknown system no point is in another"
    )


def test_positions_under_the_letters_of_their_axes(read: Reader):
    found = read(
        "namn;Koordinat N;Koordinat E\n"
        + "".join(f"A{i};{6229487 + i * 10};{517120 + i * 12}\n" for i in range(6))
    )
    assert found.main.geometry is not None and found.main.geometry.crs == "EPSG:3006"


def test_degrees_and_minutes_are_no_pair(read: Reader):
    found = read("namn;N;E\n" + "".join(f"B{i};56 10.{i}23;15 35.{i}11\n" for i in range(9)))
    assert found.main.geometry is None and "pair_in_one_cell" not in codes(found)


def test_a_column_of_latitudes_that_are_no_numbers_keeps_its_type_and_names_every_row(read: Reader):
    found = read("namn;lat;long\n" + "".join(f"B{i};56.123.4{i}5;15.567.8{i}9\n" for i in range(9)))
    assert (found.main.column("lat").type, found.main.column("lat").unparsed) == ("decimal", 9)


SQUARE = "((15.5 56.1, 15.52 56.1, 15.52 56.12, 15.5 56.12, 15.5 56.1))"
AREA = {
    "type": "Polygon",
    "coordinates": [[[12.7, 56.0], [12.9, 56.0], [12.9, 56.2], [12.7, 56.0]]],
}


@pytest.mark.parametrize(
    ("cells", "kind", "crs", "first", "told"),
    [
        ([f"POLYGON {SQUARE}", f"polygon{SQUARE}"], "polygon", 4326, (15.51, 56.11), "shapes"),
        ([f"MULTIPOLYGON ({SQUARE})", ""], "polygon", 4326, (15.51, 56.11), "shapes"),
        (["LINESTRING Z (15.5 56.1 3, 15.6 56.1 4)"], "line", 4326, (15.55, 56.1), "shapes"),
        (
            ["GEOMETRYCOLLECTION (POINT (9 9), LINESTRING (15.5 56.1, 15.6 56.1))"],
            "mixed",
            4326,
            (15.55, 56.1),
            "shapes",
        ),
        (
            ["SRID=3006;POINT ZM (536000 6225000 1 2)", "SRID=3006;POINT(536000 6225000)"],
            "point",
            3006,
            (15.5798, 56.1686),
            "pair",
        ),
        (["0101000020BE0B000000000000805B2041000000001ABF5741"], "point", 3006, None, "pair"),
        ([json.dumps(AREA)], "polygon", 4326, (12.8333, 56.0667), "shapes"),
        ([str(AREA)], "polygon", 4326, (12.8333, 56.0667), "shapes"),
        ([json.dumps({"type": "Feature", "geometry": AREA})], "polygon", 4326, None, "sh"),
        (['{"lat": 56.1, "lon": 15.5}'], "point", 4326, (15.5, 56.1), "pair"),
        (["POINT (56.1 15.5)", "POINT (56.2 15.6)"], "point", 4326, (15.5, 56.1), "pair"),
        (["56.1, 15.5", "56.2, 15.6, 0", "56.3, 15.6"], "point", 4326, (15.5, 56.1), "pair"),
        ([f"POLYGON {SQUARE}"] * 12 + ["POLYGON ((15.5"], "polygon", 4326, None, "shapes"),
    ],
)
def test_a_shape_in_a_cell_has_the_centre_that_a_map_gives_it(
    read: Reader,
    cells: list[str],
    kind: str,
    crs: int,
    first: tuple[float, float] | None,
    told: str,
):
    quoted = [cell.replace('"', '""') for cell in cells]
    found = read("id;form\n" + "".join(f'{i};"{cell}"\n' for i, cell in enumerate(quoted)))
    geometry = found.main.geometry
    assert geometry is not None and (geometry.kind, geometry.crs) == (kind, f"EPSG:{crs}")
    assert geometry.columns == ["form"]
    lon, lat = rows(found, "lon, lat")[0]
    assert first is None or (round(lon, 4), round(lat, 4)) == first
    assert any(code.startswith(told) for code in codes(found))
    if len(cells) > 12:
        assert repair(found, "shapes_unread").rows == [14] and geometry.without == 1


def test_cells_of_other_systems_and_collections_without_end_give_no_position(read: Reader):
    deep = "GEOMETRYCOLLECTION (" * 100_000
    cells = ["SRID=3006;POINT(536000 6225000)"] * 30 + ["SRID=3021;POINT(1500000 6225000)"]
    cells += [deep, "CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))"]
    found = read("id;form\n" + "".join(f'{i};"{cell}"\n' for i, cell in enumerate(cells)))
    assert found.main.geometry is not None and found.main.geometry.without == 3
    assert repair(found, "srid_differs").rows == [32]
    assert repair(found, "shapes_unread").rows == [33, 34]


def test_a_zone_is_settled_by_the_county_where_a_neighbour_holds_the_points(read: Reader):
    text = "id;N;E\n" + "".join(f"{i};{6606300 + i * 37};{123400 + i * 41}\n" for i in range(8))
    for area, certainty in (("0305", "recognised"), ("03", "recognised"), ("0360", "assumed")):
        geometry = read(text, area=area).main.geometry
        assert geometry is not None
        assert (geometry.crs, geometry.certainty) == ("EPSG:3011", certainty)
    assert read(text, area="1480").main.geometry is None
