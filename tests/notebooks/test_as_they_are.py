"""Each notebook runs as it is, cell by cell, as in JupyterLab."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import paths


@pytest.mark.timeout(600)
def test_every_notebook_runs_as_it_is(tmp_path: Path):
    books = sorted(map(str, paths.notebooks().glob("*.ipynb")))
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path), "PYTHONUTF8": "1"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-cell-timeout=200", "-p", "no:cacheprovider", "-p", "no:xdist",
         "--timeout=500", *books],
        env=environment, cwd=paths.project_root(), capture_output=True, text=True, timeout=550,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout and "skipped" not in done.stdout
