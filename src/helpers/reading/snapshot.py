"""A snapshot: what was read from one source file, kept as Parquet, private, with all that reading
did to it.

Parquet layout of a table (``<table>.parquet``), one row for each record of the source, in source
order:

- ``source_row`` BIGINT: numbered as a spreadsheet does (a header on line 1 is row 1; blank records
  count).
- ``t0 .. tn`` VARCHAR: each source cell as text, as it stood (never null for '' unless the cell is
  absent).
- ``v0 .. vn``: the typed value beside it, only where ``Column.type`` is not ``text``; null where it
  does not parse.
- ``x, y`` DOUBLE, the point in the source's own system (east, north) and ``lon, lat`` DOUBLE in
  EPSG:4326, only where ``Table.geometry`` is set; null where a row has no position. Where a map
  writes north first (repair ``swapped_axes``) ``x, y`` stand as in the source and ``lon, lat`` are
  right.

Beside a large table's ``<table>.parquet`` may lie ``<table>.texts.parquet`` (module ``gathered``):
different texts of its columns, and how many rows hold each.

Rows that are no records (entirely empty ones, the header again, a sum, notes at the end) are kept
out of the table, each told as a repair with count and rows; their text, and all else that the
source holds beside its cells, is in ``surroundings.jsonl`` (module ``surroundings``), for screening
alone. A number that looks personal in the name of the file, a sheet or a column is replaced by its
shape: repair ``masked_name``, or ``perhaps_masked_name`` where it may be a date and a time. A
column with neither a header nor a value is left out: repair ``empty_columns``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MAX_ROWS_LISTED = 1000
MAX_NAMED = 12  # columns that a repair of several names


@dataclass(frozen=True)
class Repair:
    """One kind of change of form that reading made, e.g. ``decimal_comma``. ``rows`` ascending, at
    most 1,000."""

    code: str
    count: int
    rows: list[int] = field(default_factory=list)
    column: str | None = None


def named(columns: Sequence[str]) -> str:
    """Columns of one repair, as it names them: the first twelve, and a mark that there are more.

    >>> named(["a", "b"]), named([str(i) for i in range(100)])
    ('a, b', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …')
    """
    return ", ".join(columns[:MAX_NAMED]) + (" …" if len(columns) > MAX_NAMED else "")


@dataclass(frozen=True)
class Rejected:
    """A record that could not be placed in the table (kept out, never in silence). Never holds its
    values."""

    row: int
    reason: str  # a code with a text in messages: reading.rejected.<code>


@dataclass(frozen=True)
class Column:
    """A source column. ``position`` n gives the Parquet columns ``t<n>`` and (if ``type`` is not
    text) ``v<n>``."""

    position: int
    name: str  # the header, trimmed; unique (a repeated one gets _2; repair "repeated_header")
    type: str = "text"  # text | integer | decimal | date | datetime | boolean
    unparsed: int = 0  # non-missing cells that do not read as ``type``
    # token as it stands ('', ' ' for blanks, '-', 'NA') -> count
    missing: dict[str, int] = field(default_factory=dict)
    # cells that begin or end with a blank; None: not counted (a snapshot of before)
    padded: int | None = None

    @property
    def text(self) -> str:
        """The Parquet column of texts."""
        return f"t{self.position}"

    @property
    def value(self) -> str:
        """The Parquet column of typed values, or the text where there is none."""
        return self.text if self.type == "text" else f"v{self.position}"


@dataclass(frozen=True)
class Geometry:
    """Where ``x, y`` come from. ``crs`` is 'EPSG:4326' and so on; ``certainty`` is declared |
    recognised | assumed."""

    crs: str
    certainty: str
    kind: str  # point | line | polygon | mixed
    columns: list[str] = field(default_factory=list)  # the source columns used; [] for a geo format
    without: int = 0  # rows without a position
    beside: list[str] = field(default_factory=list)  # further systems: "EPSG:3021 (Ykoord, Xkoord)"


@dataclass(frozen=True)
class Table:
    """One table of a source (a GTFS feed has several)."""

    name: str
    path: str  # Parquet, relative to the snapshot's folder
    rows: int
    columns: list[Column]
    header_row: int | None = None
    geometry: Geometry | None = None

    def column(self, name: str) -> Column:
        """The column of that name, which the table has."""
        return next(column for column in self.columns if column.name == name)

    def empty(self, name: str) -> bool:
        """True for a column of which no cell holds a value, in a table that has rows."""
        return 0 < self.rows == sum(self.column(name).missing.values())


@dataclass(frozen=True)
class Snapshot:
    """``tables[0]`` is the main table (``stops`` in a GTFS feed)."""

    folder: Path
    source: str  # the file's name, no path
    checksum: str  # sha256 of the source's bytes
    format: str  # csv tsv xlsx xls ods json geojson gtfs parquet gpkg shapefile kml flatgeobuf
    tables: list[Table]
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None  # ',' | '.' | None
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rejected_total: int = 0
    # place -> how many parts of the source that are no cells of a table
    surroundings: dict[str, int] = field(default_factory=dict)

    @property
    def main(self) -> Table:
        return self.tables[0]

    @property
    def placed(self) -> bool:
        """True where the main table has positions, in a known system or not."""
        return self.main.geometry is not None or any(
            repair.code == "crs_unknown" for repair in self.repairs
        )

    def parquet(self, table: Table | None = None) -> Path:
        return self.folder / (table or self.main).path

    def known_as(self, table: str) -> str:
        """What people call a table: its file in a feed, its sheet; '' where the source has only
        one."""
        if not table or (len(self.tables) == 1 and self.format != "gtfs"):
            return ""
        return f"{table}.txt" if self.format == "gtfs" else table

    def to_json(self) -> dict[str, Any]:
        """All but the cells and where they lie."""
        return asdict(self) | {"folder": None}

    def save(self) -> None:
        (self.folder / "snapshot.json").write_text(
            json.dumps(self.to_json(), ensure_ascii=False, indent=1), "utf-8"
        )

    @classmethod
    def from_json(cls, plain: dict[str, Any], folder: Path) -> Snapshot:
        """The snapshot whose tables lie (or lay) in ``folder``."""
        tables = [
            Table(
                **table
                | {
                    "columns": [Column(**column) for column in table["columns"]],
                    "geometry": Geometry(**table["geometry"]) if table["geometry"] else None,
                }
            )
            for table in plain["tables"]
        ]
        repairs = [Repair(**repair) for repair in plain["repairs"]]
        rejected = [Rejected(**reject) for reject in plain["rejected"]]
        return cls(
            **plain | {"folder": folder, "tables": tables, "repairs": repairs, "rejected": rejected}
        )

    @classmethod
    def load(cls, folder: Path) -> Snapshot:
        return cls.from_json(json.loads((folder / "snapshot.json").read_text("utf-8")), folder)
