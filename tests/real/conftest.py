"""The catalogue of real files, its paths pointing to where they lie on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent


def entries() -> list[str]:
    return sorted(file.stem for file in (HERE / "catalogue").glob("*.yaml"))


@pytest.fixture(scope="session")
def real_catalogue(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of ``catalogue/`` whose sources are paths of this machine."""
    folder = tmp_path_factory.mktemp("real-catalogue")
    for file in (HERE / "catalogue").glob("*.yaml"):
        plain = yaml.safe_load(file.read_text("utf-8"))
        plain["source"]["path"] = str(real / plain["source"]["path"])
        (folder / file.name).write_text(yaml.safe_dump(plain, allow_unicode=True), "utf-8")
    return folder
