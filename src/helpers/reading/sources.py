"""From a file to a snapshot, by its format: recognised from content, then read by the one way of that format."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers import databases, specifications
from helpers.errors import InputRefused
from helpers.reading import delimited, encoding, layout, scan, writing
from helpers.reading.snapshot import MAX_ROWS_LISTED, Geometry, Rejected, Repair, Snapshot, Table

MAX_UNPACKED = 2 << 30
MAX_RATIO = 100
MAX_ENTRIES = 1000
MAX_MEMORY_FILE = 300 << 20  # GeoJSON and Excel are read in memory
GTFS_MAIN = "stops"


def format_of(path: Path, declared: str | None = None) -> str:
    """csv | tsv | xlsx | geojson | gtfs | parquet by content; ``InputRefused`` for what is not read yet."""
    if not path.stat().st_size:
        raise InputRefused("reading.empty", {"file": path.name})
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(path) as archive:
                names = {Path(name).name for name in archive.namelist()}
        except zipfile.BadZipFile:
            raise InputRefused("reading.broken_zip", {"file": path.name}) from None
        if "workbook.xml" in names:
            return "xlsx"
        if names & {"stops.txt", "routes.txt", "trips.txt", "agency.txt"}:
            return "gtfs"
        raise InputRefused("reading.format", {"file": path.name, "format": "zip"})
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputRefused("reading.format", {"file": path.name, "format": "XLS"})
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        if b'"FeatureCollection"' in head or b'"Feature"' in head:
            return "geojson"
        raise InputRefused("reading.format", {"file": path.name, "format": "JSON"})
    if start[:5].lower() in (b"<?xml", b"<html", b"<!doc", b"<kml "):
        raise InputRefused("reading.format", {"file": path.name, "format": "XML"})
    if start.startswith((b"%PDF", b"SQLite", b"\x89PNG", b"fgb")):
        raise InputRefused("reading.format", {"file": path.name, "format": start[:6].decode("ascii", "replace")})
    return "tsv" if declared == "tsv" or path.suffix.lower() == ".tsv" else "csv"


def _declared(names: list[str], type: str | None, geometry: bool) -> dict[str, str]:
    """Column name -> the specification's type, for the columns that it recognises."""
    kind = type or specifications.recognise(names, geometry=geometry)[0]
    if kind not in specifications.types():
        return {}
    specification = specifications.load(kind)
    types = {field.name: field.type for field in specification.fields}
    return {column: types[name] for name, column in specifications.match(names, specification).items()}


def _raw(folder: Path, names: list[str], rows: list[int], cells: list[list[str | None]], name: str = "raw") -> str:
    """Rows held in memory as a raw relation."""
    columns = [
        pa.array(rows, pa.int64()),
        *(pa.array([row[i] for row in cells], pa.string()) for i in range(len(names))),
    ]
    target = folder / f"{name}.raw.parquet"
    pq.write_table(pa.table(columns, names=["source_row", *(f"t{i}" for i in range(len(names)))]), target)
    return f"(select * from {databases.quoted(target)})"


def _headers(names_of: list[str], width: int) -> tuple[list[str], list[Repair]]:
    names, blank, repeated = layout.unique_names(names_of, width)
    found = (("blank_header", blank), ("repeated_header", repeated))
    return names, [Repair(code, count) for code, count in found if count]


