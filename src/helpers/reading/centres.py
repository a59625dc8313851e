"""The one point that stands for a shape, by one definition in every format: its centroid, as the
OGC's Simple Features (6.1) and GEOS have it.

Of areas the centre of their mass, holes left out; of lines that of their length, of points their
mean; of a collection that of its parts of the highest dimension. It need not lie in the shape.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable
from typing import Any

Point = tuple[float, float]
DEEPEST = 4  # a multipolygon: parts of rings of positions of numbers
POLYHEDRAL, TIN, TRIANGLE = 15, 16, 17  # of well-known binary, which GEOS does not read
KINDS = {"point": "point", "linestring": "line", "polygon": "polygon"}
MULTIPOLYGON, POLYGON = 6, 3  # their bytes are the same


def kind_of(kinds: Iterable[str]) -> str:
    """point | line | polygon | mixed, from the names of the geometries."""
    names = {kind.lower().removeprefix("multi").split(" ")[0] for kind in kinds}
    shapes = names - {"", "none", "unknown"}
    return KINDS.get(shapes.pop(), "mixed") if len(shapes) == 1 else "mixed"


def centre_of(shape: Any) -> Point | None:
    """East and north of a shapely geometry; None where it is empty or none."""
    if shape is None or shape.is_empty:
        return None
    middle = shape.centroid
    point = float(middle.x), float(middle.y)
    return point if all(map(math.isfinite, point)) else None


def of_geojson(geometry: Any) -> Point | None:
    """East and north of a geometry of GeoJSON, whose numbers may be texts. What its positions are
    of is told by how deep they are nested where that contradicts its ``type``.

    >>> of_geojson({"type": "MultiPoint", "coordinates": [["15.5", "56.1"]]})
    (15.5, 56.1)
    >>> square = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    >>> area = {"type": "Polygon", "coordinates": [square]}
    >>> parts = [{"type": "Point", "coordinates": [9, 9]}, area]
    >>> of_geojson({"type": "GeometryCollection", "geometries": parts})
    (1.0, 1.0)
    """
    try:
        if isinstance(geometry, dict) and _depth(geometry.get("coordinates")) == 1:
            point = _pair(geometry["coordinates"])
            return point if all(map(math.isfinite, point)) else None
        return centre_of(_shape(geometry))
    except (TypeError, ValueError, IndexError, OverflowError, RecursionError):
        return None


def has_positions(geometry: Any) -> bool:
    """True where a geometry of GeoJSON says anything at all of where it is."""
    return isinstance(geometry, dict) and bool(
        set(geometry) - {"type", "coordinates", "geometries"}
        or geometry.get("coordinates")
        or any(map(has_positions, geometry.get("geometries") or ()))
    )


def _depth(coordinates: Any) -> int:
    depth = 0
    while isinstance(coordinates, list) and coordinates and depth <= DEEPEST:
        coordinates, depth = coordinates[0], depth + 1
    return depth


def _pair(position: Any) -> Point:
    return float(position[0]), float(position[1])


def _shape(geometry: Any) -> Any:
    """The shapely geometry; None where there is no position in it."""
    import shapely  # 0.2 s

    if not isinstance(geometry, dict):
        return None
    if isinstance(geometry.get("geometries"), list):
        parts = [_shape(part) for part in geometry["geometries"]]
        return shapely.GeometryCollection([part for part in parts if part is not None])
    coordinates = geometry.get("coordinates")
    by_depth: dict[int, Callable[[Any], Any]] = {
        1: lambda given: shapely.Point(_pair(given)),
        2: _points if geometry.get("type") == "MultiPoint" else _line,
        3: _lines if geometry.get("type") == "MultiLineString" else _area,
        4: lambda given: shapely.GeometryCollection([_area(part) for part in given if part]),
    }
    make = by_depth.get(_depth(coordinates))
    return make(coordinates) if make else None


def _points(positions: Iterable[Any]) -> Any:
    import shapely  # 0.2 s

    return shapely.MultiPoint([_pair(position) for position in positions])


def _line(positions: list[Any]) -> Any:
    """A line; the point that it is where it has only one position."""
    import shapely  # 0.2 s

    pairs = [_pair(position) for position in positions]
    return shapely.LineString(pairs) if len(pairs) > 1 else shapely.Point(pairs[0])


def _lines(parts: Iterable[list[Any]]) -> Any:
    import shapely  # 0.2 s

    return shapely.GeometryCollection([_line(part) for part in parts if part])


def _area(rings: list[list[Any]]) -> Any:
    """A polygon; the line that it is where its ring encloses nothing."""
    import shapely  # 0.2 s

    if len(rings[0]) < 3:
        return _line(rings[0])
    shell, *holes = ([_pair(position) for position in ring] for ring in rings)
    return shapely.Polygon(shell, [hole for hole in holes if len(hole) > 2])


def from_wkb(shapes: Iterable[bytes | None]) -> list[Any]:
    """Shapely geometries of well-known binary in two dimensions; None for what does not read.

    TINs, polyhedral surfaces and triangles read as the polygons that they are.
    """
    import shapely  # 0.2 s

    plain = [None if shape is None else _as_polygons(bytes(shape)) for shape in shapes]
    return list(shapely.from_wkb(plain, on_invalid="ignore"))


def _kind(shape: bytes | bytearray, start: int) -> int:
    code: int = struct.unpack_from("<I" if shape[start] else ">I", shape, start + 1)[0]
    return code


def _as_polygons(shape: bytes) -> bytes:
    """The same bytes under the names of polygons; as they are where they are anything else."""
    if len(shape) < 9 or _kind(shape, 0) not in (POLYHEDRAL, TIN, TRIANGLE):
        return shape
    named = bytearray(shape)
    try:
        if _kind(shape, 0) == TRIANGLE:
            _rename(named, 0, POLYGON)
            return bytes(named)
        _rename(named, 0, MULTIPOLYGON)
        start = 9
        for _ in range(struct.unpack_from("<I" if shape[0] else ">I", shape, 5)[0]):
            order = "<I" if shape[start] else ">I"
            _rename(named, start, POLYGON)
            rings, start = struct.unpack_from(order, shape, start + 5)[0], start + 9
            for _ in range(rings):
                start += 4 + 16 * struct.unpack_from(order, shape, start)[0]
    except (struct.error, IndexError):
        return shape
    return bytes(named)


def _rename(shape: bytearray, start: int, code: int) -> None:
    struct.pack_into("<I" if shape[start] else ">I", shape, start + 1, code)
