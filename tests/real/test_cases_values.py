"""What was once misread, or read in silence, is read right or told: the table
``cases_values.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from helpers import reading

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "cases_values.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_a_case_is_read_right_or_told(case: dict[str, Any], real: Path, tmp_path: Path):
    found = reading.read(real.parent / "cases" / case["case"], tmp_path / "out")
    told = {repair.code: repair.column for repair in found.repairs}
    assert case.get("told", {}).items() <= told.items()
    for name, type in case.get("types", {}).items():
        assert found.main.column(name).type == type
    for name, values in case.get("values", {}).items():
        cell = found.main.column(name).value
        rows = duckdb.sql(f"select {cell} from '{found.parquet()}' order by source_row").fetchall()
        assert [value for (value,) in rows[: len(values)]] == values
