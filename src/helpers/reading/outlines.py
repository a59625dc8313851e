"""The whole shapes of a map's main table, kept beside the snapshot where somebody asks for them: a
snapshot itself has only the point of each.

Parquet layout of ``outlines.parquet``, one row for each record that has a shape: ``source_row``
BIGINT as in the table, ``shape`` BLOB (well-known binary, two dimensions, in the source's own
system), ``high`` BOOLEAN, true where the source also said how high each position lies, and
``single`` BOOLEAN, true for one point, of which a snapshot has all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

FILE = "outlines.parquet"
SCHEMA = pa.schema(
    [
        ("source_row", pa.int64()),
        ("shape", pa.binary()),
        ("high", pa.bool_()),
        ("single", pa.bool_()),
    ]
)
PIECE = 20_000  # shapes written at a time
Numbered = tuple[int, Any, bool]  # the row, its shapely geometry, whether it has heights


class Outlines:
    """Takes the shapes of one table, in any order. A context manager: the file is whole once it is
    left."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._writer = pq.ParquetWriter(self.file, SCHEMA)
        self._held: list[Numbered] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        self._writer.close()

    def add(self, shapes: Iterable[Numbered]) -> None:
        """Keep the shapes that hold any position."""
        for row, shape, high in shapes:
            if shape is not None and not shape.is_empty:
                self._held.append((row, shape, high))
                if len(self._held) >= PIECE:
                    self._write()

    def _write(self) -> None:
        import shapely  # 0.2 s

        shapes = shapely.to_wkb([shape for _, shape, _ in self._held], output_dimension=2)
        columns: list[list[Any]] = [
            [row for row, _, _ in self._held],
            list(shapes),
            [high for *_, high in self._held],
            [is_single(shape) for _, shape, _ in self._held],
        ]
        self._writer.write_table(pa.table(columns, schema=SCHEMA))
        self._held = []


def is_single(shape: Any) -> bool:
    """True for a point, and for a multipoint of one.

    >>> import shapely
    >>> [is_single(shapely.from_wkt(f"MULTIPOINT ({two})")) for two in ("1 2", "1 2, 3 4")]
    [True, False]
    """
    kind = shape.geom_type
    return kind == "Point" or (kind == "MultiPoint" and len(shape.geoms) == 1)


def of_geojson(geometry: Any) -> Any:
    """The shapely geometry of GeoJSON whose numbers may be texts, as it stands there; None for what
    is no such geometry.

    >>> of_geojson({"type": "MultiPoint", "coordinates": [["15.5", "56.1", "3"]]}).wkt
    'MULTIPOINT ((15.5 56.1))'
    >>> of_geojson({"type": "Polygon", "coordinates": [[["15.5", "56.1"]]]}) is None
    True
    """
    import shapely  # 0.2 s
    import shapely.geometry  # 0.2 s

    try:
        return shapely.geometry.shape(_numbers(geometry))
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, RecursionError):
        return None
    except (OverflowError, shapely.errors.ShapelyError):
        return None


def _numbers(geometry: Any) -> dict[str, Any]:
    if "geometries" in geometry:
        parts = [_numbers(part) for part in geometry["geometries"]]
        return {"type": geometry["type"], "geometries": parts}
    return {"type": geometry["type"], "coordinates": _floats(geometry["coordinates"])}


def _floats(positions: Any) -> Any:
    if positions and not isinstance(positions[0], list):
        return [float(number) for number in positions[:2]]
    return [_floats(position) for position in positions]


def is_high(geometry: Any) -> bool:
    """True where the first position of a GeoJSON geometry has a third number.

    >>> is_high({"type": "LineString", "coordinates": [[1, 2, 3], [4, 5, 6]]})
    True
    """
    if not isinstance(geometry, dict):
        return False
    parts = geometry.get("geometries")
    if isinstance(parts, list):
        return any(map(is_high, parts))
    position = geometry.get("coordinates")
    while isinstance(position, list) and position and isinstance(position[0], list):
        position = position[0]
    return isinstance(position, list) and len(position) > 2


def is_high_type(kind: str | None) -> bool:
    """True for GDAL's name of a type of geometry with heights.

    >>> is_high_type("Point Z"), is_high_type("2.5D Polygon"), is_high_type("Point")
    (True, True, False)
    """
    return kind is not None and (kind.startswith("2.5D") or " Z" in kind)
