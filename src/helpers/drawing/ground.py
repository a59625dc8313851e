"""The ground of every map: land and shores, the borders of municipalities and counties with their
names, and the land of the countries around; as fine as the map's own scale and no finer.

The shapes are ``geography.land``'s: fit to find one's way by, not to measure on.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.drawing.layers import Bounds
from helpers.ground import geography
from helpers.words.files.ours import File, remembered

COUNTIES = File("data/reference/counties.csv")
TOWNS = File("data/towns/towns.csv")
LARGE = 20_000  # inhabitants of a town that is named wherever it lies
SWEDEN: Bounds = (10.9, 55.2, 24.2, 69.1)
# how far around the map's own bounds the ground is as fine as within, in widths and heights of it
AROUND = 0.35
LEAST_M = 20_000.0  # and never less than this
STEPS = 1600  # the ground is as fine as this part of the width that is drawn
STEPS_OF_STILLS = 1000  # and of a still picture, which nobody zooms in
STEPS_OF_AREAS = 900  # and shapes that are filled with colour as this
LEAST_STEPS = 3  # an island is drawn when its sides are about so many times as long
FAR_M = 5000.0  # how fine the rest is, for whoever zooms out
WIDE = 5.0  # degrees from south to north: counties are named, not municipalities


@dataclass(frozen=True)
class Ground:
    """All in EPSG:4326. ``areas``: GeoDataFrame with ``kommunkod, kommun``, ``near``: true for what
    the map is about, and ``fine``: false for what lies so far off that it is drawn coarsely, by
    county and without a name where it is not near.
    ``abroad``: the land around Sweden. ``counties``, ``own``: lines between counties, and around
    what the map is about, where they run on land."""

    areas: Any
    abroad: list[Any]
    counties: list[Any]
    own: list[Any]


@remembered
def municipalities() -> Any:
    """GeoDataFrame in EPSG:3006 with ``kommunkod, kommun, lanskod``: the municipalities' land."""
    shapes = geography.land()
    return shapes[shapes["kommunkod"] != ""].reset_index(drop=True)


@remembered
def county_names() -> dict[str, str]:
    """County code -> name."""
    table = pd.read_csv(io.StringIO(COUNTIES.text()), sep=";", dtype=str)
    return dict(zip(table["lanskod"], table["lan"], strict=True))


@remembered
def _towns() -> Any:
    """DataFrame with ``name, longitude, latitude, population``, the largest town first."""
    return pd.read_csv(io.StringIO(TOWNS.text()), sep=";")


def towns(opening: Bounds) -> list[tuple[str, float, float, int]]:
    """Name, longitude and latitude (degrees) and inhabitants of the towns in the bounds and as far
    around them as the ground is fine, and of the large ones elsewhere; the largest first."""
    west, south, east, north = opening
    wide, high = (east - west) * AROUND, (north - south) * AROUND
    table = _towns()
    near = table["longitude"].between(west - wide, east + wide)
    near &= table["latitude"].between(south - high, north + high)
    return [
        (str(town.name), float(town.longitude), float(town.latitude), int(town.population))
        for town in table[near | (table["population"] >= LARGE)].itertuples(
            index=False, name="Town"
        )
    ]


@remembered
def counties() -> Any:
    """GeoDataFrame in EPSG:3006 with ``lanskod, lan``: the counties' land."""
    shapes = municipalities()[["lanskod", "geometry"]].dissolve("lanskod", method="coverage")
    shapes["lan"] = [county_names()[code] for code in shapes.index]
    return shapes.reset_index()


def _simple(shapes: Any, metres: float) -> Any:
    """The same shapes (EPSG:3006), neighbours still sharing their borders, no finer than
    ``metres``; islands too small to be seen are left out, the largest part of a shape never."""
    import shapely  # 0.2 s

    simple = shapes.copy()
    outlines = shapely.coverage_simplify(shapes.geometry.to_numpy(), metres)
    parts, of = shapely.get_parts(outlines, return_index=True)
    sizes = shapely.area(parts)
    largest = np.zeros(len(outlines))
    np.maximum.at(largest, of, sizes)
    seen = (sizes >= (LEAST_STEPS * metres) ** 2) | (sizes == largest[of])
    simple.geometry = shapely.multipolygons(parts[seen], indices=of[seen])
    return simple


def drawn(shapes: Any) -> Any:
    """Shapes of ``municipalities`` or ``counties`` in EPSG:4326, as fine as they can be seen when
    all of them are."""
    if shapes.empty:
        return shapes.to_crs("EPSG:4326")
    west, south, east, north = shapes.total_bounds
    return _simple(shapes, max(east - west, north - south) / STEPS_OF_AREAS).to_crs("EPSG:4326")


