"""Whatever a map or a Parquet holds beside its cells is looked into, wherever it stands.

Each place is a small file that is harmless but for one text, in that place alone. With a text that
points to nobody there, nothing is told.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from tests.screening.canaries import sampled

from helpers.running import single
from helpers.words import messages

NUMBER = "19121212-1212"  # an official test number of Skatteverket
PARTS = ("121212-1212", "1212121212", "anna.exempel")
EMAIL = "anna.exempel@gmail.com"
HARMLESS = "Lekplats"

Build = Callable[[Path, str], Path]
PLACES: dict[str, tuple[str, Build]] = {}
NUMBERS: set[str] = set()  # the places that hold whole numbers alone


def stands(place: str, *, number: bool = False) -> Callable[[Build], Build]:
    """What is built holds its text in the place of that code."""

    def register(build: Build) -> Build:
        PLACES[build.__name__] = (place, build)
        if number:
            NUMBERS.add(build.__name__)
        return build

    return register


def outside(file: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """What is found, and the code of what stands outside the cells -> the place, as it is told."""
    found, _ = single.check_file(file)
    said = json.dumps(found, ensure_ascii=False)
    assert "error" not in found, said
    assert not any(part in said for part in PARTS), said
    told: dict[str, str] = {}
    for reason in found["gate"]["reasons"]:
        if reason["code"].startswith("found_"):
            told[reason["code"]] = told.get(reason["code"], "") + reason["message"]["sv"]
    return found, told


def words(place: str) -> str:
    return messages.text(f"surroundings.place.{place}", "sv")


# GeoJSON ------------------------------------------------------------------------------------------


def features(**members: Any) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [15.5 + i / 100, 56.1]},
            "properties": {"namn": name},
            **members,
        }
        for i, name in enumerate(("Bollplan", "Badplats", "Hundrastgård"))
    ]


def geojson(folder: Path, listed: list[Any], **members: Any) -> Path:
    file = folder / "karta.geojson"
    whole = {"type": "FeatureCollection", **members, "features": listed}
    file.write_text(json.dumps(whole), "utf-8")
    return file


@stands("map_member")
def geojson_name(folder: Path, text: str) -> Path:
    return geojson(folder, features(), name=text)


@stands("map_member")
def geojson_foreign_member(folder: Path, text: str) -> Path:
    return geojson(folder, features(), metadata={"kontakt": [{"vem": text}]})


@stands("map_member")
def geojson_key(folder: Path, text: str) -> Path:
    return geojson(folder, features(), metadata={text: 1})


@stands("map_member")
def geojson_system(folder: Path, text: str) -> Path:
    return geojson(folder, features(), crs={"type": "name", "properties": {"name": text}})


@stands("map_member")
def geojson_bounds(folder: Path, text: str) -> Path:
    return geojson(folder, features(), bbox=[15, 56, text, 57])


@stands("map_member")
def geojson_json_in_a_text(folder: Path, text: str) -> Path:
    return geojson(folder, features(), about=json.dumps({"text": [text]}))


@stands("map_member")
def geojson_after_the_features(folder: Path, text: str) -> Path:
    file = folder / "karta.geojson"
    listed = {"type": "FeatureCollection", "features": features(), "features_note": text}
    file.write_text(json.dumps(listed), "utf-8")
    return file


@stands("feature_member")
def geojson_feature_member(folder: Path, text: str) -> Path:
    return geojson(folder, features(anmärkning=text))


@stands("feature_member")
def geojson_properties_that_are_a_text(folder: Path, text: str) -> Path:
    return geojson(folder, [*features(), *features(properties=text)])


@stands("feature_member")
def geojson_shape_that_is_a_text(folder: Path, text: str) -> Path:
    return geojson(folder, [*features(), *features(geometry=text)])


@stands("feature_member")
def geojson_type_of_a_feature(folder: Path, text: str) -> Path:
    return geojson(folder, features(type=text))


@stands("feature_member")
def geojson_bounds_of_a_feature(folder: Path, text: str) -> Path:
    return geojson(folder, features(bbox=[text]))


@stands("feature_id")
def geojson_id_beside_an_id(folder: Path, text: str) -> Path:
    return geojson(folder, features(id=text, properties={"id": "a", "namn": "Park"}))


@stands("feature_id")
def geojson_id_that_is_an_object(folder: Path, text: str) -> Path:
    return geojson(folder, features(id={"nr": text}))


@stands("geometry_member")
def geojson_member_of_a_shape(folder: Path, text: str) -> Path:
    shape = {"type": "Point", "coordinates": [15.5, 56.1], "foo": text}
    return geojson(folder, features(geometry=shape))


@stands("geometry_member")
def geojson_coordinate(folder: Path, text: str) -> Path:
    shape = {"type": "Point", "coordinates": [15.5, 56.1, text]}
    return geojson(folder, features(geometry=shape))


@stands("geometry_member", number=True)
def geojson_coordinate_that_is_a_number(folder: Path, text: str) -> Path:
    number = int(text) if text.isdigit() else 3
    shape = {"type": "Point", "coordinates": [15.5, 56.1, number]}
    return geojson(folder, features(geometry=shape))


@stands("geometry_member")
def geojson_shape_in_a_collection(folder: Path, text: str) -> Path:
    point = {"type": "Point", "coordinates": [15.5, 56.1], "bild": {"text": text}}
    shape = {"type": "GeometryCollection", "geometries": [point]}
    return geojson(folder, [*features(), *features(geometry=shape)])


@stands("no_feature")
def geojson_junk(folder: Path, text: str) -> Path:
    return geojson(folder, [*features(), text, [text], 17])


@stands("feature_member")
def geojson_lines(folder: Path, text: str) -> Path:
    file = folder / "karta.json"
    lines = [*features(), *features(about=text)]
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return file


@stands("feature_member")
def geojson_one_feature(folder: Path, text: str) -> Path:
    file = folder / "karta.geojson"
    file.write_text(json.dumps(features()[0] | {"about": text}), "utf-8")
    return file


def esri(folder: Path, feature: dict[str, Any] | None = None, **members: Any) -> Path:
    listed = [
        {"attributes": {"namn": name}, "geometry": {"x": 15.5, "y": 56.1}, **(feature or {})}
        for name in ("Bollplan", "Badplats", "Hundrastgård")
    ]
    file = folder / "karta.json"
    whole = {"spatialReference": {"wkid": 4326}, "features": listed, **members}
    file.write_text(json.dumps(whole), "utf-8")
    return file


@stands("map_member")
def esri_alias(folder: Path, text: str) -> Path:
    field = {"name": "namn", "alias": text, "type": "esriFieldTypeString"}
    return esri(folder, fields=[field])


@stands("map_member")
def esri_domain(folder: Path, text: str) -> Path:
    domain = {"type": "codedValue", "codedValues": [{"name": text, "code": 1}]}
    return esri(folder, fields=[{"name": "namn", "domain": domain}])


@stands("feature_member")
def esri_member(folder: Path, text: str) -> Path:
    return esri(folder, {"symbol": {"text": text}})


@stands("geometry_member")
def esri_shape(folder: Path, text: str) -> Path:
    return esri(folder, {"geometry": {"x": 15.5, "y": 56.1, "z": text}})


# KML ----------------------------------------------------------------------------------------------

PLACEMARKS = "".join(
    f"<Placemark><name>{name}</name><Point><coordinates>15.{i},56.1,0</coordinates></Point>"
    "</Placemark>"
    for i, name in enumerate(("Bollplan", "Badplats", "Hundrastgård"))
)
MARK = "<name>Park</name>{0}<Point><coordinates>15.5,56.1</coordinates></Point>"
KML: dict[str, tuple[str, str]] = {
    # where in the document -> the place, and what stands there
    "comment": ("xml_comment", "<!-- {0} -->"),
    "instruction": ("xml_instruction", "<?epost {0}?>"),
    "name_of_the_document": ("map_heading", "<name>{0}</name>"),
    "description": ("map_heading", "<description><![CDATA[<b>{0}</b>]]></description>"),
    "snippet": ("map_heading", "<Snippet maxLines='1'>{0}</Snippet>"),
    "id_of_the_document": ("map_heading", "<Folder id='{0}'></Folder>"),
    "folder": ("map_heading", "<Folder><name>Mapp</name><description>{0}</description></Folder>"),
    "address": ("map_contact", "<address>{0}</address>"),
    "phone": ("map_contact", "<phoneNumber>{0}</phoneNumber>"),
    "author": ("map_contact", "<a:author><a:name>{0}</a:name></a:author>"),
    "author_email": ("map_contact", "<a:author><a:email>{0}</a:email></a:author>"),
    "details": ("map_contact", "<x:AddressDetails><x:Country>{0}</x:Country></x:AddressDetails>"),
    "link": ("map_link", "<a:link href='http://exempel.se/{0}'/>"),
    "network_link": ("map_link", "<NetworkLink><Link><href>{0}</href></Link></NetworkLink>"),
    "schema": ("map_schema", "<Schema id='a' name='{0}'></Schema>"),
    "field": (
        "map_schema",
        (
            "<Schema id='b' name='b'><SimpleField name='q' type='string'><displayName>{0}</displayName>"
            "</SimpleField></Schema>"
        ),
    ),
    "balloon": ("map_style", "<Style id='s'><BalloonStyle><text>{0}</text></BalloonStyle></Style>"),
    "icon": ("map_style", "<Style><IconStyle><Icon><href>{0}</href></Icon></IconStyle></Style>"),
    "style_map": ("map_style", "<StyleMap id='{0}'></StyleMap>"),
    "overlay": ("map_overlay", "<GroundOverlay><Icon><href>{0}</href></Icon></GroundOverlay>"),
    "screen": ("map_overlay", "<ScreenOverlay><description>{0}</description></ScreenOverlay>"),
    "data_of_the_document": (
        "map_heading",
        "<ExtendedData><Data name='ansvarig'><value>{0}</value></Data></ExtendedData>",
    ),
    "unknown": ("map_heading", "<okänt:del xmlns:okänt='urn:a'>{0}</okänt:del>"),
    "namespace": ("map_heading", "<Folder xmlns:q='urn:{0}'></Folder>"),
    "address_of_a_mark": (
        "map_contact",
        "<Placemark>" + MARK.replace("{0}", "<address>{0}</address>") + "</Placemark>",
    ),
    "style_of_a_mark": (
        "feature_member",
        "<Placemark>" + MARK.replace("{0}", "<styleUrl>{0}</styleUrl>") + "</Placemark>",
    ),
    "display_name": (
        "feature_member",
        "<Placemark><ExtendedData><Data name='q'><displayName>{0}</displayName><value>1</value>"
        "</Data></ExtendedData>" + MARK.replace("{0}", "") + "</Placemark>",
    ),
    "coordinates": (
        "feature_member",
        "<Placemark><name>Udde</name><Point><coordinates>15,56 {0}</coordinates></Point></Placemark>",
    ),
    "mark_in_an_empty_layer": (
        "feature_member",
        "<NetworkLink/><Folder><name>Mapp</name><Placemark><styleUrl>{0}</styleUrl></Placemark></Folder>",
    ),
}


def kml(folder: Path, inside: str, before: str = "") -> Path:
    file = folder / "karta.kml"
    file.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<kml'
        ' xmlns="http://www.opengis.net/kml/2.2" xmlns:a="http://www.w3.org/2005/Atom"'
        ' xmlns:x="urn:oasis:names:tc:ciq:xsdschema:xAL:2.0">'
        f"<Document>{inside}{PLACEMARKS}</Document></kml>",
        "utf-8",
    )
    return file


def _kml(name: str, place: str, inside: str) -> None:
    def build(folder: Path, text: str) -> Path:
        return kml(folder, inside.replace("{0}", text))

    build.__name__ = f"kml_{name}"
    stands(place)(build)


for _name, (_place, _inside) in KML.items():
    _kml(_name, _place, _inside)


@stands("xml_comment")
def kml_before_all(folder: Path, text: str) -> Path:
    return kml(folder, "", f"<!-- {text} -->")


# GeoPackage ---------------------------------------------------------------------------------------


def gpkg(folder: Path, *statements: str, values: tuple[Any, ...] = ()) -> Path:
    file = folder / "karta.gpkg"
    frame = geopandas.GeoDataFrame(
        {"namn": ["Bollplan", "Badplats", "Hundrastgård"], "antal": [1, 2, 3]},
        geometry=[shapely.Point(15.5 + i / 100, 56.1) for i in range(3)],
        crs="EPSG:4326",
    )
    frame.to_file(file, layer="lager")
    # else GDAL takes whatever table there is for a layer
    pd.DataFrame({"kod": ["a"], "text": ["Asfalt"]}).pipe(geopandas.GeoDataFrame).to_file(
        file, layer="koder"
    )
    with closing(sqlite3.connect(file)) as base:
        base.execute("pragma secure_delete = 0")
        # what GDAL's triggers ask of its own build of SQLite
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            base.create_function(name, 1, lambda _: 0)
        for statement in statements:
            base.execute(statement, values if "?" in statement else ())
            base.commit()
    return file


GPKG: dict[str, tuple[str, tuple[str, ...]]] = {
    # where -> the place, and the statements that put it there; ? is the text
    "identifier": (
        "layer_description",
        ("update gpkg_contents set identifier = ? where table_name = 'lager'",),
    ),
    "description": ("layer_description", ("update gpkg_contents set description = ?",)),
    "system": ("crs_definition", ("update gpkg_spatial_ref_sys set description = ?",)),
    "extension": (
        "other_table",
        (
            (
                "create table if not exists gpkg_extensions (table_name, column_name, extension_name,"
                " definition, scope)"
            ),
            "insert into gpkg_extensions values ('lager', null, 'eget', ?, 'read-write')",
        ),
    ),
    "metadata": (
        "map_metadata",
        (
            (
                "create table gpkg_metadata (id integer primary key, md_scope, md_standard_uri,"
                " mime_type, metadata)"
            ),
            "insert into gpkg_metadata values (1, 'dataset', 'http://a', 'text/plain', ?)",
        ),
    ),
    "metadata_in_xml": (
        "map_metadata",
        (
            "create table gpkg_metadata (id integer primary key, metadata)",
            (
                "insert into gpkg_metadata values (1, '<md><individualName>' || ? ||"
                " '</individualName></md>')"
            ),
        ),
    ),
    "title_of_a_column": (
        "column_description",
        (
            (
                "create table gpkg_data_columns (table_name, column_name, name, title, description,"
                " mime_type, constraint_name)"
            ),
            "insert into gpkg_data_columns values ('lager', 'namn', 'n', ?, null, null, null)",
        ),
    ),
    "constraint": (
        "column_description",
        (
            "create table gpkg_data_column_constraints (constraint_name, constraint_type, value)",
            "insert into gpkg_data_column_constraints values ('k', 'enum', ?)",
        ),
    ),
    "style": (
        "map_style",
        (
            "create table layer_styles (id integer primary key, stylename, styleqml, stylesld)",
            (
                "insert into layer_styles values (1, 'a', '<!DOCTYPE qgis PUBLIC ''a'' ''b''>"
                '<qgis version="3"><field label="\' || ? || \'"/></qgis>\', null)'
            ),
        ),
    ),
    "table_of_no_layer": ("other_table", ("create table dold (a)", "insert into dold values (?)")),
    "without_rowid": (
        "other_table",
        ("create table dold (a primary key) without rowid", "insert into dold values (?)"),
    ),
    "bytes": (
        "other_table",
        ("create table dold (a blob)", "insert into dold values (cast(? as blob))"),
    ),
    "json": (
        "other_table",
        ("create table dold (a)", "insert into dold values ('{\"a\": [\"' || ? || '\"]}')"),
    ),
    "full_text": (
        "other_table",
        (
            "create table dold_content (id integer primary key, c0)",
            "insert into dold_content values (1, ?)",
        ),
    ),
    "binary_column": (
        "binary_cell",
        ("alter table lager add column bild blob", "update lager set bild = cast(? as blob)"),
    ),
    "text_among_numbers": ("binary_cell", ("update lager set antal = ? where fid = 2",)),
    "text_among_dates": (
        "binary_cell",
        ("alter table lager add column dag date", "update lager set dag = '2024-01-31 ' || ?"),
    ),
    "after_a_time": (
        "binary_cell",
        (
            "alter table lager add column tid datetime",
            "update lager set tid = '2024-01-31T08:30:00Z ' || ?",
        ),
    ),
    "after_a_nul": (
        "binary_cell",
        ("update lager set namn = namn || char(0) || ?",),
    ),
}


def _gpkg(name: str, place: str, statements: tuple[str, ...]) -> None:
    def build(folder: Path, text: str) -> Path:
        values = {statement: statement.count("?") for statement in statements}
        assert max(values.values()) == 1
        return gpkg(folder, *statements, values=(text,))

    build.__name__ = f"gpkg_{name}"
    stands(place)(build)


for _name, (_place, _statements) in GPKG.items():
    _gpkg(_name, _place, _statements)


@stands("sql")
def gpkg_comment_in_a_view(folder: Path, text: str) -> Path:
    return gpkg(folder, f"create view vy as select /* {text} */ namn from lager")


@stands("sql")
def gpkg_trigger(folder: Path, text: str) -> Path:
    return gpkg(
        folder,
        f"create trigger t after update on lager begin update lager set namn = '{text}'; end",
    )


@stands("sql")
def gpkg_default(folder: Path, text: str) -> Path:
    return gpkg(folder, f"create table dold (a text default '{text}')")


@stands("sql")
def gpkg_index(folder: Path, text: str) -> Path:
    return gpkg(folder, f"create index i on lager (namn) where namn <> '{text}'")


@stands("sql")
def gpkg_name_of_a_table(folder: Path, text: str) -> Path:
    return gpkg(folder, f'create table "{text}" (a)')


@stands("sql")
def gpkg_computed_column(folder: Path, text: str) -> Path:
    return gpkg(folder, f"create table dold (a, b as ('{text}'))")


@stands("deleted")
def gpkg_deleted_row(folder: Path, text: str) -> Path:
    return gpkg(
        folder,
        "create table logg (a, b)",
        "insert into logg values (1, 'Bollplan')",
        "insert into logg values (2, ?)",
        "delete from logg where a = 2",
        values=(text,),
    )


@stands("deleted")
def gpkg_dropped_table(folder: Path, text: str) -> Path:
    return gpkg(
        folder,
        "create table logg (a)",
        "insert into logg values (?)",
        "drop table logg",
        values=(text,),
    )


@stands("deleted")
def gpkg_end_of_a_long_cell(folder: Path, text: str) -> Path:
    file = gpkg(
        folder,
        "create table logg (a)",
        "insert into logg values (replace(hex(zeroblob(2000)), '00', 'ab '))",
    )
    raw = file.read_bytes()
    end = raw.rindex(b"ab ab ") + 8
    assert not any(raw[end : end + 40])
    file.write_bytes(raw[:end] + text.encode() + raw[end + len(text) :])
    return file


@stands("shape")
def gpkg_after_a_shape(folder: Path, text: str) -> Path:
    file = gpkg(folder)
    with closing(sqlite3.connect(file)) as base:
        triggers = "select name from sqlite_master where type = 'trigger' and tbl_name = 'lager'"
        for (name,) in base.execute(triggers).fetchall():
            base.execute(f"drop trigger {name}")
        for number, shape in base.execute("select fid, geom from lager").fetchall():
            changed = (shape + text.encode(), number)
            base.execute("update lager set geom = ? where fid = ?", changed)
        base.commit()
    return file


@stands("deleted")
def gpkg_after_the_last_page(folder: Path, text: str) -> Path:
    file = gpkg(folder)
    with file.open("ab") as stream:
        stream.write(b"\0" + text.encode())
    return file


@stands("journal")
def gpkg_journal(folder: Path, text: str) -> Path:
    file = gpkg(folder)
    (folder / "karta.gpkg-journal").write_bytes(b"\0" + text.encode())
    return file


@stands("other_table", number=True)
def gpkg_number(folder: Path, text: str) -> Path:
    number = text if text.isdigit() else "3"
    return gpkg(folder, "create table dold (a)", f"insert into dold values ({number})")


@stands("feature_id", number=True)
def gpkg_number_of_a_row(folder: Path, text: str) -> Path:
    return gpkg(folder, f"update lager set fid = {text if text.isdigit() else 7} where fid = 2")


@stands("binary_cell", number=True)
def gpkg_number_beyond_its_width(folder: Path, text: str) -> Path:
    return gpkg(
        folder,
        "alter table lager add column liten mediumint",
        f"update lager set liten = {text if text.isdigit() else 7}",
    )


# FlatGeobuf ---------------------------------------------------------------------------------------


def flatgeobuf(folder: Path, frame: dict[str, Any] | None = None, **given: Any) -> Path:
    file = folder / "karta.fgb"
    columns = {"namn": ["Bollplan", "Badplats", "Hundrastgård"], **(frame or {})}
    shapes = [shapely.Point(15.5 + i / 100, 56.1) for i in range(3)]
    geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").to_file(file, **given)
    return file


@stands("map_header")
def flatgeobuf_title(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, TITLE=text)


@stands("map_header")
def flatgeobuf_description(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, DESCRIPTION=text)


@stands("map_header")
def flatgeobuf_metadata(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, layer_metadata={"kontakt": text})


@stands("map_header")
def flatgeobuf_name(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, layer=text)


@stands("binary_cell")
def flatgeobuf_bytes(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, {"bild": [b"\1\2" + text.encode()] * 3}, use_arrow=True)


# Parquet ------------------------------------------------------------------------------------------

NAMES = pa.array(["Bollplan", "Badplats", "Hundrastgård"])


def parquet(folder: Path, table: pa.Table, **given: Any) -> Path:
    file = folder / "karta.parquet"
    pq.write_table(table, file, **given)
    return file


@stands("file_metadata")
def parquet_metadata(folder: Path, text: str) -> Path:
    table = pa.table({"namn": NAMES}).replace_schema_metadata({"kontakt": text})
    return parquet(folder, table)


@stands("file_metadata")
def parquet_key(folder: Path, text: str) -> Path:
    return parquet(folder, pa.table({"namn": NAMES}).replace_schema_metadata({text: "1"}))


@stands("file_metadata")
def parquet_json_in_metadata(folder: Path, text: str) -> Path:
    told = json.dumps({"a": [{"b": text}]})
    return parquet(folder, pa.table({"namn": NAMES}).replace_schema_metadata({"mer": told}))


@stands("file_metadata")
def parquet_base64_in_metadata(folder: Path, text: str) -> Path:
    told = base64.b64encode(b"\0" * 40 + text.encode()).decode()
    return parquet(folder, pa.table({"namn": NAMES}).replace_schema_metadata({"mer": told}))


@stands("file_metadata")
def parquet_metadata_of_a_column(folder: Path, text: str) -> Path:
    schema = pa.schema([pa.field("namn", pa.string(), metadata={"beskrivning": text})])
    return parquet(folder, pa.table({"namn": NAMES}, schema=schema))


@stands("file_metadata")
def parquet_of_pandas(folder: Path, text: str) -> Path:
    file = folder / "karta.parquet"
    frame = pd.DataFrame({"namn": NAMES.to_pylist()})
    frame.attrs = {"om": text}
    frame.to_parquet(file)
    return file


@stands("file_metadata")
def geoparquet_metadata(folder: Path, text: str) -> Path:
    file = folder / "karta.parquet"
    shapes = [shapely.Point(15.5 + i / 100, 56.1) for i in range(3)]
    geopandas.GeoDataFrame({"namn": NAMES.to_pylist()}, geometry=shapes, crs=4326).to_parquet(file)
    table = pq.read_table(file)
    told = json.loads(table.schema.metadata[b"geo"]) | {"om": text}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(told)}), file)
    return file


@stands("unused_entry")
def parquet_unused_entry(folder: Path, text: str) -> Path:
    entries = pa.DictionaryArray.from_arrays(
        pa.array([0, 1, 0], pa.int32()), pa.array(["Bollplan", "Badplats", text])
    )
    return parquet(folder, pa.table({"namn": entries}))


@stands("binary_cell")
def parquet_bytes(folder: Path, text: str) -> Path:
    return parquet(folder, pa.table({"namn": NAMES, "bild": [text.encode("utf-16-le")] * 3}))


@stands("extreme")
def parquet_extreme(folder: Path, text: str) -> Path:
    """A least value that no row has, put in place of the one that was written, as long as it."""
    least = "!" * len(text)
    file = parquet(
        folder,
        pa.table({"namn": [least, "Bollplan", "Hundrastgård"]}),
        compression="none",
        use_dictionary=False,
    )
    raw = file.read_bytes()
    footer = len(raw) - 8 - int.from_bytes(raw[-8:-4], "little")
    file.write_bytes(raw[:footer] + raw[footer:].replace(least.encode(), text.encode()))
    return file


@stands("between_columns")
def parquet_between(folder: Path, text: str) -> Path:
    file = parquet(folder, pa.table({"namn": NAMES}))
    raw = file.read_bytes()
    footer = len(raw) - 8 - int.from_bytes(raw[-8:-4], "little")
    file.write_bytes(raw[:footer] + b"\0" + text.encode() + b"\0" + raw[footer:])
    return file


# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sampled(PLACES))
def test_a_number_is_found_in_its_place(name: str, tmp_path: Path) -> None:
    place, build = PLACES[name]
    text = NUMBER.replace("-", "") if name in NUMBERS else NUMBER
    found, told = outside(build(tmp_path, text))
    assert words(place) in told.get("found_personnummer", ""), told
    assert found["gate"]["content"] == "stopp"


@pytest.mark.parametrize("name", sampled(name for name in PLACES if name not in NUMBERS))
def test_an_address_is_found_in_its_place(name: str, tmp_path: Path) -> None:
    place, build = PLACES[name]
    found, told = outside(build(tmp_path, EMAIL))
    assert words(place) in told.get("found_email", ""), told
    assert found["gate"]["content"] == "granska"


@pytest.mark.parametrize("name", sampled(PLACES))
def test_what_points_to_nobody_is_not_told(name: str, tmp_path: Path) -> None:
    _, build = PLACES[name]
    found, told = outside(build(tmp_path, HARMLESS))
    assert told == {} and found["gate"]["content"] == "fri"


def repairs(found: dict[str, Any]) -> dict[str, int]:
    return {repair["code"]: repair["count"] for repair in found["reading"]["repairs"]}


def test_what_is_no_feature_is_told(tmp_path: Path) -> None:
    found, _ = outside(geojson(tmp_path, [*features(), "a", 1, None, ["b"]]))
    assert found["reading"]["rows"] == 3 and repairs(found)["no_feature"] == 4


@pytest.mark.slow
def test_folders_beyond_those_that_are_read_are_told_and_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.reading.features.MAX_FOLDERS", 50)
    folders = "".join(
        f"<Folder><name>Lager {i}</name><Placemark><name>Plats {i}</name>"
        f"<description>{NUMBER if i == 69 else 'Gräs'}</description>"
        "<Point><coordinates>15.5,56.1</coordinates></Point></Placemark></Folder>"
        for i in range(70)
    )
    file = kml(tmp_path, folders)
    found, told = outside(file)
    assert repairs(found)["layers_left_out"] == 21 and repairs(found)["folders"] == 50
    assert repairs(found)["placemarks_left"] == 21
    assert words("feature_member") in told["found_personnummer"]


@pytest.mark.slow
def test_layers_of_a_database_beyond_those_that_are_read(tmp_path: Path) -> None:
    file = gpkg(tmp_path)
    with closing(sqlite3.connect(file)) as base:
        for i in range(60):
            base.execute(f"create table l{i} (fid integer primary key, a text)")
            base.execute(f"insert into l{i} values (1, ?)", (NUMBER if i == 59 else "Gräs",))
            base.execute(
                "insert into gpkg_contents (table_name, data_type, identifier) values (?1,"
                " 'attributes', ?1)",
                (f"l{i}",),
            )
        base.commit()
    found, told = outside(file)
    assert repairs(found)["layers_left_out"] == 12
    assert words("other_table") in told["found_personnummer"]


def test_a_journal_beside_a_database_is_told(tmp_path: Path) -> None:
    file = gpkg(tmp_path)
    (tmp_path / "karta.gpkg-wal").write_bytes(b"\0Lekplats")
    assert repairs(outside(file)[0])["journal"] == 1


@pytest.mark.parametrize(
    "body",
    [
        "with recursive t(a) as (select 1 union all select a from t) select a from t",
        "select hex(zeroblob(400000000)) as a",
    ],
)
def test_no_view_is_run_to_look_into_it(body: str, tmp_path: Path) -> None:
    found, told = outside(gpkg(tmp_path, f"create view vy as {body}"))
    assert told == {} and found["reading"]["rows"] == 3


def test_a_row_that_was_moved_is_no_deleted_one(tmp_path: Path) -> None:
    """Rows that grow move to other pages; the copies that stay behind are of rows still there."""
    people = [f"Anmält av {EMAIL} {i}" for i in range(400)]
    file = gpkg(tmp_path, "create table logg (a integer primary key, b text)")
    with closing(sqlite3.connect(file)) as base:
        base.executemany("insert into logg values (?, ?)", enumerate(people))
        base.commit()
        base.executemany(
            "insert into logg values (?, ?)", ((-i - 1, p) for i, p in enumerate(people))
        )
        base.commit()
    _, told = outside(file)
    assert words("deleted") not in told["found_email"], told
    assert words("other_table") in told["found_email"]


def test_random_ids_are_looked_at_and_not_stopped(tmp_path: Path) -> None:
    """Ids of ten digits, of which a few are a date with a right check digit."""
    ids = [f"1212121{i:03}" for i in range(1000)]
    listed = [one for number in ids for one in features(id=number, properties={"id": "a"})[:1]]
    found, told = outside(geojson(tmp_path, listed))
    assert words("feature_id") in told["found_personnummer"]
    assert found["gate"]["content"] == "granska"


def test_a_picture_in_a_database_is_to_be_reviewed(tmp_path: Path) -> None:
    file = gpkg(tmp_path, "create table bilder (bild blob)")
    with closing(sqlite3.connect(file)) as base:
        base.execute("insert into bilder values (?)", (b"\x89PNG\r\n" + bytes(20),))
        base.commit()
    found, told = outside(file)
    assert words("embedded") in told["found_unread"] and found["gate"]["content"] == "granska"


def test_names_of_places_and_systems_are_nobodys(tmp_path: Path) -> None:
    """What every file of a map has: definitions of systems, styles, names of programs."""
    frame = geopandas.GeoDataFrame(
        {"namn": ["Bollplan"]}, geometry=[shapely.Point(500_000, 6_200_000)], crs="EPSG:3006"
    )
    for suffix in (".gpkg", ".fgb", ".geojson", ".parquet"):
        file = tmp_path / f"karta{suffix}"
        if suffix == ".parquet":
            frame.to_parquet(file)
        else:
            frame.to_file(file)
        found, told = outside(file)
        assert told == {}, told
        assert found["gate"]["content"] == "fri"
