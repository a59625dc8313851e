"""Each notebook runs as it is, cell by cell, as in JupyterLab."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers.words import paths


def run(books: list[Path], snapshots: Path) -> None:
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(snapshots), "PYTHONUTF8": "1"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    asked = [
        "-p",
        "nbval.plugin",
        "--nbval-lax",
        "--nbval-cell-timeout=7200",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *asked, *map(str, books)],
        env=environment,
        cwd=paths.project_root(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout and "skipped" not in done.stdout


@pytest.mark.slow
def test_a_notebook_runs_as_it_is(sample_run: Any):
    """The one about the whole region, from what the run kept; with its parameters, in the report of
    some candidates, it runs each time."""
    run([paths.notebooks() / "04_publish_first.ipynb"], sample_run.snapshots)


@pytest.mark.long
def test_every_notebook_runs_as_it_is(tmp_path: Path):
    run(sorted(paths.notebooks().glob("*.ipynb")), tmp_path)
