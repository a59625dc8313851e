"""The report's pages say what is first, stopped and an idea, escape all values, and ask the network for nothing."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers import reporting
from helpers.checking.findings import Finding
from helpers.scorecards import Criterion, Ranked, Scorecard
from helpers.screening.marks import Gate, Reason


def candidate(name, rank=None, verdict="fri", source="x.csv", title="Konst <script>alert(1)</script>"):
    both = {"sv": "Orsak", "en": "Cause"}
    gate = Gate(verdict, verdict, [Reason("x", verdict, both, both)] if verdict != "fri" else [])
    criteria = [Criterion("value_internal", "value", 1.0, 2, 4, "unknown", both)]
    finding = Finding("r1", "critical", "validity", "failed", "Namn", 10, 2, [2, 3], 2, both, both)
    return SimpleNamespace(
        entry=SimpleNamespace(id=name, title=title, type="annan", source=source),
        gate=gate if source else None,
        ranked=Ranked(name, rank),
        scorecard=Scorecard(name, verdict, "idea", criteria, 40.0, 70.0),
        findings=[finding] if source else [],
        failures=[],
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_report_is_whole_escaped_and_offline(tmp_path: Path, language: str) -> None:
    region = SimpleNamespace(
        title={"sv": "Blekinge", "en": "Blekinge"},
        finished="2026-11-23T15:00:00",
        synthetic=True,
        candidates=[candidate("a", 1), candidate("b", None, "stopp"), candidate("c", 2, source=None)],
    )
    index = reporting.write(region, tmp_path, language)
    pages = [index.read_text("utf-8"), *(p.read_text("utf-8") for p in tmp_path.glob("candidates/*/index.html"))]
    assert len(pages) == 4
    for page in pages:
        assert f'<html lang="{language}">' in page
        assert "<script" not in page and "http" not in page
    plain = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert [c["rank"] for c in plain["candidates"]] == [1, None, 2]
