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
from helpers.words import escaping
from helpers.words.files import writing
from helpers.words.messages import LANGUAGES

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
    faults = [
        fault for fault in told(findings) if fault.cause.rows and fault.cause.outcome == "failed"
    ]
    failed = [replace(fault.cause, severity=fault.severity) for fault in faults]
    places = _places(snapshot, screening, failed)
    points: list[PointToFix] = []
    for finding in failed:
        name = finding.table or snapshot.main.name
        for row in finding.rows:
            spot = places.get(name, {}).get(row)
            if spot:
                points.append(
                    PointToFix(
                        *spot,
                        row,
                        snapshot.known_as(name),
                        finding.column or "",
                        finding.id,
                        finding.severity,
                        finding.because,
                        finding.fix,
                    )
                )
                if len(points) == MAX_POINTS:
                    return points
    return points


def _places(
    snapshot: Snapshot, screening: Screening, failed: list[Finding]
) -> dict[str, dict[int, tuple[float, float]]]:
    """Table -> row -> longitude and latitude, for the rows that ``failed`` names; without tables
    whose position is marked."""
    places: dict[str, dict[int, tuple[float, float]]] = {}
    for table in snapshot.tables:
        named = [
            finding for finding in failed if (finding.table or snapshot.main.name) == table.name
        ]
        if (
            named
            and table.geometry
            and not screening.marked(table.name) & set(table.geometry.columns)
        ):
            rows = sorted({row for finding in named for row in finding.rows})
            with databases.connect(spill=snapshot.folder / "spill") as connection:
                positions = connection.execute(
                    f"""
                    select source_row, lon, lat
                    from {databases.quoted(snapshot.parquet(table))}
                    where lon is not null and lat is not null
                        and source_row in (select unnest(?))
                    """,
                    [rows],
                ).fetchall()
            places[table.name] = {int(row): (float(lon), float(lat)) for row, lon, lat in positions}
    return places


def write(points: list[PointToFix], file: Path) -> None:
    """GeoPackage with one layer of points in EPSG:4326, both languages side by side: what QGIS
    opens."""
    import geopandas  # 0.7 s

    columns = {
        "row": [point.row for point in points],
        # names of the source: who opens the layer may keep it as a spreadsheet
        "table": [escaping.csv_cell(point.table) for point in points],
        "column": [escaping.csv_cell(point.column) for point in points],
        "rule": [point.rule for point in points],
        "severity": [point.severity for point in points],
        **{
            f"{part}_{lang}": [getattr(point, part)[lang] for point in points]
            for part in ("message", "fix")
            for lang in LANGUAGES
        },
    }
    spots = geopandas.points_from_xy(
        [point.lon for point in points], [point.lat for point in points]
    )
    with writing.aside(file) as part:
        geopandas.GeoDataFrame(columns, geometry=spots, crs="EPSG:4326").to_file(
            part, layer=LAYER, driver="GPKG"
        )
