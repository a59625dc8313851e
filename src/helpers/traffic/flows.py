"""Journeys between places from a table of from, to and how many: summed, with small cells hidden by
the gate's k.

Sums are over all rows (all dates, hours and lines). The places with most journeys are kept, at most
60; the rest are summed as one, so that the table can be read and every cell of it protected.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.ground import geography
from helpers.reading import missing
from helpers.reading.databases import connect, quoted
from helpers.reading.snapshot import Snapshot
from helpers.words import suppression

MAX_PLACES = 60
BELOW = 0.07  # of the municipality's height
REST = ""  # the name of all other places together


@dataclass(frozen=True)
class Flows:
    """Journeys between places. ``table``: whole numbers with totals in the last row and column
    (``suppression.with_totals``), -1 where hidden; ``listed``: pairs that stand in the file. ``lon,
    lat``: a position for each place, NaN where unknown."""

    places: list[str]  # from as well as to; REST last where there are more
    table: NDArray[np.int64]
    listed: NDArray[np.bool_]
    k: int
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    rest: int = 0  # places that REST stands for
    rows_left_out: int = 0  # rows without a place or a number
    counts_rows: bool = False  # no column of numbers: each row is one journey

    @property
    def hidden(self) -> int:
        """How many pairs of places are hidden."""
        return int((self.table[:-1, :-1] < 0).sum())

    @property
    def placed(self) -> NDArray[np.bool_]:
        """True for each place that has a position."""
        return np.isfinite(self.lon)


def positions(names: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes (degrees, one of each for each name): a point inside the
    municipality that bears the name (or the code of four digits), a little below its middle, where
    maps write the name; NaN for other names."""
    import geopandas  # 0.7 s

    areas = geography.municipalities()
    middle = areas.geometry.representative_point()
    south = (areas.bounds["maxy"] - areas.bounds["miny"]) * BELOW
    below = geopandas.GeoSeries.from_xy(middle.x, middle.y - south, crs=areas.crs)
    inside = middle.where(~below.within(areas.geometry), below).to_crs("EPSG:4326")
    points = {str(name).casefold(): p for name, p in zip(areas["kommun"], inside, strict=True)}
    points |= {str(code): p for code, p in zip(areas["kommunkod"], inside, strict=True)}

    def position(name: str) -> tuple[float, float]:
        plain = name.strip().casefold()
        short = plain.removesuffix(" kommun").removesuffix(" stad")
        point = next(
            (points[form] for form in (plain, short, short.removesuffix("s")) if form in points),
            None,
        )
        return (float(point.x), float(point.y)) if point is not None else (np.nan, np.nan)

    placed = np.array([position(name) for name in names], dtype=float).reshape(-1, 2)
    return placed[:, 0], placed[:, 1]


def _sums(snapshot: Snapshot, fields: dict[str, str]) -> tuple[pd.DataFrame, int]:
    """``source, target, n`` and how many rows had no place or no number (or a negative one)."""
    table = snapshot.main
    ends = [missing.present(table.column(fields[name]).text) for name in ("from_place", "to_place")]
    counted = table.column(fields["passengers"]) if "passengers" in fields else None
    n = (
        "1"
        if counted is None
        else counted.value
        if counted.type in ("integer", "decimal")
        else "null"
    )
    relation = (
        f"(select {ends[0]} as source, {ends[1]} as target, {n}::double as n"
        f" from {quoted(snapshot.parquet())})"
    )
    whole = "source is not null and target is not null and n >= 0"
    with connect(spill=snapshot.folder) as con:
        frame = con.execute(f"""
            select source, target, sum(n) as n
            from {relation}
            where {whole}
            group by 1, 2
            order by 1, 2""").df()
        left = con.execute(
            f"select count(*) from {relation} where not coalesce({whole}, false)"
        ).fetchone()
    return frame, int(left[0]) if left else 0


def flows(snapshot: Snapshot, fields: dict[str, str], k: int) -> Flows:
    """The journeys of a table that has ``from_place`` and ``to_place`` among its ``fields`` (field
    -> source column)."""
    frame, left_out = _sums(snapshot, fields)
    # parts of a person do not travel: averages count as the next whole number
    frame["n"] = np.ceil(frame["n"]).astype("int64")
    volume = (
        pd.concat([frame.groupby("source")["n"].sum(), frame.groupby("target")["n"].sum()])
        .groupby(level=0)
        .sum()
    )
    order = sorted(volume.index, key=lambda name: (-int(volume[name]), name))
    kept = order if len(order) <= MAX_PLACES else order[: MAX_PLACES - 1]
    rest = len(order) - len(kept)
    names = [*kept, *([REST] if rest else [])]
    number = {name: i for i, name in enumerate(kept)}
    a = frame["source"].map(number).fillna(len(kept)).astype(int).to_numpy()
    b = frame["target"].map(number).fillna(len(kept)).astype(int).to_numpy()
    cells = np.zeros((len(names), len(names)), dtype=np.int64)
    listed = np.zeros(cells.shape, dtype=bool)
    np.add.at(cells, (a, b), frame["n"].to_numpy())
    listed[a, b] = True
    table = suppression.with_totals(cells)
    if len(names):
        table[suppression.in_table(cells, k)] = -1
    lon, lat = positions(kept)
    pad = np.full(len(names) - len(kept), np.nan)
    return Flows(
        names,
        table,
        listed,
        k,
        np.concatenate([lon, pad]),
        np.concatenate([lat, pad]),
        rest,
        left_out,
        "passengers" not in fields,
    )
