"""A whole run over the catalogue of real files: every one read, its pages and notebooks made,
nothing left out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from helpers.running import pipeline

from .conftest import entries

pytestmark = pytest.mark.real


class Ran(NamedTuple):
    report: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def ran(real_catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    home = tmp_path_factory.mktemp("real-run")
    arguments = [
        "run",
        "--catalogue",
        str(real_catalogue),
        "--output",
        str(home / "report"),
        "--jobs",
        "2",
    ]
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "snapshots"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *arguments],
        env=environment,
        capture_output=True,
        text=True,
    )
    return Ran(home / "report", done)


@pytest.mark.slow
@pytest.mark.usefixtures("in_this_process")
def test_a_report_of_some_is_whole(real_catalogue: Path, tmp_path: Path):
    """Without notebooks, in this process; of all, with theirs and by the command, below."""
    some = ["harryda-badplatser", "nav-iso9999"]
    found = pipeline.run(
        some,
        catalogue=real_catalogue,
        output=tmp_path / "report",
        language="sv",
        jobs=1,
        with_notebooks=False,
    )
    assert pipeline.exit_code(found, None) == 0
    assert sorted(one["id"] for one in found_in(tmp_path / "report")) == some
    for one in found_in(tmp_path / "report"):
        whole(one)
    for name in some:
        assert (tmp_path / "report" / "candidates" / name / "index.html").is_file()


def found_in(report: Path) -> list[dict[str, Any]]:
    candidates: list[dict[str, Any]] = json.loads((report / "results.json").read_text("utf-8"))[
        "candidates"
    ]
    return candidates


def whole(one: dict[str, Any]) -> None:
    assert one["gate"]["verdict"] in ("granska", "stopp") and one["scorecard"] is not None, one[
        "id"
    ]


@pytest.mark.long
def test_the_run_ends_well_and_says_no_more_than_it_should(ran: Ran):
    assert ran.done.returncode == 0, ran.done.stderr[-3000:]
    assert "Traceback" not in ran.done.stderr and "Error" not in ran.done.stderr


@pytest.mark.long
def test_every_candidate_has_its_pages(ran: Ran):
    for name in entries():
        for page in ("index.html", "01_profile.html", "02_quality.html"):
            assert (ran.report / "candidates" / name / page).is_file(), (name, page)


@pytest.mark.long
def test_none_failed_and_all_have_a_gate(ran: Ran):
    found = found_in(ran.report)
    assert sorted(one["id"] for one in found) == entries()
    for one in found:
        whole(one)
