"""What each stage said, kept under the checksum of its inputs: source, specification, suite and code.

Opened again it is there at once. Kept are results only (they hold no raw value of a marked column); the snapshots
beside them hold personal data, lie in a private folder, and are removed after a run.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from helpers import paths


def digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def file_digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def code_digest(*names: str) -> str:
    """Checksum of the package's own modules by name: ``reading`` is a folder, ``profiling`` a file, or the reverse."""
    package = Path(__file__).resolve().parents[1]
    files: list[Path] = []
    for name in names:
        files += sorted((package / name).rglob("*.py")) + sorted(package.glob(f"{name}.py"))
    return digest(*(file_digest(file) for file in files))


def folder_digest(folder: Path, patterns: Iterable[str]) -> str:
    files = sorted({file for pattern in patterns for file in folder.glob(pattern)})
    return digest(*(f"{file.name}:{file_digest(file)}" for file in files))


class Store:
    """``folder/results/<key>.json`` for results, ``folder/tables/<key>/`` for snapshots (private)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or paths.snapshots()

    def private(self, *parts: str) -> Path:
        target = self.folder.joinpath(*parts)
        target.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        return target

    def kept(self, key: str) -> Any | None:
        file = self.folder / "results" / f"{key}.json"
        try:
            return json.loads(file.read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def stage(self, key: str, compute: Callable[[], Any]) -> Any:
        """What ``compute`` returned under this key before, or returns now. JSON-able."""
        found = self.kept(key)
        if found is None:
            found = compute()
            folder = self.private("results")
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, suffix=".part", delete=False) as part:
                json.dump(found, part, ensure_ascii=False)
            Path(part.name).replace(folder / f"{key}.json")
        return found

    def remembered(self, name: str) -> Any | None:
        """What ``remember`` kept under this name, whatever code and suites said since."""
        try:
            return json.loads((self.folder / "history" / f"{name}.json").read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def remember(self, name: str, plain: Any) -> None:
        folder = self.private("history")
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, suffix=".part", delete=False) as part:
            json.dump(plain, part, ensure_ascii=False)
        Path(part.name).replace(folder / f"{name}.json")

    def tables(self, key: str) -> Path:
        return self.folder / "tables" / key

    def forget_tables(self) -> None:
        """Remove all snapshots: they hold personal data."""
        shutil.rmtree(self.folder / "tables", ignore_errors=True)
