"""Small files, or large ones made in a moment, that unfold to what no computer holds. Each maker
writes to ``target``."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK = f'xmlns:r="{_OFFICE}"'
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
    for one in ("office", "table", "text")
)


def _relations(**targets: str) -> str:
    """The part that says where others lie, numbered r1, r2 ..."""
    listed = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'


def _book(target: Path, sheets: list[str], shared: str, rows: str) -> Path:
    """An XLSX whose sheets are all the same part."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="r1"/>' for i, name in enumerate(sheets, 1)
    )
    parts = {
        "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
        "[Content_Types].xml": _TYPES,
        "xl/workbook.xml": f"<workbook {_MAIN} {_LINK}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"
        ),
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{shared}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target


def shared_string(target: Path, letters: int, cells: int) -> Path:
    """An XLSX where every cell is the same long text."""
    rows = "".join(
        f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, cells + 1)
    )
    return _book(target, ["Data"], f"<si><t>{'x' * letters}</t></si>", rows)


def many_sheets(target: Path, sheets: int) -> Path:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    return _book(target, [f"Blad{i}" for i in range(sheets)], "<si><t>namn</t></si>", rows)


def repeated_cells(target: Path, letters: int, columns: int, rows: int, sheets: int = 1) -> Path:
    """An ODS where one cell of long text is repeated over columns and rows."""
    start = (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
    )
    cell = f"{start}<text:p>{'x' * letters}</text:p></table:table-cell>"
    table = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    tables = "".join(
        f'<table:table table:name="Blad{i}">{table}</table:table>' for i in range(sheets)
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS)
        archive.writestr(
            "content.xml", f"<office:document-content {_ODS_NAMES}>{body}</office:document-content>"
        )
    return target


def repeated(target: Path, head: bytes, part: bytes, times: int, tail: bytes = b"") -> Path:
    """``part`` many times between ``head`` and ``tail``: one long line, one long cell, nothing but
    line ends."""
    together = max(1, (1 << 20) // len(part))
    with target.open("wb") as out:
        out.write(head)
        for _ in range(times // together):
            out.write(part * together)
        out.write(part * (times % together))
        out.write(tail)
    return target


def wide(target: Path, columns: int, rows: int = 2) -> Path:
    line = ";".join("1" for _ in range(columns))
    target.write_text(
        "\n".join([";".join(f"k{i}" for i in range(columns)), *[line] * rows]) + "\n", "utf-8"
    )
    return target


def geopackage(target: Path, *views: str, blob: int = 0) -> Path:
    """A GeoPackage with a table ``matt`` of one row, a ``blob`` of so many bytes in it, and the
    layers ``vy_<n>`` of the views."""
    pyogrio.write_dataframe(pd.DataFrame({"namn": ["a"]}), target, driver="GPKG", layer="matt")
    with sqlite3.connect(target) as base:
        base.execute("alter table matt add column innehall blob")
        base.execute("update matt set innehall = zeroblob(?)", (blob,))
        for i, view in enumerate(views):
            base.execute(f"create view vy_{i} as {view}")
            base.execute(
                "insert into gpkg_contents (table_name, data_type, identifier, srs_id) values (?,"
                " 'attributes', ?, 0)",
                (f"vy_{i}", f"vy_{i}"),
            )
    return target


def parquet_of_one_text(target: Path, letters: int, rows: int) -> Path:
    """A Parquet whose dictionary is one long text for all rows."""
    with pq.ParquetWriter(
        target, pa.schema([("text", pa.dictionary(pa.int32(), pa.string()))])
    ) as writer:
        together = min(rows, 100_000)
        cells = pa.DictionaryArray.from_arrays(
            pa.array([0] * together, pa.int32()), pa.array(["x" * letters])
        )
        for _ in range(rows // together):
            writer.write_table(pa.table({"text": cells}))
    return target


def parquet_of_many_rows(target: Path, rows: int) -> Path:
    duckdb.sql(
        f"copy (select 1 as ett from range({rows})) to '{target}' (format parquet, compression"
        " zstd)"
    )
    return target
