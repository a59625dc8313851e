"""What a map holds: layers of marks with their legend, and the tables that they draw; nothing is
drawn here.

A layer is kept by column, one entry for each mark. A text of a file passes ``escaping.shown`` on
its way out (page and still picture alike); values of marked columns must not be put into a layer at
all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True)
class Kind:
    """One entry of a legend. ``colour`` is a name in ``palette``; ``pattern`` is '' | hatched |
    dashed."""

    label: str
    colour: str = "a"
    pattern: str = ""
    shape: str = "circle"  # of a point: a name in ``palette.SHAPES``


@dataclass(frozen=True)
class Fact:
    """One line of every popup of a layer: texts, or numbers that the page writes by locale; None is
    not shown."""

    label: str
    values: Sequence[str | float | int | None]
    unit: str = ""
    decimals: int = 0


@dataclass(kw_only=True)
class Layer:
    """Marks of one sort. ``kind`` numbers each mark's entry in ``kinds`` (all 0 if left out).

    ``labels`` is what a tooltip and a screen reader say; ``counts`` how many things each mark
    stands for (1 if left out).
    """

    type: ClassVar[str] = ""

    key: str
    title: str
    kinds: Sequence[Kind]
    kind: Sequence[int] | Ints | None = None
    labels: Sequence[str] | None = None
    facts: Sequence[Fact] = ()
    counts: Sequence[int] | Ints | None = None
    shown: bool = True  # drawn from the start; the reader may turn each layer on and off
    note: str = ""  # told under the legend

    def __len__(self) -> int:
        raise NotImplementedError

    @property
    def kind_of(self) -> Ints:
        """The number in ``kinds`` of each mark."""
        return np.zeros(len(self), int) if self.kind is None else np.asarray(self.kind, int)

    @property
    def total(self) -> int:
        """How many things the layer's marks stand for together."""
        return len(self) if self.counts is None else int(np.sum(self.counts))

    @property
    def bounds(self) -> Bounds | None:
        """West, south, east, north in degrees around the marks; None where there is nothing to
        bound."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Points(Layer):
    """Positions in EPSG:4326. Where ``clustered``, near ones are drawn as one with its number."""

    type = "points"

    lon: Floats
    lat: Floats
    rows: Sequence[int] | Ints | None = None  # row in the source
    size: Sequence[float] | Floats | None = None  # diameter in pixels, 16 if left out
    clustered: bool = True

    def __len__(self) -> int:
        return len(self.lon)

    @property
    def bounds(self) -> Bounds | None:
        from helpers.ground.geography import in_sweden  # numpy and pandas: 0.7 s

        inside = in_sweden(np.asarray(self.lon), np.asarray(self.lat))
        if not inside.any():
            return None
        lon, lat = np.asarray(self.lon)[inside], np.asarray(self.lat)[inside]
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


@dataclass(kw_only=True)
class Shapes(Layer):
    """Shapely geometries in EPSG:4326."""

    shapes: Sequence[Any]

    def __len__(self) -> int:
        return len(self.shapes)

    @property
    def bounds(self) -> Bounds | None:
        import shapely  # 0.2 s

        boxes = [shape.bounds for shape in self.shapes if not shapely.is_empty(shape)]
        if not boxes:
            return None
        corners = np.array(boxes)
        return (
            float(corners[:, 0].min()),
            float(corners[:, 1].min()),
            float(corners[:, 2].max()),
            float(corners[:, 3].max()),
        )


@dataclass(kw_only=True)
class Areas(Shapes):
    """Polygons, e.g. municipalities."""

    type = "areas"


@dataclass(kw_only=True)
class Lines(Shapes):
    """Lines, e.g. of a timetable; ``width`` in pixels, 3 if left out."""

    type = "lines"

    width: Sequence[float] | Floats | None = None


@dataclass(kw_only=True)
class Squares(Layer):
    """Squares of EPSG:3006 by their south-western corner in metres, as in SCB's grid."""

    type = "squares"

    east: Ints
    north: Ints
    side: int = 1000

    def __len__(self) -> int:
        return len(self.east)

    @property
    def bounds(self) -> Bounds | None:
        from helpers.ground.geography import to_wgs84  # numpy and pandas: 0.7 s

        if not len(self):
            return None
        x = np.array([self.east.min(), self.east.max() + self.side] * 2, float)
        y = np.array([self.north.min()] * 2 + [self.north.max() + self.side] * 2, float)
        lon, lat = to_wgs84(x, y, "EPSG:3006")
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


@dataclass
class Table:
    """A table beside the map. ``numeric`` names the columns (from 0) that are set to the right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    numeric: Sequence[int] = ()
    folded: bool = False  # shown when asked for


def legend(layer: Layer) -> list[tuple[Kind, int]]:
    """Each kind of a layer with the number of things that it has."""
    kind = layer.kind_of
    counts = np.ones(len(layer), int) if layer.counts is None else np.asarray(layer.counts, int)
    return [(entry, int(counts[kind == i].sum())) for i, entry in enumerate(layer.kinds)]
