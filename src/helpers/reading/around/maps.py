"""What surrounds the layers of a map that GDAL reads, by format."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from helpers.reading.around import flatgeobuf, kml, sqlite
from helpers.reading.surroundings import Part


def parts(
    path: Path, copy: Path, layers: list[tuple[str, dict[str, Any]]], cells: Container[int]
) -> Iterator[Part]:
    """All that the file at ``path`` (and its ``copy`` under the driver's name) holds beside the
    cells of the ``layers`` that were read: name, and what GDAL says of each.

    ``cells``: of a KML the fingerprints of its cells.
    """
    if copy.suffix == ".gpkg":
        yield from sqlite.beside(path)
        yield from sqlite.parts(copy, {name.lower(): _taken(info) for name, info in layers})
    elif copy.suffix == ".kml":
        yield from kml.parts(copy, cells)
    elif copy.suffix == ".fgb":
        yield from flatgeobuf.parts(copy)


def _taken(info: dict[str, Any]) -> sqlite.LayerColumns:
    fields = frozenset(str(name).lower() for name in info["fields"])
    number, shape = (str(info.get(part) or "").lower() for part in ("fid_column", "geometry_name"))
    return sqlite.LayerColumns(fields, number, shape)
