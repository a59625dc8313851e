"""Where the shapes of a Parquet file are: in the column that its ``geo`` metadata names, or that is
of Parquet's own type of geometries, as well-known binary.

Source: GeoParquet 1.1 (https://geoparquet.org/releases/v1.1.0/); a column that declares no system
is in degrees of WGS 84.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.reading import arrays, wkb
from helpers.reading.outlines import Outlines
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair

DEGREES = "OGC:CRS84"
BATCH = 20_000  # rows whose shapes are held at a time
# What is said of metadata that are broken, by Arrow or by what they do not hold.
UNREADABLE = (
    pa.ArrowException,
    OSError,
    ValueError,
    AttributeError,
    KeyError,
    TypeError,
    RecursionError,
)
SPOT = pa.schema([("x", pa.float64()), ("y", pa.float64())])


@dataclass
class Shapes:
    """The column of the shapes and its declared system, as PROJJSON or a name; ``kinds`` and
    ``unread`` (numbers of rows) are known when ``write`` is done."""

    column: str
    crs: str | None
    kinds: set[str] = field(default_factory=set)
    unread: list[int] = field(default_factory=list)

    def write(self, path: Path, target: Path, outlines: Outlines | None = None) -> None:
        """``x, y`` of each row's shape in ``target``, in the order of the file at ``path``."""
        before = 0
        with pq.ParquetWriter(target, SPOT) as writer:
            for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=[self.column]):
                found = wkb.of(_plain(batch.column(0)), whole=outlines is not None)
                self.kinds |= found.kinds
                # rows are numbered after a header
                self.unread += [before + 2 + place for place in found.unread]
                if outlines and found.geometries is not None:
                    outlines.add(
                        (before + i + 2, shape, shape is not None and shape.has_z)
                        for i, shape in enumerate(found.geometries)
                    )
                axes = [arrays.measured(found.x), arrays.measured(found.y)]
                writer.write_table(pa.table(axes, schema=SPOT))
                before += len(batch)

    def repairs(self) -> list[Repair]:
        """What is told of the shapes."""
        if not self.unread:
            return []
        rows = self.unread[:MAX_ROWS_LISTED]
        return [Repair("shapes_unread", len(self.unread), rows, self.column)]


def _plain(column: Any) -> Any:
    """The column's cells as binary; nothing of what is of another type."""
    storage = column.storage if isinstance(column, pa.ExtensionArray) else column
    kind = storage.type
    is_binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
    return storage if is_binary else pa.nulls(len(storage), pa.binary())


def find(path: Path, types: Mapping[str, str]) -> Shapes | None:
    """The shapes of the file; None where it has none in well-known binary. ``types``: column ->
    DuckDB's type of it."""
    try:
        geo = json.loads((pq.read_metadata(path).metadata or {}).get(b"geo", b"{}"))
        column = str(geo.get("primary_column", ""))
        described = geo["columns"][column] if column in types else {}
        if described and str(described.get("encoding", "")).upper() != "WKB":
            return None
    # of a file that DuckDB reads and Arrow does not, too
    except UNREADABLE:
        described = {}
    if described:
        return Shapes(column, _system(described.get("crs", DEGREES)))
    own = [name for name, type in types.items() if type.upper().startswith("GEOMETRY")]
    return Shapes(own[0], _of_type(types[own[0]])) if own else None


def _of_type(type: str) -> str | None:
    """The system in DuckDB's ``GEOMETRY('...')``."""
    said = type[len("GEOMETRY") :].strip("()").strip("'").replace("''", "'")
    try:
        return _system(json.loads(said)) if said.startswith("{") else said or DEGREES
    except ValueError:
        return None


def _system(crs: Any) -> str | None:
    if isinstance(crs, dict):
        known = crs.get("id")
        if isinstance(known, dict) and known.get("authority") == "OGC":
            return f"OGC:{known.get('code')}"
        return json.dumps(crs)
    return str(crs) if crs else None
