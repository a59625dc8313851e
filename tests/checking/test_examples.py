"""Every rule of every suite is right about its own examples, through the engine that checks
deliveries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.sampling import every

from helpers.checking import examples, suites
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.running import run
from helpers.checking.suites import Rule

RULES = [
    (name, rule) for name in (suites.COMMON, *suites.types()) for rule in suites.load(name).rules
]


@pytest.mark.parametrize(
    ("type", "rule"), every(15, RULES, ids=lambda one: f"{one[0]}-{one[1].id}", long=2)
)
def test_examples_of_every_rule(type: str, rule: Rule, tmp_path: Path):
    assert rule.examples["right"] and rule.examples["wrong"], "a rule carries its own examples"
    for kind in ("right", "wrong"):
        for number, example in enumerate(rule.examples[kind]):
            folder = tmp_path / f"{kind}{number}"
            folder.mkdir()
            checked, failed = examples.failed(rule, example, folder, type)
            assert (failed > 0) is (kind == "wrong"), (
                f"{kind} {example}: {failed} of {checked} fail"
            )
            assert kind == "wrong" or checked, f"{example} is not checked at all"


def test_a_finding_says_the_version_of_its_rule(tmp_path: Path):
    rule = replace(suites.load("hjalpmedel").rules[0], version=2)
    shot = examples.snapshot(rule, rule.examples["wrong"][0], tmp_path, "hjalpmedel")
    fields = {column.name: column.name for column in shot.main.columns}
    (finding,) = run(shot, [rule], fields, examples.KNOWN, twice=False)
    assert finding.outcome == "failed" and finding.version == 2


def test_every_expectation_says_its_truth_and_is_used_or_has_examples():
    used = {rule.type for _, rule in RULES}
    for name, one in EXPECTATIONS.items():
        assert one.truth.endswith(".") and len(one.truth) > 15, name
        assert name in used or (one.right and one.wrong), name
