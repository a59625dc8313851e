"""SCB's squares of 1 km in EPSG:3006 by arithmetic, and the municipality of very many points by way
of their squares."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.ground import areas, geography

SIDE = 1000
# points looked up at a time: what a join of them holds is given back before the next
CHUNK = 25_000
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def square_of(lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
    """South-western corner (east, north, metres) of the square of each point in degrees."""
    from pyproj import Transformer  # 0.2 s

    east, north = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform(lon, lat)
    return (
        np.floor(east / SIDE).astype(np.int64) * SIDE,
        np.floor(north / SIDE).astype(np.int64) * SIDE,
    )


def rutid_scb(east: int, north: int) -> str:
    """SCB's id of a square: 13 digits, EEEEEENNNNNNN of its south-western corner.

    >>> rutid_scb(536000, 6224000)
    '5360006224000'
    """
    return f"{east:06d}{north:07d}"


def municipality_of(lon: Any, lat: Any, east: Ints, north: Ints) -> NDArray[Any]:
    """Municipality code of each point ('' for none), as ``geography.codes_of`` finds it:
    ``lon, lat`` in degrees, ``east, north`` the corner of its square in metres.

    A square that touches one municipality only and lies wholly in it settles all its points; only
    points of other squares are looked up one by one.
    """
    import shapely  # 0.2 s

    known = areas.municipalities()
    key = east * 10_000_000 + north
    squares, of_point = np.unique(key, return_inverse=True)
    corner_e, corner_n = (squares // 10_000_000).astype(float), (squares % 10_000_000).astype(float)
    boxes = shapely.box(corner_e, corner_n, corner_e + SIDE, corner_n + SIDE)
    tree: Any = shapely.STRtree(boxes)
    box: Any = tree.query(known.outlines, predicate="intersects")[1]
    whole, inner = tree.query(known.outlines, predicate="covers")
    settled = np.full(len(squares), "", dtype=object)
    settled[inner] = known.codes[whole]
    alone = np.bincount(box, minlength=len(squares)) == 1
    settled[~alone] = ""
    result = settled[of_point]
    open_ = np.flatnonzero(result == "")
    for start in range(0, len(open_), CHUNK):
        part = open_[start : start + CHUNK]
        result[part] = [code or "" for code in geography.codes_of(lon[part], lat[part])]
    return result
