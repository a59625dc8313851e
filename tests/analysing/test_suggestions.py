"""Rules by looking: what is proposed is so of the file, loads as a suite, and is added by
nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import helpers
from helpers.checking import proposing, suites
from helpers.running.opening import open_candidate
from helpers.words.errors import ConfigurationError


def _broken(values: pd.Series, type: str, kwargs: dict[str, Any]) -> int | None:
    """Rows that break the rule, by pandas; None where it is not recounted here."""
    there = values[values.notna()]
    if type == proposing.FILLED:
        return int(values.isna().sum())
    if type == proposing.UNIQUE:
        return int(there.duplicated(keep=False).sum())
    if type == proposing.IN_SET:
        return int((~there.isin(kwargs["value_set"])).sum())
    if type == proposing.BETWEEN:
        return int((~there.between(kwargs["min_value"], kwargs["max_value"])).sum())
    return None


@pytest.mark.parametrize("id", ["karlshamn-offentlig-konst", "karlshamn-leverantorsfakturor"])
def test_each_proposal_says_what_it_would_fail(
    id: str, kept: None, sample_run: Any, tmp_path: Path
):
    dataset = open_candidate(id)
    before = dataset.findings_frame()
    suggested = helpers.suggest_rules(dataset)
    frame, told = dataset.frame(raw=True), suggested.frame()
    assert len(suggested) == len(told) >= 5 and told["type"].nunique() >= 3
    recounted = 0
    for one in told.itertuples():
        broken = _broken(frame[one.column], one.type, one.kwargs)
        recounted += broken is not None
        assert broken in (None, one.failed) and one.failed <= 0.05 * one.checked
    assert recounted >= 4
    (tmp_path / f"{dataset.type}.yaml").write_text(suggested.yaml(), "utf-8")
    loaded = suites.load(dataset.type, tmp_path).rules
    assert [rule.id for rule in loaded] == [
        one.rule.id for one in suggested.suggestions if one.field
    ]
    asked = {(rule.type, rule.column) for rule in suites.rules_for(dataset.type, dataset.variant)}
    assert not {(rule.type, rule.column) for rule in loaded} & asked
    pd.testing.assert_frame_equal(dataset.findings_frame(), before)
    marked = dataset.frame().attrs["masked"]
    shown = suggested.yaml() + suggested._repr_html_() + told.to_csv()
    assert not [value for name in marked for value in frame[name].dropna() if value in shown]


def _column(**more: Any) -> dict[str, Any]:
    plain = {
        "name": "c",
        "type": "text",
        "missing": 0,
        "distinct": 100,
        "min": None,
        "max": None,
        "quantiles": None,
        "top": [],
        "patterns": [],
        "length_min": 1,
        "length_max": 9,
    }
    return plain | more


@pytest.mark.parametrize(
    ("column", "type", "kwargs"),
    [
        (_column(missing=1), proposing.FILLED, {}),
        (_column(distinct=99), proposing.UNIQUE, {}),
        (
            _column(
                distinct=3,
                top=[{"value": v, "count": n} for v, n in (("a", 70), ("b", 29), ("x", 1))],
            ),
            proposing.IN_SET,
            {"value_set": ["a", "b"]},
        ),
        (
            _column(
                type="decimal", min=0.5, max=9000.0, distinct=90, quantiles={"0.25": 10, "0.75": 20}
            ),
            proposing.BETWEEN,
            {"min_value": 0, "max_value": 50},
        ),
        (
            _column(patterns=[{"shape": "AA-9999", "count": 99}]),
            proposing.REGEX,
            {"regex": r"^\p{L}{2}\-[0-9]{4}$"},
        ),
        (
            _column(length_min=10, length_max=10, patterns=[{"shape": "A", "count": 5}]),
            proposing.LENGTHS,
            {"min_value": 10, "max_value": 10},
        ),
        (_column(type="date", max="2026-11-01"), proposing.FUTURE, {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_profile_gives_reason_to_ask(
    column: dict[str, Any], type: str, kwargs: dict[str, Any]
):
    table = {"rows": 100, "columns": [column]}
    made = {one.type: one for one in proposing.proposals(table, [], [], "2026-11-29")}
    assert dict(made[type].kwargs) == kwargs
    for language in ("sv", "en"):
        assert made[type].evidence(language).strip()
    assert type not in {
        one.type for one in proposing.proposals(table, [], [made[type].rule("c")], "2026-11-29")
    }
    assert not proposing.proposals(table | {"rows": 5}, [], [], "2026-11-29")


def test_nothing_is_proposed_of_an_idea():
    with pytest.raises(ConfigurationError):
        helpers.suggest_rules(open_candidate("habo-leverantorsfakturor"))
