"""Each workbook that was once read wrong gives its right first row, and what was done is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from helpers import reading

from .conftest import HERE

CASES = yaml.safe_load((HERE / "cases_books.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_workbook_is_read_as_it_is_shown(case: dict[str, Any], real: Path, tmp_path: Path):
    file = real.parent / "cases" / case["case"]
    if not file.is_file():
        pytest.skip("the small cases are not here")
    found = reading.read(file, tmp_path)
    cells = ", ".join(column.text for column in found.main.columns)
    first = duckdb.sql(f"select {cells} from '{found.parquet()}' order by source_row").fetchone()
    assert first is not None and list(first) == case["row"]
    assert set(case["told"]) <= {repair.code for repair in found.repairs}
    assert found.main.rows == case.get("rows", found.main.rows)
