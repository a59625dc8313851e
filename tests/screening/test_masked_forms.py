"""A masked version keeps positions and shapes in the forms that can hold them, tells what it loses
in the others, and hides as much in each."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pyogrio
import pytest
import shapely
import shapely.geometry

from helpers import reading
from helpers.reading.outlines import FILE
from helpers.reporting import masked
from helpers.screening import masking
from helpers.screening.masking import forms
from helpers.screening.masking.writing import Masked
from helpers.words.errors import ConfigurationError

NUMBER = "19121212-1212"  # an official test number
ROUND = [[15.5, 56.1], [15.51, 56.1], [15.51, 56.11], [15.5, 56.1]]
SQUARE = {"type": "Polygon", "coordinates": [ROUND]}
LINE = {"type": "LineString", "coordinates": [[15.5, 56.1, 7], [15.6, 56.2, 8]]}
POINT = {"type": "Point", "coordinates": [15.55, 56.15]}
ALL = pytest.mark.parametrize(
    "form",
    [
        ".geojson",
        *(pytest.param(form, marks=pytest.mark.slow) for form in (".csv", ".xlsx", ".gpkg")),
    ],
)


def features(*shapes: Any, **cells: list[Any]) -> dict[str, Any]:
    rows = [
        {name: values[i] for name, values in cells.items()} | {"id": f"A-{i}"}
        for i in range(len(shapes))
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": shape, "properties": row}
            for shape, row in zip(shapes, rows, strict=True)
        ],
    }


def masked_as(folder: Path, source: Path, form: str) -> tuple[Masked, Path]:
    work = folder / f"work{form}"
    snapshot = reading.read(source, work, outlines=True)
    target = folder / f"version{form}"
    return masking.mask(snapshot, {}, None, "annan", target, outlines=work / FILE), target


def cells(file: Path) -> list[dict[str, Any]]:
    """The rows of a version in any form, positions left out where they are no cells."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream, delimiter=";"))
    if file.suffix == ".xlsx":
        head, *rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]
    if file.suffix == ".geojson":
        return [one["properties"] for one in json.loads(file.read_text("utf-8"))["features"]]
    rows: list[dict[str, Any]] = pyogrio.read_dataframe(file, read_geometry=False).to_dict(
        "records"
    )
    return rows


def shapes(file: Path) -> list[Any]:
    return list(pyogrio.read_dataframe(file).geometry)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    source = tmp_path / "leder.geojson"
    collection = features(SQUARE, LINE, POINT, None, namn=["Å", "B", "C", "D"], antal=[1, 20, 3, 4])
    source.write_text(json.dumps(collection), "utf-8")
    return source


@pytest.mark.parametrize("form", forms.MAPS)
def test_a_map_keeps_its_shapes(tmp_path: Path, mixed: Path, form: str):
    done, file = masked_as(tmp_path, mixed, form)
    expected = [shapely.geometry.shape(SQUARE), shapely.LineString([(15.5, 56.1), (15.6, 56.2)])]
    found = shapes(file)
    assert [one.equals(other) for one, other in zip(found, expected, strict=False)] == [True, True]
    assert found[2].equals(shapely.Point(15.55, 56.15)) and found[3] is None
    assert [(row["namn"], row["antal"], row["id"]) for row in cells(file)] == [
        ("Å", 1, "A-0"),
        ("B", 20, "A-1"),
        ("C", 3, "A-2"),
        ("D", 4, "A-3"),
    ], "numbers stay numbers"
    places = done.positions
    assert places and (places.before, places.after, places.centred, places.heights) == (3, 3, 0, 1)
    said = "\n".join(masked.lines(done, "sv"))
    assert "3 av 3 positioner finns kvar" in said and "Höjden är inte med för en position" in said
    assert "Filen är en kopia" not in said


@pytest.mark.parametrize("form", [forms.CSV, forms.XLSX])
def test_a_table_has_the_centre_and_says_so(tmp_path: Path, mixed: Path, form: str):
    done, file = masked_as(tmp_path, mixed, form)
    rows = cells(file)
    assert list(rows[0]) == ["namn", "antal", "id", "latitude", "longitude"]
    where = [(float(row["latitude"]), float(row["longitude"])) for row in rows[:3]]
    assert where[1:] == [(56.15, 15.55), (56.15, 15.55)] and rows[3]["latitude"] in ("", None)
    assert done.positions and done.positions.centred == 2
    for language, words in (("sv", "2 ytor, linjer eller grupper"), ("en", "2 areas, lines or")):
        assert words in "\n".join(masked.lines(done, language))


