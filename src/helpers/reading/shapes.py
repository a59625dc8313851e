"""Shapes in the cells of a table: well-known text (with SRID, as PostGIS has it), GeoJSON, and
well-known binary as hexadecimal digits; of each the point that stands for it.

The point is the centre by the same definition as of a map (module ``centres``). The cell keeps the
shape itself. Sources: OGC Simple Features 6.1 (well-known text and binary), RFC 7946 (GeoJSON).
"""

from __future__ import annotations

import json
import re
import struct
from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from helpers.reading import centres, databases
from helpers.reading.centres import Point
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Repair

MOST = 0.9  # a share of the filled cells that settles it
LOOKED_AT = 500
BATCH = 200  # cells that are held at a time: a border may be a megabyte
NESTED = 20  # collections in one cell; one in another without end is nobody's border
SIMPLE = {1, 2, 3, 4, 5, 6}  # kinds of well-known binary that hold no others of their own kind
WITH_SRID = 0x20000000  # a flag of EWKB: the system's number follows
WKT = (
    r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON|CURVE|SURFACE)|GEOMETRYCOLLECTION|CIRCULARSTRING"
    r"|COMPOUNDCURVE|CURVEPOLYGON|TIN|TRIANGLE|POLYHEDRALSURFACE"
)
TEXT = re.compile(
    rf"\s*(?:SRID\s*=\s*(\d{{1,6}})\s*;)?\s*((?:{WKT})\s*(?:ZM|Z|M)?\s*(?:\(.*|EMPTY\s*))\Z",
    re.I | re.S,
)
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
# What most such cells are, and there may be millions: read without a geometry in between.
POINT = re.compile(
    rf"POINT\s*(?:ZM|Z|M)?\s*\(\s*({NUMBER})\s+({NUMBER})(?:\s+{NUMBER}){{0,2}}\s*\)\s*", re.I
)
# How a cell begins that may be a shape, for DuckDB; each cell is then read.
LOOK = (
    rf"^\s*(?:(?i:SRID\s*=\s*\d+\s*;)?\s*(?i:{WKT})\s*(?i:ZM|Z|M)?\s*(?:\(|(?i:EMPTY))"
    r"""|\{.*["''](?:coordinates|geometries|lat|latitude)["'']\s*:"""
    r"|0[01][0-9A-Fa-f]{8}(?:[0-9A-Fa-f]{2}){16,}\s*$)"
)
AXES = (("lon", "lat"), ("lng", "lat"), ("longitude", "latitude"))


@dataclass(frozen=True)
class _Read:
    """Of a cell: its point, None where it is empty or does not read; whether it says any."""

    point: Point | None = None
    kind: str | None = None
    srid: str | None = None
    said: bool = True


@dataclass
class Shapes:
    """``x, y`` of each row's shape, in the source's order; ``srid``: the system that most cells
    name. ``unread`` and ``others`` (of another system): rows by their number in the source."""

    column: Column
    # held as plain numbers: a table may have millions of rows
    x: array[float] = field(default_factory=lambda: array("d"))
    y: array[float] = field(default_factory=lambda: array("d"))
    rows: array[int] = field(default_factory=lambda: array("q"))
    srids: array[int] = field(default_factory=lambda: array("i"))  # 0 where none is named
    kinds: set[str] = field(default_factory=set)
    srid: str | None = None
    unread: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    @property
    def xy(self) -> tuple[np.ndarray, np.ndarray]:
        """East and north; not a number where there is no position."""
        return np.array(self.x, dtype=float), np.array(self.y, dtype=float)

    @property
    def count(self) -> int:
        """How many rows have a position."""
        return int(np.isfinite(np.asarray(self.x)).sum())

    def add(self, row: int, read: _Read) -> None:
        """What the cell of one more row says."""
        east, north = read.point or (np.nan, np.nan)
        self.x.append(east)
        self.y.append(north)
        self.rows.append(row)
        self.srids.append(int(read.srid or 0) if read.point else 0)
        if read.kind and read.point:
            self.kinds.add(read.kind)
        elif read.said and read.point is None:
            self.unread.append(row)

    def settle(self) -> None:
        """Take the system that most cells name; cells of another have no position."""
        named = Counter(srid for srid in self.srids if srid)
        if not named:
            return
        most = named.most_common(1)[0][0]
        self.srid = str(most)
        for number, srid in enumerate(self.srids):
            if srid not in (0, most):
                self.x[number] = self.y[number] = np.nan
                self.others.append(self.rows[number])

    def repairs(self) -> list[Repair]:
        """What is told: where the positions are from, and which cells gave none."""
        pairs = {kind.lower() for kind in self.kinds} == {"point"}
        told: list[tuple[str, int, list[int]]] = [
            ("pair_in_one_cell" if pairs else "shapes_in_cells", self.count, []),
            ("shapes_unread", len(self.unread), self.unread),
            ("srid_differs", len(self.others), self.others),
        ]
        return [
            Repair(code, number, rows[:MAX_ROWS_LISTED], self.column.name)
            for code, number, rows in told
            if number
        ]


