"""Positions of a table: which columns hold them, in which system, and the same points in EPSG:4326 beside them."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from helpers import databases, geography
from helpers.reading.snapshot import Column, Geometry

LATITUDE = re.compile(r"(?:^|[^a-z])lat(?:itude|itud)?(?:[^a-z]|$)|latitud|wgs84.?n|north|nord|stop_lat", re.I)
LONGITUDE = re.compile(r"(?:^|[^a-z])(?:lon|lng|long)(?:gitude|gitud)?(?:[^a-z]|$)|longitud|wgs84.?(?:e|o)|east|(?:^|_)ost|öst|stop_lon", re.I)  # fmt: skip  # noqa: E501
NORTH = re.compile(r"(?:^|[^a-z])x(?:[^a-z]|$)|north|nord|x.?koord|koord.?x|(?:^|_)n(?:_|$)|rt90.?x|sweref.?n", re.I)
EAST = re.compile(r"(?:^|[^a-z])y(?:[^a-z]|$)|east|(?:^|_|\b)ost|öst|y.?koord|koord.?y|(?:^|_)e(?:_|$)|rt90.?y|sweref.?e", re.I)  # fmt: skip  # noqa: E501


def _numbers(column: Column) -> bool:
    return column.type in ("decimal", "integer")


def _pair(columns: list[Column], ranges: dict[str, tuple[float, float]]) -> tuple[Column, Column, str] | None:
    """(east, north, kind): a degree pair is preferred to a metric one; within a kind the first pair of columns."""
    numbers = [column for column in columns if _numbers(column) and column.name in ranges]

    def within(column: Column, low: float, high: float) -> bool:
        return low <= ranges[column.name][0] and ranges[column.name][1] <= high

    lats = [c for c in numbers if LATITUDE.search(c.name) and within(c, -180, 180)]
    lons = [c for c in numbers if LONGITUDE.search(c.name) and within(c, -180, 180) and c not in lats[:1]]
    if lats and lons:
        return lons[0], lats[0], "degrees"
    for north_name, east_name in ((NORTH, EAST), (EAST, NORTH)):  # Swedish order first: X is north
        norths = [c for c in numbers if north_name.search(c.name) and within(c, 5_900_000, 7_900_000)]
        easts = [c for c in numbers if east_name.search(c.name) and within(c, 20_000, 1_950_000)]
        if norths and easts:
            return easts[0], norths[0], "metres"
    return None


def _medians(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> dict[str, tuple[float, float]]:
    """The 10th and 90th percentile of each number column: a few wrong points do not hide a coordinate column."""
    numbers = [column for column in columns if _numbers(column)]
    names = [c for c in numbers if any(p.search(c.name) for p in (LATITUDE, LONGITUDE, NORTH, EAST))]
    if not names:
        return {}
    parts = [f"quantile_cont({c.value}, [0.1, 0.9]) filter (where {c.value} <> 0)" for c in names]
    found = connection.execute(f"select {', '.join(parts)} from '{target}'").fetchone()
    assert found is not None
    return {c.name: (float(q[0]), float(q[1])) for c, q in zip(names, found, strict=True) if q and q[0] is not None}


def _floats(values: object) -> np.ndarray:
    return np.asarray(np.ma.filled(np.ma.asarray(values, dtype=float), np.nan), dtype=float)


def add(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column], *, crs: str | None, has_xy: bool,
    lan: str | None,
) -> Geometry | None:  # fmt: skip
    """Add ``x, y, lon, lat`` to the Parquet at ``target`` where the table has positions; rewrites it in place."""
    used: list[str] = []
    if has_xy:
        east, north = "x", "y"
    else:
        pair = _pair(columns, _medians(connection, target, columns))
        if pair is None:
            return None
        east, north = pair[0].value, pair[1].value
        used = [pair[0].name, pair[1].name]
    got = connection.execute(f"select {east}::double as x, {north}::double as y from '{target}'").fetchnumpy()
    x, y = _floats(got["x"]), _floats(got["y"])
    certainty = "declared"
    if crs is None:
        crs, certainty = geography.recognise_crs(x, y, lan)
    if crs is None:
        swapped, _ = geography.recognise_crs(y, x, lan)
        if not has_xy or swapped is None:
            return None if not has_xy else Geometry("unknown", "unknown", "point", used, int(np.isnan(x).sum()))
        crs, certainty = swapped, "assumed"
    lon, lat = geography.to_wgs84(x, y, crs)
    points = pa.table({"x": x, "y": y, "lon": lon, "lat": lat}, schema=pa.schema(
        [(name, pa.float64()) for name in ("x", "y", "lon", "lat")]))  # fmt: skip
    points = pa.table({name: pa.array(points[name].to_numpy(), from_pandas=True) for name in points.column_names})
    side = target.with_suffix(".points.parquet")
    import pyarrow.parquet as pq

    pq.write_table(points, side)
    new = target.with_suffix(".new.parquet")
    drop = " exclude (x, y)" if has_xy else ""
    connection.execute(
        f"copy (select a.*, b.* from (select *{drop} from '{target}') a positional join '{side}' b) to '{new}' "
        f"{databases.PARQUET}"
    )
    side.unlink()
    new.replace(target)
    return Geometry(crs, certainty, "point", used, int((np.isnan(x) | np.isnan(y)).sum()))
