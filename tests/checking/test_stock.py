"""Stock expectations mean on DuckDB what they mean on pandas: equal counts over data with defects
of many kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from tests.sampling import every

from helpers.checking import planning, running, suites, view
from helpers.checking.expectations.stock import STOCK
from helpers.checking.view import Check
from helpers.declared import organisations

from .conftest import opened
from .test_invariances import messy
from .twins import TODAY, TWINS, twin

NAMES = [name for name in TWINS if name not in ("tidtabell", "toalett", "skola")]


def _on_pandas(frame: pd.DataFrame, checks: list[dict[str, Any]]) -> dict[str, int]:
    import great_expectations as gx  # here, as importing it takes ten times as long as all else
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("data")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(
        batch_parameters={"dataframe": frame}
    )
    built = [ExpectationConfiguration(**one).to_domain_obj() for one in checks]
    found = {}
    for result in batch.validate(gx.ExpectationSuite(name="stock", expectations=built)).results:
        plain: Any = result.to_json_dict()
        found[plain["expectation_config"]["meta"]["key"]] = plain["result"]["unexpected_count"]
    return found


def _stock(one: Check) -> dict[str, Any] | None:
    """The expectation as Great Expectations runs it on the cells themselves, where the product
    gives it something narrower."""
    if one.key.split(":")[0].endswith("_unique") and one.column is not None:
        return {
            "type": "expect_column_values_to_be_unique",
            "kwargs": {"column": view.cell(one.column)},
            "meta": {"key": one.key},
        }
    if one.stock is None:
        return None
    kwargs: Any = one.stock["kwargs"]
    return {**one.stock, "kwargs": {**kwargs, "column": kwargs["column"].removesuffix(view.THERE)}}


def _checked(
    name: str, folder: Path
) -> tuple[pd.DataFrame, dict[str, tuple[int, int | None]], list[dict[str, Any]]]:
    """The table's cells; failed rows of each stock rule by our SQL, and by Great Expectations on
    DuckDB; the expectations."""
    _, made = messy(name, 77)
    one = opened(made, folder / name)
    known = planning.Known(organisations.organisation(made.organisation), None, TODAY)
    table, names = (
        one.tables.main,
        {column.name: column.name for column in one.tables.main.columns} | one.fields,
    )
    planned = planning.plan(
        one.tables, table, list(suites.rules_for(made.type, one.variant)), names, known
    )
    checks = [
        found.check
        for found in planned
        if found.check is not None and _stock(found.check) is not None
    ]
    own = folder / f"{name}-view"
    own.mkdir()
    built = view.build(one.tables, table, own, checks, None, how=view.Wanted(stock=True))
    ours = [built.counts[number][1] for number in range(len(checks))]
    with duckdb.connect(str(built.database), read_only=True) as connection:
        view.Base(connection, one.tables, table, None).show()
        frame = connection.execute("from base").df()
    second = running._second_count(built)
    # a rule that only our SQL counts has no second count
    counted = {
        check.key: (failed, second.get(check.key, (failed, None))[0])
        for check, failed in zip(checks, ours, strict=True)
    }
    return frame, counted, [dict(_stock(check) or {}) for check in checks]


def test_several_kinds_of_stock_expectation_are_met():
    kinds = {
        rule.type
        for name in NAMES
        for rule in suites.load(twin(name, 0).type).rules
        if rule.type in STOCK
    }
    assert len(kinds) >= 4


@pytest.mark.parametrize("name", every(10, NAMES))
def test_equal_counts_on_pandas(name: str, tmp_path: Path):
    frame, counted, checks = _checked(name, tmp_path)
    assert len({str(one["type"]) for one in checks}) >= 2
    pandas = _on_pandas(frame, checks)
    assert checks and {key: (failed, failed) for key, failed in pandas.items()} == counted
