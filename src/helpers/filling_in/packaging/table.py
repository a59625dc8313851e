"""The table of a package, in the form of a specification: CSV by RFC 4180, GeoJSON by RFC 7946
where rows have positions, Parquet where the table is large.

A type that there is no specification of is written by its own columns, as reading understood them.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.declared import mapping, specifications
from helpers.declared.fields import Field, Specification
from helpers.filling_in.converting import writing as converting
from helpers.filling_in.converting.writing import ConversionRequest, Converted
from helpers.filling_in.packaging.columns import WrittenColumn, looked_at
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening
from helpers.words.files import spreadsheets, writing
from helpers.words.messages import text

LARGE = 100_000  # rows: past these a spreadsheet is slow, and whoever computes wants Parquet
DRAFT = "utkast-"  # before the name of every file of a draft
FINEST = 7  # decimals of a position in degrees
AXES = ("longitude", "latitude")
SQL = {"integer": "bigint", "decimal": "double", "date": "date", "datetime": "timestamp"}


@dataclass(frozen=True)
class TableRequest:
    """What is written into ``folder``, which is private and goes afterwards: the files of the
    candidate ``id``. ``variant``: of the type's specification. ``draft``: each file says so.
    ``shapes``: lines and areas of the same rows, a feature on each line; without it each row is a
    point."""

    folder: Path
    id: str
    title: str
    type: str
    variant: str | None = None
    draft: bool = False
    language: str = "sv"
    shapes: Path | None = None

    def file(self, name: str) -> Path:
        """The file of that name; of a draft one that begins with ``DRAFT``."""
        return self.folder / f"{DRAFT if self.draft else ''}{name}"


@dataclass(frozen=True)
class Tabled:
    """What was written: ``files`` by their form (csv, geojson, parquet), the columns of the table,
    and what converting tells. ``placed``: rows with a position."""

    files: dict[str, Path]
    columns: tuple[WrittenColumn, ...]
    rows: int
    placed: int
    converted: Converted

    @property
    def specification(self) -> Specification:
        """What the table follows; of no type its own columns."""
        return self.converted.specification


def of_columns(snapshot: Snapshot) -> Specification:
    """The main table's own columns as a specification, for a type that has none."""
    fields = tuple(
        Field(column.name, {"sv": column.name, "en": column.name}, column.type)
        for column in snapshot.main.columns
    )
    title = {language: text("reporting.other_type", language) for language in ("sv", "en")}
    return Specification("annan", title, "own", "", "", fields)


def target(snapshot: Snapshot, type: str, variant: str | None) -> Specification:
    """What the table is to follow: the variant asked for, else the newest version of its type; its
    own columns where it has none of the specification's."""
    own = of_columns(snapshot)
    if type not in specifications.types():
        return own
    whole = specifications.load(type, variant or mapping.newest(type))
    names = [column.name for column in snapshot.main.columns]
    return whole if mapping.mapped(names, whole).fits else own


