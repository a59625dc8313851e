"""A layer of a map as GDAL gives it, in pieces: a table of a million features is never held
whole."""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from helpers.reading import arrays, records, wkb
from helpers.reading.around import kml
from helpers.reading.outlines import Outlines, is_high_type

# What the driver adds to every KML, how it is drawn and when; a column of these without a value is
# none of the file's.
KML_DRAWN = {"tessellate", "extrude", "visibility", "drawOrder", "altitudeMode", "icon"}
KML_ADDED = {"id", "timestamp", "begin", "end", "snippet"}
NUMBERED = re.compile(r" \(#\d+\)$")
# Of a date that is none GDAL's quicker ways make the first of January 1970.
CAREFUL = {"OGR_GPKG_STREAM_BASE_IMPL": "YES", "OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES"}
DATA = re.compile(r"<(?:\w+:)?Data\s[^>]*?name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def _written_names(plain: bytes) -> dict[str, str]:
    """What a KML's data are called by how the driver writes them: of what is no letter or digit of
    ASCII each byte as a line (``__ppet``). Two that it writes alike are left out."""
    written = {html.unescape(a or b) for a, b in DATA.findall(plain.decode("utf-8", "ignore"))}
    alike: dict[str, list[str]] = {}
    for name in written:
        alike.setdefault(re.sub(rb"\W", b"_", name.encode()).decode(), []).append(name)
    return {driven: names[0] for driven, names in alike.items() if len(names) == 1}


@dataclass(frozen=True)
class Piece:
    """Some features of a layer, ``count`` from ``start`` (0) on: their columns' names (``keys``)
    and cells, arrays of text, and their shapes, an array of well-known binary; ``meta``: what GDAL
    says of the layer."""

    start: int
    count: int
    meta: dict[str, Any]
    keys: list[str]
    columns: list[Any]
    shapes: Any = None


@dataclass
class Layer:
    """One layer, read in pieces. ``kinds`` and ``ones`` (multipoints of one point) are known when
    all pieces were taken. Of a KML each cell is noted in ``cells`` by its fingerprint."""

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

    def pieces(self, most: int) -> Generator[Piece, None, None]:
        """The layer in pieces of ``most`` features, of KML in one. ``RuntimeError`` where GDAL does
        not come to its end, ``ValueError`` for a text that is no UTF-8 and for no feature at
        all."""
        import pyogrio.raw  # 0.7 s

        pyogrio.set_gdal_config_options(CAREFUL)
        with pyogrio.raw.open_arrow(
            self.copy,
            layer=self.number,
            encoding=self.encoding,
            datetime_as_string=True,
            batch_size=most,
            use_pyarrow=True,
        ) as (meta, reader):
            start = 0
            for columns in _batches(reader, whole=self.whole):
                yield self._piece(start, meta, columns)
                start += len(columns[0])
        if start < self.count:
            self._one_by_one(start, 1)  # which says what kept GDAL from coming to the end
        if not start:
            raise ValueError("a layer without features")

    def _piece(self, start: int, meta: dict[str, Any], columns: list[Any]) -> Piece:
        width, count = len(meta["fields"]), len(columns[0])
        shapes = columns[width] if len(columns) > width else None
        if shapes is not None and not wkb.are_simple(shapes):
            shapes = self._one_by_one(start, count)
        named = [
            (str(key), records.texts(cells))
            for key, cells in zip(meta["fields"], columns[:width], strict=True)
        ]
        if self.whole:
            named = self._as_named(
                [
                    (key, cells)
                    for key, cells in named
                    if key not in KML_DRAWN and (_any(cells) or not self._is_added(key))
                ]
            )
        keys, cells = [key for key, _ in named], [cells for _, cells in named]
        return Piece(start, count, meta, keys, cells, shapes)

    def _one_by_one(self, start: int, count: int) -> Any:
        """The shapes of so many features, asked of GDAL in another way: it then makes lines of
        curves, and says at the layer's end whether a shape is broken and not only missing
        (``FeatureError``)."""
        import pyogrio.raw  # 0.7 s

        _, _, shapes, _ = pyogrio.raw.read(
            self.copy,
            layer=self.number,
            encoding=self.encoding,
            columns=[],
            force_2d=True,
            skip_features=start,
            max_features=count + 1,
        )
        return pa.array(shapes[:count], pa.binary())

    def _as_named(self, named: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
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

    def axes(self, piece: Piece) -> list[Any]:
        """East and north of the piece's features as arrays; none where the layer has no shapes.
        What the shapes are is noted, and of a KML the cells."""
        if self.whole:
            for cells in piece.columns:
                self.cells.update(kml.fingerprint(cell) for cell in cells.to_pylist() if cell)
        if piece.shapes is None:
            return []
        found = wkb.of(piece.shapes, whole=self.outlines is not None)
        if self.outlines and found.geometries is not None:
            high, first = is_high_type(piece.meta["geometry_type"]), self.before + piece.start + 1
            self.outlines.add((first + i, shape, high) for i, shape in enumerate(found.geometries))
        self.unread += [piece.start + 1 + place for place in found.unread]
        self.kinds |= found.kinds
        self.ones += found.ones
        return [arrays.measured(found.x), arrays.measured(found.y)]

    def taken(self, pieces: Iterator[Piece]) -> Iterator[list[Any]]:
        """The columns of each piece, with ``axes``; those of a layer without any are one column of
        nothing."""
        for piece in pieces:
            axes = self.axes(piece)
            yield [*(piece.columns or [pa.nulls(piece.count, pa.string())]), *axes]


def _batches(reader: Any, *, whole: bool) -> Iterator[list[Any]]:
    """The columns of each batch that is not empty, or of all of them at once."""
    try:
        if not whole:
            yield from (batch.columns for batch in reader if len(batch))
            return
        columns = [column.combine_chunks() for column in reader.read_all().columns]
    except (pa.ArrowException, OSError):
        raise RuntimeError("a layer that GDAL does not read to its end") from None
    yield columns


def _any(cells: Any) -> bool:
    """True where a cell holds anything."""
    return bool(pc.any(pc.not_equal(cells, "")).as_py())


@dataclass
class Folders:
    """The folders of a KML as one table: they group its placemarks and are no tables of their
    own."""

    layers: list[Layer]
    unread: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """All is read once: of a KML the driver holds all anyhow."""
        self.pieces = [next(layer.pieces(layer.count)) for layer in self.layers]
        columns = dict.fromkeys(key for piece in self.pieces for key in piece.keys)
        self.keys = ["folder", *columns]
        for layer in self.layers[1:]:
            layer.kinds = self.layers[0].kinds

    def taken(self) -> Iterator[list[Any]]:
        """The columns of each folder's placemarks, its name first, and east and north."""
        before = 0
        for layer, piece in zip(self.layers, self.pieces, strict=True):
            title, layer.before = layer.title, before
            layer.cells.add(kml.fingerprint(title or ""))
            held = dict(zip(piece.keys, piece.columns, strict=True))
            nothing = pa.nulls(piece.count, pa.string())
            folder = arrays.texts([title] * piece.count)
            yield [folder, *(held.get(key, nothing) for key in self.keys[1:]), *layer.axes(piece)]
            self.unread += [before + number for number in layer.unread]
            before += layer.count
