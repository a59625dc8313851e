"""What all tests share: the real files, and where the sample region lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real files; its absence skips a test, but fails in CI."""
    folder = Path(os.environ.get("DATAKOLLEN_REAL", ROOT.parent / "shared" / "real"))
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"DATAKOLLEN_REAL: no folder {folder}")
        pytest.skip("the real files are not here: set DATAKOLLEN_REAL")
    return folder
