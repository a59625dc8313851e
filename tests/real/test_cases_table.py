"""Every reported case and every kind stands in one table, with a module and a test that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.running import single

from . import cases

KINDS = range(1, 18)


def test_the_page_is_that_of_the_tables():
    assert cases.PAGE.read_text("utf-8") == cases.page(), "python -m tests.real.cases"


@pytest.mark.parametrize("case", cases.cases(), ids=lambda case: case.case[:40])
def test_what_is_named_is_there(case: cases.Case):
    assert bool(case.mended) != bool(case.reason)
    for path in case.mended:
        assert path.exists(), path
    if case.proof:
        file, _, function = case.proof.partition("::")
        assert f"def {function}(" in (cases.ROOT / "tests" / file).read_text("utf-8")


def test_no_kind_is_left_out():
    told = {case.case for case in cases.cases()}
    told |= {number for case in cases.cases() for number in re.findall(r"^\d+(?=,)", case.kind)}
    assert {str(kind) for kind in KINDS} <= told


@pytest.mark.real
def test_no_case_is_left_out(real: Path):
    there = {file.name for file in (real.parent / "cases").iterdir() if file.suffix != ".md"}
    assert there <= {case.case for case in cases.cases()}


@pytest.mark.real
def test_every_spelling_is_found(real: Path):
    with single.opened(real.parent / "cases" / "n04_spellings.csv") as found:
        assert found.screening is not None
        marks = [one for one in found.screening.marks if one.kind == "personnummer"]
    assert sum(one.count for one in marks) == 22
