"""Small inputs of texts, JSON and headers that were once read wrong or untold (``cases_texts.yaml``),
which lie beside the real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from helpers import reading

from .conftest import HERE

CASES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "cases_texts.yaml").read_text("utf-8"))


@pytest.mark.real
@pytest.mark.parametrize("case", CASES)
def test_a_case(case: str, real: Path, tmp_path: Path):
    expected = CASES[case]
    file = real.parent / "cases" / case
    if not file.is_file():
        pytest.skip("the cases are not here")
    found = reading.read(file, tmp_path / "out")
    assert found.main.rows == expected["rows"] and not found.rejected
    assert [repair.code for repair in found.repairs] == expected["told"]
    if "columns" in expected:
        assert [column.name for column in found.main.columns] == expected["columns"]
    cells = ", ".join(f"t{i}" for i in range(len(expected["first"])))
    first = duckdb.sql(f"select {cells} from '{found.parquet()}' order by source_row").fetchone()
    assert first is not None and list(first) == expected["first"]
