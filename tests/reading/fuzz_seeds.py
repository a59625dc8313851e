"""The small good files that the fuzzer breaks, by kind. Synthetic all of them."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from tests.reading import makers

TABLE = "id;namn;datum;belopp;lat;lon\n" + "".join(
    f"{i};Håbo {i};2024-01-{i % 28 + 1:02};1 2{i % 90 + 10},50;56,1{i};15,5{i}\n" for i in range(40)
)


def _geojson() -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"namn": f"Ön {i}", "antal": i, "när": "2024-01-31"},
            "geometry": {"type": "Point", "coordinates": [15.5 + i / 100, 56.1]},
        }
        for i in range(12)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}}
    return json.dumps(
        {"type": "FeatureCollection", "crs": crs, "features": features}, ensure_ascii=False
    ).encode()


def _gtfs() -> bytes:
    return makers.archive(
        {
            "agency.txt": (
                "agency_id,agency_name,agency_url,agency_timezone\n1,X,http://x.se,Europe/Stockholm\n"
            ),
            "stops.txt": (
                "stop_id,stop_name,stop_lat,stop_lon\n"
                + "".join(f"{i},Ön {i},56.1{i},15.5{i}\n" for i in range(20))
            ),
            "routes.txt": "route_id,agency_id,route_short_name,route_type\n1,1,7,700\n",
            "trips.txt": "route_id,service_id,trip_id\n1,1,1\n",
            "stop_times.txt": (
                "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n1,25:00:00,25:00:00,1,1\n"
            ),
            "calendar.txt": (
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
            ),
        }
    )


def _xlsx() -> bytes:
    rows = [
        ["Rapport"],
        [],
        ["id", "namn", "datum", "belopp"],
        *([i, f"Håbo {i}", f"2024-01-{i + 1:02}", i * 1.5] for i in range(20)),
    ]
    return makers.xlsx({"Data": rows, "Koder": [["kod", "text"], ["0180", "Stockholm"]]})


def _rich_xlsx() -> bytes:
    """A workbook with what stands beside its cells: comments, links, names, formats, merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in (["id", "namn", "dag", "summa"], *([i, f"Ek {i}", None, "=A2*2"] for i in range(9))):
        sheet.append(row)
    for n in range(2, 9):
        sheet.cell(n, 3, dt.date(2024, 1, n)).number_format = "yyyy-mm-dd"
    sheet["A2"].comment = Comment("En anteckning", "Någon")
    sheet["B2"].hyperlink = "https://exempel.example/a"
    sheet.merge_cells("E1:F1")
    sheet.oddHeader.center.text = "Sidhuvud"
    rule = DataValidation("list", formula1='"ja,nej"', promptTitle="Svara", prompt="ja")
    rule.add("B2:B9")
    sheet.add_data_validation(rule)
    book.defined_names["Namn"] = DefinedName("Namn", attr_text="Data!$A$1:$B$9")
    book.properties.title = "Titel"
    book.create_sheet("Gömt").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _gpkg() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        columns = {"namn": [f"Ö {i}" for i in range(5)], "antal": range(5), "andel": [0.5] * 5}
        points = [(500000.0 + i, 6200000.0) for i in range(5)]
        return makers.layer(Path(folder), ".gpkg", columns, points).read_bytes()


def _kml() -> bytes:
    marks = "".join(
        f'<Placemark id="p{i}"><name>Plats {i}</name><description><![CDATA[<b>Ö</b>]]></description>'
        '<ExtendedData><Data name="antal"><value>3</value></Data>'
        '<SchemaData schemaUrl="#s"><SimpleData name="typ">a</SimpleData></SchemaData>'
        f"</ExtendedData><Point><coordinates>15.{i},56.1,0</coordinates></Point></Placemark>"
        for i in range(4)
    )
    area = "".join(f"15.{i},56.{i},0 " for i in (1, 2, 3, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        '<name>Karta</name><!-- ord --><Schema name="s" id="s"><SimpleField type="string"'
        f' name="typ"/></Schema><Folder><name>Mapp</name>{marks}</Folder><Placemark><name>Yta</name>'
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{area}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
    ).encode()


def _kmz() -> bytes:
    return makers.archive({"doc.kml": _kml(), "files/bild.png": b"\x89PNG\r\n\x1a\n" + bytes(40)})


def _zip() -> bytes:
    return makers.archive({"mapp/x.csv": TABLE, "LICENSE": "CC0", "docs/": b""})


def _zip_of_a_map() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = makers.layer(
            Path(folder), ".shp", {"namn": list("abc")}, [(5e5 + i, 62e5) for i in range(3)]
        )
        return makers.archive({one.name: one.read_bytes() for one in made.parent.iterdir()})


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "id": pa.array(range(30), pa.int64()),
            "namn": pa.array([f"Håbo {i % 4}" for i in range(30)]).dictionary_encode(),
            "dag": pa.array([dt.date(2024, 1, 1 + i) for i in range(30)]),
            "tid": pa.array([dt.datetime(2024, 1, 1 + i) for i in range(30)], pa.timestamp("us")),
            "pris": pa.array([decimal.Decimal("1.50")] * 30, pa.decimal128(9, 2)),
            "lista": pa.array([[1, 2]] * 30),
            "post": pa.array([{"a": 1, "b": "x"}] * 30),
            "bytes": pa.array([b"\0\xff"] * 30),
            "sant": pa.array([True, None, False] * 10),
        },
        metadata={"about": "ord"},
    )
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=10)
    return out.getvalue()


