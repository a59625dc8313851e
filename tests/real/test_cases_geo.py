"""Small inputs of maps and timetables that were misread, left untold or accused by mistake: each is
read as it should be, or refused with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from tests.checking.twins import TODAY
from tests.sampling import every

from helpers import reading
from helpers.checking import suites
from helpers.checking.planning import Known
from helpers.checking.running import run
from helpers.reading.snapshot import Snapshot
from helpers.words.errors import InputRefused

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases_geo.yaml").read_text("utf-8")
)
# rules of timetables take ten times as long as reading
RULED = [case for case in CASES if case.keys() & {"fails", "passes"}]


def rows_of(snapshot: Snapshot, *columns: str) -> list[tuple[Any, ...]]:
    """Cells as text of columns by their names in the source, or ``lon, lat``."""
    named = {column.name: column.text for column in snapshot.main.columns}
    picked = ", ".join(named.get(column, column) for column in columns)
    with duckdb.connect() as connection:
        return connection.execute(
            f"select {picked} from '{snapshot.parquet()}' order by source_row"
        ).fetchall()


def rules_of(snapshot: Snapshot) -> set[str]:
    """Ids of the rules of timetables that fail."""
    found = run(
        snapshot, suites.rules_for("rorelsedata", "gtfs"), {}, Known(today=TODAY), twice=False
    )
    return {one.id for one in found if one.outcome == "failed"}


@pytest.mark.real
@pytest.mark.parametrize(
    "case",
    [
        *every(1, (case for case in CASES if case not in RULED), ids=lambda case: case["case"]),
        *every(3, RULED, ids=lambda case: case["case"]),
    ],
)
def test_as_it_should_be_read(case: dict[str, Any], real: Path, tmp_path: Path) -> None:
    file = real.parent / "cases" / case["case"]
    if "refused" in case:
        with pytest.raises(InputRefused) as refused:
            reading.read(file, tmp_path)
        assert refused.value.key == case["refused"]
        return
    snapshot = reading.read(file, tmp_path)
    repairs = {one.code: one.count for one in snapshot.repairs}
    assert repairs | case.get("told", {}) == repairs
    assert not set(case.get("untold", ())) & set(repairs)
    if "names" in case:
        assert [column.name for column in snapshot.main.columns] == case["names"]
    for column, cells in case.get("cells", {}).items():
        assert [str(row[0]) for row in rows_of(snapshot, column)] == cells
    if "points" in case:
        spots = [[round(lon, 4), round(lat, 4)] for lon, lat in rows_of(snapshot, "lon", "lat")]
        assert spots == case["points"]
    if "tables" in case:
        assert len(snapshot.tables) == case["tables"]
        assert sum(table.rows for table in snapshot.tables) == case["rows"]
    if "fails" in case or "passes" in case:
        failed = rules_of(snapshot)
        assert failed >= set(case.get("fails", ())) and not failed & set(case.get("passes", ()))
