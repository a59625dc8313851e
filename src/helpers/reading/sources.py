"""From a file to a snapshot: its format recognised from content, then read by the one way of that
format."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.reading import (
    archives,
    bounds,
    centres,
    databases,
    delimited,
    features,
    folders,
    formats,
    geoparquet,
    gtfs,
    json_tables,
    naming,
    records,
    workbooks,
    writing,
)
from helpers.reading.around import parquet, zips
from helpers.reading.outlines import Outlines
from helpers.reading.snapshot import Repair, Snapshot
from helpers.reading.source import Read, Source
from helpers.reading.surroundings import Surroundings
from helpers.words.errors import InputRefused
from helpers.words.files import folders as papers
from helpers.words.source_text import SourceText


def _parquet(source: Source) -> Read:
    """A broken page or description is met where it is read, whichever step that is."""
    try:
        return _parquet_rows(source)
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's, not Arrow's
        raise InputRefused("reading.broken_parquet", {"file": source.name}) from None


def _parquet_rows(source: Source) -> Read:
    described = source.connection.execute(
        f"describe select * from read_parquet({databases.quoted(source.path)})"
    ).fetchall()
    types = {str(row[0]): str(row[1]) for row in described}
    _bounded(source, list(types))
    shapes = geoparquet.find(source.path, types)
    read = [name for name in types if shapes is None or name != shapes.column]
    given = _own_names(source.path, list(types))
    names, repairs = records.headers([given[name] for name in read], len(read))
    cells = ", ".join(f"{databases.named(name)}::varchar as t{i}" for i, name in enumerate(read))
    written = _parquet_written(source, shapes, cells or "null::varchar as t0", names or ["feature"])
    table = written.table
    if shapes is not None and table.geometry is not None:
        kind = centres.kind_of(shapes.kinds)
        table = replace(table, geometry=replace(table.geometry, kind=kind))
    result = Read("parquet")
    result.add(table, repairs + written.repairs + (shapes.repairs() if shapes else []))
    source.surroundings.add_rows(table.name, written.outside)
    source.surroundings.add_all(parquet.parts(source.connection, source.path, types))
    return result


def _own_names(path: Path, known: list[str]) -> dict[str, str]:
    """DuckDB's name of each column -> its own: DuckDB tells names apart that differ in capitals
    only, and makes one where there is none. Its own where Arrow cannot decode them."""
    try:
        own = pq.read_schema(path).names
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        own = []
    return dict(zip(known, own if len(own) == len(known) else known, strict=True))


def _parquet_written(
    source: Source, shapes: geoparquet.Shapes | None, cells: str, names: list[str]
) -> writing.WrittenTable:
    """The table of a Parquet file's cells, and of the points of its shapes."""
    relation = f"read_parquet({databases.quoted(source.path)})"
    columns = f"row_number() over () + 1 as source_row, {cells}"
    if shapes is not None:
        spots = source.folder / "spots.raw.parquet"
        shapes.write(source.path, spots, source.outlines)
        relation = f"{relation} a positional join {databases.quoted(spots)} b"
        columns = f"{columns}, b.x as x, b.y as y"
    sample = f"(select row_number() over () + 1 as source_row, {cells} from {relation})"
    return source.write(
        f"(select {columns} from {relation})",
        names,
        table=source.path.stem,
        header_row=1,
        sample=sample if shapes else None,
        crs=features.epsg(shapes.crs) if shapes else None,
        has_xy=shapes is not None,
    )


def _bounded(source: Source, names: list[str]) -> None:
    """Raises ``InputRefused`` for what unfolds beyond bounds: a Parquet keeps a text once, for
    however many rows."""
    relation = databases.quoted(source.path)
    bounds.rows(databases.said_rows(source.connection, source.path), source.name)
    bounds.require_max_columns(len(names), source.path.stem)
    sizes = [f"sum(strlen({databases.named(name)}::varchar))" for name in names]
    bounds.text(
        sum(int(size or 0) for size in databases.aggregate(source.connection, sizes, relation)),
        source.name,
    )


