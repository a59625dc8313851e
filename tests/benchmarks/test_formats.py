"""A workbook beside python-calamine's own reading, a GeoPackage beside pyogrio's, and a small file
beside Frictionless.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from .figures import keep
from .test_million_invoices import INVOICES, ROWS

pytestmark = pytest.mark.benchmark

SHEET_ROWS, POINTS, FEW = 500_000, 1_000_000, 20_000
SETUP = "from pathlib import Path\nimport sys\nfrom helpers.reading import sources, read"
READ = """
snapshot = read(Path(sys.argv[1]), Path(sys.argv[2]))
assert snapshot.main.rows == int(sys.argv[3]), snapshot.main.rows
"""
CALAMINE = """
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
assert len(book.get_sheet_by_index(0).to_python()) == int(sys.argv[2]) + 1
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        with archive.open(name) as part:
            while part.read(1 << 20):
                pass
"""
PYOGRIO = """
_, table = pyogrio.read_arrow(sys.argv[1])
assert table.num_rows == int(sys.argv[2])
"""
# What a snapshot must do at the least: the same cells, and points beside them, on a disk.
WRITTEN = (
    PYOGRIO
    + """
shapes = table.column(table.num_columns - 1).combine_chunks()
start = shapes.offset
ends = np.frombuffer(shapes.buffers()[1], np.int32)[start : start + len(shapes) + 1]
points = np.frombuffer(shapes.buffers()[2], np.uint8)[ends[0] : ends[-1]].reshape(-1, 21)
x, y = points[:, 5:].copy().view("<f8").reshape(-1, 2).T
table = table.drop_columns(table.column_names[-1]).append_column("x", pa.array(x))
pq.write_table(table.append_column("y", pa.array(y)), sys.argv[3])
with open(sys.argv[1], "rb") as stream:
    hashlib.file_digest(stream, "sha256")
"""
)
WRITING = "import hashlib, pyogrio, sys, numpy as np, pyarrow as pa, pyarrow.parquet as pq"
CHECK = (
    "found, code = single.check_file(Path(sys.argv[1]))\nassert found['reading']['rows'] == 20_000"
)
FRICTIONLESS = "assert frictionless.Resource(path='x.csv', basepath=sys.argv[1]).validate().valid"


def _workbook(target: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.append(["id", "leverantor", "belopp", "datum", "konto"])
    for i in range(SHEET_ROWS):
        day = f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}"
        sheet.append([f"V{i:08}", f"Påhittat {i % 20_000}", i % 9_999 / 4, day, i % 4_000])
    book.save(target)
    return target


def _geopackage(target: Path) -> Path:
    import geopandas
    import pandas as pd

    rng = np.random.default_rng(3)
    spots = geopandas.points_from_xy(rng.uniform(13, 18, POINTS), rng.uniform(56, 62, POINTS))
    more = pd.DataFrame(
        {"id": np.arange(POINTS), "namn": [f"Plats {i % 999}" for i in range(POINTS)]}
    )
    frame = geopandas.GeoDataFrame(more, geometry=spots, crs="EPSG:4326")
    frame.to_file(target, driver="GPKG", engine="pyogrio", layer="platser")
    return target


def test_a_workbook_of_half_a_million_rows(tmp_path: Path, measure: Callable[..., Any]):
    file = _workbook(tmp_path / "bok.xlsx")
    floor = measure(
        CALAMINE, str(file), str(SHEET_ROWS), setup="import python_calamine, sys, zipfile", runs=2
    )
    setup = f"{SETUP}\nimport python_calamine"  # as beside it, imports are not counted
    found = measure(READ, str(file), str(tmp_path / "s"), str(SHEET_ROWS), setup=setup, runs=2)
    part = "Workbooks, maps and other tools"
    keep(part, "python-calamine and one pass over the parts", floor)
    keep(part, "XLSX of 500,000 x 5 to a snapshot", found, beside="those", floor=floor, goal=1.5)
    assert found.cpu_s <= 4 * floor.cpu_s


def test_a_geopackage_of_a_million_points(tmp_path: Path, measure: Callable[..., Any]):
    file = _geopackage(tmp_path / "platser.gpkg")
    floor = measure(PYOGRIO, str(file), str(POINTS), setup="import pyogrio, sys", runs=2)
    given = str(file), str(POINTS), str(tmp_path / "x.parquet")
    written = measure(WRITTEN, *given, setup=WRITING, runs=2)
    setup = f"{SETUP}\nimport pyogrio.raw"  # as beside it, imports are not counted
    found = measure(READ, str(file), str(tmp_path / "s"), str(POINTS), setup=setup, runs=2)
    part = "Workbooks, maps and other tools"
    keep(part, "pyogrio to Arrow", floor)
    keep(part, "the same, written as Parquet with its points, and a checksum", written)
    keep(
        part,
        "GeoPackage of 1,000,000 points to a snapshot",
        found,
        beside="pyogrio",
        floor=floor,
        goal=1.5,
    )
    keep(
        part,
        "GeoPackage of 1,000,000 points beside what must be written",
        found,
        beside="pyogrio, Parquet and checksum",
        floor=written,
    )
    assert found.cpu_s <= 45 * floor.cpu_s  # it was 229 with each feature in Python


def test_twenty_thousand_invoices_beside_frictionless(tmp_path: Path, measure: Callable[..., Any]):
    few = INVOICES.replace(f"range({ROWS})", f"range({FEW})")
    duckdb.sql(f"copy ({few}) to '{tmp_path / 'x.csv'}' (header, delimiter ',')")
    setup = "from pathlib import Path\nfrom helpers.running import single\nfrom helpers.checking import engine"
    found = measure(CHECK, str(tmp_path / "x.csv"), setup=setup, runs=1)
    other = measure(FRICTIONLESS, str(tmp_path), setup="import frictionless, sys", runs=1)
    part = "Workbooks, maps and other tools"
    keep(part, "Frictionless: 20,000 invoices, types alone", other)
    keep(
        part,
        "check of the same, all rules and screening",
        found,
        beside="Frictionless",
        floor=other,
    )