def _delimited(
    path: Path, folder: Path, *, type: str | None, hints: dict[str, Any], lan: str | None, table: str, target: str,
    connection: duckdb.DuckDBPyConnection,
) -> tuple[Table, dict[str, Any]]:  # fmt: skip
    """One delimited file to one table; the rest of the snapshot's fields beside it."""
    work = folder / f"{target}.work"
    work.mkdir()
    try:
        chosen = encoding.recognise(path, hints.get("encoding"))
        scanned = scan.scan(path, chosen, work / "text.csv")
        shape = delimited.layout_of(scanned, path.name, hints)
        names, repairs = _headers(_header_cells(scanned, shape), shape.width)
        declared = _declared(names, type, False)

        def write(records: delimited.Records) -> writing.Written:
            return writing.write(connection, records.relation, names, folder / f"{target}.parquet", table=table,
                                 declared=declared, header_row=shape.header + 1 or None, sample=records.sample,
                                 crs=hints.get("crs"), lan=lan)  # fmt: skip

        records = delimited.regular(connection, scanned, shape, work)
        written = None
        if records is not None:
            try:
                expected = scanned.records - shape.header - 1
                written = write(records)
                if (
                    written.table.rows + sum(one.count for one in written.repairs if one.code == "empty_rows")
                    != expected
                ):
                    written = None  # DuckDB did not find what pass 1 counted
            except duckdb.Error:
                written = None
        if written is None:
            records = delimited.exact(connection, scanned, shape, work)
            written = write(records)
        assert records is not None
        repairs = _form_repairs(scanned, shape) + repairs + records.repairs + written.repairs
        return written.table, {
            "encoding": chosen.name, "delimiter": shape.delimiter, "decimal": written.decimal, "repairs": repairs,
            "rejected": records.rejected, "rejected_total": records.rejected_total,
        }  # fmt: skip
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _header_cells(scanned: scan.Scan, shape: layout.Layout) -> list[str]:
    if shape.header < 0:
        return []
    return layout.parse(delimited.head_of(scanned), shape.delimiter)[shape.header]


def _form_repairs(scanned: scan.Scan, shape: layout.Layout) -> list[Repair]:
    ends = scanned.line_ends
    found = {
        "bom": scanned.encoding.bom > 0 and scanned.encoding.name == "utf-8",
        "encoding": scanned.encoding.name != "utf-8",
        "line_endings": ends["cr"] > 0 or (ends["crlf"] > 0 and ends["lf"] > 0),
        "no_header": shape.header < 0,
    }
    repairs = [Repair(code, 1) for code, is_so in found.items() if is_so]
    return (
        [*repairs, Repair("preamble", shape.header, list(range(1, shape.header + 1)))] if shape.header > 0 else repairs
    )


