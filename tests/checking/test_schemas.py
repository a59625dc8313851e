"""A schema that came with the data, as rules: which rows they name, in which words, and what is told
as not tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.checking import schema_rules

from .schema_trials import columns_of, rows_of, table, tried

HERE = Path(__file__).parent / "schemas"
FEATURES = yaml.safe_load((HERE / "features.yaml").read_text("utf-8"))
CSVW = yaml.safe_load((HERE / "csvw.yaml").read_text("utf-8"))


def together(
    cases: list[dict[str, Any]], folder: Path, name: str, schema: dict[str, Any]
) -> dict[str, list[int]]:
    """All features that one column shows, a column each in one table: which rows each names."""
    most = max(len(case["values"]) for case in cases)
    rows = []
    for n in range(most):
        # a row beyond the feature's own repeats a right value, where none may be empty
        cells = [
            case["values"][n]
            if n < len(case["values"])
            else case["values"][0]
            if "required" in str(case)
            else ""
            for case in cases
        ]
        rows.append([str(n + 1), *cells])
    header = ["rad", *(case.get("header", f"c{n}") for n, case in enumerate(cases))]
    table(folder, header, rows)
    found = tried(folder, schema, name, "t.csv")
    assert not [one for one in found if one.id == schema_rules.NOT_TRIED]
    assert not columns_of(found)
    by_column: dict[str, list[int]] = {name: [] for name in header}
    for one in found:
        if one.column:
            by_column[one.column] += one.rows
            assert all(one.message[language] for language in ("sv", "en"))
    return {
        case["feature"]: sorted(set(by_column[name]))
        for name, case in zip(header[1:], cases, strict=True)
    }


COLUMNS = [case for case in FEATURES if "values" in case and "schema" not in case]
WHOLE = [case for case in FEATURES if case not in COLUMNS]
EVERY = 4  # table is in the quick set


@pytest.fixture(scope="module")
def of_columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    fields = [
        {"name": "rad"},
        *({"name": f"c{n}", **one["field"]} for n, one in enumerate(COLUMNS)),
    ]
    folder = tmp_path_factory.mktemp("columns")
    return together(COLUMNS, folder, "schema.json", {"fields": fields})


@pytest.mark.parametrize("case", COLUMNS, ids=lambda case: case["feature"])
def test_a_feature_of_table_schema(case: dict[str, Any], of_columns: dict[str, list[int]]):
    assert of_columns[case["feature"]] == case["rows"]
    assert ("frictionless" in case) is ("because" in case)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["feature"], marks=[pytest.mark.slow] if n % EVERY else [])
        for n, case in enumerate(WHOLE)
    ],
)
def test_a_feature_of_the_whole_table(case: dict[str, Any], tmp_path: Path):
    fields = case.get("fields") or [{"name": "rad"}, {"name": "c", **case["field"]}]
    header = case.get("header") or [one["name"] for one in fields]
    rows = case.get("table") or [[str(n + 1), one] for n, one in enumerate(case["values"])]
    table(tmp_path, header, rows)
    found = tried(tmp_path, {"fields": fields, **case.get("schema", {})}, "schema.json", "t.csv")
    assert rows_of(found) == case["rows"]
    assert columns_of(found) == case.get("columns", {})


@pytest.fixture(scope="module")
def of_csvw(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    columns = [{"name": f"c{n}", **case["column"]} for n, case in enumerate(CSVW)]
    schema = {"columns": [{"name": "rad"}, *columns], "primaryKey": "rad"}
    metadata = {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": schema}
    return together(CSVW, tmp_path_factory.mktemp("csvw"), "t.csv-metadata.json", metadata)


@pytest.mark.parametrize("case", CSVW, ids=lambda case: case["feature"])
def test_a_feature_of_csvw(case: dict[str, Any], of_csvw: dict[str, list[int]]):
    assert of_csvw[case["feature"]] == case["rows"]
