"""CONTRIBUTING.md is true: the rule that it shows loads in a copy of the suites, and is right about
its examples."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from helpers.checking import examples, suites
from helpers.checking.expectations import EXPECTATIONS
from helpers.words import paths


def test_the_rule_that_it_shows_can_be_added(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    said = (root / "CONTRIBUTING.md").read_text("utf-8")
    part = said.split("## Add a rule in 20 lines")[1].split("\n## ")[0]
    block = re.search(r"(?m)^    - type:.*\n(?:    .*\n)+", part)
    file = re.search(r"`quality_suites/(\w+)\.yaml`", part)
    assert block and file and len(block[0].splitlines()) <= 20
    copy = tmp_path / "suites"
    shutil.copytree(paths.suites(), copy)
    suite = copy / f"{file[1]}.yaml"
    before = {one.id for one in suites.load(file[1]).rules}
    suite.write_text(
        suite.read_text("utf-8") + textwrap.indent(textwrap.dedent(block[0]), "  "), "utf-8"
    )
    monkeypatch.setattr(paths, "suites", lambda: copy)
    (rule,) = [one for one in suites.load(file[1]).rules if one.id not in before]
    for kind, wrong in (("right", 0), ("wrong", 1)):
        (folder := tmp_path / kind).mkdir()
        assert examples.failed(rule, rule.examples[kind][0], folder, file[1]) == (1, wrong)
    for name in re.findall(r"`(src/[\w/]+\.py|src/[\w/]+/|tests/[\w/]+\.py)`", part):
        assert (root / name).exists(), name
    assert (
        "python -m helpers.checking.suites" in part
        and "expect_column_values_to_be_year" in EXPECTATIONS
    )
