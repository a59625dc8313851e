"""How lines are drawn: along the feed's shapes, else straight between the stops; never more points
than a page bears."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.traffic.feed import Feed

MAX_POINTS = 40_000  # of all lines together, after simplification
MAX_READ = 2_000_000  # points of shapes that are read
# How far a drawn line may lie from the shape; doubled until the points are few enough.
TOLERANCE_M = 15.0
METRES = 111_320.0  # a degree of latitude

Path = NDArray[np.float64]  # (k, 2): longitude, latitude


@dataclass(frozen=True)
class Drawn:
    """The paths of one line and what they follow: ``shape`` or ``straight``."""

    how: str
    paths: list[Path]


def _shapes(feed: Feed, wanted: list[str]) -> dict[str, Path]:
    """The wanted shapes' positions in order; those beyond 2,000,000 points in all are left out."""
    if not wanted or not feed.has("shapes"):
        return {}
    source = feed.source("shapes", "shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence")
    feed.con.register("wanted", pd.DataFrame({"shape_id": wanted, "rank": range(len(wanted))}))
    frame = feed.con.execute(f"""
        with point as (
            select
                rank,
                shape_id,
                try_cast(shape_pt_sequence as int) as seq,
                try_cast(shape_pt_lon as double) as lon,
                try_cast(shape_pt_lat as double) as lat
            from {source}
            join wanted using (shape_id)
        ),
        size as (
            select rank, sum(count(*)) over (order by rank) as total
            from point
            group by rank
        )
        select rank, lon, lat
        from point
        join size using (rank)
        where total <= {MAX_READ} and seq is not null and abs(lon) <= 180 and abs(lat) <= 90
        order by rank, seq""").df()
    feed.con.unregister("wanted")
    ranks, first = np.unique(frame["rank"].to_numpy(), return_index=True)
    paths = np.split(frame[["lon", "lat"]].to_numpy(), first[1:])
    return {wanted[int(i)]: path for i, path in zip(ranks, paths, strict=False) if len(path) > 1}


def _straight(patterns: list[list[int]], spots: dict[int, tuple[float, float]]) -> list[Path]:
    """The patterns as paths from place to place, each stretch once in either direction; places
    without a position are passed."""
    drawn: set[tuple[int, int]] = set()
    paths: list[Path] = []
    for places in patterns:
        known = [place for place in places if place in spots]
        open_path: list[tuple[float, float]] = []
        for a, b in pairwise(known):
            stretch = (min(a, b), max(a, b))
            if a == b:
                continue
            if stretch in drawn:
                if open_path:
                    paths.append(np.array(open_path))
                open_path = []
                continue
            drawn.add(stretch)
            open_path = open_path or [spots[a]]
            open_path.append(spots[b])
        if open_path:
            paths.append(np.array(open_path))
    return paths


def _simplified(paths: list[Path], tolerance_m: float) -> list[Path]:
    """Douglas and Peucker (1973) with the longitudes drawn in by the cosine of the latitude."""
    import shapely  # 0.2 s

    simplified = []
    for path in paths:
        scale = np.array([np.cos(np.radians(path[:, 1].mean())), 1.0])
        line = shapely.LineString(path * scale).simplify(
            tolerance_m / METRES, preserve_topology=False
        )
        simplified.append(shapely.get_coordinates(line) / scale)
    return simplified


def draw(
    feed: Feed, patterns: list[dict[str, Any]], spots: dict[int, tuple[float, float]]
) -> tuple[dict[int, Drawn], float]:
    """The paths of each route (n) that ``patterns`` name, and the tolerance in metres that they
    were simplified with.

    ``spots``: longitude and latitude of each place (n) that has a position. A line whose trips lack
    a shape, or whose shape is not in the feed, is drawn straight.
    """
    shapes = _shapes(
        feed, list(dict.fromkeys(pattern["shape"] for pattern in patterns if pattern["shape"]))
    )
    follow: dict[int, dict[str, Path]] = {}
    chains: dict[int, list[list[int]]] = {}
    for pattern in patterns:
        if pattern["route"] is None or pd.isna(pattern["route"]):
            continue
        if pattern["shape"] in shapes:
            follow.setdefault(int(pattern["route"]), {})[pattern["shape"]] = shapes[
                pattern["shape"]
            ]
        else:
            chains.setdefault(int(pattern["route"]), []).append(list(pattern["places"]))
    drawn = {route: Drawn("shape", list(paths.values())) for route, paths in follow.items()}
    for route, place_lists in chains.items():
        if route not in drawn and (straight := _straight(place_lists, spots)):
            drawn[route] = Drawn("straight", straight)
    tolerance = TOLERANCE_M
    while True:
        thin = {
            route: Drawn(
                line.how, _simplified(line.paths, tolerance) if line.how == "shape" else line.paths
            )
            for route, line in drawn.items()
        }
        points = sum(len(path) for line in thin.values() for path in line.paths)
        if points <= MAX_POINTS or tolerance > 2000 or not follow:
            return dict(sorted(thin.items())), tolerance
        tolerance *= 2
