"""A layer of a map as GDAL gives it, in pieces: a table of a million features is never held
whole."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.reading import centres
from helpers.reading.around import kml
from helpers.reading.centres import Point
from helpers.reading.outlines import Outlines, is_high_type
from helpers.reading.records import text

# What the driver adds to every KML, how it is drawn and when; a column of these without a value is
# none of the file's.
KML_DRAWN = {"tessellate", "extrude", "visibility", "drawOrder", "altitudeMode", "icon"}
KML_ADDED = {"id", "timestamp", "begin", "end", "snippet"}
NUMBERED = re.compile(r" \(#\d+\)$")
DATA = re.compile(r"<(?:\w+:)?Data\s[^>]*?name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def _written_names(plain: bytes) -> dict[str, str]:
    """What a KML's data are called by how the driver writes them: of what is no letter or digit of
    ASCII each byte as a line (``__ppet``). Two that it writes alike are left out."""
    written = {html.unescape(a or b) for a, b in DATA.findall(plain.decode("utf-8", "ignore"))}
    alike: dict[str, list[str]] = {}
    for name in written:
        alike.setdefault(re.sub(rb"\W", b"_", name.encode()).decode(), []).append(name)
    return {driven: names[0] for driven, names in alike.items() if len(names) == 1}


@dataclass
class Layer:
    """One layer, read in pieces. ``kinds`` and ``ones`` (multipoints of one point) are known when
    all rows were taken. Of a KML each cell is noted in ``cells`` by its fingerprint."""

    copy: Path
    name: str
    number: int  # in the file: two folders of a KML may have one name
    count: int  # features
    encoding: str | None
    cells: set[int]
    kinds: set[str] = field(default_factory=set)
    ones: int = 0
    outlines: Outlines | None = None  # takes the shapes whole, where they are asked for
    before: int = 0  # features of the folders before this one
    unread: list[int] = field(default_factory=list)  # numbers of the rows whose shapes do not read
    # of the rows that were taken, until they are
    points: deque[Point | None] = field(default_factory=deque)

    def piece(self, start: int, count: int) -> tuple[Any, Any, list[list[str | None]], list[str]]:
        """What GDAL says of the layer; the shapes, the columns as text and their names, of
        ``count`` features."""
        import pyogrio.raw  # 0.7 s

        meta, _, shapes, columns = pyogrio.raw.read(
            self.copy,
            layer=self.number,
            encoding=self.encoding,
            force_2d=True,
            datetime_as_string=True,
            skip_features=start,
            max_features=count,
        )
        named = [
            (str(key), [text(value) for value in column.tolist()])
            for key, column in zip(meta["fields"], columns, strict=True)
        ]
        if self.whole:
            named = self._as_named(
                [
                    (key, cells)
                    for key, cells in named
                    if key not in KML_DRAWN and (any(cells) or not self._is_added(key))
                ]
            )
        return meta, shapes, [column for _, column in named], [key for key, _ in named]

    def _as_named(
        self, named: list[tuple[str, list[str | None]]]
    ) -> list[tuple[str, list[str | None]]]:
        """Columns under the file's own names: what the driver called ``__ppet``, or ``id2`` as it
        adds an ``id`` of its own."""
        taken = {key for key, _ in named}
        plain = [(key[:-1] if self._is_renamed(key, taken) else key, cells) for key, cells in named]
        written = _written_names(self.copy.read_bytes())
        return [(written.get(key, key), cells) for key, cells in plain]

    def _is_renamed(self, key: str, taken: set[str]) -> bool:
        return key[:-1] not in taken and self._is_second(key)

    def _is_second(self, key: str) -> bool:
        """True for a name of the driver's own with a number, which no data of the file has."""
        if key[-1:] != "2" or key[:-1] not in KML_DRAWN | KML_ADDED:
            return False
        return f'"{key}"'.encode() not in self.copy.read_bytes()

    def _is_added(self, key: str) -> bool:
        return key in KML_ADDED or self._is_second(key)

    @property
    def whole(self) -> bool:
        """True for KML, whose driver holds all of it and which may leave out columns."""
        return self.copy.suffix == ".kml"

    @property
    def title(self) -> str | None:
        """The folder's own name: the driver calls what lies in no folder after the copy, and the
        second Åsar Åsar (#2)."""
        if self.name == self.copy.stem:
            return None
        written = self.copy.read_bytes()
        plain = NUMBERED.sub("", self.name)
        return self.name if plain != self.name and self.name.encode() in written else plain

    def rows(self, first: Any, most: int) -> Iterator[tuple[int, list[str | None]]]:
        """Each row's number and cells; ``first`` is the first piece, of ``most`` features as the
        others."""
        number = 0
        for start in range(0, self.count, most):
            meta, shapes, cells, _ = first if start == 0 else self.piece(start, most)
            if shapes is not None:
                geometries = centres.from_wkb(shapes)
                self.points.extend(centres.centre_of(geometry) for geometry in geometries)
                if self.outlines:
                    first_row = self.before + start + 1
                    self.outlines.add(
                        (first_row + i, shape, is_high_type(meta["geometry_type"]))
                        for i, shape in enumerate(geometries)
                    )
                self.unread += [
                    start + i
                    for i, (shape, geometry) in enumerate(zip(shapes, geometries, strict=True), 1)
                    if shape is not None and geometry is None
                ]
                self.kinds |= {
                    geometry.geom_type for geometry in geometries if geometry is not None
                }
                self.ones += sum(
                    geometry is not None
                    and geometry.geom_type == "MultiPoint"
                    and len(geometry.geoms) == 1
                    for geometry in geometries
                )
            size = len(cells[0]) if cells else len(shapes)
            for row in zip(*cells, strict=True) if cells else ([None] for _ in range(size)):
                number += 1
                if self.whole:
                    self.cells.update(kml.fingerprint(cell) for cell in row if cell)
                yield number, list(row)

    def spots(self) -> Iterator[Point | None]:
        """The points of the rows taken so far, each given once: east and north, or None."""
        while self.points:
            yield self.points.popleft()


@dataclass
class Folders:
    """The folders of a KML as one table: they group its placemarks and are no tables of their
    own."""

    layers: list[Layer]
    unread: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """All is read once: of a KML the driver holds all anyhow."""
        self.pieces = [layer.piece(0, layer.count) for layer in self.layers]
        columns = dict.fromkeys(key for *_, keys in self.pieces for key in keys)
        self.keys = ["folder", *columns]
        for layer in self.layers[1:]:
            layer.points, layer.kinds = self.layers[0].points, self.layers[0].kinds

    def rows(self) -> Iterator[tuple[int, list[str | None]]]:
        """Each placemark's number and cells, its folder's name first."""
        before = 0
        for layer, piece in zip(self.layers, self.pieces, strict=True):
            title, layer.before = layer.title, before
            layer.cells.add(kml.fingerprint(title or ""))
            places = {key: i for i, key in enumerate(piece[3])}
            for number, row in layer.rows(piece, layer.count):
                cells = [row[places[key]] if key in places else None for key in self.keys[1:]]
                yield before + number, [title, *cells]
            self.unread += [before + number for number in layer.unread]
            before += layer.count
