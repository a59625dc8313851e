"""The shapes of many rows in well-known binary at once: the centre of each, what kinds there are,
and which do not read.

Points, of which there may be millions, are taken from where they lie in memory; other shapes are
read by GEOS, all of a piece in one call. Source: OGC Simple Features 6.1, 8.2 (well-known binary).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.reading import centres

HEAD = 5  # bytes: the order of bytes, and the kind
# The bytes of a point -> the kinds that it may be of: plain, with a height or a measure, with both.
POINTS = {21: (1,), 29: (1001, 2001, 0x80000001), 37: (3001,)}
# A point, a line, an area, and several of them; with heights, measures or both in the thousands.
SIMPLE = [kind + more for more in (0, 1000, 2000, 3000) for kind in range(1, 7)]


@dataclass
class Shapes:
    """East and north of each row's centre, NaN where there is none; the kinds by their names, how
    many are multipoints of one point, and the places (from 0) of those that do not read."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    kinds: set[str] = field(default_factory=set)
    ones: int = 0
    unread: list[int] = field(default_factory=list)
    geometries: NDArray[Any] | None = None  # shapely's, where they were asked for


def of(cells: Any, *, whole: bool = False) -> Shapes:
    """Of an Arrow array of binary cells; ``whole``: the geometries too."""
    known = cells.is_valid().to_numpy(zero_copy_only=False)
    spots = None if whole else _points(cells.drop_null())
    if spots is not None:
        x, y = np.full((2, len(cells)), np.nan)
        finite = np.isfinite(spots).all(axis=1)
        spots[~finite] = np.nan
        x[known], y[known] = spots.T
        return Shapes(x, y, {"Point"} if len(spots) else set())
    import shapely  # 0.2 s

    geometries = np.array(centres.from_wkb(cells.to_pylist()), object)
    kinds = shapely.get_type_id(geometries)
    _, first = np.unique(kinds, return_index=True)
    several = shapely.get_num_geometries(geometries)
    middles = _middles(geometries)
    return Shapes(
        *_finite(middles),
        {geometry.geom_type for geometry in geometries[first] if geometry is not None},
        int(((kinds == shapely.GeometryType.MULTIPOINT) & (several == 1)).sum()),
        np.flatnonzero(~shapely.is_geometry(middles) & known).tolist(),
        geometries,
    )


def _middles(geometries: NDArray[Any]) -> NDArray[Any]:
    """The centroid of each; none of what has a curve in a collection."""
    import shapely  # 0.2 s

    try:
        return np.asarray(shapely.centroid(geometries))
    except shapely.errors.GEOSException:
        if len(geometries) == 1:
            return np.array([None], object)
        half = len(geometries) // 2
        return np.concatenate([_middles(geometries[:half]), _middles(geometries[half:])])


def _finite(middles: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """East and north, NaN where either is not finite."""
    import shapely  # 0.2 s

    known = middles.copy()
    known[shapely.is_empty(middles)] = None
    x, y = shapely.get_x(known), shapely.get_y(known)
    beyond = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(beyond, np.nan, x), np.where(beyond, np.nan, y)


def _points(cells: Any) -> NDArray[np.float64] | None:
    """East and north, where every cell is a point in this machine's usual order of bytes."""
    data, ends = _bytes(cells)
    wide = int(ends[1] - ends[0]) if len(cells) else 21
    if wide not in POINTS or (np.diff(ends) != wide).any():
        return None
    rows = data[ends[0] : ends[-1]].reshape(-1, wide)
    if not np.isin(_kinds(data, ends[:-1]), POINTS[wide]).all():
        return None
    return rows[:, HEAD : HEAD + 16].copy().view("<f8").reshape(-1, 2)


def are_simple(cells: Any) -> bool:
    """True where all cells are points, lines and areas, or several of them: neither curves nor
    collections, and none is missing."""
    if cells.null_count:
        return False
    data, ends = _bytes(cells)
    if (np.diff(ends) < HEAD).any():
        return False
    return bool(np.isin(_kinds(data, ends[:-1]), SIMPLE).all())


def _bytes(cells: Any) -> tuple[NDArray[np.uint8], NDArray[Any]]:
    """The bytes of all cells, none of them null, and where each begins and the last ends."""
    _, ends, data = cells.buffers()
    wide = np.int64 if str(cells.type).startswith("large") else np.int32
    known = np.zeros(1, wide) if ends is None else np.frombuffer(ends, wide)
    known = known[cells.offset : cells.offset + len(cells) + 1]
    return np.frombuffer(data or b"", np.uint8), known


def _kinds(data: NDArray[np.uint8], starts: NDArray[Any]) -> NDArray[np.uint32]:
    """The kind of each shape; 0 where its bytes stand in the other order."""
    kinds = np.zeros(len(starts), np.uint32)
    for i in range(1, HEAD):
        kinds |= data[starts + i].astype(np.uint32) << np.uint32(8 * (i - 1))
    return np.where(data[starts] == 1, kinds, 0)
