"""Measurements of broadband counted by area: medians, tenths and intervals by DuckDB in bounded
memory.

Nothing leaves this module for an area with fewer than k measurements, nor for one whose number
could be found by subtraction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from helpers.drawing.numbers import medians
from helpers.drawing.numbers.subject import Subject
from helpers.ground import geography, squares
from helpers.reading import databases, missing
from helpers.words.suppression import in_parts

if TYPE_CHECKING:
    import duckdb

SPEEDS = {"down": ("download_mbit", "download_kbit"), "up": ("upload_mbit", "upload_kbit")}
REST = (
    ("up", 0.5, "up"),
    ("up", 0.1, "up_tenth"),
    ("latency", 0.5, "latency"),
    ("latency", 0.1, "latency_tenth"),
    ("latency", 0.9, "latency_ninth"),
)
EMPTY = {
    "down": "double",
    "up": "double",
    "latency": "double",
    "stated": "double",
    "n": "double",
    "measured": "date",
}
BY_ADDRESS = r"(?i)geo.?ip|^ip|operat"


@dataclass
class Measurements:
    """An open table ``m`` and what it holds. ``placed``: by positions; ``by_county``: positions are
    the operators'."""

    connection: duckdb.DuckDBPyConnection
    k: int
    rows: int
    has: frozenset[str]
    placed: bool
    by_county: bool
    outside: int  # with a position outside Sweden's municipalities
    counted: bool  # the source's rows are sums already


def _number(subject: Subject, name: str, divisor: int = 1) -> str | None:
    column = _column(subject, name)
    return (
        None
        if column is None or column.type not in ("integer", "decimal")
        else f"{column.value}::double / {divisor}"
    )


def _column(subject: Subject, name: str) -> Any:
    header = subject.fields.get(name)
    if header is None or header in subject.hidden:
        return None
    return subject.tables.main.column(header)


def of(subject: Subject, k: int) -> Measurements:
    """The table ``m``: code, county, east, north, down, up, latency, stated, operator, technology,
    measured, n. Speeds are in Mbit/s, latency in ms."""
    snapshot = subject.tables
    table = snapshot.main
    columns = _columns(subject)
    has = frozenset(name for name, sql in columns.items() if sql)
    connection = databases.connect(spill=snapshot.folder / "spill")
    cells = ", ".join(
        f"{sql or 'null::' + EMPTY.get(name, 'varchar')} as {name}" for name, sql in columns.items()
    )
    marked = table.geometry is not None and bool(set(table.geometry.columns) & subject.hidden)
    placed = table.geometry is not None and not marked
    spots = "lon, lat" if placed else "null::double as lon, null::double as lat"
    connection.execute(
        f"create table raw as select {cells}, {spots} from {databases.quoted(snapshot.parquet())}"
    )
    by_county = "position_source" in has and _share_by_address(connection) > 0.5
    outside = 0
    if placed:
        outside = _place(connection)
    else:
        _name_municipalities(connection)
    if "down" in has:  # a measurement without a result is none
        connection.execute("delete from m where down is null")
    rows = connection.execute("select count(*) from m").fetchone()
    connection.execute("drop table raw")
    return Measurements(
        connection,
        k,
        int(rows[0]) if rows else 0,
        has,
        placed,
        bool(by_county),
        outside,
        "n" in has,
    )


def _columns(subject: Subject) -> dict[str, str]:
    """Column of the table ``raw`` -> its SQL; empty where the source has none that may be used."""
    columns: dict[str, str] = {}
    for name, (mbit, kbit) in SPEEDS.items():
        columns[name] = _number(subject, mbit) or _number(subject, kbit, 1000) or ""
    columns["latency"] = _number(subject, "latency_ms") or ""
    columns["stated"] = _number(subject, "subscribed_mbit") or ""
    columns["n"] = _number(subject, "measurements") or ""
    for name in ("operator", "technology", "kommunkod", "kommun", "lan", "position_source"):
        column = _column(subject, name)
        columns[name] = missing.present(column.text) if column else ""
    date = _column(subject, "measured_at")
    dated = date and date.type in ("date", "datetime")
    columns["measured"] = f"{date.value}::date" if dated else ""
    return columns


