"""Every property of scoring and ranking, a thousand cases each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.long
def test_the_properties_hold_in_a_thousand_cases(root: Path, tmp_path: Path):
    asked = [
        "-n",
        "0",
        "--hypothesis-profile=thousand",
        f"--basetemp={tmp_path / 'own'}",
        "-m",
        "not slow and not long",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *asked, "tests/ranking", "tests/scoring"],
        cwd=root,
        env=os.environ | {"PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
