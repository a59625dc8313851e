"""Suites load strictly: what is wrong in one is refused, all at once, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.checking import suites
from helpers.words.errors import ConfigurationError

SAID = "because: {sv: x, en: x}, fix: {sv: x, en: x}"


def refused(name: str, text: str, folder: Path, file: str | None = None) -> str:
    (folder / (file or f"{name}.yaml")).write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as found:
        suites.load(name, folder)
    return found.value.text("sv")


@pytest.mark.parametrize("name", [suites.COMMON, *suites.types()])
def test_suites_load_with_at_least_twelve_rules(name: str):
    assert len(suites.load(name).rules) >= 12


def test_a_bad_suite_is_refused_all_at_once_with_file_and_line(tmp_path: Path):
    said = refused(
        "platsinformation",
        "expectations:\n  - type: expect_nonsense\n    kwargs: {column: name}\n    severity:"
        f" critical\n    meta: {{id: a, dimension: validity, {SAID}}}\n  - type:"
        " expect_column_values_to_not_be_null\n    kwargs: {column: hund}\n    severity:"
        " deadly\n    meta: {id: a, dimension: validity, fix: {sv: x, en: x}}\n  - type:"
        " expect_column_values_to_be_between\n    kwargs: {column: latitude, mnin_value: 3}\n   "
        f" severity: info\n    meta: {{id: b, dimension: beauty, {SAID}}}\n  - type:"
        " expect_column_values_to_be_in_set\n    kwargs: {column: source, value_set:"
        " [$organisation.hund]}\n    severity: info\n    meta: {id: points_exist, dimension:"
        f" validity, sort: x, {SAID}}}\n",
        tmp_path,
    )
    for part in (
        "yaml:2: type: expect_nonsense",
        "yaml:6: severity: deadly",
        "yaml:6: because",
        "yaml:6: id: a",
        "yaml:6: column: hund",
        "yaml:10: kwargs: mnin_value",
        "yaml:10: dimension: beauty",
        "yaml:10: examples: right",
        "yaml:14: kwargs: $organisation.hund",
        "yaml:14: id: points_exist",
        "yaml:14: sort?",
    ):
        assert part in said, (part, said)


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("hundgard", "expectations: []\n", "hundgard.yaml:1: type: hundgard"),
        (
            "bredband",
            "expectations:\n  - {type: [\n",
            "bredband.yaml:3:1: Går inte att läsa som YAML",
        ),
        ("bredband", "rules: []\n", "bredband.yaml:1: expectations"),
        ("bredband", "expectation: []\nexpectations: []\n", "bredband.yaml:1: expectation?"),
    ],
)
def test_a_file_that_is_no_suite(name: str, text: str, part: str, tmp_path: Path):
    assert part in refused(name, text, tmp_path)


@pytest.mark.parametrize(
    ("meta", "told"),
    [
        (
            "id: artikel_dubbel",
            "id: artikel_dubbel",
        ),  # was given up: kept results know another by it
        ("id: a, version: 0", "version: 0"),
        ("id: a, version: 1.5", "version: 1.5"),
        ("id: a, version: true", "version: True"),
        ("id: a, version: null", "version: None"),
    ],
)
def test_an_id_that_was_given_up_and_a_version_that_is_none(meta: str, told: str, tmp_path: Path):
    rule = (
        "expectations:\n  - type: expect_column_values_to_not_be_null\n    kwargs: {column:"
        f" name}}\n    severity: info\n    meta: {{{meta}, dimension: completeness, {SAID}}}\n"
    )
    assert f"yaml:2: {told}" in refused("hjalpmedel", rule, tmp_path)


def test_an_id_is_used_once_in_all_files_of_a_type(tmp_path: Path):
    rule = (
        "expectations:\n  - type: expect_column_values_to_not_be_null\n    kwargs: {column:"
        f" name}}\n    severity: info\n    meta: {{id: a, dimension: completeness, {SAID}}}\n"
    )
    (tmp_path / "platsinformation.yaml").write_text(rule, "utf-8")
    said = refused(
        "platsinformation",
        f"variants: [badplats]\n{rule}",
        tmp_path,
        "platsinformation.badplats.yaml",
    )
    assert "platsinformation.badplats.yaml:3: id: a" in said
