"""Swedish coordinates: which system they are in, the same points in WGS84, and the municipality
that they belong to.

Bounds are those of the EPSG register for SWEREF 99 and of Sweden's extent (55-69.1 N, 10.5-24.2 E
with its sea).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from helpers.ground import areas

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

Array = NDArray[np.float64]
Ints = NDArray[np.intp]

# The shapes lie at most 50 m from the borders that they were simplified from; the rest is for
# positions, which are measured by hand or with a telephone.
TOLERANCE_M = 100.0
# west, south, east, north in degrees, with the sea that municipalities reach into
SWEDEN = (10.0, 54.9, 24.3, 69.2)
SHORE_M = 2000.0  # islands too small for the shapes of land lie no farther off it
SAMPLE = 200
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
    """The share of the points, of at most 200 taken evenly, that lie on land (of ``area``) or
    within 2 km of it.

    ``area`` is a municipality's code (four digits) or a county's (two).
    """
    seen = np.isfinite(x) & np.isfinite(y)
    step = max(1, int(seen.sum()) // SAMPLE)
    x, y = x[seen][::step], y[seen][::step]
    if not len(x):
        return 0.0
    near, _, _ = _near(*to_wgs84(x, y, crs), areas.land().within(area), SHORE_M)
    return len(np.unique(near)) / len(x)


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
    if system is None and area is not None and len(area) > areas.COUNTY:
        system, certainty = _recognised(x, y, area[: areas.COUNTY])
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


def municipalities() -> GeoDataFrame:
    """``areas.municipalities`` with ``kommunkod, kommun, lanskod``, in EPSG:3006."""
    return areas.municipalities().frame()


def land() -> GeoDataFrame:
    """``areas.land`` with ``kommunkod, kommun, lanskod``, in EPSG:3006."""
    return areas.land().frame()


def _near(lon: Array, lat: Array, shapes: Any, metres: float) -> tuple[Ints, Ints, Any]:
    """Each pair of a point and a shape (EPSG:3006) no farther apart than ``metres``: their numbers,
    in order; and all points as shapely's, empty where they lie outside Sweden's box."""
    import shapely  # 0.2 s
    from pyproj import Transformer  # 0.2 s

    points = np.full(len(lon), shapely.Point(), dtype=object)
    usable = np.flatnonzero(in_sweden(np.nan_to_num(lon, nan=999.0), np.nan_to_num(lat, nan=999.0)))
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform
    points[usable] = shapely.points(*to_metres(lon[usable], lat[usable]))
    # shapes are asked of points, not points of shapes: shapely prepares what it asks with
    tree: Any = shapely.STRtree(points)
    shape, point = tree.query(shapes, predicate="dwithin", distance=metres)
    order = np.lexsort((shape, point))
    return point[order], shape[order], points


def _lies_in(lon: Array, lat: Array) -> tuple[Ints, Ints, Array]:
    """The numbers of the points that lie in a municipality, or within ``TOLERANCE_M`` of one; the
    number of the nearest; and metres to it. Ties go to the lowest code."""
    import shapely  # 0.2 s

    outlines = areas.municipalities().outlines
    point, shape, points = _near(lon, lat, outlines, TOLERANCE_M)
    metres = np.zeros(len(point))
    inside = shapely.intersects(outlines[shape], points[point])
    metres[~inside] = shapely.distance(outlines[shape[~inside]], points[point[~inside]])
    order = np.lexsort((shape, metres, point))
    at, first = np.unique(point[order], return_index=True)
    chosen = order[first]
    return at, shape[chosen], metres[chosen]


def codes_of(lon: Array, lat: Array) -> list[str | None]:
    """For each point (degrees) the code of the municipality that it lies in, or of the nearest
    within ``TOLERANCE_M``; None elsewhere."""
    at, shape, _ = _lies_in(lon, lat)
    found = np.full(len(lon), None, object)
    found[at] = areas.municipalities().codes[shape]
    return list(found)


def municipality_of(lon: Array, lat: Array) -> pd.DataFrame:
    """``codes_of`` as ``kommunkod``, beside it ``kommun, lanskod, distance_m``; None and NaN
    elsewhere."""
    import pandas as pd  # 0.4 s

    result = pd.DataFrame(
        {"kommunkod": None, "kommun": None, "lanskod": None, "distance_m": np.nan},
        index=range(len(lon)),
        dtype=object,
    )
    at, shape, metres = _lies_in(lon, lat)
    known = areas.municipalities()
    result.loc[at, "kommunkod"] = known.codes[shape]
    result.loc[at, "kommun"] = known.names[shape]
    result.loc[at, "lanskod"] = known.counties[shape]
    result.loc[at, "distance_m"] = metres
    return result


def within_reach(lon: Array, lat: Array) -> list[str]:
    """For each point (degrees) the codes of all municipalities that it lies in or within
    ``TOLERANCE_M`` of, each after a blank: nearer to a border the shapes do not tell them apart."""
    known = areas.municipalities()
    result = [""] * len(lon)
    point, shape, _ = _near(lon, lat, known.outlines, TOLERANCE_M)
    for at, code in zip(point, known.codes[shape], strict=True):
        result[at] += f" {code}"
    return result
