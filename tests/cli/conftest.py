"""What the tests of the commands share: a home full of canaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from .canary_home import CANARIES, Home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: str) -> Home:
    made = Home(tmp_path / "home", CANARIES[canary])
    for folder in (made.catalogue, made.sources, made.output, made.folder / "tmp"):
        folder.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(made.folder / "tmp"))
    return made