def _text(value: Any) -> str | None:
    """A cell of Excel or JSON as text, without losing a digit."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if hasattr(value, "isoformat"):
        return str(value.isoformat(" ") if hasattr(value, "hour") and hasattr(value, "year") else value.isoformat())
    return str(value)


def _small(path: Path) -> None:
    if path.stat().st_size > MAX_MEMORY_FILE:
        raise InputRefused("reading.too_large", {"file": path.name, "megabytes": MAX_MEMORY_FILE >> 20})


def _xlsx(path: Path, folder: Path, *, type: str | None, hints: dict[str, Any], lan: str | None,
          connection: duckdb.DuckDBPyConnection) -> tuple[list[Table], dict[str, Any]]:  # fmt: skip
    import python_calamine

    _check_zip(path)
    _small(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        sheets = {name: book.get_sheet_by_name(name) for name in names}
        chosen = hints.get("sheet") or max(names, key=lambda name: sheets[name].total_height * sheets[name].total_width)
        rows = sheets[chosen].to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, KeyError, ValueError):
        raise InputRefused("reading.broken_xlsx", {"file": path.name}) from None
    cells = [[_text(None if cell == "" else cell) for cell in row] for row in rows]
    width = max((i + 1 for row in cells for i, cell in enumerate(row) if cell), default=0)
    if not width:
        raise InputRefused("reading.empty", {"file": path.name})
    plain = [[cell or "" for cell in row[:width]] for row in cells]
    header = layout.header_of(plain, width) if not hints.get("header_row") else int(hints["header_row"]) - 1
    heads, repairs = _headers(plain[header] if header >= 0 else [], width)
    if header > 0:
        repairs.append(Repair("preamble", header, list(range(1, header + 1))))
    if len(names) > 1:
        repairs.append(Repair("sheets", len(names) - 1))
    relation = _raw(
        folder, heads, list(range(header + 2, len(cells) + 1)), [row[:width] for row in cells[header + 1 :]]
    )
    written = writing.write(connection, relation, heads, folder / "table.parquet", table=chosen,
                            declared=_declared(heads, type, False), header_row=header + 1 or None, crs=hints.get("crs"),
                            lan=lan)  # fmt: skip
    return [written.table], {"decimal": written.decimal, "repairs": repairs + written.repairs}


def _crs_of(plain: dict[str, Any]) -> str:
    """The declared system of a GeoJSON; WGS84 where it declares none (RFC 7946)."""
    name = str(((plain.get("crs") or {}).get("properties") or {}).get("name", "")).upper()
    code = name.rsplit(":", 1)[-1]
    return f"EPSG:{code}" if "EPSG" in name and code.isdigit() else "EPSG:4326"


def _point(geometry: Any) -> tuple[float, float] | None:
    """East and north of a point, of a multipoint of one, or the mean of the outer coordinates of another shape."""
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    while isinstance(coordinates, list) and len(coordinates) == 1 and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    try:
        if isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
            flat = coordinates[0] if isinstance(coordinates[0][0], list) else coordinates
            while isinstance(flat[0][0], list):
                flat = flat[0]
            return math.fsum(p[0] for p in flat) / len(flat), math.fsum(p[1] for p in flat) / len(flat)
        if coordinates and len(coordinates) >= 2:
            return float(coordinates[0]), float(coordinates[1])
    except (TypeError, ValueError, IndexError):
        return None
    return None


def _geojson(path: Path, folder: Path, *, type: str | None, hints: dict[str, Any], lan: str | None,
             connection: duckdb.DuckDBPyConnection) -> tuple[list[Table], dict[str, Any]]:  # fmt: skip
    _small(path)
    chosen = encoding.recognise(path, hints.get("encoding"))
    try:
        plain = json.loads(path.read_bytes()[chosen.bom :].decode(chosen.name))
    except (json.JSONDecodeError, RecursionError) as error:
        line = str(getattr(error, "lineno", 1))
        raise InputRefused("reading.broken_json", {"file": path.name, "line": line}) from None
    features = plain.get("features") if plain.get("type") == "FeatureCollection" else [plain]
    features = [one for one in features or [] if isinstance(one, dict)]
    if not features:
        raise InputRefused("reading.empty", {"file": path.name})
    names = list(dict.fromkeys(str(key) for one in features for key in (one.get("properties") or {})))
    heads, repairs = _headers(names, len(names)) if names else (["feature"], [])
    cells = [[_text((one.get("properties") or {}).get(name)) for name in names] or [None] for one in features]
    relation = _raw(folder, heads, list(range(1, len(features) + 1)), cells)
    points = [_point(one.get("geometry")) for one in features]
    side = folder / "xy.raw.parquet"
    pq.write_table(pa.table({"source_row": pa.array(range(1, len(features) + 1), pa.int64()),
                             "x": pa.array([p[0] if p else None for p in points], pa.float64()),
                             "y": pa.array([p[1] if p else None for p in points], pa.float64())}), side)  # fmt: skip
    joined = f"(select a.*, b.x, b.y from {relation} a join {databases.quoted(side)} b using (source_row) order by 1)"
    crs = hints.get("crs") or _crs_of(plain)
    written = writing.write(connection, joined, heads, folder / "table.parquet", table=path.stem, has_xy=True, crs=crs,
                            declared=_declared(heads, type, True), header_row=None, lan=lan,
                            sample=relation)  # fmt: skip
    if chosen.bom:
        repairs.append(Repair("bom", 1))
    kinds = {str((one.get("geometry") or {}).get("type", "")).removeprefix("Multi").lower() for one in features} - {""}
    kind = (
        {"point": "point", "linestring": "line", "polygon": "polygon"}.get(kinds.pop(), "mixed")
        if len(kinds) == 1
        else "mixed"
    )
    made = written.table
    if made.geometry:
        place = Geometry(made.geometry.crs, made.geometry.certainty, kind, [], made.geometry.without)
        made = Table(made.name, made.path, made.rows, made.columns, None, place)
    return [made], {"encoding": chosen.name, "decimal": written.decimal, "repairs": repairs + written.repairs}


def _check_zip(path: Path) -> None:
    """Caps on an archive: entries, unpacked size, ratio, no way out of the folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise InputRefused("reading.broken_zip", {"file": path.name}) from None
    unpacked = sum(entry.file_size for entry in entries)
    too_much = unpacked > max(MAX_RATIO * path.stat().st_size, 50 << 20) or unpacked > MAX_UNPACKED
    if len(entries) > MAX_ENTRIES or too_much or any(".." in Path(entry.filename).parts for entry in entries):
        raise InputRefused(
            "reading.zip_bounds", {"file": path.name, "entries": len(entries), "megabytes": unpacked >> 20}
        )


