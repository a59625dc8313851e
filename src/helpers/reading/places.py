"""Positions of a table: which columns hold them, in which system, and the same points in EPSG:4326
beside them.

Columns are found by their names and numbers together; without names by numbers that land on Swedish
municipalities; or both numbers stand in one cell. What the source says is kept in ``x, y``; several
systems beside one another are told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.ground import geography
from helpers.reading import databases
from helpers.reading.snapshot import Column, Geometry, Repair

LATITUDE = re.compile(
    r"(?:^|[^a-z])lat(?:itude|itud)?(?:[^a-z]|$)|latitud|wgs84.?n|north|nord|stop_lat", re.I
)
LONGITUDE = re.compile(
    r"(?:^|[^a-z])(?:lon|lng|long)(?:gitude|gitud)?(?:[^a-z]|$)|longitud|wgs84.?(?:e|o)|east|(?:^|_)ost|öst|stop_lon",
    re.I,
)
PLAIN = re.compile(r"(?:stop_)?(?:lat(?:itude|itud)?|lon(?:gitude|gitud)?|lng|long)", re.I)
NORTH = re.compile(
    r"(?:^|[^a-z])x(?:[^a-z]|$)|north|nord|x.?koord|koord.?x|(?:^|[_ -])n(?:[_"
    r" -]|$)|rt90.?x|sweref.{0,4}(?:n|x)(?:$|[^a-z])",
    re.I,
)
EAST = re.compile(
    r"(?:^|[^a-z])y(?:[^a-z]|$)|east|(?:^|_|\b)ost|öst|y.?koord|koord.?y|(?:^|[_ -])e(?:[_"
    r" -]|$)|rt90.?y|sweref.{0,4}(?:e|y)(?:$|[^a-z])",
    re.I,
)
# Sweden with its sea, in degrees and in metres of SWEREF 99, RT 90 and Web Mercator
LAT, LON = (54.0, 70.0), (9.0, 25.5)
NORTHING, EASTING = (6_080_000.0, 10_900_000.0), (20_000.0, 2_720_000.0)
NUMBER, COMMA_NUMBER = r"-?\d{1,7}(?:\.\d+)?", r"-?\d{1,7},\d+"
# Two numbers in one cell: with points, with decimal commas, as WKT or GeoJSON.
PAIRS = (
    rf'^\s*[(\[]?\s*"?({NUMBER})"?\s*[,;/ ]\s*"?({NUMBER})"?\s*[)\]]?\s*$',
    rf"^\s*[(\[]?\s*({COMMA_NUMBER})(?:\s*[;/]\s*|,?\s+)({COMMA_NUMBER})\s*[)\]]?\s*$",
    rf"^\s*(?i:SRID=\d+;)?(?i:POINT)\s*Z?\s*\(({NUMBER})\s+({NUMBER})",
    rf'"coordinates"\s*:\s*\[\s*"?({NUMBER})"?\s*,\s*"?({NUMBER})',
)
MINUTES = re.compile(
    r"\D{0,2}\d{1,2} \d{1,2}[.,]\d+\D{0,2}\Z"
)  # 56 10.023: degrees and minutes of one number
NUMBERS_AT = 20_000  # rows whose numbers are looked at
HELD = 4_000_000  # numbers at a time
FEW_PAIRS = 12  # columns of numbers that may be north, and as many east: each pair is tried
LOOKED_AT = 500
MOST = 0.9


@dataclass(frozen=True)
class Pair:
    """Expressions of east and north, and the columns that they come from."""

    east: str
    north: str
    columns: list[str]
    told: str | None = None  # the repair that tells how they were found


def have_axes(names: list[str]) -> bool:
    """True where two columns are called as the axes of a position are."""
    pairs = ((LATITUDE, LONGITUDE), (NORTH, EAST))
    return any(any(map(a.search, names)) and any(map(b.search, names)) for a, b in pairs)


def _numbers(column: Column) -> bool:
    return column.type in ("decimal", "integer")


def _named(columns: list[Column], ranges: dict[str, tuple[float, float]]) -> list[Pair]:
    """Pairs by name and number; a pair in degrees first, then those in metres, in the order of
    their columns."""
    numbers = [column for column in columns if _numbers(column) and column.name in ranges]

    def within(column: Column, bounds: tuple[float, float]) -> bool:
        return bounds[0] <= ranges[column.name][0] and ranges[column.name][1] <= bounds[1]

    found: list[Pair] = []
    used: set[str] = set()

    def take(norths: list[Column], easts: list[Column]) -> None:
        norths = [c for c in norths if c.name not in used]
        easts = [c for c in easts if c.name not in used and c not in norths[:1]]
        if norths and easts:
            # of several, the east that stands nearest to the north
            east = min(easts, key=lambda c: abs(c.position - norths[0].position))
            used.update((norths[0].name, east.name))
            found.append(Pair(east.value, norths[0].value, [east.name, norths[0].name]))

    def likely(pattern: re.Pattern[str], bounds: tuple[float, float]) -> list[Column]:
        """Those in Sweden before others, and a plain name before a part of one: avg_lat_ms is a
        latency."""
        named = [c for c in numbers if pattern.search(c.name) and within(c, (-180, 180))]
        return sorted(named, key=lambda c: (not within(c, bounds), PLAIN.fullmatch(c.name) is None))

    degrees = [c for c in numbers if within(c, (-180, 180))]
    take(likely(LATITUDE, LAT), likely(LONGITUDE, LON))
    for _ in range(3):
        for north, east in (
            (NORTH, EAST),
            (EAST, NORTH),
            (LATITUDE, LONGITUDE),
        ):  # Swedish order first: X is north
            take(
                [c for c in numbers if north.search(c.name) and within(c, NORTHING)],
                [c for c in numbers if east.search(c.name) and within(c, EASTING)],
            )
    for north, east in ((NORTH, EAST), (EAST, NORTH)):
        take(
            [c for c in degrees if north.search(c.name) and within(c, LAT)],
            [c for c in degrees if east.search(c.name) and within(c, LON)],
        )
    return found


def _ranges(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> dict[str, tuple[float, float]]:
    """The 10th and 90th percentile of each named number column: a few wrong points do not hide a
    coordinate column."""
    numbers = [column for column in columns if _numbers(column)]
    names = [
        c for c in numbers if any(p.search(c.name) for p in (LATITUDE, LONGITUDE, NORTH, EAST))
    ]
    if not names:
        return {}
    parts = [f"quantile_cont({c.value}, [0.1, 0.9]) filter (where {c.value} <> 0)" for c in names]
    found = connection.execute(
        f"select {', '.join(parts)} from {databases.quoted(target)}"
    ).fetchone()
    assert found is not None
    return {
        c.name: (float(q[0]), float(q[1]))
        for c, q in zip(names, found, strict=True)
        if q and q[0] is not None
    }


def _in_one_cell(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> Pair | None:
    """A text column, or one whose numbers do not read, of which nine cells in ten are two numbers
    that can be Swedish."""
    for column in (one for one in columns if one.type == "text" or one.unparsed):
        sample = connection.execute(
            f"select trim({column.text}) from (select {column.text} from {databases.quoted(target)}"
            " limit 20000) "
            rf"where regexp_matches({column.text}, '\d.*[,;/ ].*\d') limit {LOOKED_AT}"
        ).fetchall()
        cells = [str(row[0]) for row in sample]
        if not cells:
            continue
        filled = connection.execute(
            f"select count(*) from (select {column.text} from {databases.quoted(target)} limit"
            f" {LOOKED_AT}) where trim({column.text}) <> ''"
        ).fetchone()
        if filled is None or len(cells) < MOST * min(filled[0], LOOKED_AT):
            continue
        if sum(MINUTES.match(cell) is not None for cell in cells) > len(cells) / 2:
            continue
        for pattern in PAIRS:
            found = [match.groups() for cell in cells if (match := re.search(pattern, cell))]
            if len(found) < MOST * len(cells):
                continue
            pairs = np.array(
                [[float(number.replace(",", ".")) for number in pair] for pair in found]
            )
            order = _order(pairs[:, 0], pairs[:, 1])
            if order:
                parts = [
                    f"try_cast(replace(regexp_extract({column.text}, '{pattern}', {i}), ',', '.')"
                    " as double)"
                    for i in order
                ]
                return Pair(parts[0], parts[1], [column.name], "pair_in_one_cell")
    return None


def _order(first: np.ndarray, second: np.ndarray) -> tuple[int, int] | None:
    """(east, north) as 1 and 2: which of two numbers is which, by Sweden's extent."""
    a, b = float(np.median(first)), float(np.median(second))
    for bounds_north, bounds_east in ((LAT, LON), (NORTHING, EASTING)):
        if bounds_north[0] <= a <= bounds_north[1] and bounds_east[0] <= b <= bounds_east[1]:
            return 2, 1
        if bounds_north[0] <= b <= bounds_north[1] and bounds_east[0] <= a <= bounds_east[1]:
            return 1, 2
    return None


