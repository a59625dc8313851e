"""Every bad file has one expected outcome, in ``bad_files.yaml``: read (so many rows, with which
repairs) or refused, why.

A feed of ``bad/gtfs`` is packed first. The table is reviewed by hand; ``python -m
tests.real.test_bad`` writes it anew.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.sampling import every

from helpers import reading
from helpers.words import messages
from helpers.words.errors import InputRefused

from .conftest import HERE

TABLE = HERE / "bad_files.yaml"
REAL = Path(os.environ.get("DATAKOLLEN_REAL", HERE.parents[1].parent / "shared" / "real"))


def bad_files() -> list[str]:
    """The files below ``bad``; each folder of ``gtfs`` is one feed. Those of the table where they
    are not here."""
    folder = REAL / "bad"
    if not folder.is_dir():
        return sorted(yaml.safe_load(TABLE.read_text("utf-8")))
    files = [
        file
        for file in folder.rglob("*")
        if file.is_file() and "gtfs" not in file.relative_to(folder).parts
    ]
    return sorted(str(one.relative_to(folder)) for one in [*files, *(folder / "gtfs").iterdir()])


def packed(file: Path, folder: Path) -> Path:
    if not file.is_dir():
        return file
    target = folder / f"{file.name}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for part in sorted(file.iterdir()):
            archive.write(part, part.name)
    return target


def outcome(file: Path, folder: Path) -> str:
    try:
        found = reading.read(packed(file, folder), folder / "out")
    except InputRefused as refused:
        for language in messages.LANGUAGES:
            assert "{" not in refused.text(language)
        return f"refused: {refused.key.removeprefix('reading.')}"
    told = [
        f"{one.code}{f' {one.column}' if one.column else ''} {one.count}" for one in found.repairs
    ]
    rejected = [f"rejected {found.rejected_total}"] if found.rejected_total else []
    form = [found.format, *([found.encoding] if found.encoding not in (None, "utf-8") else [])]
    return (
        f"{' '.join(form)}, {found.main.rows} x {len(found.main.columns)}:"
        f" {'; '.join(told + rejected) or 'as it is'}"
    )


@pytest.fixture(scope="session")
def table() -> dict[str, Any]:
    return yaml.safe_load(TABLE.read_text("utf-8")) if TABLE.is_file() else {}


@pytest.mark.real
@pytest.mark.parametrize("name", every(8, bad_files()))
def test_a_bad_file(name: str, real: Path, table: dict[str, Any], tmp_path: Path):
    assert outcome(real / "bad" / name, tmp_path) == table[name]


def test_the_table_names_every_bad_file_and_no_other(table: dict[str, Any]):
    assert sorted(table) == bad_files() and len(table) >= 150


if __name__ == "__main__":
    import tempfile

    found = {}
    for one in bad_files():
        with tempfile.TemporaryDirectory() as work:
            found[one] = outcome(REAL / "bad" / one, Path(work))
    TABLE.write_text(yaml.safe_dump(found, allow_unicode=True, width=200), "utf-8")
