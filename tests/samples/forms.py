"""Write rows in the forms that reality has, byte for byte the same for the same rows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

EPOCH = (2026, 1, 1, 0, 0, 0)
Rows = list[list[Any]]


def comma(value: Any) -> Any:
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else value


def delimited(
    file: Path,
    header: list[str],
    rows: Rows,
    *,
    encoding: str = "utf-8",
    delimiter: str = ";",
    decimal_comma: bool = False,
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([[comma(cell) if decimal_comma else cell for cell in row] for row in rows])
    file.write_bytes(out.getvalue().encode(encoding))


def geojson(
    file: Path,
    header: list[str],
    rows: Rows,
    points: list[tuple[float, float] | None],
    crs: str | None,
) -> None:
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(header, row, strict=True)),
            "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        }
        for row, point in zip(rows, points, strict=True)
    ]
    plain: dict[str, Any] = {"type": "FeatureCollection", "name": file.stem}
    if crs:
        plain["crs"] = {
            "type": "name",
            "properties": {"name": f"urn:ogc:def:crs:{crs.replace(':', '::')}"},
        }
    file.write_text(
        json.dumps(plain | {"features": features}, ensure_ascii=False, indent=0), "utf-8"
    )


def packed(file: Path, members: dict[str, bytes]) -> None:
    """A zip with fixed times, so that the same content gives the same bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def xlsx(file: Path, header: list[str], rows: Rows, preamble: Rows) -> None:
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = dt.datetime(*EPOCH)
    sheet = book.active
    for row in [*preamble, header, *rows]:
        sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    import re

    core = members["docProps/core.xml"]
    members["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", core
    )
    packed(file, members)


def table(header: list[str], rows: Rows) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()