def _by_numbers(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column], area: str | None
) -> Pair | None:
    """Two columns without telling names whose numbers land on Swedish municipalities."""
    numbers = [column for column in columns if column.type == "decimal"]
    if len(numbers) < 2:
        return None
    cells = ", ".join(f"{column.value}::double as {column.text}" for column in numbers)
    most = min(NUMBERS_AT, HELD // len(numbers))
    got = connection.execute(
        f"select {cells} from {databases.quoted(target)} limit {most}"
    ).fetchnumpy()
    values = {column.name: _floats(got[column.text]) for column in numbers}

    @cache
    def within(name: str, bounds: tuple[float, float]) -> bool:
        known = values[name][~np.isnan(values[name])]
        fine = known * (1000 if bounds in (LAT, LON) else 1)
        if (
            len(known) < 5
            or len(np.unique(known)) < 0.3 * len(known)
            or np.mean(fine == np.round(fine)) > 0.5
        ):
            return False  # a share or an age is given with fewer decimals than a place
        inside = (known >= bounds[0]) & (known <= bounds[1])
        return bool(inside.mean() >= MOST)

    for bounds_north, bounds_east in ((LAT, LON), (NORTHING, EASTING)):
        norths = [column for column in numbers if within(column.name, bounds_north)][:FEW_PAIRS]
        easts = [column for column in numbers if within(column.name, bounds_east)][:FEW_PAIRS]
        for north in norths:
            for east in (column for column in easts if column is not north):
                x, y = values[east.name][:LOOKED_AT], values[north.name][:LOOKED_AT]
                crs, _ = geography.recognise_crs(x, y, area)
                if crs and geography.share_on_land(x, y, crs) >= 0.8:
                    return Pair(
                        east.value, north.value, [east.name, north.name], "positions_by_numbers"
                    )
    return None


def _floats(values: object) -> np.ndarray:
    return np.asarray(np.ma.filled(np.ma.asarray(values, dtype=float), np.nan), dtype=float)


def add(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    columns: list[Column],
    *,
    crs: str | None,
    has_xy: bool,
    area: str | None,
) -> tuple[Geometry | None, list[Repair]]:
    """Add ``x, y, lon, lat`` to the Parquet at ``target`` where the table has positions; rewrites
    it in place."""
    pairs = (
        [Pair("x", "y", [])] if has_xy else _named(columns, _ranges(connection, target, columns))
    )
    if not pairs:
        other = _in_one_cell(connection, target, columns) or _by_numbers(
            connection, target, columns, area
        )
        pairs = [other] if other else []
    if not pairs:
        return None, []
    pair = pairs[0]
    x, y = _points(connection, target, pair)
    declared, crs = crs, crs if crs and geography.is_registered(crs) else None
    system, certainty, swapped = _system(x, y, crs, area)
    unknown = (
        [Repair("crs_unknown", 1, [], ", ".join(pair.columns) or None)]
        if system is None and len(x)
        else []
    )
    if system is None and not has_xy:
        return None, unknown
    empty = np.full(len(x), np.nan)
    lon, lat = (
        (empty, empty)
        if system is None
        else geography.to_wgs84(*((y, x) if swapped else (x, y)), system)
    )
    _beside(connection, target, {"x": x, "y": y, "lon": lon, "lat": lat}, has_xy)
    told = unknown + ([Repair(pair.told, len(x), [], ", ".join(pair.columns))] if pair.told else [])
    if swapped:
        told.append(
            Repair("swapped_axes", int((~np.isnan(x)).sum()), [], ", ".join(pair.columns) or None)
        )
    if declared and not crs:
        told.append(Repair("crs_not_registered", 1, [], declared))
    if crs and system and system != crs:
        told.append(Repair("crs_contradicted", 1, [], crs))
    others = [_said(connection, target, one, area) for one in pairs[1:]]
    if others:
        told.append(Repair("several_systems", len(others), [], "; ".join(others)))
    without = int((np.isnan(x) | np.isnan(y)).sum())
    return Geometry(system or "unknown", certainty, "point", pair.columns, without, others), told


def _points(
    connection: duckdb.DuckDBPyConnection, target: Path, pair: Pair
) -> tuple[np.ndarray, np.ndarray]:
    got = connection.execute(
        f"select {pair.east}::double as x, {pair.north}::double as y from"
        f" {databases.quoted(target)}"
    ).fetchnumpy()
    x, y = _floats(got["x"]), _floats(got["y"])
    half = np.isnan(x) | np.isnan(y)  # half a position is none
    return np.where(half, np.nan, x), np.where(half, np.nan, y)


def _system(
    x: np.ndarray, y: np.ndarray, crs: str | None, area: str | None
) -> tuple[str | None, str, bool]:
    """The system, how certain, and whether north stands first. A declared one that the numbers
    contradict gives way."""
    if crs is not None:
        inside = geography.share_in_sweden(x, y, crs)
        if inside < 0.5:
            if crs not in geography.DEGREES and geography.share_in_sweden(y, x, crs) >= MOST:
                return crs, "declared", True
            other, certainty, swapped = _system(x, y, None, area)
            order = (y, x) if swapped else (x, y)
            if other and other != crs and geography.share_in_sweden(*order, other) >= MOST:
                return other, certainty, swapped
            if crs in geography.DEGREES and geography.are_metres(x, y):
                return None, "unknown", False
        return crs, "declared", False
    found, certainty = geography.recognise_crs(x, y, area)
    if found is not None:
        return found, certainty, False
    found, _ = geography.recognise_crs(y, x, area)
    return found, "assumed" if found else "unknown", found is not None


def _said(connection: duckdb.DuckDBPyConnection, target: Path, pair: Pair, area: str | None) -> str:
    """A further pair and its system, for people: ``EPSG:3021 (Ykoord, Xkoord)``."""
    system, _ = geography.recognise_crs(*_points(connection, target, pair), area)
    return f"{system or '?'} ({', '.join(pair.columns)})"


def _beside(
    connection: duckdb.DuckDBPyConnection, target: Path, points: dict[str, np.ndarray], has_xy: bool
) -> None:
    side, new = target.with_suffix(".points.parquet"), target.with_suffix(".new.parquet")
    pq.write_table(
        pa.table({name: pa.array(values, from_pandas=True) for name, values in points.items()}),
        side,
    )
    drop = " exclude (x, y)" if has_xy else ""
    databases.write(
        connection,
        f"select a.*, b.* from (select *{drop} from {databases.quoted(target)}) a "
        f"positional join {databases.quoted(side)} b",
        new,
        pq.read_metadata(target).num_columns + len(points),
    )
    side.unlink()
    new.replace(target)
