"""Positions of a table: in which system they are, and the same points in EPSG:4326 beside them.

What the source says is kept in ``x, y``; several systems beside one another are told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.ground import geography
from helpers.reading import arrays, axes, centres, databases, shapes
from helpers.reading.axes import Pair
from helpers.reading.snapshot import Column, Geometry, Repair

MOST_COMPARED = 1000  # points of two systems beside each other
ASKED, FIRST = 50, 200  # columns of texts, and rows, of which it is asked whether they say places
HUNDRED_M = 0.0009  # in degrees of latitude


@dataclass(frozen=True)
class Placed:
    """The geometry of a table, None where it has none; what is told of it; its ``axes``.

    ``x, y`` are in the units of the source's system, ``lon, lat`` in degrees of EPSG:4326; NaN
    where a row has no position.
    """

    geometry: Geometry | None
    told: list[Repair]
    axes: dict[str, np.ndarray] = field(default_factory=dict)


def of_shapes(
    connection: duckdb.DuckDBPyConnection, relation: str, *, crs: str | None, area: str | None
) -> Placed:
    """Of a relation of which ``x, y`` are the positions."""
    pair = Pair("x", "y", [])
    x, y = _points(connection, relation, pair)
    return _placed(pair, x, y, crs, area, None)


def add(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    columns: list[Column],
    *,
    crs: str | None,
    area: str | None,
) -> Placed:
    """Add ``x, y, lon, lat`` to the Parquet at ``target`` where cells of the table give positions;
    rewrites it in place."""
    pairs = axes.named(connection, target, columns)
    held = None if pairs else shapes.find(connection, target, columns)
    if held is not None:
        pairs = [Pair("", "", [held.column.name])]
        crs = crs or (f"EPSG:{held.srid}" if held.srid else None)
    pairs = pairs or axes.shown(connection, target, columns, area)
    if not pairs:
        return Placed(None, _unread(connection, target, _filled(target, columns)))
    relation = databases.quoted(target)
    x, y = held.xy if held is not None else _points(connection, relation, pairs[0])
    placed = _placed(pairs[0], x, y, crs, area, held)
    if placed.geometry is None or placed.geometry.crs == "unknown":
        return Placed(None, [repair for repair in placed.told if repair.code == "crs_unknown"])
    _beside(connection, target, placed.axes)
    lon, lat = placed.axes["lon"], placed.axes["lat"]
    others = [_said(connection, relation, further, area, lon, lat) for further in pairs[1:]]
    if not others:
        return placed
    told = Repair("several_systems", len(others), [], "; ".join(others))
    geometry = replace(placed.geometry, beside=others)
    return Placed(geometry, [*placed.told, told], placed.axes)


def _placed(
    pair: Pair,
    x: np.ndarray,
    y: np.ndarray,
    crs: str | None,
    area: str | None,
    held: shapes.Shapes | None,
) -> Placed:
    """The points of a pair in their system; ``held`` where they are of shapes in cells."""
    declared, crs = crs, crs if crs and geography.is_registered(crs) else None
    north_first = held is not None and crs is None and axes.order_of(x, y) == (2, 1)
    system, certainty, swapped = _system(*((y, x) if north_first else (x, y)), crs, area)
    swapped = swapped != north_first
    unknown = (
        [Repair("crs_unknown", 1, [], ", ".join(pair.columns) or None)]
        if system is None and len(x)
        else []
    )
    kind = "point" if held is None else centres.kind_of(held.kinds)
    lon = lat = np.full(len(x), np.nan)
    if system is not None:
        lon, lat = geography.to_wgs84(*((y, x) if swapped else (x, y)), system)
    told = unknown + _told(pair, x, declared=declared, crs=crs, system=system, swapped=swapped)
    told += held.repairs() if held is not None else []
    without = int((np.isnan(x) | np.isnan(y)).sum())
    geometry = Geometry(system or "unknown", certainty, kind, pair.columns, without, [])
    return Placed(geometry, told, {"x": x, "y": y, "lon": lon, "lat": lat})


def _filled(target: Path, columns: list[Column]) -> list[Column]:
    """The columns of which some cell holds a value."""
    rows = pq.read_metadata(target).num_rows
    return [column for column in columns if sum(column.missing.values()) < rows]


def _unread(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> list[Repair]:
    """What tells that the table has a latitude and a longitude by name, neither of them empty, or
    cells that are written as positions only, and no position: degrees and minutes, a decimal sign
    lost, metres among degrees."""
    axis = [column.name for column in columns if axes.PLAIN.fullmatch(column.name)]
    north, east = (any(map(pattern.search, axis)) for pattern in (axes.LATITUDE, axes.LONGITUDE))
    code = "coordinates_unread"
    if not (north and east):
        code, axis = "coordinates_as_text", _written(connection, target, columns)
    return [Repair(code, len(axis), [], ", ".join(axis))] if axis else []


def _written(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> list[str]:
    """The columns of texts of whose first cells most are degrees and minutes with a point of the
    compass; or two columns of degrees alone, or of metres with one before them: a slope has one."""
    texts = [column for column in columns if column.type == "text"][:ASKED]
    if not texts:
        return []
    said = ", ".join(
        f"2 * count(case when regexp_matches({column.text}, {databases.quoted(form)}) then 1 end)"
        f" > count(nullif(trim({column.text}), ''))"
        for form in (axes.WRITTEN, axes.SURELY)
        for column in texts
    )
    cells = ", ".join(column.text for column in texts)
    found = connection.execute(f"""
        select {said} from (select {cells} from {databases.quoted(target)} limit {FIRST})
    """).fetchone()
    assert found is not None
    maybe, surely = found[: len(texts)], found[len(texts) :]
    either = maybe if sum(maybe) > 1 else surely
    return [column.name for column, many in zip(texts, either, strict=True) if many]


def _told(
    pair: Pair,
    x: np.ndarray,
    *,
    declared: str | None,
    crs: str | None,
    system: str | None,
    swapped: bool,
) -> list[Repair]:
    """How the pair was found, and where its order or its system is not the declared one. ``crs`` is
    the declared system where it is registered."""
    names = ", ".join(pair.columns)
    told = [Repair(pair.told, len(x), [], names)] if pair.told else []
    if swapped:
        told.append(Repair("swapped_axes", int((~np.isnan(x)).sum()), [], names or None))
    if declared and not crs:
        told.append(Repair("crs_not_registered", 1, [], declared))
    if crs and system and system != crs:
        told.append(Repair("crs_contradicted", 1, [], crs))
    return told


def _points(
    connection: duckdb.DuckDBPyConnection, relation: str, pair: Pair
) -> tuple[np.ndarray, np.ndarray]:
    arrays = connection.execute(
        f"select {pair.east}::double as x, {pair.north}::double as y from {relation}"
    ).fetchnumpy()
    x, y = axes.floats(arrays["x"]), axes.floats(arrays["y"])
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
            if crs not in geography.DEGREES and geography.share_in_sweden(y, x, crs) >= axes.MOST:
                return crs, "declared", True
            other, certainty, swapped = _system(x, y, None, area)
            order = (y, x) if swapped else (x, y)
            if other and other != crs and geography.share_in_sweden(*order, other) >= axes.MOST:
                return other, certainty, swapped
            if crs in geography.DEGREES and geography.are_metres(x, y):
                return None, "unknown", False
        return crs, "declared", False
    recognised, certainty = geography.recognise_crs(x, y, area)
    if recognised is not None:
        return recognised, certainty, False
    recognised, _ = geography.recognise_crs(y, x, area)
    return recognised, "assumed" if recognised else "unknown", recognised is not None


def _said(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    pair: Pair,
    area: str | None,
    lon: np.ndarray,
    lat: np.ndarray,
) -> str:
    """A further pair and its system, for people: ``EPSG:3021 (Ykoord, Xkoord)``. A zone is known by
    the points (in degrees) that stand beside it."""
    x, y = _points(connection, relation, pair)
    system, _ = geography.recognise_crs(x, y, area)
    system = system or _zone_of(x, y, lon, lat)
    return f"{system or '?'} ({', '.join(pair.columns)})"


def _zone_of(x: np.ndarray, y: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> str | None:
    """The zone of SWEREF 99 in which half of the points lie within 100 m of those in degrees."""
    both = np.flatnonzero(~np.isnan(x + y + lon + lat))[:MOST_COMPARED]
    if not len(both):
        return None
    for code in geography.ZONES:
        crs = f"EPSG:{code}"
        if not geography.plausible(x[both], y[both], crs).all():
            continue
        east, north = geography.to_wgs84(x[both], y[both], crs)
        off = np.hypot((east - lon[both]) * np.cos(np.radians(lat[both])), north - lat[both])
        if np.median(off) < HUNDRED_M:
            return crs
    return None


def _beside(
    connection: duckdb.DuckDBPyConnection, target: Path, points: dict[str, np.ndarray]
) -> None:
    side, new = target.with_suffix(".points.parquet"), target.with_suffix(".new.parquet")
    schema = pa.schema([(name, pa.float64()) for name in points])
    pq.write_table(arrays.table([arrays.measured(axis) for axis in points.values()], schema), side)
    databases.write(
        connection,
        f"select a.*, b.* from (from {databases.quoted(target)}) a "
        f"positional join {databases.quoted(side)} b",
        new,
        pq.read_metadata(target).num_columns + len(points),
    )
    side.unlink()
    new.replace(target)
