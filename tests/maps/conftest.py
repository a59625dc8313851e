"""A browser without a network, and candidates made of a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.running.opening import Opened
from helpers.running.store import Store


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Opened]:
    """Open a real file, or a text as a CSV file."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))

    def make(source: Path | str, type: str, **given: Any) -> Opened:
        file = source
        if isinstance(source, str):
            file = tmp_path / "prov.csv"
            file.write_text(source, "utf-8")
        return Opened(Path(file), type=type, store=Store(), **given)

    return make


@pytest.fixture(scope="session")
def browser(chromium: Any) -> Any:
    return chromium
