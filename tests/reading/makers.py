"""Small files in formats that need a writer: workbooks, maps, feeds. Synthetic all of them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl


def archive(entries: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Sequence[Sequence[str]], *, attributes: str = "", row_attributes: str = "") -> bytes:
    def cell(text: str) -> str:
        return (
            '<table:table-cell office:value-type="string"'
            f" {attributes}><text:p>{text}</text:p></table:table-cell>"
        )

    body = "".join(
        f"<table:table-row {row_attributes}>{''.join(map(cell, row))}</table:table-row>"
        for row in rows
    )
    return ods_of(f'<table:table table:name="Blad1">{body}</table:table>')


def ods_of(tables: str) -> bytes:
    """A document whose sheets are that markup."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def layer(
    folder: Path,
    suffix: str,
    columns: Mapping[str, Sequence[Any]],
    points: Sequence[Any],
    crs: str = "EPSG:3006",
    **given: Any,
) -> Path:
    """A map in ``folder`` in the format of ``suffix``; ``points`` are (x, y) or geometries."""
    import geopandas
    from shapely.geometry import Point

    shapes = [Point(one) if isinstance(one, tuple) else one for one in points]
    frame = geopandas.GeoDataFrame(dict(columns), geometry=shapes, crs=crs)
    folder.mkdir(exist_ok=True)
    file = folder / f"karta{suffix}"
    frame.to_file(file, engine="pyogrio", **given)
    return file


def dbf(
    names: Sequence[str], rows: Sequence[Sequence[str]], encoding: str, width: int = 20
) -> bytes:
    """A dBASE III table of texts, as old map programs write it."""
    fields = b"".join(
        name.encode(encoding).ljust(11, b"\0") + b"C" + bytes(4) + bytes([width, 0]) + bytes(14)
        for name in names
    )
    head = struct.pack(
        "<BBBBIHH20x", 3, 124, 1, 1, len(rows), 32 + len(fields) + 1, 1 + width * len(names)
    )
    body = b"".join(
        b" " + b"".join(cell.encode(encoding).ljust(width) for cell in row) for row in rows
    )
    return head + fields + b"\r" + body + b"\x1a"
