"""Every expectation's own examples, through the SQL that the product runs."""

from __future__ import annotations

import duckdb
import pytest

from helpers.checking import suites
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.view import Check
from helpers.errors import ConfigurationError

EXAMPLES = [(name, cell, truth) for name, one in EXPECTATIONS.items()
            for cells, truth in ((one.right, True), (one.wrong, False)) for cell in cells]  # fmt: skip


@pytest.mark.parametrize(("name", "cell", "truth"), EXAMPLES)
def test_examples(name: str, cell: str, truth: bool):
    one = EXPECTATIONS[name]
    groups = one.groups("c", "c", {}) if one.groups else None
    check = Check(name, one.sql("c", "c", {}), groups=groups, by_key=one.groups is not None)
    with duckdb.connect() as connection:
        connection.execute("create table base as select nullif(nullif(?::varchar, ''), '-') as c", [cell])
        if groups:
            connection.execute(f"create table wrong as {groups}")
        assert connection.execute(f"select {check.right('wrong')} from base").fetchone() == (truth,)


@pytest.mark.parametrize("name", [suites.COMMON, *suites.types()])
def test_suites_load_with_at_least_twelve_rules(name: str):
    assert len(suites.load(name).rules) >= 12


def test_a_bad_suite_is_refused_all_at_once_with_file_and_line(tmp_path):
    (tmp_path / "platsinformation.yaml").write_text(
        "expectations:\n"
        "  - type: expect_nonsense\n    kwargs: {column: name}\n    severity: critical\n"
        "    meta: {id: a, dimension: validity, because: {sv: x, en: x}, fix: {sv: x, en: x}}\n"
        "  - type: expect_column_values_to_not_be_null\n    kwargs: {column: hund}\n    severity: deadly\n"
        "    meta: {id: a, dimension: validity, fix: {sv: x, en: x}}\n", "utf-8",
    )  # fmt: skip
    with pytest.raises(ConfigurationError) as refused:
        suites.load("platsinformation", tmp_path)
    said = refused.value.text("sv")
    for part in ("yaml:2: type", "yaml:6: severity", "yaml:6: because", "yaml:6: id", "yaml:6: column: hund"):
        assert part in said, said
