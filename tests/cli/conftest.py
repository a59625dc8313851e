"""What the tests of the commands share: a home full of canaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from .canary_home import CANARIES, Home
from .spoken import COMMAND


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: str) -> Home:
    made = Home(tmp_path / "home", CANARIES[canary])
    for folder in (made.catalogue, made.sources, made.output, made.folder / "tmp"):
        folder.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(made.folder / "tmp"))
    return made


@pytest.fixture
def commands_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typer makes its commands anew for each call, which costs more than what is tested."""
    monkeypatch.setattr("typer.testing._get_command", lambda _app: COMMAND)