def _archive(source: Source) -> Read:
    """The one table or map of an archive; what else lies in it is told."""
    with archives.opened(source.path, source.name) as archive:
        inside_it = archives.members(archive)
        tables = [name for name in inside_it if Path(name).suffix.lower() in formats.MEMBERS]
        tables = tables or [name for name in inside_it if not papers.is_paper(Path(name))]
        member = tables[0] if _is_only(tables) else archives.only_member(archive, source.name)
        others = len(archives.members(archive)) - 1
        inside = source.folder / "unpack"
        inside.mkdir()
        try:
            part = archives.unpack(
                archive, member, inside / f"{Path(member).stem[:60]}{Path(member).suffix}"
            )
            packed = replace(source, path=part, name=source.name / member)
            format = formats.recognise(part, packed.name, source.hints.get("format"))
            if format in ("zip", "gtfs", "shapefile"):
                raise InputRefused("reading.zip_nested", {"file": source.name})
            result = _way(format)(packed)
            read = [archive.getinfo(member)]
            zips.hand_over(archive, source.surroundings, source.folder, read)
        finally:
            shutil.rmtree(inside, ignore_errors=True)
    result.repairs.append(Repair("archive", 1))
    if others:
        result.repairs.append(Repair("archive_others", others))
    return result


def _is_only(names: list[str]) -> bool:
    return len(names) == 1 and not names[0].lower().endswith(archives.ARCHIVES)


def _way(format: str) -> Callable[[Source], Read]:
    """The one way of reading a format."""
    if format in WAYS:
        return WAYS[format]
    if format in formats.WORKBOOKS:
        return lambda source: workbooks.read(source, format)
    if format in features.DRIVERS:
        return lambda source: features.by_gdal(source, format)
    if format in ("csv", "tsv"):
        return lambda source: delimited.table(source, name=source.path.stem, format=format)
    raise ValueError(f"no way of reading {format}")


WAYS: dict[str, Callable[[Source], Read]] = {
    "parquet": _parquet,
    "gtfs": gtfs.read,
    "json": json_tables.read,
    "zip": _archive,
}


def read(
    path: Path,
    folder: Path,
    *,
    type: str | None,
    hints: dict[str, Any],
    area: str | None,
    outlines: bool = False,
) -> Snapshot:
    """The snapshot of the file or folder at ``path``; raw material is removed from ``folder`` at
    the end.

    Raises ``InputRefused`` for a file that cannot be read whole and truthfully.
    """
    given = SourceText(path.name)
    if path.is_dir():
        with folders.packed(path, folder, given) as archive:
            return _snapshot(archive, folder, given, type, hints, area, outlines, unpacked=True)
    return _snapshot(path, folder, given, type, hints, area, outlines)


def _snapshot(
    path: Path,
    folder: Path,
    given: SourceText,
    type: str | None,
    hints: dict[str, Any],
    area: str | None,
    outlines: bool,
    *,
    unpacked: bool = False,
) -> Snapshot:
    """The snapshot of a file; ``unpacked``: of the folder that was packed in it."""
    format = formats.recognise(path, given, hints.get("format"))
    with path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    with (
        writing.connect(folder) as connection,
        Surroundings(folder) as surroundings,
        Outlines(folder) if outlines else nullcontext() as shapes,
    ):
        source = Source(path, folder, connection, given, surroundings, type, hints, area, shapes)
        result = _way(format)(source)
        name = naming.mask(given, result, surroundings)
    if unpacked:
        folders.add_repairs(result)
    for raw in folder.glob("*.raw.parquet"):
        raw.unlink()
    shutil.rmtree(folder / "spill", ignore_errors=True)
    if formats.is_called_otherwise(path, result.format):
        result.repairs.append(Repair("other_suffix", 1))
    if not result.tables[0].rows:
        result.repairs.append(Repair("no_rows", 1))
    return Snapshot(
        folder,
        name,
        checksum,
        result.format,
        result.tables,
        encoding=result.encoding,
        delimiter=result.delimiter,
        decimal=result.decimal,
        repairs=result.repairs,
        rejected=result.rejected,
        rejected_total=result.rejected_total,
        surroundings=surroundings.places,
    )
