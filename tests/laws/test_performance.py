"""docs/performance.md is what the benchmarks kept, and nothing else."""

from __future__ import annotations

import json

import yaml
from tests.benchmarks import figures


def test_the_page_is_made_of_measured_figures():
    assert figures.PAGE.read_text("utf-8") == figures.page(), "python -m tests.benchmarks.figures"


def test_what_is_explained_was_measured():
    kept = json.loads(figures.KEPT.read_text("utf-8"))
    parts = {one["part"] for one in kept.values()}
    assert set(yaml.safe_load(figures.WHY.read_text("utf-8"))) <= parts
    assert all(one["commit"] and one["date"] and one["command"] for one in kept.values())
