"""What the version before has written is read by this one: results.json, and entries of a catalogue.

``earlier/results-0.1.0.json`` holds two candidates of the sample region as 0.1.0 wrote them on
2026-11-28. A new version adds its own file; none is changed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers.declared import catalogue
from helpers.running.commands import app

EARLIER = sorted((Path(__file__).parent / "earlier").glob("results-*.json"))


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: file.stem)
def test_results_of_an_earlier_version_are_put_side_by_side(file: Path, tmp_path: Path):
    output = tmp_path / "between.html"
    done = CliRunner().invoke(app, ["between", str(file), "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert "Badplatser" in output.read_text("utf-8")


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: file.stem)
def test_its_rules_are_known_still(file: Path):
    """A rule that was renamed would make kept results and history speak of rules that are not."""
    from helpers.checking import suites

    known = {
        rule.id for name in (suites.COMMON, *suites.types()) for rule in suites.load(name).rules
    }
    said = {
        finding["id"]
        for candidate in json.loads(file.read_text("utf-8"))["candidates"]
        for finding in candidate.get("findings", [])
    }
    assert said - known <= {"mandatory_columns"}


def test_an_entry_of_an_earlier_version_is_read(tmp_path: Path):
    (tmp_path / "bad.yaml").write_text(ENTRY, "utf-8")
    (entry,) = catalogue.load(tmp_path)
    assert entry.id == "bad" and entry.value.citizens.level == 4


ENTRY = """\
id: bad
title: Badplatser
type: platsinformation
organisation: karlskrona
stage: inventoried
licence: CC0-1.0
update_frequency: ANNUAL
owner: {role: Fritidschef, mailbox: fritid@karlskrona.example}
source_system: {name: Excel, export: "yes", supplier_owns_data: "no"}
value:
  citizens: {level: 4, because: Många frågar}
legal:
  personal_data: {answer: "no", by: Jurist}
"""
