"""A map is the same in every format: where a shape is, and what its table says, whatever its widths
and its .cpg."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import reading
from helpers.reading import centres
from helpers.reading.snapshot import Snapshot

from . import makers

FORMATS = (".geojson", ".gpkg", ".shp", ".fgb")
east, north = (
    st.floats(14, 17).map(lambda x: round(x, 4)),
    st.floats(56, 58).map(lambda x: round(x, 4)),
)
positions = st.tuples(east, north)
polygons = st.builds(
    lambda at, wide, high: shapely.box(*at, at[0] + wide, at[1] + high),
    positions,
    st.sampled_from((0.001, 0.1, 1.5)),
    st.sampled_from((0.001, 0.1)),
)
shapes = st.one_of(
    positions.map(shapely.Point),
    st.lists(positions, min_size=2, max_size=5, unique=True).map(shapely.LineString),
    polygons,
    st.lists(polygons, min_size=2, max_size=4).map(
        lambda parts: (
            shapely.MultiPolygon([*shapely.unary_union(parts).geoms])
            if shapely.unary_union(parts).geom_type == "MultiPolygon"
            else parts[0]
        )
    ),
    st.lists(positions, min_size=2, max_size=5).map(shapely.MultiPoint),
)


def snapshot_of(file: Path) -> Snapshot:
    folder = file.parent / f"{file.name}.read"
    folder.mkdir()
    return reading.read(file, folder)


def rows(snapshot: Snapshot, columns: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(
            f"select {columns} from '{snapshot.parquet()}' order by source_row"
        ).fetchall()


@settings(max_examples=8, deadline=None)
@given(shapes)
@example(shapely.MultiPolygon([shapely.box(15, 56, 16, 56.4), shapely.box(15.5, 57, 15.51, 57.01)]))
@pytest.mark.slow
def test_a_shape_has_one_centre_in_every_format(shape: Any) -> None:
    with tempfile.TemporaryDirectory() as root:
        spots = []
        for suffix in FORMATS:
            folder = Path(root) / suffix[1:]
            file = makers.layer(folder, suffix, {"n": ["a"]}, [shape], crs="EPSG:4326")
            spots += rows(snapshot_of(file), "lon, lat")
        assert spots[0] == pytest.approx((shape.centroid.x, shape.centroid.y), abs=1e-6)
        for spot in spots[1:]:
            assert spot == pytest.approx(spots[0], abs=1e-6)


def collection(*geometries: Any) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {"n": i}, "geometry": shape}
        for i, shape in enumerate(geometries)
    ]
    return {"type": "FeatureCollection", "features": features}


RING = [[15, 56], [16, 56], [16, 57], [15, 57], [15, 56]]


@pytest.mark.parametrize(
    ("shape", "spot"),
    [
        (
            {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Point", "coordinates": [15, 56]},
                    {"type": "Polygon", "coordinates": [RING]},
                ],
            },
            (15.5, 56.5),
        ),
        ({"type": "TIN", "coordinates": [[RING[:3] + RING[:1]]]}, (15.6667, 56.3333)),
        ({"type": "Polygon", "coordinates": [RING[:-1]]}, (15.5, 56.5)),
        ({"type": "Polygon", "coordinates": [[[15, 56], [16, 56]]]}, (15.5, 56)),
        ({"type": "MultiLineString", "coordinates": [[[15, 56], [16, 56]]]}, (15.5, 56)),
        ({"type": "Point", "coordinates": [15.5, 56.5, 12.0]}, (15.5, 56.5)),
    ],
)
def test_collections_and_odd_shapes_have_a_position(
    shape: Any, spot: tuple[float, float], tmp_path: Path
) -> None:
    file = tmp_path / "karta.geojson"
    file.write_text(json.dumps(collection(shape)))
    assert rows(snapshot_of(file), "lon, lat")[0] == pytest.approx(spot, abs=1e-3)


def test_a_shape_that_does_not_read_is_told_and_one_that_is_none_is_not(tmp_path: Path) -> None:
    file = tmp_path / "karta.geojson"
    point = {"type": "Point", "coordinates": [15.5, 56.5]}
    file.write_text(
        json.dumps(
            collection(
                point, {"type": "Curve", "arc": [1]}, None, {"type": "Point", "coordinates": []}
            )
        )
    )
    told = [one for one in snapshot_of(file).repairs if one.code == "shapes_unread"]
    assert [(one.count, one.rows) for one in told] == [(1, [2])]


def test_triangles_of_well_known_binary_are_polygons() -> None:
    polygon = shapely.to_wkb(shapely.Polygon(RING[:3]))
    triangle = polygon[:1] + b"\x11\0\0\0" + polygon[5:]
    tin = polygon[:1] + b"\x10\0\0\0" + b"\1\0\0\0" + triangle
    for shape in (triangle, tin, polygon):
        assert centres.centre_of(centres.from_wkb([shape])[0]) == pytest.approx(
            (15.6667, 56.3333), abs=1e-3
        )
    assert centres.from_wkb([tin[:-3], None]) == [None, None]


def shapefile(
    folder: Path, texts: Sequence[str], encoding: str, width: int, cpg: str | None
) -> Path:
    points = [(536000 + 10 * i, 6225000) for i in range(len(texts))]
    file = makers.layer(folder, ".shp", {"n": list(range(len(texts)))}, points)
    cut = [text.encode(encoding)[:width] for text in texts]
    bare = makers.dbf(["namn"], [["x" * width] for _ in texts], "ascii", width)
    body = b"".join(b" " + cell.ljust(width) for cell in cut)
    start = len(bare) - len(body) - 1
    file.with_suffix(".dbf").write_bytes(bare[:start] + body + b"\x1a")
    file.with_suffix(".cpg").unlink()
    if cpg:
        file.with_suffix(".cpg").write_text(cpg)
    return file


words = st.lists(
    st.sampled_from(
        ("Åsgården", "Överängen", "Brå", "Ö", "Ek", "Anemonvägen 38", "Kafé Sjöboden på ön")
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None)
@given(
    texts=words,
    encoding=st.sampled_from(("utf-8", "cp1252", "cp850")),
    width=st.sampled_from((5, 9, 20, 168, 254)),
    cpg=st.sampled_from((None, "UTF-8", "1252", "ISO-8859-1", "88591", "nonsense")),
)
@example(["Anemonvägen 38"], "utf-8", 254, "UTF-8")
@example(["Åsgården", "Överängen"], "utf-8", 4, "1252")
@example(["Åsgården"], "cp1252", 20, "UTF-8")
@example(["Åsgården"], "cp850", 20, "1252")
def test_texts_of_a_shapefile_are_read_whatever_its_widths_and_its_cpg(
    texts: list[str], encoding: str, width: int, cpg: str | None
) -> None:
    cut = [text.encode(encoding)[:width].decode(encoding, "ignore") for text in texts]
    if encoding == "utf-8" and cpg != "UTF-8" and all(map(str.isascii, cut)) and cut != texts:
        return  # only halves of letters are left, which may be letters of another encoding
    with tempfile.TemporaryDirectory() as root:
        found = snapshot_of(shapefile(Path(root) / "k", texts, encoding, width, cpg))
        assert [row[0] for row in rows(found, "t0")] == [text.rstrip() for text in cut]
        told = {one.code: one.count for one in found.repairs}
        halves = sum(
            len(text.encode(encoding)[:width].decode(encoding, "replace")) > len(shown)
            for text, shown in zip(texts, cut, strict=True)
        )
        assert told.get("cut_letters", 0) == halves


def kml(folder: Path, *contents: str) -> Path:
    file = folder / "karta.kml"
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"{''.join(contents)}</Document></kml>",
        "utf-8",
    )
    return file


def placemark(name: str, *columns: tuple[str, str]) -> str:
    data = "".join(f'<SimpleData name="{key}">{value}</SimpleData>' for key, value in columns)
    extended = f'<ExtendedData><SchemaData schemaUrl="#s">{data}</SchemaData></ExtendedData>'
    point = "<Point><coordinates>15.5,56.1</coordinates></Point>"
    return f"<Placemark><name>{name}</name>{extended if columns else ''}{point}</Placemark>"


@settings(max_examples=3, deadline=None)
@given(st.lists(st.sampled_from(("Åsar", "Öar", "Älvar & åar", "layer")), max_size=6))
@example([f"Ort {i}" for i in range(55)])
@example(["Åsar", "Åsar"])
def test_all_folders_of_a_kml_are_one_table(folders: list[str]) -> None:
    inner = [
        f"<Folder><name>{name.replace('&', '&amp;')}</name>{placemark(f'p{i}')}</Folder>"
        for i, name in enumerate(folders)
    ]
    with tempfile.TemporaryDirectory() as root:
        found = snapshot_of(kml(Path(root), placemark("utanför"), *inner))
        named = [column.text for column in found.main.columns if column.name in ("folder", "Name")]
        told = {one.code: one.count for one in found.repairs}
        assert "placemarks_left" not in told and "layers_left_out" not in told
        if folders:
            expected = [(None, "utanför"), *((name, f"p{i}") for i, name in enumerate(folders))]
            assert sorted(rows(found, ", ".join(named)), key=str) == sorted(expected, key=str)
            assert told["folders"] == len(folders) + 1


@pytest.mark.parametrize("columns", [("id", "form"), ("id2", "form"), ("begin", "icon")])
def test_columns_of_a_kml_are_called_as_they_are(columns: tuple[str, str], tmp_path: Path) -> None:
    fields = "".join(f'<SimpleField name="{name}" type="string"/>' for name in columns)
    schema = f'<Schema name="s" id="s">{fields}</Schema>'
    file = kml(tmp_path, schema, placemark("a", *((name, "x") for name in columns)))
    assert [one.name for one in snapshot_of(file).main.columns][-2:] == [*columns]


@pytest.mark.parametrize("columns", [("id", "Öppet"), ("Antal platser", "Åäö (m²)")])
def test_data_of_a_kml_without_a_schema_are_called_as_they_are(
    columns: tuple[str, str], tmp_path: Path
) -> None:
    data = "".join(f'<Data name="{name}"><value>{name}!</value></Data>' for name in columns)
    place = "<Point><coordinates>15.5,56.1</coordinates></Point>"
    file = kml(tmp_path, f"<Placemark><ExtendedData>{data}</ExtendedData>{place}</Placemark>")
    found = snapshot_of(file)
    cells = {name: f"{name}!" for name in columns}
    assert {name: rows(found, found.main.column(name).text)[0][0] for name in columns} == cells
    assert "id2" not in [one.name for one in found.main.columns]


@settings(max_examples=4, deadline=None)
@given(
    st.lists(st.one_of(st.none(), shapes), min_size=1, max_size=5),
    st.sampled_from((4326, 3006, 3011)),
)
@example([None, shapely.box(15, 56, 16, 56.4)], 3006)
def test_a_geoparquet_has_the_positions_of_its_shapes(given_shapes: list[Any], system: int) -> None:
    import geopandas

    frame = geopandas.GeoDataFrame(
        {"namn": [f"Åsen {i}" for i in range(len(given_shapes))]}, geometry=given_shapes, crs=4326
    ).to_crs(system)
    with tempfile.TemporaryDirectory() as root:
        file = Path(root) / "ytor.parquet"
        frame.to_parquet(file)
        found = snapshot_of(file)
        assert [one.name for one in found.main.columns] == ["namn"]
        spots = rows(found, "lon, lat")
        if any(shape is not None for shape in given_shapes):
            centres = shapely.centroid(frame.geometry.values)
            middles = geopandas.GeoSeries(centres, crs=frame.crs).to_crs(4326)
            for spot, middle in zip(spots, middles, strict=True):
                expected = (None, None) if middle is None else (middle.x, middle.y)
                assert spot == pytest.approx(expected, abs=1e-6)


def test_names_of_a_parquet_that_differ_in_capitals_are_kept(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = tmp_path / "namn.parquet"
    pq.write_table(pa.table([["a"], ["b"], ["c"], ["d"]], names=["Namn", "namn", "NAMN", ""]), file)
    found = snapshot_of(file)
    assert [one.name for one in found.main.columns] == ["Namn", "namn", "NAMN", "kolumn_4"]
    assert rows(found, "t0, t1, t2, t3") == [("a", "b", "c", "d")]
    assert [(one.code, one.count) for one in found.repairs] == [("blank_header", 1)]


@pytest.mark.parametrize("height", ["", ", 0", ", 12.5"])
@pytest.mark.parametrize("others", ["", ", 0"])
def test_positions_in_one_cell_with_and_without_a_height(
    height: str, others: str, tmp_path: Path
) -> None:
    file = tmp_path / "bad.csv"
    lines = [f'{i};"[17.1{i}, 60.6{others}]"' for i in range(6)] + [f'9;"[16.8, 60.6{height}]"']
    file.write_text("\n".join(["id;position", *lines]) + "\n", "utf-8")
    spots = rows(snapshot_of(file), "lon, lat")
    assert spots == [*((float(f"17.1{i}"), 60.6) for i in range(6)), (16.8, 60.6)]