def find(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> Shapes | None:
    """The first column of which nine filled cells in ten are shapes; areas and lines before points.
    None where no column is. All its cells are read."""
    held = [column for column in columns if column.type == "text"]
    held = [column for column in held if _looks(connection, target, column)]
    found: Shapes | None = None
    for column in held:
        shapes = _read(connection, target, column)
        if shapes is None:
            continue
        if any(kind != "Point" for kind in shapes.kinds):
            return shapes
        found = found or shapes
    return found


def _looks(connection: duckdb.DuckDBPyConnection, target: Path, column: Column) -> bool:
    row = connection.execute(f"""
        select count(*), count(*) filter (regexp_matches({column.text}, '{LOOK}', 's'))
        from (
            select {column.text} from {databases.quoted(target)}
            where trim({column.text}) <> '' limit {LOOKED_AT}
        )
    """).fetchone()
    return row is not None and row[0] > 0 and row[1] >= MOST * row[0]


def _read(connection: duckdb.DuckDBPyConnection, target: Path, column: Column) -> Shapes | None:
    """All cells; None where hardly any gives a position."""
    shapes, filled = Shapes(column), 0
    reader = connection.execute(f"select source_row, {column.text} from {databases.quoted(target)}")
    while batch := reader.fetchmany(BATCH):
        with np.errstate(all="ignore"):  # 1e400 is told as unread
            for row, cell in batch:
                filled += bool(cell and cell.strip())
                shapes.add(int(row), _of(cell))
    if not shapes.count or shapes.count < MOST * (filled - len(shapes.unread)) / 2:
        return None
    shapes.settle()
    return shapes


def _of(cell: str | None) -> _Read:
    """What a cell says.

    >>> _of("SRID=3006;POINT Z (536000 6225000 3)").point, _of("POINT EMPTY").point
    ((536000.0, 6225000.0), None)
    >>> _of("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))").point, _of("ekar").said
    ((1.0, 1.0), True)
    """
    if cell is None or not cell.strip():
        return _Read(said=False)
    try:
        if cell.lstrip().startswith("{"):
            return _of_json(cell)
        text = TEXT.match(cell)
        return _of_text(text) if text else _of_hex(cell.strip())
    except (ValueError, TypeError, AttributeError, RecursionError, struct.error):
        return _Read()
    except NotImplementedError:  # a shape of curves, which shapely does not hold
        return _Read()


def _of_text(text: re.Match[str]) -> _Read:
    import shapely  # 0.2 s

    srid = text[1] if text[1] != "0" else None
    point = POINT.fullmatch(text[2])
    if point:
        return _Read((float(point[1]), float(point[2])), "Point", srid)
    if text[2].upper().count("GEOMETRYCOLLECTION") > NESTED:
        return _Read()
    shape = shapely.from_wkt(text[2], on_invalid="ignore")
    return _of_shape(shape, srid)


def _of_shape(shape: Any, srid: str | None) -> _Read:
    import shapely  # 0.2 s

    if shape is None:
        return _Read()
    if shape.is_empty:
        return _Read(said=False)
    try:
        point = centres.centre_of(shape)
    except shapely.errors.GEOSException:  # a curve, of which it knows no centre
        point = None
    return _Read(point, shape.geom_type, srid)


def _of_json(cell: str) -> _Read:
    try:
        given = json.loads(cell)
    except ValueError:
        given = json.loads(cell.replace("'", '"'))  # as Python writes what it holds
    if isinstance(given.get("geometry"), dict):
        given = given["geometry"]
    for east, north in AXES:
        if east in given and north in given:
            return _Read((float(given[east]), float(given[north])), "Point")
    kind = str(given.get("type", ""))
    return _Read(centres.of_geojson(given), kind, said=centres.has_positions(given))


def _of_hex(cell: str) -> _Read:
    import shapely  # 0.2 s

    data = bytes.fromhex(cell)
    order = "<I" if data[0] else ">I"
    code = struct.unpack_from(order, data, 1)[0]
    srid = str(struct.unpack_from(order, data, 5)[0]) if code & WITH_SRID else None
    if (code & 0xFFFF) % 1000 not in SIMPLE:  # without flags, and without the thousands of Z and M
        return _Read()
    return _of_shape(shapely.from_wkb(data, on_invalid="ignore"), srid if srid != "0" else None)