def _parquet_plain() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    table = pa.table({"a": [1, 2, 3], "b": ["x", "y", None]})
    pq.write_table(table, out, compression="none", use_dictionary=False, data_page_version="2.0")
    return out.getvalue()


SEEDS: dict[str, tuple[str, list[Callable[[], bytes]]]] = {
    "csv": (
        "x.csv",
        [
            TABLE.encode,
            lambda: TABLE.encode("cp1252"),
            lambda: TABLE.encode("utf-16"),
            lambda: TABLE.replace(";", "\t").encode("mac-roman"),
            lambda: TABLE.replace("\n", "\r\n").encode("utf-8-sig"),
            ('a,b\n"x\ny",2\n"z""",3\n' * 20).encode,
        ],
    ),
    "geojson": (
        "x.geojson",
        [_geojson, lambda: json.dumps({"results": [{"a": 1, "b": {"c": [1]}}] * 9}).encode()],
    ),
    "gtfs": ("x.zip", [_gtfs]),
    "excel": ("x.xlsx", [_xlsx]),
    "ods": ("x.ods", [lambda: makers.ods([["a", "b"], *[["Håbo", "0305"]] * 9])]),
    "xlsx-parts": ("x.xlsx", [_rich_xlsx, _xlsx]),
    "gpkg": ("x.gpkg", [_gpkg]),
    "kml": ("x.kml", [_kml]),
    "kmz": ("x.kmz", [_kmz]),
    "zip": ("x.zip", [_zip, _zip_of_a_map, _gtfs]),
    "parquet": ("x.parquet", [_parquet, _parquet_plain]),
}
ENTRY: dict[str, Any] = {
    "id": "x",
    "title": "Lekplatser",
    "type": "platsinformation",
    "organisation": "karlskrona",
    "source": {"path": "../lekplatser.csv", "encoding": "utf-8", "delimiter": ";"},
    "description": "Alla lekplatser",
    "keywords": ["lek", "park"],
    "licence": "CC0-1.0",
    "update_frequency": "årlig",
    "stage": "inventoried",
    "published": {"status": "no", "url": "https://exempel.example/x"},
    "owner": {"role": "Parkingenjör", "mailbox": "park@exempel.example"},
    "source_system": {"name": "Systemet", "export": "yes"},
    "value": {"demand": {"level": 3, "because": "Många frågar"}, "assessed_by": "Enheten"},
    "effort": {"level": 2, "because": "En fil"},
    "legal": {"personal_data": {"answer": "no", "by": "Juristen", "when": "2026-01-31"}},
    "known_issues": ["Två saknas"],
}
RESULTS: dict[str, Any] = {
    "schema": "datakollen/results/2",
    "finished": "2026-11-28T12:00:00+01:00",
    "candidates": [
        {
            "id": f"a{n}",
            "type": "annan",
            "subtype": None,
            "synthetic": True,
            "published": "no",
            "system": "Systemet",
            "advice": None,
            "organisation": {
                "id": id,
                "name": id.title(),
                "kind": "kommun",
                "named_in_public": False,
            },
            "gate": {"verdict": "fri"},
            "steps": [{"id": "file", "short": {"sv": "x", "en": "x"}}],
            "findings": [
                {
                    "id": "r",
                    "outcome": "failed",
                    "severity": "critical",
                    "message": {"sv": "x", "en": "x"},
                }
            ],
        }
        for n, id in enumerate(("umea", "karlskrona", "umea"))
    ],
}
