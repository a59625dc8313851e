"""A whole run over the catalogue of real files: every one read, its pages and notebooks made, nothing left out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import entries

pytestmark = pytest.mark.real


class Ran(NamedTuple):
    report: Path
    done: subprocess.CompletedProcess[str]
    names: list[str]


@pytest.fixture(scope="module", params=["harryda-badplatser", pytest.param("all", marks=pytest.mark.slow)])
def ran(request: pytest.FixtureRequest, real_catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    home = tmp_path_factory.mktemp("real-run")
    names = [] if request.param == "all" else [request.param]
    arguments = ["run", *names, "--catalogue", str(real_catalogue), "--output", str(home / "report"), "--jobs", "2"]
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "snapshots"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *arguments], env=environment, capture_output=True, text=True
    )
    return Ran(home / "report", done, names or entries())


def test_the_run_ends_well_and_says_no_more_than_it_should(ran: Ran):
    assert ran.done.returncode == 0, ran.done.stderr[-3000:]
    assert "Traceback" not in ran.done.stderr and "Error" not in ran.done.stderr


def test_every_candidate_has_its_pages(ran: Ran):
    for name in ran.names:
        for page in ("index.html", "01_profile.html", "02_quality.html"):
            assert (ran.report / "candidates" / name / page).is_file(), (name, page)


def test_none_failed_and_all_have_a_gate(ran: Ran):
    plain = json.loads((ran.report / "results.json").read_text("utf-8"))
    assert sorted(one["id"] for one in plain["candidates"]) == ran.names
    for one in plain["candidates"]:
        assert one["gate"]["verdict"] in ("granska", "stopp") and one["scorecard"] is not None, one["id"]
