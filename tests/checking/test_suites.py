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


BAD = f"""expectations:
  - type: expect_nonsense
    kwargs: {{column: name}}
    severity: critical
    meta: {{id: a, dimension: validity, {SAID}}}
  - type: expect_column_values_to_not_be_null
    kwargs: {{column: hund}}
    severity: deadly
    meta: {{id: b, dimension: beauty, sort: x, fix: {{sv: x}}}}
  - type: expect_column_values_to_be_between
    kwargs: {{column: hund, mnin_value: 3}}
    severity: info
    meta: {{id: c, dimension: validity, {SAID}}}
  - type: expect_column_values_to_be_in_set
    kwargs: {{column: source, value_set: [$organisation.hund]}}
    severity: info
    meta: {{id: points_exist, dimension: validity, {SAID}}}
"""


def test_a_bad_suite_is_refused_all_at_once_with_file_line_and_column(tmp_path: Path):
    """A rule of a wrong shape hides nothing of what the others ask for."""
    said = refused("platsinformation", BAD, tmp_path)
    for part in (
        "yaml:2:5: expectations.0.type: Ingen förväntan heter expect_nonsense",
        "yaml:8:5: expectations.1.severity: Ska vara ett av: critical",
        "yaml:9:19: expectations.1.meta.dimension: Ska vara ett av: completeness",
        "yaml:9:38: expectations.1.meta.sort: Okänt fält",
        "yaml:9:5: expectations.1.meta.because: Saknas",
        "yaml:9:47: expectations.1.meta.fix.en: Saknas",
        "yaml:11:14: expectations.2.kwargs.column: Specifikationen har inget fält som heter hund",
        "yaml:11:28: expectations.2.kwargs.mnin_value: Okänt fält",
        "yaml:13:5: expectations.2.meta.examples.right: Saknas",
        "yaml:15:30: expectations.3.kwargs.value_set: $organisation.hund betyder ingenting här",
        "yaml:17:12: expectations.3.meta.id: En regel med samma id finns redan",
    ):
        assert part in said, (part, said)


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("hundgard", "expectations: []\n", "hundgard.yaml:1: Ingen datamängdstyp heter hundgard"),
        (
            "bredband",
            "expectations:\n  - {type: [\n",
            "bredband.yaml:3:1: Går inte att läsa som YAML",
        ),
        ("bredband", "rules: []\n", "bredband.yaml:1:1: expectations: Saknas"),
        (
            "bredband",
            "expectation: []\nexpectations: []\n",
            "bredband.yaml:1:1: expectation: Okänt fält",
        ),
    ],
)
def test_a_file_that_is_no_suite(name: str, text: str, part: str, tmp_path: Path):
    assert part in refused(name, text, tmp_path)


@pytest.mark.parametrize(
    ("meta", "told"),
    [
        # was given up: kept results know another by it
        ("id: artikel_dubbel", "meta.id: Så hette en tidigare regel, som nu heter articles_dist"),
        ("id: a, version: 0", "meta.version"),
        ("id: a, version: 1.5", "meta.version"),
        ("id: a, version: true", "meta.version"),
        ("id: a, version: null", "meta.version"),
    ],
)
def test_an_id_that_was_given_up_and_a_version_that_is_none(meta: str, told: str, tmp_path: Path):
    rule = (
        "expectations:\n  - type: expect_column_values_to_not_be_null\n    kwargs: {column:"
        f" name}}\n    severity: info\n    meta: {{{meta}, dimension: completeness, {SAID}}}\n"
    )
    answer = refused("hjalpmedel", rule, tmp_path)
    assert "hjalpmedel.yaml:5:" in answer and told in answer


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
    assert (
        "platsinformation.badplats.yaml:6:12: expectations.0.meta.id: En regel med samma id" in said
    )
