"""Writes ``data/borders/municipalities.parquet`` and ``data/land/land.parquet`` from two sources, and
says how far the first lies from its own.

    python -m tests.borders MUNICIPALITIES LAND

MUNICIPALITIES: the administrative division with its sea in EPSG:3006, a row for each polygon with
``KOM_KOD, KOMMUNNAMN``. LAND: polygons of Sweden's and its neighbours' land in any system. Both are
files that GDAL or Parquet's readers open. ``data/borders/README.md`` and ``data/land/README.md`` say
which were used, and their licences. Equal sources give equal shapes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

HERE = Path(__file__).resolve().parents[2] / "data"
BORDERS, LAND = HERE / "borders" / "municipalities.parquet", HERE / "land" / "land.parquet"
GRID = 1.0  # metres: where shores and borders cross, corners are put on such a grid
BORDER_M, COAST_M, ABROAD_M = 50.0, 30.0, 400.0  # how far simplifying may move a line
STRIP_M = 1000.0  # how far the neighbours' land reaches in under Sweden's, so that no gap shows
ISLAND_M2 = 1_000_000.0  # the neighbours' smaller islands are left out
STEP_M = 10.0  # between the points that deviation is measured at


def _opened(file: Path) -> Any:
    read = geopandas.read_parquet if file.suffix == ".parquet" else geopandas.read_file
    return read(file).to_crs("EPSG:3006")


def _polygons(shape: Any) -> Any:
    """All polygons of a shape as one multipolygon, largest first."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.multipolygons(sorted(parts, key=lambda part: (-part.area, part.bounds)))


def simplified(shapes: Any, metres: float) -> Any:
    """A coverage simplified so that neighbours still share their borders; corners are left out,
    none is moved."""
    return np.array([_polygons(shape) for shape in shapely.coverage_simplify(shapes, metres)])


def faces(municipalities: Any, land: Any) -> tuple[Any, Any]:
    """The land of each municipality, as a coverage, and the land that is in none.

    ``municipalities``: one shape each; ``land``: polygons. Lines that cross are noded on a grid, so
    that what two municipalities share stays the same line in both.
    """
    lines = shapely.union_all(
        np.concatenate([shapely.boundary(municipalities), shapely.boundary(land)]), grid_size=GRID
    )
    parts = shapely.get_parts(shapely.polygonize([lines]))
    tree = shapely.STRtree(shapely.point_on_surface(parts))

    def lies_in(shapes: Any) -> Any:
        number = np.full(len(parts), -1)
        shape, part = tree.query(shapes, predicate="contains")
        number[part] = shape
        return number

    of, dry = lies_in(municipalities), lies_in(land) >= 0
    own = [shapely.coverage_union_all(parts[dry & (of == i)]) for i in range(len(municipalities))]
    return np.array(own), shapely.coverage_union_all(parts[dry & (of < 0)])


def abroad(outside: Any, own: Any) -> Any:
    """The neighbours' land: coarser, without small islands, and a little way in under ours;
    ``outside`` and ``own`` as ``faces`` gives them, which share their border."""
    sweden = shapely.coverage_union_all(own)
    strip = shapely.intersection(
        shapely.buffer(shapely.intersection(shapely.boundary(sweden), outside), STRIP_M), sweden
    )
    large = [part for part in shapely.get_parts(outside) if part.area > ISLAND_M2]
    simple = shapely.simplify(shapely.union_all([*large, strip]), ABROAD_M)
    return _polygons(shapely.set_precision(simple, GRID))


def deviation(before: Any, after: Any) -> float:
    """How far, in metres, a border of ``before`` lies from the nearest border of ``after`` at
    most, measured at every ``STEP_M``."""
    farthest = 0.0
    for was, now in zip(before, after, strict=True):
        points = shapely.get_coordinates(shapely.segmentize(shapely.boundary(was), STEP_M))
        corners, ring = shapely.get_coordinates(shapely.get_parts(now.boundary), return_index=True)
        pieces = np.stack([corners[:-1], corners[1:]], axis=1)[ring[:-1] == ring[1:]]
        tree: Any = shapely.STRtree(shapely.linestrings(pieces))
        _, metres = tree.query_nearest(
            shapely.points(points), all_matches=False, return_distance=True
        )
        farthest = max(farthest, float(metres.max()))
    return farthest


def _write(columns: dict[str, Any], shapes: Any, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:3006")
    frame.to_parquet(file, compression="zstd", compression_level=19)


def main() -> None:
    """Write both files and print what they hold. Raises ``SystemExit`` where a shape is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.borders")
    parser.add_argument("municipalities", type=Path)
    parser.add_argument("land", type=Path)
    given = parser.parse_args()
    whole = _opened(given.municipalities).dissolve("KOM_KOD").sort_index()
    codes, names = list(whole.index), list(whole["KOMMUNNAMN"])
    exact = whole.geometry.to_numpy()
    borders = simplified(exact, BORDER_M)
    whole_land = shapely.make_valid(_opened(given.land).geometry.to_numpy())
    land = np.concatenate([shapely.get_parts(_polygons(shape)) for shape in whole_land])
    own, outside = faces(exact, land)
    shores = [*simplified(own, COAST_M), abroad(outside, own)]
    for shapes in (borders, shores):
        if not shapely.is_valid(shapes).all():
            raise SystemExit("a shape is broken")
    _write({"kommunkod": codes, "kommun": names}, borders, BORDERS)
    _write({"kommunkod": [*codes, ""], "kommun": [*names, ""]}, shores, LAND)
    for file, shapes in ((BORDERS, borders), (LAND, shores)):
        count = int(shapely.get_num_coordinates(shapes).sum())
        print(f"{file.name}: {len(shapes)} rows, {count} corners, {file.stat().st_size} bytes")
    print(f"farthest from the source: {deviation(exact, borders):.0f} m")


if __name__ == "__main__":
    main()
