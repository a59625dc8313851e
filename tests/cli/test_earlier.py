"""What the version before has written is read by this one: results.json, and entries of a catalogue.

``earlier/results-0.1.0.json`` holds two candidates of the sample region as 0.1.0 wrote them on
2026-11-28. A new version adds its own file; none is changed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from helpers.checking import changes, renamed, suites
from helpers.checking.findings import Finding
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
    """By the ids that they have now."""
    known = {
        rule.id for name in (suites.COMMON, *suites.types()) for rule in suites.load(name).rules
    }
    said = {
        renamed.now(finding["id"])
        for candidate in json.loads(file.read_text("utf-8"))["candidates"]
        for finding in candidate.get("findings", [])
    }
    assert said - known <= {"mandatory_columns"}


@pytest.fixture
def findings() -> dict[str, Finding]:
    """What 0.1.0 found in a dataset, by ids as they were then; one of the rules has failed."""
    file = Path(__file__).parent / "earlier" / "results-0.1.0.json"
    candidate = json.loads(file.read_text("utf-8"))["candidates"][0]
    said = {finding["id"]: Finding.from_json(finding) for finding in candidate["findings"]}
    assert {"source_utgivaren", "plats_dubbel"} <= set(said)
    return said | {
        "source_utgivaren": dataclasses.replace(
            said["source_utgivaren"], outcome="failed", failed=3
        )
    }


def kept_then(findings: dict[str, Finding]) -> dict[str, Any]:
    """The history that 0.1.0 kept of them: without versions of rules."""
    plain = [asdict(summary) for summary in changes.summaries(findings.values())]
    for summary in plain:
        del summary["version"]
    return {"now": {"day": "2026-11-28", "findings": plain}, "before": None}


def now(findings: dict[str, Finding]) -> list[Finding]:
    """The same findings as they are made today: by the ids of today, and in their order."""
    again = [dataclasses.replace(said, id=renamed.now(id)) for id, said in findings.items()]
    return sorted(again, key=lambda finding: finding.id)


def test_a_fault_that_is_still_there_is_no_change_under_its_new_id(findings: dict[str, Finding]):
    kept = kept_then(findings)
    assert changes.remember(kept, changes.summaries(now(findings)), dt.date(2026, 12, 1)) == kept


def test_a_renamed_rule_is_compared_with_what_it_said_then(findings: dict[str, Finding]):
    double = dataclasses.replace(findings["plats_dubbel"], outcome="failed", failed=2)
    latest = now(findings | {"plats_dubbel": double})
    kept = changes.remember(kept_then(findings), changes.summaries(latest), dt.date(2026, 12, 1))
    (change,) = changes.compare(kept, latest).changes
    assert (change.kind, change.rule, change.after) == ("new", "places_distinct", 2)


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
