"""Whole runs, each in a process of its own with its own private folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.running import opening
from helpers.running.watched import Worker

Run = Callable[..., subprocess.CompletedProcess[str]]


def _run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "snapshots"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "helpers", *arguments], env=environment, capture_output=True, text=True
    )


def _results(folder: Path) -> dict[str, dict[str, Any]]:
    plain = json.loads((folder / "results.json").read_text("utf-8"))
    return {candidate["id"]: candidate for candidate in plain["candidates"]}


@pytest.fixture(scope="session")
def run() -> Run:
    """``datakollen`` with these arguments; its snapshots lie under ``home``."""
    return _run


@pytest.fixture
def in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is asked of watched processes is done in this one, where Great Expectations is imported once for all tests."""

    def ask(_: Worker, work: Callable[..., Any], *given: Any, seconds: float | None = None) -> Any:
        with alone:
            return work(*given)

    alone = threading.Lock()
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    monkeypatch.setattr(Worker, "ask", ask)
    opening._last.clear()
    yield
    while opening._last:
        opening._last.pop()[1].store.forget_tables()


@pytest.fixture(scope="session")
def results() -> Callable[[Path], dict[str, dict[str, Any]]]:
    """A report's candidates by id."""
    return _results
