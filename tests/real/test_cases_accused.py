"""Falsely accused weighs most: each small input of these kinds is told as it should be, and not
more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.sampling import every

from helpers.running import single

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases_accused.yaml").read_text("utf-8")
)
ROWS = 9
# shared with us, beside the real files; the numbers in them are official test numbers
NUMBERS = {
    "n01_coordination_zero.csv": "a samordningsnummer with month and day 00",
    "n01b_coordination_zero_other_header.csv": "the same under another header",
    "n06_header_masked.csv": "a column headed personnummer, masked or dates",
    "n11_pnr_lost_zero_8digits.csv": "a lost leading zero",
    "x19_pnr_lost_zero.xlsx": "a lost leading zero in a workbook",
    "n04_spellings.csv": "spellings of a number",
    "x20_props_header.xlsx": "author, page header, validation list",
    "x44_external_link_cache.xlsx": "the cache of a link to another workbook",
    "x45_textbox.xlsx": "a text box",
    "o05_comment_multi_p.ods": "an annotation of an ODS",
}


def said(file: Path) -> set[str]:
    """Ids of the rules that fail, and codes of the gate's reasons."""
    checked = single.check_file(file)[0]
    failed = {one["id"] for one in checked["findings"] if one["outcome"] == "failed"}
    return failed | {reason["code"] for reason in checked["gate"]["reasons"]}


@pytest.mark.parametrize("case", every(2, CASES, ids=lambda case: str(case["case"])))
def test_as_it_should_be_told(case: dict[str, Any], tmp_path: Path) -> None:
    lines = [case["head"], *(case["row"].format(i=i) for i in range(1, ROWS + 1))]
    lines += [case["last"]] if "last" in case else []
    file = tmp_path / case["name"]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    told = said(file)
    assert told >= set(case.get("told", ()))
    assert not told & set(case.get("untold", ()))


@pytest.mark.parametrize("name", every(2, NUMBERS))
def test_an_identity_number_is_marked(name: str, real: Path) -> None:
    assert "found_personnummer" in said(real.parent / "cases" / name), NUMBERS[name]