def _gtfs(path: Path, folder: Path, *, type: str | None, hints: dict[str, Any], lan: str | None,
          connection: duckdb.DuckDBPyConnection) -> tuple[list[Table], dict[str, Any]]:  # fmt: skip
    _check_zip(path)
    tables: list[Table] = []
    repairs: list[Repair] = []
    rejected: list[Rejected] = []
    rejected_total = 0
    said: dict[str, Any] = {}
    unpack = folder / "unpack"
    unpack.mkdir()
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".txt")]
        names.sort(key=lambda name: (Path(name).stem != GTFS_MAIN, name))
        for name in names:
            stem = "".join(c for c in Path(name).stem if c.isalnum() or c in "_-") or "table"
            part = unpack / f"{stem}.txt"
            with archive.open(name) as source, part.open("wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)
            if not part.stat().st_size:
                repairs.append(Repair("empty_file", 1, column=stem))
                continue
            table, said = _delimited(part, folder, type=None, hints={"header_row": 1, "delimiter": ","}, lan=lan, table=stem,
                                     target=stem, connection=connection)  # fmt: skip
            tables.append(table)
            repairs += [Repair(one.code, one.count, one.rows, stem) for one in said["repairs"]]
            rejected += said["rejected"]
            rejected_total += said["rejected_total"]
            part.unlink()
    shutil.rmtree(unpack, ignore_errors=True)
    if not tables:
        raise InputRefused("reading.empty", {"file": path.name})
    return tables, {"encoding": said.get("encoding"), "delimiter": ",", "repairs": repairs,
                    "rejected": rejected[:MAX_ROWS_LISTED], "rejected_total": rejected_total}  # fmt: skip


def _parquet(path: Path, folder: Path, *, type: str | None, hints: dict[str, Any], lan: str | None,
             connection: duckdb.DuckDBPyConnection) -> tuple[list[Table], dict[str, Any]]:  # fmt: skip
    source = databases.quoted(path)
    try:
        names = [str(row[0]) for row in connection.execute(f"describe select * from read_parquet({source})").fetchall()]
    except duckdb.Error:
        raise InputRefused("reading.broken_parquet", {"file": path.name}) from None
    heads, repairs = _headers(names, len(names))
    cells = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}"::varchar as t{i}' for i, name in enumerate(names))
    relation = f"(select row_number() over () + 1 as source_row, {cells} from read_parquet({source}))"
    written = writing.write(connection, relation, heads, folder / "table.parquet", table=path.stem,
                            declared=_declared(heads, type, False), header_row=1, crs=hints.get("crs"), lan=lan)  # fmt: skip
    return [written.table], {
        "decimal": None,
        "repairs": [one for one in repairs + written.repairs if one.code != "decimal_comma"],
    }


WAYS = {"xlsx": _xlsx, "geojson": _geojson, "gtfs": _gtfs, "parquet": _parquet}


def read(path: Path, folder: Path, *, type: str | None, hints: dict[str, Any], lan: str | None) -> Snapshot:
    """The snapshot of ``path``; raw material is removed from ``folder`` at the end."""
    format = format_of(path, hints.get("format"))
    with path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    with writing.connect(folder) as connection:
        if format in WAYS:
            tables, said = WAYS[format](path, folder, type=type, hints=hints, lan=lan, connection=connection)
        else:
            table, said = _delimited(path, folder, type=type, hints=hints, lan=lan, table=path.stem, target="table",
                                     connection=connection)  # fmt: skip
            tables = [table]
    for raw in folder.glob("*.raw.parquet"):
        raw.unlink()
    shutil.rmtree(folder / "spill", ignore_errors=True)
    return Snapshot(folder, path.name, checksum, format, tables, **said)
