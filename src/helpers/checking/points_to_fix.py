"""The rows to correct that have a position, as points for a map: row, rule, severity, what is
wrong, what to do.

No value of the source stands there but the position itself, and none at all where the position's
columns are marked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from helpers.checking import failed_rows
from helpers.checking.findings import Finding, faults_of
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening
from helpers.words import escaping
from helpers.words.files import writing
from helpers.words.messages import LANGUAGES

READ = 20_000  # points held at a time
SMALL = 1 << 20  # bytes of a file that is worth making smaller
if TYPE_CHECKING:
    from geopandas import GeoDataFrame

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


class PointsToFix(Sequence[PointToFix]):
    """All of them, however many, the gravest fault first. They lie in a file and are read as they
    are asked for; ``plain`` is what ``keep`` said of them."""

    def __init__(self, plain: dict[str, Any], file: Path) -> None:
        self.plain, self._file = plain, file

    def __len__(self) -> int:
        return int(self.plain["points"])

    def __eq__(self, other: object) -> bool:
        return list(self) == (list(other) if isinstance(other, Sequence) else other)

    __hash__ = None  # type: ignore[assignment] # as a list has none

    @overload
    def __getitem__(self, which: int) -> PointToFix: ...
    @overload
    def __getitem__(self, which: slice) -> list[PointToFix]: ...
    def __getitem__(self, which: int | slice) -> PointToFix | list[PointToFix]:
        if isinstance(which, slice):
            return list(islice(self, *which.indices(len(self))))
        return next(islice(self, range(len(self))[which], None))

    def __iter__(self) -> Iterator[PointToFix]:
        if not self.plain["points"]:
            return
        import pyarrow.parquet as pq  # what ranks kept results does without it

        with pq.ParquetFile(self._file) as kept:
            for batch in kept.iter_batches(READ):
                for point in batch.to_pylist():
                    fault = self.plain["faults"][point.pop("fault")]
                    yield PointToFix(**fault | point)


def keep(
    snapshot: Snapshot,
    screening: Screening,
    findings: Iterable[Finding],
    target: Path,
    failed: Path | None = None,
) -> dict[str, Any]:
    """Write every point to ``target`` as Parquet; rows without a position, and tables whose
    position is marked, are left out. ``failed``: the file of ``FailedRows``.

    Gives ``faults``, what the points of each have in common, and how many ``points`` there are.
    """
    faults = [
        fault
        for fault in faults_of(findings)
        if fault.cause.rows and fault.cause.outcome == "failed"
    ]
    failing = [replace(fault.cause, severity=fault.severity) for fault in faults]
    queries = [
        query
        for number, finding in enumerate(failing)
        if (query := _query(number, finding, snapshot, screening, failed))
    ]
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        connection.execute(
            "create temp table points (fault integer, row bigint, lon double, lat double)"
        )
        for query in queries:
            connection.execute(f"insert into points {query}")
        databases.write(connection, "from points", target, 4)
        count = connection.execute("select count(*) from points").fetchall()[0][0]
    return {"faults": [_common(finding, snapshot) for finding in failing], "points": int(count)}


def _common(finding: Finding, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "table": snapshot.known_as(finding.table or snapshot.main.name),
        "column": finding.column or "",
        "rule": finding.id,
        "severity": finding.severity,
        "message": finding.because,
        "fix": finding.fix,
    }


def _query(
    number: int,
    finding: Finding,
    snapshot: Snapshot,
    screening: Screening,
    failed: Path | None,
) -> str:
    """SELECT of the fault's points by row; '' where its table has none to show."""
    name = finding.table or snapshot.main.name
    table = next((table for table in snapshot.tables if table.name == name), None)
    if table is None or not table.geometry:
        return ""
    if screening.marked(table.name) & set(table.geometry.columns):
        return ""
    return (
        f"select {number}, source_row, lon, lat from {failed_rows.relation(finding, failed)}"
        f" join {databases.quoted(snapshot.parquet(table))} using (source_row)"
        " where lon is not null and lat is not null order by source_row"
    )


def write(points: Iterable[PointToFix], file: Path) -> None:
    """GeoPackage with one layer of points in EPSG:4326, both languages side by side: what QGIS
    opens. However many points there are, some thousands are held at a time."""
    left = iter(points)
    with writing.aside(file) as part:
        mode = "w"
        while some := list(islice(left, READ)):
            _frame(some).to_file(part, layer=LAYER, driver="GPKG", mode=mode)
            mode = "a"
        if mode == "a" and part.stat().st_size < SMALL:
            _tightened(part)


def _tightened(file: Path) -> None:
    """A few points in pages of 512 bytes: a fourth of the bytes, as it has twenty tables."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma page_size = 512")
        connection.execute("vacuum")


def _frame(points: list[PointToFix]) -> GeoDataFrame:
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
    return geopandas.GeoDataFrame(columns, geometry=spots, crs="EPSG:4326")
