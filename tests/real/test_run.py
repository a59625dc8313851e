"""A whole run over the catalogue of real files: every one read, its pages and notebooks made, nothing left out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import entries

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def report(
    real_catalogue: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    home = tmp_path_factory.mktemp("real-run")
    arguments = ["run", "--catalogue", str(real_catalogue), "--output", str(home / "report"), "--jobs", "2"]
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "snapshots"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *arguments], env=environment, capture_output=True, text=True
    )
    return home / "report", done


def test_the_run_ends_well_and_says_no_more_than_it_should(report):
    _, done = report
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr and "Error" not in done.stderr


def test_every_candidate_has_its_pages(report):
    folder, _ = report
    for name in entries():
        for page in ("index.html", "01_profile.html", "02_quality.html"):
            assert (folder / "candidates" / name / page).is_file(), (name, page)


def test_none_failed_and_all_have_a_gate(report):
    plain = json.loads((report[0] / "results.json").read_text("utf-8"))
    assert sorted(one["id"] for one in plain["candidates"]) == entries()
    for one in plain["candidates"]:
        assert one["gate"]["verdict"] in ("granska", "stopp") and one["scorecard"] is not None, one["id"]
