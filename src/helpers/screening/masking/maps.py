"""The version as a map: GeoJSON in degrees of WGS 84 (RFC 7946), or GeoPackage in the source's own
system. The shapes are those of the source; a row whose position is not told has none."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from helpers.ground import geography
from helpers.screening.masking import tables
from helpers.screening.masking.version import FINEST, Version

LAYER = "data"
DEGREES = "EPSG:4326"


def system(version: Version) -> str:
    """The system that a GeoPackage is written in: the source's, but degrees where positions were
    rounded."""
    place = version.table.geometry
    assert place is not None
    return DEGREES if version.rounded else place.crs


def _features(
    version: Version, crs: str, *, swapped: bool
) -> Iterator[tuple[list[tuple[Any, ...]], list[Any]]]:
    """The rows in batches: their cells, and their shapes in ``crs``, None where there is none.

    ``swapped``: the source writes north first.
    """
    import shapely  # 0.2 s

    place = version.table.geometry
    assert place is not None
    own = crs == place.crs and crs != DEGREES
    east, north = (("y", "x") if swapped else ("x", "y")) if own else ("lon", "lat")
    asked = {"shape": version.shape, "east": version.axis(east), "north": version.axis(north)}

    def turned(positions: Any) -> Any:
        x, y = positions[:, ::-1].T if swapped else positions.T
        moved = (x, y) if own else geography.to_wgs84(x, y, place.crs)
        return np.round(np.column_stack(moved), FINEST)

    for batch in tables.rows(version, version.cells | asked):
        shapes = shapely.transform(shapely.from_wkb([row[-3] for row in batch]), turned)
        points = [
            None if row[-1] is None or row[-2] is None else shapely.Point(row[-2], row[-1])
            for row in batch
        ]
        yield (
            [row[:-3] for row in batch],
            [
                point if shape is None or not np.isfinite(shape.bounds).all() else shape
                for shape, point in zip(shapes, points, strict=True)
            ],
        )


def write_geojson(version: Version, part: Path, *, swapped: bool) -> None:
    """A FeatureCollection, a feature on each line; outer rings run counter-clockwise."""
    import shapely  # 0.2 s

    types, names = tables.numbers(version), list(version.cells)
    first = True
    with part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for batch, shapes in _features(version, DEGREES, swapped=swapped):
            drawn = shapely.to_geojson(shapely.orient_polygons(shapes))
            for row, shape in zip(batch, drawn, strict=True):
                said = {
                    name: tables.as_number(cell, types.get(name))
                    for name, cell in zip(names, row, strict=True)
                }
                cells = json.dumps(said, ensure_ascii=False)
                stream.write(
                    f'{"" if first else ","}\n{{"type": "Feature", "geometry": {shape or "null"},'
                    f' "properties": {cells}}}'
                )
                first = False
        stream.write("\n]}\n")


def renamed(version: Version) -> dict[str, str]:
    """The version's columns -> their names in a GeoPackage, which takes ``Namn`` and ``namn`` for
    one, and cannot have one without a name."""
    names: dict[str, str] = {}
    for name in version.cells:
        names[name] = tables.free(name, names.values())
    return names


def write_gpkg(version: Version, part: Path, *, swapped: bool) -> None:
    """One layer. Its own columns, ``fid`` and ``geom``, have other names where the version's have
    those."""
    import pyogrio.raw  # 0.7 s
    import shapely  # 0.2 s

    crs, types, names = system(version), tables.numbers(version), renamed(version)
    written = False
    batches = _features(version, crs, swapped=swapped)
    for batch, shapes in _whole(batches):
        columns = list(zip(*batch, strict=True)) or [()] * len(names)
        data = [_column(cells, types.get(name)) for name, cells in zip(names, columns, strict=True)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of a layer without a single shape
            pyogrio.raw.write(
                str(part),
                shapely.to_wkb(np.array(shapes, dtype=object)),
                data,
                np.array(list(names.values()), dtype=object),
                layer=LAYER,
                driver="GPKG",
                geometry_type="Unknown",
                crs=crs,
                append=written,
                layer_options={
                    "FID": tables.free("fid", names.values()),
                    "GEOMETRY_NAME": tables.free("geom", names.values()),
                }
                if not written
                else None,
            )
        written = True


def _whole(
    batches: Iterator[tuple[list[tuple[Any, ...]], list[Any]]],
) -> Iterator[tuple[list[tuple[Any, ...]], list[Any]]]:
    """The batches, and an empty one where there are none: a layer has its columns without rows
    too."""
    some = False
    for batch in batches:
        some = True
        yield batch
    if not some:
        yield [], []


def _column(cells: tuple[Any, ...], type: str | None) -> Any:
    """A column's array: numbers where its cells are, else texts."""
    values = [tables.as_number(cell, type) for cell in cells]
    if type == "integer" and all(isinstance(value, int) for value in values):
        return np.array(values, dtype="int64")
    if type is not None and values:
        absent = (None, "")
        return np.array([np.nan if value in absent else value for value in values], dtype="float64")
    return np.array(values, dtype=object)
