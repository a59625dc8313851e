"""A sample opened with a store of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.running.opening import Opened, open_candidate
from helpers.running.store import Store


def opened(id: str, folder: Path) -> Opened:
    """The sample with this id; its tables lie in ``folder``."""
    return open_candidate(id, store=Store(folder / "store"))


@pytest.fixture
def kept(sample_run: Any, in_this_process: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is opened is taken from the run of the region."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