def write(snapshot: Snapshot, screening: Screening, asked: TableRequest) -> Tabled:
    """Write the main table of the snapshot. Raises ``ConfigurationError`` where a file cannot be
    written."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    plain = asked.folder / f"{asked.id}.plain.csv"
    specification = target(snapshot, asked.type, asked.variant)
    request = ConversionRequest(plain, language=asked.language)
    converted = converting.convert(snapshot, specification, screening, request)
    with databases.connect() as con:
        read = (
            f"read_csv({databases.quoted(plain)}, header = true, all_varchar = true, delim = ',',"
        )
        read += " quote = '\"', escape = '\"', parallel = false,"
        read += " max_line_size = 10000000, buffer_size = 20000000)"
        con.execute(f"create temp view written as from {read}")
        columns = looked_at(con, "written", converted.specification)
        files = {"csv": asked.file(f"{asked.id}.csv")}
        _recorded(plain, files["csv"])
        axes = _axes(columns)
        placed = _placed(con, columns, axes)
        if placed:
            files["geojson"] = asked.file(f"{asked.id}.geojson")
            writing.write_texts(files["geojson"], _drawn(plain, columns, axes, asked))
        if converted.rows_after >= LARGE:
            files["parquet"] = asked.file(f"{asked.id}.parquet")
            _columnar(con, columns, files["parquet"], asked)
    plain.unlink()
    return Tabled(files, columns, converted.rows_after, placed, replace(converted))


def _recorded(plain: Path, table: Path) -> None:
    """Write the table with the line ends that RFC 4180 asks for."""
    with (
        plain.open(encoding="utf-8", newline="") as source,
        writing.aside(table) as part,
        part.open("w", encoding="utf-8", newline="") as out,
    ):
        spreadsheets.write_records(out, csv.reader(source))


def _axes(columns: tuple[WrittenColumn, ...]) -> tuple[int, ...]:
    """Where longitude and latitude stand; () where one of them is not there."""
    found = {column.field: i for i, column in enumerate(columns)}
    return tuple(found[axis] for axis in AXES) if found.keys() >= set(AXES) else ()


def _placed(con: Any, columns: tuple[WrittenColumn, ...], axes: tuple[int, ...]) -> int:
    """How many rows have a position."""
    if not axes:
        return 0
    both = " and ".join(
        f"try_cast({databases.named(columns[i].name)} as double) is not null" for i in axes
    )
    row = con.execute(f"select count(*) from written where {both}").fetchone()
    return int(row[0])


def _drawn(
    plain: Path, columns: tuple[WrittenColumn, ...], axes: tuple[int, ...], asked: TableRequest
) -> Iterator[str]:
    """The map's text, a feature on each line."""
    head = {"type": "FeatureCollection", "name": asked.title}
    head |= {"utkast": text("package.draft_line", "sv")} if asked.draft else {}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    shapes = _shapes(asked, columns)
    with plain.open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        next(rows)
        for number, row in enumerate(rows):
            yield f"{',' if number else ''}\n{_feature(row, columns, axes, next(shapes, None))}"
    yield "\n]}\n"


def _shapes(asked: TableRequest, columns: tuple[WrittenColumn, ...]) -> Iterator[Any]:
    """The shape of each row, where there is one for each."""
    if asked.shapes is None:
        return
    with asked.shapes.open(encoding="utf-8") as stream:
        features = sum(line.startswith('{"type": "Feature",') for line in stream)
    if not columns or features != columns[0].rows:
        return
    with asked.shapes.open(encoding="utf-8") as stream:
        for line in stream:
            if line.startswith('{"type": "Feature",'):
                yield json.loads(line.rstrip().rstrip(","))["geometry"]


def _feature(
    row: list[str], columns: tuple[WrittenColumn, ...], axes: tuple[int, ...], shape: Any = None
) -> str:
    """One line of GeoJSON. ``shape``: what the row is drawn as, if not as a point."""
    spot = [_number(row[i]) for i in axes]
    there = all(isinstance(one, int | float) for one in spot)
    geometry = shape or ({"type": "Point", "coordinates": spot} if there else None)
    said = {
        column.name: _value(cell, column.type)
        for i, (cell, column) in enumerate(zip(row, columns, strict=True))
        if i not in axes
    }
    plain = {"type": "Feature", "geometry": geometry, "properties": said}
    return json.dumps(plain, ensure_ascii=False)


def _number(cell: str) -> float | int | None:
    try:
        return round(float(cell), FINEST) if cell else None
    except ValueError:
        return None


def _value(cell: str, type: str) -> Any:
    if not cell:
        return None
    if type == "integer" and len(cell) <= 15:
        return int(cell)
    if type == "decimal" and len(cell) <= 15:
        return float(cell)
    return {"true": True, "false": False}.get(cell, cell) if type == "boolean" else cell


def _columnar(
    con: Any,
    columns: Iterator[WrittenColumn] | tuple[WrittenColumn, ...],
    file: Path,
    asked: TableRequest,
) -> None:
    """The same rows as Parquet, each column of the type that all its cells have."""
    said = ", ".join(
        f"try_cast(nullif({databases.named(one.name)}, '') as {SQL.get(one.type, 'varchar')})"
        f" as {databases.named(one.name)}"
        for one in columns
    )
    note = f", kv_metadata {{utkast: {databases.quoted(text('package.draft_line', 'sv'))}}}"
    how = f"format parquet, compression zstd{note if asked.draft else ''}"
    con.execute(f"copy (select {said} from written) to {databases.quoted(file)} ({how})")
