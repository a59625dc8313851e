"""Whole runs, each in a process of its own with its own private folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.reporting import paper_files
from helpers.running.nights import notices

from .nights import Nights

Run = Callable[..., subprocess.CompletedProcess[str]]


def _run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "snapshots"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "helpers", *arguments],
        env=environment,
        capture_output=True,
        text=True,
    )


def _results(folder: Path) -> dict[str, dict[str, Any]]:
    plain = json.loads((folder / "results.json").read_text("utf-8"))
    return {candidate["id"]: candidate for candidate in plain["candidates"]}


@pytest.fixture(scope="session")
def run() -> Run:
    """``datakollen`` with these arguments; its snapshots lie under ``home``."""
    return _run


@pytest.fixture(scope="session")
def results() -> Callable[[Path], dict[str, dict[str, Any]]]:
    """A report's candidates by id."""
    return _results


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    """Two synthetic candidates, each night of which costs little."""
    monkeypatch.setattr(paper_files, "write_all", lambda *_: None)  # no papers: they cost most
    monkeypatch.delenv(notices.SETTING, raising=False)
    return Nights(tmp_path, monkeypatch)
