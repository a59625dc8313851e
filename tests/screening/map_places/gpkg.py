"""Places in a GeoPackage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import shapely
from tests.screening.map_places.standing import (
    stands,
)


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