def test_a_geopackage_stays_in_the_sources_system_and_geojson_is_in_degrees(tmp_path: Path):
    source = tmp_path / "a.geojson"
    at = {"type": "MultiPoint", "coordinates": [[530000.25, 6225000.5]]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    source.write_text(json.dumps(features(at, fid=["x"], Namn=["y"], namn=["z"]) | {"crs": crs}))
    done, file = masked_as(tmp_path, source, ".gpkg")
    assert pyogrio.read_info(file)["crs"] == "EPSG:3006"
    assert shapes(file)[0].equals(shapely.MultiPoint([(530000.25, 6225000.5)]))
    assert cells(file) == [{"fid": "x", "Namn": "y", "namn_2": "z", "id": "A-0"}]
    assert done.renamed == {"namn": "namn_2"} and "namn_2" in "\n".join(masked.lines(done, "sv"))
    _, file = masked_as(tmp_path, source, ".geojson")
    point = json.loads(file.read_text("utf-8"))["features"][0]["geometry"]["coordinates"][0]
    assert point == pytest.approx([15.484, 56.166], abs=0.01)


@ALL
def test_what_is_masked_is_masked_in_every_form(tmp_path: Path, form: str):
    """A number in a cell, in a header, and in what stands beside the cells."""
    source = tmp_path / "a.geojson"
    texts = [f"ring {NUMBER}", *["ren"] * 5]
    collection = features(*[SQUARE] * 6, text=texts, **{f"kolumn {NUMBER}": ["x"] * 6})
    source.write_text(json.dumps(collection | {"name": f"karta {NUMBER}"}), "utf-8")
    done, file = masked_as(tmp_path, source, form)
    assert [row["text"] for row in cells(file)] == ["*", *["ren"] * 5]
    assert NUMBER not in json.dumps(cells(file)) and not any(NUMBER in name for name in cells(file))
    assert NUMBER.encode() not in file.read_bytes() and done.after.content != "stopp"
    assert NUMBER not in "\n".join(masked.lines(done, "sv"))


@ALL
def test_no_map_says_where_a_home_is_whose_address_is_taken_away(tmp_path: Path, form: str):
    source = tmp_path / "a.geojson"
    homes = ["Storgatan 1 lgh 1203", *["Stadshuset"] * 5]
    source.write_text(json.dumps(features(*[SQUARE] * 6, hemadress=homes)), "utf-8")
    done, file = masked_as(tmp_path, source, form)
    assert "withhold" in [loss.step.action for loss in done.steps]
    assert done.positions and (done.positions.before, done.positions.after) == (6, 5)
    if form in forms.MAPS:
        assert [shape is None for shape in shapes(file)] == [True, *[False] * 5]
    else:
        assert [row["latitude"] in ("", None) for row in cells(file)] == [True, *[False] * 5]


@pytest.mark.parametrize("form", forms.MAPS)
def test_a_table_with_positions_becomes_a_map(tmp_path: Path, form: str):
    source = tmp_path / "a.csv"
    source.write_text("namn;latitude;longitude\nÅ;56,1;15,5\nB;;\nC;56,2;15,6\n", "utf-8")
    _, file = masked_as(tmp_path, source, form)
    assert [shape and (shape.x, shape.y) for shape in shapes(file)] == [
        (15.5, 56.1),
        None,
        (15.6, 56.2),
    ]
    assert [row["namn"] for row in cells(file)] == ["Å", "B", "C"]


def test_a_form_that_cannot_be_written_is_refused(tmp_path: Path):
    source = tmp_path / "a.csv"
    source.write_text("namn;antal\nÅ;1\n", "utf-8")
    for form, words in ((".pdf", ".csv, .xlsx, .geojson, .gpkg"), (".gpkg", "inga positioner")):
        with pytest.raises(ConfigurationError, match=words):
            masked_as(tmp_path, source, form)
        assert not (tmp_path / f"version{form}").exists()
    with pytest.raises(ConfigurationError, match="guard-formulas"):
        forms.form_of(tmp_path / "x.geojson", guard=True)


def test_without_an_ending_the_form_follows_the_source(tmp_path: Path, mixed: Path):
    table, point = tmp_path / "a.csv", tmp_path / "p.geojson"
    table.write_text("namn;antal\nÅ;1\n", "utf-8")
    point.write_text(json.dumps(features(POINT, namn=["x"])), "utf-8")
    found = [
        forms.usual(reading.read(file, tmp_path / f"usual{i}"))
        for i, file in enumerate((mixed, table, point))
    ]
    assert found == [".geojson", ".csv", ".csv"]
