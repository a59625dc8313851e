"""What an analyst asks of the sample region as it was computed: findings, their rows, the order."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from helpers.running.opening import Opened, open_candidate
from helpers.running.region import open_region
from helpers.words.errors import ConfigurationError


@pytest.fixture
def dataset(kept: None, sample_run: Any) -> Opened:
    return open_candidate("karlshamn-offentlig-konst")


def test_findings_and_their_rows(dataset: Opened):
    findings = dataset.findings_frame("en")
    assert len(findings) == len(dataset.findings)
    failed = findings[findings["outcome"] == "failed"]
    assert len(failed) and (failed["failed"] > 0).all() and (failed["share"] < 1).all()
    for finding in dataset.findings:
        if finding.outcome == "failed" and finding.rows:
            assert list(dataset.rows_of(finding).index) == finding.rows
            assert set(finding.rows) <= set(dataset.rows_of(finding.id).index)
    with pytest.raises(ConfigurationError) as unknown:
        dataset.rows_of("no_such_rule")
    assert "no_such_rule" in unknown.value.text("sv")


def test_the_region_as_a_table(kept: None):
    region = open_region()
    frame = region.frame()
    assert list(frame.index) == [one.entry.id for one in region.candidates]
    ranked = frame[frame["rank"].notna()]
    assert len(ranked) and (ranked["low"] <= ranked["high"]).all()
    weights = frame.attrs["weights"]
    for end in ("low", "high"):
        points = sum(frame[f"{name}_{end}"] * weight / 5 for name, weight in weights.items())
        assert (100 * points / sum(weights.values()) - frame[end]).abs().max() < 0.01
    assert all(one in region._repr_html_() for one in frame.index)


def test_what_is_offered_is_explained(dataset: Opened):
    """After ``dataset.`` Tab offers what is for an analyst, and ``?`` says what each gives; of a
    method also what it raises."""
    offered = dir(dataset)
    assert 20 <= len(offered) <= 35 and "frame" in offered and not {"store", "worker"} & {*offered}
    for name in offered:
        of = getattr(type(dataset), name)
        said = inspect.getdoc(of) or ""
        assert said.endswith((".", "``")), name
        if inspect.isfunction(of) and name not in ("findings_frame", "beside"):
            assert "aises" in said or "``ConfigurationError``" in said, name
