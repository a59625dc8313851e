"""Personal data in a shapefile beside its features are found: in rows that were deleted, in bytes
around the cells, in the parts that no program needs; in a folder and in a zip alike."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.reading import makers
from tests.sampling import some
from tests.screening.canaries import (
    NAME,
    NUMBER,
    WHOLE,
    Place,
    checked,
    is_clean,
    is_found,
    is_unread,
    sampled,
    screened,
    sentences,
    whole,
)

from helpers.words.files import shapefiles

WIDTH = 64  # bytes of a text in the table
POINTS = [(536000.0 + 10 * number, 6224000.0) for number in range(3)]
WKT = 'PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99"]]]'
Change = Callable[[bytes, str], bytes]
Beside = Mapping[str, str | bytes]


def shapefile(folder: Path) -> Path:
    """Three points with a name, a number and a date each; ``karta.shp``."""
    columns = {"typ": ["Lekplats", "Park", "Bad"], "antal": [1, 2, 3], "ar": [5.5, 6.5, 7.5]}
    file = makers.layer(folder, ".shp", columns, POINTS)
    file.with_suffix(".dbf").write_bytes(table(["Lekplats", "Park", "Bad"]))
    return file


def table(names: list[str]) -> bytes:
    """A dBASE table of a text, a number and a date."""
    fields = (("typ", "C", WIDTH), ("antal", "N", 60), ("dag", "D", 8))
    described = b"".join(
        name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size, 0]) + bytes(14)
        for name, kind, size in fields
    )
    size = 1 + sum(size for _, _, size in fields)
    start = 32 + len(described) + 1
    head = struct.pack("<BBBBIHH20x", 3, 124, 1, 1, len(names), start, size)
    rows = b"".join(
        b" " + name.encode().ljust(WIDTH) + str(number).rjust(60).encode() + b"20240131"
        for number, name in enumerate(names, 1)
    )
    return head + described + b"\r" + rows + b"\x1a"


def in_table(code: str, change: Change, canary: str = WHOLE) -> Place:
    """A place in the .dbf."""

    def put(folder: Path, text: str) -> Path:
        file = shapefile(folder)
        part = file.with_suffix(".dbf")
        part.write_bytes(change(part.read_bytes(), text))
        return file

    return Place(code, put, canary)


def beside(name: str, data: Callable[[str], str | bytes], canary: str = WHOLE) -> Place:
    """A place in a part beside the .shp."""

    def put(folder: Path, text: str) -> Path:
        file = shapefile(folder)
        made = data(text)
        (folder / name).write_bytes(made.encode() if isinstance(made, str) else made)
        return file

    return Place("shape_part", put, canary)


def appended(suffix: str) -> Place:
    """A place behind the end of a part."""

    def put(folder: Path, text: str) -> Path:
        file = shapefile(folder)
        with file.with_suffix(suffix).open("ab") as part:
            part.write(b"\0\1" + text.encode() + b"\0")
        return file

    return Place("shape_part", put)


def zipped(place: Place, code: str | None = None) -> Place:
    """The same place with all parts in an archive."""

    def put(folder: Path, text: str) -> Path:
        inside = folder / "inside"
        inside.mkdir()
        file = place.put(inside, text)
        target = folder / "x.zip"
        with zipfile.ZipFile(target, "w") as archive:
            for part in sorted(file.parent.iterdir()):
                archive.write(part, part.name)
        return target

    return Place(code or place.code, put, place.canary)


def row(name: str, *, flag: bytes = b" ", number: str = "4", day: str = "20240131") -> bytes:
    return flag + name.encode().ljust(WIDTH) + number.rjust(60).encode() + day.encode()


def with_rows(data: bytes, *rows: bytes) -> bytes:
    """The table with more rows, counted."""
    count = struct.unpack("<I", data[4:8])[0] + len(rows)
    return data[:4] + struct.pack("<I", count) + data[8:-1] + b"".join(rows) + b"\x1a"


def deleted(data: bytes, canary: str) -> bytes:
    return data[:-1].replace(row("Park", number="2"), row(canary, flag=b"*", number="2")) + b"\x1a"


def header_rest(data: bytes, canary: str) -> bytes:
    """A longer header: what stands behind the fields is read by nobody."""
    start = struct.unpack("<H", data[8:10])[0]
    longer = struct.pack("<H", start + len(canary))
    return data[:8] + longer + data[10:start] + canary.encode() + data[start:]


def behind_nul(data: bytes, canary: str) -> bytes:
    return data.replace(b"Park".ljust(WIDTH), f"P\0{canary}".encode().ljust(WIDTH))


def in_number(data: bytes, canary: str) -> bytes:
    return data.replace(b"2".rjust(60), f"2 {canary}".encode().rjust(60)[:60])


def reserved(data: bytes, canary: str) -> bytes:
    return data[:12] + canary.encode() + data[12 + len(canary) :]


def in_description(data: bytes, canary: str) -> bytes:
    at = 32 + 18
    return data[:at] + canary.encode() + data[at + len(canary) :]


def projection(folder: Path, text: str) -> Path:
    file = shapefile(folder)
    part = file.with_suffix(".prj")
    part.write_text(part.read_text("ascii").replace("SWEREF99", text, 1), "ascii")
    return file


METADATA = "<metadata><dataIdInfo><idCredit>{}</idCredit></dataIdInfo></metadata>"
STYLE = '<qgis><renderer-v2><rules><rule label="{}"/></rules></renderer-v2></qgis>'
BLOCK = b"\1\0\0\0" + bytes(508)
PARTS: dict[str, Place] = {
    "metadata": beside("karta.shp.xml", METADATA.format),
    "metadata's attribute": beside("karta.shp.xml", '<metadata><a b="{}"/></metadata>'.format),
    "metadata's comment": beside("karta.shp.xml", "<metadata><!-- {} --></metadata>".format),
    "a single name in metadata": beside(
        "karta.shp.xml", "<metadata><origin><author>{}</author></origin></metadata>".format, NAME
    ),
    "metadata by another name": beside("karta.xml", METADATA.format),
    "QGIS' metadata": beside("karta.qmd", "<qgis><identifier>{}</identifier></qgis>".format),
    "a style's rule": beside("karta.qml", STYLE.format),
    "a style's label": beside("karta.sld", "<UserStyle><Title>{}</Title></UserStyle>".format),
    "a projection of QGIS": beside("karta.qpj", lambda text: f'{WKT}\n"{text}"'),
    "the name of a projection": Place("shape_part", projection),
    "the code page": beside("karta.cpg", "UTF-8\n{}".format),
    "another code page": beside("karta.cst", "UTF-8 {}".format),
    "a memo": beside("karta.dbt", lambda text: BLOCK + text.encode().ljust(512, b"\x1a")),
    "an index": beside("karta.sbn", lambda text: bytes(100) + text.encode() + bytes(50)),
    "an index in UTF-16": beside("karta.atx", lambda text: bytes(100) + text.encode("utf-16-le")),
    "a part of unknown kind": beside("karta.anteckning", "{}".format),
    "behind the shapes": appended(".shp"),
    "behind the index of shapes": appended(".shx"),
}
IN_TABLE: dict[str, Place] = {
    "a deleted row": in_table("row_left", deleted),
    "a row without a shape": in_table("row_left", lambda d, text: with_rows(d, row(text))),
    "behind the last row": in_table("table_rest", lambda d, text: d + text.encode()),
    "behind the end's mark, in UTF-16": in_table(
        "table_rest", lambda d, text: d + text.encode("utf-16-le")
    ),
    "behind the fields": in_table("table_rest", header_rest),
    "the header's own bytes": in_table("table_rest", reserved, NUMBER),
    "a field's own bytes": in_table("table_rest", in_description, NUMBER),
    "a text behind its end": in_table("table_rest", behind_nul),
    "a number that is none": in_table("table_rest", in_number),
}
PLACES = (
    {f"folder, {name}": place for name, place in (PARTS | IN_TABLE).items()}
    | {f"zip, {name}": zipped(place) for name, place in IN_TABLE.items()}
    | {
        f"zip, {name}": zipped(place, None if _read else "zip_file")
        for name, place in PARTS.items()
        for _read in [name.startswith(("behind", "the "))]
    }
)


@pytest.mark.parametrize("name", sampled(PLACES))
def test_a_canary_is_found_where_it_sits(tmp_path: Path, name: str) -> None:
    is_found(PLACES[name], tmp_path)


@pytest.mark.parametrize("name", whole(PLACES))
def test_nothing_that_check_says_of_a_file_holds_it(tmp_path: Path, name: str) -> None:
    checked(PLACES[name].put(tmp_path, PLACES[name].canary))


@pytest.mark.parametrize("name", some(3, PLACES))
def test_without_it_the_file_is_free(tmp_path: Path, name: str) -> None:
    is_clean(PLACES[name], tmp_path)


def test_rows_that_are_left_are_told(tmp_path: Path) -> None:
    place = IN_TABLE["a deleted row"]
    found = screened(place.put(tmp_path, "Torget"))
    assert found["rows"] == 2
    told = {one["code"]: (one["count"], one["rows"]) for one in found["repairs"]}
    assert told["rows_left"] == (1, [2])


@pytest.mark.parametrize("name", ["karta.lyr", "karta.okänt"])
def test_a_part_that_cannot_be_looked_into_is_named(tmp_path: Path, name: str) -> None:
    file = beside(name, lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).put(
        tmp_path, ""
    )
    is_unread("shape_part", file)


@pytest.mark.parametrize("name", ["karta.csv", "karta.pdf", "karta.yaml", "annan.shp.xml"])
def test_what_is_a_file_of_its_own_is_no_part(tmp_path: Path, name: str) -> None:
    """It is looked at where it is itself checked, or belongs to another map."""
    file = beside(name, "{}".format).put(tmp_path, WHOLE)
    found = screened(file)
    assert found["gate"]["content"] == "fri", sentences(found)
    assert not shapefiles.is_part(tmp_path / name)


def test_the_parts_of_a_folders_map_are_one_with_it(tmp_path: Path) -> None:
    """Also those that GDAL does not read: what is found in them changes with them."""
    file = PARTS["metadata"].put(tmp_path, "x")
    names = {part.name for part in shapefiles.parts_of(file)}
    assert names >= {"karta.shp", "karta.dbf", "karta.shp.xml"}
    assert shapefiles.is_part(tmp_path / "karta.shp.xml")


def test_what_programs_write_beside_a_map_is_nothing(tmp_path: Path) -> None:
    """Styles, times, ids and the systems of coordinates: beside every map, and nobody's."""
    file = shapefile(tmp_path)
    (tmp_path / "karta.shp.xml").write_text(
        '<metadata xml:lang="sv"><Esri><CreaDate>20191212</CreaDate><CreaTime>12121200</CreaTime>'
        "<ArcGISFormat>1.0</ArcGISFormat><SyncOnce>FALSE</SyncOnce>"
        '<DataProperties><lineage><Process ToolSource="c:\\program files\\arcgis\\ArcToolbox"'
        ' Date="20191212" Time="121212">CopyFeatures</Process></lineage></DataProperties></Esri>'
        "<mdFileID>8F7D6A12-1912-4212-8212-191212121213</mdFileID>"
        "<distFormat><formatName>Shapefile</formatName></distFormat></metadata>",
        "utf-8",
    )
    (tmp_path / "karta.qml").write_text(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.28.3-Firenze" styleCategories="AllStyleCategories"><renderer-v2'
        ' type="singleSymbol"><symbols><symbol name="0"><layer class="SimpleMarker"'
        ' id="{1a2b3c4d-1912-4212-9121-070123456789}"><Option name="color" value="0,70,123,45"/>'
        '<Option name="offset_map_unit_scale" value="3x:0,0,0,0,0,0"/></layer></symbol></symbols>'
        '</renderer-v2><labeling type="simple"><settings><text-style fontFamily="Gill Sans"'
        ' namedStyle="Regular" fontSize="10"/></settings></labeling></qgis>',
        "utf-8",
    )
    (tmp_path / "karta.qpj").write_text(
        'PROJCS["RT90 2.5 gon V",GEOGCS["RT90",DATUM["Rikets_koordinatsystem_1990",'
        'SPHEROID["Bessel 1841",6377397.155,299.1528128]]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["central_meridian",15.80827777777778],AUTHORITY["EPSG","3021"]]',
        "utf-8",
    )
    found = screened(file)
    assert found["gate"]["content"] == "fri", sentences(found)