def of_area(area: str | None) -> Any:
    """The municipalities of a county (two digits), the one with this code (four), or all, as
    ``drawn`` gives them."""
    shapes = municipalities()
    return drawn(shapes[shapes["kommunkod"].str.startswith(area)] if area else shapes)


def bounds(area: str | None) -> Bounds:
    """The bounds of an area's land in degrees; Sweden's where there is none."""
    shapes = of_area(area) if area else None
    if shapes is None or shapes.empty:
        return SWEDEN
    west, south, east, north = (float(degree) for degree in shapes.total_bounds)
    return west, south, east, north


@remembered
def _overview() -> Any:
    """All municipalities, coarse."""
    return _simple(municipalities(), FAR_M)


def _by_county(shapes: Any) -> Any:
    """What lies far off, a shape for each county, without the names of its municipalities."""
    counties = shapes.dissolve("lanskod", method="coverage").reset_index()
    return counties.assign(kommunkod="", kommun="")


def _in_metres(opening: Bounds) -> tuple[float, float, float, float]:
    """Bounds in EPSG:3006 around bounds in degrees."""
    from pyproj import Transformer  # 0.2 s

    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
    west, south, east, north = to_metres.transform_bounds(*opening, densify_pts=21)
    return west, south, east, north


def _abroad(window: Any, metres: float) -> list[Any]:
    """The land of the countries around in EPSG:3006: fine in the window, coarse elsewhere."""
    import shapely  # 0.2 s

    shapes = geography.land()
    whole = shapes.geometry[shapes["kommunkod"] == ""].iloc[0]
    near = shapely.simplify(shapely.clip_by_rect(whole, *window.bounds), metres)
    large = [part for part in shapely.get_parts(whole) if part.area > (LEAST_STEPS * FAR_M) ** 2]
    far = shapely.difference(shapely.simplify(shapely.multipolygons(large), FAR_M), window)
    return [
        shape
        for both in (near, far)
        for shape in shapely.get_parts(both)
        if shape.geom_type == "Polygon"
    ]


def _between(shapes: Any, column: str) -> list[Any]:
    """The lines along which two shapes meet that differ in ``column``."""
    import shapely  # 0.2 s

    outlines, values = shapes.geometry.to_numpy(), shapes[column].to_numpy()
    one, other = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    apart = (one < other) & (values[one] != values[other])
    shared = shapely.intersection(
        shapely.boundary(outlines[one[apart]]), shapely.boundary(outlines[other[apart]])
    )
    lines = (shapely.line_merge(line) for line in shared if not line.is_empty)
    parts = (part for line in lines for part in shapely.get_parts(line))
    return [part for part in parts if part.geom_type == "LineString"]


def around(opening: Bounds, area: str | None, steps: int = STEPS) -> Ground:
    """The ground of a map that opens on ``opening`` (degrees) and is about ``area``, or, without
    one, about what it opens on; as fine as 1/``steps`` of its width."""
    import geopandas  # 0.7 s
    import shapely  # 0.2 s

    west, south, east, north = _in_metres(opening)
    wide = max(east - west, LEAST_M) * AROUND
    high = max(north - south, LEAST_M) * AROUND
    window = shapely.box(west - wide, south - high, east + wide, north + high)
    metres = max(east - west, north - south, LEAST_M) / steps
    shapes = municipalities()
    seen = shapes.intersects(window)
    inside = shapes.intersects(shapely.box(west, south, east, north))
    near = shapes["kommunkod"].str.startswith(area) if area else inside
    fine = _simple(shapes[seen], metres).assign(near=near[seen], fine=True)
    coarse = _overview().assign(near=near, fine=False)[~seen]
    areas = pd.concat([_by_county(coarse[~coarse["near"]]), coarse[coarse["near"]], fine])

    def degrees(some: list[Any]) -> list[Any]:
        return list(geopandas.GeoSeries(some, crs="EPSG:3006").to_crs("EPSG:4326"))

    return Ground(
        areas.to_crs("EPSG:4326"),
        degrees(_abroad(window, max(metres, 100.0))),
        degrees(_between(fine, "lanskod")),
        degrees(_between(fine, "near") if area else []),
    )


def is_wide(opening: Bounds) -> bool:
    """True where so much is seen that counties are named, and not municipalities."""
    return opening[3] - opening[1] > WIDE


def names(shapes: Any, column: str = "kommun") -> list[tuple[str, float, float]]:
    """Name, longitude and latitude of a point inside the largest part of each municipality
    (county)."""
    import shapely  # 0.2 s

    largest = [
        max(shapely.get_parts(shape), key=lambda part: part.area) for shape in shapes.geometry
    ]
    points = shapely.point_on_surface(np.array(largest, dtype=object))
    return [
        (str(name), float(point.x), float(point.y))
        for name, point in zip(shapes[column], points, strict=True)
    ]
