"""Formats: each comes in whole by its one way, recognised from its content and not from its
name."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from shapely.geometry import LineString, MultiPoint

from helpers.words.errors import InputRefused

from . import makers
from .conftest import Reader, codes, names, repair, rows

POINTS = [(536000.0, 6225000.0), (537000.0, 6226000.0)]  # SWEREF 99 TM, Karlskrona
TABLE = [["namn", "antal"], ["Håbo", 3], ["Älvkarleby", 4]]


# --- workbooks


def test_every_sheet_is_read_and_the_largest_is_the_main_one(read: Reader):
    book = makers.xlsx(
        {
            "Läs mig": [["Om"], ["x"]],
            "Data": TABLE,
            "Koder": [["kod", "text"], ["0180", "Stockholm"]],
        }
    )
    found = read(book, "x.xlsx")
    assert [table.name for table in found.tables] == ["Data", "Läs mig", "Koder"]
    assert rows(found, "source_row, t0") == [(2, "Håbo"), (3, "Älvkarleby")]
    assert (
        rows(found, "t0, t1", found.tables[2]) == [("0180", "Stockholm")]
        and repair(found, "sheets").count == 2
    )


def test_the_declared_sheet_is_the_main_one(read: Reader):
    found = read(
        makers.xlsx({"A": TABLE, "B": [["x", "y"], ["1", "2"]]}), "x.xlsx", hints={"sheet": "B"}
    )
    assert found.main.name == "B" and names(found) == ["x", "y"]


def test_a_hidden_sheet_is_read_and_told(read: Reader):
    found = read(
        makers.xlsx({"Data": TABLE, "Dolt": [["a", "b"], ["1", "2"]]}, hidden=["Dolt"]), "x.xlsx"
    )
    assert repair(found, "hidden_sheet").column == "Dolt" and len(found.tables) == 2


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet(read: Reader):
    rows_ = [
        [],
        [],
        [None, None, "namn", "antal"],
        [None, None, "Håbo", 3],
        [None, None, "Tierp", 4],
    ]
    found = read(makers.xlsx({"Data": rows_}), "x.xlsx")
    assert found.main.header_row == 3 and names(found) == ["namn", "antal"]
    assert rows(found, "source_row, t2, t3") == [(4, "Håbo", "3"), (5, "Tierp", "4")]


def test_dates_times_and_errors_of_excel(read: Reader):
    data = [
        ["id", "dag", "tid", "v"],
        [1, dt.date(2024, 1, 31), dt.time(8, 30), "=1/0"],
        [2, dt.datetime(2024, 2, 1), None, 5],
        [3, dt.date(2024, 3, 1), None, "#N/A"],
    ]
    found = read(makers.xlsx({"Data": data}), "x.xlsx")
    assert rows(found, "t1")[0] == ("2024-01-31",) and found.main.column("dag").type == "date"
    assert repair(found, "formulas_without_value").rows == [2] and repair(
        found, "excel_errors"
    ).rows == [4]


def test_ods(read: Reader):
    found = read(makers.ods([["namn", "kod"], ["Håbo", "0305"], ["Tierp", "0360"]]), "x.ods")
    assert found.format == "ods" and rows(found, "t0, t1") == [("Håbo", "0305"), ("Tierp", "0360")]


@pytest.mark.real
def test_xls_and_ods_of_others(read: Reader, real: Path):
    for name in ("table-with-ints-floats-dates.xls", "table-with-ints-floats-dates.ods"):
        found = read(real / "bad" / "frictionless" / name)
        assert found.format == name[-3:] and rows(found, "t0, v1, v2")[0] == (
            "2013",
            3.3,
            dt.date(2009, 8, 16),
        )


def test_a_workbook_is_known_by_its_content(read: Reader):
    assert read(makers.xlsx({"Data": TABLE}), "x.csv").format == "xlsx"


# --- JSON

RECORDS = [
    {"namn": "Håbo", "kod": "0305", "läge": {"lat": 59.5, "lon": 17.5}},
    {"namn": "Tierp", "kod": "0360", "antal": 2},
]
WRAPPED = {
    "records": RECORDS,
    "entryscape": {"resultCount": 2, "offset": 0, "limit": 100, "results": RECORDS},
    "opendatasoft": {
        "nhits": 2,
        "parameters": {"rows": 10},
        "records": [
            {"datasetid": "d", "recordid": str(i), "fields": one} for i, one in enumerate(RECORDS)
        ],
    },
    "opendatasoft 2": {"total_count": 2, "results": RECORDS},
    "ckan": {
        "help": "h",
        "success": True,
        "result": {"fields": [{"id": "namn", "type": "text"}], "records": RECORDS},
    },
    "by key": {"0305": RECORDS[0], "0360": RECORDS[1]},
}


def test_a_feature_service_of_esri(read: Reader):
    features = [
        {"attributes": {"OBJECTID": i, "Namn": f"Ön {i}"}, "geometry": {"x": x, "y": y}}
        for i, (x, y) in enumerate(POINTS)
    ]
    found = read(
        json.dumps(
            {
                "geometryType": "esriGeometryPoint",
                "spatialReference": {"wkid": 3006},
                "features": features,
            }
        ),
        "x.json",
    )
    assert names(found) == ["OBJECTID", "Namn"] and found.format == "json"
    assert found.main.geometry is not None and found.main.geometry.crs == "EPSG:3006"


def test_the_system_and_the_dates_that_a_feature_service_declares(read: Reader):
    features = [
        {
            "attributes": {"Datum": 1588896000000 + i * 86400000},
            "geometry": {"x": 1734000 + i, "y": 7590000 + i},
        }
        for i in range(3)
    ]
    declared = {
        "spatialReference": {"wkid": 102100},
        "fields": [{"name": "Datum", "type": "esriFieldTypeDate"}],
    }
    found = read(json.dumps({**declared, "features": features}), "x.json")
    assert found.main.geometry is not None and found.main.geometry.crs == "EPSG:3857"
    assert rows(found, "t0, round(lon, 1), round(lat, 1)")[0] == ("2020-05-08", 15.6, 56.2)


def test_a_table_of_pxweb(read: Reader):
    columns = [
        {"code": "Region", "text": "region"},
        {"code": "Tid", "text": "år"},
        {"code": "BE", "text": "Folkmängd"},
    ]
    data = [
        {"key": ["0180", "2023"], "values": ["984748"]},
        {"key": ["1080", "2023"], "values": [".."]},
    ]
    found = read(json.dumps({"columns": columns, "data": data, "comments": []}), "x.json")
    assert names(found) == ["region", "år", "Folkmängd"] and rows(found, "t0, t2") == [
        ("0180", "984748"),
        ("1080", ".."),
    ]


@pytest.mark.parametrize("kind", WRAPPED)
def test_records_of_every_api(read: Reader, kind: str):
    found = read(json.dumps(WRAPPED[kind], ensure_ascii=False), "x.json")
    assert found.format == "json" and {"namn", "kod", "läge.lat", "antal"} <= set(names(found))
    column = found.main.column("namn").text
    assert rows(found, f"source_row, {column}") == [(1, "Håbo"), (2, "Tierp")]
    assert found.main.column("kod").type == "text"


def test_numbers_keep_their_digits(read: Reader):
    found = read('[{"a": 1.10, "b": 12345678901234567890}, {"a": 2e3, "b": 5}]', "x.json")
    assert rows(found, "t0, t1") == [("1.10", "12345678901234567890"), ("2000", "5")]


def test_a_line_for_each_record(read: Reader):
    assert rows(read('{"a": "x"}\n{"a": "y"}\n', "x.json"), "t0") == [("x",), ("y",)]


def test_lists_under_a_list_of_names(read: Reader):
    found = read('[["namn", "antal"], ["Håbo", 3], ["Tierp", null]]', "x.json")
    assert names(found) == ["namn", "antal"] and rows(found, "t0, t1") == [
        ("Håbo", "3"),
        ("Tierp", None),
    ]


def test_what_stands_after_the_end_is_told(read: Reader):
    assert repair(read('[{"a": 1}, {"a": 2}]%', "x.json"), "trailing_text").count == 1


# --- maps


@pytest.mark.parametrize(
    ("suffix", "format", "given"),
    [
        (".gpkg", "gpkg", {}),
        (".fgb", "flatgeobuf", {"SPATIAL_INDEX": "NO"}),
        (".shp", "shapefile", {"encoding": "utf-8"}),
    ],
)
def test_maps(read: Reader, tmp_path: Path, suffix: str, format: str, given: dict[str, str]):
    file = makers.layer(
        tmp_path / "karta", suffix, {"namn": ["Ångaren", "Ön"], "antal": [1, 2]}, POINTS, **given
    )
    found = read(file)
    assert found.format == format and rows(found, "t0, t1") == [("Ångaren", "1"), ("Ön", "2")]
    place = found.main.geometry
    assert place is not None and (place.crs, place.certainty, place.kind) == (
        "EPSG:3006",
        "declared",
        "point",
    )
    assert rows(found, "round(lat), x")[0] == (56, 536000.0)


def test_kml(read: Reader):
    found = read(
        '<?xml version="1.0" encoding="UTF-8"?><kml'
        ' xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Ön</name>'
        "<ExtendedData><Data"
        " name='typ'><value>bad</value></Data></ExtendedData><Point><coordinates>15.58,56.16,0</coordinates>"
        "</Point></Placemark></Document></kml>",
        "x.kml",
    )
    assert found.format == "kml" and rows(found, "lon, lat") == [(15.58, 56.16)]
    assert rows(found, found.main.column("Name").text) == [("Ön",)] and rows(
        found, found.main.column("typ").text
    ) == [("bad",)]


def test_layers_of_a_geopackage(read: Reader, tmp_path: Path):
    file = makers.layer(tmp_path / "k", ".gpkg", {"n": ["a", "b"]}, POINTS, layer="stora")
    makers.layer(
        tmp_path / "k", ".gpkg", {"m": ["c"]}, [LineString(POINTS)], layer="lilla", append=True
    )
    found = read(file)
    assert (
        len(found.tables) == 2
        and found.tables[1].geometry is not None
        and found.tables[1].geometry.kind == "line"
    )
    assert repair(found, "layers").count == 1


def test_multipoints_of_one_are_points(read: Reader, tmp_path: Path):
    file = makers.layer(
        tmp_path / "k", ".gpkg", {"n": ["a", "b"]}, [MultiPoint([one]) for one in POINTS]
    )
    found = read(file)
    assert repair(found, "multipoint_of_one").count == 2 and rows(found, "x")[0] == (536000.0,)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "cp850"])
def test_a_shapefile_without_cpg(read: Reader, tmp_path: Path, encoding: str):
    file = makers.layer(tmp_path / "k", ".shp", {"namn": ["a", "b"]}, POINTS)
    file.with_suffix(".dbf").write_bytes(
        makers.dbf(["namn", "lage"], [["Ångaren", "väst"], ["Ön", "öst"]], encoding)
    )
    file.with_suffix(".cpg").unlink()
    parts = {f"skikt/{part.name}": part.read_bytes() for part in file.parent.iterdir()}
    for found in (read(file), read(makers.archive(parts), "x.zip")):
        assert found.format == "shapefile" and rows(found, "t0, t1") == [
            ("Ångaren", "väst"),
            ("Ön", "öst"),
        ]
        assert ("encoding" in codes(found)) is (encoding != "utf-8")


def test_a_table_of_dbase_alone_is_refused_by_its_name(read: Reader):
    with pytest.raises(InputRefused) as refused:
        read(makers.dbf(["namn"], [["Ångaren"]], "cp1252"), "tavlor.dbf")
    assert refused.value.values["format"] == "dBASE"


def test_a_shapefile_without_its_projection_is_recognised_by_its_numbers(
    read: Reader, tmp_path: Path
):
    file = makers.layer(tmp_path / "k", ".shp", {"namn": ["a", "b"]}, POINTS)
    file.with_suffix(".prj").unlink()
    place = read(file).main.geometry
    assert place is not None and (place.crs, place.certainty) == ("EPSG:3006", "recognised")


def test_geojson_whose_numbers_contradict_its_system(read: Reader):
    features = [
        {"type": "Feature", "properties": {"n": i}, "geometry": {"type": "Point", "coordinates": p}}
        for i, p in enumerate(POINTS)
    ]
    found = read(json.dumps({"type": "FeatureCollection", "features": features}), "x.geojson")
    place = found.main.geometry
    assert place is not None and (place.crs, place.certainty) == ("EPSG:3006", "recognised")
    assert repair(found, "crs_contradicted").column == "EPSG:4326"


# --- archives


def test_one_table_in_an_archive_is_read(read: Reader):
    found = read(
        makers.archive({"mapp/data.csv": "a;b\n1;2\n3;4\n", "mapp/las mig.pdf": b"%PDF"}), "x.zip"
    )
    assert rows(found, "t0") == [("1",), ("3",)] and repair(found, "archive_others").count == 1


def test_a_feed_in_a_folder_of_its_archive(read: Reader):
    stops = "stop_id,stop_name,stop_lat,stop_lon\n1,Ön,56.16,15.58\n2,Ån,56.17,15.59\n"
    found = read(
        makers.archive({"gtfs/stops.txt": stops, "gtfs/agency.txt": "agency_name\nX\n"}), "x.zip"
    )
    assert found.format == "gtfs" and found.main.name == "stops" and found.main.rows == 2


def test_nothing_of_the_work_is_left(read: Reader, tmp_path: Path):
    file = makers.layer(tmp_path / "k", ".gpkg", {"n": ["a", "b"]}, POINTS)
    for found in (
        read(file),
        read(makers.xlsx({"A": TABLE, "B": TABLE}), "x.xlsx"),
        read("a;b\n\n1;HÃ¥\n"),
    ):
        left = {one.name for one in found.folder.iterdir()} - {table.path for table in found.tables}
        assert left == {"snapshot.json", "surroundings.jsonl"}  # names at least are looked at
    shutil.rmtree(tmp_path / "k")


def test_an_object_that_is_null_in_some_records_is_no_column_of_its_own(read: Reader):
    records = [
        {"id": 1, "adress": {"gata": "A"}},
        {"id": 2, "adress": None},
        {"id": 3, "adress": {"gata": "B"}},
    ]
    assert names(read(json.dumps(records), "x.json")) == ["id", "adress.gata"]


def test_a_kml_has_the_columns_that_stand_in_it(read: Reader):
    place = "<Placemark><name>Ön</name><Point><coordinates>15.58,56.16,0</coordinates></Point></Placemark>"
    found = read(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{place}</Document></kml>', "x.kml"
    )
    assert {name.lower() for name in names(found)} <= {"name", "description"}


def test_what_excel_hides_and_sheets_of_the_same_form_are_told(read: Reader):
    book = openpyxl.Workbook()
    months = [book.active, book.create_sheet("Feb"), book.create_sheet("Läs mig")]
    months[0].title = "Jan"
    for sheet, days in zip(months, (3, 5, 0), strict=True):
        sheet.append(["datum", "pris", "antal"] if days else ["Hej"])
        for day in range(days):
            sheet.append([f"2024-01-0{day + 1}", 100 + day, day])
    months[1].column_dimensions["B"].hidden = True
    months[1].row_dimensions[4].hidden = True
    data = io.BytesIO()
    book.save(data)
    found = read(data.getvalue(), "x.xlsx")
    assert found.main.name == "Feb" and found.main.rows == 5
    assert repair(found, "hidden_columns").column == "pris" and repair(
        found, "hidden_rows"
    ).rows == [4]
    assert repair(found, "sheets_alike").column == "Jan"


def test_a_header_alone_has_no_rows(read: Reader):
    assert "no_rows" in codes(read("id;namn;lat;lon\n"))


def test_a_topology_or_a_matrix_of_numbers_is_refused(read: Reader):
    arcs = [[["33289", "2723"], ["12", "5"]], [["1", "2"], ["3", "4"]]]
    for document in (
        {"type": "Topology", "objects": {"a": [{"id": 1}, {"id": 2}]}, "arcs": arcs},
        {"arcs": [[1, 2], [3, 4], [5, 6]]},
    ):
        with pytest.raises(InputRefused) as refused:
            read(json.dumps(document), "x.json")
        assert refused.value.key == "reading.no_records"


def test_a_number_with_an_exponent_in_json_and_excel(read: Reader):
    for found in (
        read(json.dumps([{"v": 1e-05}, {"v": 0.5}]), "x.json"),
        read(makers.xlsx({"A": [["v"], [1e-05], [0.5]]}), "x.xlsx"),
    ):
        assert rows(found, "v0") == [(1e-05,), (0.5,)]


def test_the_id_of_a_feature_is_a_column_where_the_properties_have_none(read: Reader):
    def document(properties: dict[str, str]) -> str:
        feature = {
            "type": "Feature",
            "id": "lekplats.7",
            "properties": properties,
            "geometry": None,
        }
        return json.dumps({"type": "FeatureCollection", "features": [feature]})

    assert rows(read(document({"namn": "Eken"}), "x.geojson"), "t0") == [("lekplats.7",)]
    assert names(read(document({"ID": "3", "namn": "Eken"}), "x.geojson")) == ["ID", "namn"]


def test_a_feature_on_each_line_is_a_map(read: Reader):
    place = {"type": "Point", "coordinates": [15.5, 56.1]}
    features = [
        {"type": "Feature", "properties": {"namn": f"B{i}"}, "geometry": place} for i in range(3)
    ]
    found = read("\n".join(map(json.dumps, features)), "x.geojsonl")
    assert names(found) == ["namn"] and found.format == "geojson" and found.main.rows == 3


@pytest.mark.parametrize("content", [";;;\n;;;\n", ",,\n", '""\n""\n'])
def test_a_file_of_empty_cells_is_empty(read: Reader, content: str):
    with pytest.raises(InputRefused) as refused:
        read(content)
    assert refused.value.key == "reading.empty"
