"""Where Sweden ends outside the municipalities' shapes: its sea, its outer islands, and what lies
on a neighbour's side.

The facts stand in ``data/reference/borders.yaml``, drawn by hand: they tell towns that face each
other apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, Strict

from helpers.declared import files
from helpers.declared.files import Declared, Known
from helpers.words.files.ours import File, remembered

REFERENCE = File("data/reference/borders.yaml")
FAR_M = 20_000.0  # shapes that begin so far from the land border's ends hold no part of it
Array = NDArray[np.float64]
# longitude, latitude in degrees
Point = Annotated[
    tuple[
        Annotated[float, Field(ge=-180, le=180)],
        Annotated[float, Field(ge=-90, le=90)],
    ],
    Strict(False),
]


class Reference(Declared):
    """The whole file. ``sea_m`` in metres; ``drawn_m``: how many metres off a line may lie;
    ``land_border``: its two ends; ``beyond``: each neighbour's ring; ``islands`` by name."""

    status: Known
    sea_m: Annotated[float, Field(gt=0)]
    drawn_m: Annotated[float, Field(ge=0)]
    land_border: Annotated[list[Point], Field(min_length=2, max_length=2)]
    beyond: dict[str, Annotated[list[Point], Field(min_length=3)]]
    islands: dict[str, Point]


@dataclass(frozen=True)
class Borders:
    """``beyond``: neighbours' polygons as drawn; ``surely``: the same, less what the drawing may be
    off; ``islands``: points; ``ends`` of the land border. In
    degrees; ``sea_m`` in metres."""

    beyond: Any
    surely: Any
    islands: Any
    ends: list[Point]
    sea_m: float


@remembered
def _load(file: Path) -> Borders:
    import geopandas  # 0.7 s
    import shapely  # 0.2 s

    declared = files.read(file, Reference)
    rings = shapely.multipolygons([shapely.polygons(ring) for ring in declared.beyond.values()])
    metres = geopandas.GeoSeries([rings], crs="EPSG:4326").to_crs("EPSG:3006")
    surely = metres.buffer(-declared.drawn_m).to_crs("EPSG:4326").iloc[0]
    shapely.prepare(surely)
    islands = shapely.points(list(declared.islands.values()))
    return Borders(rings, surely, islands, declared.land_border, declared.sea_m)


def load() -> Borders:
    """The declared borders. Raises ``ConfigurationError`` where their file is wrong."""
    return _load(REFERENCE.path)


def beyond(lon: Array, lat: Array) -> NDArray[np.bool_]:
    """True for a point that surely lies on a neighbour's side in Öresund, at Svinesund or at the
    mouth of Torne river: farther from the drawn line than that may be off."""
    import shapely  # 0.2 s

    return shapely.contains_xy(load().surely, lon, lat)


def land_border(shapes: Any) -> Any:
    """The part of the outline of ``shapes`` (GeoSeries) that faces Norway and Finland by land, as a
    line; None without it."""
    import geopandas  # 0.7 s
    import shapely  # 0.2 s

    parts = shapely.get_parts(shapes.union_all())
    outline = shapely.get_coordinates(
        shapely.get_exterior_ring(parts[np.argmax(shapely.area(parts))])
    )[:-1]
    x, y = (
        geopandas.GeoSeries.from_xy(*zip(*load().ends, strict=True), crs="EPSG:4326")
        .to_crs(shapes.crs)
        .get_coordinates()
        .T.to_numpy()
    )
    apart = np.hypot(outline[:, :1] - x, outline[:, 1:] - y)
    if (apart.min(axis=0) > FAR_M).any():
        return None
    first, last = sorted(apart.argmin(axis=0))
    arcs = outline[first : last + 1], np.concatenate([outline[last:], outline[: first + 1]])
    # the land border goes farthest north
    return shapely.linestrings(max(arcs, key=lambda arc: arc[:, 1].max()))
