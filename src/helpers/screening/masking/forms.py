"""The forms in which a masked version can be written: chosen by how the file's name ends, and one
that cannot hold the dataset is refused before anything is computed.

Without an ending the form follows the source: GeoJSON for lines and areas, which no table holds,
else CSV.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.reading.snapshot import Snapshot, Table
from helpers.words import escaping
from helpers.words.errors import ConfigurationError

CSV, XLSX, GEOJSON, GPKG = ".csv", ".xlsx", ".geojson", ".gpkg"
FORMS = (CSV, XLSX, GEOJSON, GPKG)
MAPS = (GEOJSON, GPKG)
UNKNOWN = "unknown"  # a system of positions that is not known
ROWS = 1_048_575  # of a sheet, under its header


@dataclass(frozen=True)
class Positions:
    """What happens to the positions of a dataset that has any, or that a map is written of.

    ``crs``: the system they are written in. ``before``, ``after``:
    rows with a position. ``centred``: lines, areas and groups of points that became one point.
    ``heights``: shapes whose heights are left out.
    """

    form: str
    crs: str
    before: int
    after: int
    centred: int = 0
    heights: int = 0
    columns: tuple[str, ...] = ()  # those of the version that hold them beside the cells

    @property
    def loses(self) -> bool:
        """True where any of them is less than it was."""
        return bool(self.centred or self.heights or self.after < self.before)


def is_map(table: Table) -> bool:
    """True where the positions stand beside the cells, as in GeoJSON, and not in columns."""
    return table.geometry is not None and not table.geometry.columns


def usual(snapshot: Snapshot) -> str:
    """The form of a version whose file's name has no ending."""
    place = snapshot.main.geometry
    drawn = place is not None and is_map(snapshot.main) and place.kind != "point"
    return GEOJSON if drawn and place and place.crs != UNKNOWN else CSV


def form_of(output: Path, *, guard: bool = False) -> str | None:
    """The form that the file's name asks for; None where it has no ending.

    Raises ``ConfigurationError`` for one that cannot be written, and for ``guard`` in a form that
    no spreadsheet runs.
    """
    suffix = output.suffix.lower()
    if suffix and suffix not in FORMS:
        values = {"suffix": escaping.shown(suffix), "known": ", ".join(FORMS)}
        raise ConfigurationError("masking.form", values)
    if guard and suffix not in ("", CSV):
        raise ConfigurationError("masking.guard_form", {"suffix": suffix})
    return suffix or None


def fitting(output: Path, snapshot: Snapshot, *, guard: bool = False) -> str:
    """The form of ``output``, which must be able to hold the main table. Raises as ``of`` does."""
    form = form_of(output, guard=guard) or usual(snapshot)
    place = snapshot.main.geometry
    if form in MAPS and (place is None or place.crs == UNKNOWN):
        raise ConfigurationError("masking.no_positions", {"suffix": form})
    if form == XLSX and snapshot.main.rows > ROWS:
        raise ConfigurationError("masking.too_many_rows", {"most": ROWS})
    return form
