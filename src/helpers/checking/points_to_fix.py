"""The rows to correct that have a position, as points for a map: row, rule, severity, what is
wrong, what to do.

No value of the source stands there but the position itself, and none at all where the position's
columns are marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from helpers.checking.findings import Finding, told
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening
from helpers.words.files import writing

MAX_POINTS = 10_000
LAYER = "points_to_fix"


@dataclass(frozen=True)
class PointToFix:
    """``lon, lat`` in degrees (EPSG:4326); ``table`` as people know it, '' where there is only
    one."""

    lon: float
    lat: float
    row: int
    table: str
    column: str
    rule: str
    severity: str
    message: dict[str, str]  # sv, en
    fix: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def points_to_fix(
    snapshot: Snapshot, screening: Screening, findings: Iterable[Finding]
) -> list[PointToFix]:
    """At most 10,000 points, the gravest first; rows without a position are left out."""
    faults = [one for one in told(findings) if one.cause.rows and one.cause.outcome == "failed"]
    failed = [replace(one.cause, severity=one.severity) for one in faults]
    places: dict[str, dict[int, tuple[float, float]]] = {}
    for table in snapshot.tables:
        own = [one for one in failed if (one.table or snapshot.main.name) == table.name]
        if (
            own
            and table.geometry
            and not screening.marked(table.name) & set(table.geometry.columns)
        ):
            rows = sorted({row for one in own for row in one.rows})
            with databases.connect(spill=snapshot.folder / "spill") as connection:
                found = connection.execute(
                    f"select source_row, lon, lat from {databases.quoted(snapshot.parquet(table))} "
                    "where lon is not null and lat is not null and source_row in (select"
                    " unnest(?))",
                    [rows],
                ).fetchall()
            places[table.name] = {int(row): (float(lon), float(lat)) for row, lon, lat in found}
    points: list[PointToFix] = []
    for one in failed:
        name = one.table or snapshot.main.name
        for row in one.rows:
            spot = places.get(name, {}).get(row)
            if spot:
                points.append(
                    PointToFix(
                        *spot,
                        row,
                        snapshot.known_as(name),
                        one.column or "",
                        one.id,
                        one.severity,
                        one.because,
                        one.fix,
                    )
                )
                if len(points) == MAX_POINTS:
                    return points
    return points


def write(points: list[PointToFix], file: Path) -> None:
    """GeoPackage with one layer of points in EPSG:4326, both languages side by side: what QGIS
    opens."""
    import geopandas

    plain = {
        "row": [one.row for one in points],
        "table": [one.table for one in points],
        "column": [one.column for one in points],
        "rule": [one.rule for one in points],
        "severity": [one.severity for one in points],
        **{
            f"{part}_{lang}": [getattr(one, part)[lang] for one in points]
            for part in ("message", "fix")
            for lang in ("sv", "en")
        },
    }
    spots = geopandas.points_from_xy([one.lon for one in points], [one.lat for one in points])
    with writing.aside(file) as part:
        geopandas.GeoDataFrame(plain, geometry=spots, crs="EPSG:4326").to_file(
            part, layer=LAYER, driver="GPKG"
        )