def _name_municipalities(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``m`` of ``raw`` by the municipalities' codes, or their names where there is no code."""
    known = geography.municipalities()[["kommunkod", "kommun"]]
    connection.register("known", pa.Table.from_pandas(known, preserve_index=False))
    connection.execute(
        """
        create table m as
        select raw.* exclude (lon, lat, kommunkod, kommun),
            k.kommunkod as code,
            coalesce(k.kommunkod[1:2], lpad(lan, 2, '0')) as county,
            null::bigint as east,
            null::bigint as north
        from raw
        left join known k
            on k.kommunkod = lpad(raw.kommunkod, 4, '0')
            or (raw.kommunkod is null and k.kommun = raw.kommun)"""
    )


def _share_by_address(connection: duckdb.DuckDBPyConnection) -> float:
    """How large a part of the positions is said to be found by an IP address or the operator."""
    share = connection.execute(
        f"select avg(regexp_matches(position_source, '{BY_ADDRESS}')::int) from raw"
    ).fetchone()
    return float(share[0]) if share and share[0] is not None else 0.0


def _place(connection: duckdb.DuckDBPyConnection) -> int:
    """Make ``m`` of ``raw`` by the positions; how many of them lie in no municipality."""
    columns = connection.execute("select lon, lat from raw").fetchnumpy()
    spots: list[Any] = [
        np.asarray(np.ma.filled(np.ma.asarray(columns[name], float), np.nan))
        for name in ("lon", "lat")
    ]
    lon, lat = spots
    inside = geography.in_sweden(lon, lat)
    east, north, code = (
        np.zeros(len(lon), np.int64),
        np.zeros(len(lon), np.int64),
        np.full(len(lon), "", dtype=object),
    )
    if inside.any():
        east[inside], north[inside] = squares.square_of(lon[inside], lat[inside])
        code[inside] = squares.municipality_of(
            lon[inside], lat[inside], east[inside], north[inside]
        )
    side = pa.table({"code": pa.array(code, pa.string()), "east": east, "north": north})
    connection.register("side", side)
    connection.execute(
        """
        create table m as
        select r.* exclude (lon, lat, kommunkod, kommun),
            nullif(s.code, '') as code,
            nullif(s.code, '')[1:2] as county,
            nullif(s.east, 0) as east,
            nullif(s.north, 0) as north
        from raw r
        positional join side s"""
    )
    connection.unregister("side")
    connection.execute("update m set east = null, north = null where code is null")
    return int((code == "").sum())


def by(
    measured: Measurements, keys: list[str], value: str = "down", where: str = "true"
) -> pd.DataFrame:
    """By ``keys``: ``n, operators``, median, 10th percentile and interval of ``value`` (SQL), and
    medians of the rest."""
    names = ", ".join(keys)
    weight = "sum(n)::bigint" if measured.counted else "count(*)"
    given = " and ".join(f"{key} is not null" for key in keys)
    rest = ", ".join(
        f"case when count({column}) >= {measured.k} then quantile_cont({column}, {share}) end"
        f" as {name}"
        for column, share, name in REST
    )
    frame = measured.connection.execute(
        f"""
        select {names}, {weight} as n,
            count(*) as rows,
            count({value}) as valued,
            count(distinct operator) as operators,
            quantile_cont({value}, 0.5) as median,
            quantile_cont({value}, 0.1) as tenth,
            {rest}
        from m
        where {given} and {where}
        group by all
        order by all"""
    ).df()
    low, high = _intervals(measured, keys, value, f"{given} and {where}", frame)
    return frame.assign(low=low, high=high)


def _intervals(
    measured: Measurements, keys: list[str], value: str, where: str, frame: pd.DataFrame
) -> tuple[Any, Any]:
    if measured.counted:
        return [None] * len(frame), [None] * len(frame)
    ranks = sorted({(int(n), medians.rank(int(n))) for n in frame["valued"]})
    table = pa.table(
        {"valued": [n for n, _ in ranks], "l": pa.array([rank for _, rank in ranks], pa.int64())}
    )
    measured.connection.register("ranks", table)
    names = ", ".join(keys)
    ends = measured.connection.execute(
        f"""
        with one as (
            select {names}, {value} as v,
                row_number() over (partition by {names} order by {value}) as i,
                count(*) over (partition by {names}) as valued
            from m
            where {where} and {value} is not null
        )
        select {names},
            min(v) filter (where i = l) as low,
            min(v) filter (where i = valued + 1 - l) as high
        from one
        join ranks using (valued)
        group by all"""
    ).df()
    measured.connection.unregister("ranks")
    merged = frame[keys].merge(ends, on=keys, how="left")
    return merged["low"].to_numpy(), merged["high"].to_numpy()


def protect(
    frame: pd.DataFrame, keys: list[str], parts: list[tuple[Any, Any, int]], k: int
) -> pd.DataFrame:
    """``frame`` with ``hidden``: every number of a hidden row is None, its n too."""
    cells = [tuple(row) for row in frame[keys].itertuples(index=False)]
    hidden = in_parts(dict(zip(cells, frame["n"].astype(int), strict=True)), parts, k)
    mask = np.array([cell in hidden for cell in cells], bool)
    shown = frame.astype({name: object for name in frame.columns if name not in keys})
    shown.loc[mask, [name for name in frame.columns if name not in keys]] = None
    return shown.assign(hidden=mask)


def _rows(frame: pd.DataFrame) -> Any:
    return frame.itertuples(index=False)


def areas(measured: Measurements) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Counties, municipalities and squares with ``hidden``: protected together, so that no total
    reveals a cell."""
    counties = by(measured, ["county"])
    counties = protect(
        counties,
        ["county"],
        [((row.county,), "all", int(row.n)) for row in _rows(counties)],
        measured.k,
    )
    if measured.by_county:
        none = counties.iloc[0:0].rename(columns={"county": "code"})
        return counties, none, none
    towns = by(measured, ["code"])
    inside = [
        ((row.code,), total, int(row.n)) for row in _rows(towns) for total in ("all", row.code[:2])
    ]
    towns = protect(towns, ["code"], inside, measured.k)
    if not measured.placed:
        return counties, towns, towns.iloc[0:0]
    cells = by(measured, ["east", "north"])
    weight = "sum(n)::bigint" if measured.counted else "count(*)"
    split = measured.connection.execute(
        f"select east, north, code, {weight} from m where east is not null group by all"
    ).fetchall()
    lies = [
        ((e, n), total, int(count))
        for e, n, code, count in split
        for total in ("all", code[:2], code)
    ]
    return counties, towns, protect(cells, ["east", "north"], lies, measured.k)


def median(measured: Measurements) -> float | None:
    """Of all measurements, Mbit/s down; None where there is none."""
    whole = measured.connection.execute("select quantile_cont(down, 0.5) from m").fetchone()
    return None if not whole or whole[0] is None else float(whole[0])


def below(measured: Measurements, keys: list[str], reference: float) -> pd.DataFrame:
    """By ``keys``: how many measurements lie below ``reference`` (Mbit/s), as ``below``."""
    given = " and ".join(f"{key} is not null" for key in keys)
    return measured.connection.execute(
        f"""
        select {", ".join(keys)}, count(*) filter (where down < {reference!r}) as below
        from m
        where {given}
        group by all"""
    ).df()


def halves(measured: Measurements) -> tuple[dt.date, dt.date, dt.date] | None:
    """First day, middle and last of the measurements; ``m`` then has a ``period``, 0 or 1. None
    where all are of one day."""
    if "measured" not in measured.has:
        return None
    ends = measured.connection.execute("select min(measured), max(measured) from m").fetchone()
    if not ends or ends[0] is None or ends[0] == ends[1]:
        return None
    middle = ends[0] + (ends[1] - ends[0]) / 2
    measured.connection.execute("alter table m add column if not exists period int")
    measured.connection.execute(
        f"update m set period = (measured > date '{middle.isoformat()}')::int"
        " where measured is not null"
    )
    return ends[0], middle, ends[1]
